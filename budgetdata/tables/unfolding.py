"""The tree of rows that print neither codes nor numbers of their own: each inner row is followed by the rows that make it up.

The tree is the one that explains every printed amount most exactly; where none or several do, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from budgetdata.base.money import tolerance_fen
from budgetdata.base.text import key
from budgetdata.tables.nesting import made_up
from budgetdata.tables.sums import TableRow

MOST_STATES = 6000
DEEPEST = 6
"""Levels that project tables nest in: department, unit, kind, category, project."""
Sum = tuple[int, ...]


class _TooMany(Exception):
    """More ways than can be tried."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to nest some rows: how far its sums are off in all, whether another is as near, and the rows behind each other.

    `last` is (the way before, a row, its parent, the way its own parts are nested in); None for no row at all.
    """

    off: int
    tied: bool
    rounding: int
    last: Any = None

    def pairs(self) -> Iterator[tuple[int, int]]:
        """(row, its parent) of every row."""
        pending = [self]
        while pending:
            way = pending.pop()
            if way.last is not None:
                before, row, parent, inner = way.last
                yield row, parent
                pending += [before, inner]


_NONE = _Way(0, False, 0)


def unfold(rows: Sequence[TableRow], whole: TableRow, unit: str) -> list[int | None] | None:
    """The parent of every row (None: a direct part of `whole`), or None where the amounts show no tree, or several.

    Rows that print no amount but 0 belong where the row above them does.
    """
    shown = [index for index, row in enumerate(rows) if any(amount.fen for amount in row.values.values())]
    if not shown or any(row.broken for row in rows):
        return None
    way = _nearest([rows[index] for index in shown], whole, unit)
    if way is None:
        return None
    parents: list[int | None] = [None] * len(rows)
    for position, parent in way.pairs():
        parents[shown[position]] = None if parent < 0 else shown[parent]
    for index in range(1, len(rows)):
        if index not in shown:
            parents[index] = parents[index - 1]
    return parents


def _nearest(rows: Sequence[TableRow], whole: TableRow, unit: str) -> _Way | None:
    """The one way that is nearest to the amounts: with all leaves equally deep, else of whatever depth they are."""
    for depths in (range(1, DEEPEST + 1), (None,)):
        found = []
        for depth in depths:
            try:
                way = _Solver(rows, whole, unit).whole(depth)
            except _TooMany:
                continue
            found += [way] if way is not None else []
        least = min((way.off for way in found), default=0)
        found = [way for way in found if way.off == least]
        if found:
            return found[0] if len(found) == 1 and not found[0].tied else None
    return None


@dataclass(slots=True)
class _Solver:
    """Finds, for each row, up to which row its parts may go and how those are nested, down to leaves of some depth or any."""

    rows: Sequence[TableRow]
    total: TableRow
    unit: str
    columns: list[str] = field(default_factory=list)
    states: int = 0
    known: dict[tuple[int, int | None], dict[int, _Way]] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    roundings: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = sorted({name for row in (*self.rows, self.total) for name in row.values})
        for row in (*self.rows, self.total):
            self.sums.append(tuple(row.values[name].fen if name in row.values else 0 for name in self.columns))
            halves = (tolerance_fen([amount], self.unit) for amount in row.values.values())
            self.roundings.append(max(halves, default=0))

    def whole(self, depth: int | None) -> _Way | None:
        """The nearest way in which all rows together are the parts of the total."""
        return self._below(-1, depth).get(len(self.rows))

    def _below(self, at: int, depth: int | None) -> dict[int, _Way]:
        """End → the nearest way in which the rows behind position `at`, up to that end, are its parts, `depth` levels of them."""
        if (at, depth) in self.known:
            return self.known[at, depth]
        target, rounding = self.sums[at], self.roundings[at]
        ends: dict[int, _Way] = {}
        reached: dict[int, dict[Sum, _Way]] = {at + 1: {(0,) * len(target): _NONE}}
        for position in range(at + 1, len(self.rows) + 1):
            if position < len(self.rows) and self._starts_beside(at, position):
                _close(ends, reached.pop(position, {}), position, (target, rounding))
                break
            here = reached.pop(position, {})
            _close(ends, here, position, (target, rounding))
            for added, way in here.items() if position < len(self.rows) else ():
                self._count()
                self._step((at, position, depth), added, way, (target, rounding), reached)
            if not reached:
                break
        self.known[at, depth] = ends
        return ends

    def _step(
        self,
        place: tuple[int, int, int | None],
        added: Sum,
        way: _Way,
        aim: tuple[Sum, int],
        reached: dict[int, dict[Sum, _Way]],
    ) -> None:
        """Take the row at a position for the next part: as it stands, or with the parts that it may have itself."""
        at, position, depth = place
        row = self.sums[position]
        longer = tuple(one + other for one, other in zip(added, row, strict=True))
        rounding = way.rounding + self.roundings[position]
        above = any(one > most + rounding + aim[1] for one, most in zip(longer, aim[0], strict=True))
        if above and min(row) >= 0:
            return
        inner_ways = {} if depth == 1 else self._below(position, None if depth is None else depth - 1)
        is_inner = (self.rows[position].of_unit and inner_ways) or (depth or 1) > 1
        leaf = [] if is_inner else [(position + 1, _NONE)]
        for end, inner in [*leaf, *inner_ways.items()]:
            step = _Way(way.off + inner.off, way.tied or inner.tied, rounding, (way, position, at, inner))
            _keep(reached.setdefault(end, {}), longer, step)

    def _starts_beside(self, at: int, position: int) -> bool:
        """True where a row names a unit and the row at `at`, below some unit, does not: it cannot be one of its parts."""
        if at < 0 or not self.rows[position].of_unit or self.rows[at].of_unit:
            return False
        return any(row.of_unit for row in self.rows[:at])

    def _count(self) -> None:
        self.states += 1
        if self.states > MOST_STATES:
            raise _TooMany


def _close(ends: dict[int, _Way], ways: dict[Sum, _Way], position: int, aim: tuple[Sum, int]) -> None:
    """Remember the ways that come to the sum they should, as rounding allows."""
    for added, way in ways.items():
        gaps = [abs(one - other) for one, other in zip(added, aim[0], strict=True)]
        if way.last is not None and max(gaps, default=0) <= way.rounding + aim[1]:
            _keep(ends, position, _Way(way.off + sum(gaps), way.tied, way.rounding, way.last))


def _keep(ways: dict[Any, _Way], place: Any, way: _Way) -> None:
    held = ways.get(place)
    if held is None or way.off < held.off:
        ways[place] = way
    elif way.off == held.off:
        ways[place] = _Way(held.off, True, held.rounding, held.last)


def nest_below(rows: Sequence[TableRow], first: int, end: int, whole: int, unit: str) -> bool:
    """Set level, parent and is_sum of the rows from `first` to `end` as parts of the row at `whole`; True where they can be."""
    parents = unfold(rows[first:end], rows[whole], unit)
    if parents is None:
        return False
    for index, parent in enumerate(parents):
        above = whole if parent is None else first + parent
        rows[first + index].parent = above
        rows[first + index].level = rows[above].level + 1
        rows[above].is_sum = True
    return True


def nest_projects(rows: Sequence[TableRow], unit: str) -> bool:
    """Nest the rows of a project table below its units and categories, where exactly the amounts show them; True where they do.

    Where its rows just make up the total, and none of them names a unit, all are projects.
    """
    total = _whole_of_projects(rows)
    if total is None:
        return False
    first, end = (1, len(rows)) if total == 0 else (0, len(rows) - 1)
    inner = rows[first:end]
    if not any(row.of_unit for row in inner) and made_up(rows[total], [row for row in inner if row.values], unit):
        return False
    before = [(row.level, row.is_sum) for row in inner]
    for row in inner:
        row.is_sum = False
    if nest_below(rows, first, end, total, unit):
        for row in inner:
            row.parent = None if row.parent == total else row.parent
        return True
    for row, (level, is_sum) in zip(inner, before, strict=True):
        row.level, row.is_sum = level, is_sum
    return False


def _whole_of_projects(rows: Sequence[TableRow]) -> int | None:
    """The one row that is for all of a project table: the total, else the department's own at its head; at an end of it."""
    totals = [index for index, row in enumerate(rows) if not row.level and not row.of_unit]
    if not totals and len(rows) > 1 and not rows[0].level and key(rows[0].label) != key(rows[1].label):
        totals = [0]
    return totals[0] if len(totals) == 1 and totals[0] in {0, len(rows) - 1} else None
