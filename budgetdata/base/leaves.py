"""What the number of a page counts: pages of a file, worksheets, or nothing where a file has only lines or paragraphs.

Places travel as two whole numbers, page and line, from the reader to whoever looks them up. So that a number says by
itself what it counts, the page of a file that is one of several, or of an office file, is written as
file × 1,000,000 + kind × 100,000 + number. A plain page of a disclosure in one file stays the plain number.
"""

from __future__ import annotations

import re
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


_REF = re.compile(
    r"(?:file (?P<file>\d+))? ?"
    r"(?:p\.(?P<page>\d+)|sheet (?P<sheet>\d+)|line (?P<line>\d+)|par\. (?P<paragraph>\d+))?"
)


def place_ref(page: int | None, line: int | None) -> str:
    """A place as references print it: p.3 or sheet 2 where there are such, else line 120 or par. 12; of one file among several
    with its number before it (file 2 p.3)."""
    file, kind, number = leaf_of(page or 0)
    parts = [f"file {file}"] if file else []
    if number:
        parts.append(f"sheet {number}" if kind == WORKSHEET else f"p.{number}")
    elif line:
        parts.append(f"par. {line}" if kind == PARAGRAPHS else f"line {line}")
    return " ".join(parts)


def page_and_line(ref: str) -> tuple[int | None, int | None] | None:
    """The page number and line that `place_ref` wrote; None where a reference names no place."""
    match = _REF.fullmatch(ref)
    if match is None or not ref:
        return None
    file, page, sheet, line, paragraph = (int(text) if text else 0 for text in match.groups())
    leaf = worksheet(sheet) if sheet else BODY if paragraph else page
    return in_file(file, leaf) or None, line or paragraph or None


def column_letters(column: int) -> str:
    """The letters of a spreadsheet's column, counted from 0: A, B, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
