"""What the number of a page counts: pages of a file, worksheets, or nothing where a file has only lines or paragraphs.

Places travel as two whole numbers, page and line, from the reader to whoever looks them up. So that a number says by
itself what it counts, the page of a file that is one of several, or of an office file, is written as
file × 1,000,000 + kind × 100,000 + number. A plain page of a disclosure in one file stays the plain number.
"""

from __future__ import annotations

from typing import NamedTuple

FILE, KIND = 1_000_000, 100_000
PAGE, WORKSHEET, PARAGRAPHS = 0, 1, 2
"""Kinds: pages (or a text without any), worksheets, and a body of paragraphs that are counted in place of lines."""


class Leaf(NamedTuple):
    """What a page number counts: file (1, 2, … where there are several, else 0), kind, and the number in it (0 for none)."""

    file: int
    kind: int
    number: int


def leaf_of(page: int) -> Leaf:
    """The parts of a page number."""
    return Leaf(page // FILE, page % FILE // KIND, page % KIND)


def in_file(file: int, page: int | None) -> int:
    """The page of a file on its own as a page of the file so numbered among several."""
    return file * FILE + (page or 0)


def worksheet(number: int) -> int:
    """The page number of a worksheet, counted from 1."""
    return WORKSHEET * KIND + number


BODY = PARAGRAPHS * KIND
"""The page number of a body of paragraphs."""


def has_pages(page: int | None) -> bool:
    """True where a page number names a page or worksheet, so that its lines are counted anew on each."""
    return page is not None and page % KIND > 0


def place_ref(page: int | None, line: int | None) -> str:
    """A place as references print it: p.3 where there are pages, else line 120; both in a file without pages among several."""
    if page is None or has_pages(page) or not line:
        return f"p.{page}" if page else f"line {line}"
    return f"p.{page} line {line}" if leaf_of(page).file else f"line {line}"


def column_letters(column: int) -> str:
    """The letters of a spreadsheet's column, counted from 0: A, B, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
