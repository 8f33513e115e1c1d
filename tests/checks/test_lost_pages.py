"""A sum that does not hold is no disagreement where a page of its table may be lost."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import standard_forms
from budgetdata.register.sources import Source
from budgetdata.tables.lacking import unproved_pages
from budgetdata.tables.outline import TableGroup

HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
FIRST = [
    HEAD,
    ("", "合计", "9.00", "9.00", ""),
    ("201", "一般公共服务支出", "2.00", "2.00", ""),
    ("20113", "商贸事务", "2.00", "2.00", ""),
]
NEXT = [("205", "教育支出", "3.00", "3.00", ""), ("20502", "普通教育", "3.00", "3.00", "")]


def part(page: int, rows: list[tuple[str, ...]]) -> RawTable:
    """Rows as a table on a page."""
    boxes = [(50.0 + 100 * column, 0.0, 150.0 + 100 * column, 20.0) for column in range(5)]
    made = [
        RawRow(cells, Place(page, 2 + n), tuple((b[0], 60.0 + 20 * n, b[2], 80.0 + 20 * n) for b in boxes))
        for n, cells in enumerate(rows)
    ]
    return RawTable(tuple(made))


def document(*tables: RawTable) -> RawDocument:
    """The tables under the title of table 3, and before it one that reaches further down its page."""
    titles = [Paragraph(text, Place(3, 1)) for text in ("2026年部门支出总表", "单位：万元")]
    return RawDocument("a.pdf", "pdf", [part(2, [("说明", "", "", "", "")] * 9), *titles, *tables], pages=6)


@pytest.mark.parametrize(
    ("numbered", "status"),
    [((), "not_evaluable"), ((3,), "not_evaluable"), ((2, 5), "different")],  # the last leave no page out between them
)
def test_a_total_over_pages_without_numbers_may_lack_one(numbered: tuple[int, ...], status: str) -> None:
    raw = document(part(3, FIRST), part(4, [HEAD, *NEXT]))
    raw.left_out = [(Place(page, 30), said("readers.page_number")) for page in numbered]
    facts = facts_of(raw, Source("a.pdf", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())
    assert {check.status for check in facts.checks if check.rule == "t03.total"} == {status}
    assert next(table.status for table in facts.tables if table.table_no == 3) == "data"


def test_a_row_that_goes_on_over_the_end_of_its_page_proves_that_none_is_lost() -> None:
    first, form = part(3, FIRST), standard_forms()[3]
    for rest, lost in (([], [3]), ([("", "（款）", "", "", "")], [])):
        parts = [first, part(4, [*rest, *NEXT])]
        group = TableGroup(form, form.title, Place(3, 1), parts)
        assert [lack.page for lack in unproved_pages(document(*parts), group)] == lost
    low = part(3, [*FIRST, *[("", "", "1.00", "1.00", "")] * 5])
    group = TableGroup(form, form.title, Place(3, 1), [low])
    assert [lack.page for lack in unproved_pages(document(low), group)] == [3], "it ends at the foot of its page"
