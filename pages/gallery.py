"""图表与嵌入: every registered chart, its picture, and what to copy to embed or cite it."""

from budgetdata.ui import frame, gallery

db, lang = frame.page("gallery.title", "gallery.lead")
gallery.show(db, lang)
