"""项目绩效: every performance sheet, filtered; or one sheet whole, named in the address."""

from budgetdata.ui import frame, performance

db, lang = frame.page("performance.title", "performance.lead")
if not performance.one_sheet(db, lang):
    chosen = performance.filters(db, lang)
    performance.results(db, lang, chosen)
