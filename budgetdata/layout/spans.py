"""The rows of a head over several levels: which columns each head stands over, by rules, by edges or by its middle."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from budgetdata.base.raw import Box
from budgetdata.layout.columns import Block
from budgetdata.layout.geometry import Rule
from budgetdata.layout.limits import BELOW, EVEN, HEAD_LEVEL, MOST_WAYS, NEAR
from budgetdata.layout.rows import Row
from budgetdata.layout.text import cell_text, lines_of


class _Columns(NamedTuple):
    """The columns under a head: the lowest heads, one a column, the edges between them, the rules within the head, and how far
    each edge may be from where it is."""

    leaves: list[Block]
    edges: list[float]
    inner: Sequence[Rule]
    near: Sequence[float]


def head_rows(
    leaves: list[Block], upper: list[Block], edges: list[float], inner: Sequence[Rule], near: Sequence[float]
) -> list[Row] | None:
    """The head's rows: each head in its first column, below all that stand over it; None where a span is not plain. near: how
    far each edge may be from where it is."""
    spans = [(block, column, column) for column, block in enumerate(leaves)]
    levels, columns = _levels(upper), _Columns(leaves, edges, inner, near)
    for level, lower in zip(levels, [*levels[1:], None], strict=False):
        next_down = min(block.top + block.bottom for block in lower) / 2 if lower else inf
        found = _spans(level, columns, next_down)
        if found is None:
            return None
        spans = [*found, *spans]
    depth = {
        id(block): sum(other.top < block.top and other is not block and a <= first <= b for other, a, b in spans)
        for block, first, _ in spans
    }
    rows = []
    for number in range(max(depth.values()) + 1):
        cells = [""] * len(leaves)
        boxes: list[Box | None] = [None] * len(leaves)
        for block, first, last in spans:
            if depth[id(block)] == number:
                cells[first] = cell_text(lines_of(glyph for piece in block.pieces for glyph in piece.glyphs))
                boxes[first] = (edges[first], block.top, edges[last + 1], block.bottom)
        rows.append((tuple(cells), tuple(boxes)))
    return rows


def level(one: Block, other: Block) -> bool:
    """Whether two heads stand on one level."""
    return abs((one.top + one.bottom) - (other.top + other.bottom)) <= 2 * HEAD_LEVEL * one.size


def _levels(upper: list[Block]) -> list[list[Block]]:
    """The heads over others by height, each level from left to right."""
    levels: list[list[Block]] = []
    for block in sorted(upper, key=lambda block: block.top + block.bottom):
        if levels and level(levels[-1][0], block):
            levels[-1].append(block)
        else:
            levels.append([block])
    return [sorted(level, key=lambda block: block.x0) for level in levels]


def _spans(level: list[Block], columns: _Columns, next_down: float) -> list[tuple[Block, int, int]] | None:
    """The columns that each head of a level stands over: together as many as can be; None where that can be two ways."""
    ways: list[list[tuple[Block, int, int]]] = [[]]
    for number, block in enumerate(level):
        beside = level[number + 1].x0 if number + 1 < len(level) else columns.edges[-1]
        runs = _runs(block, columns, beside, next_down)
        ways = [[*way, (block, *run)] for way in ways for run in runs if not way or way[-1][2] < run[0]][:MOST_WAYS]
    if not ways:
        return None
    most = max(sum(last - first for _, first, last in way) for way in ways)
    best = [way for way in ways if sum(last - first for _, first, last in way) == most]
    return best[0] if len(best) == 1 else None


def lower(block: Block, leaves: Sequence[Block], next_down: float = inf) -> list[bool]:
    """Which of the lowest heads stand below a head, on the lower level; those half-way stand beside both."""
    middle = (block.top + block.bottom) / 2
    floor = middle + BELOW * (min(next_down, max(leaf.top + leaf.bottom for leaf in leaves) / 2) - middle)
    return [(leaf.top + leaf.bottom) / 2 >= floor for leaf in leaves]


def _runs(block: Block, columns: _Columns, beside: float, next_down: float) -> list[tuple[int, int]]:
    """The columns a head may stand over: those of the rule below it, else from where it begins, else in their middle."""
    leaves, edges, inner, near = columns
    below = lower(block, leaves, next_down)
    count = len(leaves)
    for rule in inner:
        if block.bottom - HEAD_LEVEL * block.size <= rule.at <= block.bottom + block.size and (
            rule.start - NEAR <= block.x0 and block.x1 <= rule.end + NEAR
        ):
            ruled = [index for index, leaf in enumerate(leaves) if rule.start <= leaf.centre <= rule.end]
            if ruled and all(below[index] for index in ruled):
                return [(ruled[0], ruled[-1])]
    begins = [index for index, leaf in enumerate(leaves) if below[index] and abs(leaf.x0 - block.x0) <= EVEN]
    if len(begins) == 1:
        last = begins[0]
        while last + 1 < count and below[last + 1] and leaves[last + 1].x0 < beside - EVEN:
            last += 1
        return [(begins[0], last)]
    return [
        (first, last)
        for first in range(count)
        for last in range(first, count)
        if all(below[first : last + 1])
        and abs(block.centre - (edges[first] + edges[last + 1]) / 2) <= (near[first] + near[last + 1]) / 2
        and edges[first] - 1 <= block.x0 < block.x1 <= edges[last + 1] + 1
    ]
