"""三公经费: the four items of every document side by side, purchase and running apart, and the printed reasons."""

from budgetdata.ui import frame, three_public

db, lang = frame.page("three_public.title", "three_public.lead")
year, measure = three_public.choices(db, lang)
chart = "three-public-share" if measure == "share" else "three-public"
frame.show_chart(db, chart, lang, level=2, behind=False, y=year)
three_public.reasons(db, lang, *three_public.table(db, lang, year))
