"""A 科目 that a table prints for each unit or economic class is one amount of its department, never that of one row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made import figure, made_facts

from budgetdata.base.facts import DocumentFacts, RowFact, TableFact
from budgetdata.base.raw import Place
from budgetdata.charts.registered.spending import load_spending
from budgetdata.queries import documents, regions, sheet_pages, years
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.projects import SheetFilter
from budgetdata.queries.questions.registry import all_questions
from budgetdata.store.database import create

BY_UNIT, PARTLY, TWICE, ONCE, UNIT, NEXT = (letter * 12 for letter in "abcdef")
WAN = 1_000_000


def budget(document_id: str, name: str, printed: list[int], total: int, **other: object) -> DocumentFacts:
    """A budget whose table 3 prints 205 教育支出 once for each amount (万元), with its part 20502, below a total."""
    facts = replace(made_facts(document_id, name, 2026), region="某市")
    state = str(other.pop("state", "data"))
    facts.tables.append(TableFact(3, "支出总表", "万元", state, None, Place(3, 1)))
    listed = [(1, "", "合计", 0, total, None)]
    for number, wan in enumerate(printed):
        first = 2 * number + 2
        listed += [(first, "205", "教育支出", 1, wan, None), (first + 1, "20502", "普通教育", 2, wan, first)]
    for row_no, code, label, level, wan, parent in listed:
        facts.rows.append(RowFact(3, "", row_no, code, label, level, level < 2, "", Place(3, row_no), parent))
        one = figure(3, "", row_no, code, label, "total", wan * WAN, f"{wan}.00")
        facts.figures.append(replace(one, level=level, is_sum=level < 2, parent_row_no=parent))
    return replace(facts, **other)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Database:
    path = tmp_path_factory.mktemp("accounts") / "b.db"
    create(path, [
        budget(BY_UNIT, "甲局", [30, 12, 8], 50), budget(PARTLY, "乙局", [7, 9], 40, state="partial"),
        budget(TWICE, "丙局", [20, 20], 20), budget(ONCE, "丁局", [25], 25), budget(UNIT, "戊院", [1], 1, kind="unit"),
        budget(NEXT, "甲局", [31, 12], 43, year=2027),
    ])  # fmt: skip
    return open_database(path)


def test_a_table_by_units_says_one_amount_of_each_account(held: Database) -> None:
    tree = amounts.function_tree(held, BY_UNIT)
    assert [(row["code"], amounts.fen_of(row)) for row in tree] == [
        (None, 50 * WAN), ("205", 50 * WAN), ("20502", 50 * WAN),
    ]  # fmt: skip
    assert tree[2]["parent_row_no"] == tree[1]["row_no"] and tree[1]["total"]["figure_id"] is None
    drawn = load_spending(held, {"d": BY_UNIT, "code": "205"}, "zh")
    assert [(row["code"], row["fen"], row["figure"]["raw"]) for row in drawn.rows] == [("20502", 50 * WAN, None)]


@pytest.mark.parametrize("document_id", [PARTLY, TWICE])
def test_rows_that_may_lack_some_or_be_printed_twice_are_no_amount(held: Database, document_id: str) -> None:
    row = amounts.function_tree(held, document_id)[1]
    assert amounts.fen_of(row) is None and row["unread"] == "total"


def test_what_departments_spend_on_an_account_is_of_whole_departments(held: Database) -> None:
    rows = regions.spenders(held, "205", regions.ranked(held, "205", "2026"))
    assert [(row["department"], row["fen"], row["state"]) for row in rows] == [
        ("甲局", 50 * WAN, "stated"), ("丁局", 25 * WAN, "stated"), ("丙局", None, "unreadable"), ("乙局", None, "unreadable"),
    ]  # fmt: skip
    now = regions.account_years(held, "205")[1]
    assert (now["year"], now["documents"], now["low"], now["high"]) == (2026, 4, 25 * WAN, 50 * WAN)


def test_two_years_and_questions_compare_whole_departments(held: Database) -> None:
    [change, _] = years.functions(held, BY_UNIT, NEXT)
    assert (change["before_fen"], change["after_fen"]) == (50 * WAN, 43 * WAN)
    asked = all_questions()["class-spenders"].answer(held, {"class": "205"}, "zh")
    first = next(row for row in asked.rows if row["fen"] == 50 * WAN)
    assert "甲局" in first["who"] and first["percent"] == "100.0%"


def test_a_total_over_units_is_the_row_that_the_others_come_to(tmp_path: Path) -> None:
    """A table that prints a row without 科目 for the department and each of its units says the department's, never a unit's;
    where the first row is not what the others come to, none is said to be the total."""

    def by_units(document_id: str, name: str, wans: list[int]) -> DocumentFacts:
        facts = budget(document_id, name, [], wans[0])
        for number, wan in enumerate(wans[1:], 2):
            facts.rows.append(RowFact(3, "", number, "", f"第{number}院", 0, True, "", Place(3, number)))
            unit = figure(3, "", number, "", f"第{number}院", "total", wan * WAN, f"{wan}.00")
            facts.figures.append(replace(unit, level=0, is_sum=True))
        return facts

    path = tmp_path / "b.db"
    create(path, [by_units(BY_UNIT, "甲局", [50, 30, 20]), by_units(PARTLY, "乙局", [30, 20, 20])])
    db = open_database(path)
    whole = amounts.headline(db, BY_UNIT)["expenditure"]
    assert whole is not None and whole["fen"] == 50 * WAN
    assert amounts.headline(db, PARTLY)["expenditure"] is None
    assert {row["document_id"]: row["fen"] for row in amounts.headlines(db, 3, "total")} == {BY_UNIT: 50 * WAN}


@pytest.mark.parametrize(
    ("label", "state", "known"),
    [("甲局", "partial", True), ("合计", "partial", True), ("甲局乙院", "partial", False), ("甲局乙院", "data", True)],
)
def test_the_only_sum_of_a_table_read_in_part_may_be_that_of_a_unit(
    tmp_path: Path, label: str, state: str, known: bool
) -> None:
    facts = budget(BY_UNIT, "甲局", [30], 30, state=state)
    facts.rows[-3] = replace(facts.rows[-3], label=label)
    facts.figures[-3] = replace(facts.figures[-3], label=label)
    create(tmp_path / "b.db", [facts])
    whole = amounts.headline(open_database(tmp_path / "b.db"), BY_UNIT)["expenditure"]
    assert (whole["fen"] if whole else None) == (30 * WAN if known else None)


@pytest.mark.parametrize(
    ("own_is_sum", "parts"),
    [(True, ["general", "business", "other"]), (False, ["general", "own", "business", "other"])],
)
def test_own_money_that_is_the_sum_of_its_kinds_is_not_added_to_them(
    tmp_path: Path, own_is_sum: bool, parts: list[str]
) -> None:
    facts = budget(BY_UNIT, "甲局", [], 50)
    facts.tables.append(TableFact(1, "收支总表", "万元", "data", None, Place(1, 1)))
    for number, (role, wan) in enumerate(
        {"general": 35, "own": 15, "business": 10, "other": 5, "income_total": 50}.items(), 1
    ):
        is_sum = role == "income_total" or (role == "own" and own_is_sum)
        facts.rows.append(RowFact(1, "income", number, "", role, 1, is_sum, role, Place(1, number)))
        one = figure(1, "income", number, "", role, "total", wan * WAN, f"{wan}.00")
        facts.figures.append(replace(one, role=role, is_sum=is_sum))
    path = tmp_path / "b.db"
    create(path, [facts])
    db = open_database(path)
    assert [row["role"] for row in amounts.income(db, BY_UNIT)[0]] == parts
    assert [row["role"] for row in amounts.incomes(db, documents.documents(db))] == [*parts, "income_total"]


def test_a_project_of_which_two_sheets_tell_is_added_up_once(tmp_path: Path) -> None:
    facts = made_facts(BY_UNIT, "甲局", 2026)
    facts.sheets.append(replace(facts.sheets[0], place=Place(9, 1)))
    other = replace(facts.sheets[0], project_name="另一个项目", place=Place(10, 1))
    facts.sheets.append(other)
    path = tmp_path / "b.db"
    create(path, [facts])
    found = sheet_pages.totals(open_database(path), SheetFilter(document_id=BY_UNIT))
    assert (found["sheets"], found["fen"]) == (3, 2 * 10_000_000)
