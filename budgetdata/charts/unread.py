"""What a chart says where tables behind it were not read whole: before its answer, below its drawing, and in its CSV."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from budgetdata.base.records import Record
from budgetdata.base.said import said
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.reading import unread_tables
from budgetdata.queries.reported import state_of
from budgetdata.words.catalogue import text
from budgetdata.words.phrases import tables_said

_NAMED = 3
"""So many documents are named; where there are more, how many."""


def with_unread(db: Database, chart: Chart, parameters: Parameters, data: ChartData, lang: str) -> ChartData:
    """The data of a chart, saying which of its tables were not read whole; the same object where all were."""
    if chart.group == "department":
        own = held.document(db, parameters.get("d", ""))
        documents = [own] if own else []
    else:
        documents = data.extra.get("documents") or held.chosen(db, parameters.get("d", ""), parameters.get("y", ""))
    unread = unread_tables(db, [row["document_id"] for row in documents], chart.tables)
    if not unread:
        return data
    if chart.group != "department":
        note = " · ".join(part for part in (data.note, _of_several(documents, unread, lang)) if part)
        return replace(data, note=note, unread=unread)
    sentence = text(lang, "chart.sentences", one=_of_one(unread, lang), other=data.sentence)
    return replace(data, sentence=sentence, unread=unread)


def _of_one(unread: list[Record], lang: str) -> str:
    parts = []
    for state in ("partial", "unreadable", "perhaps"):
        tables = [row["table_no"] for row in unread if state_of(row) == state]
        if tables:
            parts.append(text(lang, f"chart.unread.{state}", tables=tables_said(*tables)))
    return reduce(lambda one, other: text(lang, "chart.sentences", one=one, other=other), parts)


def _of_several(documents: list[Record], unread: list[Record], lang: str) -> str:
    of_each: dict[str, list[int]] = {}
    for row in unread:
        of_each.setdefault(row["document_id"], []).append(row["table_no"])
    names = []
    for document in documents:
        if tables := of_each.get(document["document_id"]):
            who = f"{document['short']} {document['year']}"
            names.append(said("chart.unread.document", name=who, tables=tables_said(*tables)))
    key = "chart.unread.several" if len(names) <= _NAMED else "chart.unread.several_more"
    return text(lang, key, n=len(names), names=names[:_NAMED])
