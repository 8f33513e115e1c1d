"""Projects that only performance sheets and lists print: rows of their own, where no table of projects was read."""

from __future__ import annotations

from budgetdata.base.facts import ANNUAL, PERFORMANCE_LIST, ProjectFact, SheetFact
from budgetdata.base.raw import Place
from budgetdata.projects.listed import listed_projects

SHEETS = [
    SheetFact("林业局", "department", Place(1, 1)),
    SheetFact("甲林项目", "project", Place(2, 3), office="一处", funds={(ANNUAL, "total"): 500}),
    SheetFact("乙渠项目", "project", Place(2, 9)),
]


def test_each_sheet_of_a_project_is_a_row_and_a_blank_amount_stays_blank() -> None:
    found = listed_projects([], SHEETS)
    assert [(p.name, p.office, p.funds.get("total"), p.row_no, p.source, index) for p, index in found] == [
        ("甲林项目", "一处", 500, 1, PERFORMANCE_LIST, 1),
        ("乙渠项目", "", None, 2, PERFORMANCE_LIST, 2),
    ]


def test_a_table_of_projects_is_enough() -> None:
    row = ProjectFact("current", 1, "丙路项目", "", {"total": 5}, Place(1, 1))
    carried = ProjectFact("carryover", 1, "丙路项目", "", {"total": 5}, Place(1, 1))
    assert listed_projects([row], SHEETS) == [] and len(listed_projects([carried], SHEETS)) == 2


def _listed(*rows: tuple[str, int | None, int]) -> list[tuple[str, int | None]]:
    """Name and amount of the projects of a document whose sheets are these: name, amount, page."""
    sheets = [
        SheetFact(name, "project", Place(page, 4), funds={} if amount is None else {(ANNUAL, "total"): amount})
        for name, amount, page in rows
    ]
    return [(project.name, project.funds.get("total")) for project, _ in listed_projects([], sheets)]


def test_a_project_that_a_list_of_important_ones_prints_again_pages_later_is_one() -> None:
    every = [("储备林", 475, 26), ("护林员", 72, 27), ("护林员", 72, 27)]
    assert _listed(*every, ("储备林", 475, 35)) == [("储备林", 475), ("护林员", 72), ("护林员", 72)]


def test_what_may_be_two_projects_stays_two() -> None:
    assert _listed(("护林员", 72, 27), ("护林员", 72, 28)) == [("护林员", 72)] * 2
    assert _listed(("护林员", 72, 27), ("护林员", 80, 40)) == [("护林员", 72), ("护林员", 80)]
    assert _listed(("护林员", None, 27), ("护林员", None, 40)) == [("护林员", None)] * 2
