"""An earlier address of the page 嵌入, kept because links to it exist."""

from budgetdata.ui import embeds, frame

db, lang = frame.page("embeds.title", "embeds.lead")
embeds.show(db, lang)
