"""Tables wider than a page: their columns go on beside themselves, on pages of their own, under the same codes and names."""

from __future__ import annotations

from collections.abc import Sequence

from budgetdata.tables.sums import TableRow

Half = tuple[tuple[str, ...], list[TableRow]]
"""The columns of amounts under one header, and the rows below it."""
_FEWEST = 2


def joined(halves: Sequence[Half]) -> list[TableRow]:
    """The rows of all halves in printed order; one that lists the rows of the one before once more, under columns that it
    has not, gives them its amounts, each with the place that it is printed at."""
    runs: list[Half] = []
    for columns, rows in halves:
        same = runs and runs[-1][0] == columns
        runs = [*runs[:-1], (columns, [*runs[-1][1], *rows])] if same else [*runs, (columns, rows)]
    kept: list[Half] = []
    for columns, rows in runs:
        if (
            kept
            and not set(columns) & set(kept[-1][0])
            and _names(rows) == _names(kept[-1][1])
            and len(rows) >= _FEWEST
        ):
            kept[-1] = ((*kept[-1][0], *columns), kept[-1][1])
            for left, right in zip(kept[-1][1], rows, strict=True):
                _add(left, right, columns)
        else:
            kept.append((columns, rows))
    return [row for _, rows in kept for row in rows]


def _names(rows: Sequence[TableRow]) -> list[tuple[str, str]]:
    return [(row.code, row.label) for row in rows]


def _add(left: TableRow, right: TableRow, columns: Sequence[str]) -> None:
    left.places |= dict.fromkeys(columns, right.place)
    left.values |= right.values
    left.printed |= right.printed
    left.broken |= right.broken
    left.boxes |= right.boxes
    left.cut = left.cut or right.cut
