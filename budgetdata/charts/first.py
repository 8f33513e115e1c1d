"""Of a chart of many documents, what its picture shows: the first, and a line that says so; tables and files hold them all."""

from __future__ import annotations

from dataclasses import replace

from budgetdata.charts.model import Chart, ChartData
from budgetdata.words.catalogue import text


def with_note(chart: Chart, data: ChartData, lang: str) -> ChartData:
    """The rows of a chart with a line on how many of its documents the picture shows, where it does not show them all."""
    held = _documents(data)
    if len(held) <= chart.most or not data.rows:
        return data
    half = chart.most // 2
    said = text(
        lang, "chart.ends" if chart.ends else "chart.first", n=half if chart.ends else chart.most, all=len(held)
    )
    note = " · ".join(part for part in (data.note, said) if part)
    return replace(data, note=note)


def first(chart: Chart, data: ChartData) -> ChartData:
    """What the picture of a chart shows of its rows: those of its first documents."""
    held = _documents(data)
    if len(held) <= chart.most:
        return data
    shown = _ends(data, held, chart.most // 2) if chart.ends else set(held[: chart.most])
    rows = [row for number, row in enumerate(data.rows) if row.get("document_id", number) in shown]
    extra = dict(data.extra)
    if "documents" in extra:
        extra["documents"] = [each for each in extra["documents"] if each["document_id"] in shown]
    if not any("document_id" in row for row in data.rows) and "documents" in extra:
        rows = data.rows
    hidden = set(held) - shown
    columns = [column for column in data.columns if column[0] not in hidden]
    return replace(data, rows=rows, columns=columns, extra=extra)


def _ends(data: ChartData, held: list[object], half: int) -> set[object]:
    """The first and the last of a ranking; one without an amount has no place in it."""
    without = {
        row.get("document_id", number)
        for number, row in enumerate(data.rows)
        if row.get("part", row.get("fen", 0)) is None
    }
    ranked = [each for each in held if each not in without] or held
    return {*ranked[:half], *ranked[-half:]}


def _documents(data: ChartData) -> list[object]:
    """The documents of a chart in the order of its rows; the numbers of its rows where those name none."""
    if "documents" in data.extra:
        return [each["document_id"] for each in data.extra["documents"]]
    return list(dict.fromkeys(row.get("document_id", number) for number, row in enumerate(data.rows)))
