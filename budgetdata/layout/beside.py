"""Text beside a grid, at the height of a row with amounts: it belongs to no cell, and to that row by all one sees."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from budgetdata.base.raw import Box
from budgetdata.base.said import Said, said
from budgetdata.layout.geometry import Glyph
from budgetdata.layout.limits import MARGIN
from budgetdata.layout.rows import FoundTable
from budgetdata.layout.text import lines_of

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d{2,6}|-?\d{1,3}(?:,\d{3})+")


def beside(table: FoundTable, glyphs: Sequence[Glyph], grids: Sequence[Box]) -> list[tuple[float, Said]]:
    """(height, reason) where text in none of the grids stands beside rows of the table that print amounts."""
    tops = sorted(box[1] for cells, boxes in table.rows for text, box in zip(cells, boxes, strict=True) if box and text)
    with_amounts = [
        (box[1], box[3])
        for cells, boxes in table.rows
        for text, box in zip(cells, boxes, strict=True)
        if box and _AMOUNT.fullmatch(text)
    ]
    if not tops or not with_amounts:
        return []
    stray = [g for g in glyphs if tops[0] < g.mid < table.box[3] and not any(_holds(box, g) for box in grids)]
    found = [line for line in lines_of(stray) if any(top < line.mid < bottom for top, bottom in with_amounts)]
    if not found:
        return []
    at = tops[max(bisect_right(tops, found[0].mid) - 1, 0)]
    return [(at + MARGIN, said("readers.beside_table", n=len(found), text=found[0].text))]


def _holds(box: Box, glyph: Glyph) -> bool:
    return box[0] - MARGIN <= glyph.centre <= box[2] + MARGIN and box[1] <= glyph.mid <= box[3]
