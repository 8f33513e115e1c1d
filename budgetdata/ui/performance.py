"""The parts of the page on projects and their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup import sheet_cards
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import population, sheet_pages
from budgetdata.queries import projects as queries
from budgetdata.queries.base import Database
from budgetdata.queries.projects import SheetFilter
from budgetdata.queries.questions.model import and_apart
from budgetdata.ui import choosing, frame
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose, keep, say_unknown, words
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import place_text
from budgetdata.words.phrases import headings

PAGE, TEMPLATE = "performance", "performance.html"
PAGE_SIZE = 10
"""Cards on a page where few documents are held."""
WAN = 1_000_000
MONEY = {"0": (None, 10 * WAN), "10": (10 * WAN, 100 * WAN), "100": (100 * WAN, 1000 * WAN), "1000": (1000 * WAN, None)}
GRADES = ("quantified", "verifiable", "vague")


def one_sheet(db: Database, lang: str) -> bool:
    """One sheet whole where the address names one; False where it does not."""
    wanted = st.query_params.get("s", "")
    if not wanted:
        return False
    row = queries.sheet(db, wanted)
    if row is None:
        some = [row["sheet_id"] for row in sheet_pages.page(db, SheetFilter(), 0, 3)]
        say_unknown("s", wanted, text(lang, "filter.all"), [*some, "…"], lang)
        keep("s", "")
        return False
    write(macros(TEMPLATE, lang).crumb(row, sheet_cards.sheet_name(row, lang), sheet_cards.card(db, row, lang)))
    return True


def filters(db: Database, lang: str) -> SheetFilter:
    """The filters, all in the address: whose, which words, how clear; behind them the rest."""
    first, second, third = st.columns(3)
    with first:
        every, label = text(lang, "filter.all"), text(lang, "filter.department")
        document = choosing.document(db, lang, label, page=PAGE, everything=every)
    with second:
        hint = text(lang, "performance.placeholder")
        needle = words("q", text(lang, "filter.words"), lang, page=PAGE, placeholder=hint)
    with third:
        grades = {name: text(lang, f"quality.{name}") for name in GRADES}
        quality = _any("quality", "filter.quality", grades, lang)
    year = choosing.year(db, lang, page=PAGE) if population.many(db) and not document else ""
    more = _more(db, lang, document, year)
    return replace(more, document_id=document, quality=quality, words=needle)


def _any(name: str, label: str, options: Mapping[str, str], lang: str) -> str:
    """One of some options, or all."""
    return choose(name, text(lang, label), {"": text(lang, "filter.all"), **options}, lang, page=PAGE)


def _more(db: Database, lang: str, document: str, year: str) -> SheetFilter:
    """The filters behind a fold: year (where none was chosen before), office, category, horizon, money and kind."""
    offices = queries.offices(db, document)[:49] if document or not population.many(db) else []
    hidden = ("y", "office", "kind", "category", "horizon", "money")
    with st.expander(text(lang, "filter.more"), expanded=any(st.query_params.get(name) for name in hidden)):
        left, middle, right = st.columns(3)
        with left:
            year = year or _any("y", "filter.year", {each: each for each in population.years(db)}, lang)
            office = _any("office", "filter.office", {name: name for name in offices}, lang)
        with middle:
            categories = {name: queries.category_name(name, lang) for name in queries.CATEGORIES}
            category = _any("category", "filter.category", categories, lang)
            horizons = {name: text(lang, f"horizon.{name}") for name in ("annual", "term")}
            horizon = _any("horizon", "filter.horizon", horizons, lang)
        with right:
            amount = _any("money", "filter.money", {code: _range(code, lang) for code in MONEY}, lang)
            kinds = {code: sheet_cards.kind_said(printed, lang) for code, printed in sheet_cards.KINDS.items()}
            kind = _any("kind", "performance.kind", kinds, lang)
    least, most = MONEY.get(amount, (None, None))
    return SheetFilter(
        year=int(year) if year else None,
        office=office,
        attribute=sheet_cards.KINDS.get(kind, ""),
        category=category,
        horizon=horizon,
        least_fen=least,
        most_fen=most,
    )


def _range(code: str, lang: str) -> str:
    least, most = MONEY[code]
    key = "below" if least is None else "from" if most is None else "between"
    return text(lang, f"performance.{key}", least=least, most=most)


def results(db: Database, lang: str, chosen: SheetFilter) -> None:
    """How many sheets match and what they hold, a page of cards, and the way to the next."""
    if population.many(db):
        _paged(db, lang, chosen)
        return
    found = queries.sheets(db, chosen)
    if not found:
        write(frame.answer(text(lang, "filter.none")))
        return
    found.sort(key=lambda row: str(row["scope"]) == "department")
    years = {row["year"] for row in found} if not chosen.document_id else set()
    said = _said(sheet_pages.totals(db, chosen), lang)
    if len(years) > 1:  # a sum is of one year
        of_each = {year: sheet_pages.totals(db, replace(chosen, year=year)) for year in sorted(years, reverse=True)}
        told = (
            text(lang, "performance.of_year", year=year, said=_said(whole, lang)) for year, whole in of_each.items()
        )
        said = reduce(lambda one, other: text(lang, "chart.sentences", one=one, other=other), told)
    write(macros(TEMPLATE, lang).found(text(lang, "filter.found", n=len(found)), said, _file(chosen)))
    pages = {str(n + 1): str(n + 1) for n in range((len(found) + PAGE_SIZE - 1) // PAGE_SIZE)}
    page = int(st.query_params.get("p", "1")) if st.query_params.get("p", "1") in pages else 1
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    write(Markup().join(sheet_cards.summary(db, row, lang) for row in shown))
    if len(pages) > 1:
        choose("p", text(lang, "filter.page"), pages, lang, page=PAGE, widget="segments")
    write(_listed(found, lang))
    if chosen == SheetFilter():
        for chart in ("targets-by-category", "targets-by-department"):
            frame.show_chart(db, chart, lang, level=2)


def _file(chosen: SheetFilter) -> str:
    """The address of the targets of what was chosen as a file; '' where its columns cannot tell the choice."""
    bare = replace(chosen, document_id="", category="", horizon="", quality="")
    if bare != SheetFilter(year=chosen.year if chosen.document_id else None):
        return ""
    told = {name: getattr(chosen, name) for name in ("document_id", "category", "horizon", "quality")}
    asked = urlencode({name: value for name, value in told.items() if value})
    return f"./data/targets.csv{'?' if asked else ''}{asked}"


def _listed(found: Sequence[Record], lang: str) -> Markup:
    """The fold with the table of all sheets found."""
    columns = headings(
        lang,
        name="item",
        who="department",
        annual_fen="annual_funds",
        targets="targets",
        quantified="quantified",
        place="place",
    )
    rows = [
        {
            **row,
            "name": sheet_cards.sheet_name(row, lang),
            "who": f"{row['short']} {row['year']}",
            "link": address(PAGE, lang, s=row["sheet_id"]),
            "place": place_text(row["page"], row["line"], lang),
        }
        for row in found
    ]
    table = html.table(rows, columns, lang, links={"name": "link"})
    return html.fold(text(lang, "table.all", n=len(rows)), table, lang)


def _said(whole: Record, lang: str) -> str:
    """What the sheets of projects come to, and how many department-wide ones there are beside them."""
    targets, numbered = whole["targets"], whole["quantified"]
    parts = []
    if whole["sheets"] > whole["whole"]:
        key = "performance.said" if targets else "performance.said_none"
        rate = 100 * numbered / targets if targets else 0
        said = text(lang, key, fen=whole["fen"], targets=targets, numbered=numbered, share=rate)
        parts.append(and_apart(said, whole["left"], lang))
    if whole["whole"]:
        key = "performance.whole" if parts else "performance.only_whole"
        parts.append(text(lang, key, n=whole["whole"], targets=whole["whole_targets"]))
    return parts[0] if len(parts) == 1 else text(lang, "chart.sentences", one=parts[0], other=parts[1])


def _paged(db: Database, lang: str, chosen: SheetFilter) -> None:
    """Where many are held: of whom, how many sheets match and what they hold, and one page of cards."""
    whole = sheet_pages.totals(db, chosen)
    if not whole["sheets"]:
        write(frame.answer(text(lang, "filter.none")))
        return
    said = _said(whole, lang)
    if not chosen.document_id:
        whom = population.population(db, str(chosen.year)).said(lang)
        said = text(lang, "chart.sentences", one=whom, other=said)
    write(macros(TEMPLATE, lang).found(text(lang, "filter.found", n=whole["sheets"]), said, _file(chosen)))
    pages = choosing.pages(whole["sheets"], sheet_pages.A_PAGE)
    shown = sheet_pages.page(db, chosen, pages.start, pages.size)
    write(Markup().join(sheet_cards.summary(db, row, lang) for row in shown) + pages.links(lang))
    if chosen == SheetFilter(year=chosen.year):
        frame.show_chart(db, "targets-by-category", lang, level=2, y=str(chosen.year))
