"""核对: which figures agree with each other and which do not, by document and kind, both sides with their places."""

from budgetdata.ui import checks, checks_narrative, frame, signals_list, target_rules

db, lang = frame.page("checks.title", "checks.page.lead")
checks.page(db, lang)
checks_narrative.linked_numbers(db, lang)
target_rules.rules(db, lang)
signals_list.signals_list(db, lang)
