"""Where many budgets are held: no control lists them all, lists are pages of one year that say of whom they speak, nothing ties
falsely, and what was addressed before still opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from opening import alerts, html_of, opened, text_of
from streamlit.testing.v1 import AppTest

from benchmarks.made.__main__ import write
from budgetdata.base import keeping
from budgetdata.build.build import build
from budgetdata.charts.registered import across
from budgetdata.charts.registered.across import load_departments, of_whom
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import shown
from budgetdata.markup import wordings
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.queries import documents as held
from budgetdata.queries import population, regions, sheet_pages
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.choosing import hits, newest
from budgetdata.queries.overlap import within_others
from budgetdata.queries.projects import SheetFilter, sheets
from budgetdata.queries.questions.model import Question, ends, options, tied
from budgetdata.queries.questions.registry import all_questions
from budgetdata.queries.signals import rates
from budgetdata.queries.signals.public_items import apart
from budgetdata.ui import department, home, three_public

pytest_plugins = ["app_fixtures"]
pytestmark = pytest.mark.usefixtures("own_navigation")
MOST_ENTRIES = 50


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database of more invented disclosures than a page lists."""
    folder = tmp_path_factory.mktemp("many")
    write(folder / "documents", 10, 5)
    (folder / "documents" / "truth.db").unlink()
    path = build(folder / "many.db", from_dir=folder / "documents").database
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUDGETDATA_DB", str(path))
        patch.setattr(population, "MANY", 4)
        yield open_database()


def entries(app: AppTest) -> int:
    """How many entries the fullest control of a page has."""
    controls = [*app.selectbox, *app.multiselect, *app.get("button_group")]
    return max((len(control.options) for control in controls), default=0)


@pytest.mark.parametrize("page", [*PAGES, *HIDDEN])
def test_no_control_lists_all_documents_and_no_list_grows_with_them(many: Database, page: str) -> None:
    app = opened(page)
    assert entries(app) <= MOST_ENTRIES and not alerts(app)
    documents = {row["document_id"] for row in held.documents(many)}
    offered = [set(map(str, getattr(control, "options", ()))) for control in (*app.selectbox, *app.get("button_group"))]
    assert not any(len(codes & documents) > 10 for codes in offered)


def test_a_department_is_found_by_its_name_and_its_address_still_opens(many: Database) -> None:
    row = newest(many)[0]
    found = hits(many, row["department"])
    assert 1 <= len(found) <= 10 and found[0]["department"] == row["department"]
    assert all(other["short"].startswith(other["region"] or "") for other in found)
    assert hits(many, f"{row['region']} {row['year']}") and not hits(many, "不存在的部门名")
    app = opened("department", d=row["document_id"])
    assert f"<h1>{row['department']}</h1>" in html_of(app) and 'class="crumb"' in html_of(app)
    app.text_input(key="department:d:words").set_value(row["department"][-4:]).run()
    shown = app.get("button_group")[0].options
    assert 1 <= len(shown) <= 10


def test_a_ranking_says_of_whom_it_is_and_leaves_units_apart(many: Database) -> None:
    year = population.year_of(many, "")
    data = load_departments(many, {}, "zh")
    kinds = {held.document(many, row["document_id"])["kind"] for row in data.rows}  # type: ignore[index]
    years = {held.document(many, row["document_id"])["year"] for row in data.rows}  # type: ignore[index]
    assert "unit" not in kinds and years == {int(year)}
    assert data.sentence.startswith(f"{year} 年，") and "份部门预算" in data.sentence


def test_equal_amounts_share_their_place() -> None:
    rows = [{"fen": 9}, {"fen": 7}, {"fen": 7}, {"fen": 2}, {"fen": None}]
    assert population.places(rows) == ["1", "2=", "2=", "4", ""]
    assert population.spread([1, 2, 3]) is None and population.spread(range(1, 9)) == (2, 4, 6)


def test_the_rates_count_every_check_and_item(many: Database) -> None:
    year = population.year_of(many, "")
    part = rates.Part(year)
    number = rates.total(rates.checks(many, part))
    whole = many.value(
        "SELECT count(*) FROM check_result c JOIN document d USING (document_id) WHERE d.year = ?", (int(year),)
    )
    assert sum(number.values()) == whole
    by_document = rates.total(rates.checks(many, part, "document"))
    assert by_document == number
    rows, count = rates.listed(many, part, "", "balanced", 0, 5)
    assert count == number["balanced"] and len(rows) == min(5, count)
    items = rates.total(rates.items(many, part))
    source = "disclosure_item i JOIN document d USING (document_id)"
    asked = many.value(f"SELECT count(*) FROM {source} WHERE d.year = ?", (int(year),))
    assert sum(items.values()) == asked


def test_the_pages_of_sheets_are_all_sheets_in_their_order(many: Database) -> None:
    keep = SheetFilter(year=int(population.year_of(many, "")))
    rows = sorted(sheets(many, keep), key=lambda row: row["scope"] == "department")
    every = [row["sheet_id"] for row in rows]
    paged = [row["sheet_id"] for start in range(0, len(every), 7) for row in sheet_pages.page(many, keep, start, 7)]
    whole = sheet_pages.totals(many, keep)
    assert paged == every and whole["sheets"] == len(every)
    own = [row["targets"] for row in rows if row["scope"] == "project"]
    assert (whole["targets"], whole["whole"]) == (sum(own), len(rows) - len(own))


def test_questions_over_all_are_of_one_year(many: Database) -> None:
    year = population.year_of(many, "")
    for question in all_questions().values():
        if "d" in question.slots:
            continue
        found = question.answer(many, {"class": "205", "who": "all"}, "zh")
        assert not found.rows or f"{year} 年，" in found.sentence, question.id
        others = {other for other in population.years(many) if other != year}
        named = {str(row.get("who", ""))[-4:] for row in found.rows}
        assert not named & others, question.id


def test_a_region_and_an_account_open_with_what_they_count(many: Database) -> None:
    region = newest(many)[0]["region"]
    said = text_of(opened("region", r=region))
    assert region in said and "可能已含在其他预算中" in said
    code = many.value('SELECT code FROM figure WHERE table_no = 3 AND "column" = ? AND level = 1 LIMIT 1', ("total",))
    assert re.search(r"\d+ 份部门预算印出", text_of(opened("subject", code=code)))


def test_the_sum_of_a_region_leaves_out_what_another_budget_may_hold(many: Database) -> None:
    inner = within_others(many)
    for region in {row["region"] for row in held.documents(many)}:
        for year in regions.years(many, region):
            documents = [row for row in held.documents(many, str(year["year"])) if row["region"] == region]
            added = [row["document_id"] for row in documents if row["document_id"] not in inner]
            assert year["documents"] == len(documents) and year["apart"] == len(documents) - len(added)
            whose = {row["department"] for row in documents if row["kind"] != "unit"}
            assert year["departments"] == len(whose)
            assert year["units"] == sum(row["kind"] == "unit" for row in documents)
            assert year["with_total"] <= len(added) and (year["fen"] is None) == (year["with_total"] == 0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sum_of_money_says_what_it_leaves_out(lang: str) -> None:
    for left in ({}, {"units": 8}, {"units": 8, "apart": 3, "unread": 1}):
        now = {"with_total": 26, "units": 0, "apart": 0, "unread": 0, **left}
        said = home._money_scope(now, lang, "2026")
        assert all(str(number) in said for number in (26, *left.values()))
        assert ("，未计入：" in said or "left out" in said) == bool(left)


def test_the_figures_of_the_home_page_are_of_the_budgets_of_its_chart(many: Database) -> None:
    now = held.overview(many, population.year_of(many, ""))
    chart = load_departments(many, {}, "zh")
    assert now["documents"] == now["units"] + now["with_total"] + now["apart"] + now["unread"]
    assert len(chart.rows) == now["with_total"] + now["apart"]
    assert now["total_fen"] == sum(row["fen"] for row in chart.rows) or now["apart"]


RANKS = re.compile("最多|最少|最大|最高|最低|占比|平均|中位")
OF_WHOM = re.compile(r"20\d\d 年，\d+ 个地区的 \d+ 份(部门)?预算")


@pytest.mark.parametrize("chart_id", [chart.id for chart in all_charts().values() if chart.group != "department"])
def test_a_chart_that_ranks_names_year_and_population(many: Database, chart_id: str) -> None:
    chart = all_charts()[chart_id]
    for year in ("", *population.years(many)):
        key = (("y", year),) if year and "y" in chart.parameters else ()
        said = shown(many, chart, key, "zh").answer
        assert not RANKS.search(said) or OF_WHOM.match(said), said
        assert not year or not key or year in said or not RANKS.search(said)


@pytest.mark.parametrize("question", list(all_questions().values()), ids=lambda question: question.id)
def test_an_answer_that_ranks_names_year_and_population(many: Database, question: Question) -> None:
    chosen = {slot: next(iter(options(many, slot)), "") for slot in question.slots}
    if not question.is_of_all(chosen):
        return  # of one department, which its heading names
    for year in population.years(many):
        said = question.answer(many, {**chosen, "y": year}).sentence
        assert not RANKS.search(said) or (OF_WHOM.match(said) and said.startswith(year)), said


@pytest.mark.parametrize("page", ["home", "three_public", "performance", "compare", "questions", "subject", "region"])
def test_a_page_that_ranks_names_the_year(many: Database, page: str) -> None:
    answers = re.findall(r'<p class="answer">(.*?)</p>', html_of(opened(page)), re.S)
    assert all(re.search(r"20\d\d 年", said) for said in answers if RANKS.search(said)), answers


@pytest.mark.usefixtures("many")
def test_a_page_of_the_three_public_expenses_that_was_asked_for_stands_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(three_public, "A_PAGE", 4)
    first, second = html_of(opened("three_public")), html_of(opened("three_public", p="2"))
    assert first.count("<summary>数据表：") == 1 and '<details class="more"><summary>数据表：' in first
    assert '<details class="more" open><summary>数据表：' in second
    assert all(page.count('class="pages"') == 2 for page in (first, second))  # at the table, and at the reasons


@pytest.mark.usefixtures("many")
def test_a_rerun_of_the_three_public_expenses_ranks_no_year_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among 4,900 budgets of a year each rerun loaded all of them for a table of ten: 0.6 s, now 0.02."""
    app = opened("three_public")
    before, loaded = html_of(app), list[object]()
    monkeypatch.setattr(across, "_three_public_rows", lambda *given: loaded.append(given))
    again = html_of(app.run(timeout=60))
    assert loaded == [] and again == before and before.count("<summary>数据表：") == 1


def test_ties_are_told_as_ties() -> None:
    rows = [
        {"who": name, "fen": fen, "said": f"{fen}%"} for name, fen in zip("甲乙丙丁戊", (5, 5, 5, 5, 2), strict=True)
    ]

    def fen(row: dict[str, Any]) -> int:
        return int(row["fen"])

    assert tied(rows, fen) == ["甲", "乙", "丙", "…"] and tied(rows[3:], fen) == ["丁"]
    said = ends(rows, fen, "said", "answer.basic-share", "zh")
    assert all(part in said for part in ("甲、乙、丙、…（5%）", "戊（2%）"))
    assert ends(rows[:4], fen, "said", "answer.basic-share", "zh") == "4 份预算的基本支出占比都是 5%。"


def test_a_wording_counts_its_documents_and_is_an_explanation(many: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    one, *others = held.documents(many)
    explained = "一、基本支出：指为保障机构正常运转而发生的支出。"
    texts = [(one, explained)] * 3 + [(other, explained) for other in others[:4]]
    texts += [(one, "注：本套报表金额单位转换时可能有尾差。"), (one, "一般公共预算支出表（按经济分类）")]
    rows = [{**row, "text": said, "page": None, "line": 1} for row, said in texts]
    monkeypatch.setattr(held, "glossary", lambda db: rows)
    monkeypatch.setattr(keeping, "kept_on", lambda: None)
    wordings._KEPT.clear()
    said = text_of(opened("glossary"))
    assert explained in said and "另有 2 份文件" in said
    assert "尾差。" not in said and "按经济分类" not in said
    wordings._KEPT.clear()


def test_a_section_behind_its_name_is_made_when_it_is_opened(many: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    whole = department.tables
    monkeypatch.setattr(department, "tables", lambda *given: made.append("tables") or whole(*given))
    document_id = newest(many)[0]["document_id"]
    app = opened("department", d=document_id)
    assert any(fold.label == "公开得怎么样" for fold in app.expander) and not made
    title = "13 张表："
    assert title not in text_of(app)
    app.session_state[f"tables:{document_id}"] = True
    assert title in text_of(app.run()) and made


def test_a_session_does_not_grow_with_the_departments_that_it_walks_through(
    many: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, folded = list[list[str]](), department.folded
    monkeypatch.setattr(department, "folded", lambda *given: kept.append([*st.session_state]) or folded(*given))
    app = opened("department", d=newest(many)[0]["document_id"])
    for row in newest(many, 4):
        app.query_params["d"] = row["document_id"]
        app.run()
    named = [len({key.split(":")[1] for key in keys if key.startswith("department:")} - {"d"}) for keys in kept]
    assert len(named) == 5 and max(named) <= 2, "of the one that is shown, and of the one before"


def test_a_blank_amount_and_an_empty_table_are_not_told_as_unread(many: Database) -> None:
    states = ["blank", "empty_stated", "unreadable"]
    rows = [{"fen": None, "state": state, "year": 0} for state in states] + [{"fen": 5, "state": "stated", "year": 0}]
    documents = population.population(many, population.year_of(many, ""), units_apart=True).documents
    said = of_whom(many, {}, "zh", lambda rows, lang: "。", rows * documents)
    assert f"{2 * documents} 份此数印着空白或整张空表" in said
    said = of_whom(many, {}, "zh", lambda rows, lang: "。", rows[:2] + rows[3:])
    assert f"2 份此数印着空白或整张空表、{documents - 3} 份没有读出或没有印出此数" in said


def test_items_that_cannot_be_added_up_are_not_told_as_differing() -> None:
    def row(name: str, total: int, **items: int | None) -> dict[str, Any]:
        return {"name": name, "fen": total, **{item: {"fen": fen} for item, fen in items.items()}}

    whole = row(
        "无合计的车", 4_077, overseas=1_710, reception=15, vehicles=None, vehicle_purchase=1_869, vehicle_running=483
    )
    rows = [whole, row("空白", 9_000_000, overseas=None, reception=20_000, vehicles=10_000)]
    rows += [row("尾差", 30_010_000, overseas=10_000_000, reception=10_000_000, vehicles=10_000_000)]
    rows += [row("不同", 5_000_000, overseas=1_000_000, reception=1_000_000, vehicles=2_000_000)]
    assert apart(rows) == ["不同 -1.00"]
