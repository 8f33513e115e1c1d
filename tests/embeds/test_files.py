"""What a chart's files hold is what its picture shows: every amount, count and share, for every document and choice."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from budgetdata.base.money import wan
from budgetdata.charts import picture
from budgetdata.charts.drawing.theme import LIGHT
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key, Shown, shown
from budgetdata.embeds.choices import MEASURES, known_codes
from budgetdata.embeds.files import as_csv, as_workbook, rows_of
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.staff import HEADCOUNTS
from budgetdata.words.numbers import money, wan_text

pytest_plugins = ["app_fixtures"]
SHARE = re.compile(r"[<>]?\d+(?:\.\d+)?%")
EXACT = re.compile(r"(-?[\d,]+\.\d{2,6}) 万元")


def keys(db: Database, chart: Chart) -> Iterator[Key]:
    """Every choice of a chart over what is held."""
    documents = [row["document_id"] for row in held.documents(db)]
    if chart.group == "department":
        for document in documents:
            yield (("d", document),)
            if "code" in chart.parameters:
                yield from ((("code", code), ("d", document)) for code in known_codes(db, document))
        return
    yield ()
    yield from ((("d", document),) for document in documents if "d" in chart.parameters)
    years = {str(row["year"]) for row in held.documents(db)}
    for name, values in {"y": sorted(years), "m": MEASURES, "h": HEADCOUNTS}.items():
        yield from (((name, value),) for value in values if name in chart.parameters)


def drawn_words(found: Shown) -> list[str]:
    """Every text and tooltip of a picture, and what its parts tell when they are touched."""
    drawing = picture.drawing_of(found.chart, found.data, LIGHT, 912, found.lang)
    said = [spot.words for spot in drawing.spots]
    paper = drawing.paper
    said += [part.get("tooltip") or part.get("text") or "" for part in (*paper.rects, *paper.dots, *paper.texts)]
    return [each for each in said if each]


def amounts_of(found: Shown) -> set[int]:
    """Every amount of a chart's rows, in fen, and the change between the two years of a row."""
    cells = [row.get(key) for row in found.data.rows for key, _ in found.data.columns]
    bare = [
        row[key]
        for row in found.data.rows
        for key, _ in found.data.columns
        if (key == "fen" or key.endswith("_fen")) and row.get(key) is not None
    ]
    apart = [row["now_fen"] - row["last_fen"] for row in found.data.rows if row.get("now_fen") and row.get("last_fen")]
    bare += [abs(gap) for gap in apart]  # 比上年: the picture says the difference of two amounts that the row holds
    return {cell["fen"] for cell in cells if isinstance(cell, dict) and cell.get("fen") is not None} | set(bare)


@pytest.mark.parametrize("chart_id", list(all_charts()))
def test_files_hold_what_the_picture_shows(db: Database, chart_id: str) -> None:
    chart, drawn = all_charts()[chart_id], 0
    for key in keys(db, chart):
        found = shown(db, chart, key, "zh")
        heads, rows = rows_of(found)
        assert all(len(row) == len(heads) for row in rows) and len(rows) == len(found.data.rows) + len(
            found.data.unread
        )
        if not found.is_drawn:
            continue
        drawn += 1
        written = {str(cell) for row in rows for cell in row if cell is not None}
        words = drawn_words(found)
        amounts = amounts_of(found)
        assert {wan(fen) for fen in amounts} <= written or chart_id == "change-from-last-year"
        told = {said for each in words for said in EXACT.findall(each)}
        assert told <= {said for fen in amounts for said in (wan_text(fen), money(fen).split()[0])}, key
        shares = {said for each in words for said in SHARE.findall(each)}
        bare = {f"{cell}%" for cell in written}
        assert shares <= written | bare | {part for cell in written for part in SHARE.findall(cell)}, key
        for row in found.data.rows[:12]:
            fen = row["per_fen"] if "per_fen" in row else row.get("fen")
            if fen is not None:
                exact, prose = wan_text(fen), money(fen)
                assert any(row["name"] in each for each in words), (key, row["name"])
                assert any(exact in each or prose in each for each in words), (key, row["name"])
    assert (
        drawn or chart_id == "among-peers"
    )  # no three of the five are of one place and year: test_chart_and_csv makes them so


@pytest.mark.parametrize("chart_id", ["spending-icicle", "departments-by-fund", "targets-by-category"])
def test_a_workbook_holds_the_rows_of_the_csv(db: Database, chart_id: str) -> None:
    chart = all_charts()[chart_id]
    found = shown(db, chart, next(keys(db, chart)), "zh")
    lines = list(csv.reader(io.StringIO(as_csv(found).removeprefix("\ufeff"))))
    book = load_workbook(io.BytesIO(as_workbook(found)))
    sheet, about = book.worksheets
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [[_same(value) for value in row] for row in cells] == [[_same(value) for value in row] for row in lines]
    amounts = [value for row in cells[1:] for value in row if isinstance(value, float)]
    assert amounts or chart_id == "targets-by-category"
    assert found.title == about["A1"].value and found.answer in [row[0].value for row in about.iter_rows()]


def _same(value: Any) -> Any:
    """A value of a cell or of a CSV's field, so that the two compare."""
    if value in (None, ""):
        return None
    text = str(value)
    return Decimal(text).normalize() if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def test_a_row_tells_whose_it_is_and_what_contains_it(db: Database, document_id: str) -> None:
    found = shown(db, all_charts()["spending-icicle"], (("d", document_id),), "zh")
    heads, rows = rows_of(found)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    document = held.document(db, document_id)
    assert document is not None
    assert {(row["department"], row["year"]) for row in told} == {(document["department"], document["year"])}
    codes = {row["科目编码"]: row for row in told}
    assert all(row["parent"] in codes for row in told if row["level"] > 1)
    assert all(codes[row["parent"]]["level"] == row["level"] - 1 for row in told if row["parent"])


def test_a_download_is_named_by_its_choices(client: TestClient, db: Database, document_id: str) -> None:
    code = known_codes(db, document_id)[0]
    document = held.document(db, document_id)
    assert document is not None
    for suffix in ("csv", "xlsx"):
        got = client.get(f"/chart/spending-by-function.{suffix}", params={"d": document_id, "code": code})
        said = got.headers["content-disposition"]
        name = unquote(said.rpartition("''")[2])
        assert said.startswith("attachment; ") and f'filename="spending-by-function.{suffix}"' in said
        assert document["department"] in name and str(document["year"]) in name and name.endswith(f" {code}.{suffix}")
        assert not set(name) & set('\\/:*?"<>|')
    pictured = client.get("/chart/three-public.svg").headers["content-disposition"]
    assert pictured.startswith("inline; ")
