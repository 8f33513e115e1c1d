"""关于: method, sources with hashes, how to cite, how to report a misreading."""

from budgetdata.ui import about, frame

db, lang = frame.page("about.title")
about.method(lang)
about.read(db, lang)
about.sources(db, lang)
about.cite(db, lang)
about.report(db, lang)
