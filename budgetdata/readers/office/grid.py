"""Cells with spans put where they are printed: the rows of a table of Word or HTML, all as wide as the widest."""

from __future__ import annotations

from collections.abc import Sequence

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.readers.office.limits import MAX_COLUMNS

Cell = tuple[str, int, int]
"""A cell: its text, how many columns it covers, and how many rows."""


class Grid:
    """Takes the rows of a table one after the other; a merged cell stands in its first row and column, the rest is ''."""

    def __init__(self) -> None:
        self._rows: list[tuple[dict[int, str], Place]] = []
        self._covered: dict[int, int] = {}
        self._width = 0

    def add(self, cells: Sequence[Cell], place: Place, skipped: int = 0) -> None:
        """One more row, its first `skipped` columns left out."""
        texts: dict[int, str] = {}
        below = {column: left - 1 for column, left in self._covered.items() if left > 1}
        column = skipped
        for text, wide, high in cells:
            while self._covered.get(column, 0) > 0:
                column += 1
            if column >= MAX_COLUMNS:
                break
            wide = min(wide, MAX_COLUMNS - column)
            texts[column] = text
            if high > 1:
                below.update(dict.fromkeys(range(column, column + wide), high - 1))
            column += wide
        self._width = max(self._width, column, *(over + 1 for over in self._covered), 0)
        self._covered = below
        if any(texts.values()):
            self._rows.append((texts, place))

    def table(self) -> RawTable | None:
        """The table so far; None where none of its cells holds anything."""
        rows = [
            RawRow(tuple(texts.get(column, "") for column in range(self._width)), place) for texts, place in self._rows
        ]
        return RawTable(tuple(rows)) if rows else None
