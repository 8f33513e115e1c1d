"""部门: one department's budget of one year, each section with its sources."""

from budgetdata.ui import department, sheets, years

db, lang, document = department.opened()
if document is not None:
    department.headline(db, document, lang)
    department.contents(db, document, lang)
    department.change(db, document, lang)
    years.of_department(db, document, lang)
    department.income(db, document, lang)
    department.spending(db, document, lang)
    department.running(db, document, lang)
    department.projects(db, document, lang)
    sheets.of_document(db, document, lang)
    department.three_public(db, document, lang)
    department.checks(db, document, lang)
    department.tables(db, document, lang)
