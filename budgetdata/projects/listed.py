"""Projects that a document prints nowhere but in its performance sheets and lists: one row each, with the sheet it is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetdata.base.facts import ANNUAL, PERFORMANCE_LIST, ProjectFact, SheetFact

CURRENT = "current"


def listed_projects(projects: Sequence[ProjectFact], sheets: Sequence[SheetFact]) -> list[tuple[ProjectFact, int]]:
    """(project, index of its sheet) for each project of the sheets, where no table of projects of the year was read.

    Its amount is the one that the sheet prints for the year; None where it prints none.
    """
    if any(project.stage == CURRENT for project in projects):
        return []
    own = [(index, sheet) for index, sheet in enumerate(sheets) if sheet.scope == "project" and sheet.project_name]
    return [
        (
            ProjectFact(
                CURRENT, number, sheet.project_name, sheet.office, _amounts(sheet), sheet.place, PERFORMANCE_LIST
            ),
            index,
        )
        for number, (index, sheet) in enumerate(_once(own), start=1)
    ]


def _once(own: Sequence[tuple[int, SheetFact]]) -> Iterator[tuple[int, SheetFact]]:
    """The sheets without those of a project that a list before theirs has: pages apart from it, the same name, amount and body.

    A document may list all projects and, pages later, the most important ones again. Within one list two rows of one
    name and amount are two projects: of two bodies, whose names it may not print.
    """
    listed: dict[tuple[object, ...], int] = {}
    number, page = 0, None
    for index, sheet in own:
        if page is not None and (sheet.place.page or 0) > page + 1:
            number += 1
        page = sheet.place.page
        amount = sheet.funds.get((ANNUAL, "total"))
        known = listed.setdefault((sheet.project_name, sheet.office, sheet.unit_name, amount), number)
        if known == number or amount is None:
            yield index, sheet


def _amounts(sheet: SheetFact) -> dict[str, int | None]:
    total = sheet.funds.get((ANNUAL, "total"))
    return {} if total is None else {"total": total}
