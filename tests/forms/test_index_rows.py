"""The row that numbers the columns of a table, printed in every way, and rows of amounts that only resemble it. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.base.text import UNREAD
from budgetdata.forms.header import is_index_row, rests_apart


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (("栏次", "1", "2", "3"), True),
        (("甲", "1=2+3", "2", "3"), True),
        (("1", "2", "3 4", "5"), True),
        (("1", "2", "3", UNREAD, "5"), True),
        (("1", UNREAD, "", "3"), True),
        (("1", UNREAD), False),
        (("1", UNREAD, "4"), False),
        (("2", "3", UNREAD), False),
        (("1", "2.50", UNREAD), False),
        (("201", "2", "3"), False),
        (("1", "2", "算3", "预算4", "营预算5", "6", "7"), True),
        (("1", "算2", "预算3", "4"), False),
        (("1", "2", "算4", "5"), False),
        (("一期1", "2", "3"), False),
    ],
)
def test_numbers_of_columns_count_up_from_one(cells: tuple[str, ...], numbers: bool) -> None:
    assert is_index_row(RawRow(cells, Place(1, 1))) is numbers


@pytest.mark.parametrize(
    ("cells", "rest"),
    [
        (("1道闸及养护费", "2", "3", "4"), "道闸及养护费"),
        (("1 （二期）养护费", "2", "", "3", "4"), "（二期）养护费"),
        (("1个项目", "2", "3", "5"), ""),
        (("1个项目", "2", "3"), ""),
        (("1.5个项目", "2", "3", "4"), ""),
        (("1", "2", "3", "4"), ""),
    ],
)
def test_the_rest_of_a_name_behind_the_first_number_is_a_row_of_its_own(cells: tuple[str, ...], rest: str) -> None:
    apart = [("1", *cells[1:]), (rest, *[""] * (len(cells) - 1))] if rest else [cells]
    assert [row.cells for row in rests_apart(RawTable((RawRow(cells, Place(1, 1)),))).rows] == apart
