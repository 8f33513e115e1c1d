"""Rows that a page break cuts through: the last row of a page and the first of the next, joined cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import UNREAD, folded
from budgetdata.layout.limits import USUAL_DECIMALS

_WHOLE = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{2,}|-?[0-9]+\.[0-9]{2,}")
_CUT = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]?)?")
_OPEN = re.compile(r".*[.,]|.*,[0-9]{1,2}")
_CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}")
_REST = re.compile(r"[0-9,.]{1,6}")
_SHORT = re.compile(r"-?[0-9][0-9,]*\.[0-9]?|-?[0-9]{1,3}(?:,[0-9]{3})*,[0-9]{0,3}")
"""An amount with fewer than two decimals, which is no code."""


def join_cut_rows(fragments: Sequence[RawTable]) -> list[RawTable]:
    """The fragments of a table; a first row below a repeated head joined to the row before the page break where it is its rest.

    It is as wide, prints something only where that row does, and completes an amount: what is no number of its own, or
    stands below one of several. A rest of a label alone is no reason: labels are joined elsewhere."""
    joined: list[RawTable] = []
    for fragment in fragments:
        top = _repeated(fragments[0], fragment) if joined else 0
        if joined and top < len(fragment.rows) and _completes(fragment.rows[top], joined[-1].rows[-1]):
            above = joined[-1]
            joined[-1] = RawTable((*above.rows[:-1], _joined(above.rows[-1], fragment.rows[top])))
            fragment = RawTable((*fragment.rows[:top], *fragment.rows[top + 1 :]))
            if len(fragment.rows) == top:
                continue
        joined.append(fragment)
    return _without_pieces(joined)


def _without_pieces(fragments: Sequence[RawTable]) -> list[RawTable]:
    """The fragments, an amount in the last row of a page unread that has fewer decimals than all others of the table: the page's
    end may have cut it, and its rest stand on a page that is lost or elsewhere."""
    last = [fragment.rows[-1] for fragment in fragments if fragment.rows]
    if not any(map(_is_short, last)):  # nearly all tables
        return list(fragments)
    rows = [row for fragment in fragments for row in fragment.rows]
    if any(_is_short(row) for row in rows if row not in last):
        return list(fragments)
    if sum(is_whole(cell) for row in rows for cell in row.cells) < USUAL_DECIMALS:
        return list(fragments)
    return [
        RawTable((*fragment.rows[:-1], _unread(fragment.rows[-1]))) if fragment.rows else fragment
        for fragment in fragments
    ]


def _is_short(row: RawRow) -> bool:
    return any(_SHORT.fullmatch(folded(cell)) for cell in row.cells)


def _unread(row: RawRow) -> RawRow:
    return replace(row, cells=tuple(UNREAD if _SHORT.fullmatch(folded(cell)) else cell for cell in row.cells))


def _repeated(first: RawTable, fragment: RawTable) -> int:
    """How many rows at the top of a fragment print what those of the first one do."""
    pairs = zip(first.rows, fragment.rows, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one.cells != other.cells), 0)


def _completes(rest: RawRow, row: RawRow) -> bool:
    if len(rest.cells) != len(row.cells) or not rest.filled:
        return False
    apart = any(_WHOLE.fullmatch(folded(one)) and not other for one, other in zip(row.cells, rest.cells, strict=True))
    completed = 0
    for column, text in rest.filled:
        above = folded(row.cells[column])
        if not above or _WHOLE.fullmatch(above):
            return False
        if _CUT.fullmatch(above) and not (not completed and _CODE.fullmatch(above + folded(text))):
            if not _joins(above, folded(text)):
                return False
            completed += apart or completes(above, text)
    return completed > 0


def completes(above: str, rest: str) -> bool:
    """Whether the rest of an amount makes the piece of it above a whole one, and one of them is no number of its own."""
    piece, below = folded(above), folded(rest)
    joins = bool(_CUT.fullmatch(piece)) and _joins(piece, below)
    return joins and (bool(_OPEN.fullmatch(piece)) or below[0] in ".,")


def _joins(piece: str, below: str) -> bool:
    """Whether a piece of an amount and what stands below it are one amount, whole."""
    return bool(_REST.fullmatch(below) and _WHOLE.fullmatch(piece + below))


def is_whole(amount: str) -> bool:
    """Whether an amount is printed with its decimals."""
    return bool(_WHOLE.fullmatch(folded(amount)))


def _joined(row: RawRow, rest: RawRow) -> RawRow:
    return replace(row, cells=tuple(above + below for above, below in zip(row.cells, rest.cells, strict=True)))
