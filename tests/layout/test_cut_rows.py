"""Rows of tables that a page break cuts through every cell of, as a browser prints them. All invented."""

from __future__ import annotations

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.base.text import UNREAD
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


def test_a_piece_of_an_amount_whose_rest_is_not_there_is_unread() -> None:
    full = (*HEAD, *[ABOVE] * 4)
    for piece in ("12,437.3", "12,437.", "12,437", "12,4", "7.3"):
        cut = ("", "机动车考", "549.64", piece)
        unread = ("", "机动车考", "549.64", UNREAD)
        assert cells((*full, cut)) == [[*full, unread]], piece
        assert cells((*full, cut), (*HEAD, UNDER)) == [[*full, unread], [*HEAD, UNDER]], piece
    for row in (("", "合计", "549.64", "437.36"), ("215", "机动车考", "549.64", "")):
        assert cells((*full, row)) == [[*full, row]]
    short = (*full, ("", "乙", "12.5", "3.00"), ABOVE, ("", "丙", "12.50", "3.5"))
    assert cells(short) == [[*short]], "a table that prints one decimal elsewhere"
    few = (*HEAD, ABOVE, ABOVE, ("", "丙", "12.50", "3.5"))
    assert cells(few) == [[*few]], "too few amounts to know how it prints"
