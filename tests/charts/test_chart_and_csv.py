"""A chart's CSV holds what its picture shows, of every chart, document and choice: names, amounts, shares."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from app_fixtures import DOCUMENT_IDS, Changed
from corpora import WHOLE

from budgetdata.charts import picture
from budgetdata.charts.drawing.shapes import Bar, Block, bars, stacked
from budgetdata.charts.drawing.theme import LIGHT
from budgetdata.charts.first import first
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key, Shown, shown
from budgetdata.embeds.choices import MEASURES
from budgetdata.embeds.files import as_csv
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database
from budgetdata.queries.population import years
from budgetdata.queries.staff import HEADCOUNTS

pytest_plugins = ["app_fixtures"]
AMOUNT = re.compile(r"(-?[\d,]+(?:\.\d+)?) (亿元|万元|元)")
SHARE = re.compile(r"(-?\d+(?:\.\d+)?)%")
UNIT = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001")}
REBUILT = ("change-from-last-year",)
"""Charts whose words also tell how much one amount differs from another."""


def choices(db: Database, chart: Chart) -> Iterator[Key]:
    """Every combination of choices that a page offers, of many codes and pairs of documents a few."""
    ids = [row["document_id"] for row in held.documents(db)]
    pairs = [",".join(ids[:2]), ",".join(ids)]
    for document in ids if chart.group == "department" else [*pairs, ""] if "d" in chart.parameters else [""]:
        others = {
            "code": ["", *_inner(db, document)] if "code" in chart.parameters else [""],
            "m": list(MEASURES) if "m" in chart.parameters else [""],
            "h": list(HEADCOUNTS) if "h" in chart.parameters else [""],
            "y": ["", *years(db)] if "y" in chart.parameters and not document else [""],
        }
        for name, values in others.items():
            for value in values if len(values) > 1 else values[:1] if name == "code" else []:
                yield tuple(sorted((k, v) for k, v in (("d", document), (name, value)) if v))


def _inner(db: Database, document: str) -> list[str]:
    tree = amounts.function_tree(db, document)
    found = [row["code"] for row in tree if row["code"] and amounts.children(tree, row["row_no"])]
    return found if WHOLE else found[::4]


def rows_in(found: Shown) -> list[dict[str, str]]:
    """The rows of a chart's CSV, without the lines that name tables not read whole."""
    rows = list(csv.DictReader(io.StringIO(as_csv(found).removeprefix("\ufeff"))))
    return rows[: len(found.data.rows)]


def held_in(row: dict[str, str]) -> tuple[set[Decimal], set[str]]:
    """The amounts of a row of a CSV in 万元, and its shares as they are printed."""
    cells = [cell for head, cell in row.items() if cell and head not in ("page", "line", "raw", "code", "figure_id")]
    numbers = {Decimal(cell) for cell in cells if re.fullmatch(r"-?\d+(\.\d+)?", cell)}
    return numbers, {cell.strip("%+<>") for cell in cells}


def told(words: str, numbers: set[Decimal], shares: set[str]) -> list[str]:
    """The amounts and shares of some words that a row of a CSV does not hold, as exactly as they are written."""
    missing = []
    for number, unit in AMOUNT.findall(words):
        value = Decimal(number.replace(",", ""))
        if not any((one / UNIT[unit]).quantize(value, ROUND_HALF_UP) == value for one in numbers):
            missing.append(f"{number} {unit}")
    for percent in SHARE.findall(words):
        near = any(abs(one - Decimal(percent)) <= Decimal("0.05") for one in numbers)
        if percent not in shares and not near:
            missing.append(f"{percent}%")
    return missing


def unlike(found: Shown) -> list[str]:
    """What the picture of a chart tells that no row of its CSV of that name holds, and rows that the picture does not name."""
    rows = rows_in(found)
    drawn = first(found.chart, found.data)
    paper = picture.drawing_of(found.chart, drawn, LIGHT, 720, "zh").paper
    wrong = []
    heads = [head for head in rows[0] if any(row[head] and not row[head][0].isdigit() for row in rows)][:2]
    holds = [({row[head] for head in heads if row[head]}, held_in(row)) for row in rows]
    for words in {spot.words for spot in paper.spots} | {rect["tooltip"] for rect in paper.rects}:
        if not AMOUNT.search(words) and not SHARE.search(words):
            continue
        own = [held for names, held in holds if any(name in words for name in names)] or [held for _, held in holds]
        gaps = min((told(words, *held) for held in own), key=len)
        if gaps and found.chart.id not in REBUILT:
            wrong.append(f"{found.chart.id} {found.key}: {words}: {gaps}")
    said = "".join(one["text"].replace("\n", "") for one in paper.texts) + " ".join(spot.words for spot in paper.spots)
    names = [str(row["name"]) for row in drawn.rows[:12]]
    squeezed = re.sub(r"\s", "", said)
    if "icicle" not in found.chart.id:
        wrong += [
            f"{found.chart.id} {found.key}: {name} is not drawn"
            for name, row in zip(names, drawn.rows, strict=False)
            if re.sub(r"\s", "", name) not in squeezed and row.get("fen") != 0 and row.get("state") != "blank"
        ]
    return wrong


def all_unlike(db: Database) -> list[str]:
    """`unlike` of every chart of a database with every choice; each chart is drawn at least once or says why it is not."""
    wrong = []
    for chart in all_charts().values():
        for key in choices(db, chart):
            found = shown(db, chart, key, "zh")
            wrong += (
                unlike(found) if found.is_drawn else [] if found.data.empty else [f"{chart.id} {key}: says nothing"]
            )
    return wrong


def test_what_a_picture_tells_stands_in_its_csv(db: Database) -> None:
    assert all_unlike(db) == []


A, B, C, D, E = DOCUMENT_IDS
OF = "UPDATE figure SET fen = {fen}, raw = '{fen}' WHERE document_id = '{id}' AND table_no = {no} AND {row}"


def planted() -> Iterator[str]:
    """Statements that plant ties, two units, a place of two years, unread and partial tables, blanks, zero, amounts below 0."""
    total = "role = 'expenditure_total' AND \"column\" = 'total'"
    first = (
        "(SELECT max(row_no) FROM figure f WHERE f.document_id = figure.document_id AND f.table_no = 3 AND f.level = 1)"
    )
    yield "UPDATE document SET region = '山阴县'"
    yield f"UPDATE document SET kind = 'unit' WHERE document_id = '{E}'"
    yield f"UPDATE form_table SET unit = '元' WHERE document_id = '{B}'"
    yield from (OF.format(fen=900_000_000, id=id, no=1, row=total) for id in (A, B))
    yield f"UPDATE project SET total_fen = 5000000 WHERE document_id = '{A}'"
    yield OF.format(fen=5000000, id=A, no=12, row="\"column\" = 'total'")
    for id in (A, B, C):
        yield OF.format(fen="-123400", id=id, no=3, row=f"level = 1 AND row_no = {first}")
    yield OF.format(fen="-5000000", id=A, no=1, row="role IN ('general', 'carryover') AND side = 'income'")
    yield OF.format(fen=0, id=C, no=1, row="role = 'general' AND side = 'income'")
    yield OF.format(fen=0, id=C, no=3, row="level > 1")
    yield OF.format(fen=777, id=D, no=6, row="level > 0")
    yield from (
        f"UPDATE form_table SET status = 'partial' WHERE document_id = '{D}' AND table_no = {no}" for no in (1, 3)
    )
    yield f"DELETE FROM figure WHERE document_id = '{D}' AND table_no IN (1, 3) AND (level = 0 OR role LIKE '%total')"
    yield f"UPDATE form_table SET status = 'unreadable' WHERE document_id = '{C}' AND table_no = 10"
    yield f"DELETE FROM figure WHERE document_id = '{C}' AND table_no = 10"
    yield f"UPDATE three_public_item SET status = 'unreadable', figure_id = NULL WHERE document_id = '{C}'"


def test_what_a_picture_tells_stands_in_its_csv_where_oddities_are_planted(changed: Changed) -> None:
    assert all_unlike(changed(*planted())) == []


def test_what_shares_the_first_place_or_has_no_share_is_said_so(changed: Changed) -> None:
    db = changed(*planted())

    def said(chart_id: str, id: str) -> str:
        return shown(db, all_charts()[chart_id], (("d", id),), "zh").answer

    assert said("projects-by-money", A).startswith("5 个项目，5 个并列最大，各 5 万元：保密费")
    assert said("economic-classes", D).startswith("33 项并列最多，各 7.77 元")
    assert "占 ，" not in said("income-by-source", D) + said("spending-by-function", D) + said("spending-icicle", D)


def test_a_budget_stands_among_those_of_its_place_year_and_kind(db: Database, changed: Changed) -> None:
    alike = "UPDATE document SET region = '山阴县', year = 2024, kind = 'department'"
    total = "role = 'expenditure_total' AND \"column\" = 'total'"
    chart = all_charts()["among-peers"]
    as_built = db
    db = changed(
        alike,
        *(OF.format(fen=900_000_000, id=id, no=1, row=total) for id in (A, B)),
        f"DELETE FROM figure WHERE document_id = '{C}' AND table_no = 1",
        f"UPDATE form_table SET status = 'unreadable' WHERE document_id = '{C}' AND table_no = 1",
    )
    found = shown(db, chart, (("d", B),), "zh")
    assert found.answer == (
        "2024 年，山阴县的 4 份部门预算里，支出总计 900 万元，从多到少并列第 2；不含 1 份没有读出或没有公布总额的。"
    )
    assert [row["place"] for row in found.data.rows] == ["1", "2=", "2=", "4", ""] and unlike(found) == []
    assert rows_in(found)[-1]["state"] == "unreadable"
    told = "".join(spot.words for spot in picture.drawing_of(chart, found.data, LIGHT, 350, "zh").paper.spots)
    assert all(row["name"] in told for row in found.data.rows[:4])
    assert "没有读出" in shown(db, chart, (("d", C),), "zh").answer
    assert "不到 3 份" in shown(as_built, chart, (("d", B),), "zh").answer


def test_an_amount_below_0_is_an_outline_and_no_part_of_a_whole() -> None:
    below, above = (
        bars(LIGHT, 300, [Bar("甲", value, "", "#1D4E79"), Bar("乙", 100, "", "#1D4E79")]).paper.rects
        for value in (-50, 50)
    )
    first = [[rect for rect in rects if rect["y2"] <= 40 and rect["colour"] == "#1D4E79"] for rects in (below, above)]
    assert len(first[0]) == 4 and len(first[1]) == 1
    assert max(rect["end"] for rect in first[0]) == first[1][0]["end"] == 50
    parts = stacked(
        LIGHT, 300, [Block("丙", "", [Bar("", -5, "", "#1D4E79"), Bar("", 10, "", "#4A80AF")])], []
    ).paper.rects
    assert [rect["colour"] for rect in parts[1:]] == ["#4A80AF"]
