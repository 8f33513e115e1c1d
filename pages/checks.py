"""核对: which figures agree with each other and which do not, by document and kind, both sides with their places."""

from budgetdata.ui import checks, frame, target_rules

db, lang = frame.page("checks.title", "checks.page.lead")
checks.overview(db, lang)
top = checks.filters(db, lang)
if top.narrow:
    checks.found(db, lang, top)
    checks.matrix(db, lang, top)
else:
    checks.matrix(db, lang, top)
    checks.unknown_reasons(db, lang)
    checks.found(db, lang, top)
    target_rules.rules(db, lang)
