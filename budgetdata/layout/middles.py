"""Rows of a table without rules whose merged cells print their text in their middle: proved where all of them close.

The rows are told by the columns that print a text in each of them. A merged cell reaches as far below the middle of its text
as above it: from the table's end upwards each middle fixes the next edge, and the last must meet the first row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from budgetdata.base.raw import Box
from budgetdata.base.said import said
from budgetdata.layout.columns import Block
from budgetdata.layout.limits import FEWEST_ROWS, MEETS
from budgetdata.layout.rows import Row, Unproved, columns_of
from budgetdata.layout.stacks import stacked, wrapped
from budgetdata.layout.text import Line, cell_text, lines_of

Span = tuple[int, int]
"""The first and the last row of a cell."""


def merged_rows(pieces: list[Line], edges: list[float], goes_on: bool = False) -> list[Row]:
    """The rows of the texts below a head, merged cells as ruled tables have them: their text and box in the first row.

    goes_on: the table began on a page before, so that its first rows may be of cells that print their text there.
    Raises Unproved where rows, or the reach of a cell, cannot be told.
    """
    lines = _columns(pieces, edges)
    columns = stacked(lines)
    most = max(len(blocks) for blocks in columns)
    first = next(number for number, blocks in enumerate(columns) if len(blocks) == most)
    if most < FEWEST_ROWS or any(below.top < above.bottom for blocks in columns for above, below in pairwise(blocks)):
        raise Unproved(said("readers.columns_apart"))
    loosely = [wrapped(column) for column in lines[:first]]
    reason = Unproved(said("readers.columns_apart"))
    for widened in (False, True):
        bands = _bands(columns, first, widened)
        try:
            own = [_placed(blocks, _own(blocks, bands)) for blocks in columns[first:]]
            over = [_over_rows((columns[n], loosely[n]), bands, goes_on) for n in range(first)]
            _nested(over)
            return [_row(n, [*over, *own], bands, edges, first) for n in range(most)]
        except Unproved as error:
            reason = error
    placed = _by_tops([*loosely, *columns[first:]], first)
    if not placed:
        raise reason
    tops = [block.top for block in columns[first]]
    bands = list(pairwise([*tops, max(blocks[-1].bottom for blocks in columns if blocks)]))
    return [_row(n, placed, bands, edges, first) for n in range(most)]


def _over_rows(
    readings: Sequence[Sequence[Block]], bands: Sequence[tuple[float, float]], goes_on: bool
) -> dict[int, tuple[Block, Span]]:
    """The texts of a column of merged cells with their rows, read in the first of these ways that closes."""
    reason = Unproved(said("readers.columns_apart"))
    if not readings[0]:
        return {}
    for blocks in readings:
        try:
            return _placed(blocks, spans_of(blocks, bands, goes_on))
        except Unproved as error:
            reason = error
    raise reason


def _nested(columns: Sequence[dict[int, tuple[Block, Span]]]) -> None:
    """Raises Unproved where a cell begins and one right of it, of a finer level, goes on."""
    filled = [column for column in columns if column]
    for column, finer in pairwise(filled):
        crossed = next((block for row, (block, _) in column.items() if row not in finer), None)
        if crossed is not None:
            raise Unproved(said("readers.middles_open", text=crossed.pieces[0].text))


def _by_tops(columns: Sequence[list[Block]], first: int) -> list[dict[int, tuple[Block, Span]]]:
    """The texts of each column with their rows where all stand at the top of their cells: the first in the first row, and where
    a cell begins those right of it begin too. Empty where they do not."""
    tops = [block.top for block in columns[first]]
    placed: list[dict[int, tuple[Block, Span]]] = []
    for number, blocks in enumerate(columns):
        rows = [_near(block, tops) for block in blocks]
        starts = [row for row in rows if row is not None]
        if len(set(starts)) < len(blocks):
            return []
        above = set(placed[-1]) if placed else set()
        if number < first and (0 not in starts or not above <= set(starts)):
            return []
        ends = [row - 1 for row in [*starts[1:], len(tops)]] if number < first else starts
        spans = list(zip(starts, ends, strict=True))
        placed.append({span[0]: (block, span) for block, span in zip(blocks, spans, strict=True)})
    return placed


def _near(block: Block, tops: Sequence[float]) -> int | None:
    return next((n for n, top in enumerate(tops) if abs(block.top - top) <= MEETS * block.size), None)


def _placed(blocks: Sequence[Block], spans: Sequence[Span] | None) -> dict[int, tuple[Block, Span]]:
    """The texts of a column with the rows they reach over, by the first of these."""
    if spans is None:
        raise Unproved(said("readers.middles_open", text=blocks[0].pieces[0].text if blocks else ""))
    return {span[0]: (block, span) for block, span in zip(blocks, spans, strict=True)}


def _columns(pieces: list[Line], edges: list[float]) -> list[list[Line]]:
    """The texts of each column. Raises Unproved where one stands over an edge."""
    columns: list[list[Line]] = [[] for _ in edges[1:]]
    for piece in pieces:
        column, last = columns_of(piece, edges)
        if column != last:
            raise Unproved(said("readers.text_over_edge", text=piece.text))
        columns[column].append(piece)
    return columns


def _bands(columns: list[list[Block]], first: int, widened: bool) -> list[tuple[float, float]]:
    """Top and bottom of each row; widened: where a text in the middle of one row alone may make it higher."""
    reach = [[block.top, block.bottom] for block in columns[first]]
    for block in (block for blocks in columns[None if widened else first :] for block in blocks):
        _widen(reach, block)
    return bands_of(reach)


def bands_of(reach: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Top and bottom of each row: half-way between the texts of two that stand below each other."""
    if len(reach) < 2 or any(above[1] > below[0] for above, below in pairwise(reach)):
        raise Unproved(said("readers.columns_apart"))
    inner = [(above[1] + below[0]) / 2 for above, below in pairwise(reach)]
    pad = min(edge - row[1] for edge, row in zip(inner, reach, strict=False))
    edges = [reach[0][0] - pad, *inner, reach[-1][1] + pad]
    return list(pairwise(edges))


def _widen(reach: list[list[float]], block: Block) -> None:
    """Make a row as high as a text in its middle that is higher, and reaches into no other row."""
    middle = (block.top + block.bottom) / 2
    for number, (top, bottom) in enumerate(reach):
        if abs((top + bottom) / 2 - middle) > MEETS * block.size:
            continue
        above = reach[number - 1][1] if number else -inf
        below = reach[number + 1][0] if number + 1 < len(reach) else inf
        if above <= block.top and block.bottom <= below:
            reach[number] = [min(top, block.top), max(bottom, block.bottom)]


def _own(blocks: Sequence[Block], bands: Sequence[tuple[float, float]]) -> list[Span] | None:
    """The row of each text, in whose middle it stands; None where one stands in none, or two in one."""
    rows = [_at(block, bands) for block in blocks]
    if None in rows or len(set(rows)) < len(rows):
        return None
    return [(row, row) for row in rows if row is not None]


def _at(block: Block, bands: Sequence[tuple[float, float]]) -> int | None:
    middle = (block.top + block.bottom) / 2
    for number, (top, bottom) in enumerate(bands):
        if abs((top + bottom) / 2 - middle) <= MEETS * block.size:
            return number
    return None


def spans_of(blocks: Sequence[Block], bands: Sequence[tuple[float, float]], goes_on: bool) -> list[Span] | None:
    """The rows that each merged cell reaches over, from the last upwards; None where one does not close on a row."""
    spans: list[Span] = []
    last = len(bands) - 1
    for block in reversed(blocks):
        middle = (block.top + block.bottom) / 2
        first = next(
            (n for n in range(last, -1, -1) if abs((bands[n][0] + bands[last][1]) / 2 - middle) <= MEETS * block.size),
            None,
        )
        if first is None:
            return None
        spans.insert(0, (first, last))
        last = first - 1
    return spans if blocks and (last < 0 or goes_on) else None


def _row(
    number: int,
    placed: Sequence[dict[int, tuple[Block, Span]]],
    bands: Sequence[tuple[float, float]],
    edges: list[float],
    first: int,
) -> Row:
    cells: list[str] = []
    boxes: list[Box | None] = []
    for column, found in enumerate(placed):
        block, span = found.get(number, (None, (number, number)))
        texts = lines_of(glyph for piece in block.pieces for glyph in piece.glyphs) if block else []
        cells.append(cell_text(texts))
        own = block is not None or column >= first
        boxes.append((edges[column], bands[number][0], edges[column + 1], bands[span[1]][1]) if own else None)
    return tuple(cells), tuple(boxes)
