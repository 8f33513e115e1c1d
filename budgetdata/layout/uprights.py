"""Tables with upright rules only: the rows of texts that stand below each other in cells which no rule divides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from budgetdata.base.text import UNREAD
from budgetdata.layout.grid import Grid
from budgetdata.layout.limits import FEWEST_ROWS
from budgetdata.layout.middles import merged_rows
from budgetdata.layout.rows import Row, Unproved
from budgetdata.layout.stacks import stacked
from budgetdata.layout.text import Line

_FEWEST_COLUMNS = 3
"""Columns that print several texts below each other, of a table whose rows no rule divides."""


def stand_in_rows(grid: Grid, printed: Mapping[int, Sequence[Line]]) -> bool:
    """Whether a table of one row between its outer rules prints several texts below each other in most of its cells."""
    if len(grid.owner) != 1:
        return False
    blocks = [len(column) for column in stacked(list(printed.values()))]
    return sum(count >= FEWEST_ROWS for count in blocks) >= _FEWEST_COLUMNS


def rows_between(grid: Grid, printed: Mapping[int, Sequence[Line]]) -> list[Row] | None:
    """The rows of such a table, merged cells proved by the middles or tops of their texts; None where they cannot be told."""
    try:
        return merged_rows([line for lines in printed.values() for line in lines], list(grid.xs))
    except Unproved:
        return None


def unread_row(grid: Grid) -> Row:
    """The row of a table of which no cell can be told."""
    xs, ys = grid.xs, grid.ys
    return (UNREAD,) * (len(xs) - 1), tuple((left, ys[0], right, ys[-1]) for left, right in pairwise(xs))
