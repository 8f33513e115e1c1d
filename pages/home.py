"""首页: what is held, the search, the questions, the departments, the documents."""

from budgetdata.ui import frame, home, search

db, lang = frame.page("home.title", "home.lead")
found = search.search_box(db, lang)
if not found:
    home.headline(db, lang)
    home.doors(db, lang)
    home.budgets(db, lang)
    home.documents(db, lang)
