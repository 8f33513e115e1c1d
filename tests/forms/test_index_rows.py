"""The row that numbers the columns of a table, printed in every way, and rows of amounts that only resemble it. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow
from budgetdata.base.text import UNREAD
from budgetdata.forms.header import is_index_row


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (("栏次", "1", "2", "3"), True),
        (("甲", "1=2+3", "2", "3"), True),
        (("1", "2", "3 4", "5"), True),
        (("1", "2", "3", UNREAD, "5"), True),
        (("1", UNREAD, "", "3"), True),
        (("1挡管护及修缮费", "2", "3", "4"), True),
        (("1个项目", "2", "3", "5"), False),
        (("1个项目", "2", "3"), False),
        (("1.5个项目", "2", "3", "4"), False),
        (("1", UNREAD), False),
        (("1", UNREAD, "4"), False),
        (("2", "3", UNREAD), False),
        (("1", "2.50", UNREAD), False),
        (("201", "2", "3"), False),
    ],
)
def test_numbers_of_columns_count_up_from_one(cells: tuple[str, ...], numbers: bool) -> None:
    assert is_index_row(RawRow(cells, Place(1, 1))) is numbers
