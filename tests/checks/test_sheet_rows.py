"""A sheet is held against its project's row only where it is sure which row that is."""

from __future__ import annotations

import pytest
from made import made_facts

from budgetdata.base.facts import ProjectFact, SheetFact
from budgetdata.base.raw import Place
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
