"""Layouts of places nobody here has documents of: every amount as it is true, none that is not, nothing called missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.elsewhere.all import ALL
from benchmarks.elsewhere.compare import compared, read
from benchmarks.elsewhere.files import write
from budgetdata.forms.units import is_counted
from budgetdata.layout.columns import Block, Frame
from budgetdata.layout.geometry import Glyph
from budgetdata.layout.text import Line
from budgetdata.layout.tracks import apart

SAMPLE = (
    "by_class_and_unit",
    "three_views",
    "numbered_after",
    "codes_in_names",
    "thousands",
    "with_meetings",
    "funds_within",
    "own_levels",
    "years_beside",
    "sums_between",
    "side_by_side",
    "counts_beside",
    "tasks",
    "indexed",
    "below",
    "categories_over",
)
"""The others differ in less; `python -m benchmarks.elsewhere` reads all, in every kind of file."""


@pytest.mark.parametrize("name", SAMPLE)
def test_layout_is_read_whole(name: str, tmp_path: Path) -> None:
    out = ALL[name]().out
    result = compared(read(write(out, "txt", tmp_path / name)), out)
    assert (result.lines, result.read) == ([], result.true)
    assert result.true > 100


def test_an_amount_beside_its_table_is_found_where_it_is_printed(tmp_path: Path) -> None:
    facts = read(write(ALL["side_by_side"]().out, "txt", tmp_path / "made"))
    places = {
        figure.column: figure.place.line for figure in facts.figures if figure.table_no == 2 and figure.code == "201"
    }
    assert places["general"] == places["total"]
    assert places["carryover"] == places["business"] > places["total"]


def test_what_is_counted_is_no_money() -> None:
    assert all(
        map(is_counted, ("公务用车保有量（辆）", "国内公务接待批次", "因公出国（境）团组数（个）", "接待人次(人)"))
    )
    assert not any(
        map(is_counted, ("公务用车购置费", "预算数（元）", "公务用车购置数（万元）", "个人所得税", "其他收入"))
    )


def test_tables_without_any_rule_are_read_where_a_unit_announces_them(tmp_path: Path) -> None:
    out = ALL["with_meetings"]().out
    result = compared(read(write(out, "none", tmp_path / "made")), out)
    assert (result.lines, result.read) == ([], result.true)


def test_merged_cells_of_a_worksheet_say_which_rows_are_of_a_project(tmp_path: Path) -> None:
    out = ALL["sums_between"]().out
    result = compared(read(write(out, "xlsx", tmp_path / "made")), out)
    assert (result.lines, result.read) == ([], result.true)


def test_white_that_amounts_at_the_left_of_their_cells_leave_proves_no_column() -> None:
    heads = [
        Block([placed(text, x)]) for text, x in (("名称", 20), ("事业收入", 120), ("其他收入", 220), ("上年结转", 320))
    ]
    body = [placed("行政运行", 20, 40), placed("68.66", 180, 40), placed("40.21", 280, 40)]
    frame = Frame(18, 380, 0, 60, [], body, made_up=True)
    assert apart(heads, body, frame) is None
    right = [*body, placed("168.66", 175, 55)]
    assert apart(heads, right, Frame(18, 380, 0, 60, [], right, made_up=True)) is not None


def placed(text: str, x: float, y: float = 20) -> Line:
    """A text of size 10 on a line."""
    width = 5.0 if text[0].isdigit() else 10.0
    glyphs = tuple(Glyph(sign, x + n * width, x + (n + 1) * width, y, y - 4, 10, n) for n, sign in enumerate(text))
    return Line(text, x, x + len(text) * width, y, y - 4, 10, glyphs)
