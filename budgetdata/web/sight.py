"""What a page's first HTML shows while its scripts are fetched, on a slow line for seconds: its answer and its first picture."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import NamedTuple

from budgetdata.base.errors import BudgetDataError
from budgetdata.charts.model import Chart
from budgetdata.charts.picture import alt_text
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.charts.shown import shown
from budgetdata.embeds.answers import Refused
from budgetdata.embeds.choices import chart_key
from budgetdata.markup.pictures import picture_sources
from budgetdata.markup.templates import render
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.population import one_year
from budgetdata.words.catalogue import text

CHARTS = {
    "home": "departments-by-fund",
    "department": "spending-by-function",
    "three_public": "three-public",
    "performance": "targets-by-category",
    "checks": "checks-matrix",
    "disclosure": "disclosure-matrix",
}
"""The chart whose answer is that of a page."""
TEXT_ALONE = ("checks", "disclosure")
"""Pages that show the rows of their chart in another way."""


class Sight(NamedTuple):
    """What is seen first: title, sentences, picture as (media, address, width, height), what it says."""

    title: str
    said: list[str]
    sources: list[tuple[str, str, int, int]]
    alt: str


def first_sight(page: str, asked: Mapping[str, str], lang: str) -> Sight | None:
    """A page's answer; None where it is not known before a choice is made."""
    if page not in CHARTS or (page == "home" and asked.get("q")):
        return None
    with contextlib.suppress(BudgetDataError, OSError, Refused):
        return _sight(open_database(), page, asked, lang)
    return None


def drawn(found: Sight | None, lang: str) -> str:
    """The HTML of what is seen first; '' for nothing."""
    return str(render("web/sight.html", lang, sight=found)) if found else ""


def _sight(db: Database, page: str, asked: Mapping[str, str], lang: str) -> Sight | None:
    chart = registered(CHARTS[page])
    if page == "home":
        asked = {"y": one_year(db)}
    key = chart_key({name: asked[name] for name in chart.parameters if asked.get(name)}, chart, db)
    if chart.group == "department" and not dict(key).get("d"):
        return None
    found = shown(db, chart, key, lang)
    said = [*_headline(db, chart, dict(key), lang), found.answer]
    is_pictured = found.is_drawn and page not in TEXT_ALONE
    sources = picture_sources(db, chart, key, lang) if is_pictured else []
    title = found.who if chart.group == "department" else chart.question(lang)
    return Sight(title, [each for each in said if each], sources, alt_text(chart, found.data, lang))


def _headline(db: Database, chart: Chart, key: Mapping[str, str], lang: str) -> list[str]:
    """The department's total, where a department's page opens with it."""
    if chart.group != "department" or held.document(db, key["d"]) is None:
        return []
    total = amounts.headline(db, key["d"])["total"]
    return [text(lang, "front.total", fen=total["fen"])] if total else []
