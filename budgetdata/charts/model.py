"""What a chart is: registered once with its id, question, data and drawing; everything else walks that registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from budgetdata.base.records import Record
from budgetdata.charts.drawing.paper import Drawing
from budgetdata.charts.drawing.theme import Theme
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text

Parameters = Mapping[str, str]
"""A chart's choices as codes, just as they stand in an address."""


@dataclass(slots=True)
class ChartData:
    """What a chart shows. rows are drawn and exported in this order; each may hold `figure`, the printed amount behind it.

    columns: (key, heading) of what table and CSV show, amounts in fen under keys that end in `_fen`. sentence: the answer.
    source: whose document and table; note: scope, and how the parts relate to the printed total. empty: why there is nothing.
    more: further columns that files alone hold, such as the shares that a picture writes on its bars.
    unread: the tables behind it that were not read whole (document_id, table_no, status), which CSV names below its rows.
    """

    rows: list[Record]
    columns: list[tuple[str, str]]
    sentence: str = ""
    source: str = ""
    note: str = ""
    empty: str = ""
    title: str = ""
    more: list[tuple[str, str]] = field(default_factory=list)
    unread: list[Record] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


Load = Callable[[Database, Parameters, str], ChartData]
Draw = Callable[[ChartData, Theme, int, str], Drawing]


@dataclass(frozen=True, slots=True)
class Chart:
    """A registered chart: public id (a promise), its choices, data and drawing; the question it answers is chart.<id>.title.

    tables: the standard tables that its figures stand in. most: how many documents its picture shows; tables show all.
    ends: of a ranking, half of those are its first and half its last.
    """

    id: str
    parameters: tuple[str, ...]
    load: Load
    draw: Draw
    group: str = "department"
    tables: tuple[int, ...] = ()
    most: int = 60
    ends: bool = False

    def question(self, lang: str) -> str:
        """The title in a language."""
        return text(lang, f"chart.{self.id}.title")
