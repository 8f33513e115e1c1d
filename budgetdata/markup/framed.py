"""What a page shows of a chart, made once for a version of the facts and kept without the chart's rows: over very many documents
these are thousands, and are loaded again by nobody who only looks at the page. What is kept on disk outlives the server.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import NamedTuple

from markupsafe import Markup

from budgetdata.base.keeping import Room
from budgetdata.base.records import Record
from budgetdata.charts.first import first, nearest
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.picture import alt_text
from budgetdata.charts.shown import Key, shown
from budgetdata.markup import pieces as html
from budgetdata.markup.badge import badge_of_rows
from budgetdata.markup.pictures import Source, pictured
from budgetdata.markup.templates import macros
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text

_KEPT = Room(4 * 2**20)


class Below(NamedTuple):
    """What the line under a chart tells: its question, whether amounts stand in its table, the note on its scope, its source."""

    question: str
    amounts: bool
    note: str
    source: str


class Framed(NamedTuple):
    """A chart as a page shows it: its words, the sources of its picture and what they say, HTML of the picture, of the table
    behind it, and of the line on what differs. title: what it is called where it stands alone, who: whose it is."""

    title: str
    who: str
    said: str
    is_drawn: bool
    alt: str
    sources: list[Source]
    picture: str
    rows: str
    badge: str
    below: Below

    @property
    def question(self) -> str:
        """What it is called where it stands on a page."""
        return self.below.question


def framed(db: Database, chart: Chart, key: Key, lang: str) -> Framed:
    """A chart with these choices in a language."""
    if chart.group == "department" or "d" in dict(key):
        return _of_one(db, chart, key, lang)
    parts = json.loads(_of_all(db, chart, key, lang))
    return Framed(**{**parts, "below": Below(*parts["below"])})


@_KEPT.keeps
def _of_one(db: Database, chart: Chart, key: Key, lang: str) -> Framed:
    return _made(db, chart, key, lang)


@_KEPT.keeps_on_disk
def _of_all(db: Database, chart: Chart, key: Key, lang: str) -> str:
    found = shown(db, chart, key, lang)  # held here: who asks for its order loads it no second time
    if chart.ends:
        _ordered(found.db, chart, key, lang)
    return json.dumps(_made(db, chart, key, lang)._asdict(), ensure_ascii=False)


def order(db: Database, chart: Chart, key: Key, lang: str) -> list[Record]:
    """The rows of a chart of all documents in their order, of each the document (document_id) and the amount (fen) alone."""
    return [{"document_id": document_id, "fen": fen} for document_id, fen in json.loads(_ordered(db, chart, key, lang))]


@_KEPT.keeps_on_disk
def _ordered(db: Database, chart: Chart, key: Key, lang: str) -> str:
    return json.dumps([(row.get("document_id"), row.get("fen")) for row in shown(db, chart, key, lang).data.rows])


def below_of(chart: Chart, data: ChartData, lang: str) -> Below:
    """What the line under a chart tells."""
    amounts = any(column == "fen" or column.endswith("_fen") for column, _ in data.columns)
    return Below(data.title or chart.question(lang), amounts, data.note, data.source)


def _made(db: Database, chart: Chart, key: Key, lang: str) -> Framed:
    found = shown(db, chart, key, lang)
    data, alt = found.data, alt_text(chart, found.data, lang)
    named, below = (found.title, found.who, found.answer), below_of(chart, data, lang)
    if not found.is_drawn:
        return Framed(*named, False, alt, [], "", "", "", below)
    sources, spots = pictured(db, chart, key, lang)
    picture = macros(html.PIECES, lang).picture(sources, alt, spots)
    seen = data if chart.group == "department" else first(chart, data)
    near = replace(seen, rows=nearest(seen.rows))
    part = "near" if len(near.rows) < len(seen.rows) else "part"
    rows, badge = _behind(near, len(data.rows), part, lang), badge_of_rows(db, near.rows, lang)
    return Framed(*named, True, alt, sources, picture, rows, badge, below)


def _behind(data: ChartData, count: int, part: str, lang: str) -> Markup:
    """The fold with a chart's table: the rows that the picture shows, of `count`; those nearest to one's own among very many.

    part: which of these two they are, where they are not all.
    """
    opens = any(
        row.get("figure") or any(isinstance(value, dict) and "raw" in value for value in row.values())
        for row in data.rows
    )
    said = text(lang, "table.open" if opens else "table.plain", n=len(data.rows))
    if len(data.rows) < count:
        said = text(lang, f"table.{part}", n=len(data.rows), all=count)
    return html.fold(said, html.table(data.rows, data.columns, lang), lang)
