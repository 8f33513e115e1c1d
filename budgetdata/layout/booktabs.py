"""Three-line tables: found by their full-width rules, read by columns that are proved, else handed back as unreadable."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from budgetdata.base.said import Said, said
from budgetdata.layout.columns import Block, Frame, edge_sets, merged, number_like, number_row, worded
from budgetdata.layout.frames import Carried, frames_of
from budgetdata.layout.geometry import Glyph, Rule
from budgetdata.layout.heads import Headed, headed
from budgetdata.layout.levels import heads_at, levelled
from budgetdata.layout.limits import FOLLOWS, NEAR, PIECE_GAP
from budgetdata.layout.rows import FoundTable, Row, Unproved, fault, grouped, listed_rows, row_of, row_pitch
from budgetdata.layout.text import Line, lines_of, pieces_of


def open_tables(
    lines: list[Line], rules: list[Rule], width: float, carried: Carried
) -> tuple[list[FoundTable], list[Line], list[tuple[float, Said]]]:
    """The tables drawn with horizontal rules only, the lines outside them, and (height, reason) of what is unproved."""
    tables: list[FoundTable] = []
    problems: list[tuple[float, Said]] = []
    rest = sorted(lines, key=lambda line: line.mid)
    flats = sorted((rule for rule in rules if rule.flat), key=lambda rule: rule.at)
    frames = frames_of(flats, rest, width, carried)
    for frame in frames:
        inside = {id(line) for line in frame.lines}
        goes_on = not any(line.mid < frame.top for line in rest)
        try:
            if goes_on and carried.broken:
                raise Unproved(said("readers.may_go_on"))
            if _bare(frame, rest):
                raise Unproved(said("readers.bare_head"))
            tables += _tables(frame, carried, goes_on)
            carried.broken = False
        except Unproved as error:
            carried.edges, carried.head, carried.broken = None, None, True
            problems.append((frame.top, said("readers.open_table", reason=error.reason)))
        except Exception as error:  # whatever it is, it is the end of this table, not of the page
            carried.edges, carried.head, carried.broken = None, None, True
            problems.append((frame.top, fault(error)))
        rest = [line for line in rest if id(line) not in inside]
    if not frames or any(line.mid > frames[-1].bottom for line in rest):  # what ends above other text does not go on
        carried.edges, carried.head, carried.broken = None, None, False
    return tables, rest, problems


def _tables(frame: Frame, carried: Carried, goes_on: bool) -> list[FoundTable]:
    """The tables of a frame: one, or a list of indicators and what stands above its heads in pairs. Raises Unproved."""
    if heads_at(frame.lines) is not None:
        try:
            tables, carried.head = levelled(frame.lines, carried.head if goes_on else None)
            carried.edges = carried.head.edges
            return tables
        except Unproved:
            if frame.made_up:
                raise
    rows = _proved(frame, carried, goes_on)
    return [FoundTable((frame.left, frame.top, frame.right, frame.bottom), rows)] if rows else []


def _proved(frame: Frame, carried: Carried, goes_on: bool) -> list[Row]:
    """The rows under the first column edges that give every text its cell; the edges are carried on.

    Raises Unproved where there are none.
    """
    reason = Unproved(said("readers.columns_apart"))
    head = headed(frame)
    if head is None and goes_on and carried.head is not None and _is_body(frame, carried.head):
        head = replace(carried.head, rows=[], ends=frame.top - NEAR)
    if head is not None:
        try:
            rows = [*head.rows, *_below(frame, head)]
            carried.white = frame.white or carried.white
            carried.edges, carried.head = head.edges, head
            return rows
        except Unproved as error:
            reason = error
    for edges in edge_sets(frame, carried.edges if goes_on else None):
        try:
            rows = _rows(frame, edges)
            carried.edges, carried.head = edges, None
            return rows
        except Unproved as error:
            reason = error
    raise reason


def _bare(frame: Frame, lines: list[Line]) -> bool:
    """Whether the frame holds a head alone and the next line on the page, outside it, holds amounts: its rows were lost."""
    below = [line for line in lines if line.mid > frame.bottom]
    if not below or any(number_like(piece) for line in frame.lines for piece in pieces_of(line, PIECE_GAP)):
        return False
    return below[0].top - frame.bottom <= FOLLOWS * below[0].size and any(
        sum(number_like(piece) for piece in pieces_of(line, PIECE_GAP)) > 1
        for line in below
        if frame.left - NEAR <= line.x0 and line.x1 <= frame.right + NEAR
    )


def _is_body(frame: Frame, head: Headed) -> bool:
    """Whether the frame holds rows only, between the sides of the head on a page before."""
    sides = abs(frame.left - head.edges[0]) <= 2 * NEAR and abs(frame.right - head.edges[-1]) <= 2 * NEAR
    return sides and not any(frame.top + NEAR < rule.at < frame.bottom - NEAR for rule in frame.rules)


def _below(frame: Frame, head: Headed) -> list[Row]:
    """The rows below a head. Raises Unproved where a text's cell cannot be told."""
    pieces = [piece for line in frame.lines if line.mid > head.ends for piece in _cut(line, frame, head.edges)]
    if not pieces:
        return []
    return [row for _, row in listed_rows(pieces, head.edges, head.tight, row_pitch(pieces))]


def _rows(frame: Frame, edges: list[float]) -> list[Row]:
    bands = frame.bands()
    pieces = [piece for line in frame.lines for piece in _cut(line, frame, edges)]
    listed = _listed_bands(frame, bands, pieces, edges)
    # A row of column numbers (1 2 3 …) under the head stands for a rule of its own.
    heads = [at for line in frame.lines if (at := number_row(line, len(edges) - 1)) is not None]
    if heads:
        rules = frame.rules + [Rule(True, at, frame.left, frame.right, 0.0) for at in heads]
        frame = Frame(frame.left, frame.right, frame.top, frame.bottom, rules, frame.lines)
        bands = frame.bands()
    cells: dict[tuple[float, float], list[Line]] = {}
    rows: list[tuple[float, Row]] = []
    for band in listed:
        inside = [piece for piece in pieces if band[0] <= piece.mid <= band[1]]
        rows += listed_rows(inside, edges)
        pieces = [piece for piece in pieces if not band[0] <= piece.mid <= band[1]]
    for piece in pieces:
        above, below = frame.segment((piece.x0 + piece.x1) / 2, piece.mid)
        cells.setdefault((above, below), []).append(piece)
    heights = bands[:-1]
    placed: dict[int, list[Block]] = {}
    for (above, _), inside in cells.items():
        number = max(0, bisect_right(heights, above + NEAR) - 1)
        placed.setdefault(number, []).extend(_side_by_side(inside))
    for number, blocks in placed.items():
        rows.append((heights[number], row_of(blocks, edges, placed.get(number + 1, []))))
    return [row for _, row in sorted(rows, key=lambda entry: entry[0])]


def _cut(line: Line, frame: Frame, edges: list[float]) -> list[Line]:
    """The line's pieces, cut also where little white lies on an edge that no other line of the same cell runs over."""
    result: list[Line] = []
    for piece in worded(line):
        groups: list[list[Glyph]] = [[]]
        last: Glyph | None = None
        for glyph in piece.glyphs:
            if last is not None and not glyph.text.isspace() and glyph.x0 - last.x1 >= 0.2 * piece.size:
                cut = next((edge for edge in edges if last.x1 - 1 <= edge <= glyph.x0 + 1), None)
                if cut is not None and not _crossed(cut, piece, frame):
                    groups.append([])
            groups[-1].append(glyph)
            last = glyph if not glyph.text.isspace() else last
        result.extend(found for group in groups for found in lines_of(group))
    return result


def _crossed(edge: float, piece: Line, frame: Frame) -> bool:
    segment = frame.segment(edge, piece.mid)
    return any(
        segment[0] < line.mid < segment[1]
        and any(glyph.x0 + 1 < edge < glyph.x1 - 1 for glyph in line.glyphs if not glyph.text.isspace())
        for line in frame.lines
    )


def _side_by_side(pieces: list[Line]) -> list[Block]:
    """The pieces of one cell row as one block for each column of text: all that overlap in x, however many lines."""
    blocks: list[Block] = []
    for piece in pieces:
        over = [block for block in blocks if min(block.x1, piece.x1) > max(block.x0, piece.x0)]
        for block in over:
            blocks.remove(block)
        blocks.append(Block([part for block in over for part in block.pieces] + [piece]))
    return blocks


def _listed_bands(
    frame: Frame, bands: list[float], pieces: list[Line], edges: list[float]
) -> list[tuple[float, float]]:
    """The bands between full rules that hold a list of rows with no rule between them."""
    full = merged(
        [frame.top, frame.bottom]
        + [rule.at for rule in frame.rules if rule.start - edges[0] <= 2 * NEAR and edges[-1] - rule.end <= 2 * NEAR]
    )
    result = []
    single = 0
    for above, below in pairwise(full):
        if any(above + NEAR < at < below - NEAR for at in bands):
            continue
        inside = [piece for piece in pieces if above <= piece.mid <= below]
        if len({round(piece.base) for piece in inside}) < 2 or len(grouped(inside, edges)) < 2:
            single += 1
        else:
            result.append((above, below))
    return result if single < 5 or len(result) > single else []
