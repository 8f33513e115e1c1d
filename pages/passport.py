"""数字的出处: one figure, its row, how to cite it, how to report it."""

from budgetdata.ui import frame, passport

db, lang = frame.page("passport.title")
passport.show(db, lang)
