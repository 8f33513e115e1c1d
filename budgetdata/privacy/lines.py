"""The lines of a text with what is asked of each: its cells, and whether it states who handles something."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from budgetdata.privacy.patterns import STAFF_LINE, STAFF_ROW

Span = tuple[int, int, str]
"""Where something personal stands in a text, and the mask that replaces it."""


@dataclass(frozen=True)
class TextLine:
    """One line: where it begins in its text, and what is printed on it; only a line feed ends one."""

    start: int
    text: str

    @cached_property
    def bare(self) -> str:
        """The line without its end."""
        return self.text.rstrip("\r\n")

    @cached_property
    def cells(self) -> list[str]:
        """Its cells; a vertical tab breaks a line inside one."""
        return self.bare.split("\t")

    @cached_property
    def staff(self) -> bool:
        """Whether it is a row that states who handles something."""
        return self.speaks_of_staff and bool(STAFF_ROW.search(self.bare))

    @cached_property
    def speaks_of_staff(self) -> bool:
        """Whether a label of a person or a phone is printed on it anywhere."""
        return bool(STAFF_LINE.search(self.text))

    @cached_property
    def _tabs(self) -> list[int]:
        return [match.start() for match in re.finditer("\t", self.text)]

    @cached_property
    def placed(self) -> list[tuple[int, int, str]]:
        """Each cell that is not blank: its number, where its text begins in the whole text, and that text."""
        found, at = [], self.start
        for index, cell in enumerate(self.cells):
            if bare := cell.strip():
                found.append((index, at + cell.index(bare), bare))
            at += len(cell) + 1
        return found

    def cell_at(self, offset: int) -> int:
        """The number of the cell at an offset in the line."""
        return bisect_right(self._tabs, offset - 1)


WIDEST_LIST = 40
"""Rows of more cells than these are no lists of persons, and would each be looked at many times."""


def tables_of(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Rows that follow each other."""
    table: list[TextLine] = []
    for line in lines:
        if 1 < len(line.cells) <= WIDEST_LIST:
            table.append(line)
        elif table:
            yield table
            table = []
    if table:
        yield table


def lines_of(text: str) -> Iterator[TextLine]:
    """The lines of a text in order."""
    return (TextLine(match.start(), match[0]) for match in re.finditer(r"[^\n]*\n|[^\n]+", text))


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the lines begin and end that a pattern is found in, which finds nothing over a line's end."""
    end = 0
    while found := pattern.search(text, end):
        start, stop = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
        end = stop if stop >= 0 else len(text)
        yield start, end
