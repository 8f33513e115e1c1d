"""The head of a table without vertical rules: which heads stand over one column each, and where those columns lie.

The columns are taken from the heads only where something else on the page proves them: heads centred in their cells close
on the table's sides, or each column's texts hang together with its head and stand apart from every other. A head at its
cell's left with amounts at its right is one column where the white to the next head is the same in every column, or where
texts of one row leave only one way to share the columns out among the heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import inf

from budgetdata.base.raw import Box
from budgetdata.base.said import said
from budgetdata.base.text import half_width, squeeze
from budgetdata.readers.pdf.columns import (
    AMOUNT,
    CLOSES,
    NEAR,
    PIECE_GAP,
    WRAP_PITCH,
    Block,
    Frame,
    is_amount,
    number_like,
    number_row,
)
from budgetdata.readers.pdf.geometry import Rule
from budgetdata.readers.pdf.rows import Row, Unproved, row_pitch
from budgetdata.readers.pdf.text import Line, cell_text, line_of, lines_of, pieces_of

MOST_WAYS = 200  # ways to share heads or texts out that are looked at
MOST_HEADS, MOST_OPEN = (
    60,
    8,
)  # texts in a head, more is a form's labels; heads not plainly over others, each way is tried
EVEN = 1.0  # points: white that is the same in every column differs by no more
BELOW = 0.65  # of the way to the next level: a head there is below, one half-way stands beside both
LEVEL = 0.3  # of the size: heads whose middles are nearer are on one level
_NUMBER = re.compile(r"[-△▲(]?\d[\d, ]*(?:\. ?\d+)?%?\)?|[-–—]+")
_LETTERED = frozenset(("合计", "总计", "小计", "项目", "收入", "支出", "金额", "名称", "备注", "科目", "编码"))


@dataclass(slots=True)
class Headed:
    """A head as read: the column edges it gives, sides included, its rows, and the height at which it ends.

    `tight` where the edges are not the cells' own but stand anywhere in the white between two columns.
    """

    edges: list[float]
    rows: list[Row]
    ends: float
    tight: bool


@dataclass(slots=True)
class _Track:
    """Texts under each other that hang together: their reach across, the lowest head among them, the texts below it."""

    x0: float
    x1: float
    head: Block | None
    body: list[Line]

    @property
    def counted(self) -> bool:
        """Whether the texts are amounts: numbers that end at one edge."""
        texts = [half_width(piece.text) for piece in self.body]
        return (
            all(_NUMBER.fullmatch(text) for text in texts)
            and any(AMOUNT.fullmatch(text) or not text.isdigit() for text in texts)
            and max(piece.x1 for piece in self.body) - min(piece.x1 for piece in self.body) <= 2 * EVEN
        )

    @property
    def flush(self) -> bool:
        """Whether the texts are labels or codes: they begin at one edge, or are set in from it."""
        return not self.counted and not any(number_like(piece) for piece in self.body)


def headed(frame: Frame) -> Headed | None:
    """The head between the top rule and the rule above the first amounts; None where its columns are not proved.

    Raises Unproved where heads stand over others with no rule between, and over which is not plain.
    """
    ends = _end_of_head(frame)
    if ends is None:
        return None
    numbered = [(line, at) for line in frame.lines if (at := number_row(line, len(line.glyphs))) is not None]
    ends = min([ends, *(at for _, at in numbered)])
    heads = [piece for line in frame.lines if line.mid < ends for piece in _head_pieces(line)]
    rest = [line for line in frame.lines if line.mid > ends and not any(line is other for other, _ in numbered)]
    body = [piece for line in rest for piece in pieces_of(line, PIECE_GAP)]
    if not 2 <= len(heads) <= MOST_HEADS or any(number_like(piece) for piece in heads):
        return None
    inner = [rule for rule in frame.rules if frame.top + NEAR < rule.at < ends - NEAR]
    least = row_pitch(body) if body else inf
    wrapped = [_wrapped(heads, pitch, least, inner) for pitch in (WRAP_PITCH, 0.0)]
    for proof in (_centred, _apart):
        for leaves, upper in (found for blocks in wrapped for found in _readings(blocks, proof is _centred)):
            edges = proof(leaves, body, frame)
            beside = all if inner else any  # no head over one column only stands above all others, or ruled, above any
            high = upper and any(
                not beside(leaf.bottom > other.bottom - other.size / 4 for other in upper) for leaf in leaves
            )
            if edges is None or high or any(_over(piece, edges) for piece in body):
                continue
            rows = _rows(leaves, upper, edges, inner, NEAR if proof is _centred else heads[0].size)
            if rows is not None:
                return Headed(edges, rows, ends, proof is _apart)
    if not inner and any(upper for _, upper in _readings(wrapped[0], False)):
        raise Unproved(said("readers.heads_over_others"))
    return None


def _head_pieces(line: Line) -> list[Line]:
    """The texts of a line, a word printed with white between its two characters (合　计) taken as one."""
    pieces = pieces_of(line, PIECE_GAP)
    result: list[Line] = []
    for piece in pieces:
        last = result[-1] if result else None
        if last is not None and squeeze(last.text) + squeeze(piece.text) in _LETTERED and len(squeeze(piece.text)) == 1:
            piece = line_of([*result.pop().glyphs, *piece.glyphs]) or piece
        result.append(piece)
    return result


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
        if block.pieces[-1].base < lowest - LEVEL * block.size
        and (any_height or (any(_level(block, other) for other in upper) and not _flush(upper, blocks)))
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
    return other.top >= block.bottom - LEVEL * block.size and other.x0 < block.x1 and block.x0 < other.x1


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


def _apart(leaves: list[Block], body: list[Line], frame: Frame) -> list[float] | None:
    """The edges in the white between columns whose texts hang together; texts without a head are given to one if proved."""
    tracks = _tracks(leaves, body)
    if tracks is None:
        return None
    if any(track.head is None for track in tracks):
        given = _given(tracks)
        if len(given) != 1 and not _even_white(tracks, frame):
            return None
        fitting = [columns for columns in given if len(given) == 1 or _as_printed(columns)]
        if len(fitting) != 1:
            return None
        tracks = [_together(column) for column in fitting[0]]
    return [frame.left, *((a.x1 + b.x0) / 2 for a, b in pairwise(tracks)), frame.right]


def _given(tracks: list[_Track]) -> list[list[list[_Track]]]:
    """The ways in which the texts without a head can be given to the head before or after them, two at most.

    Each way lists the columns with their tracks: texts of one row never stand in one column.
    """
    ways: list[list[list[_Track]]] = [[]]
    waiting: list[_Track] = []
    for track in tracks:
        if track.head is None:
            waiting.append(track)
            continue
        found = []
        for way in ways:
            for first in range(len(waiting) + 1 if way else 1):
                before, after = [*(way[-1] if way else []), *waiting[:first]], [*waiting[first:], track]
                if _one_column(before) and _one_column(after):
                    found.append([*way[:-1], before, after] if way else [after])
        ways, waiting = found[:MOST_WAYS], []
    return [[*way[:-1], [*way[-1], *waiting]] for way in ways if _one_column([*way[-1], *waiting])]


def _one_column(tracks: list[_Track]) -> bool:
    return not any(
        abs(a.base - b.base) <= LEVEL * a.size
        for one, other in combinations(tracks, 2)
        for a in one.body
        for b in other.body
    )


def _as_printed(columns: list[list[_Track]]) -> bool:
    """Whether amounts stand behind the head of their column, and labels before it."""
    placed = [(number, track) for column in columns for number, track in enumerate(column)]
    return all(track.head is not None or (track.counted if number else track.flush) for number, track in placed)


def _together(column: list[_Track]) -> _Track:
    head = next((track.head for track in column if track.head is not None), None)
    body = [piece for track in column for piece in track.body]
    return _Track(min(track.x0 for track in column), max(track.x1 for track in column), head, body)


def _tracks(leaves: list[Block], body: list[Line]) -> list[_Track] | None:
    """The columns of text from left to right; None where two heads run together."""
    tracks = [_Track(block.x0, block.x1, block, []) for block in leaves]
    if any(a.x1 > b.x0 for a, b in pairwise(tracks)):
        return None
    for piece in body:
        if not _hang(tracks, piece):
            return None
    return sorted(tracks, key=lambda track: track.x0)


def _hang(tracks: list[_Track], piece: Line) -> bool:
    """Add the text to the track it overlaps, or begin one; False where it runs over two with a head."""
    touched = [track for track in tracks if piece.x0 < track.x1 and track.x0 < piece.x1]
    if sum(track.head is not None for track in touched) > 1:
        return False
    together = _Track(piece.x0, piece.x1, None, [piece])
    for track in touched:
        tracks.remove(track)
        together.x0, together.x1 = min(together.x0, track.x0), max(together.x1, track.x1)
        together.head = together.head or track.head
        together.body = together.body + track.body
    tracks.append(together)
    return True


def _even_white(tracks: list[_Track], frame: Frame) -> bool:
    """Whether the white between amounts and the next head, or the side, is the same everywhere: the cells' own padding."""
    first = next((track for track in tracks if track.head is not None), None)
    if first is None or first.head is None:
        return False
    left = min([first.head.x0, *(piece.x0 for track in tracks[:2] if track.flush for piece in track.body)]) - frame.left
    found = []
    for index, track in enumerate(tracks):
        if not track.body or not track.counted:
            continue
        following = next((other for other in tracks[index + 1 :] if other.head is not None), None)
        right = max(piece.x1 for piece in track.body)
        beside = next((other for other in tracks[index + 1 :]), None)
        if following is None or following.head is None:
            found.append(frame.right - right + left)
        else:
            begins = (
                min(following.head.x0, *(p.x0 for p in beside.body)) if beside and beside.body else following.head.x0
            )
            found.append(begins - right)
    return len(found) > 1 and max(found) - min(found) <= 2 * EVEN


def _rows(
    leaves: list[Block], upper: list[Block], edges: list[float], inner: Sequence[Rule], near: float
) -> list[Row] | None:
    """The head's rows: each head in its first column, below all that stand over it; None where a span is not plain."""
    spans = [(block, column, column) for column, block in enumerate(leaves)]
    levels = _levels(upper)
    for level, lower in zip(levels, [*levels[1:], None], strict=False):
        next_down = min(block.top + block.bottom for block in lower) / 2 if lower else inf
        found = _spans(level, leaves, edges, inner, near, next_down)
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


def _level(one: Block, other: Block) -> bool:
    return abs((one.top + one.bottom) - (other.top + other.bottom)) <= 2 * LEVEL * one.size


def _levels(upper: list[Block]) -> list[list[Block]]:
    """The heads over others by height, each level from left to right."""
    levels: list[list[Block]] = []
    for block in sorted(upper, key=lambda block: block.top + block.bottom):
        if levels and _level(levels[-1][0], block):
            levels[-1].append(block)
        else:
            levels.append([block])
    return [sorted(level, key=lambda block: block.x0) for level in levels]


def _spans(
    level: list[Block], leaves: list[Block], edges: list[float], inner: Sequence[Rule], near: float, next_down: float
) -> list[tuple[Block, int, int]] | None:
    """The columns that each head of a level stands over: together as many as can be; None where that can be two ways."""
    ways: list[list[tuple[Block, int, int]]] = [[]]
    for number, block in enumerate(level):
        beside = level[number + 1].x0 if number + 1 < len(level) else edges[-1]
        runs = _runs(block, leaves, edges, inner, beside, near, next_down)
        ways = [[*way, (block, *run)] for way in ways for run in runs if not way or way[-1][2] < run[0]][:MOST_WAYS]
    if not ways:
        return None
    most = max(sum(last - first for _, first, last in way) for way in ways)
    best = [way for way in ways if sum(last - first for _, first, last in way) == most]
    return best[0] if len(best) == 1 else None


def _runs(
    block: Block,
    leaves: list[Block],
    edges: list[float],
    inner: Sequence[Rule],
    beside: float,
    near: float,
    lower: float,
) -> list[tuple[int, int]]:
    """The columns a head may stand over: those of the rule below it, else from where it begins, else in their middle."""
    middle = (block.top + block.bottom) / 2
    floor = middle + BELOW * (min(lower, max(leaf.top + leaf.bottom for leaf in leaves) / 2) - middle)
    below = [(leaf.top + leaf.bottom) / 2 >= floor for leaf in leaves]
    count = len(leaves)
    for rule in inner:
        if block.bottom - LEVEL * block.size <= rule.at <= block.bottom + block.size and (
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
        and abs(block.centre - (edges[first] + edges[last + 1]) / 2) <= near
        and edges[first] - 1 <= block.x0 < block.x1 <= edges[last + 1] + 1
    ]
