"""What a page's first HTML shows while its scripts are fetched, on a slow line for seconds: its answer and its first picture."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.keeping import Room
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.embeds.answers import Refused
from budgetdata.embeds.choices import chart_key
from budgetdata.embeds.figure import passport_lines, title_of
from budgetdata.markup import answers, sheet_cards
from budgetdata.markup.found import KINDS, found
from budgetdata.markup.framed import framed
from budgetdata.markup.pages import OURS
from budgetdata.markup.templates import macros, render
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects, regions
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.choosing import newest
from budgetdata.queries.population import many, one_year, year_of
from budgetdata.queries.questions.model import ALL, Question, options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.words.catalogue import catalogue, has, text
from budgetdata.words.names import spoken

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


_KEPT = Room(2 * 2**20)
"""What was seen first: some KiB each, where the rows that it was told of are thousands and are not kept."""


class Sight(NamedTuple):
    """What is seen first: title, sentences, picture as (media, address, width, height), what it says; what else is shown."""

    title: str
    said: list[str]
    sources: Sequence[tuple[str, str, int, int]] = ()
    alt: str = ""
    body: Markup = Markup()


def first_sight(page: str, asked: Mapping[str, str], lang: str) -> Sight | None:
    """A page's answer; what it is about, where there is none before a choice is made; None for a page without a title."""
    with contextlib.suppress(BudgetDataError, OSError, Refused):
        seen = _seen(open_database(), page, tuple(sorted(asked.items())), lang)
        if seen:
            return seen
    return _about(page, lang)


def see(db: Database, page: str, lang: str) -> None:
    """Find what a page shows first of a version that nobody is shown yet."""
    with contextlib.suppress(BudgetDataError, OSError, Refused):
        _seen(db, page, (), lang)


@_KEPT.keeps
def _seen(db: Database, page: str, choices: tuple[tuple[str, str], ...], lang: str) -> Sight | None:
    """A page's answer for the choices of an address; None where it has none."""
    asked = dict(choices)
    special = _special(page, asked)
    return special(db, asked, lang) if special else _sight(db, page, asked, lang) if page in CHARTS else None


def names_itself(page: str, asked: Mapping[str, str]) -> bool:
    """Whether what is seen first has the title of what the address names, and not the page's own."""
    return page not in ("home", "glossary") and _special(page, asked) is not None


def _special(page: str, asked: Mapping[str, str]) -> Callable[[Database, Mapping[str, str], str], Sight | None] | None:
    return next((sight for name, choice, sight in _SPECIAL if name == page and (not choice or asked.get(choice))), None)


def _about(page: str, lang: str) -> Sight | None:
    """Title and lead of a page."""
    own = "embeds" if page == "gallery" else page
    title = f"{own}.title" if has(f"{own}.title") else f"nav.{own}"
    if not has(title):
        return None
    return Sight(text(lang, title), list(filter(None, [lead_of(own, lang)])))


def lead_of(page: str, lang: str) -> str:
    """What a page says that it is about; '' where it says nothing, or only of what is chosen on it."""
    leads = (key for key in (f"{page}.page.lead", f"{page}.lead") if has(key) and "{" not in catalogue(lang)[key][0])
    return next((text(lang, key) for key in leads), "")


def _found(db: Database, asked: Mapping[str, str], lang: str) -> Sight | None:
    """What is found for the words of an address."""
    if asked.get("kind", "") not in ("", *KINDS):
        return None
    return Sight(text(lang, "home.title"), [], body=found(db, asked["q"], asked, lang))


def _figure(db: Database, asked: Mapping[str, str], lang: str) -> Sight | None:
    """One figure: what it is, its amount, where it is printed."""
    figure = amounts.figure(db, asked["f"])
    if figure is None:
        return None
    told = [text(lang, "front.told", name=text(lang, key), value=value) for key, value in passport_lines(figure, lang)]
    return Sight(title_of(figure, lang), told)


def _sheet(db: Database, asked: Mapping[str, str], lang: str) -> Sight | None:
    """One performance sheet whole."""
    row = projects.sheet(db, asked["s"])
    return Sight(sheet_cards.sheet_name(row, lang), [], body=sheet_cards.card(db, row, lang)) if row else None


def _region(db: Database, asked: Mapping[str, str], lang: str) -> Sight | None:
    """What is held of a place in the year asked for, else in its newest."""
    held_of = {str(row["year"]): row for row in regions.years(db, asked["r"])}
    year = asked.get("y") or next(iter(held_of), "")
    return Sight(asked["r"], [answers.of_region(db, asked["r"], held_of[year], lang)]) if year in held_of else None


def _account(db: Database, asked: Mapping[str, str], lang: str) -> Sight | None:
    """A 科目 over the departments of a year, the newest where none is asked for."""
    one = regions.account(db, asked["code"], lang)
    years = [str(row["year"]) for row in regions.account_years(db, asked["code"])] if one else []
    year, region = asked.get("y") or next(iter(years), ""), asked.get("r", "")
    rows = regions.ranked(db, asked["code"], year, region) if year in years else []
    if one is None or not rows:
        return None
    whose = {"code": one["code"], "year": year, "name": one["name"], "region": region}
    return Sight(f"{one['name']} {one['code']}", [answers.of_account(db, rows, whose, lang)])


def _words(_db: Database, _asked: Mapping[str, str], lang: str) -> Sight:
    """The words that the app uses."""
    return Sight(text(lang, "glossary.title"), [], body=macros("glossary.html", lang).ours(OURS))


def drawn(found: Sight | None, lang: str) -> str:
    """The HTML of what is seen first; '' for nothing."""
    return str(render("web/sight.html", lang, sight=found)) if found else ""


def _sight(db: Database, page: str, asked: Mapping[str, str], lang: str) -> Sight | None:
    chart = registered(CHARTS[page])
    if page == "home":
        asked = {"y": one_year(db)}
    elif "y" in chart.parameters:
        asked = {"y": year_of(db, ""), **asked}
    if page == "compare":
        asked = {"d": ",".join(_opens_with(db)), "m": "share", **asked}
    if (chart.group == "department" or page == "compare") and not asked.get("d"):
        return None
    key = chart_key({name: asked[name] for name in chart.parameters if asked.get(name)}, chart, db)
    found = framed(db, chart, key, lang)
    said = [*_headline(db, chart, dict(key), lang), found.said]
    sources = () if page in TEXT_ALONE else found.sources
    title = found.who if chart.group == "department" else chart.question(lang)
    return Sight(title, [each for each in said if each], sources, found.alt)


def _opens_with(db: Database) -> list[str]:
    """The two budgets that are compared where the address names none."""
    rows = newest(db, 2) if many(db) else held.documents(db)[:2]
    return [row["document_id"] for row in rows]


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
    return Sight(question.sentence(lang, labels), [said]) if said else None


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
            found[slot] = (code, spoken(lang, f"{document['short']} {document['year']}")) if document else (ALL, every)
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


_SPECIAL: tuple[tuple[str, str, Callable[[Database, Mapping[str, str], str], Sight | None]], ...] = (
    ("home", "q", _found), ("passport", "f", _figure), ("performance", "s", _sheet), ("region", "r", _region),
    ("subject", "code", _account), ("glossary", "", _words), ("questions", "", _answered),
)  # fmt: skip
"""Pages whose answer is no chart's: the choice without which they have none ('' for none), and what finds it."""
