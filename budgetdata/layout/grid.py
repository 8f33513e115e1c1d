"""Rules made grids: lines snapped and joined, crossing lines gathered into tables, cells merged where no line divides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import NamedTuple

from budgetdata.base.raw import Box
from budgetdata.layout.geometry import Rule
from budgetdata.layout.limits import DIVIDES, DOUBLE, GAP, LEAST_ROW, SNAP


class Region(NamedTuple):
    """A cell, merged or not: the first and last (exclusive) grid row and column it covers."""

    row: int
    col: int
    row_end: int
    col_end: int


@dataclass(slots=True)
class Grid:
    """The lines of one table and the cells between them; `owner[row][col]` is an index into `regions`."""

    xs: list[float]
    ys: list[float]
    regions: list[Region] = field(default_factory=list)
    owner: list[list[int]] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def region_box(self, region: Region) -> Box:
        """The region's box in points."""
        return self.xs[region.col], self.ys[region.row], self.xs[region.col_end], self.ys[region.row_end]

    def at(self, x: float, y: float) -> int | None:
        """The index of the region at a point, or None outside the grid."""
        col, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= col < len(self.xs) - 1:
            return self.owner[row][col]
        return None


def joined_rules(rules: Iterable[Rule]) -> list[Rule]:
    """The rules snapped to common positions, overlapping and touching pieces joined, dots left out."""
    result: list[Rule] = []
    for flat in (True, False):
        cluster: list[Rule] = []
        for rule in sorted((rule for rule in rules if rule.flat is flat), key=lambda rule: rule.at):
            if cluster and rule.at - cluster[0].at > SNAP:
                result.extend(_joined_cluster(cluster))
                cluster = []
            cluster.append(rule)
        if cluster:
            result.extend(_joined_cluster(cluster))
    return [rule for rule in result if rule.end - rule.start > GAP]


def _joined_cluster(cluster: list[Rule]) -> list[Rule]:
    weight = sum(rule.end - rule.start for rule in cluster) or 1.0
    at = sum(rule.at * (rule.end - rule.start) for rule in cluster) / weight if weight > 1.0 else cluster[0].at
    result: list[Rule] = []
    for rule in sorted(cluster, key=lambda rule: rule.start):
        if result and rule.start - result[-1].end <= GAP:
            last = result[-1]
            result[-1] = last._replace(end=max(last.end, rule.end), thick=max(last.thick, rule.thick))
        else:
            result.append(rule._replace(at=at))
    return result


def crossing_groups(rules: list[Rule]) -> list[list[Rule]]:
    """The rules gathered into groups that touch one another."""
    flats = [index for index, rule in enumerate(rules) if rule.flat]
    uprights = [index for index, rule in enumerate(rules) if not rule.flat]
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for a in flats:
        flat = rules[a]
        for b in uprights:
            rule = rules[b]
            if (
                flat.start - GAP <= rule.at <= flat.end + GAP
                and rule.start - GAP <= flat.at <= rule.end + GAP
                and root(a) != root(b)
            ):
                parent[root(a)] = root(b)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return list(groups.values())


def grid_of(group: list[Rule]) -> Grid | None:
    """The grid that a group of crossing rules draws, or None where it has no two cells."""
    flats = [rule for rule in group if rule.flat]
    uprights = [rule for rule in group if not rule.flat]
    if len(flats) < 2 or len(uprights) < 2:
        return None
    flats = [*flats, *_below_heads(flats, uprights)]
    # A table may be open at its sides: the ends of the crossing lines bound it there.
    xs = _positions([rule.at for rule in uprights], min(r.start for r in flats), max(r.end for r in flats))
    ys = _positions([rule.at for rule in flats], min(r.start for r in uprights), max(r.end for r in uprights))
    if (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    grid = Grid(xs, ys)
    right = _divided(uprights, xs, ys)  # [col][row]: the line left of col divides at row
    below = _divided(flats, ys, xs)  # [row][col]: the line above row divides at col
    _merge(grid, right, below)
    return grid


def _below_heads(flats: list[Rule], uprights: list[Rule]) -> list[Rule]:
    """The rules left out in a head below what stands over several columns: where uprights begin in the open, between the first
    two flat rules, from the whole upright before to the one behind."""
    first, second = min(rule.at for rule in flats), max(rule.at for rule in flats)
    second = min((rule.at for rule in flats if rule.at > first + DOUBLE), default=second)
    found = []
    for start in (rule.start for rule in uprights if first + LEAST_ROW < rule.start < second - LEAST_ROW):
        whole = [rule.at for rule in uprights if rule.start < start - DOUBLE and rule.end > start + DOUBLE]
        here = [rule for rule in uprights if abs(rule.start - start) <= DOUBLE]
        for rule in here:
            left = max((at for at in whole if at < rule.at), default=None)
            right = min((at for at in whole if at > rule.at), default=None)
            if left is not None and right is not None:
                found.append(Rule(True, start, left, right, 0.0))
    return found


def _positions(inner: list[float], first: float, last: float) -> list[float]:
    found: list[float] = []
    for at in sorted(inner):
        if not found or at - found[-1] > DOUBLE:
            found.append(at)
    if found[0] - first > 2 * DOUBLE:
        found.insert(0, first)
    if last - found[-1] > 2 * DOUBLE:
        found.append(last)
    return found


def _divided(rules: list[Rule], across: list[float], along: list[float]) -> list[list[bool]]:
    """For each position across and each stretch along it: whether rules there cover enough of the stretch."""
    result = []
    for position in across:
        here = [rule for rule in rules if abs(rule.at - position) <= DOUBLE]
        line = []
        for low, high in pairwise(along):
            covered = sum(max(0.0, min(high, rule.end) - max(low, rule.start)) for rule in here)
            line.append(covered >= DIVIDES * (high - low))
        result.append(line)
    return result


def _merge(grid: Grid, right: list[list[bool]], below: list[list[bool]]) -> None:
    """Fill the grid's regions: neighbours that no line divides are one cell, where they make a rectangle."""
    rows, cols = len(grid.ys) - 1, len(grid.xs) - 1
    grid.owner = [[-1] * cols for _ in range(rows)]
    for cells in _undivided(rows, cols, right, below):
        r0, r1 = min(r for r, _ in cells), max(r for r, _ in cells) + 1
        c0, c1 = min(c for _, c in cells), max(c for _, c in cells) + 1
        if len(cells) == (r1 - r0) * (c1 - c0):
            _add(grid, Region(r0, c0, r1, c1))
            continue
        # Not a rectangle: a border is missing somewhere. Each row keeps its own stretch.
        for row in range(r0, r1):
            columns = sorted(c for r, c in cells if r == row)
            start = 0
            for index in range(1, len(columns) + 1):
                if index == len(columns) or columns[index] != columns[index - 1] + 1:
                    _add(grid, Region(row, columns[start], row + 1, columns[index - 1] + 1))
                    start = index
    grid.regions, order = _sorted(grid.regions)
    grid.owner = [[order[number] for number in line] for line in grid.owner]


def _undivided(
    rows: int, cols: int, right: list[list[bool]], below: list[list[bool]]
) -> Iterator[list[tuple[int, int]]]:
    """The fields of a grid, row and column, in groups that no line divides within."""
    reached = [[False] * cols for _ in range(rows)]
    for row, col in product(range(rows), range(cols)):
        if reached[row][col]:
            continue
        cells = list[tuple[int, int]]()
        queue = [(row, col)]
        reached[row][col] = True
        while queue:
            r, c = queue.pop()
            cells.append((r, c))
            for nr, nc, divided in (
                (r, c + 1, c + 1 < cols and right[c + 1][r]),
                (r, c - 1, right[c][r]),
                (r + 1, c, r + 1 < rows and below[r + 1][c]),
                (r - 1, c, below[r][c]),
            ):
                if 0 <= nr < rows and 0 <= nc < cols and not divided and not reached[nr][nc]:
                    reached[nr][nc] = True
                    queue.append((nr, nc))
        yield cells


def _add(grid: Grid, region: Region) -> None:
    for row in range(region.row, region.row_end):
        for col in range(region.col, region.col_end):
            grid.owner[row][col] = len(grid.regions)
    grid.regions.append(region)


def _sorted(regions: list[Region]) -> tuple[list[Region], dict[int, int]]:
    order = sorted(range(len(regions)), key=lambda index: regions[index])
    return [regions[index] for index in order], {old: new for new, old in enumerate(order)}
