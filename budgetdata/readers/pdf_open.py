"""Three-line tables: found by their full-width rules, read by columns that are proved, else handed back as unreadable."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from budgetdata.readers.pdf_columns import (
    NEAR,
    PIECE_GAP,
    Block,
    Frame,
    edge_sets,
    is_amount,
    merged,
)
from budgetdata.readers.pdf_geometry import Glyph, Rule
from budgetdata.readers.pdf_rows import FoundTable, Row, Unproved, grouped, listed_rows, row_of
from budgetdata.readers.pdf_text import Line, lines_of, pieces_of

WIDE = 0.3  # of the page width: a full-width rule is at least so long
STRONG = 0.85  # of the thickest rule: the rules that open and close a table
CONTRAST = 0.75  # thinner rules than this share of the thickest are the inner ones
FOLLOWS = 4.0  # of the size: the next row of a table is no further down
_NOTE = re.compile(r"^(?:备?注|说明)\s*\d*\s*[:：]")


@dataclass(slots=True)
class Carried:
    """What a page hands on to the next: whether a table is still open or was not read, its column edges and outline."""

    is_open: bool = False
    edges: list[float] | None = None
    strong: float = 0.0
    broken: bool = False


def open_tables(
    lines: list[Line], rules: list[Rule], width: float, carried: Carried
) -> tuple[list[FoundTable], list[Line], list[tuple[float, str]]]:
    """The tables drawn with horizontal rules only, the lines outside them, and (height, reason) of what is unproved."""
    tables: list[FoundTable] = []
    problems: list[tuple[float, str]] = []
    rest = sorted(lines, key=lambda line: line.mid)
    flats = sorted((rule for rule in rules if rule.flat), key=lambda rule: rule.at)
    frames = _frames(flats, rest, width, carried)
    for frame in frames:
        inside = {id(line) for line in frame.lines}
        goes_on = not any(line.mid < frame.top for line in rest)
        try:
            if goes_on and carried.broken:
                raise Unproved("it may go on from the one before, which was not read")
            carried.edges, rows = _proved(frame, carried.edges if goes_on else None)
            carried.broken = False
            if rows:
                tables.append(FoundTable((frame.left, frame.top, frame.right, frame.bottom), rows))
        except Unproved as error:
            carried.edges, carried.broken = None, True
            problems.append((frame.top, f"a table without vertical rules was not read: {error}"))
        rest = [line for line in rest if id(line) not in inside]
    if not frames or any(line.mid > frames[-1].bottom for line in rest):  # what ends above other text does not go on
        carried.edges, carried.broken = None, False
    return tables, rest, problems


def _proved(frame: Frame, carried: list[float] | None) -> tuple[list[float], list[Row]]:
    """The first column edges under which every text has its cell, and the rows. Raises Unproved where there are none."""
    reason = Unproved("its columns cannot be told apart")
    for edges in edge_sets(frame, carried):
        try:
            return edges, _rows(frame, edges)
        except Unproved as error:
            reason = error
    raise reason


def _frames(flats: list[Rule], lines: list[Line], width: float, carried: Carried) -> list[Frame]:
    full = [rule for rule in flats if rule.end - rule.start >= WIDE * width]
    if not full:
        carried.is_open = False
        return []
    left, right = min(rule.start for rule in full), max(rule.end for rule in full)
    full = [rule for rule in full if rule.start - left <= 2 * NEAR and right - rule.end <= 2 * NEAR]
    thickest = max(rule.thick for rule in full)
    if min(rule.thick for rule in full) <= CONTRAST * thickest:
        carried.strong = STRONG * thickest
    strong = carried.strong if carried.strong <= thickest else 0.0
    frames: list[Frame] = []
    start: float | None = None
    seen = 0
    if carried.is_open and carried.edges is not None:
        first = [line for line in lines if line.mid < full[0].at]
        if first and all(_fits(line, carried.edges) for line in first):
            start, seen = first[0].top, 1
    carried.is_open = False
    for rule, following in pairwise([*full, None]):
        if rule is None:
            break
        if start is None:
            start, seen = rule.at, 1
        else:
            seen += 1
            if strong and rule.thick >= strong:
                frames.append(_frame(left, right, start, rule.at, flats, lines))
                start = None
                continue
        between = [line for line in lines if line.mid > rule.at and (following is None or line.mid < following.at)]
        if following is None:
            end = rule.at
            if strong or seen == 2:
                head = _frame(left, right, start, rule.at, flats, lines)
                end = _reach(head, between, carried.edges if seen == 1 else None)
                carried.is_open = bool(strong) and bool(between) and end >= between[-1].mid
            if seen > 1 or end > rule.at:
                frames.append(_frame(left, right, start, end, flats, lines))
        elif (
            not strong
            and seen > 1
            and not _belongs(between, _frame(left, right, start, rule.at, flats, lines).lines, left, right)
        ):
            frames.append(_frame(left, right, start, rule.at, flats, lines))
            start = None
    return [frame for frame in frames if frame.lines and (strong or _has_head(frame))]


def _has_head(frame: Frame) -> bool:
    """Whether a row of two or more texts stands between the first two rules, as in a table and not in a chart."""
    first, second = sorted({rule.at for rule in frame.rules})[:2] if len(frame.rules) > 1 else (frame.top, frame.top)
    return any(first < line.mid < second and len(pieces_of(line, PIECE_GAP)) > 1 for line in frame.lines)


def _frame(left: float, right: float, top: float, bottom: float, flats: list[Rule], lines: list[Line]) -> Frame:
    rules = [
        rule
        for rule in flats
        if top - 1 <= rule.at <= bottom + 1 and left - 2 * NEAR <= rule.start and rule.end <= right + 2 * NEAR
    ]
    return Frame(left, right, top, bottom, rules, [line for line in lines if top <= line.mid <= bottom])


def _reach(head: Frame, following: list[Line], carried: list[float] | None) -> float:
    """How far down the rows go that follow the last rule on the page."""
    end = head.bottom
    edges = next(edge_sets(head, carried), None) if head.lines else carried
    if edges is None:
        return end
    size = head.lines[0].size if head.lines else following[0].size if following else 0.0
    for line in following:
        if not _fits(line, edges) or line.top - end > FOLLOWS * size or not 0.75 * size <= line.size <= 1.3 * size:
            break
        end = line.bottom
    return end


def _fits(line: Line, edges: list[float]) -> bool:
    """Whether the line can be a row: within the sides, no note, and no number over an edge."""
    if line.x0 < edges[0] - NEAR or line.x1 > edges[-1] + NEAR or _NOTE.match(line.text):
        return False
    pieces = pieces_of(line, PIECE_GAP)
    over = [piece for piece in pieces if any(piece.x0 + 1 < edge < piece.x1 - 1 for edge in edges)]
    return not any(is_amount(piece.text) for piece in over) and 2 * len(over) <= len(pieces)


def _belongs(lines: list[Line], rows: list[Line], left: float, right: float) -> bool:
    """Whether lines between two equal rules are rows of the table above, not a note or a title between two tables."""
    sizes = sorted(line.size for line in rows or lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    return all(
        left - NEAR <= line.x0
        and line.x1 <= right + NEAR
        and abs(line.size - usual) <= 0.12 * usual
        and not _NOTE.match(line.text)
        for line in lines
    )


def _rows(frame: Frame, edges: list[float]) -> list[Row]:
    bands = frame.bands()
    pieces = [piece for line in frame.lines for piece in _cut(line, frame, edges)]
    listed = _listed_bands(frame, bands, pieces, edges)
    # A row of column numbers (1 2 3 …) under the head stands for a rule of its own.
    heads = [at for line in frame.lines if (at := _number_row(line, len(edges) - 1)) is not None]
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


def _number_row(line: Line, columns: int) -> float | None:
    texts = [piece.text for piece in pieces_of(line, PIECE_GAP)]
    if len(texts) >= 3 and len(texts) <= columns and texts == [str(number) for number in range(1, len(texts) + 1)]:
        return line.top - 0.1 * line.size
    return None


def _cut(line: Line, frame: Frame, edges: list[float]) -> list[Line]:
    """The line's pieces, cut also where little white lies on an edge that no other line of the same cell runs over."""
    result: list[Line] = []
    for piece in pieces_of(line, PIECE_GAP):
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
