"""Every page opens for every document; what it shows is what is stored; what an address names wrongly is said."""

from __future__ import annotations

import datetime
import re
from html import unescape
from pathlib import Path

import pytest
from opening import alerts, html_of, opened, text_of

from budgetdata.base.settings import DATA_DIR
from budgetdata.forms.declared import standard_forms
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.pages import EXPLAINED, HIDDEN, OURS, PAGES
from budgetdata.markup.sheet_cards import kind_said
from budgetdata.queries import documents as held
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.queries.questions.registry import all_questions
from budgetdata.ui import frame
from budgetdata.ui.about import _names
from budgetdata.web.front import page_names
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money
from budgetdata.words.phrases import told

ROOT = Path(__file__).parents[2]

pytest_plugins = ["app_fixtures"]
pytestmark = pytest.mark.usefixtures("own_navigation")


@pytest.mark.parametrize("page", [*PAGES, *HIDDEN])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_opens_in_both_languages(db: Database, page: str, lang: str) -> None:
    app = opened(page, **({"lang": "en"} if lang == "en" else {}))
    said = text_of(app)
    assert db.version in said and not alerts(app)
    headings = re.findall(r"<h1>(.*?)</h1>", html_of(app))
    assert headings
    assert all(text(lang, f"glossary.word.{word}.text") in said for word in EXPLAINED.get(page, ()))
    if lang == "en" and page not in ("department",):
        assert not re.search(r"[\u4e00-\u9fff]", headings[0])


def test_what_pages_explain_are_words_of_the_glossary() -> None:
    assert set(EXPLAINED) <= {*PAGES, *HIDDEN}
    assert {word for words in EXPLAINED.values() for word in words} <= {*OURS}


def test_the_department_page_shows_the_stored_figures(db: Database, document_id: str) -> None:
    body = html_of(opened("department", d=document_id))
    shown = dict.fromkeys(re.findall(r"passport\?f=([\w.]+)", body))
    assert len(shown) >= 25
    passports = re.findall(
        r'<details class="fig(?! term)[^>]*><summary>([^<]*)</summary><div class="passport">(.*?)</div>', body
    )
    assert len(passports) >= 25
    document = held.document(db, document_id)
    assert document is not None and document["source_kind"] == "text"
    printed = (DATA_DIR / "disclosures" / f"{document_id}.txt").read_text("utf-8").splitlines()
    assert all(db.value("SELECT raw FROM figure WHERE figure_id = ?", (name,)) for name in shown)
    exact = 0
    for summary, inner in passports:
        found = re.search(r"passport\?f=([\w.]+)", inner)
        assert found is not None
        row = db.row("SELECT * FROM figure WHERE figure_id = ?", (found[1],))
        assert row is not None and row["document_id"] == document_id
        assert unescape(re.search(r"<dd>“([^<]*)”</dd>", inner)[1]) == row["raw"]  # type: ignore[index]
        assert f"第 {row['line']} 行" in inner and document["department"] in unescape(inner)
        assert row["raw"] in printed[row["line"] - 1], f"{row['figure_id']}: not printed on line {row['line']}"
        if re.fullmatch(r"-?[\d,]+\.\d{2,6}", summary):
            whole, _, part = summary.replace(",", "").partition(".")
            assert int(whole) * 1_000_000 + int(part.ljust(6, "0")) == row["fen"]
            exact += 1
        else:
            assert unescape(summary) == money(row["fen"])
    assert exact >= 25


def test_the_department_page_quotes_the_reason_and_marks_sheets(db: Database, document_id: str) -> None:
    said = text_of(opened("department", d=document_id))
    quoted = held.paragraphs(db, document_id, "变动情况")
    assert quoted and quoted[0]["text"][:60] in said
    assert "13 张表" in said and held.document(db, document_id)["source_sha256"][:16] in said


def test_drill_down_stands_in_the_address(db: Database, document_id: str) -> None:
    code = db.value(
        "SELECT code FROM form_row WHERE document_id = ? AND table_no = 3 AND level = 2 LIMIT 1", (document_id,)
    )
    app = opened("department", d=document_id, code=code)
    assert 'class="crumb"' in html_of(app) and "".join(app.query_params["code"]) == code


def test_every_sheet_opens_with_both_horizons(db: Database) -> None:
    for row in performance.sheets(db)[:: max(len(performance.sheets(db)) // 8, 1)]:
        said = text_of(opened("performance", s=row["sheet_id"]))
        for target in performance.sheet_targets(db, row["sheet_id"]):
            assert " ".join(target["indicator"].split()) in " ".join(said.split())


def test_fixed_words_of_the_forms_are_told_in_english_too(db: Database) -> None:
    """Kinds of projects, categories of targets and standard tables: in words, with what is printed behind them."""
    for form in standard_forms().values():
        assert text("zh", f"about.form.{form.id}") == form.title
    row = next(row for row in performance.sheets(db) if row["attribute"] and row["attribute"].startswith("一次性项目"))
    said = text_of(opened("performance", s=row["sheet_id"], lang="en"))
    assert f"one-off ({row['attribute']})" in said and "quantity (数量)" in said
    assert kind_said("其他运转类", "en") == "其他运转类" and kind_said(None, "en") == ""
    said = text_of(opened("about", lang="en"))
    assert "Fiscal appropriation: revenue and expenditure (财政拨款收支总表)" in said


@pytest.mark.parametrize("question_id", list(all_questions()))
def test_every_question_has_a_page(question_id: str) -> None:
    app = opened("questions", q=question_id)
    assert f"./answer/{question_id}.csv" in html_of(app)


@pytest.mark.parametrize(
    ("page", "query", "names"),
    [
        ("department", {"d": "nothing"}, "阳泉市招商中心"),
        ("three_public", {"y": "1999"}, "2024"),
        ("performance", {"quality": "good"}, "vague"),
        ("performance", {"s": "nothing.s01"}, ".s01"),
        ("compare", {"d": "nothing"}, "阳泉市招商中心"),
        ("compare", {"m": "euro"}, "staff_quota"),
        ("department", {"code": "9999999"}, "2"),
        ("three_public", {"m": "euro"}, "share"),
        ("checks", {"d": "nothing"}, "阳泉市招商中心"),
        ("checks", {"kind": "magic"}, "balance"),
        ("checks", {"status": "good"}, "different"),
        ("disclosure", {"d": "nothing"}, "阳泉市招商中心"),
        ("questions", {"q": "biggest-projects", "n": "7"}, "50"),
        ("questions", {"q": "why"}, "biggest-projects"),
        ("gallery", {"chart": "pie"}, "income-by-source"),
        ("home", {"lang": "fr"}, "zh"),
    ],
)  # fmt: skip
def test_an_unknown_value_is_named_with_what_exists(page: str, query: dict[str, str], names: str) -> None:
    app = opened(page, **query)
    assert len(alerts(app)) == 1
    said = alerts(app)[0]
    assert "不存在" in said and names in said and list(query.values())[-1] in said


@pytest.mark.parametrize(
    "value", ["![x](https://evil.example/x.png)", "<script>alert(1)</script>", "[a](https://evil.example)"]
)
@pytest.mark.parametrize(
    ("page", "name"), [("home", "lang"), ("department", "d"), ("compare", "d"), ("passport", "f"), ("embeds", "chart")]
)
def test_what_an_address_says_is_never_markup(page: str, name: str, value: str) -> None:
    app = opened(page, **{name: value})
    assert value in alerts(app)[0] and "<script>alert" not in html_of(app)
    assert not app.warning and not app.error, "Streamlit's own boxes read Markdown"


def test_an_unknown_figure_gets_a_message() -> None:
    assert "没有编号为“nope”的数字" in alerts(opened("passport", f="nope"))[0]


def test_a_figure_alone_shows_row_citation_and_report(db: Database) -> None:
    row = db.row("SELECT * FROM figure WHERE table_no = 3 AND level = 1 ORDER BY fen DESC")
    assert row is not None
    app = opened("passport", f=row["figure_id"])
    said = text_of(app)
    assert row["raw"] in said and f"第 {row['line']} 行" in said
    assert any(row["figure_id"] in code.value for code in app.code)


def test_a_citation_of_what_has_no_source_names_none() -> None:
    day = datetime.date(2026, 1, 2)
    assert "《甲》。来源：乙。数据版本 v" in frame.citation_of("zh", "甲", "来源：乙", "v", "p", day)
    assert "《甲》。数据版本 v" in frame.citation_of("zh", "甲", "", "v", "p", day)
    assert "“A”. Data version v" in frame.citation_of("en", "A", "", "v", "p", day)


def test_the_first_page_adds_up_and_ranks_one_year(db: Database) -> None:
    """The newest of which several budgets are held: no sum and no order over two years."""
    body, said = html_of(opened("home")), text_of(opened("home"))
    assert "2024 年 3 份部门预算的表一相加" in said and "年度不同" not in said
    assert money(held.overview(db, "2024")["total_fen"]) in said and money(held.overview(db)["total_fen"]) not in said
    chart = body.partition("departments-by-fund")[0].rpartition("<h2>")[2]
    assert "2024 年，" in chart and " 2023" not in chart


def test_search_marks_the_words(db: Database) -> None:
    app = opened("home", q="培训")
    assert "<mark>培训</mark>" in html_of(app)
    assert "没有找到“绝无此词”" in text_of(opened("home", q="绝无此词"))


def test_a_search_for_markup_is_shown_as_text() -> None:
    assert "<script>" not in html_of(opened("home", q="<script>"))


def test_comparison_states_scope(db: Database) -> None:
    two = [row["document_id"] for row in held.documents(db)][:: len(held.documents(db)) - 1][:2]
    said = text_of(opened("compare", d=",".join(two), m="wan"))
    assert "口径：" in said and "年度不同" in said


def test_reasons_of_tables_are_told_in_the_readers_language(db: Database) -> None:
    """From their codes: not a word of the stored English stands on a Chinese page."""
    row = db.row("SELECT * FROM form_table WHERE reason_code = 'table.placed_by_sums'")
    assert row is not None
    chinese = text_of(opened("department", d=row["document_id"]))
    assert told("zh", row, "reason") in chinese and row["reason"] not in chinese
    assert row["reason"] in text_of(opened("department", d=row["document_id"], lang="en"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"reason": "x", "reason_code": "table.printed", "reason_args": '{"text":"注：本表无数据"}'}, "注：本表无数据"),
        ({"reason": "注：本表无数据", "reason_code": None, "reason_args": None}, "注：本表无数据"),
        ({"reason": None}, ""),
    ],
)
def test_a_coded_column_is_told_from_its_code(written: dict[str, str | None], said: str) -> None:
    assert told("zh", written, "reason") == said


@pytest.mark.parametrize("page", [*PAGES, *HIDDEN])
def test_an_address_that_a_link_names_is_a_page_there_is(page: str) -> None:
    assert address(page, "en", q="甲").removeprefix("./").partition("?")[0] in page_names()


def test_no_page_file_holds_logic() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 40, path.name
        assert re.fullmatch(r"[a-z_]+\.py", path.name)


def test_a_table_of_few_numbers_stays_one_on_a_phone() -> None:
    rows = [{"name": "甲", "n": 5, "fen": 123_456_00, "said": "很长的一句话"}]
    few, wide, words = (
        str(html.table(rows, [(key, key) for key in keys], "zh"))
        for keys in (("name", "n", "fen"), ("name", *["fen"] * 4), ("name", "said"))
    )
    assert 'class="slim"' in few and 'class="cards"' in wide and 'class="cards"' in words


def test_a_number_never_goes_on_in_another_line_of_a_slim_table_words_do() -> None:
    """On a phone 298,461.45 stood as 298,461.4 and below it 5."""
    rows = [{"name": "甲", "n": "52.2%"}, {"name": "乙", "n": "no headcount read"}, {"name": "丙", "n": ""}]
    body = str(html.table(rows, [("name", "Name"), ("n", "Share")], "en"))
    found = re.findall(r'<td class="(n[^"]*)" data-label="Share">([^<]*)', body)
    assert found == [("n", "52.2%"), ("n words", "no headcount read"), ("n void", "")]
    style = Path(html.__file__).with_name("style.css").read_text(encoding="utf-8")
    assert (
        ".mz td.n{white-space:nowrap}" in style
        and "table.slim td.n{" not in style
        and "td.words{white-space:normal}" in style
    )


def test_documents_of_one_name_say_what_they_are() -> None:
    rows = [
        {"department": "甲局", "year": 2025, "kind": kind, "source_file": f"{kind}.pdf"}
        for kind in ("unit", "department")
    ]
    same = [*rows, {**rows[0], "source_file": "b.pdf"}]
    assert _names(rows, "zh") == ["甲局 2025 · 单位", "甲局 2025 · 部门"] and _names(rows[:1], "zh") == ["甲局 2025"]
    assert _names(same, "zh") == ["甲局 2025 · 单位 · unit.pdf", "甲局 2025 · 部门", "甲局 2025 · 单位 · b.pdf"]


def test_the_three_public_expenses_are_told_drawn_and_listed_once() -> None:
    page = html_of(opened("three_public"))
    assert page.count('<p class="answer">') == page.count("<table") == 1
    told, _, behind = page.partition('<details class="more"><summary>数据表：5 行')
    assert "安排最多" in told and "<table" not in told
    listed = behind.partition("增减变动的说明")[0]
    assert "15.00" in listed and "占一般公共预算" in listed and "公务用车 = 购置 + 运行维护" in listed


def test_links_of_charts_say_whose_they_are_in_a_list_of_all_links() -> None:
    page = html_of(opened("department"))
    named = re.findall(r'<a href="\./chart/([\w-]+)\.csv[^"]*" target="_self" aria-label="数据 ([^"]+)">数据</a>', page)
    assert len(named) > 3 and len(dict(named)) == len(named) == len({words for _, words in named})
    assert ("income-by-source", "钱从哪里来？") in named


@pytest.mark.parametrize("page", ["glossary", "performance", "department", "disclosure", "checks"])
def test_tables_have_heads_that_say_what_they_are_of(page: str, document_id: str) -> None:
    query = {"s": f"{document_id}.s01"} if page == "performance" else {"d": document_id}
    drawn = html_of(opened(page, **query))
    for table in re.findall(r"<table.*?</table>", drawn, re.S):
        heads = re.findall(r"<th\b[^>]*>", table)
        assert heads and all("scope=" in head for head in heads), table[:200]


def test_words_of_the_trade_are_explained_by_a_tap_where_they_stand() -> None:
    page = html_of(opened("department", d="3223a2c0af31"))
    term = '<details class="fig term" name="fig"><summary>{}</summary><div class="passport"><b>{}</b><br>{}</div></details>'
    basic, carried = (
        [text("zh", f"glossary.word.{word}{end}") for end in ("", ".text")] for word in ("basic", "carryover")
    )
    assert all(term.format(words, *basic) in page for words in ("基本支出", "项目支出"))
    assert term.format("含上年结转", *carried) in page
    rounding = [text("zh", f"glossary.word.rounding{end}") for end in ("", ".text")]
    assert term.format(text("zh", "checks.key.rounding"), *rounding) in html_of(opened("checks"))
