"""Projects that a document prints nowhere but in its performance sheets and lists: one row each, with the sheet it is from."""

from __future__ import annotations

from collections.abc import Sequence

from budgetdata.base.facts import ANNUAL, PERFORMANCE_LIST, ProjectFact, SheetFact

CURRENT = "current"


def listed_projects(projects: Sequence[ProjectFact], sheets: Sequence[SheetFact]) -> list[tuple[ProjectFact, int]]:
    """(project, index of its sheet) for each sheet of a project, where no table of projects of the year was read.

    Its amount is the one that the sheet prints for the year; None where it prints none.
    """
    if any(project.stage == CURRENT for project in projects):
        return []
    own = [(index, sheet) for index, sheet in enumerate(sheets) if sheet.scope == "project" and sheet.project_name]
    return [
        (
            ProjectFact(
                CURRENT, number + 1, sheet.project_name, sheet.office, _amounts(sheet), sheet.place, PERFORMANCE_LIST
            ),
            index,
        )
        for number, (index, sheet) in enumerate(own)
    ]


def _amounts(sheet: SheetFact) -> dict[str, int | None]:
    total = sheet.funds.get((ANNUAL, "total"))
    return {} if total is None else {"total": total}
