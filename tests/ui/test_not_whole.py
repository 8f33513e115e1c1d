"""公开度 over many budgets: what is not whole comes first, what is whole is one line, what was not read is not told as theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from app_fixtures import Changed
from opening import html_of, opened

from budgetdata.charts.registered.agreement import load_disclosure
from budgetdata.markup import unchecked
from budgetdata.queries import population
from budgetdata.queries.base import Database
from budgetdata.queries.signals import rates
from budgetdata.queries.signals.lacking import lacking
from budgetdata.queries.signals.rates import Part

pytest_plugins = ["app_fixtures"]
pytestmark = pytest.mark.usefixtures("own_navigation")
XINZHOU, YANGQUAN = "0dfe996d89b0", "3223a2c0af31"
_COUNTED = """INSERT INTO item_year SELECT d.year, coalesce(d.region, ''), d.kind, i.item_id, i.status, count(*)
              FROM disclosure_item i JOIN document d USING (document_id) GROUP BY 1, 2, 3, 4, 5"""

_CHECKED = """INSERT INTO check_year SELECT d.year, coalesce(d.region, ''), d.kind, c.kind, c.status, sum(c.n)
              FROM check_sum c JOIN document d USING (document_id) GROUP BY 1, 2, 3, 4, 5"""


@pytest.fixture
def planted(changed: Changed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Five budgets of one year, all whole, but: one prints no glossary, another's was not read, nor was its table 10."""
    item = "UPDATE disclosure_item SET status = '{}' WHERE item_id = '{}' AND document_id = '{}'"
    db = changed(
        "UPDATE disclosure_item SET status = 'full'",
        item.format("missing", "glossary", XINZHOU),
        item.format("unread", "glossary", YANGQUAN),
        item.format("unread", "t10", YANGQUAN),
        "UPDATE document SET year = 2024",
        "DELETE FROM item_year",
        _COUNTED,
        "DELETE FROM check_year",
        _CHECKED,
    )
    monkeypatch.setenv("BUDGETDATA_DB", str(db.path))
    monkeypatch.setattr(population, "MANY", 4)
    yield db


def rows_of(page: str) -> list[list[str]]:
    """The cells of the rows of a page's tables, in words."""
    rows = (re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S) for row in re.findall(r"<tr.*?</tr>", page, re.S))
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows]


def test_what_falls_short_comes_first_and_the_rest_is_a_line_each(planted: Database) -> None:
    page = html_of(opened("disclosure"))
    core = page.partition("核心：必须公开</h3>")[2].partition("地方格式")[0]
    short, _, rest = core.partition("<details")
    assert rows_of(short)[1:] == [["专业名词解释", "1", "0", "1", "3/4"]]
    unread, _, whole = rest.partition("</details>")
    assert "另有 1 项，读出的各份都已公开" in unread and rows_of(unread)[1:] == [
        ["“三公”经费支出表", "0", "0", "1", "4/4"]
    ]
    assert re.search(r"<summary>另有 17 项，各份都读出并已公开[^<]*</summary>", whole)  # 19 core items
    assert "共读出 93 项次，92 项次已公开" in page  # 5 × 19, two of them not read


def test_places_where_all_is_whole_are_counted_behind_one_line(planted: Database) -> None:
    matrix = html_of(opened("disclosure")).partition("哪些地方不完整")[2]
    table, _, rest = matrix.partition("</table>")
    assert rows_of(table)[0][1:] == ["合计", "忻州市", "阳泉市"]
    assert rows_of(table)[1:] == [["专业名词解释", "75.0% 3/ 4 1 份未读出", "0.0% 0/ 1", "1 份未读出"]]
    assert "另有 1 个地方，上列各项都读出并已公开" in rest and "山西转型综合改革示范区" in rest


def test_an_item_names_the_budgets_where_it_is_not_whole(planted: Database) -> None:
    listed = lacking(planted, Part("2024"), "glossary", 0, 30)
    assert [(row["document_id"], row["status"]) for row in listed] == [(XINZHOU, "missing"), (YANGQUAN, "unread")]
    page = html_of(opened("disclosure", item="t10"))
    found = page.partition("“三公”经费支出表：1 份不完整或没有读出")[2].partition("</table>")[0]
    assert f"d={YANGQUAN}" in found and "没有读出" in found and XINZHOU not in found
    assert "不完整或没有读出" not in html_of(opened("disclosure", item="t01"))


def test_kinds_of_checks_that_all_agree_are_a_line_and_what_could_not_be_checked_says_why(planted: Database) -> None:
    reasons, _, matrix = html_of(opened("checks")).partition("无法核对的，为什么")[2].partition("各类核对的一致率")
    unchecked = planted.value("SELECT count(*) FROM check_result WHERE status = 'not_evaluable'")
    assert f"条核对里有 {unchecked} 条无法核对" in reasons
    assert sum(int(row[1]) for row in rows_of(reasons) if row[1].isdigit()) == unchecked
    assert rows_of(reasons)[1][0] == "两边都未填" and re.search(r"<summary>另有 \d+ 种原因</summary>", reasons)
    table, _, rest = matrix.partition("</table>")
    heads, *kinds = rows_of(table)
    assert [kind[0].split()[0] for kind in kinds] == ["绩效表文字", "说明：分项个数", "说明：占比增减", "说明：金额"]
    assert heads[2:] == ["山西转型综合改革示范区", "忻州市", "阳泉市"]
    assert kinds[0][1:] == ["40.0% 4/ 10", "37.5% 3/ 8", "—", "50.0% 1/ 2"]
    assert "另有 9 类，可以核对的全部一致（含尾差）" in rest and "个地方" not in rest
    assert "收支平衡" not in table and "收支平衡" in rest


def test_a_place_where_all_agrees_is_counted_behind_a_line(planted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchecked, "MOST", 5)
    page = html_of(opened("checks", r="阳泉市"))
    assert "选一个地区或部门，看原因" in page and "两边都未填" not in page
    numbers = {("甲市", "balance"): {"balanced": 1}, ("乙市", "balance"): {"not_evaluable": 2}}
    assert [rates.agrees(number) for number in numbers.values()] == [True, False]


def test_few_items_that_are_not_whole_are_named_with_their_budget(db: Database, changed: Changed) -> None:
    """Of the five one prints its changes with a reason in part: the sentence of page and embed says which."""
    said = load_disclosure(db, {}, "zh").sentence
    assert said.endswith(
        "1 处只有部分、没有说明或没有找到。不完整的是科技金融部 2023 的“收支增减变化情况及原因”（部分）。"
    )
    assert "It is “Changes of income" in load_disclosure(db, {}, "en").sentence
    more = changed("UPDATE disclosure_item SET status = 'missing' WHERE item_id IN ('glossary', 't10')")
    assert load_disclosure(more, {}, "zh").sentence.endswith("11 处只有部分、没有说明或没有找到。它们在 5 份预算里。")
