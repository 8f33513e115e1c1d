"""Tables drawn without any rule: rows of amounts below a head that a line with the unit announces; told by their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetdata.base.text import squeeze
from budgetdata.layout.columns import Frame, number_like
from budgetdata.layout.geometry import Rule
from budgetdata.layout.levels import heads_at, opened_above
from budgetdata.layout.limits import FOLLOWS, NEAR, OVERLAP, PIECE_GAP, WRAP_PITCH
from budgetdata.layout.text import Line, pieces_of

_UNIT = re.compile(r"单位[:：]?[（(]?(?:人民币)?[百千万亿]*元")
"""The line above a table that names the unit of its amounts: 单位：万元."""
_TITLE = re.compile(r"^[^。；，,;]{4,45}表(?:[(（][^()（）]{1,20}[)）])?$")
"""… or the table's title, where the unit stands in its heads."""
_ENDS = re.compile(r"^(?:备?注|说明)\s*\d*\s*[:：]|。$")
_FEWEST_IN_ONE = 3
"""Amounts of a table that has one row alone (三公 printed sideways)."""
_LONGEST_HEAD = 12
"""Lines of a head, its wrapped ones counted."""


def ruleless(lines: Sequence[Line], white: float = 0.0) -> list[Frame]:
    """The outlines of the tables among the lines of a page on which no rule is drawn, each with a rule made up above and below
    its head and below its last row; only where a line with the unit stands above and rows of amounts below. white: as `Frame`
    has it."""
    found: list[Frame] = []
    bare = [squeeze(line.text) for line in lines]
    starts = [number for number, text in enumerate(bare) if _UNIT.search(text) or _TITLE.match(text)]
    for start, end in pairwise([-1, *starts, len(lines)]):
        inside = list(lines[start + 1 : end])
        frame = _levelled(inside) if heads_at(inside) is not None else _frame(inside) if start >= 0 else None
        if frame is not None:
            frame.white = white
            found.append(frame)
    return found


def _frame(lines: list[Line]) -> Frame | None:
    first = next((number for number, line in enumerate(lines) if _amounts(line)), None)
    if not first or first > _LONGEST_HEAD:
        return None
    last = first
    first = _begins(lines, first)
    if not first:
        return None
    for number in range(last + 1, len(lines)):
        line, above = lines[number], lines[number - 1]
        near = last == number - 1 and line.base - above.base <= WRAP_PITCH * line.size
        rest = near and _below_a_piece(line, above)
        if (_ENDS.search(line.text) and not rest) or line.top - above.bottom > FOLLOWS * line.size:
            break
        last = number if near or _amounts(line) else last
    inside = lines[: last + 1]
    amounts = [count for line in inside if (count := _amounts(line))]
    if len(amounts) < 2 and max(amounts) < _FEWEST_IN_ONE:
        return None
    left, right = min(line.x0 for line in inside) - NEAR, max(line.x1 for line in inside) + NEAR
    heights = (inside[0].top - 1, (lines[first - 1].bottom + lines[first].top) / 2, inside[-1].bottom + 1)
    rules = [Rule(True, at, left, right, 0.0) for at in heights]
    return Frame(left, right, heights[0], heights[-1], rules, inside, made_up=True)


def _below_a_piece(line: Line, above: Line) -> bool:
    """Whether a line is the rest of a cell that begins in the line above, behind its first: no sentence below the table."""
    return any(
        abs(line.x0 - piece.x0) <= NEAR or abs(line.x0 + line.x1 - piece.x0 - piece.x1) <= 2 * NEAR
        for piece in pieces_of(above, PIECE_GAP)[1:]
    )


def _levelled(lines: list[Line]) -> Frame:
    """The outline of a list of indicators, with the pairs of label and value above it: from its first texts side by side on."""
    first = next(number for number, line in enumerate(lines) if len(pieces_of(line, PIECE_GAP)) > 1)
    first, last = opened_above(lines, first), first
    while last + 1 < len(lines) and lines[last + 1].top - lines[last].bottom <= FOLLOWS * lines[last].size:
        last += 1
    inside = lines[first : last + 1]
    left, right = min(line.x0 for line in inside) - NEAR, max(line.x1 for line in inside) + NEAR
    return Frame(left, right, inside[0].top - 1, inside[-1].bottom + 1, [], inside, made_up=True)


def _begins(lines: Sequence[Line], first: int) -> int:
    """The number of the line that the row with the first amounts begins in: a wrapped label stands above and below them."""
    while first:
        above, below = lines[first - 1], lines[first]
        gap = below.mid - above.mid
        begins = [piece.x0 for piece in pieces_of(below, PIECE_GAP)]
        wrapped = all(any(abs(piece.x0 - x) <= NEAR for x in begins) for piece in pieces_of(above, PIECE_GAP))
        if gap > below.size * (WRAP_PITCH if wrapped else 1 - OVERLAP):
            break
        first -= 1
    return first


def _amounts(line: Line) -> int:
    """How many amounts a line prints beside other texts."""
    pieces = pieces_of(line, PIECE_GAP)
    return sum(number_like(piece._replace(text=piece.text.lstrip("¥￥"))) for piece in pieces) if len(pieces) > 1 else 0
