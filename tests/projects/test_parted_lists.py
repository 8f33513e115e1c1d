"""Lists of projects in a text with line breaks within its cells: read where it is proved what is one, else told, never cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from parted import cut_without_a_word, parted

from benchmarks.elsewhere.all import ALL
from benchmarks.elsewhere.compare import read
from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.projects.read import read_lists


@pytest.mark.parametrize(("name", "seed", "trimmed"), [("numbered_after", 0, True), ("numbered_after", 6, False)])
def test_no_name_and_no_goal_is_cut_without_a_word(name: str, seed: int, trimmed: bool, tmp_path: Path) -> None:
    out = ALL[name]().out
    path = tmp_path / "parted.txt"
    path.write_text(parted(out, seed, trimmed), encoding="utf-8")
    assert cut_without_a_word(read(path), out) == []


def listed(*rows: tuple[tuple[str, ...], int | None]) -> RawTable:
    """A list of projects with their goals below its head, each row with the column from which on it is doubtful."""
    head = RawRow(("项目名称", "预算数（万元）", "绩效目标"), Place(None, 1))
    return RawTable((head, *(RawRow(cells, Place(None, n), doubt=d) for n, (cells, d) in enumerate(rows, 2))))


def test_what_may_be_a_part_of_a_cell_is_no_name_and_no_goal() -> None:
    read = read_lists([
        listed(
            (("甲林项目", "5.00", "植树"), 2), (("修渠", "", ""), 0), (("乙渠项目", "6.00", "修渠十里。"), None),
            (("丙路", "", ""), 0), (("项目", "7.00", "铺路。"), 0),
        )
    ])  # fmt: skip
    assert [(s.project_name, s.annual_goal, s.unread) for s in read.sheets] == [
        ("甲林项目", "", 1),
        ("乙渠项目", "修渠十里。", 2),
    ]
    told = {problem.message.code: problem.message.args["names"] for problem in read.problems}
    assert told == {"lists.goal_cut": ["甲林项目"], "lists.project_unclear": ["修渠", "丙路", "项目"]}
