"""核对: which figures agree with each other and which do not, by document and kind, both sides with their places."""

from budgetdata.queries.population import many
from budgetdata.ui import checks, checks_narrative, frame, rates, signals_list, target_rules
from budgetdata.ui.permalink import asked_for

db, lang = frame.page("checks.title", "checks.page.lead")
if not many(db):
    checks.page(db, lang)
    checks_narrative.linked_numbers(db, lang)
    target_rules.rules(db, lang)
    signals_list.signals_list(db, lang)
elif rates.checks(db, lang):
    document_id = asked_for("d")
    checks_narrative.linked_numbers(db, lang, document_id)
    target_rules.rules(db, lang, document_id)
    signals_list.signals_list(db, lang, document_id)
