"""The parts of the 公开度 page: the profile with its source, each document against it, item by item with the evidence."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.charts.registered.across import short_of
from budgetdata.charts.registered.agreement import DISCLOSURE_LOOKS, load_disclosure
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.checks.disclosure import GROUPS
from budgetdata.markup.framed import below_of
from budgetdata.markup.templates import macros
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.population import many
from budgetdata.ui import choosing, rates
from budgetdata.ui.frame import DRAWN, section, source_line, write
from budgetdata.words.catalogue import text

TEMPLATE, CHART = "disclosure.html", "disclosure-matrix"
A_BLOCK = 6
"""Documents side by side in one block of the matrix; more go on below."""
Cells = dict[tuple[str, str], Record]


class _Group(NamedTuple):
    """A group of the matrix: of each document how many items are told, and how many were read; and the items with their cells."""

    id: str
    sums: list[tuple[int, int]]
    listed: list[tuple[str, list[Record | None]]]


def page(db: Database, lang: str) -> None:
    """The parts in their order: where a document is chosen its evidence, then the matrix of all, then the method."""
    if many(db):
        asked = rates.disclosure(db, lang)
        if asked.document is not None:
            evidence(db, lang, asked.document["document_id"])
        method(lang)
        return
    overview(db, lang)
    document_id = chosen(db, lang)
    if document_id:
        evidence(db, lang, document_id)
        section("all", text(lang, "disclosure.page.all"))
    matrix(db, lang)
    method(lang)


def overview(db: Database, lang: str) -> None:
    """What was assessed against what, and that nobody is ranked."""
    data = load_disclosure(db, {}, lang)
    count = db.documents
    key = "disclosure.page.few" if count < disclosed.FEWEST_TO_RANK else "disclosure.page.order"
    write(macros(TEMPLATE, lang).overview(data.empty or data.sentence, text(lang, key, n=count)))


def matrix(db: Database, lang: str) -> None:
    """Every item of every document as a square, the three groups apart, with their counts."""
    drawn = _drawn(db, lang)
    if drawn:
        write(drawn)


@DRAWN.keeps
def _drawn(db: Database, lang: str) -> Markup:
    """The matrix, drawn once for each version of the facts; empty where there is no document."""
    data = load_disclosure(db, {}, lang)
    if not data.rows:
        return Markup()
    cells = {(row["document_id"], row["item_id"]): row for row in data.rows}
    documents = data.extra["documents"]
    blocks = []
    for start in range(0, len(documents), A_BLOCK):
        ids = [document["document_id"] for document in documents[start : start + A_BLOCK]]
        heads = [(document["document_id"], short_of(document)) for document in documents[start : start + A_BLOCK]]
        groups = [_group(group, ids, cells, lang) for group in GROUPS]
        blocks.append((heads, [group for group in groups if group.listed]))
    key = [(look, text(lang, f"disclosure_state.{status}")) for status, look in DISCLOSURE_LOOKS.items()]
    source = source_line(CHART, below_of(registered(CHART), data, lang), (), lang)
    return macros(TEMPLATE, lang).matrix(key, blocks, DISCLOSURE_LOOKS, source)


def _group(group: str, ids: list[str], cells: Cells, lang: str) -> _Group:
    items = [item for item in disclosed.profile().items if item["group"] == group]
    sums = []
    for document_id in ids:
        own = [row for (code, _), row in cells.items() if code == document_id and row["group"] == group]
        read = [row for row in own if row["status"] not in disclosed.ASIDE]
        sums.append((sum(row["status"] in disclosed.TOLD for row in read), len(read)))
    listed = [
        (text(lang, f"disclosure.item.{item['id']}"), [cells.get((code, item["id"])) for code in ids]) for item in items
    ]
    return _Group(group, sums, listed)


def chosen(db: Database, lang: str) -> str:
    """The document whose evidence is listed, in the address; '' for none."""
    return choosing.document(
        db, lang, text(lang, "heading.department"), page="disclosure", everything=text(lang, "disclosure.page.choose")
    )


def evidence(db: Database, lang: str, document_id: str) -> None:
    """The items of one document in their three groups: status and where the evidence stands."""
    rows = [disclosed.in_words(row, lang) for row in disclosed.items(db, document_id)]
    document = held.document(db, document_id)
    if document is None:
        return
    section("evidence", text(lang, "disclosure.page.evidence", name=short_of(document)))
    counts = disclosed.counts(rows)
    groups = []
    for group in GROUPS:
        own = [row for row in rows if row["group"] == group]
        said = text(lang, "disclosure.separator").join(
            text(lang, "disclosure.count", state=text(lang, f"disclosure_state.{status}"), n=count)
            for status, count in counts[group].items()
        )
        if own:
            groups.append((group, said, own))
    write(macros(TEMPLATE, lang).evidence(groups, DISCLOSURE_LOOKS, document_id))


def method(lang: str) -> None:
    """Where the profile comes from, how each item is judged, and how items are weighed."""
    section("method", text(lang, "disclosure.method"))
    write(_method(lang))


@lru_cache
def _method(lang: str) -> Markup:
    profile = disclosed.profile()
    items = [
        (
            text(lang, f"disclosure.item.{item['id']}"),
            item["kind"],
            [point["pattern"] for point in item.get("needs", ()) if point["pattern"] != "."],
        )
        for item in profile.items
    ]
    return macros(TEMPLATE, lang).method(disclosed.source(lang), items)
