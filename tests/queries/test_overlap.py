"""A unit's budget is never added to its department's, in no sum over documents; what is left out is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made import figure, made_facts

from budgetdata.base.facts import DocumentFacts, TableFact
from budgetdata.base.raw import Place, Problem
from budgetdata.base.said import said
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.overlap import within_others
from budgetdata.queries.questions.model import ALL
from budgetdata.queries.questions.printed import empty_tables
from budgetdata.queries.questions.registry import all_questions
from budgetdata.queries.signals.material import material
from budgetdata.queries.signals.sheets import money_without_sheet
from budgetdata.store.database import create
from budgetdata.words.catalogue import LANGUAGES

BODY, UNIT, OTHER, LAST = "a" * 12, "b" * 12, "c" * 12, "d" * 12


def budget(document_id: str, name: str, kind: str, fen: int, year: int = 2025, region: str = "某市") -> DocumentFacts:
    """A budget of so much, with one project of it."""
    facts = made_facts(document_id, name, year)
    facts.tables += [TableFact(no, "", "万元", "data", None, Place(1, no)) for no in (1,)]
    total = figure(1, "expenditure", 1, "", "支出总计", "total", fen, "")
    income = figure(1, "income", 1, "", "收入总计", "total", fen, "")
    general = figure(1, "income", 2, "", "一般公共预算", "total", fen, "")
    facts.figures += [
        replace(total, role="expenditure_total"), replace(income, role="income_total"), replace(general, role="general"),
    ]  # fmt: skip
    facts.projects[0].funds["total"] = fen
    return replace(facts, kind=kind, region=region)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A department, its unit of the same name, a unit of another name, all of one year; and a unit of another year alone."""
    path = tmp_path_factory.mktemp("overlap") / "b.db"
    create(path, [
        budget(BODY, "某局", "department", 900_000_000), budget(UNIT, "某局", "unit", 700_000_000),
        budget(OTHER, "某局信息中心", "unit", 100_000_000), budget(LAST, "某局", "unit", 500_000_000, 2024),
    ])  # fmt: skip
    return open_database(path)


def test_a_unit_beside_a_department_is_left_out(beside: Database) -> None:
    assert within_others(beside) == {UNIT, OTHER}
    now = held.overview(beside)
    assert (now["total_fen"], now["with_total"], now["units"], now["apart"]) == (900_000_000, 1, 3, 0)
    assert (now["departments"], now["unread"]) == (1, 0), "as the chart of the same page ranks them: units apart"


def test_where_only_units_are_held_they_are_what_is_summed(tmp_path: Path) -> None:
    create(tmp_path / "u.db", [budget(UNIT, "某局", "unit", 700_000_000), budget(LAST, "某院", "unit", 500_000_000)])
    now = held.overview(open_database(tmp_path / "u.db"))
    assert (now["total_fen"], now["with_total"], now["units"], now["unread"]) == (1_200_000_000, 2, 0, 0)


@pytest.mark.parametrize("question", ["biggest-projects", "fund-users", "without-sheet", "carryover-projects"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_answer_adds_them_and_each_says_so(beside: Database, question: str, lang: str) -> None:
    told = all_questions()[question].answer(beside, {"who": ALL, "n": "10", "fund": "general"}, lang).sentence
    assert "2,200" not in told and "2200" not in told, "the four budgets added up"
    assert ("计入" if lang == "zh" else "left out") in told


def test_a_unit_and_its_department_name_each_other(beside: Database) -> None:
    [row] = held.beside(beside, held.document(beside, BODY) or {})
    assert (row["document_id"], row["relation"], row["kind"]) == (UNIT, "kind", "unit")


def test_one_document_is_summed_whole(beside: Database) -> None:
    told = all_questions()["biggest-projects"].answer(beside, {"who": UNIT, "n": "10"}, "zh").sentence
    assert "700" in told and "计入" not in told


def test_units_of_other_regions_are_no_parts(tmp_path: Path) -> None:
    create(tmp_path / "b.db", [
        budget(BODY, "某局", "department", 9), budget(UNIT, "他处中心", "unit", 7, region="他市"),
        budget(OTHER, "某局（本级）", "department", 5, region="远市"),
    ])  # fmt: skip
    assert within_others(open_database(tmp_path / "b.db")) == frozenset()


def test_projects_whose_sheet_may_be_unread_are_not_without_one(tmp_path: Path) -> None:
    facts = budget(BODY, "某局", "department", 900_000_000)
    create(tmp_path / "a.db", [facts])
    assert list(money_without_sheet(material(open_database(tmp_path / "a.db"))))
    facts.problems.append(Problem("unread", "sheet", said("table.untitled"), Place(9, 1)))
    create(tmp_path / "b.db", [facts])
    assert not list(money_without_sheet(material(open_database(tmp_path / "b.db"))))


def test_why_a_table_holds_nothing_is_told_in_the_readers_language(tmp_path: Path) -> None:
    facts = budget(BODY, "某局", "department", 9)
    facts.tables[1] = TableFact(9, "", "", "missing", said("table.not_found", title="国有资本"), Place(None, None))
    create(tmp_path / "b.db", [facts])
    answers = {lang: empty_tables(open_database(tmp_path / "b.db"), {"who": ALL}, lang) for lang in LANGUAGES}
    reasons = {lang: answer.rows[0]["reason"] for lang, answer in answers.items()}
    assert reasons["zh"] and reasons["zh"] != reasons["en"]
    assert dict(answers["en"].columns)["reason"] != "printed"
