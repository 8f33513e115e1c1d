"""The pages as a sequence: which is printed twice, and where the printed page numbers say that pages are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.readers.pdf.limits import CONSECUTIVE, MOST_SKIPPED, TWICE
from budgetdata.readers.pdf.paragraphs import PAGE_NUMBER, Layout

_NUMBERS = re.compile(r"\d+")


def repeated(layouts: Sequence[Layout]) -> list[tuple[int, int]]:
    """(index, page of the first printing) of each page whose print, page number apart, stands on an earlier page."""
    seen: dict[tuple[object, ...], int] = {}
    found: list[tuple[int, int]] = []
    for index, layout in enumerate(layouts):
        lines = tuple((line.text, round(line.x0), round(line.base)) for line in layout.lines)
        rows = tuple(cells for table in layout.tables for cells, _ in table.rows)
        length = sum(len(text) for text, _, _ in lines) + sum(len(cell) for cells in rows for cell in cells)
        if length < TWICE:
            continue
        first = seen.setdefault((lines, rows), layout.number)
        if first != layout.number:
            found.append((index, first))
    return found


def gaps(layouts: Sequence[Layout], again: set[int]) -> Iterator[tuple[Place, Said]]:
    """The places behind which the printed page numbers skip; `again` are the indexes of pages printed twice.

    Numbers count only where nearly all go on by one from page to page: elsewhere parts with their own numbers are joined.
    """
    printed = [
        (index - sum(other < index for other in again), layout.number, number)
        for index, layout in enumerate(layouts)
        if index not in again and (number := _printed(layout)) is not None
    ]
    steps = [(one, other, other[2] - one[2] - (other[0] - one[0])) for one, other in pairwise(printed)]
    if len(steps) < 2 or sum(more == 0 for _, _, more in steps) < CONSECUTIVE * len(steps):
        return
    for one, other, more in steps:
        if 0 < more <= MOST_SKIPPED:
            yield (
                Place(other[1] - 1 if other[1] > 1 else one[1], None),
                said("readers.gap", n=more, before=one[2], after=other[2]),
            )


def _printed(layout: Layout) -> int | None:
    """The page number printed on the page, where there is one only."""
    texts = [line.text for line, kind in layout.outside if kind == PAGE_NUMBER]
    found = _NUMBERS.findall(texts[0]) if len(texts) == 1 else []
    return int(found[0]) if found else None
