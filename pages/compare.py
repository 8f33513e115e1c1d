"""对比: two or more budgets side by side, as amounts or as shares, with what differs in scope."""

from budgetdata.ui import compare, frame

db, lang = frame.page("compare.title", "compare.lead")
codes, measure = compare.choices(db, lang)
if len(codes) > 1:
    compare.headline(db, codes, lang)
    frame.show_chart(db, "compare-functions", lang, d=",".join(codes), m=measure)
    frame.show_chart(db, "departments-by-fund", lang, d=",".join(codes))
    frame.show_chart(db, "three-public", lang, d=",".join(codes))
