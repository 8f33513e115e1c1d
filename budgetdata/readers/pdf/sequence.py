"""The pages as a sequence: which is printed twice, and where the printed page numbers say that pages are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.layout.limits import CONSECUTIVE, FEW_SKIPPED, MOST_SKIPPED, TWICE
from budgetdata.readers.pdf.paragraphs import PAGE_NUMBER, Layout

_NUMBERS = re.compile(r"\d+")


def repeated(layouts: Sequence[Layout]) -> list[tuple[int, int]]:
    """(index, page of the first printing) of each page that is printed once more.

    Two tables may go on over pages that print the same rows. A page is the same page only where it follows its first
    printing at once, or carries its page number in a document whose numbers go on by one throughout.
    """
    numbered = _go_on(_numbers(layouts, set()))
    seen: dict[tuple[object, ...], int] = {}
    found: dict[int, int] = {}
    for index, layout in enumerate(layouts):
        lines = tuple((line.text, round(line.x0), round(line.base)) for line in layout.lines)
        rows = tuple(cells for table in layout.tables for cells, _ in table.rows)
        length = sum(len(text) for text, _, _ in lines) + sum(len(cell) for cells in rows for cell in cells)
        if length < TWICE:
            continue
        outside = tuple(line.text for line, _ in layout.outside)
        first = seen.setdefault((lines, rows, outside), index)
        follows = all(between in found for between in range(first + 1, index))
        if first != index and (follows or (numbered and _printed(layout) is not None)):
            found[index] = layouts[first].number
    return list(found.items())


def gaps(layouts: Sequence[Layout], again: set[int]) -> Iterator[tuple[Place, Said]]:
    """The places behind which the printed page numbers skip, or go back; `again` are the indexes of pages printed twice.

    Skips count only where nearly all numbers go on by one from page to page: elsewhere parts with their own numbers are
    joined. Where they are one numbering, each number printed once, a page stands elsewhere than it was numbered for.
    """
    numbers = _numbers(layouts, again)
    once = _is_one_numbering(numbers)
    if not once and not _go_on(numbers):
        return
    moved = once and any(_skipped(one, other) < 0 for one, other in pairwise(numbers))
    for one, other in pairwise(numbers):
        more = _skipped(one, other)
        here = Place(max(other[1] - 1, one[1]), None)
        if moved and more:
            yield here, said("readers.out_of_order", before=one[2], after=other[2])
        elif 0 < more <= MOST_SKIPPED:
            yield here, said("readers.gap", n=more, before=one[2], after=other[2])


def _numbers(layouts: Sequence[Layout], again: set[int]) -> list[tuple[int, int, int]]:
    """(how many pages stand before, page, number printed on it) of each page with a printed number. Two on one sheet that
    carries one number are one page."""
    kept = [(layout.number, _printed(layout)) for index, layout in enumerate(layouts) if index not in again]
    found: list[tuple[int, int, int]] = []
    before = 0
    for _, sheet in groupby(kept, key=itemgetter(0)):
        pages = list(sheet)
        numbered = [(at, page, number) for at, (page, number) in enumerate(pages) if number is not None]
        found += [(before + at * (len(numbered) > 1), page, number) for at, page, number in numbered]
        before += len(pages) if len(numbered) != 1 else 1
    return found


def _skipped(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return other[2] - one[2] - (other[0] - one[0])


def _go_on(numbers: list[tuple[int, int, int]]) -> bool:
    """Whether nearly all numbers go on by one from page to page."""
    steps = [_skipped(one, other) for one, other in pairwise(numbers)]
    return len(steps) > 1 and steps.count(0) >= CONSECUTIVE * len(steps)


def _is_one_numbering(numbers: list[tuple[int, int, int]]) -> bool:
    """Whether every number is printed once and hardly one is lacking between the least and the greatest."""
    printed = {number for _, _, number in numbers}
    pages = numbers[-1][0] - numbers[0][0] + 1 if numbers else 0
    return len(numbers) > 2 and len(printed) == len(numbers) and max(printed) - min(printed) < pages + FEW_SKIPPED


def _printed(layout: Layout) -> int | None:
    """The page number printed on the page, where there is one only."""
    texts = [line.text for line, kind in layout.outside if kind == PAGE_NUMBER]
    found = _NUMBERS.findall(texts[0]) if len(texts) == 1 else []
    return int(found[0]) if found else None
