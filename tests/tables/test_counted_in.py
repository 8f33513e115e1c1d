"""A total tells what it counts in, unless it is itself at odds with its row: then the rows do."""

from __future__ import annotations

import pytest

from budgetdata.base.money import Amount
from budgetdata.base.raw import Place
from budgetdata.base.text import UNREAD
from budgetdata.forms.declared import RowSum, standard_forms
from budgetdata.tables.sums import TableRow, counted_in, is_untold


def rule() -> RowSum:
    return next(rule for rule in standard_forms()[2].side("").row_sums if rule.total == "total" and rule.perhaps)


def row(level: int, total: int, general: int, carryover: int) -> TableRow:
    values = {"total": total, "general": general, "carryover": carryover}
    amounts = {column: Amount(wan * 1_000_000, 2, f"{wan}.00") for column, wan in values.items()}
    return TableRow(level + 1, "", "", "", Place(1, level + 1), 0, level=level, values=amounts)


@pytest.mark.parametrize(
    ("total", "parts", "within"),
    [
        (235, [(150, 150, 10), (85, 85, 90)], ()),
        (335, [(160, 150, 10), (175, 85, 90)], ("carryover",)),
        (335, [(150, 150, 10), (85, 85, 90)], ("carryover",)),
        (313, [(150, 150, 10), (85, 85, 90)], ()),
        (257, [(160, 150, 10), (175, 85, 90)], ("carryover",)),
    ],
)
def test_the_total_row_decides_where_it_agrees_with_itself(
    total: int, parts: list[tuple[int, int, int]], within: tuple[str, ...]
) -> None:
    rows = [row(0, total, 235, 100), *(row(1, *part) for part in parts)]
    assert counted_in(rule(), rows) == within


@pytest.mark.parametrize(
    ("column", "total", "untold"),
    [("general", 335, True), ("carryover", 335, True), ("general", 100, False), ("", 335, False), ("", 300, False)],
)
def test_nobody_knows_what_a_total_counts_in_where_a_part_of_it_was_not_read(
    column: str, total: int, untold: bool
) -> None:
    whole = row(0, total, 235, 100)
    if column:
        whole.broken[column] = UNREAD
        del whole.values[column]
    assert is_untold(rule(), [whole, row(1, 160, 150, 10)]) == untold
