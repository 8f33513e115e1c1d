"""The head of a table without vertical rules: which heads stand over one column each, and where those columns lie.

The columns are taken from the heads only where something else on the page proves them: heads centred in their cells close
on the table's sides, or each column's texts hang together with its head and stand apart from every other (`tracks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import NamedTuple

from budgetdata.base.said import said
from budgetdata.layout.columns import Block, Frame, is_amount, number_like, number_row, worded
from budgetdata.layout.geometry import Rule
from budgetdata.layout.limits import (
    CLOSES,
    EVEN,
    HEAD_LEVEL,
    MOST_HEADS,
    MOST_OPEN,
    NEAR,
    PIECE_GAP,
    WRAP_PITCH,
)
from budgetdata.layout.rows import Row, Unproved, row_pitch
from budgetdata.layout.spans import head_rows, level, lower
from budgetdata.layout.text import Line, pieces_of
from budgetdata.layout.tracks import apart

_Proof = Callable[[list[Block], list[Line], Frame], "list[float] | None"]


@dataclass(slots=True)
class Headed:
    """A head as read: the column edges it gives, sides included, its rows, and the height at which it ends.

    `tight` where the edges are not the cells' own but stand anywhere in the white between two columns.
    """

    edges: list[float]
    rows: list[Row]
    ends: float
    tight: bool


def headed(frame: Frame) -> Headed | None:
    """The head between the top rule and the rule above the first amounts; None where its columns are not proved.

    Raises Unproved where heads stand over others with no rule between, and over which is not plain.
    """
    parts = _parts(frame)
    if parts is None:
        return None
    least = row_pitch(parts.body) if parts.body else inf
    wrapped = [_wrapped(parts.heads, pitch, least, parts.inner) for pitch in (WRAP_PITCH, 0.0)]
    for proof in (_centred, apart):
        for blocks in wrapped:
            for leaves, upper in _readings(blocks, proof is _centred or frame.made_up):
                found = _proved(parts, leaves, upper, proof, frame)
                if found is not None:
                    return found
    if not parts.inner and any(upper for _, upper in _readings(wrapped[0], frame.made_up)):
        raise Unproved(said("readers.heads_over_others"))
    return None


def _is_plain(rows: Sequence[Row], upper: list[Block], leaves: list[Block]) -> bool:
    """Whether what stands over what is plain without rules: a head's middle tells it only where all heads of the lower level,
    and no others, stand below the heads of one level above them; none stands above and between two that it may stand over."""
    for before, leaf, behind in zip(leaves, leaves[1:], leaves[2:], strict=False):
        may_stand_over = lower(leaf, [before, behind]) == [True, True] and not level(leaf, before)
        if may_stand_over and not (upper and not level(leaf, upper[0])):
            return False
    if not upper or _flush(upper, [*upper, *leaves]):
        return True
    covered = [bool(text) for text in rows[-1][0]]
    return len(rows) == 2 and covered == lower(upper[0], leaves) and all(level(upper[0], block) for block in upper)


class _Parts(NamedTuple):
    """A frame parted at the end of its head: the texts above and below, and the rules within the head."""

    heads: list[Line]
    body: list[Line]
    inner: list[Rule]
    ends: float


def _parts(frame: Frame) -> _Parts | None:
    """The frame's head and body; None where it has no head, or one that holds amounts or a form's labels."""
    ends = _end_of_head(frame)
    if ends is None:
        return None
    numbered = [(line, at) for line in frame.lines if (at := number_row(line, len(line.glyphs))) is not None]
    ends = min([ends, *(at for _, at in numbered)])
    heads = [piece for line in frame.lines if line.mid < ends for piece in worded(line)]
    if not 2 <= len(heads) <= MOST_HEADS or any(number_like(piece) for piece in heads):
        return None
    rest = [line for line in frame.lines if line.mid > ends and not any(line is other for other, _ in numbered)]
    body = [piece for line in rest for piece in pieces_of(line, PIECE_GAP)]
    return _Parts(heads, body, [rule for rule in frame.rules if frame.top + NEAR < rule.at < ends - NEAR], ends)


def _proved(parts: _Parts, leaves: list[Block], upper: list[Block], proof: _Proof, frame: Frame) -> Headed | None:
    """The head read with these heads over one column each, or None where the proof fails or a number lies over an edge."""
    edges = proof(leaves, parts.body, frame)
    if edges is None or _stands_high(leaves, upper, bool(parts.inner)) or any(_over(p, edges) for p in parts.body):
        return None
    near = [NEAR if proof is _centred else parts.heads[0].size] * len(edges)
    if frame.made_up and proof is apart:
        near = [max(own, _white(edge, leaves, parts.body)) for edge, own in zip(edges, near, strict=True)]
    rows = head_rows(leaves, upper, edges, parts.inner, near)
    if rows is None or (frame.made_up and not _is_plain(rows, upper, leaves)):
        return None
    return Headed(edges, rows, parts.ends, proof is apart)


def _white(edge: float, leaves: list[Block], body: list[Line]) -> float:
    """How far the nearest text is from an edge in the white between two columns."""
    texts: list[Block | Line] = [*leaves, *body]
    return min(min(abs(text.x0 - edge), abs(text.x1 - edge)) for text in texts)


def _stands_high(leaves: list[Block], upper: list[Block], ruled: bool) -> bool:
    """Whether a head over one column stands above all heads over others, or, in a ruled head, above any."""
    beside = all if ruled else any
    return bool(upper) and any(
        not beside(leaf.bottom > other.bottom - other.size / 4 for other in upper) for leaf in leaves
    )


def _end_of_head(frame: Frame) -> float | None:
    """The lowest rule above the first amount, where no rule divides the rows below it."""
    first = next(
        (line.mid for line in frame.lines if any(number_like(piece) for piece in pieces_of(line, PIECE_GAP))),
        frame.bottom - NEAR,
    )
    above = [rule.at for rule in frame.rules if frame.top + NEAR < rule.at < first]
    below = [rule.at for rule in frame.rules if first < rule.at < frame.bottom - NEAR]
    if not above or below or not any(line.mid > max(above) for line in frame.lines):
        return None
    return max(above)


def _wrapped(heads: Sequence[Line], pitch: float, least: float, inner: Sequence[Rule]) -> list[Block]:
    """The heads, those wrapped over several lines put together: nearer than rows, alike in place, no rule between."""
    blocks: list[Block] = []
    for piece in sorted(heads, key=lambda item: (item.base, item.x0)):
        for block in reversed(blocks):
            last = block.pieces[-1]
            near = 0.5 * piece.size < piece.base - last.base <= min(pitch * piece.size, least)
            alike = abs(piece.x0 - last.x0) <= NEAR or abs(piece.x0 + piece.x1 - last.x0 - last.x1) <= 2 * NEAR
            if near and alike and not any(_between(rule, last, piece) for rule in inner):
                block.pieces.append(piece)
                break
        else:
            blocks.append(Block([piece]))
    return blocks


def _between(rule: Rule, above: Line, below: Line) -> bool:
    return above.mid < rule.at < below.mid and rule.start < above.x1 and above.x0 < rule.end


def _readings(blocks: list[Block], any_height: bool) -> Iterator[tuple[list[Block], list[Block]]]:
    """The heads as (those over one column, those over others), the plainest reading first.

    A head with another below it in its width stands over others; one in the lowest line does not. The rest may: it can
    stand in the white between two heads that it covers; unless at `any_height`, only on a level with one that does.
    """
    upper = [block for block in blocks if any(_under(block, other) for other in blocks)]
    rest = [block for block in blocks if not any(block is other for other in upper)]
    lowest = max(block.pieces[-1].base for block in blocks)
    unsure = [
        block
        for block in rest
        if block.pieces[-1].base < lowest - HEAD_LEVEL * block.size
        and (any_height or (any(level(block, other) for other in upper) and not _flush(upper, blocks)))
    ]
    if len(unsure) > MOST_OPEN:
        return
    for count in range(len(unsure) + 1):
        for chosen in combinations(unsure, count):
            leaves = [block for block in rest if not any(block is other for other in chosen)]
            yield sorted(leaves, key=lambda block: block.x0), sorted([*upper, *chosen], key=lambda block: block.top)


def _flush(upper: list[Block], blocks: list[Block]) -> bool:
    """Whether every head over others begins where the first of them does."""
    return all(any(abs(block.x0 - other.x0) <= EVEN for other in blocks if _under(block, other)) for block in upper)


def _under(block: Block, other: Block) -> bool:
    return other.top >= block.bottom - HEAD_LEVEL * block.size and other.x0 < block.x1 and block.x0 < other.x1


def _centred(leaves: list[Block], body: list[Line], frame: Frame) -> list[float] | None:
    """The edges where every head is centred in its cell: each middle fixes the next edge, the last must be the side."""
    edges = [frame.left]
    for block in leaves:
        edges.append(2 * block.centre - edges[-1])
        if not edges[-2] - 1 <= block.x0 < block.x1 <= edges[-1] + 1:
            return None
    if abs(edges[-1] - frame.right) > CLOSES:
        return None
    return [*edges[:-1], frame.right]


def _over(piece: Line, edges: Sequence[float]) -> bool:
    return is_amount(piece.text) and any(piece.x0 + 1 < edge < piece.x1 - 1 for edge in edges)
