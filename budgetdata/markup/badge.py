"""The badge at a chart or table some of whose figures do not agree with what is printed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from budgetdata.markup.address import WITHIN, Lead
from budgetdata.markup.pieces import PIECES
from budgetdata.markup.templates import macros
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text

NONE = Markup("")


def badge(db: Database, document_id: str, table_nos: Iterable[int], lang: str) -> Markup:
    """A line that says how many checks of these tables differ, with the way to them; '' where none does."""
    found = identities.touching(db, document_id, set(table_nos))
    return _line(document_id, "badge.table", len(found), lang)


def badge_of_rows(db: Database, rows: Iterable[Mapping[str, Any]], lang: str, lead: Lead = WITHIN) -> Markup:
    """The badge of a chart: of the figures in its rows, and of the totals of the tables that they are printed in.

    One sentence where the figures are of one document; where they are of several, how many of each, with the way to them.
    """
    values = [value for row in rows for value in row.values() if isinstance(value, Mapping) and value.get("figure_id")]
    named: dict[str, list[Mapping[str, Any]]] = {}
    for value in values:
        if value.get("document_id"):
            named.setdefault(str(value["document_id"]), []).append(value)
    differ = identities.differing(db, list(named))
    found: dict[str, int] = {}
    for document_id, own in ((document_id, own) for document_id, own in named.items() if document_id in differ):
        shown = {str(value["figure_id"]) for value in own}
        shown |= identities.total_figures(db, document_id, {int(value["table_no"]) for value in own})
        differing = len(identities.touching_figures(db, document_id, shown))
        if differing:
            found[document_id] = differing
    if len(named) == 1:
        return NONE.join(_line(document_id, "badge.chart", count, lang, lead) for document_id, count in found.items())
    return _several(db, found, lang, lead)


def badge_of_figure(db: Database, figure: Mapping[str, Any], lang: str) -> Markup:
    """The badge of one printed amount."""
    found = identities.touching_figures(db, figure["document_id"], {str(figure["figure_id"])})
    return _line(figure["document_id"], "badge.figure", len(found), lang)


def _several(db: Database, found: Mapping[str, int], lang: str, lead: Lead) -> Markup:
    """How many figures of each document in a chart differ, each with the way to its checks."""
    if not found:
        return NONE
    told = []
    for document_id, count in found.items():
        row = held.document(db, document_id) or {"short": document_id, "year": ""}
        told.append((document_id, f"{row['short']} {row['year']}", count))
    return macros(PIECES, lang).badges(told, lead)


def _line(document_id: str, key: str, count: int, lang: str, lead: Lead = WITHIN) -> Markup:
    return macros(PIECES, lang).badge(document_id, text(lang, key, n=count), lead) if count else NONE
