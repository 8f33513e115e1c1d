"""Lines of text below each other in a column as the texts of its cells: which of them go on in the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetdata.layout.columns import Block, is_amount
from budgetdata.layout.rows import follows, had_no_room
from budgetdata.layout.text import Line

_COMPARED = re.compile(r"[≥≤=＝><＞＜≧≦]")
"""What a value begins with that is compared with: a cell of its own."""
_Heights = tuple[int, int]


def stacked(columns: Sequence[Sequence[Line]]) -> list[list[Block]]:
    """The texts of each column from top to bottom, wrapped ones joined: never two lines beside which another column prints two
    texts."""
    ordered = [sorted(column, key=lambda piece: piece.base) for column in columns]
    joins = [_joins(column) for column in ordered]
    apart = {
        pair
        for column, joined in zip(ordered, joins, strict=True)
        for pair in map(_heights, column, column[1:])
        if pair not in joined
    }
    apart |= {pair for n, joined in enumerate(joins) for pair in joined if _each_beside(pair, ordered[n + 1 :], joins)}
    return [_blocks(column, joined - apart) for column, joined in zip(ordered, joins, strict=True)]


def wrapped(column: Sequence[Line]) -> list[Block]:
    """The texts of a column whose cells reach over rows of others: joined by their own width alone."""
    ordered = sorted(column, key=lambda piece: piece.base)
    return _blocks(ordered, _joins(ordered))


def _each_beside(pair: _Heights, right: Sequence[Sequence[Line]], joins: Sequence[set[_Heights]]) -> bool:
    """Whether texts stand at the right of both lines, and none goes on from the one to the other: two rows."""
    printed = [{round(piece.base) for piece in column} for column in right]
    goes_on = any(pair in joined for joined in joins[len(joins) - len(right) :])
    return not goes_on and all(any(height in column for column in printed) for height in pair)


def _blocks(column: Sequence[Line], joined: set[_Heights]) -> list[Block]:
    blocks: list[Block] = []
    for piece in column:
        if blocks and _heights(blocks[-1].pieces[-1], piece) in joined:
            blocks[-1].pieces.append(piece)
        else:
            blocks.append(Block([piece]))
    return blocks


def _joins(column: Sequence[Line]) -> set[_Heights]:
    """The heights of two lines that may be one wrapped text."""
    widest = max((piece.x1 - piece.x0 for piece in column), default=0.0)
    return {
        _heights(above, below)
        for above, below in pairwise(column)
        if follows(above, below) and had_no_room(above, below, widest) and not _COMPARED.match(below.text)
        if _COMPARED.match(above.text) or not is_amount(below.text)
    }


def _heights(above: Line, below: Line) -> _Heights:
    return round(above.base), round(below.base)
