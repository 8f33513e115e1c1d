"""Where the indicators and values of one printed row stand: columns against anchors, never likeness of texts.

A layout says in which columns a fragment prints category, indicator and value of each side. It comes from the
header row, or from a row whose category labels are printed. A row without labels is laid over the layouts; it may be
shifted as a whole, and a cell may cover the blank columns after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetdata.sheets.cells import Cell

INDICATOR, TARGET, CATEGORY = "indicator", "target", "category"
Slot = tuple[str, str]
"""(horizon, part)."""
MOST_SHIFT = 3
LONGEST_VALUE = 16


@dataclass(slots=True)
class Layout:
    """Columns by (horizon, part), for the parts category, indicator and target."""

    cols: dict[Slot, int] = field(default_factory=dict)

    def slots(self) -> list[tuple[int, Slot]]:
        """The (column, slot) pairs that hold indicators and values, left to right."""
        return sorted((col, slot) for slot, col in self.cols.items() if slot[1] != CATEGORY)

    def step(self, horizon: str, part: str) -> int | None:
        """How far right of the category label a part stands."""
        category, col = self.cols.get((horizon, CATEGORY)), self.cols.get((horizon, part))
        return None if category is None or col is None else col - category


@dataclass(frozen=True, slots=True)
class Seat:
    """A cell with the slot it fills and the column of that slot in the row."""

    cell: Cell
    slot: Slot
    col: int

    @property
    def own(self) -> bool:
        """True where the cell begins in the slot's column, False where it only covers it."""
        return self.cell.col == self.col


@dataclass(frozen=True, slots=True)
class Fit:
    """A row laid over a layout, moved by `shift` columns."""

    seats: tuple[Seat, ...]
    shift: int

    @property
    def reading(self) -> tuple[Slot, ...]:
        return tuple(seat.slot for seat in self.seats)

    @property
    def exact(self) -> bool:
        """True where every cell begins in the column of its slot."""
        return all(seat.own for seat in self.seats)

    @property
    def pairs(self) -> int:
        """How many sides have both indicator and value."""
        return sum((horizon, INDICATOR) in self.reading for horizon, part in self.reading if part == TARGET)

    @property
    def clean(self) -> bool:
        """True where no value lacks its indicator, and every cell is in its own column or in a complete pair."""
        values = sum(part == TARGET for _, part in self.reading)
        return values == self.pairs and (self.exact or 2 * self.pairs == len(self.seats))

    @property
    def rank(self) -> tuple[int, int, int]:
        names = sum(seat.own for seat in self.seats if seat.slot[1] == INDICATOR)
        return names, self.pairs, sum(seat.own for seat in self.seats)


def seat_row(cells: Sequence[Cell], layouts: Sequence[Layout], horizons: Sequence[str], missing: int = 0) -> Fit | None:
    """The reading of a row without category labels, or None where it cannot be decided. layouts: the nearest first.

    As many cells as slots are the slots in order. Fewer cells are decided by column: as printed without a value that
    lacks its indicator, as printed with one, then moved as a whole by one, two or three columns. Two readings of
    equal standing that differ are no decision. missing: how many cells the row lacks; where those may have stood in front
    of it, the row moved back by as many is a reading of equal standing.
    """
    order = [(horizon, part) for horizon in horizons for part in (INDICATOR, TARGET)]
    if len(cells) == len(order):
        return Fit(tuple(Seat(cell, slot, cell.col) for cell, slot in zip(cells, order, strict=True)), 0)
    if not cells or len(cells) > len(order):
        return None
    lost = {fit.reading for layout in layouts for fit in _fits(cells, layout, -missing) if fit.exact and fit.clean}
    found = _seated(cells, layouts)
    if found is None or not missing:
        return found
    return None if lost - {found.reading} or (found.shift and not lost) else found


def _seated(cells: Sequence[Cell], layouts: Sequence[Layout]) -> Fit | None:
    printed = next((fit for layout in layouts for fit in _fits(cells, layout, 0) if fit.exact), None)
    for distance in range(MOST_SHIFT + 1):
        found = _clean_fits(cells, layouts, distance)
        if found:
            best = [fit for fit in found if fit.rank == max(fit.rank for fit in found)]
            return best[0] if len({fit.reading for fit in best}) == 1 else None
        if printed:
            return printed
    return None


def _clean_fits(cells: Sequence[Cell], layouts: Sequence[Layout], distance: int) -> list[Fit]:
    """The clean readings at a distance; without a shift the nearest layout that gives any decides alone."""
    found: list[Fit] = []
    for layout in layouts:
        for shift in sorted({-distance, distance}):
            found += [fit for fit in _fits(cells, layout, shift) if fit.clean]
        if found and distance == 0:
            break
    return found


def _fits(cells: Sequence[Cell], layout: Layout, shift: int) -> Iterator[Fit]:
    """Every way to seat the cells in order, each in a slot whose column it begins in or covers."""
    slots = [(col + shift, slot) for col, slot in layout.slots()]
    parts = {col: slot[1] for col, slot in slots}

    def seats(index: int, first: int) -> Iterator[tuple[Seat, ...]]:
        if index == len(cells):
            yield ()
            return
        cell = cells[index]
        for number in range(first, len(slots)):
            col, slot = slots[number]
            if col == cell.col or (cell.col < col <= cell.end and _may_cover(cell, parts.get(cell.col))):
                for rest in seats(index + 1, number + 1):
                    yield (Seat(cell, slot, col), *rest)

    for seated in seats(0, 0):
        yield Fit(seated, shift)


def _may_cover(cell: Cell, part: str | None) -> bool:
    """True where a cell may belong to a column right of the one it begins in: it begins in no slot's own column, or it
    is too long for the value whose column it begins in."""
    return part is None or (part == TARGET and len(cell.text) > LONGEST_VALUE)
