"""Whatever is printed or asked: an amount is just what stands there or none, a text is read or refused in one line, an address is
answered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from app_fixtures import client, db  # noqa: F401
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.money import UNITS, is_blank, parse_amount, wan, yuan
from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.text import UNREAD, half_width, key, normal, numeric, one_line, squeeze
from budgetdata.build.document import facts_of
from budgetdata.charts.registered.registry import all_charts
from budgetdata.forms.declared import standard_forms
from budgetdata.privacy.mask import mask
from budgetdata.readers.text import parse_text
from budgetdata.register.sources import Source
from budgetdata.store.rows import document_rows

UNIT = st.sampled_from(sorted(UNITS))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
WORDS = st.sampled_from(
    [
        "部门名称：大观园管理处", "2024年部门预算公开", "预算收支总表", "单位：万元", "项目支出绩效目标表",
        "项目名称", "绩效指标", "一级指标", "数量指标", "合计", "205", "20508", "教育支出", "1,234.56", "0.00", "-",
        "—", "□", "△2.00", "９９", "\ufffd", "\u200b", "\t", "\n", "\n\n", "\f", "<table><tr><td colspan=9>",
        "</td></tr></table>", "| a | b |", "# 第二部分", "经办人：", "＝", "年度资金总额：", "（二）", "1e999", "NaN",
        "=SUM(A1)", "一般公共预算", "本年收入", "比上年增加12.3%", "支出", "万元", "，", "。", "第1页", "0" * 30,
        "元" * 20,
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(WORDS, ANY), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**15), 10**15), UNIT, st.booleans())
def test_an_amount_that_is_printed_is_read_to_the_fen(fen: int, unit: str, commas: bool) -> None:
    value = Decimal(fen) / UNITS[unit]
    printed = f"{value:,f}" if commas else f"{value:f}"
    read = parse_amount(printed, unit)
    assert read is not None and read.fen == fen
    assert parse_amount(wan(fen), "万元").fen == fen and parse_amount(yuan(fen), "元").fen == fen


@settings(max_examples=500, deadline=None)
@given(st.one_of(ANY, st.text("0123456789.,-—−△()（） ¥￥０１２，．元eE+", max_size=30)), UNIT)
def test_what_is_no_amount_is_none_and_what_is_one_has_its_digits(text: str, unit: str) -> None:
    read = parse_amount(text, unit)
    if read is None:
        return
    assert not is_blank(text) and read.raw == text.strip()
    digits = "".join(sign for sign in numeric(text) if sign.isdigit())
    value = abs(Decimal(read.fen) / UNITS[unit])
    assert "".join(sign for sign in f"{value:.{read.decimals}f}" if sign.isdigit()) == digits


@settings(max_examples=400, deadline=None)
@given(ANY)
def test_texts_made_comparable_stay_so(text: str) -> None:
    assert normal(normal(text)) == normal(text) and key(key(text)) == key(text)
    assert squeeze(half_width(text)) == half_width(squeeze(text)) or "\u3000" in text
    assert "\n" not in one_line(text) and "\x1b" not in one_line(text)
    masked, count = mask(text)
    assert (masked == text) == (count == 0)


def _read(document: RawDocument) -> None:
    """The document's rows, or one line why it is none."""
    try:
        facts = facts_of(document, Source("any.txt", "0" * 64, "0" * 12), standard_forms())
    except BudgetDataError as error:
        assert str(error).strip() and "\n" not in str(error)
        return
    document_rows(facts, {})
    assert not [problem for problem in facts.problems if problem.subject == "fault"], "code of ours failed on it"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_read_or_refused_in_a_line(text: str) -> None:
    _read(parse_text(text, "any.txt"))


CELLS = st.one_of(WORDS.filter(lambda word: "\n" not in word and "\t" not in word), st.just(""), ANY)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9).map(tuple), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    ROWS, st.sampled_from(["项目支出绩效目标表", "部门预算收支总表（表一）", "一般公共预算“三公”经费支出预算表", ""])
)
def test_any_table_is_read_or_refused_in_a_line(rows: list[tuple[str, ...]], title: str) -> None:
    table = RawTable(tuple(RawRow(cells, Place(1, number)) for number, cells in enumerate(rows, start=4)))
    above = ("大观园管理处2024年部门预算公开", title, "单位：万元")
    head = [Paragraph(text, Place(1, number)) for number, text in enumerate(above, start=1)]
    _read(RawDocument("any.pdf", "pdf", [*head, table], pages=1))


CHARTS = [f"/embed/{chart}" for chart in list(all_charts())[:2]]
PATHS = st.sampled_from(
    [*CHARTS, "/embed/figure", "/data/figures.csv", "/data/documents.json", "/answer/", "/oembed", "/api"]
)
NAMES = st.one_of(st.sampled_from(["d", "code", "lang", "theme", "year", "_limit", "url", "q", "figure"]), ANY)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(PATHS, st.dictionaries(NAMES, ANY, max_size=4))
@pytest.mark.filterwarnings("ignore")
def test_any_address_is_answered(client: TestClient, path: str, asked: dict[str, str]) -> None:  # noqa: F811
    try:
        answer = client.get(path, params=asked)
    except UnicodeError:
        assume(False)
        return
    assert answer.status_code in (200, 304, 307, 400, 404, 414, 422, 429)
    assert "Traceback" not in answer.text and UNREAD not in answer.headers.get("location", "")
