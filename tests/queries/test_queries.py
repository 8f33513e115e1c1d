"""The queries against the database itself: what pages say is what is stored, sums kept apart from their parts."""

from __future__ import annotations

import re

import pytest
from app_fixtures import Changed

from budgetdata.base.errors import StoreError, UnknownNameError
from budgetdata.charts.registered.across import load_three_public
from budgetdata.charts.registered.registry import all_charts
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database, known, open_database
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.words.numbers import money, place_text, share, short_name, wan_text

HALF_LAST_DIGIT = 5_000

pytest_plugins = ["app_fixtures"]


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (None, "未填"), (0, "0 元"), (330_000, "3,300 元"), (1_000_000, "1 万元"), (7_570_000, "7.57 万元"),
        (9_999_990_000, "9,999.99 万元"), (10_000_000_000, "1 亿元"), (14_101_870_000, "1.41 亿元"), (-25_000_000, "-25 万元"),
    ],
)  # fmt: skip
def test_money_is_said_in_the_unit_a_person_uses(fen: int | None, said: str) -> None:
    assert money(fen) == said


def test_exact_amounts_shares_and_places() -> None:
    assert wan_text(14_101_870_000) == "14,101.87"
    assert wan_text(3_333) == "0.003333"
    assert wan_text(None) == "未填"
    assert (share(1, 3), share(1, 100_000), share(99_999, 100_000), share(0, 5), share(None, 5), share(5, 0)) == (
        "33.3%", "<0.1%", ">99.9%", "0.0%", "", "",
    )  # fmt: skip
    assert place_text(3, 120) == "第 3 页 · 第 120 行" and place_text(None, None) == "位置不明"
    assert short_name("山西转型综合改革示范区科技金融部", "山西转型综合改革示范区") == "科技金融部"
    assert short_name("阳泉市招商中心", "阳泉市") == "阳泉市招商中心"


def test_every_headline_is_the_stored_figure(db: Database, document_id: str) -> None:
    head = amounts.headline(db, document_id)
    stored = db.value(
        "SELECT fen FROM figure WHERE document_id = ? AND table_no = 1 AND role = 'expenditure_total' AND \"column\" = 'total'",
        (document_id,),
    )
    assert stored is not None and head["total"] is not None and head["total"]["fen"] == stored
    basic, project, whole = (head[name]["fen"] if head[name] else 0 for name in ("basic", "project", "expenditure"))
    assert basic + project == whole == stored


def test_parts_add_up_to_what_they_are_parts_of(db: Database, document_id: str) -> None:
    income, total = amounts.income(db, document_id)
    assert total is not None and amounts.add_up([row["fen"] for row in income], total["fen"]) == 0
    tree = amounts.function_tree(db, document_id)
    by_row = {row["row_no"]: row for row in tree}
    checked = 0
    for row in tree:
        parts = amounts.children(tree, None if row["level"] == 0 else row["row_no"])
        if parts:
            gap = amounts.add_up([amounts.fen_of(part) for part in parts], amounts.fen_of(row))
            assert gap is not None and abs(gap) <= HALF_LAST_DIGIT * (len(parts) + 1), row["label"]
            assert all(by_row[part["row_no"]]["level"] == row["level"] + 1 for part in parts)
            checked += 1
    assert checked >= 3


def test_projects_carry_the_printed_figure(db: Database, document_id: str) -> None:
    found = performance.projects(db, document_id)
    assert len(found) == db.value("SELECT count(*) FROM project WHERE document_id = ?", (document_id,)) > 0
    for row in found:
        assert row["total_fen"] is None or row["figure"]["fen"] == row["total_fen"], row["name"]


def test_three_public_tells_blank_from_stated(db: Database) -> None:
    rows = amounts.three_public(db)
    assert len(rows) == 6 * len(held.documents(db))
    assert {row["status"] for row in rows} >= {"stated", "blank"}
    assert all((row["fen"] is None) == (row["status"] != "stated") for row in rows)


def test_filters_keep_what_they_say(db: Database) -> None:
    everything = performance.sheets(db)
    assert len(everything) == db.value("SELECT count(*) FROM sheet")
    rich = performance.sheets(db, performance.SheetFilter(least_fen=10**9))
    assert rich and all(row["annual_fen"] >= 10**9 for row in rich) and len(rich) < len(everything)
    vague = performance.sheets(db, performance.SheetFilter(category="社会效益", horizon="annual", quality="vague"))
    for row in vague:
        kinds = {(t["category"], t["horizon"], t["quality"]) for t in performance.sheet_targets(db, row["sheet_id"])}
        assert ("社会效益", "annual", "vague") in kinds
    office = performance.offices(db)[0]
    assert all(row["office_name"] == office for row in performance.sheets(db, performance.SheetFilter(office=office)))
    assert performance.sheets(db, performance.SheetFilter(words="没有这样的词语组合")) == []
    kinds = {row["attribute"][:2] for row in performance.sheets(db, performance.SheetFilter(attribute="一次性项目"))}
    assert kinds == {"一次"}


@pytest.mark.parametrize("question_id", list(all_questions()))
def test_every_question_is_answered_for_every_choice(db: Database, question_id: str) -> None:
    question = all_questions()[question_id]
    answered = 0
    for slot in question.slots or ("",):
        usual = {name: next(iter(options(db, name))) for name in question.slots}
        for code in options(db, slot) if slot else [""]:
            found = question.answer(db, usual | ({slot: code} if slot else {}))
            answered += bool(found.rows)
            assert found.sentence or not found.rows
            assert all(any(row.get(key) is not None for key, _ in found.columns) for row in found.rows)
    assert answered, "no choice gives an answer"
    labels = {slot: next(iter(options(db, slot).values())) for slot in question.slots}
    assert all(f"【{label}】" in question.sentence("zh", labels) for label in labels.values())


@pytest.mark.parametrize("question_id", list(all_questions()))
def test_an_answer_is_the_same_in_both_languages(db: Database, question_id: str) -> None:
    question = all_questions()[question_id]
    usual = {name: next(iter(options(db, name))) for name in question.slots}
    chinese, english = (question.answer(db, usual, lang) for lang in ("zh", "en"))
    assert [key for key, _ in chinese.columns] == [key for key, _ in english.columns]
    assert len(chinese.rows) == len(english.rows)
    figures = [
        [row.get("figure") and row["figure"].get("figure_id") for row in found.rows] for found in (chinese, english)
    ]
    assert figures[0] == figures[1]
    heads = " ".join(head for _, head in english.columns)
    assert not re.search(r"[\u4e00-\u9fff]", heads + "".join(options(db, "state", "en").values()))


def test_a_row_of_an_answer_says_its_page_where_there_are_pages(changed: Changed) -> None:
    """Its line alone is a place only in a text; of several files, which: the number of a page holds it."""
    db = changed(*(f"UPDATE {table} SET page = 2000007" for table in ("project", "sheet", "target")))
    for name in ("biggest-projects", "targets-without-number", "long-projects", "sheet-against-row"):
        found = all_questions()[name].answer(db, {}, most=5)
        assert ("place", "位置") in found.columns and found.rows
        assert all(row["place"].startswith("文件 2 · 第 7 页 · 第") for row in found.rows), name
    rows = all_charts()["projects-by-money"].load(db, {"d": held.documents(db)[-1]["document_id"]}, "zh").rows
    assert rows and all(row["place"].startswith("文件 2 · 第 7 页 · 第") for row in rows)


def test_there_are_at_least_twelve_questions() -> None:
    assert len(all_questions()) >= 12


def test_a_missing_database_and_an_unknown_name_say_what_to_do(tmp_path) -> None:
    with pytest.raises(StoreError, match="python -m budgetdata build"):
        open_database(tmp_path / "none.db")
    with pytest.raises(UnknownNameError, match="现有：a、b"):
        known("c", ["a", "b"], "chart.unknown")


def test_what_ranks_is_listed_of_each_year_apart(db: Database) -> None:
    found = all_questions()["biggest-projects"].answer(db, {"who": "all", "n": "10"}, "zh")
    years = [row["of_year"] for row in found.rows]
    assert years == ["2024"] * 10 + ["2023"] * 10 and found.number == len(found.rows)
    assert [row["fen"] for row in found.rows[:10]] == sorted((row["fen"] for row in found.rows[:10]), reverse=True)
    chart = load_three_public(db, {}, "zh")
    assert [row["year"] for row in chart.rows] == [2024] * 3 + [2023] * 2
