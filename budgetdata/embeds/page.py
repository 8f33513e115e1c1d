"""The light page of a chart for an iframe: picture, answer, source, table; no foreign host, no cookie, works without script."""

from __future__ import annotations

import hashlib

from markupsafe import Markup

from budgetdata.base.leaves import KIND
from budgetdata.base.records import Record
from budgetdata.charts.first import first, nearest
from budgetdata.charts.model import ChartData
from budgetdata.charts.shown import Shown
from budgetdata.embeds.choices import Look
from budgetdata.embeds.document import Links, document
from budgetdata.embeds.drawings import drawings
from budgetdata.exports.package import LICENCE
from budgetdata.markup import pieces
from budgetdata.markup.address import out_of
from budgetdata.markup.badge import badge_of_rows
from budgetdata.markup.templates import render
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import place_text

MOST_ROWS = 60


def embed_page(shown: Shown, look: Look, links: Links, embedded: str = "") -> str:
    """The whole HTML of an embed. embedded: the version that the address was copied at, '' where it names none."""
    data, lang = shown.data, shown.lang
    listed = nearest(data.rows)[:MOST_ROWS]  # around one's own, where it is one among many; else the first
    drawn, dark_rules = drawings(shown, look, links.spec)
    body = render(
        "embeds/page.html",
        lang,
        shown=shown,
        note=changed_note(shown, embedded),
        drawings=drawn,
        badge=badge(shown, links),
        table=_table(shown, listed, links),
        rows=len(data.rows),
        more=len(data.rows) - len(listed),
        told=told_below(shown),
        links=links,
        licence=LICENCE["name"],
        version=shown.db.version,
    )
    return document(shown.title, shown.answer, body, look, links, dark_rules)


def rows_hash(data: ChartData) -> str:
    """Eight hex digits over what a chart shows: the same rows, the same hash, whatever else the database holds."""
    cells = [[_printed(row.get(key)) for key, _ in data.columns] for row in data.rows]
    said = (data.title, data.sentence, data.source, data.note, data.empty)
    return hashlib.sha256(repr((cells, said)).encode()).hexdigest()[:8]


def _printed(value: object) -> object:
    """A cell as what is printed of it: a figure is its amount."""
    return value.get("fen") if isinstance(value, dict) else value


def changed_note(shown: Shown, embedded: str) -> str:
    """The key of a note where the figures are no longer those that were embedded; '' where they are, or nothing is known."""
    version, _, rows = embedded.partition(".")
    if not embedded or version == shown.db.version or rows == rows_hash(shown.data):
        return ""
    return "embed.changed" if rows else "embed.changed.facts"


def told_below(shown: Shown) -> list[str]:
    """The line under a chart: unit, how its parts relate to the total, source, places."""
    data = shown.data
    has_amounts = any(key == "fen" or key.endswith("_fen") for key, _ in data.columns)
    unit = text(shown.lang, "embed.unit") if has_amounts else ""
    return [part for part in (unit, data.note, data.source, places(data.rows, shown.lang)) if part]


def places(rows: list[Record], lang: str) -> str:
    """Where the figures of a chart are printed, from the first to the last, where they are of one document."""
    figures = [
        value
        for row in rows
        for value in (row.get("figure"), *row.values())
        if isinstance(value, dict) and value.get("line") is not None
    ]
    if not figures or len({figure.get("document_id") for figure in figures}) > 1:
        return ""
    if any((figure.get("page") or 0) >= KIND for figure in figures):
        spots = sorted({(figure["page"], figure["line"]) for figure in figures})
        return " – ".join(place_text(*spot, lang) for spot in dict.fromkeys((spots[0], spots[-1])))
    ends = []
    for name, key in (("page", "embed.pages"), ("line", "embed.lines")):
        found = [figure[name] for figure in figures if figure.get(name) is not None]
        if found and (name == "page" or len({figure.get("page") for figure in figures}) == 1):
            span = f"{min(found)}" if min(found) == max(found) else f"{min(found)}–{max(found)}"
            ends.append(text(lang, key, span=span))
    return " ".join(ends)


def badge(shown: Shown, links: Links) -> Markup:
    """The line that says where figures of the chart differ from elsewhere."""
    if shown.data.empty:
        return Markup()
    return badge_of_rows(shown.db, first(shown.chart, shown.data).rows, shown.lang, out_of(links.app))


def _table(shown: Shown, rows: list[Record], links: Links) -> Markup:
    if not shown.is_drawn:
        return Markup()
    columns = first(shown.chart, shown.data).columns
    return pieces.table(rows, columns, shown.lang, lead=out_of(links.app))
