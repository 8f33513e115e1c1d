"""One standard table: its fragments read under its form into rows whose every amount has a proved column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetdata.base.facts import NOWHERE
from budgetdata.base.raw import Place, Problem, RawRow, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import key, squeeze
from budgetdata.forms.declared import Form, Side
from budgetdata.layout.cut_rows import join_cut_rows
from budgetdata.tables.guessing import guess_layouts, is_code_column, is_text_column
from budgetdata.tables.header import SideLayout, blank_columns, is_index_row, other_head, resolve, split_header
from budgetdata.tables.lacking import Lack, no_total
from budgetdata.tables.other_years import other_years
from budgetdata.tables.placing import Run, Search, prove
from budgetdata.tables.remarks import (
    StrangeCell,
    cell_problems,
    mark_strange,
    other_year_problems,
    row_problems,
    undeclared,
)
from budgetdata.tables.rows import UNIT, table_rows
from budgetdata.tables.sideways import turn
from budgetdata.tables.split_codes import join_codes
from budgetdata.tables.sums import TableRow, identities, judge
from budgetdata.tables.withheld import mark_unnamed, withhold

MIN_BROKEN = 4
PLACED = {"sums": "table.placed_by_sums", "position; some printed sums do not agree": "table.placed_by_position"}
"""What a placement rests on where that is worth telling, and how it is told."""
INCOME = "income"
CODES_OF = {"function": "2", "economic": "35", INCOME: "1"}
"""How the codes of each classification begin."""
_NOTE = re.compile(r"[(（]?(?:注|备注|说明)[:：]|.*本表(?:无数据|为空)")


@dataclass(slots=True)
class TableReading:
    """What one table came to: rows by side, problems, where rows may be lacking, and a reason where it is not to be published."""

    form: Form
    unit: str
    sides: dict[str, list[TableRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: Said | None = None
    notes: list[str] = field(default_factory=list)
    placed_by: list[Said] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
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


@dataclass(slots=True)
class _Part:
    """A run of data rows of one width: `layouts` where its own header places it, `header` the header it stands under.

    `opens` is true for the first rows of a fragment after the first: on a new page.
    """

    number: int
    rows: list[RawRow]
    width: int
    layouts: list[SideLayout] | None
    header: list[SideLayout] | None = None
    opens: bool = False


def read_table(
    form: Form, fragments: Sequence[RawTable], unit: str, unit_names: set[str], year: int | None = None
) -> TableReading:
    """The rows of a table printed in one or more fragments.

    `unit` is the printed unit of its amounts; `unit_names` are `clean.key`s of the department and its units, whose rows
    are sub-totals in project tables; `year` tells which half of a table that prints two years is meant. Where a column
    cannot be proved the reading is `unreadable` with the reason. Where the standard layout is unreadable, or leaves something
    unread, the declared variants of the form are tried too: of those readings that stand under the table's own header the one
    that proves most, then leaves least unread, is used.
    """
    best = _read_as(form, fragments, unit, unit_names, year)
    if best.unreadable or best.unread or best.lacks:
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


def _left(reading: TableReading) -> tuple[int, int, int, int]:
    """What a reading leaves unread, or open: less is better."""
    return reading.unread, len(reading.lacks), reading.broken, -reading.amounts


def _read_as(
    form: Form, fragments: Sequence[RawTable], unit: str, unit_names: set[str], year: int | None
) -> TableReading:
    reading = TableReading(form, unit)
    fragments = join_codes(_whole_headers(form, join_cut_rows(fragments)))
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
    for index, side in enumerate(form.sides):
        rows, layouts = _read_side(reading, side, index, parts, unit_names)
        if reading.unreadable:
            return reading
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


def _parts(form: Form, fragments: Sequence[RawTable], reading: TableReading, year: int | None) -> list[_Part]:
    parts = []
    others: dict[str, Place] = {}
    known: tuple[list[SideLayout], int] | None = None
    for index, fragment in enumerate(fragments):
        count, leaves = split_header(fragment.rows, form)
        layouts = resolve(form, leaves, fragment.width) if count else None
        if layouts is None and index and other_head(fragment):
            reading.lacks.append(Lack(said("table.other_head", at=fragment.place.told, n=len(fragment.rows))))
            continue
        if layouts is None:
            count = 0
        else:
            labels = {c for layout in layouts for c in layout.texts}
            beside = other_years(fragment.rows[:count], year, labels, form.heads)
            if beside:
                others = {**{text: fragment.place for text in beside.values()}, **others}
                this_year = {column: text for column, text in leaves.items() if column not in beside}
                layouts = _without(resolve(form, this_year, fragment.width), beside)
        rows: list[RawRow] = []
        for row in fragment.rows[count:]:
            text = "".join(t for _, t in row.filled)
            if len(row.filled) == 1 and _NOTE.match(key(text)):
                reading.notes.append(text)
            elif row.filled and not is_index_row(row) and not (layouts and not rows and _numbers_one(row, layouts)):
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


def _by_width(
    rows: list[RawRow], header: Sequence[RawRow], width: int, layouts: list[SideLayout] | None
) -> list[_Part]:
    """The rows of a fragment in runs of equal width: a run that is not as wide as its header is placed by proof."""
    expected = max((len(row.cells) for row in header), default=width)
    runs: list[_Part] = []
    for row in rows:
        if runs and runs[-1].width == len(row.cells):
            runs[-1].rows.append(row)
        else:
            fits = layouts is not None and len(row.cells) == expected
            runs.append(_Part(0, [row], len(row.cells), layouts if fits else None, layouts))
    return runs or [_Part(0, [], width, layouts, layouts)]


def _read_side(
    reading: TableReading, side: Side, index: int, parts: list[_Part], names: set[str]
) -> tuple[list[TableRow], list[SideLayout]]:
    """The rows of one side and the layout of every part; sets `reading.unreadable` where a run of rows cannot be placed."""
    layouts: list[SideLayout] = []
    runs: dict[tuple[int, int], list[int]] = {}
    previous: SideLayout | None = None
    previous_width = 0
    inherited: dict[int, SideLayout | None] = {}
    for number, part in enumerate(parts):
        if part.header is not None:
            previous, previous_width = part.header[index], part.header[-1].span[1]
        if part.layouts is not None:
            layouts.append(part.layouts[index])
            continue
        keeps = previous is not None and part.width == previous_width and _fits(previous, part)
        own = previous if keeps else _guess(reading.form, part, index)
        if own is None:
            reading.unreadable = said("table.label_column", at=_place(part).told, n=len(part.rows))
            return [], []
        inherited[number] = previous if keeps else None
        layouts.append(own)
        runs.setdefault((part.width, id(own) if keeps else 0), []).append(number)
    pending = list(runs.values())
    before = next((part.header[index] for part in parts if part.header is not None), None)
    proofs = prove(
        Search(
            reading.form,
            [_run(parts, numbers, layouts, inherited[numbers[0]], before) for numbers in pending],
            reading.unit,
            lambda chosen: table_rows(reading.form, side, _with(parts, layouts, pending, chosen), reading.unit, names),
        )
    )
    for numbers, proof in zip(pending, proofs, strict=True):
        part = parts[numbers[0]]
        if proof.layout is None:
            count = sum(len(parts[number].rows) for number in numbers)
            reading.unreadable = said(
                "table.rows_unplaced", at=_place(part).told, n=count, width=part.width, why=proof.reason
            )
            return [], []
        printed = {name: (before.printed.get(name, "") if before else "") for name in proof.layout.values}
        for number in numbers:
            layouts[number] = replace(_at(proof.layout, layouts[number]), printed=printed)
        if proof.how in PLACED:
            reading.placed_by.append(said(PLACED[proof.how], at=_place(part).told))
    rows = table_rows(reading.form, side, _placed(parts, layouts), reading.unit, names)
    _distrust(reading, side, rows)
    return rows, layouts


def _run(
    parts: list[_Part],
    numbers: list[int],
    layouts: list[SideLayout],
    inherited: SideLayout | None,
    header: SideLayout | None,
) -> Run:
    own = layouts[numbers[0]]
    rows = [row for number in numbers for row in parts[number].rows]
    width = parts[numbers[0]].width
    blanks = blank_columns(rows, width)
    span = own.span if own.span[1] else (0, 0)
    skip = {*own.texts, *own.ignored}
    used = tuple(c for c in range(*span) if c not in skip and c not in blanks)
    bare = replace(own, values={}, printed={}, strangers={})
    order = tuple(sorted(header.values, key=header.values.__getitem__)) if header is not None else ()
    return Run(tuple(parts[number].number for number in numbers), bare, used, inherited, order)


def _with(
    parts: list[_Part], layouts: list[SideLayout], pending: list[list[int]], chosen: Sequence[SideLayout]
) -> list[tuple[Sequence[RawRow], int, SideLayout, bool]]:
    trial = list(layouts)
    for numbers, layout in zip(pending, chosen, strict=True):
        for number in numbers:
            trial[number] = _at(layout, layouts[number])
    return _placed(parts, trial)


def _placed(parts: list[_Part], layouts: Sequence[SideLayout]) -> list[tuple[Sequence[RawRow], int, SideLayout, bool]]:
    return [(part.rows, part.number, layout, part.opens) for part, layout in zip(parts, layouts, strict=True)]


def _at(layout: SideLayout, own: SideLayout) -> SideLayout:
    """The amounts' columns of `layout` with the code and label columns of `own`."""
    return replace(layout, code=own.code, label=own.label, group=own.group, classes=own.classes)


def _guess(form: Form, part: _Part, index: int) -> SideLayout | None:
    layouts = guess_layouts(form, part.rows, part.width)
    return layouts[index] if layouts is not None else None


def _fits(layout: SideLayout, part: _Part) -> bool:
    """True where a fragment's columns hold the kinds of text that the layout before it has there."""
    if layout.code is not None and not is_code_column(part.rows, layout.code):
        return False
    return not any(is_text_column(part.rows, column) for column in layout.values.values())


def _lost_levels(side: Side, rows: list[TableRow]) -> bool:
    """True where a table of 科目 prints neither codes nor groups: its sums cannot be told from their parts."""
    inner = [row for row in rows if row.level >= 1]
    return (
        side.hierarchy not in {"", UNIT}
        and len(inner) > 1
        and not any(row.code or row.parent is not None for row in inner)
    )


def _total_holds(reading: TableReading, side: Side, rows: list[TableRow]) -> bool:
    """True where the total row is printed, and in every column of it the rows make it up."""
    verdicts = [
        judge(identity, rows, reading.unit).status
        for identity in identities(reading.form, side, rows)
        if identity.rule == "total"
    ]
    return "balanced" in verdicts and "different" not in verdicts


def _distrust(reading: TableReading, side: Side, rows: list[TableRow]) -> None:
    """A table most of whose sums do not hold as read is not to be trusted, whatever its header says."""
    if sum(bool(row.values) and not row.label and not row.code for row in rows) > 1:
        reading.unreadable = said("table.rows_unnamed")
        return
    if any(_is_of_another(row, side) for row in rows):
        reading.unreadable = said("table.codes_of_another")
        return
    verdicts = [judge(identity, rows, reading.unit).status for identity in identities(reading.form, side, rows)]
    different = verdicts.count("different")
    reading.broken += different
    reading.held += verdicts.count("balanced") + verdicts.count("rounding")
    if different and _lost_levels(side, rows):
        reading.unreadable = said("table.no_codes")
        return
    codes = [(row.code, row.group_label) for row in rows if row.code]
    units = sum(row.level == 0 for row in rows) > 1
    twice = side.hierarchy == "function" and not units and 2 * len(codes) > 3 * len(set(codes))
    if twice and not _total_holds(reading, side, rows):
        reading.unreadable = said("table.same_code_twice")
        return
    judged = len(verdicts) - verdicts.count("not_evaluable")
    if different >= MIN_BROKEN and 2 * different > judged:
        reading.unreadable = said("table.sums_do_not_hold", n=different, all=judged)


def _is_of_another(row: TableRow, side: Side) -> bool:
    """True for a code of another classification than a side lists; one of income only where its row holds money: empty tables
    are printed with whatever codes."""
    if not row.code or row.code[0] in CODES_OF.get(side.hierarchy, row.code):
        return False
    return side.hierarchy != INCOME or any(amount.fen for amount in row.values.values())


def _place(part: _Part) -> Place:
    return part.rows[0].place if part.rows else NOWHERE
