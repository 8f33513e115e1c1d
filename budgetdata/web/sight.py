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
from budgetdata.queries.population import many, one_year, year_of
from budgetdata.queries.questions.model import ALL, Question, options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.words.catalogue import text

CHARTS = {
    "home": "departments-by-fund",
    "department": "spending-by-function",
    "three_public": "three-public",
    "performance": "targets-by-category",
    "checks": "checks-matrix",
    "disclosure": "disclosure-matrix",
    "compare": "compare-functions",
}
"""The chart whose answer is that of a page."""
TEXT_ALONE = ("checks", "disclosure")
"""Pages that show the rows of their chart in another way."""
MOST_ROWS = 60
"""So many rows of an answer are asked for, as the page of questions does; only its sentence is seen first."""


class Sight(NamedTuple):
    """What is seen first: title, sentences, picture as (media, address, width, height), what it says."""

    title: str
    said: list[str]
    sources: list[tuple[str, str, int, int]]
    alt: str


def first_sight(page: str, asked: Mapping[str, str], lang: str) -> Sight | None:
    """A page's answer; None where it is not known before a choice is made."""
    if page == "home" and asked.get("q"):
        return None
    with contextlib.suppress(BudgetDataError, OSError, Refused):
        if page == "questions":
            return _answered(open_database(), asked, lang)
        return _sight(open_database(), page, asked, lang) if page in CHARTS else None
    return None


def drawn(found: Sight | None, lang: str) -> str:
    """The HTML of what is seen first; '' for nothing."""
    return str(render("web/sight.html", lang, sight=found)) if found else ""


def _sight(db: Database, page: str, asked: Mapping[str, str], lang: str) -> Sight | None:
    chart = registered(CHARTS[page])
    if page == "home":
        asked = {"y": one_year(db)}
    if page == "compare":
        asked = {"m": "share", **asked}
    key = chart_key({name: asked[name] for name in chart.parameters if asked.get(name)}, chart, db)
    if (chart.group == "department" or page == "compare") and not dict(key).get("d"):
        return None
    found = shown(db, chart, key, lang)
    said = [*_headline(db, chart, dict(key), lang), found.answer]
    is_pictured = found.is_drawn and page not in TEXT_ALONE
    sources = picture_sources(db, chart, key, lang) if is_pictured else []
    title = found.who if chart.group == "department" else chart.question(lang)
    return Sight(title, [each for each in said if each], sources, alt_text(chart, found.data, lang))


def _answered(db: Database, asked: Mapping[str, str], lang: str) -> Sight | None:
    """The sentence that answers a question; None where a choice is not known, or the page asks for a department first."""
    name = asked.get("q", "")
    question = (
        all_questions()[name] if name in all_questions() else None if name else next(iter(all_questions().values()))
    )
    chosen = _chosen(db, question, asked, lang) if question else None
    if question is None or chosen is None:
        return None
    picked = {slot: code for slot, (code, _) in chosen.items()}
    labels = {slot: label for slot, (_, label) in chosen.items()}
    if many(db) and question.is_of_all(picked):
        picked["y"] = year_of(db, asked.get("y", ""))
    elif asked.get("y"):
        return None
    said = question.answer(db, picked, lang, *([MOST_ROWS] if many(db) else [])).sentence
    return Sight(question.sentence(lang, labels), [said], [], "") if said else None


def _chosen(db: Database, question: Question, asked: Mapping[str, str], lang: str) -> dict[str, tuple[str, str]] | None:
    """The value and the words of each choice of a question, as its page opens; None where one is not known."""
    found: dict[str, tuple[str, str]] = {}
    for slot in question.slots:
        code = asked.get(slot, "")
        if slot in ("d", "who") and many(db):
            document = held.document(db, code) if code else None
            if document is None and (code or slot == "d"):
                return None
            every = text(lang, "question.all_departments")
            found[slot] = (code, f"{document['short']} {document['year']}") if document else (ALL, every)
            continue
        valid = options(db, slot, lang)
        code = code or next(iter(valid), "")
        if code not in valid:
            return None
        found[slot] = (code, valid[code])
    return found


def _headline(db: Database, chart: Chart, key: Mapping[str, str], lang: str) -> list[str]:
    """The department's total, where a department's page opens with it."""
    if chart.group != "department" or held.document(db, key["d"]) is None:
        return []
    total = amounts.headline(db, key["d"])["total"]
    return [text(lang, "front.total", fen=total["fen"])] if total else []
