"""Charts of the performance sheets: how far the promised targets can be checked."""

from __future__ import annotations

import altair as alt

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.shapes import Bar, Block
from budgetdata.charts.drawing.theme import QUALITY_COLOURS, Theme, colour
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.queries import documents as held
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.words.names import QUALITY, say, source_of, word


def _rows(counts: list[Record], key: str, order: list[str]) -> list[Record]:
    found: dict[str, Record] = {}
    for count in counts:
        row = found.setdefault(count[key], {"name": count[key], **dict.fromkeys(QUALITY, 0), "targets": 0})
        row[count["quality"]] += count["targets"]
        row["targets"] += count["targets"]
    ordered = [found[name] for name in order if name in found]
    for row in ordered:
        row["percent"] = f"{100 * row['quantified'] / row['targets']:.1f}%"
    return ordered


def _columns(first: str, lang: str) -> list[tuple[str, str]]:
    return [
        ("name", first),
        ("targets", "指标数"),
        *((name, word(QUALITY, name, lang)) for name in QUALITY),
        ("percent", "有数字的占比"),
    ]


def load_by_category(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """The targets of a document (parameter d; all where absent) by category and quality, as counts."""
    document = held.document(db, parameters.get("d", ""))
    counts = performance.quality_by_category(db, parameters.get("d", ""))
    rows = _rows(counts, "category", list(performance.CATEGORIES))
    return _said(rows, _columns("指标类别", lang), document, lang)


def load_by_document(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """The targets of every document by quality, as counts."""
    counts = performance.quality_by_document(db)
    for count in counts:
        count["who"] = f"{count['short']} {count['year']}"
    order = list(dict.fromkeys(count["who"] for count in counts))
    rows = _rows(counts, "who", order)
    rows.sort(key=lambda row: -row["quantified"] / row["targets"])
    return _said(rows, _columns("部门", lang), None, lang)


def _said(rows: list[Record], columns: list[tuple[str, str]], document: Record | None, lang: str) -> ChartData:
    total = sum(row["targets"] for row in rows)
    if not total:
        return ChartData([], columns, empty=say(lang, "没有绩效指标。", "No performance targets."))
    numbered = sum(row["quantified"] for row in rows)
    vague = sum(row["vague"] for row in rows)
    least = min(row["quantified"] / row["targets"] for row in rows)
    lowest = [row for row in rows if row["quantified"] / row["targets"] == least]
    sentence = say(
        lang,
        f"{total:,} 条指标里，{100 * numbered / total:.1f}% 写了数字，{100 * vague / total:.1f}% 只有“提升”“有效”这类程度词；"
        f"写数字最少的是{'、'.join(row['name'] for row in lowest)}（{lowest[0]['percent']}）。",
        f"Of {total:,} targets {100 * numbered / total:.1f}% carry a number and {100 * vague / total:.1f}% only words of degree.",
    )
    source = (
        source_of(document, "项目支出绩效目标表", lang)
        if document
        else say(lang, "来源：各部门预算公开的绩效目标表", "Source: performance sheets of all disclosures")
    )
    note = say(lang, "实施期与年度指标各计一条；归类规则见“关于”", "term and annual targets each count once")
    return ChartData(rows, columns, sentence, source, note)


def _draw(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    rows = []
    for row in data.rows:
        segments = []
        for name in QUALITY:
            percent = 100 * row[name] / row["targets"]
            tooltip = f"{row['name']} {word(QUALITY, name, lang)} {row[name]}/{row['targets']}"
            segments.append(
                Bar(
                    word(QUALITY, name, lang),
                    percent,
                    f"{percent:.0f}%",
                    colour(theme, QUALITY_COLOURS[name]),
                    tooltip=tooltip,
                )
            )
        rows.append(Block(row["name"], say(lang, f"{row['targets']} 条", f"{row['targets']}"), segments))
    legend = [(word(QUALITY, name, lang), colour(theme, QUALITY_COLOURS[name])) for name in QUALITY]
    return shapes.stacked(theme, width, rows, legend, 100)


CHARTS = [
    Chart(
        "targets-by-category",
        "哪类指标写了数字？",
        "Which kinds of targets carry a number?",
        ("d",),
        load_by_category,
        _draw,
        "performance",
    ),
    Chart(
        "targets-by-department",
        "谁的指标可以核对？",
        "Whose targets can be checked?",
        (),
        load_by_document,
        _draw,
        "performance",
    ),
]
