"""公开度: what must be disclosed and whether it is, item by item with the evidence; three groups apart, no ranking."""

from budgetdata.ui import disclosure, frame

db, lang = frame.page("disclosure.title", "disclosure.lead")
disclosure.page(db, lang)
