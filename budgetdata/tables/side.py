"""One side of a table: the columns of each run of its rows, by their own header or proved, and whether its sums hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetdata.base.facts import NOWHERE
from budgetdata.base.raw import Place, RawRow
from budgetdata.base.said import Said, said
from budgetdata.forms.declared import Form, Side
from budgetdata.forms.header import SideLayout, blank_columns
from budgetdata.forms.plain_codes import CODES_OF
from budgetdata.tables.guessing import guess_layouts, is_code_column, is_text_column
from budgetdata.tables.placing import Proof, Run, Search, prove
from budgetdata.tables.rows import UNIT, Named, is_declared, row_of, table_rows
from budgetdata.tables.sums import TableRow, breaks_alone, identities, judge

MIN_BROKEN = 4
PLACED = {"sums": "table.placed_by_sums", "position; some printed sums do not agree": "table.placed_by_position"}
"""What a placement rests on where that is worth telling, and how it is told."""
INCOME = "income"


@dataclass(slots=True)
class Part:
    """A run of data rows of one width: `layouts` where its own header places it, `header` the header it stands under.

    `opens` is true for the first rows of a fragment after the first: on a new page.
    """

    number: int
    rows: list[RawRow]
    width: int
    layouts: list[SideLayout] | None
    header: list[SideLayout] | None = None
    opens: bool = False


@dataclass(slots=True)
class SideReading:
    """What one side came to: its rows, the layout of every part, what a placement rests on, how many sums differ and hold.

    `unreadable` is the reason where a run of rows cannot be placed, or the whole is not to be trusted.
    """

    rows: list[TableRow] = field(default_factory=list)
    layouts: list[SideLayout] = field(default_factory=list)
    placed_by: list[Said] = field(default_factory=list)
    unreadable: Said | None = None
    broken: int = 0
    held: int = 0


@dataclass(slots=True)
class _Runs:
    """The layouts of all parts as far as they are known, and the runs of part numbers whose columns are to be proved."""

    layouts: list[SideLayout] = field(default_factory=list)
    pending: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    inherited: dict[int, SideLayout | None] = field(default_factory=dict)


def read_side(form: Form, unit: str, side: Side, parts: list[Part], names: set[str]) -> SideReading:
    """The rows of one side, whose amounts are in `unit`; `names` are the `clean.key`s of the department and its units."""
    reading = SideReading()
    index = form.sides.index(side)
    runs = _Runs()
    reading.unreadable = _under_headers(form, parts, index, runs)
    if reading.unreadable:
        return reading
    before = next((part.header[index] for part in parts if part.header is not None), None)
    pending, layouts = list(runs.pending.values()), runs.layouts
    searched = [_run(parts, numbers, layouts, runs.inherited[numbers[0]], before) for numbers in pending]

    named: Named = {}

    def rows_of(chosen: Sequence[SideLayout]) -> list[TableRow]:
        return table_rows(form, side, _with(parts, layouts, pending, chosen), unit, names, named)

    search = Search(form, searched, unit, rows_of, _Alone(side, parts, layouts, unit).may_be)
    for numbers, proof in zip(pending, prove(search), strict=True):
        reading.unreadable = _take(reading, parts, numbers, proof, layouts, before)
        if reading.unreadable:
            return reading
    reading.layouts = layouts
    reading.rows = table_rows(form, side, _placed(parts, layouts), unit, names)
    reading.unreadable = _distrust(form, unit, side, reading)
    return reading


@dataclass(slots=True)
class _Alone:
    """The rows of each run by themselves, under one way to place their columns. apart: None before it is asked for."""

    side: Side
    parts: list[Part]
    layouts: list[SideLayout]
    unit: str
    apart: bool | None = None
    named: Named = field(default_factory=dict)

    def may_be(self, run: Run, layout: SideLayout) -> bool:
        """False where a row of the run breaks a sum of its columns whatever the rest of the table prints. A row that may be left
        out (小计), or get columns of a part that lists it once more, tells nothing."""
        if self.apart is None:
            self.apart = len(self.parts) == 1 or self._are_apart()
        if not self.apart:
            return True
        for number in run.fragments:
            placed = _at(layout, self.layouts[number])
            for raw in self.parts[number].rows:
                row = row_of(raw, self.side, placed, self.unit, self.named)
                if row is not None and not row.label.endswith("小计") and breaks_alone(self.side, row, self.unit):
                    return False
        return True

    def _are_apart(self) -> bool:
        """True where each part lists a code that no other part does: no two of them are halves of the same rows."""
        codes = [self._codes(number) for number, part in enumerate(self.parts) if part.rows]
        counts = Counter(code for own in codes for code in own)
        return all(any(counts[code] == 1 for code in own) for own in codes)

    def _codes(self, number: int) -> set[str]:
        rows = (row_of(raw, self.side, self.layouts[number], self.unit, self.named) for raw in self.parts[number].rows)
        return {row.code for row in rows if row is not None and len(row.code) > 2}


def _under_headers(form: Form, parts: list[Part], index: int, runs: _Runs) -> Said | None:
    """The layouts that headers give, and the runs of rows without one; the reason where a run's label column is not known."""
    previous: SideLayout | None = None
    previous_width = 0
    for number, part in enumerate(parts):
        if part.header is not None:
            previous, previous_width = part.header[index], part.header[-1].span[1]
        if part.layouts is not None:
            runs.layouts.append(part.layouts[index])
            continue
        keeps = previous is not None and part.width == previous_width and _fits(previous, part)
        own = previous if keeps else _guess(form, part, index, previous)
        if own is None:
            return said("table.label_column", at=_place(part).told, n=len(part.rows))
        runs.inherited[number] = previous if keeps else None
        runs.layouts.append(own)
        runs.pending.setdefault((part.width, id(own) if keeps else 0), []).append(number)
    return None


def _take(
    reading: SideReading,
    parts: list[Part],
    numbers: list[int],
    proof: Proof,
    layouts: list[SideLayout],
    before: SideLayout | None,
) -> Said | None:
    """Put what was proved of a run among the layouts; the reason where nothing was."""
    part = parts[numbers[0]]
    if proof.layout is None:
        count = sum(len(parts[number].rows) for number in numbers)
        return said("table.rows_unplaced", at=_place(part).told, n=count, width=part.width, why=proof.reason)
    printed = {name: (before.printed.get(name, "") if before else "") for name in proof.layout.values}
    for number in numbers:
        layouts[number] = replace(_at(proof.layout, layouts[number]), printed=printed)
    if proof.how in PLACED:
        reading.placed_by.append(said(PLACED[proof.how], at=_place(part).told))
    return None


def _run(
    parts: list[Part],
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
    parts: list[Part], layouts: list[SideLayout], pending: list[list[int]], chosen: Sequence[SideLayout]
) -> list[tuple[Sequence[RawRow], int, SideLayout, bool]]:
    trial = list(layouts)
    for numbers, layout in zip(pending, chosen, strict=True):
        for number in numbers:
            trial[number] = _at(layout, layouts[number])
    return _placed(parts, trial)


def _placed(parts: list[Part], layouts: Sequence[SideLayout]) -> list[tuple[Sequence[RawRow], int, SideLayout, bool]]:
    return [(part.rows, part.number, layout, part.opens) for part, layout in zip(parts, layouts, strict=True)]


def _at(layout: SideLayout, own: SideLayout) -> SideLayout:
    """The amounts' columns of `layout` with the code and label columns of `own`."""
    return replace(layout, code=own.code, label=own.label, group=own.group, classes=own.classes)


def _guess(form: Form, part: Part, index: int, before: SideLayout | None) -> SideLayout | None:
    layouts = guess_layouts(form, part.rows, part.width, before)
    return layouts[index] if layouts is not None else None


def _fits(layout: SideLayout, part: Part) -> bool:
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


def _distrust(form: Form, unit: str, side: Side, reading: SideReading) -> Said | None:
    """Why a side is not to be trusted whatever its header says: rows without names, codes of another list, sums that fail."""
    rows = reading.rows
    if sum(bool(row.values) and not row.label and not row.code for row in rows) > 1:
        return said("table.rows_unnamed")
    if any(_is_of_another(row, side) for row in rows):
        return said("table.codes_of_another")
    if _is_other_side(form, side, rows):
        return said("table.header_unknown")
    judged_as = [(identity.rule, judge(identity, rows, unit).status) for identity in identities(form, side, rows)]
    verdicts = [status for _, status in judged_as]
    different = verdicts.count("different")
    reading.broken = different
    reading.held = verdicts.count("balanced") + verdicts.count("rounding")
    if different and _lost_levels(side, rows):
        return said("table.no_codes")
    totals = [status for rule, status in judged_as if rule == "total"]
    if _lists_twice(side, rows) and not ("balanced" in totals and "different" not in totals):
        return said("table.same_code_twice")
    judged = len(verdicts) - verdicts.count("not_evaluable")
    if different >= MIN_BROKEN and 2 * different > judged:
        return said("table.sums_do_not_hold", n=different, all=judged)
    return None


def _lists_twice(side: Side, rows: list[TableRow]) -> bool:
    """True for a list of functions in which most codes stand twice, of one unit."""
    codes = [(row.code, row.group_label) for row in rows if row.code]
    units = sum(row.level == 0 for row in rows) > 1
    return side.hierarchy == "function" and not units and 2 * len(codes) > 3 * len(set(codes))


def _is_of_another(row: TableRow, side: Side) -> bool:
    """True for a code of another classification than a side lists; one of income only where its row holds money: empty tables
    are printed with whatever codes."""
    if not row.code or row.code[0] in CODES_OF.get(side.hierarchy, row.code):
        return False
    return side.hierarchy != INCOME or any(amount.fen for amount in row.values.values())


def _is_other_side(form: Form, side: Side, rows: list[TableRow]) -> bool:
    """True where the rows are called what those of another side of the form are, not of this one: the head of its own names is
    not known, and those beside them were taken in their place."""
    of_others = [
        row for other in form.sides if other is not side for row in rows if row.values and is_declared(other, row)
    ]
    return len(of_others) > sum(bool(row.role and row.values) for row in rows)


def _place(part: Part) -> Place:
    return part.rows[0].place if part.rows else NOWHERE
