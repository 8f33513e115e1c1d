"""/chart/<id>.svg .png .csv .json: the registered charts as pictures and data, outside the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.records import Record
from budgetdata.base.said import said
from budgetdata.charts import picture
from budgetdata.charts.card import cached_card
from budgetdata.charts.drawing import engine, fonts
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.shown import Key, shown
from budgetdata.embeds.answers import PASSPORT, STATE, Refused, answer, base_of, csv_text, flat, unread_lines
from budgetdata.embeds.choices import Look, chart_of, chosen
from budgetdata.queries.base import Database, open_database
from budgetdata.words.catalogue import text

SUFFIXES = ("svg", "png", "csv", "json")
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
    headers = {"Content-Disposition": f'inline; filename="{chart_id}.{suffix}"'}
    return answer(chart_bytes(db, chart, asked.key, asked.look, suffix), suffix, version=db.version, headers=headers)


def chart_bytes(db: Database, chart: Chart, key: Key, look: Look, suffix: str) -> str | bytes:
    """What stands under an address of a chart: SVG, PNG, the Vega-Lite specification, or its rows as CSV."""
    if suffix == "svg":
        return svg_of(db, chart, key, look)
    if suffix == "png":
        if look.card:
            fonts.register()
            return engine.png_of_svg(svg_of(db, chart, key, look))
        return picture.cached_png(db, chart, key, look.paint, (look.width, _ARTICLE_SCALE), look.lang)
    data = shown(db, chart, key, look.lang).data
    if suffix == "json":
        return picture.spec(picture.framed(chart, data, look.paint, look.width, look.lang), look.paint)
    return _rows_as_csv(data, look.lang)


def _rows_as_csv(data: ChartData, lang: str) -> str:
    """What a chart shows, with the passport of each row's figure; where a row holds several, the id of each behind them."""
    columns = [(column, name) for column, name in data.columns if column not in PASSPORT]
    several = [
        (column, name) for column, name in columns if any(isinstance(row.get(column), dict) for row in data.rows)
    ]
    heads = [headed(column, name, data.rows, lang) for column, name in columns]
    ids = [f"{name} figure_id" for _, name in several]
    rows: list[list[Any]] = [
        [*flat(row, columns), *((row.get(column) or {}).get("figure_id") for column, _ in several)] for row in data.rows
    ]
    rows += [[*line, *[None] * len(ids)] for line in unread_lines(data.unread, len(columns))]
    return csv_text([*heads, *PASSPORT, STATE, *ids], rows)


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
