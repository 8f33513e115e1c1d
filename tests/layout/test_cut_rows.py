"""Rows of tables that a page break cuts through every cell of, as a browser prints them. All invented."""

from __future__ import annotations

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.layout.cut_rows import join_cut_rows

HEAD = (("科目", "", "总计", "基本支出"), ("编码", "名称", "", ""))
ABOVE = ("205", "教育支出", "477,400.00", "131,500.00")
UNDER = ("215", "资源勘探工业信息等支出", "355,300.00", "")


def cells(*pages: tuple[tuple[str, ...], ...]) -> list[list[tuple[str, ...]]]:
    """The cells of each fragment once cut rows are joined."""
    tables = [
        RawTable(tuple(RawRow(row, Place(number, line)) for line, row in enumerate(page, 1)))
        for number, page in enumerate(pages, 1)
    ]
    return [[row.cells for row in table.rows] for table in join_cut_rows(tables)]


def test_the_rest_of_a_row_joins_it_below_a_repeated_head_too() -> None:
    cut, rest = ("210110", "行政单", "380,60", ""), ("1", "位医疗", "0.00", "")
    whole = ("2101101", "行政单位医疗", "380,600.00", "")
    assert cells((*HEAD, ABOVE, cut), (*HEAD, rest, UNDER)) == [[*HEAD, ABOVE, whole], [*HEAD, UNDER]]
    assert cells((*HEAD, ABOVE, cut), (rest, UNDER)) == [[*HEAD, ABOVE, whole], [UNDER]]
    assert cells((*HEAD, ABOVE, cut), (*HEAD, rest)) == [[*HEAD, ABOVE, whole]]
    cut, rest = ("", "机动", "549.64", "437.3"), ("", "车考试中心", "", "6")
    assert cells((*HEAD, ABOVE, cut), (rest, UNDER))[0][-1] == ("", "机动车考试中心", "549.64", "437.36")


def test_a_row_of_its_own_stays_one() -> None:
    for cut, first in (
        (("", "行政单位", "380", ""), ("205", "教育支出", "0.50", "")),
        (("", "甲项目", "96.6", "96.6"), ("", "乙项目", "12", "12")),
        (("", "甲项目", "90", "90"), ("", "乙项目", "96.67", "96.67")),
        (("205", "教育支出", "380,600.00", ""), ("", "合计", "0.00", "")),
        (("205", "教育支出", "380,60", ""), ("20502", "普通教育", "1.00", "")),
    ):
        assert cells((*HEAD, ABOVE, cut), (*HEAD, first, UNDER)) == [[*HEAD, ABOVE, cut], [*HEAD, first, UNDER]]
    assert cells((*HEAD, ABOVE), HEAD) == [[*HEAD, ABOVE], [*HEAD]]
