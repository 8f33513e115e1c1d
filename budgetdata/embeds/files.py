"""/chart/<id>.svg .png .csv .json: the registered charts as pictures and data, outside the app."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.records import Record
from budgetdata.base.said import said
from budgetdata.charts import picture
from budgetdata.charts.card import cached_card
from budgetdata.charts.drawing import engine, fonts
from budgetdata.charts.model import Chart
from budgetdata.charts.shown import Key, Shown, shown
from budgetdata.embeds.answers import PASSPORT, STATE, Refused, answer, base_of, csv_text, flat, unread_lines
from budgetdata.embeds.choices import Look, chart_of, chosen
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.money import completed
from budgetdata.words.catalogue import text

SUFFIXES = ("svg", "png", "csv", "xlsx", "json")
DATA = ("csv", "xlsx")
"""Those that are kept as files."""
_ARTICLE_SCALE = 2.0


def chart_file(request: Request) -> Response:
    """A chart as picture or data; a designed 'no data' where its source holds nothing."""
    chart_id, _, suffix = request.path_params["file"].rpartition(".")
    chart = chart_of(chart_id)
    if suffix not in SUFFIXES:
        raise Refused(said("refused.format", value=suffix[:12]), list(SUFFIXES), 404)
    db = open_database()
    asked = chosen(request.query_params.multi_items(), chart, db)
    if suffix == "png" and not fonts.shows_chinese():
        svg = f"{base_of(request)}chart/{chart_id}.svg?{urlencode(asked.key)}"
        raise Refused(said("refused.fonts", variable=fonts.FONTS_VARIABLE, svg=svg), [svg], 503)
    name = file_name(shown(db, chart, asked.key, asked.look.lang), suffix)
    how = "attachment" if suffix in DATA else "inline"
    headers = {"Content-Disposition": attached(name, f"{chart_id}.{suffix}", how)}
    return answer(chart_bytes(db, chart, asked.key, asked.look, suffix), suffix, version=db.version, headers=headers)


def chart_bytes(db: Database, chart: Chart, key: Key, look: Look, suffix: str) -> str | bytes:
    """What stands under an address of a chart: SVG, PNG, the Vega-Lite specification, or its rows as CSV or as a workbook."""
    if suffix == "svg":
        return svg_of(db, chart, key, look)
    if suffix == "png":
        if look.card:
            fonts.register()
            return engine.png_of_svg(svg_of(db, chart, key, look))
        return picture.cached_png(db, chart, key, look.paint, (look.width, _ARTICLE_SCALE), look.lang)
    found = shown(db, chart, key, look.lang)
    if suffix == "json":
        return picture.framed_spec(chart, found.data, look.paint, look.width, look.lang)
    return as_workbook(found) if suffix == "xlsx" else as_csv(found)


def rows_of(found: Shown) -> tuple[list[str], list[list[Any]]]:
    """What a chart shows as a table, heads and rows: its columns, the passport of each row's figure, and whose each row is.

    Where a row holds several figures, the id of each stands behind them. Amounts are decimal strings in 万元.
    """
    data = found.data
    columns = [(column, name) for column, name in data.columns if column not in PASSPORT]
    several = [
        (column, name) for column, name in columns if any(isinstance(row.get(column), dict) for row in data.rows)
    ]
    heads = [headed(column, name, data.rows, found.lang) for column, name in columns]
    ids = [f"{name} figure_id" for _, name in several]
    whose = _whose(found)
    rows: list[list[Any]] = [
        [
            *flat(row, columns),
            *((row.get(column) or {}).get("figure_id") for column, _ in several),
            *whose(row),
            *(row.get(column) for column, _ in data.more),
        ]
        for row in completed(found.db, data.rows)
    ]
    bare = [*[None] * len(ids), *[None] * len(TIDY), *[None] * len(data.more)]
    rows += [[*line, *bare] for line in unread_lines(data.unread, len(columns))]
    return [*heads, *PASSPORT, STATE, *ids, *TIDY, *(name for _, name in data.more)], rows


TIDY = ("department", "year", "level", "parent")
"""What tells of each row of a chart whose it is, how deep it stands, and in which row it is contained."""


def _whose(found: Shown) -> Callable[[Record], list[Any]]:
    """What gives a row's cells under TIDY."""
    one = dict(found.key).get("d", "") if found.chart.group == "department" else ""

    def told(row: Record) -> list[Any]:
        document = held.document(found.db, row.get("document_id") or one)
        who = [document["department"], document["year"]] if document else [None, None]
        return [*who, row.get("level"), row.get("parent")]

    return told


def as_csv(found: Shown) -> str:
    """What a chart shows as CSV."""
    heads, rows = rows_of(found)
    return csv_text(heads, rows)


def as_workbook(found: Shown) -> bytes:
    """The same rows as a workbook, with what the chart is and where its figures are from on a sheet behind them."""
    from budgetdata.exports.workbook import sheet_bytes

    heads, rows = rows_of(found)
    shown_as = [[_number(value, head) for value, head in zip(row, heads, strict=True)] for row in rows]
    notes = (found.answer, found.data.note, found.data.source, text(found.lang, "footer", version=found.db.version))
    return sheet_bytes(found.title, [note for note in notes if note], heads, shown_as)


def _number(value: Any, head: str) -> Any:
    """An amount as a number, a share as it is printed."""
    return Decimal(value) if isinstance(value, str) and _AMOUNT.fullmatch(value) and head not in PASSPORT else value


_AMOUNT = re.compile(r"-?\d+\.\d{2,}")
"""An amount as it stands in a CSV, '1200.00'; codes and ids hold no point."""
_UNFIT = re.compile(r"""[\\/:*?"<>|？：\s]+""")
"""What a file's name cannot hold everywhere."""


def file_name(found: Shown, suffix: str) -> str:
    """What a download is called: whose it is, its question, and the choices made."""
    chosen = [value for name, value in found.key if name != "d"]
    return f"{_UNFIT.sub(' ', ' '.join([found.title, *chosen])).strip()}.{suffix}"


def attached(name: str, plain: str, how: str = "attachment") -> str:
    """The Content-Disposition of a file: its name for those who read it, another in plain letters for those who cannot."""
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


def headed(column: str, name: str, rows: Sequence[Record], lang: str) -> str:
    """The head of a column of a chart's CSV: its name, and the unit where it holds amounts."""
    holds_amounts = column == "fen" or column.endswith("_fen") or any(isinstance(row.get(column), dict) for row in rows)
    return text(lang, "csv.amount", name=name) if holds_amounts else name


def svg_of(db: Database, chart: Chart, key: Key, look: Look) -> str:
    """A chart as SVG: framed, on a card, or the bare drawing that a page frames itself."""
    if look.card:
        return cached_card(db, chart, key, look.paint, look.card, look.lang)
    draw = picture.cached_bare if look.bare else picture.cached_svg
    return draw(db, chart, key, look.paint, look.width, look.lang)
