"""The parts of the 核对 page: what the figures say of each other, by document and kind, with both sides of each check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.charts.registered.across import short_of
from budgetdata.charts.registered.agreement import CHECK_ORDER, load_checks
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.checks.kinds import Kind, all_kinds
from budgetdata.markup.check_cards import cards, rows_table
from budgetdata.markup.framed import below_of
from budgetdata.markup.templates import macros
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import ALL
from budgetdata.queries.signals.rates import Part
from budgetdata.queries.signals.unchecked import reasons
from budgetdata.ui import choosing
from budgetdata.ui.frame import DRAWN, section, source_line, write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.names import spoken

TEMPLATE, CHART = "checks.html", "checks-matrix"
A_BLOCK = 6
"""Documents side by side in one block of the matrix; more go on below."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; '' keeps all."""

    document_id: str
    kind: str
    status: str

    @property
    def narrow(self) -> bool:
        """True where a document or a kind is chosen, so that its list is what was asked for."""
        return bool(self.document_id or self.kind)


class _Cell(NamedTuple):
    """A square of the matrix: its row of the chart, what it says, and whether it is the one that is listed."""

    row: Record
    said: str
    here: bool


def page(db: Database, lang: str) -> None:
    """The parts in their order: matrix, then list; where a square was chosen, its list comes first."""
    overview(db, lang)
    before, middle, after = st.container(), st.container(), st.container()
    with middle:
        top = filters(db, lang)
        found(db, lang, top)
    with after if top.narrow else before:
        if top.narrow:
            section("all", text(lang, "checks.all_departments"))
        matrix(db, lang, top)
        unknown_reasons(db, lang)


def overview(db: Database, lang: str) -> None:
    """What the checks of all documents come to, in a sentence."""
    write(macros(TEMPLATE, lang).overview(identities.summary(identities.number(db), lang)))


def filters(db: Database, lang: str) -> Chosen:
    """Document, kind and status, all in the address; where nothing is chosen, only what differs is listed."""
    everything = {"": text(lang, "filter.all")}
    kinds = {kind.id: kind.name(lang) for kind in identities.used_kinds(db)}
    first, second, third = st.columns([3, 2, 2])
    with first:
        document = choosing.document(
            db, lang, text(lang, "filter.department"), page="checks", everything=text(lang, "filter.all")
        )
    with second:
        kind = choose("kind", text(lang, "checks.filter.kind"), everything | kinds, lang, page="checks")
    number = identities.number(db, document, kind)
    states = {state: _counted(lang, text(lang, f"check_state.{state}"), number[state]) for state in identities.STATUSES}
    usual = "" if document or kind else "different"
    with third:
        every = {ALL: _counted(lang, text(lang, "filter.all"), sum(number.values()))}
        status = choose(
            "status", text(lang, "checks.filter.status"), every | states, lang,
            default=usual or ALL, page=f"checks:{'some' if document or kind else 'all'}",
        )  # fmt: skip
    return Chosen(document, kind, "" if status == ALL else status)


def _counted(lang: str, state: str, count: int) -> str:
    return text(lang, "checks.filter.state", state=state, n=count)


def matrix(db: Database, lang: str, chosen: Chosen) -> None:
    """The matrix of all documents and kinds; a square opens its list."""
    write(_matrix(db, lang, chosen))


@DRAWN.keeps
def _matrix(db: Database, lang: str, chosen: Chosen) -> Markup:
    """The matrix, drawn once for each version of the facts and each square that is marked."""
    data = load_checks(db, {}, lang)
    cells = {(row["document_id"], row["kind_id"]): row for row in data.rows}
    kinds, documents = data.extra["kinds"], data.extra["documents"]
    blocks = [
        _block(documents[start : start + A_BLOCK], kinds, cells, chosen, lang)
        for start in range(0, len(documents), A_BLOCK)
    ]
    source = source_line(CHART, below_of(registered(CHART), data, lang), (), lang)
    return macros(TEMPLATE, lang).matrix(CHECK_ORDER, blocks, source)


def _block(
    documents: list[Record], kinds: list[Kind], cells: dict[tuple[str, str], Record], chosen: Chosen, lang: str
) -> tuple[Any, ...]:
    """Some documents side by side: (id, name) of each, and each kind with its cells."""
    rows = []
    for kind in kinds:
        squares = [_cell(cells[d["document_id"], kind.id], chosen, lang) for d in documents]
        rows.append((kind.id, kind.name(lang), kind.what(lang), squares))
    return [(d["document_id"], short_of(d)) for d in documents], rows


def _cell(row: Record, chosen: Chosen, lang: str) -> _Cell:
    said = text(
        lang, "checks.cell",
        name=row["name"], kind=row["kind"], n=row["checks"], counts=identities.counts_said(row, lang),
    )  # fmt: skip
    return _Cell(row, said, (row["document_id"], row["kind_id"]) == (chosen.document_id, chosen.kind))


def found(db: Database, lang: str, chosen: Chosen) -> None:
    """The list that was asked for: what differs as cards, the rest as rows, and its CSV."""
    for piece in _found(db, lang, chosen):
        write(piece)


@DRAWN.keeps
def _found(db: Database, lang: str, chosen: Chosen) -> tuple[Markup, ...]:
    """The list's heading and itself, drawn once for each version of the facts and each choice."""
    rows = identities.checks(db, chosen.document_id, chosen.kind, chosen.status)
    drawn = macros(TEMPLATE, lang)
    lead = drawn.lead(_title(db, chosen, lang), _lead(db, chosen, lang))
    if not rows:
        return lead, drawn.nothing()
    different = [row for row in rows if row["status"] == "different"]
    rest = [row for row in rows if row["status"] != "different"]
    table = Markup()
    if rest:
        table = rows_table(db, rest, lang, with_who=not chosen.document_id, with_kind=not chosen.kind)
    query = urlencode({"who": chosen.document_id or ALL, "check": chosen.kind or ALL, "state": chosen.status or ALL})
    return lead, drawn.found(cards(db, different, lang), table, len(rows), f"./answer/which-checks.csv?{query}")


def _lead(db: Database, chosen: Chosen, lang: str) -> str:
    """What is compared and how many checks came to what; '' where neither document nor kind is chosen."""
    if not chosen.narrow:
        return ""
    whole = identities.number(db, chosen.document_id, chosen.kind)
    said = text(lang, "checks.listed", n=sum(whole.values()), counts=identities.counts_said(whole, lang))
    if not chosen.kind:
        return said
    return text(lang, "checks.about", what=all_kinds()[chosen.kind].what(lang), said=said)


def _title(db: Database, chosen: Chosen, lang: str) -> str:
    document = held.document(db, chosen.document_id) if chosen.document_id else None
    kind = all_kinds()[chosen.kind] if chosen.kind else None
    parts = [spoken(lang, short_of(document)) if document else "", kind.name(lang) if kind else ""]
    parts.append(text(lang, f"check_state.{chosen.status}") if chosen.status else "")
    if chosen.status == "different" and not chosen.narrow:
        return text(lang, "checks.title.different")
    return " · ".join(part for part in parts if part) or text(lang, "checks.title.all")


def of_document(db: Database, document_id: str, lang: str) -> None:
    """The checks of one document in a sentence, those that differ as cards, and the way to all of them."""
    rows = identities.checks(db, document_id)
    said = identities.summary(identities.counts(rows), lang)
    different = [row for row in rows if row["status"] == "different"]
    write(macros(TEMPLATE, lang).of_document(said, cards(db, different, lang), document_id, len(rows)))


def unknown_reasons(db: Database, lang: str) -> None:
    """Why checks could not be evaluated, each reason with how often."""
    if drawn := _reasons(db, lang):
        write(drawn)


@DRAWN.keeps
def _reasons(db: Database, lang: str) -> Markup:
    """The reasons, counted once for each version of the facts; empty where every check could be evaluated."""
    found = [(reason, number.total()) for reason, number in reasons(db, Part(), lang)]
    return macros(TEMPLATE, lang).reasons(found, sum(n for _, n in found)) if found else Markup()
