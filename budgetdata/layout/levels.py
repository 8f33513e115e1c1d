"""Lists and forms of indicators drawn without upright rules: what stands above the heads of their levels in pairs of label
and value, below them a list whose merged cells print their text in their middle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from budgetdata.base.raw import Box
from budgetdata.base.said import said
from budgetdata.base.text import squeeze
from budgetdata.layout.columns import Block, Frame, merged
from budgetdata.layout.geometry import Rule
from budgetdata.layout.heads import Headed, headed
from budgetdata.layout.limits import HEAD_LEVEL, NEAR, PIECE_GAP, STACKED, WRAP_PITCH
from budgetdata.layout.middles import bands_of, merged_rows, spans_of
from budgetdata.layout.rows import FoundTable, Row, Unproved
from budgetdata.layout.stacks import stacked
from budgetdata.layout.text import Line, cell_text, line_of, lines_of, pieces_of

_LEVEL = re.compile(
    r"(?:[一二三]级)?(?:绩效)?指标(?:值|名称|性质|内容)?|(?:[一二三]级指标)+|(?:年度|本年|目标)(?:指标)?值"
)
_FEWEST = 4
"""Texts beside each other that make a line with two of these the heads of a list."""


def heads_at(lines: Sequence[Line]) -> int | None:
    """The number of the line that heads a list of indicators (一级指标 二级指标 三级指标 指标值), None where there is none."""
    for number, line in enumerate(lines):
        texts = [squeeze(piece.text) for piece in pieces_of(line, PIECE_GAP)]
        if len(texts) >= _FEWEST and sum(bool(_LEVEL.fullmatch(text)) for text in texts) > 1:
            return number
    return None


def levelled(lines: list[Line], carried: Headed | None) -> tuple[list[FoundTable], Headed]:
    """The pairs above the heads, if any, and the list below them, with its head.

    carried: the head of the list that the page before ended with. Raises Unproved where a cell of either cannot be told.
    """
    at = heads_at(lines)
    reason = Unproved(said("readers.columns_apart"))
    for start, end in _bounds(lines, at) if at is not None else ():
        goes_on = carried if start == 0 else None
        try:
            table, head = _listed(lines[start:], end - start, goes_on)
            return [*_paired(lines[:start]), table], head
        except Unproved as error:
            reason = error
    raise reason


def _bounds(lines: Sequence[Line], at: int) -> Iterator[tuple[int, int]]:
    """The first line of the heads and the one behind their last, the narrower reading first."""
    starts, ends = [], []
    for reach in (STACKED, WRAP_PITCH):
        start = end = at
        while start and lines[start].mid - lines[start - 1].mid <= reach * lines[at].size:
            start -= 1
        start = opened_above(lines, start)
        while end + 1 < len(lines) and lines[end + 1].mid - lines[end].mid <= reach * lines[at].size:
            end += 1
        starts.append(start)
        ends.append(end + 1)
    yield from dict.fromkeys(product(starts, ends))


def opened_above(lines: Sequence[Line], first: int) -> int:
    """The number of the line in which heads begin that go on in the `first` one: texts over others, wrapped in their cells."""
    while first:
        above = lines[first - 1]
        near = [line for line in lines[first:] if line.mid - above.mid <= WRAP_PITCH * above.size]
        pieces = [piece for line in near for piece in pieces_of(line, PIECE_GAP)]
        if len(pieces) < _FEWEST or not all(
            any(_over(upper, piece) for piece in pieces) for upper in pieces_of(above, PIECE_GAP)
        ):
            break
        first -= 1
    return first


def _over(upper: Line, piece: Line) -> bool:
    """Whether a short text stands over another as the line above it in one cell."""
    alike = abs(upper.x0 - piece.x0) <= NEAR or abs(upper.x0 + upper.x1 - piece.x0 - piece.x1) <= 2 * NEAR
    return alike and upper.x1 - upper.x0 <= piece.x1 - piece.x0 + NEAR + upper.size


def _listed(lines: list[Line], heads: int, carried: Headed | None) -> tuple[FoundTable, Headed]:
    """The list of which the first `heads` lines are head, and its head."""
    if heads >= len(lines):
        raise Unproved(said("readers.columns_apart"))
    begins = min(piece.x0 for line in lines[:heads] for piece in pieces_of(line, PIECE_GAP))
    side = [piece for line in lines for piece in pieces_of(line, PIECE_GAP) if piece.x1 <= begins]
    rest = [line for line in (_right_of(line, begins) for line in lines) if line is not None]
    box = (
        min(line.x0 for line in lines) - NEAR,
        rest[0].top - 1,
        max(line.x1 for line in rest) + NEAR,
        rest[-1].bottom + 1,
    )
    left = begins - NEAR if side else box[0]
    heights = (box[1], (rest[heads - 1].bottom + rest[heads].top) / 2, box[3])
    rules = [Rule(True, height, left, box[2], 0.0) for height in heights]
    head = headed(Frame(left, box[2], box[1], box[3], rules, rest, made_up=True))
    if head is None:
        raise Unproved(said("readers.columns_apart"))
    pieces = [piece for line in rest[heads:] for piece in pieces_of(line, PIECE_GAP)]
    goes_on = carried is not None and [row[0] for row in carried.rows] == [row[0] for row in head.rows]
    rows = [*head.rows, *merged_rows(pieces, head.edges, goes_on)]
    if side:
        label = cell_text(lines_of(glyph for piece in side for glyph in piece.glyphs))
        beside = (box[0], box[1], left, box[3])
        rows = [
            ((label if n == 0 else "", *cells), (beside if n == 0 else None, *boxes))
            for n, (cells, boxes) in enumerate(rows)
        ]
    return FoundTable(box, rows), head


def _right_of(line: Line, x: float) -> Line | None:
    """A line without what ends left of `x`."""
    kept = [piece for piece in pieces_of(line, PIECE_GAP) if piece.x1 > x]
    return line_of([glyph for piece in kept for glyph in piece.glyphs])


def _paired(lines: Sequence[Line]) -> list[FoundTable]:
    """What stands above the heads, a row for the texts at one height: labels, and the values beside them."""
    pieces = [piece for line in lines for piece in pieces_of(line, PIECE_GAP)]
    if not pieces:
        return []
    begins = merged(piece.x0 for piece in pieces)
    columns = stacked([[piece for piece in pieces if _begin(piece, begins) == n] for n in range(len(begins))])
    rows: list[dict[int, Block]] = []
    placed = [(block, column) for column, blocks in enumerate(columns) for block in blocks]
    for block, column in sorted(placed, key=lambda item: (item[0].top + item[0].bottom, item[1])):
        beside = next((row for row in rows if any(_beside(block, other) for other in row.values())), None)
        if beside is None:
            rows.append({column: block})
        elif column in beside:
            raise Unproved(said("readers.texts_meet", text=block.pieces[0].text))
        else:
            beside[column] = block
    ordered = _labels_first(sorted(rows, key=lambda row: min(block.top for block in row.values())))
    edges = [*begins, max(piece.x1 for piece in pieces) + NEAR]
    box = (edges[0], lines[0].top - 1, edges[-1], lines[-1].bottom + 1)
    return [FoundTable(box, [_pair_row(row, edges) for row in ordered])]


def _begin(piece: Line, begins: Sequence[float]) -> int:
    return max(n for n, x in enumerate(begins) if x <= piece.x0 + NEAR)


def _labels_first(rows: list[dict[int, Block]]) -> list[dict[int, Block]]:
    """The rows with each label of the first column in the first of the rows that its cell reaches over, where all close."""
    beside = [[block for column, block in row.items() if column] for row in rows]
    if not all(beside):
        return rows
    labels = [row[0] for row in rows if 0 in row]
    reach = [[min(block.top for block in texts), max(block.bottom for block in texts)] for texts in beside]
    try:
        spans = spans_of(labels, bands_of(reach), goes_on=False)
    except Unproved:
        return rows
    firsts = {span[0]: label for span, label in zip(spans or (), labels, strict=False)}
    if not firsts:
        return rows
    return [
        {**({0: firsts[n]} if n in firsts else {}), **{column: block for column, block in row.items() if column}}
        for n, row in enumerate(rows)
    ]


def _beside(one: Block, other: Block) -> bool:
    """Whether two texts stand in one row: at one height, or one begins where the other does."""
    near = HEAD_LEVEL * one.size
    return abs(one.top + one.bottom - other.top - other.bottom) <= 2 * near or abs(one.top - other.top) <= near


def _pair_row(row: Mapping[int, Block], edges: Sequence[float]) -> Row:
    cells = [""] * (len(edges) - 1)
    boxes: list[Box | None] = [None] * len(cells)
    for column, block in row.items():
        cells[column] = cell_text(lines_of(glyph for piece in block.pieces for glyph in piece.glyphs))
        boxes[column] = (block.x0, block.top, edges[column + 1], block.bottom)
    return tuple(cells), tuple(boxes)
