"""A sheet is held against its project's row only where it is sure which row that is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import figure, made_facts

from budgetdata.base.facts import ProjectFact, RowFact, SheetFact, TableFact
from budgetdata.base.raw import Place
from budgetdata.base.said import said
from budgetdata.checks.sheets import sheet_checks
from budgetdata.sheets.links import link_projects

AT = Place(1, 1)


@pytest.mark.parametrize(
    ("rows", "sheets", "statuses"),
    [
        ([100], [150], ["different"]),
        ([100, 300], [300, 150], ["balanced", "different"]),
        ([100, 300], [150, 250], ["not_evaluable", "not_evaluable"]),
        ([100], [150, 250], ["not_evaluable", "not_evaluable"]),
        ([100, 300], [100, 300], ["balanced", "balanced"]),
    ],
)
def test_rows_and_sheets_of_one_name(rows: list[int], sheets: list[int], statuses: list[str]) -> None:
    facts = made_facts()
    facts.projects = [
        ProjectFact("current", n, "修园子", "", {"total": fen * 10**8}, AT) for n, fen in enumerate(rows, 1)
    ]
    facts.sheets = [SheetFact("修园子", "project", AT, funds={("annual", "total"): fen * 10**8}) for fen in sheets]
    checks = sheet_checks(facts, link_projects(facts.projects, facts.sheets))
    assert [c.status for c in checks if c.rule == "sheet.annual_equals_project"] == statuses


@pytest.mark.parametrize(("role", "apart", "classes", "status"), [
    ("carry_forward", 50, 900, "not_evaluable"), ("earmarked", 50, 900, "not_evaluable"), ("carry_forward", 40, 900, "different"),
    ("205", 50, 850, "different"), ("carry_forward", 40, 300, "not_evaluable"), ("carry_forward", 40, None, "not_evaluable"),
])  # fmt: skip
def test_a_goal_for_the_whole_department_may_leave_out_what_the_table_prints_apart_or_has_lost(
    role: str, apart: int, classes: int | None, status: str
) -> None:
    facts = made_facts()
    rows = [("支出总计", "expenditure_total", 900), ("某行", role, apart), ("城乡社区支出", "212", classes)]
    for row, (label, named, fen) in enumerate(rows, 1):
        if fen is not None:
            facts.rows.append(RowFact(1, "expenditure", row, "", label, 1, False, named, AT))
            facts.figures.append(
                replace(figure(1, "expenditure", row, "", label, "total", fen * 10**8, ""), role=named)
            )
    facts.sheets = [SheetFact("某局", "department", AT, funds={("annual", "total"): 850 * 10**8})]
    [check] = [c for c in sheet_checks(facts, {}) if c.rule == "sheet.department_total"]
    assert check.status == status
    facts.tables = [TableFact(1, "收支总表", "万元", "partial", said("table.cut"), AT)]
    [check] = [c for c in sheet_checks(facts, {}) if c.rule == "sheet.department_total"]
    assert check.status == "not_evaluable", "it may print such money where it was not read"


def test_a_sheet_in_two_decimals_of_ten_thousand_may_be_rounded_as_its_row_is() -> None:
    facts = made_facts()
    facts.projects = [ProjectFact("current", 1, "修园子", "", {"total": 85_670_000}, AT)]
    for annual, status in ((85_680_000, "rounding"), (85_690_000, "different"), (85_679_900, "different")):
        facts.sheets = [SheetFact("修园子", "project", AT, funds={("annual", "total"): annual})]
        checks = sheet_checks(facts, {0: (0, "exact")})
        assert [c.status for c in checks if c.rule == "sheet.annual_equals_project"] == [status], annual
