"""对比: two or more budgets side by side, as amounts or as shares, with what differs in scope."""

from budgetdata.ui import compare, frame

db, lang = frame.page("compare.title", "compare.lead")
codes, measure = compare.choices(db, lang)
if len(codes) > 1:
    compare.headline(db, codes, lang)
    compare.chart(db, codes, measure, lang)
    compare.change(db, codes, lang)
    frame.show_chart(db, "departments-by-fund", lang, level=2, d=",".join(codes))
    frame.show_chart(db, "three-public", lang, level=2, d=",".join(codes))
