"""三公经费: the four items of every document side by side, purchase and running apart, and the printed reasons."""

from budgetdata.ui import frame, three_public

db, lang = frame.page("three_public.title", "three_public.lead")
year, measure = three_public.choices(db, lang)
if measure == "share":
    frame.show_chart(db, "three-public-share", lang, level=2, y=year)
else:
    frame.show_chart(db, "three-public", lang, level=2, y=year)
shown = three_public.table(db, lang, year)
three_public.reasons(db, lang, shown)
