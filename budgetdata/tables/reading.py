"""One standard table: its fragments read under its form into rows whose every amount has a proved column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from budgetdata.base.raw import Place, Problem, RawRow, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD, key, squeeze
from budgetdata.forms.declared import Form
from budgetdata.forms.header import (
    SideLayout,
    at_heads,
    begin_alike,
    is_index_row,
    other_head,
    resolve,
    split_header,
)
from budgetdata.forms.other_years import other_years
from budgetdata.forms.parted_heads import whole_headed
from budgetdata.forms.split_codes import join_codes
from budgetdata.forms.units import is_unit_row
from budgetdata.layout.cut_rows import join_cut_rows
from budgetdata.tables.guessing import guess_layouts, with_codes
from budgetdata.tables.lacking import Lack, no_total
from budgetdata.tables.remarks import (
    StrangeCell,
    cell_problems,
    mark_strange,
    other_year_problems,
    row_problems,
    undeclared,
)
from budgetdata.tables.side import Part, read_side
from budgetdata.tables.sideways import turn
from budgetdata.tables.stacked import beside_each_other
from budgetdata.tables.sums import TableRow
from budgetdata.tables.withheld import mark_unnamed, withhold

_NOTE = re.compile(r"[(（]?(?:注|备注|说明)[:：]|.*本表(?:无数据|为空)")


@dataclass(slots=True)
class TableReading:
    """What one table came to: rows by side, problems, where rows may be lacking (`unproved`, asked for only where a sum
    does not hold: though nothing says so), and a reason where it is not to be published."""

    form: Form
    unit: str
    sides: dict[str, list[TableRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: Said | None = None
    notes: list[str] = field(default_factory=list)
    placed_by: list[Said] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    unproved: Callable[[], list[Lack]] = list
    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    under_header: bool = False
    broken: int = 0
    held: int = 0

    @property
    def amounts(self) -> int:
        """How many amounts were read."""
        return sum(len(row.values) for rows in self.sides.values() for row in rows)

    @property
    def unread(self) -> int:
        """How many cells and rows hold what was not read, and how many rows no one knows."""
        lost = sum(len(row.broken) + len(row.strange) for rows in self.sides.values() for row in rows)
        unknown = sum(len(undeclared(self.form.side(name), rows)) for name, rows in self.sides.items())
        return lost + unknown + sum(problem.severity == "unread" for problem in self.problems)

    @property
    def nameless(self) -> int:
        """How many rows with amounts print neither name nor code where this form looks for them."""
        return sum(bool(row.values) and not (row.code or row.label) for rows in self.sides.values() for row in rows)


def read_table(
    form: Form, fragments: Sequence[RawTable], unit: str, unit_names: set[str], year: int | None = None
) -> TableReading:
    """The rows of a table printed in one or more fragments.

    `unit` is the printed unit of its amounts; `unit_names` are `clean.key`s of the department and its units, whose rows
    are sub-totals in project tables; `year` tells which half of a table that prints two years is meant. Where a column
    cannot be proved the reading is `unreadable` with the reason. Where the standard layout is unreadable, or leaves something
    unread or a row without its name, the declared variants of the form are tried too: of those readings that stand under the
    table's own header the one that proves most, then leaves least unread, is used.
    """
    best = _read_as(form, fragments, unit, unit_names, year)
    if best.unreadable or best.unread or best.lacks or best.nameless:
        for variant in form.variants:
            other = _read_as(variant, fragments, unit, unit_names, year)
            if not other.unreadable and other.under_header and _is_better(other, best):
                best = other
    return best


def _is_better(one: TableReading, other: TableReading) -> bool:
    """True where a reading proves at least as much as another and leaves less unread, or the other is none."""
    if other.unreadable:
        return True
    if one.held < other.held or one.amounts < other.amounts:
        return False
    return _left(one) < _left(other)


def _left(reading: TableReading) -> tuple[int, ...]:
    """What a reading leaves unread, or open: less is better."""
    return reading.unread, len(reading.lacks), reading.broken, reading.nameless, -reading.amounts


def _read_as(
    form: Form, fragments: Sequence[RawTable], unit: str, unit_names: set[str], year: int | None
) -> TableReading:
    reading = TableReading(form, unit)
    whole = whole_headed(form, fragments)
    if whole is None:
        reading.unreadable = said("table.header_unknown")
        return reading
    fragments = [part for fragment in join_cut_rows(whole) for part in at_heads(form, fragment)]
    fragments = join_codes(_whole_headers(form, fragments))
    fragments = beside_each_other(form, fragments)
    turned = turn(form, fragments, year)
    parts = _parts(form, fragments if turned is None else [turned], reading, year)
    if not parts:
        return reading
    reading.under_header = parts[0].header is not None
    if parts[0].header is None and guess_layouts(form, parts[0].rows, parts[0].width) is None:
        reading.unreadable = said("table.header_unknown")
        return reading
    placed: list[list[SideLayout]] = []
    strange: list[StrangeCell] = []
    for side in form.sides:
        read = read_side(form, unit, side, parts, unit_names)
        reading.placed_by += read.placed_by
        reading.broken += read.broken
        reading.held += read.held
        reading.unreadable = read.unreadable
        if reading.unreadable:
            return reading
        rows, layouts = read.rows, read.layouts
        reading.sides[side.name] = rows
        reading.columns[side.name] = frozenset(name for layout in layouts for name in layout.values)
        placed.append(layouts)
    for number, part in enumerate(parts):
        layouts = [side[number] for side in placed]
        mark_strange(reading.sides, part.rows, layouts, part.header or [], strange)
        mark_unnamed(reading.sides, part.rows, layouts, unit)
    reading.lacks += [*withhold(form, reading.sides), *no_total(form, reading.sides)]
    if reading.lacks and not reading.amounts:
        reading.unreadable = reading.lacks[0].reason
    reading.problems += [*row_problems(form, reading.sides), *cell_problems(form, strange)]
    return reading


def _whole_headers(form: Form, fragments: Sequence[RawTable]) -> list[RawTable]:
    """The fragments, one that is nothing but header joined with the one below it."""
    whole: list[RawTable] = []
    for fragment in fragments:
        if whole and split_header(whole[-1].rows, form)[0] == len(whole[-1].rows):
            whole[-1] = RawTable(whole[-1].rows + fragment.rows)
        else:
            whole.append(fragment)
    return whole


def _parts(form: Form, fragments: Sequence[RawTable], reading: TableReading, year: int | None) -> list[Part]:
    parts = []
    others: dict[str, Place] = {}
    heads: set[str] = set()
    known: tuple[list[SideLayout], int] | None = None
    for index, fragment in enumerate(fragments):
        count, leaves = split_header(fragment.rows, form)
        layouts = resolve(form, leaves, fragment.width) if count else None
        if index and _is_others(form, (fragments[0], fragment), layouts, leaves, heads):
            reading.lacks.append(Lack(said("table.other_head", at=fragment.place.told, n=len(fragment.rows))))
            continue
        if layouts is None:
            count = 0
        else:
            heads |= {key(text) for text in leaves.values()}
            labels = {c for layout in layouts for c in layout.texts}
            beside = other_years(fragment.rows[:count], year, labels, form.heads)
            if beside:
                others = {**{text: fragment.place for text in beside.values()}, **others}
                this_year = {column: text for column, text in leaves.items() if column not in beside}
                layouts = _without(resolve(form, this_year, fragment.width), beside)
            layouts = layouts and [with_codes(layout, fragment.rows[count:]) for layout in layouts]
        rows: list[RawRow] = []
        for row in fragment.rows[count:]:
            text = "".join(t for _, t in row.filled)
            if len(row.filled) == 1 and _NOTE.match(key(text)):
                reading.notes.append(text)
            elif not _is_furniture(row) and not (layouts and not rows and _numbers_one(row, layouts)):
                rows.append(row)
        if layouts is not None:
            known = (layouts, max(len(row.cells) for row in fragment.rows[:count]))
        rows = [_padded(row, *known) if known else row for row in rows]
        runs = _by_width(rows, fragment.rows[:count], fragment.width, layouts)
        runs[0].opens = index > 0
        parts += runs
    for number, part in enumerate(parts):
        part.number = number
    reading.problems += other_year_problems(form, others)
    return parts


def _is_others(
    form: Form,
    tables: tuple[RawTable, RawTable],
    layouts: list[SideLayout] | None,
    leaves: dict[int, str],
    heads: set[str],
) -> bool:
    """Whether the later of two fragments begins with the head of another table: none of this one's, or one with a head that is
    not among the `heads` printed before, unless the form knows it and the rows are called as those of the first fragment."""
    if layouts is None:
        return other_head(tables[1])
    if not heads or {key(text) for text in leaves.values() if UNREAD not in text} <= heads:
        return False
    strange = {key(text) for layout in layouts for text in layout.strangers.values() if UNREAD not in text}
    return not strange <= heads or not begin_alike(form, *tables)


def _is_furniture(row: RawRow) -> bool:
    """True for a row that prints nothing, a unit, or the numbers of columns."""
    return not row.filled or is_unit_row(row) or is_index_row(row)


def _numbers_one(row: RawRow, layouts: list[SideLayout]) -> bool:
    """True for a row under a header that prints nothing but the number of its only column."""
    texts = {c for layout in layouts for c in layout.texts}
    return [squeeze(text) for _, text in row.filled] == ["1"] and row.filled[0][0] not in texts


def _without(layouts: list[SideLayout] | None, beside: dict[int, str]) -> list[SideLayout] | None:
    """The layouts with the columns of other years among those that are left unread."""
    return layouts and [
        replace(x, ignored=(*x.ignored, *(c for c in beside if x.span[0] <= c < x.span[1]))) for x in layouts
    ]


def _padded(row: RawRow, layouts: list[SideLayout], width: int) -> RawRow:
    """A row that prints nothing but labels where labels stand, as wide as its header: it only lacks its blank cells."""
    texts = {c for layout in layouts for c in layout.texts}
    if len(row.cells) >= width or any(column not in texts for column, _ in row.filled):
        return row
    blanks = width - len(row.cells)
    return replace(row, cells=(*row.cells, *[""] * blanks), boxes=(*row.boxes, *[None] * blanks) if row.boxes else ())


def _by_width(rows: list[RawRow], header: Sequence[RawRow], width: int, layouts: list[SideLayout] | None) -> list[Part]:
    """The rows of a fragment in runs of equal width: a run that is not as wide as its header is placed by proof."""
    expected = max((len(row.cells) for row in header), default=width)
    runs: list[Part] = []
    for row in rows:
        if runs and runs[-1].width == len(row.cells):
            runs[-1].rows.append(row)
        else:
            fits = layouts is not None and len(row.cells) == expected
            runs.append(Part(0, [row], len(row.cells), layouts if fits else None, layouts))
    return runs or [Part(0, [], width, layouts, layouts)]
