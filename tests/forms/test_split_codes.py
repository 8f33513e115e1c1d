"""Codes in columns 类 款 项 on a page whose head has a rule elsewhere: never those of the columns of the page before."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.base.text import UNREAD
from budgetdata.forms.split_codes import join_codes

FIRST = [("类", "款", "项", ""), ("210", "", "", "卫生健康支出"), ("210", "11", "", "行政事业单位医疗")]


def codes(*pages: list[tuple[str, ...]]) -> list[list[str]]:
    """The first cell of each row of each page, as joined."""
    fragments = [
        RawTable(tuple(RawRow(cells, Place(page, number)) for number, cells in enumerate(rows, 1)))
        for page, rows in enumerate(pages, 13)
    ]
    return [[row.cells[0] for row in fragment.rows] for fragment in join_codes(fragments)]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_a_column_without_head_between_the_parts_of_a_code_is_no_part_of_it(gap: int) -> None:
    """A 款 that stands behind it is no 项 of the 款 on the page before: 210 | | 99 is 21099, not 2101199."""
    rows = [["类", "款", "项", ""], ["210", "11", "01", "行政单位医疗"], ["210", "99", "", "其他卫生健康支出"],
            ["221", "", "", "住房保障支出"]]  # fmt: skip
    bent = [tuple(row if not gap else [*row[:gap], "", *row[gap:]]) for row in rows]
    assert codes(FIRST, bent) == [["", "210", "21011"], ["", "2101101", "21099", "221"]]


def test_a_part_beside_which_a_column_without_head_prints_something_is_unread() -> None:
    bent = [("类", "", "款", "项", ""), ("210", "", "11", "01", "行政单位医疗"), ("22", "1", "", "", "住房保障支出")]
    assert codes(FIRST, bent)[1] == ["", "2101101", f"{UNREAD}221"]
