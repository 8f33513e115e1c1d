"""Columns of a table without vertical rules: proved by the rules' ends, by centred heads, or by white that nothing crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from budgetdata.base.text import half_width, squeeze
from budgetdata.layout.geometry import Rule
from budgetdata.layout.limits import CLOSES, NEAR, PIECE_GAP, WRAP_PITCH
from budgetdata.layout.text import Line, line_of, pieces_of

_DECIMAL = re.compile(r"-?[\d, ]*\d\.\d+")
_LETTERED = frozenset(("合计", "总计", "小计", "项目", "收入", "支出", "金额", "名称", "备注", "科目", "编码"))
"""Words that are printed with white between their two characters."""
AMOUNT = re.compile(r"[-△▲(]?(?:\d[\d, ]*\. ?\d+|\d{1,3}(?:, ?\d{3})+)%?\)?")


@dataclass(slots=True)
class Block:
    """Wrapped pieces of one cell, from top to bottom."""

    pieces: list[Line] = field(default_factory=list)

    @property
    def x0(self) -> float:
        pieces = self.pieces
        return pieces[0].x0 if len(pieces) == 1 else min(piece.x0 for piece in pieces)

    @property
    def x1(self) -> float:
        pieces = self.pieces
        return pieces[0].x1 if len(pieces) == 1 else max(piece.x1 for piece in pieces)

    @property
    def top(self) -> float:
        pieces = self.pieces
        return pieces[0].top if len(pieces) == 1 else min(piece.top for piece in pieces)

    @property
    def bottom(self) -> float:
        pieces = self.pieces
        return pieces[0].bottom if len(pieces) == 1 else max(piece.bottom for piece in pieces)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        return self.pieces[0].size


@dataclass(slots=True)
class Frame:
    """The outline of a table drawn with horizontal rules only: its sides, its rules, and the lines of text in it.

    `made_up` where no rule is drawn: its sides are no cells' edges, but where its texts end. `white`: between amounts and the
    next head, as a table before it without rules shows it, or it does itself; 0 where none does."""

    left: float
    right: float
    top: float
    bottom: float
    rules: list[Rule]
    lines: list[Line]
    made_up: bool = False
    white: float = 0.0

    def bands(self) -> list[float]:
        """The heights at which a rule, full or partial, is drawn, from top to bottom, with the outline."""
        return merged([self.top, self.bottom, *(rule.at for rule in self.rules)])

    def segment(self, x: float, y: float) -> tuple[float, float]:
        """The heights of the rules (or of the outline) above and below a point."""
        here = [rule.at for rule in self.rules if rule.start - NEAR <= x <= rule.end + NEAR]
        above = max((at for at in here if at <= y), default=self.top)
        below = min((at for at in here if at > y), default=self.bottom)
        return above, below


def worded(line: Line) -> list[Line]:
    """The texts of a line, a word printed with white between its two characters (合　计) taken as one."""
    result: list[Line] = []
    for piece in pieces_of(line, PIECE_GAP):
        last = result[-1] if result else None
        if last is not None and len(squeeze(piece.text)) == 1 and squeeze(last.text) + squeeze(piece.text) in _LETTERED:
            piece = line_of([*result.pop().glyphs, *piece.glyphs]) or piece
        result.append(piece)
    return result


def merged(values: Iterable[float], near: float = NEAR) -> list[float]:
    """The values in order, those near to each other taken as one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > near:
            result.append(value)
    return result


def blocks_of(pieces: Iterable[Line]) -> list[Block]:
    """The pieces gathered into wrapped texts: over each other, at the pitch of wrapped lines."""
    blocks: list[Block] = []
    for piece in sorted(pieces, key=lambda item: (item.base, item.x0)):
        for block in reversed(blocks):
            last = block.pieces[-1]
            if (
                0.5 * piece.size < piece.base - last.base <= WRAP_PITCH * piece.size
                and min(piece.x1, block.x1) > max(piece.x0, block.x0)
                and not (is_amount(piece.text) and is_amount(last.text))
            ):
                block.pieces.append(piece)
                break
        else:
            blocks.append(Block([piece]))
    return blocks


def is_amount(text: str) -> bool:
    """Whether the text is one number: an amount, a code or a column's number."""
    bare = text.replace(",", "").replace(" ", "").lstrip("-")
    return bare.replace(".", "", 1).isdigit()


def number_like(piece: Line) -> bool:
    """Whether the text is a number with decimals, or with its thousands apart, as amounts are printed."""
    return bool(AMOUNT.fullmatch(half_width(piece.text)))


def number_row(line: Line, columns: int) -> float | None:
    """The height above a row of column numbers (1 2 3 …, no more than there are columns), or None for any other line."""
    texts = [piece.text for piece in pieces_of(line, PIECE_GAP)]
    if len(texts) >= 3 and len(texts) <= columns and texts == [str(number) for number in range(1, len(texts) + 1)]:
        return line.top - 0.1 * line.size
    return None


def edge_sets(frame: Frame, carried: list[float] | None) -> Iterator[list[float]]:
    """The possible column edges, sides included, the best proved first; none where the columns cannot be told apart.

    `carried` are the edges of the table that this one goes on with, which hold where it shows no head of its own.
    """
    known = merged([frame.left, frame.right, *(x for rule in frame.rules for x in (rule.start, rule.end))])
    rows = list(_cross_sections(frame))
    known = merged([*known, *_centred_edges(known, rows)])
    if carried and _same_sides(carried, frame) and _holds(carried, known):
        yield carried
    if len(known) > 2 and not _overfull(known, rows):
        yield known
    white = _white_edges(frame, rows)
    if white is not None:
        yield white


def _same_sides(edges: list[float], frame: Frame) -> bool:
    return abs(edges[0] - frame.left) <= 2 * NEAR and abs(edges[-1] - frame.right) <= 2 * NEAR


def _holds(carried: list[float], known: list[float]) -> bool:
    return all(any(abs(edge - other) <= 2 * NEAR for other in carried) for edge in known)


def _cross_sections(frame: Frame) -> Iterator[list[Block]]:
    """For each band between rules: the texts one would meet going from left to right, the topmost of each cell."""
    pieces = [piece for line in frame.lines for piece in worded(line)]
    cells: dict[tuple[float, float], list[Line]] = {}
    for piece in pieces:
        cells.setdefault(frame.segment((piece.x0 + piece.x1) / 2, piece.mid), []).append(piece)
    blocks = {segment: blocks_of(inside) for segment, inside in cells.items()}
    for above, below in pairwise(frame.bands()):
        middle = (above + below) / 2
        row: list[Block] = []
        for (top, bottom), inside in blocks.items():
            if not top <= middle <= bottom:
                continue
            row += _first_row(inside)
        if row:
            yield sorted(row, key=lambda item: item.x0)


def _first_row(blocks: list[Block]) -> list[Block]:
    """The blocks, or where they stand over each other (a list of rows) those of the first row."""
    ordered = sorted(blocks, key=lambda item: item.top)
    if not any(a.x0 < b.x1 and b.x0 < a.x1 for index, a in enumerate(ordered) for b in ordered[:index]):
        return ordered
    row: list[Block] = []
    for block in ordered:
        level = block.top < ordered[0].bottom and block.bottom > ordered[0].top
        if level and all(block.x1 <= other.x0 or block.x0 >= other.x1 for other in row):
            row.append(block)
    return row


def _centred_edges(known: list[float], rows: list[list[Block]]) -> list[float]:
    """Edges between cells whose texts are centred: each middle fixes the next edge, and the last must meet the side.

    The fullest rows go first; where they fixed the edges, a row of fewer texts cannot add one.
    """
    chains: list[tuple[float, list[float], float]] = []
    for row in rows:
        free = [edge for edge in known if not any(block.x0 + 1 < edge < block.x1 - 1 for block in row)]
        for left, right in pairwise(free):
            inside = [block for block in row if left <= block.centre <= right]
            chain, edge = [], left
            for block in inside:
                edge = 2 * block.centre - edge
                chain.append(edge)
            fits = all(
                block.x1 <= at + 1 and following.x0 >= at - 1
                for at, (block, following) in zip(chain, pairwise(inside), strict=False)
            )
            if len(inside) > 1 and fits and abs(chain[-1] - right) <= CLOSES:
                chains.append((left, chain[:-1], right))
    found: list[float] = []
    covered: list[tuple[float, float]] = []
    for left, chain, right in sorted(chains, key=lambda entry: -len(entry[1])):
        if not any(start <= left + NEAR and right - NEAR <= end for start, end in covered):
            found += chain
            covered.append((left, right))
    return found


def _overfull(edges: list[float], rows: list[list[Block]]) -> bool:
    """Whether some row shows two texts in one column."""
    return any(
        sum(left <= block.centre < right for block in row) > 1 for row in rows for left, right in pairwise(edges)
    )


def _white_edges(frame: Frame, sections: list[list[Block]]) -> list[float] | None:
    """Edges in the white between columns, where all texts of a column hang together with one text of the fullest row.

    None where no head shows every column, a text hangs together with two columns, or a number with none.
    """
    lines = [[Block([piece]) for piece in worded(line)] for line in frame.lines]
    base = max([*sections, *lines], key=lambda row: (len(row), -row[0].top if row else 0.0), default=[])
    if len(base) < 2 or any(_DECIMAL.fullmatch(block.pieces[0].text) for block in base):
        return None  # a row of amounts may have blank neighbours; only a head shows every column
    top = min(block.top for block in base)
    texts = [block for row in lines for block in row if block.bottom > top]
    columns = [[block.x0, block.x1] for block in base]
    growing = True
    while growing:
        growing = False
        for block in texts:
            touched = [column for column in columns if block.x0 < column[1] and block.x1 > column[0]]
            if len(touched) > 1:
                return None
            if touched and (block.x0 < touched[0][0] or block.x1 > touched[0][1]):
                touched[0][:] = [min(block.x0, touched[0][0]), max(block.x1, touched[0][1])]
                growing = True
    for block in texts:
        if is_amount(block.pieces[0].text) and not any(left < block.x1 and block.x0 < right for left, right in columns):
            return None
    return [frame.left, *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), frame.right]
