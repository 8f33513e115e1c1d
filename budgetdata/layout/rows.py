"""Rows of a list that no rule divides: wrapped texts joined, texts at one height put together, each into its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from budgetdata.base.raw import Box
from budgetdata.base.said import Said, said
from budgetdata.layout.columns import Block, is_amount, merged, number_like
from budgetdata.layout.limits import NEAR, OVERLAP, PITCH, WRAP_PITCH
from budgetdata.layout.text import Line, cell_text, joined, lines_of

_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．](?!\d)|[①-⑳]|其中[:：])"
)
_CHUNK = re.compile(r"^[（(《“【]*(?:[0-9A-Za-z.,%≥≤]+|.)[）)》”】、，。；：]*")
"""What a line begins with that no line break parts: no line ends with an opening bracket, none begins with a closing one."""
Row = tuple[tuple[str, ...], tuple[Box | None, ...]]


class Unproved(Exception):
    """A part of a table whose cells cannot be proved; `reason` says why."""

    def __init__(self, reason: Said) -> None:
        super().__init__(reason.code)
        self.reason = reason


def fault(error: Exception) -> Said:
    """What is said of a part whose reading failed by a fault of ours: the class of the exception, for us."""
    return said("readers.fault", error=type(error).__name__)


@dataclass(slots=True)
class FoundTable:
    """A table on a page: rows of cell texts with their boxes, from top to bottom; below them perhaps one that prints nothing."""

    box: Box
    rows: list[Row] = field(default_factory=list)
    ends_blank: bool = False


def columns_of(block: Block | Line, edges: list[float]) -> tuple[int, int]:
    """The first and the last column that a text stands over."""
    last = len(edges) - 2
    return (
        min(max(bisect_right(edges, block.x0 + 1) - 1, 0), last),
        min(max(bisect_right(edges, block.x1 - 1) - 1, 0), last),
    )


def grouped(pieces: list[Line], edges: list[float], tight: bool = False, pitch: float = inf) -> list[list[Block]]:
    """The pieces of a list as rows: wrapped texts joined, then texts at one height put together.

    Where `tight`, the edges stand in the white between columns, and a column is as wide as its widest text. Lines as far
    apart as `pitch`, the least between two rows of numbers, are rows of their own.
    """
    blocks: list[Block] = []
    pad = max(0.0, min((piece.x0 - edges[columns_of(piece, edges)[0]] for piece in pieces), default=0.0))
    widest = _widest(pieces, edges) if tight else {}
    for piece in sorted(pieces, key=lambda item: item.base):
        for block in reversed(blocks):
            above = block.pieces[-1]
            if piece.base - above.base >= pitch or not follows(above, piece):  # nearly all blocks
                continue
            first, last = columns_of(block, edges)
            room = widest.get((first, last), edges[last + 1] - edges[first] - 2 * pad)
            over = min(block.x1, piece.x1) > max(block.x0, piece.x0)
            if over and had_no_room(above, piece, 0.0 if _is_open(block) else room):
                block.pieces.append(piece)
                break
        else:
            blocks.append(Block([piece]))
    rows: list[list[Block]] = []
    for block in sorted(blocks, key=lambda item: item.top + item.bottom):
        for row in rows[-2:]:
            top, bottom = min(other.top for other in row), max(other.bottom for other in row)
            shared = min(bottom, block.bottom) - max(top, block.top)
            if shared >= 0.5 * min(bottom - top, block.bottom - block.top):
                row.append(block)
                break
        else:
            rows.append([block])
    return rows


def _is_open(block: Block) -> bool:
    """Whether a bracket of a text is not closed yet: it goes on below."""
    text = joined(piece.text for piece in block.pieces)
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def row_pitch(pieces: list[Line]) -> float:
    """A little less than the least distance between two rows of numbers; no end where there are no two.

    Numbers that would stand in each other as two rows are of one: a wrapped one begins above those beside it."""
    numbers = [piece for piece in pieces if number_like(piece)] or [p for p in pieces if is_amount(p.text)]
    bases = merged((piece.base for piece in numbers), (1 - OVERLAP) * max(p.size for p in pieces))
    return min((PITCH * (below - above) for above, below in pairwise(bases)), default=inf)


def _widest(pieces: list[Line], edges: list[float]) -> dict[tuple[int, int], float]:
    """How wide the text of each column is, from where it begins at the left."""
    reach: dict[tuple[int, int], tuple[float, float]] = {}
    for piece in pieces:
        span = columns_of(piece, edges)
        x0, x1 = reach.get(span, (piece.x0, piece.x1))
        reach[span] = min(x0, piece.x0), max(x1, piece.x1)
    return {span: x1 - x0 for span, (x0, x1) in reach.items()}


def follows(above: Line, below: Line) -> bool:
    """Whether the lower piece may be the upper one's next line: near enough, and neither an item nor an amount of its own."""
    if not 0.5 * below.size < below.base - above.base <= WRAP_PITCH * below.size or _ITEM.match(below.text):
        return False
    return not (is_amount(above.text) and is_amount(below.text) and "." in above.text)


def had_no_room(above: Line, below: Line, room: float) -> bool:
    """Whether what the lower piece begins with had no room behind the upper one."""
    chunk = _CHUNK.match(below.text)
    inked = [glyph for glyph in below.glyphs if not glyph.text.isspace()][: len(chunk.group()) if chunk else 1]
    return above.x1 - above.x0 + inked[-1].x1 - inked[0].x0 > room - 0.3 * below.size


def listed_rows(
    pieces: list[Line], edges: list[float], tight: bool = False, pitch: float = inf
) -> list[tuple[float, Row]]:
    """The rows of a list with the height of each; `tight` and `pitch` as for `grouped`.

    Raises Unproved where a text's cell cannot be told.
    """
    rows = sorted(grouped(pieces, edges, tight, pitch), key=lambda row: min(block.top for block in row))
    for above, below in pairwise(rows):
        if min(block.top for block in below) < max(block.bottom for block in above) - OVERLAP * below[0].size:
            raise Unproved(said("readers.rows_meet", text=below[0].pieces[0].text))
    for row in rows:
        taken: set[int] = set()
        for block in row:
            first, last = columns_of(block, edges)
            if first != last and is_amount(joined(piece.text for piece in block.pieces)):
                raise Unproved(said("readers.number_over_edge", text=block.pieces[0].text))
            if taken & set(range(first, last + 1)):
                raise Unproved(said("readers.texts_meet", text=block.pieces[0].text))
            taken |= set(range(first, last + 1))
    kept = _kept(rows, edges, tight)
    return [(min(block.top for block in row), row_of(row, edges, listed=True, kept=kept)) for row in rows]


def _kept(rows: list[list[Block]], edges: list[float], tight: bool) -> set[int]:
    """The texts within one column that begin where others of that column begin; all within one where `tight`."""
    begins: dict[int, list[Block]] = {}
    for block in (block for row in rows for block in row):
        first, last = columns_of(block, edges)
        if first == last:
            begins.setdefault(first, []).append(block)
    return {
        id(block)
        for column in begins.values()
        for block in column
        if tight or sum(abs(block.x0 - other.x0) <= 1 for other in column) > 1
    }


def row_of(
    blocks: list[Block],
    edges: list[float],
    below: Sequence[Block] = (),
    listed: bool = False,
    kept: Set[int] = frozenset(),
) -> Row:
    """The row with each text in the first column of the cell it is centred in or begins in.

    `below` are the texts of the next row: a head that stands over several of them spans their columns. In a `listed`
    row a text may stand over several columns only in their middle, and none of those `kept` (their ids) in their own.
    Raises Unproved.
    """
    count = len(edges) - 1
    cells: list[str] = [""] * count
    boxes: list[Box | None] = [None] * count
    ordered = sorted(blocks, key=lambda item: item.x0)
    spans = [columns_of(block, edges) for block in ordered]
    low = 0
    for index, block in enumerate(ordered):
        high = spans[index + 1][0] if index + 1 < len(ordered) else count
        if id(block) in kept:
            first, last = spans[index]
        else:
            first, last = _cell(block, spans[index], (low, max(high, spans[index][1] + 1)), edges, below, listed)
        if cells[first]:
            raise Unproved(said("readers.texts_meet", text=block.pieces[0].text))
        lines = lines_of(glyph for piece in block.pieces for glyph in piece.glyphs)
        cells[first] = cell_text(lines)
        boxes[first] = (edges[first], block.top, edges[last + 1], block.bottom)
        low = last + 1
    return tuple(cells), tuple(boxes)


def _cell(
    block: Block, span: tuple[int, int], free: tuple[int, int], edges: list[float], below: Sequence[Block], listed: bool
) -> tuple[int, int]:
    """The columns of the cell that holds the block: the narrowest in which it is centred, else those it covers.

    free: the first column that no text before it holds, and the one behind the last that is its own.
    """
    centred = [
        (first, last)
        for first in range(free[0], span[0] + 1)
        for last in range(span[1], free[1])
        if abs(block.centre - (edges[first] + edges[last + 1]) / 2) <= NEAR
    ]
    heads = [
        (first, last)
        for first, last in centred
        if sum(edges[first] < other.centre < edges[last + 1] for other in below) == last - first + 1 > 1
    ]
    if heads:
        return max(heads, key=lambda cell: cell[1] - cell[0])
    flush = block.x0 - edges[span[0]] <= 0.8 * block.size
    if span[0] == span[1] and (is_amount(block.pieces[0].text) or flush):
        return span
    if span[0] != span[1] and not centred and (listed or not flush):
        raise Unproved(said("readers.text_over_edge", text=block.pieces[0].text))
    return min(centred, key=lambda cell: cell[1] - cell[0], default=span)
