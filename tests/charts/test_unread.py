"""What was not read is ours: no chart, answer, CSV, page or comparison says of it blank, not published, 0 or different."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from app_fixtures import Changed

from budgetdata.charts.model import ChartData
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import shown
from budgetdata.charts.unread import with_unread
from budgetdata.embeds.choices import Look
from budgetdata.embeds.files import chart_bytes
from budgetdata.markup import sheet_cards as sheets
from budgetdata.queries import documents as held
from budgetdata.queries import projects as performance
from budgetdata.queries import reading, regions, years
from budgetdata.queries.base import Database
from budgetdata.queries.changes import TOTALS, WAYS, changes
from budgetdata.queries.questions.changed import quoted
from budgetdata.queries.questions.registry import all_questions
from budgetdata.ui import compare
from budgetdata.ui.department import projects_said
from budgetdata.words.catalogue import text

pytest_plugins = ["app_fixtures"]
THEIRS = ("未填", "没有公开", "没有说明", "不一致", "没有印合计", "比所印合计")
ID = "0dfe996d89b0"


def in_state(status: str, table_no: int) -> str:
    return f"UPDATE form_table SET status = '{status}' WHERE document_id = '{ID}' AND table_no = {table_no}"


def without_figures(table_no: int, more: str = "") -> str:
    return f"DELETE FROM figure WHERE document_id = '{ID}' AND table_no = {table_no} {more}"


def of_one(db: Database, chart_id: str) -> ChartData:
    return shown(db, all_charts()[chart_id], (("d", ID),), "zh").data


@pytest.mark.parametrize(
    "chart_id", [name for name, chart in all_charts().items() if chart.group == "department" and chart.tables]
)
@pytest.mark.parametrize("status", ["partial", "unreadable"])
def test_a_chart_of_a_table_not_read_says_so_and_blames_nobody(changed: Changed, chart_id: str, status: str) -> None:
    chart = all_charts()[chart_id]
    gone = [
        sql for no in chart.tables for sql in (without_figures(no), f"DELETE FROM project WHERE document_id = '{ID}'")
    ]
    data = of_one(changed(*(in_state(status, no) for no in chart.tables), *gone), chart_id)
    assert ("只读出一部分" if status == "partial" else "没有读出") in data.empty + data.sentence
    assert not any(words in data.empty.replace("不是没有公开", "") + data.sentence + data.note for words in THEIRS)
    assert [row["table_no"] for row in data.unread] == list(chart.tables)


def test_a_chart_of_a_partial_table_adds_nothing_up_and_its_csv_names_the_table(changed: Changed) -> None:
    db = changed(
        in_state("partial", 1),
        without_figures(1, "AND role = 'fund' AND side = 'income'"),
        f"UPDATE form_row SET unread = 'total' WHERE document_id = '{ID}' AND table_no = 1 AND role = 'fund'",
    )
    data = of_one(db, "income-by-source")
    assert data.sentence.startswith("表1只读出一部分") and data.note.startswith("没有读全，不作相加")
    assert next(row for row in data.rows if row["figure"] is None)["state"] == "unreadable"
    body = chart_bytes(db, all_charts()["income-by-source"], (("d", ID),), Look(), "csv")
    rows = list(csv.DictReader(io.StringIO(str(body).removeprefix("\ufeff"))))
    assert rows[-1]["state"] == "partial" and "unreadable" in {row["state"] for row in rows if not row["figure_id"]}
    assert (rows[-1]["document_id"], rows[-1]["table_no"]) == (ID, "1")


@pytest.mark.parametrize(
    ("status", "words"),
    [("missing", "没有找到"), ("empty_stated", "写明没有数据"), ("empty", "是空表"), ("unreadable", "没有读出")],
)
def test_each_state_of_a_table_has_its_sentence(changed: Changed, status: str, words: str) -> None:
    assert words in of_one(changed(in_state(status, 3), without_figures(3)), "basic-and-project").empty


def test_a_table_that_was_not_found_though_spoken_of_is_not_told_to_be_printed(changed: Changed) -> None:
    spoken = f"UPDATE form_table SET reason_code = 'table.spoken_of' WHERE document_id = '{ID}' AND table_no = 3"
    db = changed(in_state("unreadable", 3), spoken, without_figures(3), in_state("partial", 1))
    assert "不能断定它没有印" in of_one(db, "basic-and-project").empty
    assert {row["table_no"]: row["state"] for row in held.tables(db, ID)}[3] == "perhaps"
    assert {row["state"] for row in held.tables_without_data(db, ID) if row["table_no"] == 3} == {"perhaps"}
    both = with_unread(
        db, replace(all_charts()["basic-and-project"], tables=(1, 3)), {"d": ID}, ChartData([], []), "zh"
    )
    assert both.sentence == "表1只读出一部分，下面只有读出的数。没有找到表3，不能断定没有印。"


def test_basic_expenditure_in_two_columns_is_not_blank(changed: Changed) -> None:
    db = changed(
        without_figures(3, "AND \"column\" = 'basic' AND level = 0"),
        f"UPDATE figure SET \"column\" = 'personnel' WHERE document_id = '{ID}' AND \"column\" = 'basic'",
    )
    assert reading.absent_column(db, ID, "basic") == "apart"
    data = of_one(db, "basic-and-project")
    assert data.rows[0]["state"] == "apart" and data.note == text("zh", "sums.apart")


def test_a_column_that_a_table_does_not_have_is_not_blank(changed: Changed) -> None:
    db = changed(without_figures(3, "AND \"column\" IN ('basic', 'project')"))
    assert [reading.absent_column(db, ID, name) for name in ("basic", "project")] == ["no_column"] * 2
    assert "没有这一项的数" in of_one(db, "basic-and-project").empty


def test_what_an_empty_table_would_hold_is_not_blank(changed: Changed) -> None:
    assert reading.absent(changed(in_state("empty_stated", 3)), ID, 3) == "empty_stated"


def test_a_region_says_of_a_total_that_was_not_read_that_it_was_not(changed: Changed) -> None:
    db = changed(in_state("unreadable", 1), without_figures(1))
    place = str(db.value("SELECT region FROM document WHERE document_id = ?", (ID,)))
    year = str(db.value("SELECT year FROM document WHERE document_id = ?", (ID,)))
    states = {row["document_id"]: row["state"] for row in regions.departments(db, place, year, 0, 50)}
    assert states[ID] == "unreadable" and set(states.values()) <= {"stated", "unreadable"}


@pytest.mark.parametrize(("state", "words"), [("unread", "没有读出"), ("silent", "没有说明"), ("stated", "推算不出")])
def test_what_is_said_of_the_change_is_told_from_what_was_read(changed: Changed, state: str, words: str) -> None:
    db = changed(
        f"DELETE FROM statement WHERE document_id = '{ID}' AND kind LIKE 'rebuilt%'",
        f"UPDATE spoken SET state = '{state}' WHERE document_id = '{ID}' AND about = 'change'",
    )
    assert words in of_one(db, "change-from-last-year").empty


def test_a_department_without_a_budget_last_year_had_none_not_0(changed: Changed) -> None:
    db = changed(
        f"UPDATE statement SET value = '0' WHERE document_id = '{ID}' AND kind LIKE 'rebuilt%' AND subject = 'expenditure_total'"
    )
    svg = str(chart_bytes(db, all_charts()["change-from-last-year"], (("d", ID),), Look(), "svg"))
    assert "上年没有预算" in svg and "上年 0 元" not in svg
    assert "上年没有预算" in of_one(db, "change-from-last-year").sentence


def test_what_was_spent_last_year_is_not_called_its_budget(changed: Changed) -> None:
    said = "'2024年支出预算100万元，比上年执行数减少20万元'"
    db = changed(f"UPDATE statement SET text = {said} WHERE document_id = '{ID}' AND kind LIKE 'rebuilt%'")
    assert {row["of_execution"] for row in changes(db, [ID])} == {True}
    svg = str(chart_bytes(db, all_charts()["change-from-last-year"], (("d", ID),), Look(theme="dark"), "svg"))
    assert "上年执行数" in svg


def test_what_is_carried_over_is_told_where_only_rows_tell_it(changed: Changed) -> None:
    columns = (
        f"DELETE FROM figure WHERE document_id = '{ID}' AND table_no = 1 AND \"column\" IN ('current', 'carryover')"
    )
    rows = {row["name"]: row["fen"] for row in of_one(changed(columns), "current-and-carryover").rows}
    assert rows[text("zh", "nature.carryover")] == 2975390000


def test_three_public_expenses_printed_by_fund_are_compared_with_last_year(changed: Changed) -> None:
    db = changed(
        f"UPDATE figure SET \"column\" = 'general' WHERE document_id = '{ID}' AND table_no = 10 AND \"column\" = 'total'"
    )
    now = {row["subject"]: row["state"] for row in changes(db, [ID])}
    assert now["three_public"] == now["reception"] == "stated"


def test_whom_targets_are_counted_for_are_those_that_print_them_and_none_of_two_is_last(changed: Changed) -> None:
    db = changed(f"UPDATE document_sum SET targets = 0 WHERE document_id NOT IN ('{ID}', '3223a2c0af31')")
    said = all_charts()["targets-by-department"].load(db, {}, "zh").sentence
    assert "读到指标的有 2 份" in said and "写数字最少" not in said
    english = all_charts()["targets-by-category"].load(db, {}, "en")
    assert english.sentence.isascii() and all(row["name"].isascii() for row in english.rows)


def test_nothing_is_said_of_a_narrative_of_which_no_word_was_read(changed: Changed) -> None:
    db = changed(
        f"UPDATE spoken SET state = 'silent' WHERE document_id = '{ID}'",
        f"DELETE FROM paragraph WHERE document_id = '{ID}'",
    )
    assert reading.change_spoken(db, ID, ("expenditure_total",)) == "unread"


def test_projects_of_tables_not_read_are_not_none(changed: Changed) -> None:
    db = changed(in_state("unreadable", 12), in_state("partial", 13), f"DELETE FROM project WHERE document_id = '{ID}'")
    assert projects_said(db, ID, "zh") == "项目表没有读出"


def test_a_share_without_a_base_that_was_read_is_no_zero(changed: Changed) -> None:
    data = of_one(changed(in_state("partial", 1), without_figures(1)), "three-public-share")
    assert [row["part_state"] for row in data.rows] == ["unreadable"]


def test_a_comparison_tells_no_such_spending_from_not_read(changed: Changed) -> None:
    other = next(row["document_id"] for row in held.documents(changed()) if row["document_id"] != ID)
    db = changed(
        in_state("unreadable", 3),
        without_figures(3),
        f"DELETE FROM form_row WHERE document_id = '{ID}' AND table_no = 3",
    )
    data = shown(db, all_charts()["compare-functions"], (("d", f"{ID},{other}"),), "zh").data
    assert data.rows and all(row[ID]["status"] == "unreadable" for row in data.rows)


@pytest.mark.parametrize("name", [name for name, question in all_questions().items() if question.tables])
def test_an_answer_from_tables_not_read_names_whose(changed: Changed, name: str) -> None:
    question = all_questions()[name]
    db = changed(*(in_state("partial", no) for no in question.tables))
    document = held.document(db, ID)
    assert document is not None
    chosen = {"d": ID, "class": "208"}
    assert f"{document['short']} {document['year']}" in question.answer(db, chosen).sentence


def test_nothing_is_new_or_ended_against_a_year_that_was_not_read_whole(changed: Changed) -> None:
    before, after = ID, next(row["document_id"] for row in held.documents(changed()) if row["document_id"] != ID)
    db = changed(in_state("partial", 3), in_state("partial", 12))
    assert "new" not in {
        row["match"] for row in (*years.functions(db, before, after), *years.projects(db, before, after))
    }
    assert "ended" not in {
        row["match"] for row in (*years.functions(db, after, before), *years.projects(db, after, before))
    }


def test_a_change_told_under_another_heading_is_quoted_too(changed: Changed) -> None:
    db = changed(f"UPDATE paragraph SET section = '二、收入' WHERE document_id = '{ID}' AND section LIKE '%变动情况%'")
    assert not held.printed_under(db, "变动情况", ID)
    quoted = held.changes(db, ID)
    assert quoted and all("原因" in row["text"] or "主要是" in row["text"] or "由于" in row["text"] for row in quoted)
    assert {row["document_id"] for row in held.changes(db)} > {ID}


def test_what_stands_beside_the_change_speaks_of_the_totals(changed: Changed) -> None:
    """Not of running costs, of which the same words are printed: those that hold the sentences of which the chart is made."""
    own, bare = "3223a2c0af31", "55d5ad587384"
    db = changed(
        f"UPDATE paragraph SET section = '二、收入' WHERE document_id = '{own}' AND section LIKE '%变动情况%'",
        f"DELETE FROM paragraph WHERE document_id = '{bare}'",
    )
    found, printed = quoted(db, own), held.paragraphs(db, own, "机关运行经费")
    assert found and all("预算收入总计" in row["text"] for row in found)
    assert any("原因是" in row["text"] and "增长" in row["text"] for row in printed)
    for rows in (found, held.changes(db, own)):
        assert not {row["text"] for row in rows} & {row["text"] for row in printed}
    assert {row["text"] for row in quoted(db, bare)} == {
        row["text"] for row in db.rows("SELECT * FROM statement WHERE document_id = ?", (bare,))
        if row["subject"] in TOTALS and row["kind"] in ("change", "rate", "reason", *WAYS)
    }  # fmt: skip


def test_a_form_of_one_side_leaves_the_other_not_blank(changed: Changed) -> None:
    number = f"{ID}.s01"
    db = changed(
        f"DELETE FROM sheet_fund WHERE sheet_id = '{number}' AND horizon = 'annual'",
        f"DELETE FROM target WHERE sheet_id = '{number}' AND horizon = 'annual'",
        f"UPDATE sheet SET annual_goal = NULL, annual_fen = NULL WHERE sheet_id = '{number}'",
    )
    row = performance.sheet(db, number)
    assert row is not None
    whole, small = str(sheets.card(db, row, "zh")), str(sheets.summary(db, row, "zh"))
    assert text("zh", "sheet.goal.annual") not in whole and text("zh", "sheet.blank") not in small
    assert row["term_fen"] is None or text("zh", "sheet.term") in small


def test_projects_of_tables_not_published_are_not_none(changed: Changed) -> None:
    gone = f"DELETE FROM project WHERE document_id = '{ID}'"
    db = changed(in_state("missing", 12), in_state("missing", 13), gone)
    assert compare._projects(db, ID, "zh") == "没有找到项目表"
