"""A head that is printed again between rows, and a title that is printed again with another year."""

from __future__ import annotations

import pytest

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import standard_forms
from budgetdata.register.sources import Source
from budgetdata.tables.outline import outline

HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = [
    ("", "合计", "12.00", "8.00", "4.00"),
    ("205", "教育支出", "12.00", "8.00", "4.00"),
    ("20502", "普通教育", "12.00", "8.00", "4.00"),
]
OTHER = [(code, label, "9.00", "6.00", "3.00") for code, label, *_ in ROWS]


def titled(page: int, year: int, rows: list[tuple[str, ...]]) -> list[Paragraph | RawTable]:
    """Table 3 of a year on a page."""
    titles = [Paragraph(text, Place(page, 1)) for text in (f"{year}年部门支出总表", "单位：万元")]
    return [*titles, RawTable(tuple(RawRow(cells, Place(page, 2 + n)) for n, cells in enumerate(rows)))]


def read(*blocks: Paragraph | RawTable) -> DocumentFacts:
    """What is read of blocks."""
    raw = RawDocument("a.pdf", "pdf", list(blocks), pages=6)
    return facts_of(raw, Source("a.pdf", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())


def amounts(facts: DocumentFacts) -> list[tuple[str, str, str]]:
    """Code, column and print of every figure."""
    return [(figure.code, figure.column, figure.raw) for figure in facts.figures]


def test_rows_below_a_head_printed_again_stand_under_that_head() -> None:
    turned = [(*row[:3], row[4], row[3]) for row in (HEAD, *ROWS[2:])]
    whole = amounts(read(*titled(3, 2026, [HEAD, *ROWS])))
    for again in ([HEAD, ROWS[2]], turned):
        facts = read(*titled(3, 2026, [HEAD, *ROWS[:2], *again]))
        assert sorted(amounts(facts)) == sorted(whole)
        assert facts.tables[2].status == "data"


@pytest.mark.parametrize("first", [2025, 2026])
def test_a_table_of_another_year_is_no_part_of_that_of_this_one(first: int) -> None:
    years = {2026: ROWS, 2025: OTHER}
    facts = read(*titled(3, first, [HEAD, *years[first]]), *titled(4, 4051 - first, [HEAD, *years[4051 - first]]))
    assert amounts(facts) == amounts(read(*titled(3, 2026, [HEAD, *ROWS])))
    assert [p.message.code for p in facts.problems if p.severity == "unread"] == ["table.again"]


def test_a_page_that_goes_on_under_a_title_of_another_year_is_a_part_of_its_table() -> None:
    facts = read(*titled(3, 2026, [HEAD, *ROWS[:2]]), *titled(4, 2025, [HEAD, ROWS[2]]))
    assert amounts(facts) == amounts(read(*titled(3, 2026, [HEAD, *ROWS])))


def test_title_unit_and_lines_between_may_be_rows_of_the_grid() -> None:
    rows = [
        ("附件3", "", ""), ("部门预算支出总表", "", ""), ("部门编码及名称：[356]某局", "", ""), ("单位：万元", "", ""),
        ("科目编码", "科目名称", "合计"), ("205", "教育支出", "3.00"), ("第 3 页", "", ""),
    ]  # fmt: skip
    block = RawTable(tuple(RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)))
    found = outline([block], standard_forms(), set()).tables[3]
    assert (found.unit, [row.cells for row in found.fragments[0].rows]) == ("万元", rows[4:6])


@pytest.mark.parametrize("title", ["一般公共预算支出（表元（）按功能分类）", "\ufffd算\ufffd出\ufffd", "第二部分附件"])
def test_a_page_under_a_title_that_cannot_be_read_is_no_table_of_another_fund_with_the_same_head(title: str) -> None:
    table = titled(3, 2026, [HEAD, *ROWS])
    more_rows = [(code.replace("205", "208"), *cells) for code, *cells in OTHER[1:]]
    spent = [*titled(2, 2026, [HEAD, *ROWS]), Paragraph("2026年一般公共预算支出表", Place(3, 1)), *table[1:]]
    lost = [Paragraph(text, Place(4, 1)) for text in ("表7", title, "部门名称：某局", "单位：万元")]
    more = RawTable(tuple(RawRow(cells, Place(4, 2 + n)) for n, cells in enumerate([HEAD, *more_rows])))
    facts = read(*spent, *lost, more)
    assert {figure.table_no for figure in facts.figures} == {3, 5}
    assert amounts(facts) == amounts(read(*spent))
