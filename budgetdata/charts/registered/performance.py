"""Charts of the performance sheets: how far the promised targets can be checked."""

from __future__ import annotations

from dataclasses import replace

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.paper import Drawing, Opens
from budgetdata.charts.drawing.shapes import Bar, Block
from budgetdata.charts.drawing.theme import QUALITY_COLOURS, Theme, colour
from budgetdata.charts.first import left_out
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.rows import can_rank, newest_first, of_population, share_columns
from budgetdata.queries import documents as held
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.queries.population import RANKED, population, some_of, year_of
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited, spoken
from budgetdata.words.phrases import SHEETS, headings, source_line

GRADES = ("quantified", "verifiable", "vague")
"""How far a target can be checked, the best first."""


def _by_category(counts: list[Record]) -> list[Record]:
    found: dict[str, Record] = {}
    for count in counts:
        row = found.setdefault(count["category"], {"name": count["category"], **dict.fromkeys(GRADES, 0), "targets": 0})
        row[count["quality"]] += count["targets"]
        row["targets"] += count["targets"]
    return [found[name] | _shares(found[name]) for name in performance.CATEGORIES if name in found]


def _shares(row: Record) -> Record:
    """How many of some targets carry a number, in words; and the share of each grade."""
    of_each = {f"{grade}_share": f"{100 * row[grade] / row['targets']:.0f}%" for grade in GRADES}
    return {"percent": f"{100 * row['quantified'] / row['targets']:.1f}%", **of_each}


def _columns(first: str, lang: str) -> list[tuple[str, str]]:
    return [
        *headings(lang, name=first, targets="targets"),
        *((name, text(lang, f"quality.{name}")) for name in GRADES),
        *headings(lang, percent="share_quantified"),
    ]


def load_by_category(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """The targets of a document (parameter d; all where absent) by category and quality, as counts."""
    document = held.document(db, parameters.get("d", ""))
    counts = performance.quality_by_category(db, parameters.get("d", ""), year_of(db, parameters.get("y", "")))
    rows = _by_category(counts)
    for row in rows:
        row["opens"] = _sheets(d=parameters.get("d", ""), y=parameters.get("y", ""), category=row["name"])
        row["name"] = performance.category_name(row["name"], lang)
    return _of_those(db, parameters, _said(rows, _columns("target_category", lang), document, lang), lang)


def _sheets(**choices: str) -> Opens:
    """The page of performance sheets with choices; '' is none."""
    return "performance", tuple((name, value) for name, value in choices.items() if value)


def load_by_document(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """The targets of every document by quality, as counts."""
    rows: list[Record] = [
        {
            "name": f"{count['short']} {count['year']}", "year": count["year"], **{grade: count[grade] for grade in GRADES},
            "targets": count["targets"], **_shares(count), "opens": _sheets(d=count["document_id"]),
        }
        for count in performance.quality_by_document(db, year_of(db, parameters.get("y", "")))
    ]  # fmt: skip
    rows = newest_first(db, parameters, sorted(rows, key=lambda row: -row["quantified"] / row["targets"]))
    return _of_those(db, parameters, _said(rows, _columns("department", lang), None, lang), lang)


def _of_those(db: Database, parameters: Parameters, data: ChartData, lang: str) -> ChartData:
    """The chart with whom it speaks of: the budgets there are, and how many of them print targets, where not all do."""
    year, said = year_of(db, parameters.get("y", "")), data.sentence
    printing = len(performance.quality_by_document(db, year)) if said and not parameters.get("d") else 0
    if 0 < printing < population(db, year).documents:
        said = text(lang, "chart.sentences", one=text(lang, "chart.targets.printing", n=printing), other=said)
    return replace(data, sentence=of_population(db, parameters, lang, said))


def _said(rows: list[Record], columns: list[tuple[str, str]], document: Record | None, lang: str) -> ChartData:
    total = sum(row["targets"] for row in rows)
    if not total:
        return ChartData([], columns, empty=text(lang, "chart.targets.none"))
    numbered = sum(row["quantified"] for row in rows)
    vague = sum(row["vague"] for row in rows)
    least = min(row["quantified"] / row["targets"] for row in rows)
    lowest = [row for row in rows if row["quantified"] / row["targets"] == least]
    named = some_of([row["name"] for row in lowest])
    comparable = can_rank(rows) if "year" in rows[0] else len(rows) >= RANKED
    key = ".same" if len(lowest) == len(rows) > 1 else "" if comparable else ".bare"
    sentence = text(
        lang, f"chart.targets.sentence{key}", n=total,
        numbered=100 * numbered / total, vague=100 * vague / total, lowest=named, percent=lowest[0]["percent"],
    )  # fmt: skip
    source = source_line(lang, document, SHEETS) if document else text(lang, "chart.targets.source")
    more = share_columns([column for column in columns if column[0] in GRADES], lang)
    return ChartData(rows, columns, sentence, source, text(lang, "chart.targets.note"), more=more)


def _draw(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    words = {name: text(lang, f"quality.{name}") for name in GRADES}
    rows = []
    for row in data.rows:
        segments = []
        for name, said in words.items():
            percent = 100 * row[name] / row["targets"]
            tooltip = f"{cited(lang, row['name'])} {said} {row[name]}/{row['targets']}"
            paint = colour(theme, QUALITY_COLOURS[name])
            there = (*row["opens"][1], ("quality", name))
            segments.append(
                Bar(said, percent, row[f"{name}_share"], paint, tooltip=tooltip, opens=(row["opens"][0], there))
            )
        count, before = text(lang, "chart.targets.count", n=row["targets"]), left_out(data, row, lang)
        rows.append(Block(spoken(lang, row["name"]), count, segments, row["opens"], before))
    legend = [(said, colour(theme, QUALITY_COLOURS[name])) for name, said in words.items()]
    return shapes.stacked(theme, width, rows, legend, 100)


CHARTS = [
    Chart("targets-by-category", ("d", "y"), load_by_category, _draw, "performance"),
    Chart("targets-by-department", ("y",), load_by_document, _draw, "performance", most=20, ends=True),
]
