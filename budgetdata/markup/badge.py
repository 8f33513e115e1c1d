"""The badge at a chart or table some of whose figures do not agree with what is printed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from budgetdata.markup.address import address
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.words.names import say


def badge(db: Database, document_id: str, table_nos: Iterable[int], lang: str) -> str:
    """A line that says how many checks of these tables differ, with the way to them; '' where none does."""
    found = identities.touching(db, document_id, set(table_nos))
    said = say(lang, f"这张表有 {len(found)} 处不一致", f"{len(found)} figures of this table differ from elsewhere")
    return _line(document_id, said, lang) if found else ""


def badge_of_rows(db: Database, rows: Iterable[Mapping[str, Any]], lang: str) -> str:
    """The badge of a chart: of the figures in its rows, and of the totals of the tables that they are printed in.

    One sentence where the figures are of one document; where they are of several, how many of each, with the way to them.
    """
    values = [value for row in rows for value in row.values() if isinstance(value, Mapping) and value.get("figure_id")]
    named = {str(value["document_id"]): value for value in values if value.get("document_id")}
    found: dict[str, int] = {}
    for document_id in named:
        own = [value for value in values if value.get("document_id") == document_id]
        shown = {str(value["figure_id"]) for value in own}
        shown |= identities.total_figures(db, document_id, {int(value["table_no"]) for value in own})
        differing = len(identities.touching_figures(db, document_id, shown))
        if differing:
            found[document_id] = differing
    if len(named) == 1:
        return "".join(_line(document_id, _said(count, lang), lang) for document_id, count in found.items())
    return _several(db, found, lang) if found else ""


def _said(count: int, lang: str) -> str:
    return say(lang, f"这张图里的数有 {count} 处与别处所印的不一致", f"{count} figures here differ from elsewhere")


def _several(db: Database, found: Mapping[str, int], lang: str) -> str:
    """How many figures of each document in a chart differ, each with the way to its checks."""
    told = []
    for document_id, count in found.items():
        row = held.document(db, document_id) or {"short": document_id, "year": ""}
        link = escape(address("checks", lang, d=document_id, status="different"))
        name = escape(f"{row['short']} {row['year']}")
        told.append(f'<a href="{link}" target="_self">{name} {count}{say(lang, " 处", "")}</a>')
    lead = say(lang, "图里有数与别处所印的不一致：", "figures here that differ from elsewhere: ")
    return f'<p class="src badge"><span class="dot different"></span>{lead}{" · ".join(told)}</p>'


def badge_of_figure(db: Database, figure: Mapping[str, Any], lang: str) -> str:
    """The badge of one printed amount."""
    found = identities.touching_figures(db, figure["document_id"], {str(figure["figure_id"])})
    said = say(
        lang,
        f"这个数有 {len(found)} 处与别处所印的不一致",
        f"this figure differs from elsewhere in {len(found)} checks",
    )
    return _line(figure["document_id"], said, lang) if found else ""


def _line(document_id: str, said: str, lang: str) -> str:
    link = escape(address("checks", lang, d=document_id, status="different"))
    return f'<p class="src badge"><span class="dot different"></span><a href="{link}" target="_self">{said}</a></p>'
