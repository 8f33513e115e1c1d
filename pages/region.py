"""地区: what is held of one place, its years, what agrees and is disclosed there, its departments."""

from budgetdata.ui import frame, region

db, lang = frame.page("region.title", "region.lead")
region.region(db, lang)
