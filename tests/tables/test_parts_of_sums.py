"""Which rows are the parts of a sum: units above their projects, rows behind a total, funds inside others."""

from __future__ import annotations

import pytest

from budgetdata.base.money import parse_amount
from budgetdata.base.raw import Place, RawRow
from budgetdata.forms.declared import standard_forms
from budgetdata.forms.header import SideLayout
from budgetdata.tables.rows import table_rows
from budgetdata.tables.sums import TableRow, identities, judge
from budgetdata.tables.unfolding import nest_projects


def row(label: str, amount: str, level: int = 1) -> TableRow:
    """A row with one amount in 万元."""
    found = TableRow(1, "", label, "", Place(1, 1), 0, level)
    parsed = parse_amount(amount, "万元")
    if parsed is not None:
        found.values["total"] = parsed
    return found


def test_units_above_their_projects_are_sub_totals_where_the_amounts_show_it() -> None:
    rows = [
        row("合计", "10.00", 0),
        row("甲", "6.00"),
        row("一", "2.00"),
        row("二", "4.00"),
        row("乙", "4.00"),
        row("三", "4.00"),
    ]
    assert nest_projects(rows, "万元")
    assert [found.label for found in rows if not found.is_sum] == ["一", "二", "三"]
    assert [found.level for found in rows] == [0, 1, 2, 2, 1, 2]
    assert [found.parent for found in rows] == [None, None, 1, 1, None, 4]


def test_units_are_nested_as_deep_as_the_amounts_show() -> None:
    printed = [("合计", "9.00"), ("甲", "9.00"), ("专用", "9.00"), ("一", "4.00"), ("二", "5.00")]
    rows = [row(label, amount, int(number > 0)) for number, (label, amount) in enumerate(printed)]
    assert nest_projects(rows, "万元")
    assert [found.level for found in rows] == [0, 1, 2, 3, 3]
    assert [found.parent for found in rows] == [None, None, 1, 2, 2]


def test_rows_that_can_be_nested_in_two_ways_stay_as_they_are() -> None:
    rows = [row("合计", "2.00", 0), *(row(name, "1.00") for name in "甲乙丙")]
    assert not nest_projects(rows, "万元") and [found.level for found in rows] == [0, 1, 1, 1]


def test_projects_that_make_up_the_total_are_no_units() -> None:
    rows = [row("合计", "8.00", 0), row("一", "4.00"), row("二", "4.00")]
    assert not nest_projects(rows, "万元") and [found.level for found in rows] == [0, 1, 1]


def test_rows_that_add_up_nowhere_stay_projects() -> None:
    rows = [row("合计", "9.00", 0), row("甲", "6.00"), row("一", "2.00"), row("二", "5.00")]
    assert not nest_projects(rows, "万元") and all(found.level for found in rows[1:])


def income(*printed: tuple[str, str]) -> dict[str, str]:
    """Label of each declared total on the income side of table 1 → how its sum comes out."""
    form = standard_forms()[1]
    side = form.side("income")
    layout = SideLayout(side, None, 0, None, {"total": 1}, {"total": "预算数"})
    raws = [RawRow(cells, Place(1, number)) for number, cells in enumerate(printed, start=1)]
    rows = table_rows(form, side, [(raws, 0, layout, False)], "万元", set())
    return {
        rows[x.whole[0]].label: judge(x, rows, "万元").status
        for x in identities(form, side, rows)
        if x.rule == "declared"
    }


def test_what_is_printed_behind_a_total_belongs_to_the_next_one() -> None:
    sums = income(
        ("一般公共预算", "5.00"),
        ("本年收入合计", "5.00"),
        ("上级补助收入", "2.00"),
        ("上年结转", "1.00"),
        ("收入总计", "8.00"),
    )
    assert sums == {"本年收入合计": "balanced", "收入总计": "balanced"}


def test_own_funds_that_their_parts_make_up_count_once() -> None:
    sums = income(
        ("一般公共预算", "5.00"),
        ("单位资金", "3.00"),
        ("事业收入", "2.00"),
        ("其他收入", "1.00"),
        ("本年收入合计", "8.00"),
    )
    assert sums == {"本年收入合计": "balanced"}


def test_own_funds_beside_other_income_are_added() -> None:
    sums = income(("一般公共预算", "5.00"), ("单位资金", "3.00"), ("其他收入", "1.00"), ("本年收入合计", "9.00"))
    assert sums == {"本年收入合计": "balanced"}


@pytest.mark.parametrize("at", range(1 + len(standard_forms()[4].variants)))
def test_a_fund_printed_again_below_the_carry_over_is_a_part_of_it_in_every_layout(at: int) -> None:
    form = [standard_forms()[4], *standard_forms()[4].variants][at]
    side = form.side("income")
    layout = SideLayout(side, None, 0, None, {"total": 1}, {"total": "预算数"})
    printed = (
        ("一、一般公共预算", "5.00"), ("本年收入合计", "5.00"), ("上年财政拨款结转", "2.00"), ("一、一般公共预算", "2.00"),
        ("收入总计", "7.00"),
    )  # fmt: skip
    raws = [RawRow(cells, Place(1, number)) for number, cells in enumerate(printed, start=1)]
    rows = table_rows(form, side, [(raws, 0, layout, False)], "万元", set())
    assert [found.role for found in rows] == [
        "general", "income_current", "carryover", "carryover_general", "income_total",
    ]  # fmt: skip
