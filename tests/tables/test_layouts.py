"""Layouts of other cities: rows without codes, lists of units, and totals that count the carry-over in or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import facts_of_text

from budgetdata.base.facts import DocumentFacts
from tests.helpers.words import en, zh

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def names() -> str:
    """An invented document whose tables print no 科目 code."""
    return (SAMPLES / "other_names.txt").read_text(encoding="utf-8")


@pytest.fixture
def units() -> str:
    """An invented document whose income is printed by unit."""
    return (SAMPLES / "other_units.txt").read_text(encoding="utf-8")


@pytest.fixture
def views() -> str:
    """An invented document whose balance prints the same expenditure by three classifications beside each other."""
    return (SAMPLES / "other_views.txt").read_text(encoding="utf-8")


def status(facts: DocumentFacts, table_no: int) -> str:
    return next(table.status for table in facts.tables if table.table_no == table_no)


def different(facts: DocumentFacts) -> list[str]:
    return [zh(check.label) for check in facts.checks if check.status == "different"]


def test_rows_without_codes_are_nested_by_their_amounts(names: str) -> None:
    facts = facts_of_text(names)
    rows = [row for row in facts.rows if row.table_no == 3]
    assert [row.level for row in rows] == [0, 1, 2, 3, 1, 2, 3, 3, 2, 3, 1, 2, 3, 3]
    assert [row.is_sum for row in rows] == [level < 3 for level in (0, 1, 2, 3, 1, 2, 3, 3, 2, 3, 1, 2, 3, 3)]
    assert [row.level for row in facts.rows if row.table_no == 6] == [0, 1, 2, 2, 1, 2, 1, 2]
    assert different(facts) == []


@pytest.mark.parametrize(
    ("printed", "bent"),
    [
        ("执法办案\t230.00\t\t\t230.00", "执法办案\t231.00\t\t\t231.00"),
        ("法院\t50.00\t\t\t50.00\n", ""),
        ("案件审判\t50.00\t\t\t50.00", "案件审判\t50.00\t\t50.00\t"),
    ],
)
def test_rows_without_codes_that_do_not_add_up_are_unreadable(names: str, printed: str, bent: str) -> None:
    assert printed in names
    facts = facts_of_text(names.replace(printed, bent))
    assert status(facts, 3) == "unreadable"
    assert status(facts, 6) == "data"


def test_units_are_no_function_codes(units: str) -> None:
    facts = facts_of_text(units)
    rows = [row for row in facts.rows if row.table_no == 2]
    assert [(row.label, row.level, row.code) for row in rows] == [
        ("合计", 0, ""),
        ("虚构市水务局", 1, ""),
        ("虚构市水务局（本级）", 2, ""),
        ("虚构市节水中心", 2, ""),
    ]
    assert different(facts) == []
    assert [project.office for project in facts.projects] == ["虚构市水务局（本级）", "虚构市节水中心"]


def test_a_total_with_the_carryover_is_compared_with_the_whole_income(units: str) -> None:
    by_rule = {check.rule: check.status for check in facts_of_text(units).checks}
    assert by_rule["t02.whole_equals_t01"] == "balanced"
    assert by_rule["t02.total_equals_t01"] == "not_evaluable"
    assert by_rule["t03.item_equals_t02"] == "not_evaluable"


@pytest.mark.parametrize(
    ("printed", "bent", "rule"),
    [
        ("1,080.00\t1,030.00\t800.00", "1,081.00\t1,030.00\t800.00", "t02.row"),
        ("30.00\t50.00\t40.00\t10.00\n024001", "30.00\t50.00\t41.00\t10.00\n024001", "t02.row"),
        ("380.00\t370.00\t340.00", "380.00\t370.00\t341.00", "t02.hierarchy"),
        ("30201\t办公费\t40.25", "30201\t办公费\t40.95", "t11.hierarchy"),
        ("30.00\t90.00\t20.00", "31.00\t90.00\t20.00", "t03.row"),
        ("节水宣传\t100.00\t60.00", "节水宣传\t100.00\t61.00", "t12.row"),
    ],
)
def test_a_planted_error_is_found_in_these_layouts_too(units: str, printed: str, bent: str, rule: str) -> None:
    assert printed in units
    facts = facts_of_text(units.replace(printed, bent, 1))
    assert rule in {check.rule for check in facts.checks if check.status == "different"}


def test_the_same_money_by_another_classification_is_left_unread(views: str) -> None:
    facts = facts_of_text(views)
    assert different(facts) == [] and [en(problem.message) for problem in facts.problems] == []
    labels = {row.label for row in facts.rows if row.table_no in (1, 4)}
    assert "一、部门预算" in labels and not any("工资福利" in label or "机关" in label for label in labels)


@pytest.mark.parametrize(
    ("printed", "bent"),
    [
        ("3、事业收入\t50.00", "3、事业收入\t51.00"),
        ("2、社会保障和就业支出\t90.00\t2、专项", "2、社会保障和就业支出\t91.00\t2、专项"),
        ("未安排支出的实户资金\t31.00\t未", "未安排支出的实户资金\t30.00\t未"),
    ],
)
def test_what_does_not_add_up_beside_other_views_is_different(views: str, printed: str, bent: str) -> None:
    assert views.count(printed) == 1
    assert len(different(facts_of_text(views.replace(printed, bent)))) >= 1


def test_a_sentence_and_the_next_heading_are_no_title(views: str) -> None:
    listing = "报表\t报表名称\t是否空表\n表1\t收支总表\t\n表2\t收入总表\t是\n"
    spoken = f"“三公”经费主要是公务接待费、公务用车运行费等支出情况。\n第四部分 公开报表\n\n{listing}\n表1 "
    facts = facts_of_text(views.replace("表1 ", spoken, 1))
    assert status(facts, 10) == "data"


def test_a_part_of_project_expenditure_beside_it_is_left_unread(views: str) -> None:
    row = "2012604\t档案馆\t300.00\t0.00\t0.00\t300.00\t"
    bent = views.replace("公用经费支出\t专项业务经费支出\t备注", "公用经费支出\t项目支出总数\t扣除基建项目后预算数")
    facts = facts_of_text(bent.replace(row, f"{row}250.00"))
    assert bent != views and different(facts) == [] and facts.problems == []
    found = {(f.row_no, f.column): f.raw for f in facts.figures if f.table_no == 5}
    assert found == {(f.row_no, f.column): f.raw for f in facts_of_text(views).figures if f.table_no == 5}
