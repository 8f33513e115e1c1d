"""The indicator lists of a performance sheet, read row by row with the category labels as anchors.

Most forms print two lists side by side, the whole term left and the year right; some print one list. Rows lose
cells, move by a column, or stand before their category label; what cannot be placed is handed back, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetdata.base.facts import ANNUAL, TERM, TargetFact
from budgetdata.base.said import Said, said
from budgetdata.sheets.cells import Cell, Line, one_line, without_leading
from budgetdata.sheets.dimensions import FirstLevel, dimension_of, dimensions_in
from budgetdata.sheets.drafts import (
    BEFORE_BREAK,
    COVERED,
    LATE_CATEGORY,
    OTHER_SIDE_LABEL,
    SHIFTED,
    Category,
    Draft,
    Noted,
    empty_cell,
    fact_of,
    settled,
    with_cut_names,
)
from budgetdata.sheets.labels import is_like_category, is_nothing, is_sub_cost, not_indicators
from budgetdata.sheets.slots import CATEGORY, INDICATOR, TARGET, Fit, Layout, seat_row
from budgetdata.sheets.weights import Beside

CUT_OFF = "sheets.cut_off"
"""The code of the note that a source prints only a part of a sheet's lists."""
FIRST_CATEGORY = "数量"
"""The category the form prints first: rows above every label can belong to it alone."""


@dataclass(slots=True)
class Lists:
    """The state of reading a sheet's indicator lists; `read` takes a line and returns what it could not explain."""

    horizons: tuple[str, ...] = (TERM, ANNUAL)
    headers: dict[int, Layout] = field(default_factory=dict)
    labelled: dict[int, Layout] = field(default_factory=dict)
    running: dict[str, Category] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Noted] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    value_cols: dict[str, int] = field(default_factory=dict)
    """Where one list prints a value for each horizon behind a shared indicator: the column of each."""
    beside: Beside = field(default_factory=Beside)
    doubts: list[Noted] = field(default_factory=list)
    """Cells whose place could not be decided, found once all rows are read."""
    fragment: int = -1  # of the last row read
    first_level: FirstLevel = field(default_factory=FirstLevel)
    dimension: str = ""
    """The dimension whose label was printed last."""
    tail: list[Draft] = field(default_factory=list)
    """The drafts of the rows without a label since the last row with one."""

    def read(self, line: Line, below: Sequence[Line] = ()) -> list[Cell]:
        """Read a line of indicators. below: the following lines, whose labels anchor a fragment that opens without any."""
        leading, cells = without_leading(line)
        self.dimension = [self.dimension, *dimensions_in(leading)][-1]
        if cells:
            self.beside.inherit(self.fragment, line)
            self._note_break(cells, line)
            self.fragment = line.fragment
        if cells and line.fragment in self.beside.unclear:
            return cells
        cells = self.beside.without_weights(cells, line, len(self.horizons) == 1)
        remarks = self.beside.remarks_in(cells, line)
        return remarks + self._read_cells([cell for cell in cells if cell not in remarks], leading, line, below)

    def _read_cells(self, cells: list[Cell], leading: list[Cell], line: Line, below: Sequence[Line]) -> list[Cell]:
        spots = self._category_spots(cells, line)
        self._note_dimension(leading, cells, spots, line)
        if not cells:
            return []
        if one_line(cells[0].text) in not_indicators():
            return cells
        if not spots:
            return self._unlabelled(cells, line, below)
        return self._labelled(cells, spots, line)

    def lost_label(self, line: Line) -> bool:
        """True where a text in a column of categories is none of them but was meant to be one (质里指标).

        The columns are those of the fragment's anchors. Without anchors, or in a row that moved, it is the first cell
        where the pair of indicator and value (or both sides whole) is still to follow.
        """
        leading, cells = without_leading(line)
        anchors = [layout for layout in self._layouts(line, ()) if layout.cols]
        columns = {col for layout in anchors for (_, part), col in layout.cols.items() if part == CATEGORY}
        for number, cell in enumerate(cells):
            if cell.label is not None or not is_like_category(cell.text):
                continue
            following = next((n for n, other in enumerate(cells[number + 1 :]) if other.label), len(cells) - number - 1)
            right_label = len(cells) > number + 3
            pair_follows = following == 5 or (following == 2 and (right_label or bool(leading) or not anchors))
            if cell.col in columns or (number == 0 and pair_follows):
                return True
        return False

    def of_other_dimension(self, line: Line) -> bool:
        """True for a row behind the label of a dimension that holds no category of its own, where the one above it is of another.

        What stands for its category was not recognised; the one above is not its own.
        """
        leading, cells = without_leading(line)
        printed = dimensions_in(leading)
        above = {category.dimension for category in self.running.values()}
        labelled = any(cell.label and cell.label.kind == "category" for cell in cells)
        return bool(cells and printed and above) and not labelled and printed[-1] not in above

    def read_header(self, line: Line) -> list[Cell]:
        """Read a header row (二级指标, 三级指标, 指标值 …): the layout of its fragment."""
        layout, side = Layout(), 0
        columns = [(cell, cell.label) for cell in line.of("column") if cell.label]
        values = {label.horizon: cell.col for cell, label in columns if label.name == TARGET and label.horizon}
        if len(values) == 2 and sum(label.name == INDICATOR for _, label in columns) == 1:
            self.value_cols, self.horizons = values, tuple(values)[:1]
        for cell, label in columns:
            part = label.name
            if part not in (CATEGORY, INDICATOR, TARGET):
                continue
            if (self.horizons[side], part) in layout.cols and side + 1 < len(self.horizons):
                side += 1
            layout.cols.setdefault((self.horizons[side], part), cell.col)
        self.headers[line.fragment] = layout
        self.first_level.read_header(line)
        self.beside.read_header(line)
        return [cell for cell in line.cells if cell.label is None or cell.label.kind not in ("column", "block")]

    def targets(self) -> tuple[list[TargetFact], list[Draft]]:
        """The targets read, in printed order, and the drafts that never got a category."""
        drafts = settled(self.drafts, self.notes, self.doubts)
        drafts = [draft for draft in drafts if not all(is_nothing(cell.text) for cell in draft.cells)]
        placed = [draft for draft in drafts if draft.category is not None]
        lost = [draft for draft in drafts if draft.category is None]
        return with_cut_names([fact_of(draft) for draft in placed]), lost

    def _note_break(self, cells: list[Cell], line: Line) -> None:
        """Keep the drafts since the last label; where a page opens with the label of another category, note them.

        A label that belongs to rows on both sides of the break may be printed on the second page only.
        """
        labels = {cell.label.name for cell in cells if cell.label and cell.label.kind == "category"}
        if not labels:
            return
        for draft in self.tail if line.fragment != self.fragment else ():
            if draft.category is not None and draft.category.name not in labels:
                draft.notes.append(BEFORE_BREAK)
        self.tail.clear()

    def _layouts(self, line: Line, below: Sequence[Line]) -> list[Layout]:
        """The layouts a row may be laid over: the labelled row above, the header, else the next labelled row below."""
        found = [self.labelled.get(line.fragment), self.headers.get(line.fragment)]
        layouts = [layout for layout in found if layout is not None]
        if not layouts:
            ahead = Lists(self.horizons)
            for other in below:
                if other.fragment != line.fragment or layouts:
                    break
                if "category" in other.kinds():
                    ahead.read(other)
                    layouts = list(ahead.labelled.values())
        return layouts

    def _category_spots(self, cells: list[Cell], line: Line) -> list[int]:
        """The positions in `cells` of the category labels: at most one a side.

        服务对象满意度 and the like, printed without 指标, may also be the name of an indicator. It is one where it follows a
        label directly and the label of the other side stands in its own place further right, or where only a value is left.
        """
        spots = [index for index, cell in enumerate(cells) if cell.label and cell.label.kind == "category"]
        doubtful = [index for index in spots if index - 1 in spots and (label := cells[index].label) and label.bare]
        names = {index for index in doubtful if self._is_name(cells, spots, index, line)}
        kept = [index for index in spots if index not in names]
        return kept[: len(self.horizons)]

    def _is_name(self, cells: list[Cell], spots: list[int], index: int, line: Line) -> bool:
        if len(self.horizons) == 1 or index - 2 in spots:
            return True
        rest = len(cells) - index - 1
        if len(spots) == 2:
            return rest == 1 and cells[index].col - cells[index - 1].col < self._width_of_side(line)
        if index == spots[-1]:
            return True
        others = [cells[spot].col - cells[spots[0]].col for spot in spots[1:]]
        width = self._width_of_side(line)
        nearest = min(others, key=lambda distance: abs(distance - width))
        return cells[index].col - cells[spots[0]].col != nearest

    def _width_of_side(self, line: Line) -> int:
        """The columns between the category labels of the two sides, as the fragment's anchors have it."""
        for layout in (self.labelled.get(line.fragment), self.headers.get(line.fragment)):
            if layout and {(TERM, CATEGORY), (ANNUAL, CATEGORY)} <= layout.cols.keys():
                return abs(layout.cols[ANNUAL, CATEGORY] - layout.cols[TERM, CATEGORY])
        return 3

    def _labelled(self, cells: list[Cell], spots: list[int], line: Line) -> list[Cell]:
        if len(spots) == len(self.horizons):
            sides = list(self.horizons)
        else:
            side = self._side_of(cells, spots[0], line)
            if side is None:
                return cells
            sides = [side]
        before, ends = cells[: spots[0]], [*spots[1:], len(cells)]
        runs = {side: (cells[spot], cells[spot + 1 : end]) for side, spot, end in zip(sides, spots, ends, strict=True)}
        unexplained: list[Cell] = []
        self._note_repeated(runs, line)
        for side, (label, _) in runs.items():
            self._set_category(side, label, alone=len(runs) < len(self.horizons))
        layout = self._layout_of(runs, line)
        if before and sides[0] == self.horizons[0]:
            unexplained += before
        elif before:
            unexplained += self._before(before, line)
        for side, (label, run) in runs.items():
            if len(runs) < len(self.horizons) and side == self.horizons[0] and len(run) > 1:
                unexplained += self._run_over_both(label, run, layout, line)
            else:
                unexplained += self._run(side, label, run, layout, line)
        self.labelled[line.fragment] = layout
        return unexplained

    def _before(self, cells: list[Cell], line: Line) -> list[Cell]:
        """The cells left of a label that only the right side prints: the left side's indicator and value."""
        fit = seat_row(cells, self._layouts(line, ()), self.horizons) if len(cells) == 1 else None
        if fit is not None and fit.reading[0][0] == self.horizons[0]:
            return self._seat(fit, line)
        return self._add(self.horizons[0], cells, line, [])

    def _run(self, side: str, label: Cell, run: list[Cell], layout: Layout, line: Line) -> list[Cell]:
        """The cells behind a side's category label: indicator, then value; a single cell is told apart by its column."""
        if not run:
            if label.col == line.width - 1 and len(self.horizons) > 1:
                self.notes.append((line.place, said(CUT_OFF, label=one_line(label.text))))
            return []
        lone_value = len(run) == 1 and self._stands_as_value(side, run[0], layout, line)
        certain = len(run) < 3 or self._stands_as_value(side, run[1], layout, line)
        return self._add(side, [empty_cell(run[0]), *run] if lone_value else run, line, [], certain)

    def _stands_as_value(self, side: str, cell: Cell, layout: Layout, line: Line) -> bool:
        """True where a lone cell stands in the column of values, by no reckoning in that of indicators.

        Reckoned from the columns of the anchors, from the distance to the category label, and from the same row's other side.
        """
        known = [self.labelled.get(line.fragment), self.headers.get(line.fragment)]
        anchors = [anchor for anchor in known if anchor is not None]
        distance = cell.col - layout.cols[side, CATEGORY]
        steps = [(anchor.step(side, INDICATOR), anchor.step(side, TARGET)) for anchor in anchors]
        steps += [
            (layout.step(horizon, INDICATOR), layout.step(horizon, TARGET))
            for horizon in self.horizons
            if horizon != side
        ]
        cols = [(anchor.cols.get((side, INDICATOR)), anchor.cols.get((side, TARGET))) for anchor in anchors]
        if any(name == distance for name, _ in steps) or any(name == cell.col for name, _ in cols):
            return False
        return any(value == distance for _, value in steps) or any(value == cell.col for _, value in cols)

    def _run_over_both(self, label: Cell, run: list[Cell], layout: Layout, line: Line) -> list[Cell]:
        """The cells behind a left category label where the right one is lost: placed by column, counted from the label."""
        anchors = [self.headers.get(line.fragment), self.labelled.get(line.fragment)]
        moved = []
        for anchor in anchors:
            start = anchor.cols.get((self.horizons[0], CATEGORY)) if anchor else None
            if anchor and start is not None:
                moved.append(Layout({slot: col + label.col - start for slot, col in anchor.cols.items()}))
        fit = seat_row(run, moved, self.horizons)
        if fit is None:
            if len(run) > 2:
                return run
            return self._run(self.horizons[0], label, run, layout, line)
        return self._seat(fit, line)

    def _unlabelled(self, cells: list[Cell], line: Line, below: Sequence[Line]) -> list[Cell]:
        if len(self.horizons) == 1 and len(cells) > 2:
            layouts = self._layouts(line, below)
            certain = any(layout.cols.get((self.horizons[0], TARGET)) == cells[1].col for layout in layouts)
            return self._add(self.horizons[0], cells, line, [], certain)
        fit = seat_row(cells, self._layouts(line, below), self.horizons, line.missing)
        return cells if fit is None else self._seat(fit, line)

    def _seat(self, fit: Fit, line: Line) -> list[Cell]:
        notes = [said(SHIFTED, columns=abs(fit.shift))] if fit.shift else []
        if not all(seat.own for seat in fit.seats):
            notes.append(COVERED)
        unexplained: list[Cell] = []
        for horizon in self.horizons:
            seated = {seat.slot[1]: seat.cell for seat in fit.seats if seat.slot[0] == horizon}
            if seated:
                name = seated.get(INDICATOR) or empty_cell(seated[TARGET])
                value = [seated[TARGET]] if TARGET in seated else []
                unexplained += self._add(horizon, [name, *value], line, notes)
        return unexplained

    def _add(self, horizon: str, cells: list[Cell], line: Line, notes: list[Said], certain: bool = True) -> list[Cell]:
        """Draft a target, or one for each horizon where they share the indicator. Returns the cells without a place."""
        category = self.running.get(horizon)
        notes = list(notes)
        if category is not None and not category.own:
            notes.append(OTHER_SIDE_LABEL)
        name, values = cells[0], cells[1:]
        parts = {horizon: values}
        if self.value_cols and len(values) == len(self.value_cols):
            parts = {each: [value] for each, value in zip(self.value_cols, values, strict=True)}
        elif self.value_cols and values:
            own = [each for each, col in self.value_cols.items() if len(values) == 1 and col == values[0].col]
            if not own:
                return cells
            parts = {own[0]: values}
        for each, printed in parts.items():
            draft = Draft(each, [name, *printed], line.place, category, list(notes), certain)
            self.drafts.append(draft)
            if "category" not in line.kinds():
                self.tail.append(draft)
        return []

    def _set_category(self, side: str, label: Cell, alone: bool) -> None:
        """A label holds for its side; printed on one side only it opens the same block of rows on the other as well."""
        name = label.label.name if label.label else ""
        category = Category(name, one_line(label.text), dimension_of(name, label.text, self.dimension))
        self.running[side] = category
        for horizon in self.horizons if alone else ():
            known = self.running.get(horizon)
            if horizon != side and (known is None or known.name != name):
                self.running[horizon] = Category(name, "", category.dimension, own=False)
        opens = name == FIRST_CATEGORY or is_sub_cost(label.text)
        late = opens and not self.seen - {name}
        self.seen.add(name)
        for draft in self.drafts if late else ():
            if draft.category is None and (draft.horizon == side or alone or self.value_cols):
                draft.category = category
                draft.notes.append(LATE_CATEGORY)

    def lose_category(self) -> None:
        """Forget the running category: the label of the rows that follow could not be read."""
        self.running.clear()
        self.tail.clear()
        self.seen.add("")

    def _side_of(self, cells: list[Cell], spot: int, line: Line) -> str | None:
        """The side of the only category label in a row: right where indicators stand before it, else the nearer column."""
        if len(self.horizons) == 1 or spot:
            return self.horizons[-1]
        for layout in (self.labelled.get(line.fragment), self.headers.get(line.fragment)):
            if layout is None or not {(TERM, CATEGORY), (ANNUAL, CATEGORY)} <= layout.cols.keys():
                continue
            col = cells[spot].col
            exact = {side for side in (TERM, ANNUAL) if layout.cols[side, CATEGORY] in (col, col + line.missing)}
            if line.missing:
                return exact.pop() if len(exact) == 1 else None
            left, right = (abs(col - layout.cols[side, CATEGORY]) for side in (TERM, ANNUAL))
            if left != right:
                return TERM if left < right else ANNUAL
        return self.horizons[0] if cells[spot].col < line.width / 2 else None

    def _layout_of(self, runs: dict[str, tuple[Cell, list[Cell]]], line: Line) -> Layout:
        """The layout a labelled row shows; a side without a pair has its parts as far from the label as in the header."""
        header = self.headers.get(line.fragment) or self.labelled.get(line.fragment) or Layout()
        layout = Layout()
        for side, (label, run) in runs.items():
            layout.cols[side, CATEGORY] = label.col
            for number, part in enumerate((INDICATOR, TARGET)):
                step = header.step(side, part) or number + 1
                layout.cols[side, part] = run[number].col if len(run) > 1 else label.col + step
        if len(runs) == 1 and len(self.horizons) == 2:
            (side,) = runs
            other = next(horizon for horizon in self.horizons if horizon != side)
            start = header.cols.get((side, CATEGORY))
            if start is not None:
                moved = layout.cols[side, CATEGORY] - start
                for part in (CATEGORY, INDICATOR, TARGET):
                    if (other, part) in header.cols:
                        layout.cols[other, part] = header.cols[other, part] + moved
        return layout

    def _note_repeated(self, runs: dict[str, tuple[Cell, list[Cell]]], line: Line) -> None:
        """Note a category whose label is printed a second time with no other in between, on every side of one fragment."""
        labels = {side: label.label.name for side, (label, _) in runs.items() if label.label}
        held = {side: category.name for side, category in self.running.items() if category.own}
        if labels == held and len(runs) == len(self.horizons) and line.fragment in self.labelled:
            printed = one_line(next(iter(runs.values()))[0].text)
            self.notes.append((line.place, said("sheets.label_twice", label=printed)))

    def _note_dimension(self, leading: list[Cell], cells: list[Cell], spots: list[int], line: Line) -> None:
        """Note a category that is printed behind the label of another dimension, such as 成本指标 behind 效益指标."""
        above = [cell for cell in leading if cell.label and cell.label.kind == "dimension"]
        if not (above and above[-1].label and spots and (label := cells[spots[0]].label)):
            return
        raw = one_line(cells[spots[0]].text)
        if (own := dimension_of(label.name, raw, above[-1].label.name)) != above[-1].label.name:
            names = {"category": raw, "dimension": one_line(above[-1].text)}
            self.notes.append((line.place, said("sheets.under_another", **names, taken=own)))
