"""The outlines of three-line tables: which flat rules open and close one, and how far it goes on below the last rule.

A table opens and closes at a strong rule where its rules differ in thickness. Where they do not, it closes at the rule
behind which something stands that is no row of it. It may begin on the page before, and end on the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise, takewhile

from budgetdata.base.text import squeeze
from budgetdata.layout.columns import Frame, edge_sets, is_amount
from budgetdata.layout.geometry import Rule
from budgetdata.layout.heads import Headed, headed
from budgetdata.layout.limits import CONTRAST, FOLLOWS, NARROW, NEAR, PIECE_GAP, STRONG, WIDE
from budgetdata.layout.rows import Unproved
from budgetdata.layout.ruleless import ruleless
from budgetdata.layout.text import Line, pieces_of

_NOTE = re.compile(r"^(?:备?注|说明)\s*\d*\s*[:：]")  # 注：…, 备注1：…, 说明：…


FEWEST_MARKS = 4
"""Numbers in equal steps that are taken for the scale of an axis."""
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(slots=True)
class Carried:
    """What a page hands on to the next: whether a table is still open or was not read, its head and edges; and the
    white between amounts and the next head in tables without rules."""

    is_open: bool = False
    edges: list[float] | None = None
    head: Headed | None = None
    strong: float = 0.0
    broken: bool = False
    white: float = 0.0


def frames_of(flats: list[Rule], lines: list[Line], width: float, carried: Carried) -> list[Frame]:
    """The outlines of the tables on a page from top to bottom; `carried` is read, and told what goes on to the next page."""
    full, left, right = _full_width(flats, width)
    if not full:
        return _without_rules(lines, carried)
    search = _Search(flats, lines, full, left, right, _strong(full, carried))
    search.go_on(carried)
    carried.is_open = False
    for rule, following in pairwise([*full, None]):
        if rule is not None and not search.meets(rule):
            between = search.between(rule, following)
            if following is not None:
                search.look_behind(rule, between)
            else:
                search.end(rule, between, carried)
    return search.kept()


def _full_width(flats: list[Rule], width: float) -> tuple[list[Rule], float, float]:
    """The rules that run over the whole width of the tables on the page, and the tables' left and right side."""
    full = [rule for rule in flats if rule.end - rule.start >= WIDE * width] or [
        rule for rule in flats if rule.end - rule.start >= NARROW * width
    ]
    if not full:
        return [], 0.0, 0.0
    left, right = min(rule.start for rule in full), max(rule.end for rule in full)
    return [rule for rule in full if rule.start - left <= 2 * NEAR and right - rule.end <= 2 * NEAR], left, right


def _strong(full: list[Rule], carried: Carried) -> float:
    """How thick a rule is that opens or closes a table, here or on a page before; 0 where all are alike."""
    thickest = max(rule.thick for rule in full)
    if min(rule.thick for rule in full) <= CONTRAST * thickest:
        carried.strong = STRONG * thickest
    return carried.strong if carried.strong <= thickest else 0.0


@dataclass(slots=True)
class _Search:
    """A walk down the full-width rules of a page: the table that is open, if any, and those that are closed."""

    flats: list[Rule]
    lines: list[Line]
    full: list[Rule]
    left: float
    right: float
    strong: float
    frames: list[Frame] = field(default_factory=list)
    start: float | None = None  # the height at which the open table begins
    seen: int = 0  # rules of the open table that were met
    from_before: bool = False  # the first table began on the page before, with a head

    def go_on(self, carried: Carried) -> None:
        """Open the table of the page before where the lines above the first rule fit its columns."""
        if not carried.is_open or carried.edges is None:
            return
        first = [line for line in self.lines if line.mid < self.full[0].at]
        if first and all(_fits(line, carried.edges) for line in first):
            self.start, self.seen, self.from_before = first[0].top, 1, carried.head is not None

    def meets(self, rule: Rule) -> bool:
        """Open a table at the rule, or count it; True where it closes the open table for certain."""
        if self.start is None:
            self.start, self.seen = rule.at, 1
            return False
        self.seen += 1
        ends_carried = self.from_before and not self.frames and self.seen == 2
        if not ends_carried and not (self.strong and rule.thick >= self.strong):
            return False
        self._close(rule.at)
        return True

    def between(self, rule: Rule, following: Rule | None) -> list[Line]:
        """The lines between two rules, or below the last."""
        return [line for line in self.lines if line.mid > rule.at and (following is None or line.mid < following.at)]

    def look_behind(self, rule: Rule, between: list[Line]) -> None:
        """Close the open table at a rule like all others where what stands behind it is no row."""
        if (
            not self.strong
            and self.seen > 1
            and not _belongs(between, self._outline(rule.at).lines, self.left, self.right)
        ):
            self._close(rule.at)

    def end(self, rule: Rule, between: list[Line], carried: Carried) -> None:
        """Close the open table at the last rule of the page or below the rows that follow it; tell whether it goes on."""
        end = rule.at
        if self.strong or self.seen == 2:
            end, proved = _reach(self._outline(rule.at), between, carried.edges if self.seen == 1 else None)
            carried.is_open = (bool(self.strong) or proved) and bool(between) and end >= between[-1].mid
        if self.seen > 1 or end > rule.at:
            self.frames.append(self._outline(end))

    def kept(self) -> list[Frame]:
        """The frames that hold text and look like tables."""
        sure = bool(self.strong) or self.from_before
        return [f for f in self.frames if f.lines and (sure or _has_head(f)) and not _is_chart(f)]

    def _close(self, at: float) -> None:
        self.frames.append(self._outline(at))
        self.start = None

    def _outline(self, bottom: float) -> Frame:
        top = bottom if self.start is None else self.start
        return _frame(self.left, self.right, top, bottom, self.flats, self.lines)


def _without_rules(lines: list[Line], carried: Carried) -> list[Frame]:
    """The rows of a table that goes on from the page before on a page where no rule is drawn."""
    rows: list[Line] = []
    if carried.is_open and carried.head is not None:
        rows = list(takewhile(partial(_fits, edges=carried.head.edges), lines))
    carried.is_open = bool(rows) and len(rows) == len(lines)
    if not rows or carried.head is None:
        return ruleless(lines, carried.white)
    edges = carried.head.edges
    return [Frame(edges[0], edges[-1], rows[0].top - 1, rows[-1].bottom + 1, [], rows)]


def _has_head(frame: Frame) -> bool:
    """Whether a row of two or more texts stands between the first two rules from side to side, as in a table, not in a chart."""
    near = 2 * NEAR
    full = {r.at for r in frame.rules if r.start - frame.left <= near and frame.right - r.end <= near}
    first, second = sorted(full)[:2] if len(full) > 1 else (frame.top, frame.top)
    return any(first < line.mid < second and len(pieces_of(line, PIECE_GAP)) > 1 for line in frame.lines)


def _is_chart(frame: Frame) -> bool:
    """Whether the only numbers inside are the scale of an axis: alone on their lines, in equal steps from top to bottom."""
    texts = [[piece.text for piece in pieces_of(line, PIECE_GAP)] for line in frame.lines]
    numbers = [squeeze(row[0]).replace(",", "") for row in texts if len(row) == 1 and is_amount(row[0])]
    if len(numbers) < FEWEST_MARKS or any(is_amount(text) for row in texts if len(row) > 1 for text in row):
        return False
    values = [float(number) if _PLAIN.fullmatch(number) else None for number in numbers]
    steps = {round(above - below, 6) for above, below in pairwise(values) if above is not None and below is not None}
    return None not in values and len(steps) == 1 and steps != {0.0}


def _frame(left: float, right: float, top: float, bottom: float, flats: list[Rule], lines: list[Line]) -> Frame:
    rules = [
        rule
        for rule in flats
        if top - 1 <= rule.at <= bottom + 1 and left - 2 * NEAR <= rule.start and rule.end <= right + 2 * NEAR
    ]
    return Frame(left, right, top, bottom, rules, [line for line in lines if top <= line.mid <= bottom])


def _reach(head: Frame, following: list[Line], carried: list[float] | None) -> tuple[float, bool]:
    """How far down the rows go that follow the last rule on the page, and whether the head proves their columns."""
    end = head.bottom
    size = head.lines[0].size if head.lines else following[0].size if following else 0.0
    rows: list[Line] = []
    for line in following:
        above = rows[-1].bottom if rows else end
        inside = head.left - NEAR <= line.x0 and line.x1 <= head.right + NEAR and not _NOTE.match(line.text)
        if not inside or line.top - above > FOLLOWS * size or not 0.75 * size <= line.size <= 1.3 * size:
            break
        rows.append(line)
    proved = _edges_with(head, rows)
    edges = proved or (next(edge_sets(head, carried), None) if head.lines else carried)
    for line in rows:
        if edges is None or not _fits(line, edges):
            break
        end = line.bottom
    return end, proved is not None


def _edges_with(head: Frame, rows: list[Line]) -> list[float] | None:
    """The column edges that the head proves together with the rows below it."""
    if not head.lines or not rows:
        return None
    try:
        found = headed(Frame(head.left, head.right, head.top, rows[-1].bottom, head.rules, head.lines + rows))
    except Unproved:
        return None
    return found.edges if found else None


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
