"""地区: what is held of one place, its years, what agrees and is disclosed there, its departments."""

from budgetdata.ui import region

db, lang = region.opened()
region.region(db, lang)
