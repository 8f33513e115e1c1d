"""The badge at a chart or table some of whose figures do not agree with what is printed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from budgetdata.charts.words import say
from budgetdata.queries import checks as identities
from budgetdata.queries.base import Database
from budgetdata.ui.permalink import address


def badge(db: Database, document_id: str, table_nos: Iterable[int], lang: str) -> str:
    """A line that says how many checks of these tables differ, with the way to them; '' where none does."""
    found = identities.touching(db, document_id, set(table_nos))
    if not found:
        return ""
    link = escape(address("checks", lang, d=document_id, status="different"))
    said = say(
        lang,
        f"这里用到的表有 {len(found)} 处与别处所印的数不一致",
        f"{len(found)} figures of these tables differ from what is printed elsewhere",
    )
    return f'<p class="src badge"><span class="dot different"></span><a href="{link}" target="_self">{said}</a></p>'


def badge_of_rows(db: Database, document_id: str, rows: Iterable[Mapping[str, Any]], lang: str) -> str:
    """The badge of a chart, from the tables that the figures in its rows are printed in."""
    numbers = set()
    for row in rows:
        for value in row.values():
            if isinstance(value, Mapping) and value.get("document_id") == document_id and value.get("table_no"):
                numbers.add(int(value["table_no"]))
    return badge(db, document_id, numbers, lang) if numbers else ""
