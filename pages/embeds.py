"""嵌入: every registered chart and any single figure, at three widths, with what to copy to embed or cite it."""

from budgetdata.ui import embeds, frame

db, lang = frame.page("embeds.title", "embeds.lead")
embeds.show(db, lang)
