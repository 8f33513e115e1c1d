"""Layouts that list units, classes and projects: which row is part of which, and which table stands in another's."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import facts_of_text

from budgetdata.base.facts import DocumentFacts

SAMPLE = Path(__file__).parents[1] / "samples" / "other_lists.txt"


@pytest.fixture(scope="module")
def text() -> str:
    """An invented document in the layouts of several cities."""
    return SAMPLE.read_text(encoding="utf-8")


def tree(facts: DocumentFacts, table_no: int) -> list[tuple[str, int, bool, str]]:
    """Label, level, is_sum and the parent's label of every row of a table."""
    rows = [row for row in facts.rows if row.table_no == table_no]
    labels = {row.row_no: row.label for row in rows}
    return [(row.label, row.level, row.is_sum, labels.get(row.parent_row_no or 0, "")) for row in rows]


def status(facts: DocumentFacts, table_no: int) -> str:
    return next(table.status for table in facts.tables if table.table_no == table_no)


def test_projects_stand_below_their_unit_and_kind(text: str) -> None:
    facts = facts_of_text(text)
    assert tree(facts, 12) == [
        ("合计", 0, True, ""),
        ("虚构市信访局", 1, True, ""),
        ("专用项目", 2, True, "虚构市信访局"),
        ("接待大厅运行", 3, False, "专用项目"),
        ("信访专项", 3, False, "专用项目"),
        ("虚构市信访中心", 1, True, ""),
        ("专用项目", 2, True, "虚构市信访中心"),
        ("热线电话", 3, False, "专用项目"),
        ("驻会工作", 3, False, "专用项目"),
    ]
    current = [project.name for project in facts.projects if project.stage == "current"]
    assert current == ["接待大厅运行", "信访专项", "热线电话", "驻会工作"]


def test_a_project_that_breaks_its_kind_leaves_the_rows_unnested(text: str) -> None:
    facts = facts_of_text(text.replace("信访专项\t180.00", "信访专项\t181.00"))
    assert status(facts, 12) == "unreadable" or all(level < 2 for _, level, _, _ in tree(facts, 12))


def test_codes_of_two_digits_are_made_whole_below_their_unit(text: str) -> None:
    rows = [row for row in facts_of_text(text).rows if row.table_no == 5]
    assert [row.code for row in rows] == ["", "", "201", "20140", "2014001", "2014004", "", "201", "20140", "2014004"]
    assert [row.level for row in rows] == [0, 0, 1, 2, 3, 3, 0, 1, 2, 3]


def test_two_digits_that_the_codes_below_contradict_are_no_code(text: str) -> None:
    bent = text.replace("40\t信访事务\t700.00", "41\t信访事务\t700.00")
    codes = [row.code for row in facts_of_text(bent).rows if row.table_no == 5]
    assert "20141" not in codes


def test_one_account_stands_on_a_row_for_each_of_its_classes(text: str) -> None:
    rows = [row for row in facts_of_text(text).rows if row.table_no == 3]
    assert [(row.code, row.group_label.split(" ")[1]) for row in rows[:2]] == [
        ("2014001", "30101-基本工资"),
        ("2014001", "30102-津贴补贴"),
    ]


def test_the_same_account_twice_without_a_total_that_holds_is_unreadable(text: str) -> None:
    bent = text.replace("合 计\t\t\t1,000.00", "合 计\t\t\t1,900.00")
    for label in ("30102-津贴补贴", "30201-办公费"):
        bent = bent.replace(label, "30101-基本工资").replace("50201-办公经费", "50101-工资奖金津贴")
    bent = bent.replace("50101-工资奖金津补贴", "50101-工资奖金津贴")
    assert status(facts_of_text(bent), 3) == "unreadable"


def test_a_wider_table_is_read_for_its_basic_column(text: str) -> None:
    facts = facts_of_text(text)
    assert {f.column_label for f in facts.figures if f.table_no == 6} == {"基本支出"}
    own = "表8 一般公共预算基本支出表\n金额单位：万元\n\n科目编码\t科目名称\t合计\n\t合计\t7.00\n301\t工资福利支出\t7.00\n"
    again = facts_of_text(text + "\n" + own)
    assert [f.raw for f in again.figures if f.table_no == 6] == ["7.00", "7.00"]


def test_codes_of_another_classification_are_not_taken(text: str) -> None:
    bent = text.replace("\t301\t", "\t201\t").replace("\t30101\t", "\t20101\t")
    assert status(facts_of_text(bent), 6) == "unreadable"


def test_one_table_of_three_public_and_running_costs(text: str) -> None:
    facts = facts_of_text(text)
    assert [f.raw for f in facts.figures if f.table_no == 11] == ["67.92"]
    assert "67.92" not in [f.raw for f in facts.figures if f.table_no == 10]
