"""Tables wider than a page: their columns go on beside themselves, on pages of their own, under the same codes and names."""

from __future__ import annotations

from collections.abc import Sequence

from budgetdata.tables.sums import TableRow

Half = tuple[tuple[str, ...], list[TableRow]]
"""The columns of amounts under one header, and the rows below it."""
_FEWEST = 2


def joined(halves: Sequence[Half]) -> list[TableRow]:
    """The rows of all halves in printed order; one that lists rows of the one before once more, under columns that it has
    not, gives them its amounts, each with the place that it is printed at."""
    runs: list[Half] = []
    for columns, rows in halves:
        same = runs and runs[-1][0] == columns
        runs = [*runs[:-1], (columns, [*runs[-1][1], *rows])] if same else [*runs, (columns, rows)]
    kept: list[Half] = []
    for columns, rows in runs:
        left = {_name(row): row for row in kept[-1][1]} if kept else {}
        if kept and not set(columns) & set(kept[-1][0]) and _lists_again(rows, kept[-1][1]):
            kept[-1] = ((*kept[-1][0], *columns), kept[-1][1])
            for row in rows:
                _add(left[_name(row)], row, columns)
        else:
            kept.append((columns, rows))
    return [row for _, rows in kept for row in rows]


def _name(row: TableRow) -> tuple[str, str]:
    return row.code, row.label


def _lists_again(rows: Sequence[TableRow], above: Sequence[TableRow]) -> bool:
    """Whether rows are some of those above, from the first on and in their order, none of which is printed twice."""
    names = [_name(row) for row in above]
    if min(len(rows), len(names)) < _FEWEST or len(set(names)) < len(names) or _name(rows[0]) != names[0]:
        return False
    waiting = iter(names)
    return all(_name(row) in waiting for row in rows)


def _add(left: TableRow, right: TableRow, columns: Sequence[str]) -> None:
    left.places |= dict.fromkeys(columns, right.place)
    left.values |= right.values
    left.printed |= right.printed
    left.broken |= right.broken
    left.boxes |= right.boxes
    left.cut = left.cut or right.cut
