"""One amount under two units: where a document prints more than one, nobody knows which side's unit is printed wrong."""

from __future__ import annotations

import re

import pytest
from documents import facts_of_text, text_of

from budgetdata.base.facts import CheckFact
from budgetdata.base.money import Amount
from budgetdata.base.raw import Place
from budgetdata.base.said import said
from budgetdata.checks.slips import without_slips_of_units
from budgetdata.forms.declared import standard_forms
from budgetdata.tables.reading import TableReading
from budgetdata.tables.sums import TableRow
from tests.helpers.words import en

SMALL, TWO_FUNDS, CARRIED = "6ad99d98ab19", "947784cd9916", "b734d3efdd82"


def with_unit(title: str, unit: str, document: str = SMALL) -> str:
    """The small disclosure, or another, with another unit printed under a table's title."""
    text = text_of(document)
    at = text.rindex(title)
    before, after = text[:at], text[at:]
    changed = re.sub(r"单位：万元", f"单位：{unit}", after, count=1)
    assert changed != after
    return before + changed


def differences(text: str) -> set[tuple[str, int | None, int | None]]:
    """The disagreements of a text."""
    return {(c.rule, c.left_fen, c.right_fen) for c in facts_of_text(text).checks if c.status == "different"}


def test_a_table_in_another_unit_than_its_amounts_show_is_unreadable() -> None:
    facts = facts_of_text(with_unit("预算收入总表", "元"))
    table = next(table for table in facts.tables if table.table_no == 2)
    assert table.status == "unreadable" and table.reason is not None and table.reason.code == "table.unit_at_odds"
    assert not [figure for figure in facts.figures if figure.table_no == 2]
    assert "元" in en(table.reason)


@pytest.mark.parametrize("title", ["项目支出预算表（本年预算）", "项目支出预算表（上年结转）"])
def test_a_total_that_no_other_table_prints_is_told_by_its_funds(title: str) -> None:
    facts = facts_of_text(with_unit(title, "元", TWO_FUNDS))
    table = next(table for table in facts.tables if title in table.title)
    assert table.status == "unreadable" and table.reason is not None and table.reason.code == "table.unit_at_odds"
    assert not [check for check in facts.checks if check.status == "different" and str(table.table_no) in check.rule]


@pytest.mark.parametrize("title", ["项目支出预算表（本年预算）", "项目支出预算表（上年结转）"])
def test_a_sum_over_tables_that_holds_in_the_unit_of_the_others_differs_from_nothing(title: str) -> None:
    assert differences(with_unit(title, "元", CARRIED)) <= differences(text_of(CARRIED))


def test_a_table_of_other_money_in_another_unit_differs_from_nothing() -> None:
    assert differences(with_unit("“三公”经费支出预算表", "元")) <= differences(text_of(SMALL))


@pytest.mark.parametrize(
    ("rule", "left", "right", "units", "status"),
    [
        ("t05.total_equals_t01", 359_950_000, 35_995, "万元 元", "not_evaluable"),
        ("t05.total_equals_t01", 359_950_000, 35_995, "万元", "different"),
        ("t05.total_equals_t01", 359_950_000, 35_996, "万元 元", "different"),
        ("narrative.reception", 200, 2_000_000, "元", "not_evaluable"),
        ("narrative.reception", None, 2_000_000, "元", "different"),
    ],
)
def test_one_amount_under_two_units_is_not_evaluable(
    rule: str, left: int | None, right: int, units: str, status: str
) -> None:
    check = CheckFact(rule, said("check.blank"), left, right, 0, "different", "p.1", "p.2", said("check.agree"))
    readings = []
    for unit in units.split():
        row = TableRow(1, "", "合计", "", Place(1, 1), 0, values={"total": Amount(1, 2, "0.01")})
        readings.append(TableReading(standard_forms()[5], unit, {"": [row]}))
    [found] = without_slips_of_units([check], readings)
    assert found.status == status


@pytest.mark.parametrize(
    ("slip", "units", "status"),
    [
        (35_995, {1: "万元", 4: "元", 10: "万元"}, "not_evaluable"),
        (35_996, {1: "万元", 4: "元", 10: "万元"}, "different"),  # no unit is at odds
        (35_995, {1: "元", 4: "万元", 10: "万元"}, "different"),  # both its tables print one unit
    ],
)
def test_what_rests_on_a_unit_that_is_at_odds_with_another_table_is_not_evaluable(
    slip: int, units: dict[int, str], status: str
) -> None:
    readings = []
    for number, unit in units.items():
        row = TableRow(1, "", "合计", "", Place(1, 1), 0, values={"total": Amount(1, 2, "0.01")})
        readings.append(TableReading(standard_forms()[number], unit, {"": [row]}))
    checks = [
        CheckFact(rule, said("check.blank"), left, right, 0, "different", "p.1", "p.2", said("check.agree"))
        for rule, left, right in (
            ("t10.not_more_than_t04", 4_000_000, 35_000), ("t04.expenditure_equals_t01", slip, 359_950_000)
        )
    ]  # fmt: skip
    assert without_slips_of_units(checks, readings)[0].status == status
