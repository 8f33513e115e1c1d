"""部门: one department's budget of one year, each section with its sources."""

from budgetdata.queries.population import many
from budgetdata.ui import department, sheets, years

db, lang, document = department.opened()
if document is not None:
    department.headline(db, document, lang)
    if not many(db):
        department.contents(db, document, lang)
    department.change(db, document, lang)
    crowded = many(db)
    if not crowded:
        years.of_department(db, document, lang)
    department.income(db, document, lang)
    department.spending(db, document, lang)
    sections = {"years": years.of_department} if crowded else {}
    sections |= {
        "running": department.running,
        "projects": department.projects,
        "sheets": sheets.of_document,
        "three_public": department.three_public,
        "checks": department.checks,
        "tables": department.tables,
    }
    department.folded(db, document, lang, sections)
