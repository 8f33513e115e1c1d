"""The chart that sets a budget among those of its place, year and kind: its total, what of it is basic, the three expenses."""

from __future__ import annotations

from collections.abc import Callable

from budgetdata.base.keeping import Room
from budgetdata.base.records import Record
from budgetdata.charts.drawing.paper import Drawing
from budgetdata.charts.drawing.strips import Dot, Strip, strips
from budgetdata.charts.drawing.theme import Theme
from budgetdata.charts.first import nearest
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.rows import department_of, nothing
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.queries.population import RANKED, places
from budgetdata.queries.questions.peers import peers
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited
from budgetdata.words.numbers import money, percent_of
from budgetdata.words.phrases import headings

SHARES = {"basic": ("basic_fen", "whole_fen", 1), "public": ("public_fen", "general_fen", 3)}
"""The shares beside the total: what part of what, with how many decimals of a percent."""
MEASURES = ("total", *SHARES)
_KEPT = Room(24 * 2**20)


def load_peers(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 1, 3 and 10 of the budgets of a document's region, year and kind: total, basic share, three public share."""
    document = held.document(db, parameters["d"])
    columns = headings(
        lang, name="department", fen="headline_total", place="rank_of_total", basic_fen="basic", basic="basic_share",
        public_fen="three_public_total", public="share_of_general_percent",
    )  # fmt: skip
    rows = _rows(db, document) if document else []
    own = next((row for row in rows if row["own"]), None)
    known = [row for row in rows if row["fen"] is not None]
    if document is None or own is None or own["fen"] is None:
        return ChartData([], columns, empty=nothing(db, document, 1, lang))
    kind = text(lang, f"department.kind.{document['kind']}")
    whom = {"year": document["year"], "region": document["region"] or "", "kind": kind, "n": len(known)}
    if len(known) < RANKED:
        return ChartData([], columns, empty=text(lang, "chart.peers.few", **whom))
    place = own["place"]
    said = [
        text(lang, f"chart.peers.{'tied' if place.endswith('=') else 'place'}", n=place.rstrip("="), fen=own["fen"])
    ]
    if left := len(rows) - len(known):
        said.append(text(lang, "chart.peers.unread", n=left))
    sentence = text(lang, "chart.peers.sentence", **whom, said=text(lang, "chart.peers.apart").join(said))
    source = text(lang, "chart.peers.source", n=len(rows))
    measures = _measures(rows, own, lang)
    return ChartData(rows, columns, sentence, source, text(lang, "chart.peers.note"), extra={"measures": measures})


def _rows(db: Database, document: Record) -> list[Record]:
    """The budgets that a document's is read beside, each with the figure of its total: in full where it is near to its own."""
    every = alike(db, document["region"], document["year"], document["kind"])
    rows = [row | {"own": True} if row["document_id"] == document["document_id"] else row for row in every]
    near = {row["document_id"] for row in nearest(rows)}
    full = iter(amounts.completed(db, [row for row in rows if row["document_id"] in near]))
    return [next(full) if row["document_id"] in near else row for row in rows]


@_KEPT.keeps
def alike(db: Database, region: str, year: int, kind: str) -> list[Record]:
    """The budgets of a place, a year and a kind: of each on the page of any other the same, so nobody changes them."""
    rows = [_row(db, row) for row in peers(db, region, year, kind)]
    return [row | {"place": place} for row, place in zip(rows, places(rows), strict=True)]


def _row(db: Database, row: Record) -> Record:
    short = {"figure_id": row["figure_id"], "document_id": row["document_id"], "table_no": 1, "fen": row["fen"]}
    found = {
        "name": row["short"], "document_id": row["document_id"], "fen": row["fen"],
        "basic_fen": row["basic_fen"], "public_fen": row["public_fen"], "own": False,
        "state": "stated" if row["fen"] is not None else reading.absent(db, row["document_id"], 1),
        "figure": short if row["figure_id"] else None,
    }  # fmt: skip
    for name, (part, whole, decimals) in SHARES.items():
        of = percent_of(row[part], row[whole])
        found |= {f"{name}_part": of, name: "" if of is None else f"{of:.{decimals}f}"}
    return found


def _measures(rows: list[Record], own: Record, lang: str) -> list[Strip]:
    """What is drawn at every width: of each measure the budgets that have it, one's own first, then those that are named."""
    near = sorted(nearest(rows), key=lambda row: not row["own"])
    measures = []
    for name in MEASURES:
        key, written = _measured(name, lang)
        values = sorted(row[key] for row in rows if row[key] is not None)
        if len(values) < RANKED:
            continue
        dots = [
            Dot(
                row[key],
                f"{cited(lang, row['name'])} {written(row[key])}",
                department_of(row["document_id"]),
                row["own"],
            )
            for row in near
            if row[key] is not None
        ]
        mine = text(lang, "chart.peers.bare") if own[key] is None else written(own[key])
        strip = Strip(text(lang, f"chart.peers.{name}"), mine, "", dots, written, values)
        strip.remark = text(lang, "chart.peers.middle", n=len(values), middle=written(strip.quarters[1]))
        measures.append(strip)
    return measures


def _draw(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    return strips(theme, width, data.extra["measures"])


def _measured(name: str, lang: str) -> tuple[str, Callable[[float], str]]:
    """Under which key a measure stands, and how its values are written."""
    if name == "total":
        return "fen", lambda value: money(round(value), lang)
    return f"{name}_part", lambda value: f"{value:.{SHARES[name][2]}f}".rstrip("0").rstrip(".") + "%"


CHARTS = [Chart("among-peers", ("d",), load_peers, _draw, most=100_000)]
