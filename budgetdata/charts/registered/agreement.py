"""Charts on whether the figures agree with each other and on what is disclosed: one square a document and kind or item."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.charts.drawing.paper import Drawing
from budgetdata.charts.drawing.squares import Line, Square, squares
from budgetdata.charts.drawing.theme import Theme, colour
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.registered.across import first_documents, short_of, whom_first
from budgetdata.checks.disclosure import GROUPS
from budgetdata.queries import checks as identities
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text
from budgetdata.words.names import spoken
from budgetdata.words.phrases import headings

MOST = 60
"""So many documents stand in a picture of squares."""
MOST_NAMED = 3
"""So many items that are not whole are named in a sentence; of more it says in how many budgets they are."""
SHORT = ("partial", "missing")
CHECK_ORDER = ("balanced", "rounding", "different", "not_evaluable")
"""The states of a check, from what agrees to what cannot be told."""
CHECK_COLOURS = {"balanced": "#3B7A57", "rounding": "#857F72", "different": "#C8442B", "not_evaluable": "#857F72"}
DISCLOSURE_LOOKS = {
    "full": "solid", "partial": "half", "empty_stated": "dot", "empty": "outline", "missing": "hatched", "not_applicable": "none",
    "unread": "cross",
}  # fmt: skip
DISCLOSURE_COLOURS = {"full": "#1D4E79", "partial": "#1D4E79", "missing": "#857F72"}


def check_colour(theme: Theme, state: str) -> str:
    """The colour of a state of a check on a theme."""
    return theme.attention if state == "different" else colour(theme, CHECK_COLOURS[state])


def load_checks(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Every kind of identity of every document: name, kind, how many checks, how many of each status, and the cell's state."""
    documents, of_year = first_documents(db, parameters, MOST, lang)
    cells = identities.matrix(db, [row["document_id"] for row in documents])
    kinds = identities.used_kinds(db)
    rows = []
    for kind in kinds:
        for document in documents:
            number = cells.get((document["document_id"], kind.id))
            rows.append({
                "name": short_of(document), "kind": kind.name(lang),
                "document_id": document["document_id"],
                "kind_id": kind.id, "what": kind.what(lang), "state": identities.state_of(number),
                "checks": sum(number.values()) if number else 0, **(number or dict.fromkeys(identities.STATUSES, 0)),
            })  # fmt: skip
    columns = [
        *headings(lang, name="department", kind="category", checks="checks"),
        *((state, text(lang, f"check_state.{state}")) for state in CHECK_ORDER),
    ]
    total = {state: sum(row[state] for row in rows) for state in identities.STATUSES}
    if not sum(total.values()):
        return ChartData([], columns, empty=text(lang, "chart.checks.none"))
    sentence = whom_first(db, parameters, lang, identities.summary(total, lang), of_year)
    note = text(lang, "chart.checks.note")
    source = text(lang, "chart.source.disclosures", n=len(documents))
    return ChartData(rows, columns, sentence, source, note, extra={"documents": documents, "kinds": kinds})


def check_square(theme: Theme, row: Record, lang: str) -> Square:
    """The square of one cell of the matrix of checks."""
    state = row["state"]
    if not state:
        return Square("none", theme.quiet)
    mark = str(row["different"]) if state == "different" else ""
    said = text(
        lang, "chart.checks.square", name=row["name"], kind=row["kind"], counts=identities.counts_said(row, lang)
    )
    return Square(_look(state), check_colour(theme, state), mark, str(row["checks"]), said)


def _look(state: str) -> str:
    return "hatched" if state == "not_evaluable" else "solid"


def _draw_checks(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    documents, kinds = data.extra["documents"], data.extra["kinds"]
    cells = {(row["document_id"], row["kind_id"]): row for row in data.rows}
    lines = [
        Line(
            kind.name(lang),
            [check_square(theme, cells[d["document_id"], kind.id], lang) for d in documents],
        )
        for kind in kinds
    ]
    key = [
        (Square(_look(state), check_colour(theme, state)), text(lang, f"check_state.{state}")) for state in CHECK_ORDER
    ]  # fmt: skip
    return squares(theme, width, [spoken(lang, short_of(document)) for document in documents], lines, key)


def load_disclosure(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Every item of the profile on every document: name, group, item, status in words, evidence."""
    documents, of_year = first_documents(db, parameters, MOST, lang)
    names = {row["document_id"]: short_of(row) for row in documents}
    found = {(row["document_id"], row["item_id"]): row for row in disclosed.items_of(db, list(names))}
    rows = []
    for item in disclosed.profile().items:
        for code, name in names.items():
            row = found.get((code, item["id"]))
            if row is not None:
                rows.append({**disclosed.in_words(row, lang), "name": name})
    columns = headings(
        lang, name="department", group_name="category", item="remark", state="status", evidence="evidence"
    )
    if not rows:
        return ChartData([], columns, empty=text(lang, "chart.disclosure.none"))
    core = [row for row in rows if row["group"] == "core" and row["status"] != "not_applicable"]
    told, unread = (sum(row["status"] in states for row in core) for states in (disclosed.TOLD, ("unread",)))
    sentence = text(
        lang, f"chart.disclosure.sentence{'_unread' if unread else ''}",
        n=len(names), core=len(core), told=told, open=len(core) - told - unread, unread=unread,
    )  # fmt: skip
    sentence += _whose(core, lang)
    source = text(lang, "chart.disclosure.source", n=len(documents), asked=disclosed.source(lang))
    note = text(lang, "chart.disclosure.note")
    sentence = whom_first(db, parameters, lang, sentence, of_year) if of_year else sentence
    return ChartData(rows, columns, sentence, source, note, extra={"documents": documents})


def _whose(core: list[Record], lang: str) -> str:
    """Which core items are not whole, each with its budget; of more than a few, in how many budgets."""
    short = [row for row in core if row["status"] in SHORT]
    if not short:
        return ""
    if len(short) > MOST_NAMED:
        return text(lang, "chart.disclosure.spread", n=len({row["document_id"] for row in short}))
    found = [text(lang, "chart.disclosure.lacks", **row) for row in short]
    return text(lang, "chart.disclosure.these", n=len(found), found=found)


def _disclosure_square(theme: Theme, row: Record | None, lang: str) -> Square:
    if row is None:
        return Square("none", theme.quiet)
    said = text(
        lang, "chart.disclosure.square",
        name=row["name"], item=row["item"], state=row["state"], evidence=row["evidence"] or "",
    )  # fmt: skip
    return Square(DISCLOSURE_LOOKS[row["status"]], _ink(theme, row["status"]), tooltip=said)


def _ink(theme: Theme, status: str) -> str:
    return colour(theme, DISCLOSURE_COLOURS.get(status, "#857F72"))


def _draw_disclosure(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    documents = data.extra["documents"]
    cells = {(row["document_id"], row["item_id"]): row for row in data.rows}
    items = list(dict.fromkeys((row["group"], row["item_id"], row["item"]) for row in data.rows))
    lines: list[Line] = []
    for group in GROUPS:
        own = [(code, name) for of, code, name in items if of == group]
        if own:
            lines.append(Line(text(lang, f"disclosure_group.{group}")))
        for code, name in own:
            lines.append(
                Line(name, [_disclosure_square(theme, cells.get((d["document_id"], code)), lang) for d in documents])
            )
    key = [
        (Square(DISCLOSURE_LOOKS[status], _ink(theme, status)), text(lang, f"disclosure_state.{status}"))
        for status in DISCLOSURE_LOOKS
    ]  # fmt: skip
    return squares(theme, width, [spoken(lang, short_of(document)) for document in documents], lines, key)


CHARTS = [
    Chart("checks-matrix", ("d", "y"), load_checks, _draw_checks, "across"),
    Chart("disclosure-matrix", ("d", "y"), load_disclosure, _draw_disclosure, "across"),
]
