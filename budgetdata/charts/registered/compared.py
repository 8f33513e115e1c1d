"""The chart that compares what departments spend on, 类 by 类, and what is said of the scope of a comparison."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.paper import Drawing
from budgetdata.charts.drawing.shapes import Bar, Block
from budgetdata.charts.drawing.theme import Theme, colour
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.registered.across import first_documents, short_of, sources
from budgetdata.charts.rows import department_of, share_columns, told_of
from budgetdata.queries import money as amounts
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited, spoken
from budgetdata.words.numbers import money, percent_of, share
from budgetdata.words.phrases import account, headings, named

DOCUMENT_COLOURS = ("#1D4E79", "#8F6E3A", "#5F7551", "#8C7AA9", "#4A80AF", "#857F72")
MOST = 12
"""So many documents are compared where none is named and thousands are held: each is a column."""


def load_compare(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3: every 类 that a chosen document spends on, side by side, in fen or as share (parameter m = wan | share)."""
    documents, first = first_documents(db, parameters, MOST, lang)
    columns = [*headings(lang, code="code", name="account"), *((d["document_id"], short_of(d)) for d in documents)]
    if len(documents) < 2:
        return ChartData([], columns, empty=text(lang, "chart.compare.few"))
    as_share = parameters.get("m") == "share"
    found, wholes = _compared(db, documents, as_share, lang)
    both = [row["name"] for row in found if all(_stated(row, d["document_id"]) for d in documents)]
    sentence = text(
        lang, "chart.compare.sentence" if both else "chart.compare.sentence_none",
        documents=len(documents), n=len(found), both=both, shared=len(both),
    )  # fmt: skip
    return ChartData(
        found,
        columns,
        sentence,
        sources(documents, lang, 3),
        " · ".join(filter(None, (scope_note(documents, lang), first))),
        more=share_columns(columns[2:], lang),
        extra={"documents": documents, "wholes": wholes, "share": as_share},
    )


def _compared(
    db: Database, documents: list[Record], as_share: bool, lang: str
) -> tuple[list[Record], dict[str, int | None]]:
    """The 类 of some documents, each with its figure under the document's id, largest first; and each document's total."""
    rows: dict[str, Record] = {}
    wholes: dict[str, int | None] = {}
    for document in documents:
        tree = amounts.function_tree(db, document["document_id"])
        wholes[document["document_id"]] = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
        for part in amounts.children(tree, None):
            code = part["code"] or part["canonical_label"]
            row = rows.setdefault(code, {"code": code, "name": account(lang, part["canonical_label"])})
            row[document["document_id"]] = part.get("total") or {"fen": None, "status": reading.state_of(part)}
    for document in documents:
        state = reading.absent(db, document["document_id"], 3)
        for row in rows.values() if state != "blank" else ():
            row.setdefault(document["document_id"], {"fen": None, "status": state})

    for row in rows.values():
        row |= {f"{key}_share": share(row[key]["fen"], whole) for key, whole in wholes.items() if _stated(row, key)}

    def size(row: Record) -> float:
        sizes = [
            row[key]["fen"] / (whole if as_share and whole else 1) for key, whole in wholes.items() if _stated(row, key)
        ]
        return max(sizes, default=0)

    return sorted(rows.values(), key=lambda row: -size(row)), wholes


def _stated(row: Record, document_id: str) -> bool:
    """True where a row of the comparison has an amount of a document."""
    return (row.get(document_id) or {}).get("fen") is not None


def scope_note(documents: list[Record], lang: str) -> str:
    """A line on what differs in scope between the sides: years, regions."""
    years = sorted({str(row["year"]) for row in documents})
    regions = sorted({row["region"] or "" for row in documents})
    parts = []
    if len(years) > 1:
        parts.append(text(lang, "chart.scope.years", years=years))
    if len(regions) > 1:
        parts.append(text(lang, "chart.scope.regions", regions=regions))
    parts.append(text(lang, "chart.scope.size"))
    return text(lang, "chart.scope", parts=text(lang, "chart.scope.separator").join(parts))


def _draw_compare(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    none = text(lang, "chart.compare.none")
    groups = []
    for row in data.rows:
        rows = []
        for number, document in enumerate(data.extra["documents"]):
            figure = row.get(document["document_id"])
            whole = data.extra["wholes"][document["document_id"]]
            value = figure["fen"] if figure else None
            state = "stated" if value is not None else figure["status"] if figure else ""
            bare = named(lang, "state", state) if figure and value is None else none
            if value is not None and data.extra["share"]:
                bare = text(lang, "chart.compare.no_whole")
            said = money(value, lang, bare) if not data.extra["share"] else share(value, whole) or bare
            shown = percent_of(value, whole) if data.extra["share"] else value
            paint = colour(theme, DOCUMENT_COLOURS[number % 6])
            tip = told_of(cited(lang, short_of(document)), figure, share(value, whole), lang)
            there = department_of(document["document_id"], code=row["code"]) if figure else None
            rows.append(Bar(spoken(lang, short_of(document)), shown, said, paint, state or "blank", tip, there))
        groups.append(Block(row["name"], "", rows))
    return shapes.blocks(theme, width, groups)


CHARTS = [Chart("compare-functions", ("d", "m"), load_compare, _draw_compare, "across", (3,), most=MOST)]
