"""The frame of every page and every chart: title, question, answer, picture, source line, data with passports."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.keeping import Room
from budgetdata.base.records import Record
from budgetdata.base.said import said
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.charts.shown import Key
from budgetdata.markup.framed import Below, framed
from budgetdata.markup.pages import EXPLAINED
from budgetdata.markup.templates import Macros, macros
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.held import trouble
from budgetdata.ui.alert import warn
from budgetdata.ui.permalink import base_address, language
from budgetdata.words.catalogue import text

FRAME = "frame.html"
DRAWN = Room(8 * 2**20)
Section = Callable[[Database, Record, str], None]
"""What writes a part of the page of a department: of the database, of a document, in a language."""
_PARTS: ContextVar[list[Markup] | None] = ContextVar("parts", default=None)


def _drawn() -> Macros:
    return macros(FRAME, "zh")


def database(lang: str = "zh") -> Database:
    """The database; a message and a stop where there is none. What is wrong goes to the log: no visitor needs to know places.

    A page reads no document, whatever changed: commands build, and what they build is seen at once.
    """
    try:
        return open_database()
    except BudgetDataError as error:
        logging.getLogger("budgetdata").error("%s", error)
        warn(text(lang, "frame.broken"))
        st.stop()


class Html:
    """HTML of ours as Streamlit takes it as it is: through a plain text it looks line by line for an indentation to take away."""

    def __init__(self, body: str) -> None:
        self.body = body

    def _repr_html_(self) -> str:
        return str(self.body).strip()


def write(body: Markup) -> None:
    """HTML of ours in the page's style; within `at_once` a part of what is written there."""
    part, parts = _drawn().wrap(body), _PARTS.get()
    st.html(Html(part)) if parts is None else parts.append(part)


def at_once(db: Database, document: Record, lang: str, *sections: Section) -> None:
    """All that sections without controls write of a document, in one piece; what each writes is made once."""
    of = document["document_id"], lang, base_address(), datetime.date.today()
    _in_one_piece([piece for section in sections if (piece := _whole(db, section, *of))])


@contextmanager
def together() -> Iterator[None]:
    """What is written meanwhile is one piece."""
    with _collected() as parts:
        yield
    _in_one_piece(parts)


@contextmanager
def _collected() -> Iterator[list[Markup]]:
    """What is written meanwhile, in place of the page."""
    parts = list[Markup]()
    token = _PARTS.set(parts)
    try:
        yield parts
    finally:
        _PARTS.reset(token)


def _in_one_piece(parts: Sequence[Markup]) -> None:
    if parts:
        st.html(Html(_drawn().apart().join(parts)))


@DRAWN.keeps
def _whole(db: Database, section: Section, document_id: str, lang: str, base: str, day: datetime.date) -> Markup:
    """What a section writes. base, day: where and when its charts are cited."""
    document = held.document(db, document_id)
    with _collected() as parts:
        if document is not None:
            section(db, document, lang)
    return Markup().join(parts)


def under(title: str, body: Markup) -> Markup:
    """A piece under a heading."""
    return _drawn().under(title, body)


def heading(level: int, title: str) -> Markup:
    """A heading of a level."""
    return _drawn().heading(level, title)


def answer(said: str) -> Markup:
    """The sentence that answers a section's question."""
    return _drawn().answer(said)


def quiet(said: str) -> Markup:
    """A sentence in place of something that is not there."""
    return _drawn().quiet(said)


def plain(said: str) -> Markup:
    """A paragraph."""
    return _drawn().plain(said)


def lead(title: str, said: str) -> Markup:
    """A heading with what it is about."""
    return _drawn().lead(title, said)


def states_said(counts: Mapping[str, int], lang: str) -> str:
    """How many tables are in each state, in words."""
    told = [text(lang, "table_state.count", state=f"table_state.{state}", n=count) for state, count in counts.items()]
    return text(lang, "list.comma").join(told)


def page(title_key: str, lead_key: str = "") -> tuple[Database, str]:
    """Open a page: language, style, title and lead; gives the database and the language."""
    lang = language()
    db = database(lang)
    words = EXPLAINED.get(title_key.partition(".")[0], ())
    write(macros(FRAME, lang).head(text(lang, title_key), text(lang, lead_key) if lead_key else "", words))
    return db, lang


def footer(db: Database, lang: str) -> None:
    """What stands under every page; where the database as it is now cannot be shown, that it is the one before."""
    write(macros(FRAME, lang).footer(db.version, trouble() is not None))


def section(anchor: str, title: str) -> None:
    """A heading with an anchor."""
    write(_drawn().section(anchor, title))


def key_of(chart: Chart, asked: Mapping[str, str]) -> Key:
    """Those of some choices that a chart has, as its key."""
    return tuple(sorted((name, value) for name, value in asked.items() if value and name in chart.parameters))


def show_chart(
    db: Database,
    chart_id: str,
    lang: str,
    *,
    level: int = 3,
    behind: bool = True,
    choices: Mapping[str, str] | None = None,
    **more: str,
) -> None:
    """A registered chart in its frame: question, answer, picture at its widths, source line with addresses, data table.

    level: of its heading, 2 where no section is above it, 0 for none. behind: its rows as a table behind it, unless the page has
    a fuller one.
    """
    chart, asked = registered(chart_id), {**(choices or {}), **more}
    key = key_of(chart, asked)
    found = framed(db, chart, key, lang)
    drawn = macros(FRAME, lang)
    if not found.is_drawn:
        write(drawn.no_chart(level, found.question, found.said))
        return
    page = f"{base_address()}/{embeds_of(chart_id, key, lang)}"
    cited = citation_of(lang, found.title, found.below.source, db.version, page, datetime.date.today())
    picture, badge, rows = Markup(found.picture), Markup(found.badge), Markup(found.rows if behind else "")
    source = source_line(chart_id, found.below, key, lang, cited)
    write(drawn.chart(level, found.question, found.said, picture, source, badge, rows))


def citation_of(lang: str, title: str, source: str, version: str, page: str, day: datetime.date) -> str:
    """A citation: title, source ('' where there is nothing to show), version of the data, address and day."""
    date = said("embeds.date", year=day.year, month=day.month, day=day.day)
    key = "embeds.citation" if source else "embeds.citation.unsourced"
    return text(lang, key, title=title, source=source, version=version, page=page, date=date)


def embeds_of(chart_id: str, key: Key, lang: str) -> str:
    """The page that shows how to embed a chart with its choices."""
    return f"embeds?{urlencode([('chart', chart_id), *key, *([('lang', 'en')] if lang == 'en' else [])])}"


def source_line(chart_id: str, below: Below, key: Key, lang: str, cited: str = "") -> Markup:
    """The quiet line under a chart: unit, scope, source, the addresses of data, image and embed, and how to cite it."""
    choices = [*key, *([("lang", "en")] if lang == "en" else [])]
    query = urlencode(choices)
    tail = f"?{query}" if query else ""
    links = [
        (f"./chart/{chart_id}.csv{tail}", text(lang, "frame.data")),
        (f"./chart/{chart_id}.xlsx{tail}", text(lang, "frame.workbook")),
        (f"./chart/{chart_id}.png{tail}", text(lang, "frame.image")),
        (f"./{embeds_of(chart_id, key, lang)}", text(lang, "frame.embed")),
    ]
    unit = text(lang, "frame.unit") if below.amounts else ""
    said = [part for part in (unit, below.note, below.source) if part]
    return macros(FRAME, lang).source(said, links, below.question, cited)
