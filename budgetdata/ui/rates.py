"""核对 and 公开度 over many documents: rates by region, down to the documents of one, down to a document's own list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.checks.disclosure import GROUPS
from budgetdata.checks.kinds import all_kinds
from budgetdata.markup import lacks, unchecked
from budgetdata.markup.address import address
from budgetdata.markup.check_cards import cards, rows_table
from budgetdata.markup.lacks import Cells
from budgetdata.markup.templates import macros
from budgetdata.queries import checks as identities
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries import documents as held
from budgetdata.queries import population
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import ALL
from budgetdata.queries.signals import rates
from budgetdata.queries.signals.lacking import LACKING, falls_short, is_whole, lacking
from budgetdata.ui import choosing
from budgetdata.ui.frame import section, write
from budgetdata.ui.permalink import asked_for, choose, keep
from budgetdata.words.catalogue import text
from budgetdata.words.names import spoken
from budgetdata.words.numbers import share

TEMPLATE = "rates.html"
COLUMNS, A_BLOCK = 11, 6
"""So many regions or documents stand beside the sum of all, so many columns in one block."""
CARDS, ROWS = 8, 30
"""So many checks stand on one page of a list: those that differ as cards, others as rows."""
Row = tuple[str, str | None, str, list["Cell | None"]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A rate as it stands in the matrix; part: '' where nothing could be counted. unread: so many more were not read."""

    rate: str
    part: str
    of: str
    said: str
    there: str
    unread: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; '' keeps all."""

    year: str
    region: str
    document: Record | None

    @property
    def part(self) -> rates.Part:
        """The documents that are counted."""
        return rates.Part(self.year, self.region, self.document["document_id"] if self.document else "")

    def to(self, page: str, lang: str, **more: str) -> str:
        """The address of a page with these choices and others."""
        named = {"d": self.document["document_id"]} if self.document else {}
        return address(page, lang, **{"y": self.year, "r": self.region, **named, **more})


def choices(db: Database, lang: str, page: str) -> Chosen:
    """Year, region, document: a document settles both."""
    label = text(lang, "rates.find")
    code = choosing.document(db, lang, label, page=page, everything=text(lang, "filter.all"))
    document = held.document(db, code) if code else None
    if document is not None:
        keep("y", "")
        keep("r", "")
        return Chosen(str(document["year"]), document["region"] or "", document)
    left, right = st.columns([3, 2])
    with left:
        year = choosing.year(db, lang, page=page)
    with right:
        region = choosing.region(db, lang, page=page, year=year)
    return Chosen(year, region, None)


Columns = list[tuple[str, str, str]]
"""(id, name, address) of each column."""


def _columns(
    db: Database, chosen: Chosen, page: str, lang: str, cells: Cells, is_whole: Callable[[Mapping[str, int]], bool]
) -> tuple[Columns, int, Columns]:
    """(the columns of this page, how many there are, those left out since they are whole): regions, or the documents of one."""
    if (row := chosen.document) is not None:
        return [(row["document_id"], row["short"], "")], 1, []
    if chosen.region:
        rows = [row for row in held.documents(db, chosen.year) if row["region"] == chosen.region]
        named = [(row["document_id"], choosing.within(row), address(page, lang, d=row["document_id"])) for row in rows]
    else:
        regions = [row["region"] for row in population.regions(db, chosen.year)]
        named = [
            (name, name or text(lang, "home.found.no_region"), address(page, lang, r=name, y=chosen.year))
            for name in regions
        ]
    whole = [one for one in named if is_whole(rates.total(cells, whose=one[0]))]
    named = [one for one in named if one not in whole]
    start = _first_column(len(named))
    return named[start : start + COLUMNS], len(named), whole


def _first_column(count: int) -> int:
    asked = asked_for("c")
    start = (int(asked) - 1) * COLUMNS if asked.isdecimal() and asked != "0" else 0
    return start if start < count else 0


def _cells(
    page: str, chosen: Chosen, lang: str, cells: Cells, counted: Callable[..., Any]
) -> Callable[[str, str, str], Cell | None]:
    """What makes the cell of (column, row's id, words): its rate of what can be counted."""

    def made(whose: str, name: str, words: str) -> Cell | None:
        number = rates.total(cells, name) if not whose else cells.get((whose, name), rates.Numbers())
        part, whole = counted(number)
        unread = number["unread"]
        if not whole and not unread:
            return None
        named = {"kind": name} if page == "checks" else {}
        into = {"r": whose} if not chosen.region else {"d": whose, "y": "", "r": ""}
        there = chosen.to(page, lang, **named, **(into if whose and chosen.document is None else {}))
        rate = "100%" if part == whole else share(part, whole)
        said = text(lang, f"rates.cell.{page}", words=words, part=part, whole=whole, rate=rate) if whole else words
        if unread:
            said = text(lang, "rates.cell.unread", said=said, n=unread)
        return Cell(rate, f"{part:,}" if whole else "", f"{whole:,}", said, there, unread, part == whole and not unread)

    return made


def _blocks(
    columns: Sequence[tuple[str, str, str]], rows: Sequence[tuple[str, str, str | None, str]], make: Any
) -> list[Any]:
    """The matrix in blocks: each of some columns with every row. rows: (id, name, what, address); what None: a heading."""
    blocks = []
    for start in range(0, len(columns), A_BLOCK):
        part = columns[start : start + A_BLOCK]
        lines: list[tuple[Any, ...]] = []
        for code, name, what, there in rows:
            if what is None:
                lines.append((name, None))
                continue
            lines.append((name, what, there, [make(whose, code, f"{called} {name}") for whose, called, _ in part]))
        blocks.append(([(called, there) for _, called, there in part], lines))
    return blocks


def _more_columns(count: int, lang: str) -> Markup:
    """The way to the columns before and after these."""
    first = _first_column(count)
    last = min(first + COLUMNS, count)
    if count <= COLUMNS:
        return Markup()
    page = first // COLUMNS + 1
    before = choosing.here(c=str(page - 1) if page > 2 else "") if page > 1 else ""
    after = choosing.here(c=str(page + 1)) if last < count else ""
    return Markup(macros("choosing.html", lang).columns((first + 1, last, count), before, after))


def checks(db: Database, lang: str) -> bool:
    """The page of checks; True where one document was chosen, whose other parts may follow."""
    chosen = choices(db, lang, "checks")
    cells = rates.checks(db, chosen.part, "document" if chosen.region or chosen.document else "region")
    number = rates.total(cells)
    whom = population.population(db, chosen.year, chosen.region).said(lang) if chosen.document is None else ""
    said = identities.summary({state: number[state] for state in identities.STATUSES}, lang)
    write(macros(TEMPLATE, lang).overview(whom, said))
    kind, status = _kind_and_status(db, cells, lang)
    _list(db, lang, chosen, kind, status)
    if reasons := unchecked.why(db, chosen.part, number, chosen.to("checks", lang, status="not_evaluable"), lang):
        section("unchecked", text(lang, "unchecked.title"))
        write(reasons)
    section("all", text(lang, "rates.matrix"))
    _differing(db, lang, chosen, cells)
    return chosen.document is not None


def _differing(db: Database, lang: str, chosen: Chosen, cells: Cells) -> None:
    """The kinds of which some checks differ, by places or budgets where they do; what agrees as a line each that unfolds."""
    differ, alike = [], []
    for each in all_kinds().values():
        number, there = rates.total(cells, each.id), chosen.to("checks", lang, kind=each.id)
        name, what = each.name(lang), each.what(lang)
        if number["different"]:
            differ.append((each.id, name, what, there))
        elif rates.agrees(number):
            said = text(lang, "rates.alike.one", kind=name, n=rates.agreed(number)[0], what=what)
            alike.append((each.id, said, there))
    drawn = macros(TEMPLATE, lang)
    columns, count, whole = _columns(db, chosen, "checks", lang, cells, rates.agrees)
    if differ:
        sums = [] if chosen.document else [("", text(lang, "rates.all"), "")]
        blocks = _blocks([*sums, *columns], differ, _cells("checks", chosen, lang, cells, rates.agreed))
        write(drawn.matrix(blocks, text(lang, "rates.note.checks")) + _more_columns(count, lang))
    those = "budgets" if chosen.region else "places"
    write(drawn.whole_columns(alike, "kinds") + drawn.whole_columns(whole, f"agree.{those}"))


def _kind_and_status(db: Database, cells: Cells, lang: str) -> tuple[str, str]:
    """The kind and status that are listed, in the address; at first what differs."""
    used = [kind for kind in all_kinds().values() if any(name == kind.id for _, name in cells)]
    left, right = st.columns(2)
    with left:
        every = {"": text(lang, "filter.all")}
        kind = choose(
            "kind", text(lang, "checks.filter.kind"), every | {each.id: each.name(lang) for each in used}, lang,
            page="checks",
        )  # fmt: skip
    number = rates.total(cells, kind)
    states = {ALL: text(lang, "checks.filter.state", state=text(lang, "filter.all"), n=sum(number.values()))}
    for state in identities.STATUSES:
        name = text(lang, f"check_state.{state}")
        states[state] = text(lang, "checks.filter.state", state=name, n=number[state])
    with right:
        status = choose(
            "status", text(lang, "checks.filter.status"), states, lang, default="different", page="checks:many"
        )
    return kind, "" if status == ALL else status


def _list(db: Database, lang: str, chosen: Chosen, kind: str, status: str) -> None:
    """A page of the checks that match."""
    size = CARDS if status == "different" else ROWS
    count = rates.count(db, chosen.part, kind, status)
    pages = choosing.pages(count, size)
    rows, _ = rates.listed(db, chosen.part, kind, status, pages.start, size)
    title = [spoken(lang, chosen.document["short"] if chosen.document else chosen.region)]
    title += [all_kinds()[kind].name(lang)] if kind else []
    title += [text(lang, f"check_state.{status}") if status else text(lang, "checks.title.all")]
    drawn = macros("checks.html", lang)
    said = text(lang, "choosing.count", n=count) if rows else text(lang, "checks.none")
    write(drawn.lead(" · ".join(part for part in title if part), said))
    if not rows:
        return
    different = [row for row in rows if row["status"] == "different"]
    rest = [row for row in rows if row["status"] != "different"]
    table = rows_table(db, rest, lang, with_who=chosen.document is None, with_kind=not kind) if rest else Markup()
    query = urlencode(
        {
            "who": chosen.document["document_id"] if chosen.document else ALL,
            "check": kind or ALL,
            "state": status or ALL,
        }
    )
    csv = f"./answer/which-checks.csv?{query}"
    said = text(lang, "question.csv" if chosen.document else "rates.csv")
    write(macros(TEMPLATE, lang).listed(cards(db, different, lang), table, pages.links(lang), csv, said))


def disclosure(db: Database, lang: str) -> Chosen:
    """What of what must be disclosed is not whole, then rates; gives what was chosen, for the evidence of one document."""
    chosen = choices(db, lang, "disclosure")
    cells = rates.items(db, chosen.part, "document" if chosen.region or chosen.document else "region")
    if chosen.document is not None:
        return chosen
    whom = population.population(db, chosen.year, chosen.region).said(lang)
    write(macros(TEMPLATE, lang).overview(whom, text(lang, "rates.core", said=lacks.told(cells, GROUPS[0], lang))))
    _who_lacks(db, lang, chosen, cells)
    section("items", text(lang, "rates.short.items"))
    write(lacks.groups(cells, lambda item: chosen.to("disclosure", lang, item=item), lang))
    short = [item["id"] for item in disclosed.profile().items if falls_short(rates.total(cells, item["id"]))]
    if short:
        _short_of_whole(db, lang, chosen, {key: number for key, number in cells.items() if key[1] in short}, short)
    return chosen


def _who_lacks(db: Database, lang: str, chosen: Chosen, cells: Cells) -> None:
    """The documents where the item that the address names is not whole, each with what was found in its stead."""
    item = asked_for("item")
    number = rates.total(cells, item) if item else rates.Numbers()
    count = sum(number[status] for status in LACKING)
    keep("item", item if count else "")
    if count:
        pages = choosing.pages(count, ROWS)
        section("item", text(lang, "rates.lacking", item=text(lang, f"disclosure.item.{item}"), n=count))
        rows = lacking(db, chosen.part, item, pages.start, pages.size)
        write(lacks.documents(db, rows, lang) + pages.links(lang))


def _short_of_whole(db: Database, lang: str, chosen: Chosen, cells: Cells, items: Sequence[str]) -> None:
    """The items that fall short, by the places or budgets where they are not whole; the others as one line that unfolds."""
    what = "budgets" if chosen.region else "places"
    section("all", text(lang, f"rates.short.{what}"))
    columns, count, whole = _columns(db, chosen, "disclosure", lang, cells, is_whole)
    rows = [
        (item, text(lang, f"disclosure.item.{item}"), "", chosen.to("disclosure", lang, item=item)) for item in items
    ]
    make, drawn = _cells("disclosure", chosen, lang, cells, rates.told), macros(TEMPLATE, lang)
    sums = [("", text(lang, "rates.all"), "")]
    write(drawn.matrix(_blocks([*sums, *columns], rows, make), text(lang, "rates.note.disclosure")))
    write(_more_columns(count, lang) + drawn.whole_columns(whole, what))
