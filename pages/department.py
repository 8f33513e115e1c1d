"""部门: one department's budget of one year: its answer in the first screens, the rest behind the names of its sections."""

from budgetdata.ui import department, frame, sheets, years

db, lang, document = department.opened()
if document is not None:
    opening = department.head, department.headline, department.change, department.among_peers
    frame.at_once(db, document, lang, *opening, department.income, department.spending)
    department.level_of_spending(db, document, lang)
    sections = {
        "years": years.of_department,
        "running": department.running,
        "projects": department.projects,
        "sheets": sheets.of_document,
        "three_public": department.three_public,
        "checks": department.checks,
        "tables": department.tables,
    }
    department.folded(db, document, lang, sections)
