"""The frame of every page and every chart: title, question, answer, picture, source line, data with passports."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.settings import default_database
from budgetdata.build.build import ensure_database
from budgetdata.charts import picture
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.markup import pieces as html
from budgetdata.markup.badge import badge_of_rows
from budgetdata.markup.pictures import picture_sources
from budgetdata.markup.templates import macros
from budgetdata.queries.base import Database, open_database
from budgetdata.ui.permalink import language
from budgetdata.words.catalogue import text


@cache
def _ensured(path: Path) -> str:
    """Build the database where it is not current; '' or, where that failed but an earlier one is there, the reason."""
    reason = ""
    try:
        ensure_database(path)
    except BudgetDataError as error:
        open_database(path)
        reason = str(error)
    gc.collect()
    gc.freeze()
    return reason


def database(lang: str = "zh") -> Database:
    """The database, built first with a message where there is none; a message and a stop where that fails."""
    path = default_database()
    try:
        if path.exists():
            _ensured(path)
        else:
            with st.spinner(text(lang, "frame.building")):
                _ensured(path)
        return open_database(path)
    except BudgetDataError as error:
        st.error(text(lang, "frame.broken") + str(error))
        st.stop()


def write(body: str) -> None:
    """HTML of ours in the page's style; every text in it has been escaped where it was made."""
    st.html(f'<div class="mz">{body}</div>')


def page(title_key: str, lead_key: str = "") -> tuple[Database, str]:
    """Open a page: language, style, title and lead; gives the database and the language."""
    lang = language()
    db = database(lang)
    lead = f'<p class="lead">{escape(text(lang, lead_key))}</p>' if lead_key else ""
    write(f"<h1>{escape(text(lang, title_key))}</h1>{lead}")
    return db, lang


def footer(db: Database, lang: str) -> None:
    """What stands under every page; where the database could not be built anew, that it is the earlier one and why."""
    late = _ensured(db.path)
    if late:
        write(f'<p class="src">{escape(text(lang, "frame.late"))}{escape(late.splitlines()[0])}</p>')
    write(
        f'<footer class="page">{escape(text(lang, "footer", version=db.version))}<br>{escape(text(lang, "frame.link"))}</footer>'
    )


def section(anchor: str, title: str) -> None:
    """A heading with an anchor."""
    write(f'<h2 id="{anchor}">{escape(title)}</h2>')


def show_chart(
    db: Database,
    chart_id: str,
    lang: str,
    *,
    heading: bool = True,
    level: int = 3,
    show: int = 0,
    links: dict[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
    **more: str,
) -> ChartData:
    """A registered chart in its frame: question, answer, picture at two widths, source line with addresses, data table.

    show: how many rows of the table stand open (0: all behind a fold). level: of its heading, 2 where no section is above it.
    Gives the data, for what follows on the page.
    """
    chart = registered(chart_id)
    asked = {**(choices or {}), **more}
    given = {name: value for name, value in asked.items() if value and name in chart.parameters}
    data = chart.load(db, given, lang)
    key = tuple(sorted(given.items()))
    title = f"<h{level}>{escape(data.title or chart.question(lang))}</h{level}>" if heading else ""
    if data.empty or not data.rows:
        write(f'{title}<p class="answer quiet">{escape(data.empty)}</p>')
        return data
    pictures = _picture(db, chart, data, key, lang)
    answer = f'<p class="answer">{escape(data.sentence)}</p>'
    rows: str
    if show:
        rows = html.folded(data.rows, data.columns, lang, show=show, links=links)
    else:
        rows = _behind(db, chart_id, key, lang, tuple(sorted((links or {}).items())))
    note = badge_of_rows(db, data.rows, lang)
    write(f"{title}{answer}{pictures}{source_line(chart_id, data, key, lang)}{note}{rows}")
    return data


@lru_cache(maxsize=256)
def _behind(
    db: Database, chart_id: str, key: tuple[tuple[str, str], ...], lang: str, links: tuple[tuple[str, str], ...]
) -> str:
    """The fold with a chart's table: written once for each database, chart, choices and language."""
    data = registered(chart_id).load(db, dict(key), lang)
    shown = html.table(data.rows, data.columns, lang, links=dict(links))
    opens = any(
        row.get("figure") or any(isinstance(value, dict) and "raw" in value for value in row.values())
        for row in data.rows
    )
    said = text(lang, "table.open" if opens else "table.plain", n=len(data.rows))
    return html.fold(said, shown)


def source_line(chart_id: str, data: ChartData, key: tuple[tuple[str, str], ...], lang: str) -> str:
    """The quiet line under a chart: unit, scope, source, and the addresses of data, image and embed."""
    query = urlencode([*key, *([("lang", "en")] if lang == "en" else [])])
    tail = f"?{query}" if query else ""
    links = [
        (f"./chart/{chart_id}.csv{tail}", text(lang, "frame.data")),
        (f"./chart/{chart_id}.png{tail}", text(lang, "frame.image")),
        (
            f"./embeds?{urlencode([('chart', chart_id), *key, *([('lang', 'en')] if lang == 'en' else [])])}",
            text(lang, "frame.embed"),
        ),
    ]
    listed = " · ".join(f'<a href="{escape(link)}" target="_self">{escape(name)}</a>' for link, name in links)
    unit = text(lang, "frame.unit") if any(key == "fen" or key.endswith("_fen") for key, _ in data.columns) else ""
    parts = [escape(part) for part in (unit, data.note, data.source) if part]
    return f'<p class="src">{" · ".join(parts)} · {listed}</p>'


def _picture(db: Database, chart: Chart, data: ChartData, key: tuple[tuple[str, str], ...], lang: str) -> str:
    """The chart as an image from our own address, at two widths and in two themes; wide and light where none applies."""
    found = picture_sources(db, chart, key, lang)
    return macros(html.PIECES, lang).picture(found, picture.alt_text(chart, data, lang))
