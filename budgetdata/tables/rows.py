"""From raw rows under a layout to table rows: code, label, amounts, and each row's place in the hierarchy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.base.money import is_blank, parse_amount
from budgetdata.base.raw import RawRow
from budgetdata.base.text import folded, key, squeeze, unnumbered
from budgetdata.forms.declared import Form, RowSpec, Side, matches
from budgetdata.tables.header import SideLayout
from budgetdata.tables.nesting import nest, nest_projects
from budgetdata.tables.sums import TableRow

UNIT = "unit"
"""The hierarchy of tables that list budget units, not 科目: a unit's code says what it is part of, and is no 科目 code."""
CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,3}")
_UNIT_CODE = re.compile(r"[0-9]{3,12}")
_CODE_AND_NAME = re.compile(
    r"[\[(【〔]?([0-9]{3}(?:[0-9]{2}){0,3})(?:[\])】〕][-—_:]?|[-—_:]|(?=[^0-9.,]))([^0-9.,].*)"
)


def table_rows(
    form: Form, side: Side, parts: Sequence[tuple[Sequence[RawRow], int, SideLayout, bool]], unit: str, names: set[str]
) -> list[TableRow]:
    """The rows of one side of a table: `parts` are runs of raw rows, their number, layout, and whether a page opens with them.

    Rows that are only the rest of a label are joined to it; level, role, parent and is_sum are set. On a one-sided table
    row_no counts the rows as joined; on a two-sided one it counts printed rows, so that both halves of a row share it.
    `names` are `clean.key`s whose rows are sub-totals in project tables.
    """
    rows: list[TableRow] = []
    number = 0
    for raws, fragment, layout, opens in parts:
        for raw in raws:
            number += 1
            row = _row(raw, side, layout, unit, fragment, number)
            if row is None:
                if rows and opens and raw is raws[0] and layout.group is not None and layout.group < len(raw.cells):
                    rows[-1].group_label += squeeze(raw.cells[layout.group])
                continue
            if rows and not _in_code_only(raw, layout) and _continues(row, rows[-1], side, opens and raw is raws[0]):
                rows[-1].label += row.label
                continue
            if len(form.sides) == 1:
                row.row_no = len(rows) + 1
            rows.append(row)
    _classify(form, side, rows, names, unit)
    return rows


def _row(raw: RawRow, side: Side, layout: SideLayout, unit: str, fragment: int, number: int) -> TableRow | None:
    def cell(column: int | None) -> str:
        return raw.cells[column] if column is not None and column < len(raw.cells) else ""

    code, label = folded(cell(layout.code)), squeeze(cell(layout.label))
    cut = False
    if not (_UNIT_CODE if side.hierarchy == UNIT else CODE).fullmatch(code):
        joined = _CODE_AND_NAME.fullmatch(code or folded(label)) if side.code_heads else None
        if joined:
            cut = bool(code and label)
            code, label = joined.group(1), joined.group(2) + (label if code else "")
        else:
            code, label = "", code + label if not matches(side.total_labels, key(label)) else label
    row = TableRow(number, code, label, squeeze(cell(layout.group)), raw.place, fragment, cut=cut)
    for name, column in layout.values.items():
        text = cell(column)
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
    return row if code or label or row.values or row.broken else None


def _continues(row: TableRow, before: TableRow, side: Side, first: bool) -> bool:
    """True where a row is only the rest of the label above it, cut off at a page break or by a cell's height."""
    if row.code or row.values or row.broken or row.group_label or not row.label:
        return False
    if matches(side.total_labels, key(row.label)):
        return False
    if side.code_heads:
        return bool(side.hierarchy in {"function", "income"})
    if side.subtotals:
        return first or _is_open(before.label)
    if side.declares_rows:
        known = any(s.label.fullmatch(unnumbered(row.label)) for s in side.rows)
        return not known and any(s.label.fullmatch(unnumbered(before.label + row.label)) for s in side.rows)
    return False


def _in_code_only(raw: RawRow, layout: SideLayout) -> bool:
    """True where a row prints a text in its code column and none in that of its label: no rest of a label stands there."""
    if layout.code is None or layout.label is None or layout.code == layout.label:
        return False
    cells = [raw.cells[c] if c < len(raw.cells) else "" for c in (layout.code, layout.label)]
    return bool(cells[0]) and not cells[1]


def _is_open(label: str) -> bool:
    """True where a label has a bracket or quotation mark that it does not close: the rest of it must follow."""
    bare = key(label)
    return (
        bare.count("(") > bare.count(")")
        or label.count("“") > label.count("”")
        or label.count("《") > label.count("》")
    )


def _classify(form: Form, side: Side, rows: list[TableRow], names: set[str], unit: str) -> None:
    """Level, role, parent and is_sum of every row, from codes, declared labels and names of units."""
    _declare_roles(side, rows)
    ends = {id(row) for row in (rows[:1] + rows[-1:])}
    for row in rows:
        if row.role:
            continue
        nameless = side.hierarchy in {"function", "income"} and not row.code and not row.label and id(row) in ends
        named = matches(side.total_labels, key(row.label)) or (side.subtotals and key(row.label) in names)
        if nameless or named:
            row.level, row.is_sum = 0, True
        elif row.code:
            row.level = max(1, (len(row.code) - 1) // 2)
    _nest(side, rows, names, unit)
    for row in rows:
        if row.parent is not None:
            rows[row.parent].is_sum = True


def _nest(side: Side, rows: list[TableRow], names: set[str], unit: str) -> None:
    """The parents of rows: by code, by group, by what their amounts show."""
    if side.hierarchy == UNIT:
        _classify_units(rows, names)
    elif side.hierarchy:
        _parents_by_code(rows)
        if side.hierarchy != "economic":
            _unit_subtotals(rows)
        if not any(row.code for row in rows):
            grouped = any(row.group_label for row in rows)
            nested = not grouped and nest(rows, side.hierarchy, unit)
            if side.hierarchy == "economic" and not nested:
                _parents_by_group(rows)
    if side.subtotals:
        nest_projects(rows, unit)


def _declare_roles(side: Side, rows: list[TableRow]) -> None:
    section = ""
    for row in rows:
        bare = unnumbered(row.label)
        spec = _spec(side, bare, section)
        if spec is None:
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


def _spec(side: Side, label: str, section: str) -> RowSpec | None:
    under = [s for s in side.rows if s.under and s.under == section and s.label.fullmatch(label)]
    plain = [s for s in side.rows if not s.under and s.label.fullmatch(label)]
    return next(iter(under or plain), None)


def _unit_subtotals(rows: list[TableRow]) -> None:
    """Rows that print a unit's name above its 科目: sub-totals, where the 类 below each, up to the next, make it up."""
    uncoded = [i for i, row in enumerate(rows) if not row.code and row.label and row.level]
    if not uncoded or 2 * len(uncoded) > len(rows):
        return
    for index, following in zip(uncoded, [*uncoded[1:], len(rows)], strict=True):
        tops = [row for row in rows[index + 1 : following] if row.parent is None and row.level]
        columns = {*rows[index].values, *(column for row in tops for column in row.values)}
        sums = {c: sum(row.values[c].fen for row in tops if c in row.values) for c in columns}
        stated = {c: rows[index].values[c].fen if c in rows[index].values else 0 for c in columns}
        if not tops or sums != stated:
            return
    for index in uncoded:
        rows[index].level, rows[index].is_sum = 0, True


def _classify_units(rows: list[TableRow], names: set[str]) -> None:
    """Totals and parents in a list of budget units; a unit's code, once it has shown its parent, becomes no 科目 code."""
    _parents_by_code(rows)
    _total_of_units(rows, names)
    listed = [index for index, row in enumerate(rows) if row.level]
    first = rows[listed[0]] if listed else None
    whole = next((row for row in rows if row.level == 0), None)
    if first and whole and len(listed) > 2 and not any(row.code for row in rows) and key(first.label) in names:
        same = {c: a.fen for c, a in first.values.items()} == {c: a.fen for c, a in whole.values.items()}
        for index in listed[1:] if same else []:
            rows[index].parent = listed[0]
    for row in rows:
        row.label = row.label or row.code
        row.code = ""
        if row.level:
            row.level = 1 if row.parent is None else rows[row.parent].level + 1


def _total_of_units(rows: list[TableRow], names: set[str]) -> None:
    """Where no row is called 合计: the only row, the department's own above its units', or one without name at the end."""
    if not rows or any(row.level == 0 for row in rows):
        return
    nameless = not rows[-1].label and not rows[-1].code
    owned = key(rows[0].label) in names and not any(row.code for row in rows)
    whole = rows[-1] if nameless else rows[0] if len(rows) == 1 or owned else None
    if whole is not None:
        whole.level, whole.is_sum = 0, True


def _parents_by_code(rows: list[TableRow]) -> None:
    seen: dict[str, int] = {}
    for index, row in enumerate(rows):
        if not row.code:
            continue
        for length in range(len(row.code) - 1, 2, -1):
            if row.code[:length] in seen:
                row.parent = seen[row.code[:length]]
                break
        seen[row.code] = index


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
