"""Cells that stand as one because a rule between them is lacking: what is printed in them belongs to several, and is unread.

A cell that is merged on purpose prints one text over all its rows or columns. Where each row of it prints a line of its own,
beside amounts of its own, or each column of it a piece of its own, one of them a number, the rule was lost. One amount over rows
that print a code each is none of theirs. A text that stands in the lower of two rows, not in the middle of both, is that
row's; so is an amount that stands in a column below the first, where the other rows have a cell for each. A number with an unread
sign in cells without a rule between them is of no column for certain. A text that was drawn in two goes, amounts of other rows
between them, is of two cells, where those of other cells were drawn in one; so is one of which some signs lie on their side. Two
rows drawn in turns are one that a rule runs through, where those of other rows were drawn one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from budgetdata.base.raw import Box
from budgetdata.base.text import UNREAD
from budgetdata.layout.doubtful import NUMBER_SIGNS, over_each_other
from budgetdata.layout.grid import Grid, Region
from budgetdata.layout.limits import CENTRED, EVEN_PITCH, RUN_GAP, WIDEST_PITCH
from budgetdata.layout.text import Line, pieces_of

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d{2,6}|-?\d{1,3}(?:,\d{3})+")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_COLUMN, FEWEST_NUMBERED = re.compile(r"\d{1,2}"), 3
FEWEST_DRAWN = 6
"""So many rows show in which order a table is drawn."""
FEW_GOES, GOES_SHARE = 2, 4
"""Cells, or one of so many of those with several lines, whose text may be drawn in two goes where that is not how a table is."""
_CODE = re.compile(r"[1235]\d{2}(?:\d{2}){0,2}")


def joined_cells(grid: Grid, printed: Mapping[int, Sequence[Line]]) -> Iterator[tuple[int, int]]:
    """(row, column) of each cell of the grid that prints something and lies in a region that is several cells.

    Lines that stand apart in one row only are two texts; where they do in several, that is how the table is set.
    """
    uneven = {
        grid.regions[index].row
        for index, lines in printed.items()
        if _several_texts(lines) and _has_amount(grid, grid.regions[index].row, printed)
    }
    lower = [index for index in printed if _in_lower_row(grid, grid.regions[index], printed[index], printed)]
    for index, lines in printed.items():
        region = grid.regions[index]
        tall = region.row_end - region.row > 1
        if tall and (
            lower == [index] or _line_a_row(grid, region, lines, printed) or _over_codes(grid, region, lines, printed)
        ):
            yield from ((row, region.col) for row in range(region.row, region.row_end))
        elif region.row_end - region.row == 1 and uneven == {region.row} and _several_texts(lines):
            yield region.row, region.col
        elif region.col_end - region.col > 1 and region.row_end - region.row == 1:
            yield from ((region.row, column) for column in _columns_with_a_piece(grid, region, lines, printed))
    for index in (*_over_each_other(grid, printed), *_two_ways(printed)):
        yield grid.regions[index].row, grid.regions[index].col
    for index in _drawn_in_goes(grid, printed):
        region = grid.regions[index]
        rows = range(region.row, region.row_end)
        # a head stays what it is where a goal runs into it
        if any(_has_amount(grid, row, printed) for row in rows):
            yield from ((row, region.col) for row in rows)
    for row in _drawn_in_turns(grid, printed):
        yield from ((row, column) for column, index in enumerate(grid.owner[row]) if index in printed)


def _two_ways(printed: Mapping[int, Sequence[Line]]) -> Iterator[int]:
    """The cells in which some characters lie on their side and others do not."""
    for index, lines in printed.items():
        glyphs = [glyph for line in lines for glyph in line.glyphs if not glyph.text.isspace()]
        if any(glyph.turned for glyph in glyphs) and not all(glyph.turned for glyph in glyphs):
            yield index


def are_two_numbers(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a cell prints numbers below each other, the upper of which had room for a sign more: the lower is not its rest."""

    def has_room(above: Line) -> bool:
        pad = min(above.x0 - box[0], box[2] - above.x1, above.size)
        return box[2] - box[0] - 2 * pad > above.x1 - above.x0 + above.size

    are = [bool(_NUMBER.fullmatch(line.text)) for line in lines]
    return any(one and other and has_room(line) for one, other, line in zip(are, are[1:], lines, strict=False))


def _over_each_other(grid: Grid, printed: Mapping[int, Sequence[Line]]) -> Iterator[int]:
    """The cells of which two lines stand over each other, and the one above or below that either was drawn on from: its text runs
    over its edge."""
    for index, lines in printed.items():
        if not over_each_other(lines):
            continue
        yield index
        region, begun = grid.regions[index], {min(g.order for g in line.glyphs) for line in lines}
        for other, own in printed.items():
            near = grid.regions[other]
            beside = near.col == region.col and (near.row_end == region.row or region.row_end == near.row)
            if beside and max(g.order for line in own for g in line.glyphs) + 1 in begun:
                yield other


def _drawn_in_turns(grid: Grid, printed: Mapping[int, Sequence[Line]]) -> set[int]:
    """Two rows, one of them without an amount, that were drawn in turns, the lower text of a column directly after the upper one,
    nothing of another row between; none where others are drawn in turns. An amount drawn at the end, over one that was
    blotted out, is its own row's."""
    drawn: dict[int, dict[int, tuple[int, int]]] = {}
    for index, lines in printed.items():
        region = grid.regions[index]
        if region.row_end - region.row == 1:
            orders = [g.order for line in lines for g in line.glyphs]
            drawn.setdefault(region.row, {})[region.col] = min(orders), max(orders)
    spans = {row: (min(o[0] for o in own.values()), max(o[1] for o in own.values())) for row, own in drawn.items()}
    turns = [
        row for row, (begun, ended) in spans.items()
        if row + 1 in spans and begun < spans[row + 1][1] and spans[row + 1][0] < ended
    ]  # fmt: skip
    if len(turns) != 1 or len(spans) < FEWEST_DRAWN:
        return set()
    upper, lower = drawn[turns[0]], drawn[turns[0] + 1]
    goes_on = any(upper[column][1] + 1 == lower[column][0] for column in upper.keys() & lower.keys())
    pair = {turns[0], turns[0] + 1}
    first, last = min(spans[row][0] for row in pair), max(spans[row][1] for row in pair)
    if any(begun < last and first < ended for row, (begun, ended) in spans.items() if row not in pair):
        return set()
    return pair if goes_on and sum(_has_amount(grid, row, printed) for row in pair) == 1 else set()


def _drawn_in_goes(grid: Grid, printed: Mapping[int, Sequence[Line]]) -> set[int]:
    """The cells of several lines whose text was drawn in two goes or more, an amount of another row between them; none where that
    is how many are drawn. An amount of the same row stands between where a page is drawn line by line."""
    drawn = sorted((g.order, index) for index, lines in printed.items() for line in lines for g in line.glyphs)
    amounts = {index for index, lines in printed.items() if len(lines) == 1 and _AMOUNT.fullmatch(lines[0].text)}
    several = {index for index, lines in printed.items() if len(lines) > 1}
    passed: list[Region] = []
    before: dict[int, int] = {}
    found: set[int] = set()
    for index, _ in groupby(index for _, index in drawn):
        region = grid.regions[index]
        if index in amounts:
            passed.append(region)
        elif index in several:
            between = passed[before.setdefault(index, len(passed)) :]
            if any(each.row_end <= region.row or region.row_end <= each.row for each in between):
                found.add(index)
    return found if len(found) <= max(FEW_GOES, len(several) // GOES_SHARE) else set()


def _over_codes(grid: Grid, region: Region, lines: Sequence[Line], printed: Mapping[int, Sequence[Line]]) -> bool:
    """Whether the region prints one amount, and two of its rows a code of a 科目 each, further to the left."""
    if len(lines) != 1 or not _AMOUNT.fullmatch(lines[0].text):
        return False
    left = [set(grid.owner[row][: region.col]) for row in range(region.row, region.row_end)]
    codes = [{i for i in owners if any(_CODE.fullmatch(line.text) for line in printed.get(i, ()))} for owners in left]
    return len(set().union(*codes)) > 1


def _line_a_row(grid: Grid, region: Region, lines: Sequence[Line], printed: Mapping[int, Sequence[Line]]) -> bool:
    """Whether each row of the region prints one line in its middle, and one of them an amount in a cell of its own, or the
    numbers of the columns."""
    rows = range(region.row, region.row_end)
    if len(lines) != len(rows) or len(lines) < 2:
        return False
    middles = [(grid.ys[row] + grid.ys[row + 1]) / 2 for row in rows]
    centred = all(abs(line.mid - middle) <= CENTRED * line.size for middle, line in zip(middles, lines, strict=True))
    return centred and any(_has_amount(grid, row, printed) or _is_numbered(grid, row, printed) for row in rows)


def _in_lower_row(grid: Grid, region: Region, lines: Sequence[Line], printed: Mapping[int, Sequence[Line]]) -> bool:
    """Whether the region, the only one over two rows, prints one line, in the middle of the lower one, which prints an amount in
    a cell of its own, and not in the middle of both."""
    if region.row_end - region.row != 2 or len(lines) != 1 or _CODE.fullmatch(lines[0].text):
        return False  # whose a code is its name proves
    upper, edge, lower = grid.ys[region.row : region.row + 3]
    near, mid = CENTRED * lines[0].size, lines[0].mid
    if abs(mid - (edge + lower) / 2) > near or abs(mid - (upper + lower) / 2) <= near:
        return False
    over_both = set(grid.owner[region.row]) & set(grid.owner[region.row + 1])
    return len(over_both) == 1 and _has_amount(grid, region.row + 1, printed)


def _several_texts(lines: Sequence[Line]) -> bool:
    """Whether the lines of a cell stand further apart, or less evenly, than those of one text."""
    size = max((line.size for line in lines), default=0.0)
    steps = [below.base - above.base for above, below in pairwise(lines)]
    return bool(steps) and (max(steps) > WIDEST_PITCH * size or max(steps) - min(steps) > EVEN_PITCH * size)


def _has_amount(grid: Grid, row: int, printed: Mapping[int, Sequence[Line]]) -> bool:
    owners = {index for index in grid.owner[row] if grid.regions[index].row_end - grid.regions[index].row == 1}
    return any(_AMOUNT.fullmatch(line.text) for index in owners for line in printed.get(index, ()))


def _is_numbered(grid: Grid, row: int, printed: Mapping[int, Sequence[Line]]) -> bool:
    """Whether three cells of a row, at least, print a number of a column each."""
    texts = [lines[0].text for index in set(grid.owner[row]) if len(lines := printed.get(index, ())) == 1]
    return sum(bool(_COLUMN.fullmatch(text)) for text in texts) >= FEWEST_NUMBERED


def _columns_with_a_piece(
    grid: Grid, region: Region, lines: Sequence[Line], printed: Mapping[int, Sequence[Line]]
) -> Iterator[int]:
    """The columns of the region that print a piece of their own, where one of two or more pieces is an amount; all where its only
    piece is one that stands in another than the first, or a sign of a number is unread. Names that begin where their columns do
    are of one each too, where all other rows are divided."""
    if len(lines) != 1:
        return
    pieces = pieces_of(lines[0], RUN_GAP)
    amounts = any(_AMOUNT.fullmatch(piece.text) for piece in pieces)
    spans = [(bisect_right(grid.xs, piece.x0) - 1, bisect_right(grid.xs, piece.x1) - 1) for piece in pieces]
    alone = len(pieces) == 1 and amounts and spans != [(region.col, region.col)]
    unread = UNREAD in lines[0].text and all(sign in NUMBER_SIGNS or sign == UNREAD for sign in lines[0].text)
    if unread or (alone and _is_divided_elsewhere(grid, region, printed)):
        yield from range(region.col, region.col_end)
    elif len(pieces) > 1 and all(first == last for first, last in spans) and len(set(spans)) == len(spans):
        at_left = all(piece.x0 - grid.xs[first] < piece.size for piece, (first, _) in zip(pieces, spans, strict=True))
        if amounts or (at_left and _is_divided_elsewhere(grid, region, printed)):
            yield from (first for first, _ in spans)


def _is_divided_elsewhere(grid: Grid, region: Region, printed: Mapping[int, Sequence[Line]]) -> bool:
    """Whether all other rows that print amounts, two at least, have a cell of their own in each column of the region."""
    rows = [row for row in range(len(grid.owner)) if row != region.row and _has_amount(grid, row, printed)]
    columns = slice(region.col, region.col_end)
    return len(rows) > 1 and all(len(set(grid.owner[row][columns])) == region.col_end - region.col for row in rows)
