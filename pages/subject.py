"""科目: one 类, 款 or 项 over the departments and years that print it."""

from budgetdata.ui import frame, region

db, lang = frame.page("subject.title", "subject.lead")
region.account(db, lang)
