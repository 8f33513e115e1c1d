"""Layouts of places nobody here has documents of: every amount as it is true, none that is not, nothing called missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.elsewhere.all import ALL
from benchmarks.elsewhere.compare import compared, read
from benchmarks.elsewhere.files import write
from budgetdata.forms.units import is_counted

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
