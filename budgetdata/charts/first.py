"""Of a chart of many documents, what its picture shows: the first, and a line that says so; tables and files hold them all."""

from __future__ import annotations

from dataclasses import replace

from budgetdata.base.records import Record
from budgetdata.charts.model import Chart, ChartData
from budgetdata.words.catalogue import text

NEAREST = 10
"""Rows above and below one's own that a table shows, and a picture names, of a ranking that is longer; files hold all."""
_GAP = "gap"
"""In what a chart's data holds besides its rows: the document behind those that are left out, and how many are."""


def with_note(chart: Chart, data: ChartData, lang: str) -> ChartData:
    """The rows of a chart with a line on how many of its documents the picture shows, where it does not show them all."""
    held = _of_too_many(chart, data)
    if not held or not data.rows:
        return data
    half = chart.most // 2
    said = (
        text(lang, "chart.ends", n=half, all=len(_ranked(data, held)))
        if chart.ends
        else text(lang, "chart.first", n=chart.most, all=len(held))
    )
    note = " · ".join(part for part in (data.note, said) if part)
    return replace(data, note=note)


def first(chart: Chart, data: ChartData) -> ChartData:
    """What the picture of a chart shows of its rows: those of its first documents."""
    held = _of_too_many(chart, data)
    if not held:
        return data
    shown = _ends(data, held, chart.most // 2) if chart.ends else set(held[: chart.most])
    rows = [row for number, row in enumerate(data.rows) if row.get("document_id", number) in shown]
    extra = dict(data.extra)
    if "documents" in extra:
        extra["documents"] = [each for each in extra["documents"] if each["document_id"] in shown]
    if not any("document_id" in row for row in data.rows) and "documents" in extra:
        rows = data.rows
    if chart.ends:
        extra[_GAP] = _gap(data.rows, held, shown)
    hidden = set(held) - shown
    columns = [column for column in data.columns if column[0] not in hidden]
    return replace(data, rows=rows, columns=columns, extra=extra)


def nearest(rows: list[Record]) -> list[Record]:
    """The rows nearest to the one that is the reader's own, where there is one among many; else all."""
    at = next((number for number, row in enumerate(rows) if row.get("own") is True), None)
    most = 2 * NEAREST + 1
    if at is None or len(rows) <= most:
        return rows
    start = min(max(at - NEAREST, 0), len(rows) - most)
    return rows[start : start + most]


def left_out(data: ChartData, row: Record, lang: str) -> str:
    """What stands in a picture before the row that others, which it leaves out, part from the one above; '' before any other."""
    behind, count = data.extra.get(_GAP, (None, 0))
    return text(lang, "chart.gap", n=count) if behind is row else ""


def _gap(rows: list[Record], held: list[object], shown: set[object]) -> tuple[Record | None, int]:
    """The first row whose document is shown under some that are not, and how many those are; None where there is none."""
    above = 0
    for each in held:
        if each in shown and above:
            return next(row for number, row in enumerate(rows) if row.get("document_id", number) == each), above
        above += each not in shown
    return None, 0


def _ends(data: ChartData, held: list[object], half: int) -> set[object]:
    """The first and the last of a ranking."""
    ranked = _ranked(data, held)
    return {*ranked[:half], *ranked[-half:]}


def _ranked(data: ChartData, held: list[object]) -> list[object]:
    """Those that a ranking ranks: one without an amount has no place in it."""
    without = {
        row.get("document_id", number)
        for number, row in enumerate(data.rows)
        if row.get("part", row.get("fen", 0)) is None
    }
    return [each for each in held if each not in without] or held


def _of_too_many(chart: Chart, data: ChartData) -> list[object]:
    """The documents of a chart that are more than its picture shows; none where it shows them all."""
    if max(len(data.rows), len(data.extra.get("documents", ()))) <= chart.most:
        return []  # without a look at each: there are no more documents than these
    held = _documents(data)
    return held if len(held) > chart.most else []


def _documents(data: ChartData) -> list[object]:
    """The documents of a chart in the order of its rows; the numbers of its rows where those name none."""
    if "documents" in data.extra:
        return [each["document_id"] for each in data.extra["documents"]]
    return list(dict.fromkeys(row.get("document_id", number) for number, row in enumerate(data.rows)))
