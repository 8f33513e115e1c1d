"""Projects that a document prints as the leaves of its expenditure table, below the 科目 that they are paid from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from budgetdata.base.facts import EXPENDITURE_LEAF, FigureFact, ProjectFact, RowFact
from budgetdata.projects.listed import CURRENT
from budgetdata.sheets.links import office_of

TABLES = (3, 5)
"""预算支出总表, or where it prints none 一般公共预算支出预算表, whose money is of that one fund."""
_GENERAL = 5


def leaf_projects(
    projects: Sequence[ProjectFact], rows: Sequence[RowFact], figures: Sequence[FigureFact]
) -> list[ProjectFact]:
    """The leaves that hold 项目支出 alone, where no table of projects of the year was read; of the first table that has any."""
    if any(project.stage == CURRENT for project in projects):
        return []
    for table_no in TABLES:
        amounts: dict[int, dict[str, int]] = defaultdict(dict)
        for figure in figures:
            if figure.table_no == table_no:
                amounts[figure.row_no][figure.column] = figure.fen
        own = {row.row_no: row for row in rows if row.table_no == table_no}
        found = [_project(row, amounts[no]) for no, row in own.items() if _is_project(row, own, amounts[no])]
        if found:
            return found
    return []


def _is_project(row: RowFact, rows: dict[int, RowFact], amounts: dict[str, int]) -> bool:
    """True for a row without code that is part of a 科目 and prints project expenditure and nothing else."""
    above = rows.get(row.parent_row_no or 0)
    if row.code or row.is_sum or above is None or not above.code or not amounts.get("project"):
        return False
    return amounts.get("total", amounts["project"]) == amounts["project"]


def _project(row: RowFact, amounts: dict[str, int]) -> ProjectFact:
    funds: dict[str, int | None] = {"total": amounts["project"]}
    if row.table_no == _GENERAL:
        funds["general"] = amounts["project"]
    return ProjectFact(CURRENT, row.row_no, row.label, office_of(row.label), funds, row.place, EXPENDITURE_LEAF)
