"""Why a number of the narrative is linked to nothing: codes, apart from what finds the links, because pages ask for them."""

from __future__ import annotations

from budgetdata.base.said import said

ALONE, NOT_READ = said("narrative.link.alone"), said("narrative.link.not_read")
NO_SUCH_ROW, TABLE_UNREAD, NO_DATA = "narrative.link.no_row", "narrative.link.table_unread", "narrative.link.no_data"
