"""Ruled tables of a page: each grid's cells with their text, and the glyphs that stand in no table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetdata.base.raw import Box
from budgetdata.base.said import Said, said
from budgetdata.base.text import TWO_UNREAD, UNREAD
from budgetdata.layout.beside import beside
from budgetdata.layout.columns import number_like
from budgetdata.layout.doubtful import NUMBER_SIGNS, is_parted, legible, touch, unread_where_cut
from budgetdata.layout.geometry import Glyph, Rule
from budgetdata.layout.grid import Grid, crossing_groups, grid_of
from budgetdata.layout.joined_cells import are_two_numbers, joined_cells
from budgetdata.layout.limits import LEAST_ROW, MARGIN, PIECE_GAP, RUN_GAP, STRADDLE
from budgetdata.layout.rows import FoundTable, Row, Unproved, fault, listed_rows
from budgetdata.layout.text import Line, cell_text, lines_of, pieces_of
from budgetdata.layout.uprights import rows_between, stand_in_rows, unread_row

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d{2,6}")
_HANGING = frozenset("、，。；：！？）》〉】」』”’,.;:!?)")


def ruled_tables(
    glyphs: list[Glyph], rules: list[Rule]
) -> tuple[list[FoundTable], list[Glyph], list[Rule], list[tuple[float, Said]]]:
    """The tables whose rules cross, the glyphs outside them, the rules that cross none, and (height, reason) of what
    could not be read."""
    tables: list[FoundTable] = []
    problems: list[tuple[float, Said]] = []
    rest = glyphs
    loose: list[Rule] = []
    grids = []
    for group in crossing_groups(rules):
        grid = grid_of(group)
        if grid is None or _is_outline(grid, glyphs):
            loose.extend(group)
        else:
            grids.append(grid)
    for grid in sorted(grids, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1])):
        inside, outside = _split(rest, grid.box)
        try:
            rows = _rows(grid, inside)
            ends_blank = bool(rows) and not any(rows[-1][0])
            table = FoundTable(grid.box, rows[: len(rows) - ends_blank], ends_blank)
        except Exception as error:  # whatever it is, it is the end of this table, not of the page
            why = said("readers.ruled_table", reason=error.reason) if isinstance(error, Unproved) else fault(error)
            problems.append((grid.box[1], why))
            rest = outside
            continue
        if table.rows:
            tables.append(table)
            problems += beside(table, outside, [other.box for other in grids])
            rest = outside
    return tables, rest, loose, problems


def _is_outline(grid: Grid, glyphs: list[Glyph]) -> bool:
    """Whether uprights stand at the sides alone, and rows between them print amounts side by side: they part no columns."""
    if len(grid.xs) > 2:
        return False
    x0, top, x1, bottom = grid.box
    lines = lines_of(glyph for glyph in glyphs if x0 <= glyph.centre <= x1 and top <= glyph.mid <= bottom)
    return sum(sum(map(number_like, pieces_of(line, PIECE_GAP))) > 1 for line in lines) > 1


def _split(glyphs: list[Glyph], box: Box) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs in a table and those outside; of a number that runs over its edge the rest is in it, unread."""
    x0, top, x1, bottom = box
    within = [x0 - MARGIN <= glyph.centre <= x1 + MARGIN and top <= glyph.mid <= bottom for glyph in glyphs]
    for edge in [n for n, (one, other) in enumerate(pairwise(within)) if one != other]:
        at, step = (edge + 1, 1) if within[edge] else (edge, -1)
        if not within[at] and touch(glyphs[at - step], glyphs[at]):
            glyphs = [*glyphs[:at], glyphs[at]._replace(text=UNREAD), *glyphs[at + 1 :]]
            within[at] = True
    inside = [glyph for glyph, is_in in zip(glyphs, within, strict=True) if is_in]
    return inside, [glyph for glyph, is_in in zip(glyphs, within, strict=True) if not is_in]


def _rows(grid: Grid, glyphs: list[Glyph]) -> list[Row]:
    held: dict[int, list[Glyph]] = {}
    for line in lines_of(glyphs):
        for run in pieces_of(line, RUN_GAP, drawn_together=True):
            _place(grid, run, held)
    printed = {index: lines_of(legible(inside)) for index, inside in held.items()}
    unread = set(joined_cells(grid, printed))
    if stand_in_rows(grid, printed):
        return rows_between(grid, printed) or [unread_row(grid)]
    rows: list[Row] = []
    for number, owners in enumerate(grid.owner):
        if _holds_list(grid, number, printed):
            lines = [line for index in sorted(set(owners)) for line in printed.get(index, [])]
            rows += [row for _, row in listed_rows(lines, grid.xs)]
            continue
        cells: list[str] = []
        boxes: list[Box | None] = []
        for col, index in enumerate(owners):
            region = grid.regions[index]
            first = region.row == number and region.col == col
            lines = printed.get(index, []) if first else []
            parted = region.col_end - region.col == 1 and any(is_parted(line.glyphs) for line in lines)
            two = len(lines) > 1 and are_two_numbers(grid.region_box(region), lines)
            text = TWO_UNREAD if two else cell_text(lines)
            cells.append(UNREAD if parted or (number, col) in unread else text)
            boxes.append(grid.region_box(region) if first else None)
        if any(cells) or (number == len(grid.owner) - 1 and _is_row_of_its_own(grid)):
            rows.append((tuple(cells), tuple(boxes)))
    return rows


def _is_row_of_its_own(grid: Grid) -> bool:
    """Whether no cell of the last row of a grid begins above it, and it is as high as a text."""
    last = len(grid.owner) - 1
    return grid.ys[-1] - grid.ys[-2] >= LEAST_ROW and all(grid.regions[at].row == last for at in grid.owner[last])


def _holds_list(grid: Grid, number: int, printed: dict[int, list[Line]]) -> bool:
    """Whether the row holds several rows with no rule between them: amounts under each other in two columns or more."""
    owners = [index for index in set(grid.owner[number]) if len(printed.get(index, [])) > 1]
    if len(owners) < 2 or any(grid.regions[index].row_end - grid.regions[index].row != 1 for index in owners):
        return False
    return sum(sum(1 for line in printed[index] if _AMOUNT.fullmatch(line.text)) > 1 for index in owners) > 1


def _place(grid: Grid, run: Line, held: dict[int, list[Glyph]]) -> None:
    """Put the run's glyphs into regions: each by its own middle, the whole run together where it runs over a rule.

    A number that a rule cuts is unread in each cell it stands in.
    """
    x0, top, x1, bottom = grid.box
    mid = min(max(run.mid, top), bottom - 0.01)
    found: list[int] = []
    for glyph in run.glyphs:
        index = grid.at(min(max(glyph.centre, x0), x1 - 0.01), mid)
        if found and glyph.text in _HANGING:  # closing marks may hang over the rule
            index = found[-1]
        found.append(-1 if index is None else index)
    glyphs: Sequence[Glyph | None] = run.glyphs
    if len(set(found)) > 1:
        straddles = any(_over(grid, glyph, mid) for glyph in run.glyphs)
        if straddles and not all(glyph.text in NUMBER_SIGNS for glyph in run.glyphs):
            found = [max(set(found), key=found.count)] * len(found)
        else:
            glyphs = unread_where_cut(run.glyphs, found, lambda glyph: _over(grid, glyph, mid))
    for placed, index in zip(glyphs, found, strict=True):
        if index >= 0 and placed is not None:
            held.setdefault(index, []).append(placed)


def _over(grid: Grid, glyph: Glyph, mid: float) -> bool:
    """Whether the glyph lies over the rule between two cells."""
    reach = STRADDLE * glyph.size
    if glyph.text.isspace() or glyph.text in _HANGING or glyph.x1 - glyph.x0 <= 2 * reach:
        return False
    left, right = grid.at(glyph.x0 + reach, mid), grid.at(glyph.x1 - reach, mid)
    return left is not None and right is not None and left != right
