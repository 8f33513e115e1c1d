"""From raw rows under a layout to table rows: code, label, amounts, and each row's place in the hierarchy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.money import is_blank, parse_amount
from budgetdata.base.raw import RawRow
from budgetdata.base.text import UNREAD, folded, key, named, squeeze, unnumbered
from budgetdata.forms.declared import Form, RowSpec, Side, matches
from budgetdata.forms.header import SideLayout
from budgetdata.forms.units import is_counted
from budgetdata.tables.halves import Half, joined
from budgetdata.tables.nesting import (
    below_those_above,
    classify_units,
    complete_codes,
    leads,
    made_up,
    nest,
    parents_by_code,
    without_subtotals,
)
from budgetdata.tables.sums import TableRow, with_their_parts
from budgetdata.tables.unfolding import nest_below, nest_projects

UNIT = "unit"
"""The hierarchy of tables that list budget units, not 科目: a unit's code says what it is part of, and is no 科目 code."""
CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,3}")
_CODE_OR_PART = re.compile(rf"{CODE.pattern}|[0-9]{{2}}")
"""A code, or the two digits that a 款 adds to the code of its 类."""
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_CLASSES = " "
"""Stands between the classes of one row."""
_BODY_CODE = re.compile(r"[0-9]{6}|[0-9]{12}")
"""What no 科目 code is: the code of a unit."""
_UNIT_CODE = re.compile(r"[0-9]{3,12}")
_CODE_AND_NAME = re.compile(
    r"[\[(【〔]?([0-9]{3}(?:[0-9]{2}){0,3})(?:[\])】〕][-—_:]?|[-—_:]|(?=[^0-9.,]))([^0-9.,].*)"
)
_UNIT_AND_NAME = re.compile(rf"({_UNIT_CODE.pattern})[-—_:]?([^0-9.,].*)")

Named = dict[int, TableRow]
"""Rows without their amounts, by the raw row's id."""


def table_rows(
    form: Form,
    side: Side,
    parts: Sequence[tuple[Sequence[RawRow], int, SideLayout, bool]],
    unit: str,
    names: set[str],
    named: Named | None = None,
) -> list[TableRow]:
    """The rows of one side of a table: `parts` are runs of raw rows, their number, layout, and whether a page opens with them.

    Rows that are only the rest of a label are joined to it; level, role, parent and is_sum are set. On a one-sided table
    row_no counts the rows as joined; on a two-sided one it counts printed rows, so that both halves of a row share it.
    `names`: `clean.key`s whose rows are sub-totals in project tables. `named` keeps what rows are called from call to call.
    """
    halves: list[Half] = []
    number = 0
    before: TableRow | None = None
    last: RawRow | None = None
    for raws, fragment, layout, opens in parts:
        rows: list[TableRow] = []
        for raw in raws:
            number += 1
            first = opens and raw is raws[0]
            row = row_of(raw, side, layout, unit, named, (fragment, number))
            if row is None:
                if before and first and layout.group is not None and layout.group < len(raw.cells):
                    before.group_label += squeeze(raw.cells[layout.group])
                continue
            above, last = last, raw
            if before and not _is_no_rest(raw, layout, above) and _continues(row, before, side, first):
                before.go_on_in(row)
                continue
            rows.append(row)
            before = row
        halves.append((tuple(layout.values), rows))
    rows = _whole_totals(joined(halves), side)
    complete_codes(rows)
    rows = rows if side.hierarchy in {"", UNIT} else without_subtotals(rows, unit)
    for number, row in enumerate(rows if len(form.sides) == 1 else (), 1):
        row.row_no = number
    _classify(form, side, rows, names, unit)
    return rows


def row_of(
    raw: RawRow, side: Side, layout: SideLayout, unit: str, named: Named | None, at: tuple[int, int] = (0, 0)
) -> TableRow | None:
    """The row with its amounts, None where it prints nothing or what is counted; `at`: its run and number."""
    row = named.get(id(raw)) if named is not None else None
    row = row or _named(raw, side, layout, *at)
    if named is not None:
        named[id(raw)] = row
        row = replace(row, values={}, printed={}, broken={}, boxes={}, places={})
    _fill(row, raw, layout, unit)
    counted = side.declares_rows and is_counted(row.label)
    return row if not counted and (row.code or row.label or row.values or row.broken) else None


def _named(raw: RawRow, side: Side, layout: SideLayout, fragment: int, number: int) -> TableRow:
    """A row with what it is called, and no amounts yet."""

    def cell(column: int | None) -> str:
        return raw.cells[column] if column is not None and column < len(raw.cells) else ""

    code, label = folded(cell(layout.code)), squeeze(cell(layout.label))
    cut = False
    left = [squeeze(t) for c, t in raw.filled if layout.label is not None and layout.span[0] <= c < layout.label]
    if not label:
        label = next((text for text in left if matches(side.total_labels, key(text))), "")
    if side.hierarchy != UNIT and _BODY_CODE.fullmatch(code) and label:
        code = ""
    if not (_UNIT_CODE if side.hierarchy == UNIT else _CODE_OR_PART).fullmatch(code):
        joined = _CODE_AND_NAME.fullmatch(code or folded(label)) if side.code_heads else None
        if side.hierarchy == UNIT and code and not label:
            joined = _UNIT_AND_NAME.fullmatch(code)
        if joined:
            cut = bool(code and label)
            code, label = joined.group(1), joined.group(2) + (label if code else "")
        else:
            code, label = "", code + label if not matches(side.total_labels, key(label)) else label
    if (side.subtotals or not (code or side.declares_rows)) and not matches(side.total_labels, key(label)):
        label = raw.marked(label, layout.label)
    group = _CLASSES.join(text for text in (squeeze(cell(c)) for c in (layout.group, *layout.classes)) if text)
    of_unit = bool(group) and not label and not code and layout.label is not None
    if of_unit:
        label, group = group, ""
    of_unit = of_unit or bool(side.subtotals and any(_BODY_CODE.fullmatch(text) for text in left))
    return TableRow(number, code, label, group, raw.place, fragment, cut=cut, of_unit=of_unit)


def _fill(row: TableRow, raw: RawRow, layout: SideLayout, unit: str) -> None:
    """Put a row's amounts, and what is none, where its layout says."""
    for name, column in layout.values.items():
        text = raw.cells[column] if column < len(raw.cells) else ""
        if is_blank(text):
            continue
        amount = parse_amount(text, unit)
        row.printed[name] = layout.printed.get(name, "")
        if amount is None:
            row.broken[name] = text
        else:
            row.values[name] = amount
            box = raw.boxes[column] if column < len(raw.boxes) else None
            if box is not None:
                row.boxes[name] = box


def _continues(row: TableRow, before: TableRow, side: Side, first: bool) -> bool:
    """True where a row is only the rest of the label above it, cut off at a page break or by a cell's height."""
    if row.code or row.values or row.broken or row.group_label or not row.label:
        return False
    if not (before.code or before.label or before.group_label):
        return False
    if matches(side.total_labels, key(row.label)):
        return False
    if side.code_heads:
        return bool(side.hierarchy in {"function", "income"})
    if side.subtotals:
        return first or (UNREAD not in row.label and _is_open(before.label))
    if side.declares_rows:
        known = any(s.label.fullmatch(named(row.label)) for s in side.rows)
        return not known and any(s.label.fullmatch(unnumbered(before.label + row.label)) for s in side.rows)
    return False


def _whole_totals(rows: list[TableRow], side: Side) -> list[TableRow]:
    """The rows, a total whose name and amounts stand apart put together."""
    whole: list[TableRow] = []
    for row in rows:
        if whole and _is_cut_total(whole[-1], row, side):
            row.label = (whole.pop().label + row.label).replace(UNREAD, "")
        whole.append(row)
    return whole


def _is_cut_total(before: TableRow, row: TableRow, side: Side) -> bool:
    """True where a row prints nothing but the name of a total, or its first part, and the next nothing but amounts, or its rest
    and amounts: they are one row."""
    if before.values or before.broken or not (row.values or row.broken) or before.code or row.code:
        return False
    parted = UNREAD in row.label and UNREAD in before.label
    if not parted and (side.subtotals or row.label or row.group_label or before.group_label):
        return False
    return matches(side.total_labels, key((before.label + row.label * parted).replace(UNREAD, "")))


def _is_no_rest(raw: RawRow, layout: SideLayout, above: RawRow | None = None) -> bool:
    """True where no rest of a label stands: a number does in a column nobody knows, a text in that of codes, or one beside it
    where the row above has ended its own with a full stop; or a row that prints nothing stands between."""
    if above is not None and above.blank_below:
        return True
    ended = {column for column, text in above.filled if squeeze(text).endswith("。")} if above is not None else set()
    if any(column in ended and column not in layout.texts for column, _ in raw.filled):
        return True
    known = {layout.code, layout.label, layout.group, *layout.classes, *layout.values.values()}
    others = (text for column, text in raw.filled if column not in known and layout.span[0] <= column < layout.span[1])
    if any(UNREAD in text or _NUMBER.fullmatch(folded(text)) for text in others):
        return True
    if layout.code is None or layout.label is None or layout.code == layout.label:
        return False
    return layout.code < len(raw.cells) and bool(raw.cells[layout.code])


def _is_open(label: str) -> bool:
    """True where a label has a bracket or quotation mark that it does not close: the rest of it must follow."""
    pairs = ((key(label), "(", ")"), (label, "“", "”"), (label, "《", "》"))
    return any(text.count(opens) > text.count(closes) for text, opens, closes in pairs)


def _classify(form: Form, side: Side, rows: list[TableRow], names: set[str], unit: str) -> None:
    """Level, role, parent and is_sum of every row, from codes, declared labels and names of units."""
    _declare_roles(side, rows)
    ends = {id(row) for row in (rows[:1] + rows[-1:])}
    for row in rows:
        if row.role:
            continue
        row.of_unit = row.of_unit or bool(side.subtotals and row.label and key(row.label) in names)
        nameless = not row.code and not row.label and id(row) in ends
        nameless = nameless and (side.hierarchy in {"function", "income"} or len(rows) == 1)
        named = matches(side.total_labels, key(row.label)) or (side.subtotals and row.of_unit and not row.group_label)
        if nameless or named:
            row.level, row.is_sum = 0, True
        elif row.code:
            row.level = max(1, (len(row.code) - 1) // 2)
    _nest(side, rows, names, unit)
    above = [rows[row.parent] for row in rows if row.parent is not None]
    for row in (*above, *with_their_parts(form, side, rows)):
        row.is_sum = True


def _nest(side: Side, rows: list[TableRow], names: set[str], unit: str) -> None:
    """The parents of rows: by code, by group, by what their amounts show."""
    if side.hierarchy == UNIT:
        classify_units(rows, names)
    elif side.hierarchy:
        parents_by_code(rows)
        _unit_subtotals(rows, unit, named=side.hierarchy == "economic")
        if side.hierarchy == "function":
            _leaves_of_items(rows, unit)
        if not any(row.code for row in rows):
            grouped = any(row.group_label for row in rows)
            nested = not grouped and nest(rows, side.hierarchy, unit)
            if side.hierarchy == "economic" and not nested:
                _parents_by_group(rows)
    if side.declares_rows:
        _units_of_items(rows, unit)
        _parts_of_declared(rows, unit)
        below_those_above(rows)
    if side.subtotals:
        nest_projects(rows, unit)


def _declare_roles(side: Side, rows: list[TableRow]) -> None:
    section = ""
    for row in rows:
        bare = named(row.label)
        spec = _spec(side, bare, section)
        if spec is None:
            spec = _spec(side, bare.removeprefix("其中:"), section)
        if spec is None and bare != key(row.label):
            spec = _spec(side, f"{bare}支出", section)
        if spec is None:
            spec = _coded_spec(side, row.label, section)
        if spec is None:
            continue
        if row.group_label:
            row.level, row.is_sum = (spec.level if spec.level is not None else 1) + 1, spec.total
            continue
        row.role = spec.role
        row.is_sum = spec.total
        row.level = (
            spec.level if spec.level is not None else (2 if spec.under else 0 if spec.total and not spec.section else 1)
        )
        if spec.section:
            section = spec.role
        elif not spec.under:
            section = section if spec.level else ""


def _coded_spec(side: Side, label: str, section: str) -> RowSpec | None:
    """The class that a label names behind its own code (201 一般公共服务支出)."""
    found = _CODE_AND_NAME.fullmatch(folded(label))
    spec = _spec(side, named(found.group(2)), section) if found else None
    return spec if spec is not None and found is not None and spec.role == found.group(1) else None


def _parts_of_declared(rows: list[TableRow], unit: str) -> None:
    """Rows without code that stand below a declared 类 are its 款 and 项, where the amounts show how."""
    index = 0
    while index < len(rows):
        end = index + 1
        while end < len(rows) and not rows[end].role and not rows[end].group_label:
            end += 1
        if rows[index].role.isdecimal() and end > index + 1:
            nest_below(rows, index + 1, end, index, unit)
        index = end


def _units_of_items(rows: list[TableRow], unit: str) -> None:
    """Rows of single units are parts of the row of the same name that is for all of them.

    Where the first unit is the department, made up of those below it in more rows than not, they are parts of its rows.
    """
    whole = {row.label: index for index, row in enumerate(rows) if not row.group_label}
    units: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.group_label and row.label in whole:
            units.setdefault(row.label, []).append(index)
    led = sum(leads(rows[whole[label]], [rows[i] for i in found], unit) for label, found in units.items()) > 0
    for label, found in units.items():
        for index in found:
            rows[index].parent = found[0] if led and index != found[0] else whole[label]
            rows[index].level = rows[rows[index].parent or 0].level + 1


def is_declared(side: Side, row: TableRow) -> bool:
    """True where a side declares a row of this name, and the side that the row is read for does not."""
    return not row.role and _spec(side, named(row.label), "") is not None


def _spec(side: Side, label: str, section: str) -> RowSpec | None:
    under = [s for s in side.rows if s.under and s.under == section and s.label.fullmatch(label)]
    plain = [s for s in side.rows if not s.under and s.label.fullmatch(label)]
    return next(iter(under or plain), None)


def _unit_subtotals(rows: list[TableRow], unit: str, *, named: bool) -> None:
    """Rows that print a unit's name above its 科目: sub-totals, where the 类 below each, up to the next, make it up.

    The first may be the department's own, made up of the units below it. `named`: only where a column of units names them.
    """
    if len(rows) > 1 and all(row.of_unit for row in rows) and made_up(rows[0], rows[1:], unit):
        rows[0].level, rows[0].is_sum = 0, True
        return
    uncoded = [
        i for i, row in enumerate(rows) if not row.code and row.label and row.level and (row.of_unit or not named)
    ]
    if not uncoded or 2 * len(uncoded) > len(rows):
        return
    heads = list(zip(uncoded, [*uncoded[1:], len(rows)], strict=True))
    parts = {i: [row for row in rows[i + 1 : end] if row.parent is None and row.level] for i, end in heads}
    whole = uncoded[0] if len(uncoded) > 1 and not parts[uncoded[0]] else None
    if whole is not None:
        parts[whole] = [rows[i] for i in uncoded[1:]]
    if all(parts[i] and made_up(rows[i], parts[i], unit) for i in uncoded):
        for index in uncoded:
            rows[index].level, rows[index].is_sum = 0, True


def _leaves_of_items(rows: list[TableRow], unit: str) -> None:
    """Rows without code below a 科目 are its leaves, projects and the like, where all such rows make up the 科目 above them."""
    runs: dict[int, list[int]] = {}
    above: int | None = None
    for index, row in enumerate(rows):
        if row.code or not row.level:
            above = index if row.code else None
        elif above is not None and not row.of_unit and not row.role:
            runs.setdefault(above, []).append(index)
    if all(made_up(rows[above], [rows[i] for i in run], unit) for above, run in runs.items()):
        for above, run in runs.items():
            for index in run:
                rows[index].parent, rows[index].level = above, rows[above].level + 1


def _parents_by_group(rows: list[TableRow]) -> None:
    """Economic classes without codes: a row that names no government class heads the rows below it."""
    head: int | None = None
    for index, row in enumerate(rows):
        if row.level == 0:
            head = None
        elif not row.group_label:
            head = index
        elif head is not None:
            row.parent, row.level = head, 2
