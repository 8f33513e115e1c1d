"""The hierarchy of rows that print no 科目 code, told by their amounts alone: each row is the sum of those nested in it. And of
those that print a part of their code, told by the codes around them, and of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from budgetdata.base.money import tolerance_fen
from budgetdata.base.text import UNREAD, key
from budgetdata.tables.sums import TableRow

DEPTHS = {"function": 3, "economic": 2}
"""How many levels a classification is printed in: 类 款 项, or 类 款."""


def nest(rows: Sequence[TableRow], hierarchy: str, unit: str) -> bool:
    """Set level and parent of the rows below a total, where exactly the printed amounts show them; True where they do.

    Every 类 must be followed by the 款 that make it up, every 款 by its 项, in every column, and together they must make up
    the total. A row without any amount, or one that belongs nowhere, leaves all rows as they are.
    """
    depth = DEPTHS.get(hierarchy, 0)
    inner = [index for index, row in enumerate(rows) if row.level]
    totals = [row for row in rows if not row.level]
    if not depth or len(totals) != 1 or len(inner) < depth or any(not rows[i].values or rows[i].broken for i in inner):
        return False
    nested = _Nested([rows[index] for index in inner], depth, unit)
    position, tops = 0, []
    while position < len(inner):
        tops.append(rows[inner[position]])
        end = nested.end_of(position, 1)
        if end is None:
            return False
        position = end
    if not made_up(totals[0], tops, unit):
        return False
    for position, (level, parent) in nested.places.items():
        row = rows[inner[position]]
        row.level, row.parent = level, None if parent is None else inner[parent]
    return True


@dataclass(frozen=True, slots=True)
class _Nested:
    """The rows below a total as they are taken apart: at each position the level found and the position it is part of."""

    rows: Sequence[TableRow]
    depth: int
    unit: str
    places: dict[int, tuple[int, int | None]] = field(default_factory=dict)

    def end_of(self, start: int, level: int) -> int | None:
        """The position behind the row at `start` and all that is nested in it; None where no rows below it make it up."""
        self.places.setdefault(start, (level, None))
        if level == self.depth:
            return start + 1
        children: list[TableRow] = []
        position = start + 1
        while position < len(self.rows):
            self.places[position] = (level + 1, start)
            children.append(self.rows[position])
            end = self.end_of(position, level + 1)
            if end is None:
                return None
            position = end
            if made_up(self.rows[start], children, self.unit):
                return position
        return None


def without_subtotals(rows: Sequence[TableRow], unit: str) -> list[TableRow]:
    """The rows less those called 小计 that print once more what the 科目 above them come to, up to the last row without code."""
    kept: list[TableRow] = []
    above: list[TableRow] = []
    for row in rows:
        named = bool(above and row.values) and not row.code and row.label.endswith("小计")
        if not (named and not row.broken and made_up(row, _tops(above), unit)):
            kept.append(row)
        if row.code:
            above.append(row)
        else:
            above = []
    return kept


def _tops(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows whose code is part of none of the others'."""
    codes = {row.code for row in rows}
    return [row for row in rows if not any(row.code[:size] in codes for size in (3, 5) if size < len(row.code))]


def made_up(whole: TableRow, parts: Sequence[TableRow], unit: str) -> bool:
    """True where in every printed column the parts add up to the whole, within what printed decimals allow."""
    for column in {*whole.values, *(name for part in parts for name in part.values)}:
        amounts = [part.values[column] for part in parts if column in part.values]
        stated = whole.values.get(column)
        gap = abs((stated.fen if stated else 0) - sum(amount.fen for amount in amounts))
        if gap > tolerance_fen([*([stated] if stated else []), *amounts], unit):
            return False
    return True


def leads(whole: TableRow, units: Sequence[TableRow], unit: str) -> int:
    """1 where a row's first unit is the sum of the others and is all of it, -1 where all units make it up; 0 where it prints
    nothing but 0, where one of its rows was not read, or where it tells neither."""
    if not any(amount.fen for amount in whole.values.values()) or any(row.broken for row in (whole, *units)):
        return 0
    if made_up(whole, units, unit):
        return -1
    return int(len(units) > 1 and made_up(units[0], units[1:], unit) and made_up(whole, units[:1], unit))


def complete_codes(rows: list[TableRow]) -> None:
    """Codes of 款 that print their own two digits made whole: those of the 类 above, where the codes below say the same; where
    that of the 类 was not read, as those below begin, down to the next 类. Where neither tells it, in a table that prints
    codes, it is unread."""
    above = ""
    prints_codes = any(len(row.code) > 2 for row in rows)
    for index, row in enumerate(rows):
        if len(row.code) == 3 or UNREAD in row.label:
            above = row.code
        if len(row.code) != 2:
            continue
        own = takewhile(lambda other: len(other.code) != 3, rows[index + 1 :])
        below = next((other.code for other in own if len(other.code) > 3), "")
        if below[3:5] == row.code and above in (below[:3], ""):
            row.code = below[:5]
        else:
            row.code, row.label = "", (UNREAD if prints_codes else "") + row.code + row.label


def below_those_above(rows: Sequence[TableRow]) -> None:
    """Set the level of rows that say to be of what is above them (其中：…) and that no form knows: one below it."""
    for above, row in pairwise(rows):
        if key(row.label).startswith("其中:") and not (row.role or row.code or row.group_label) and row.parent is None:
            row.level = above.level + (above.role != "" or not key(above.label).startswith("其中:"))


def classify_units(rows: list[TableRow], names: set[str]) -> None:
    """Totals and parents in a list of budget units; a unit's code, once it has shown its parent, becomes no 科目 code."""
    parents_by_code(rows)
    _total_of_units(rows, names)
    listed = [index for index, row in enumerate(rows) if row.level]
    first = rows[listed[0]] if listed else None
    whole = next((row for row in rows if row.level == 0), None)
    parts = [rows[index] for index in listed[1:]]
    is_head = first and len(parts) > 1 and not any(row.code for row in rows) and key(first.label) in names
    if first and whole and is_head and _is_printed_again(first, whole, parts):
        for part in parts:
            part.parent = listed[0]
    for row in rows:
        row.label = row.label or row.code
        row.code = ""
        if row.level:
            row.level = 1 if row.parent is None else rows[row.parent].level + 1


def _is_printed_again(row: TableRow, whole: TableRow, parts: list[TableRow]) -> bool:
    """Whether a row prints the amounts of the total once more, as the head of its parts; where only one of the two prints an
    amount, that of the other cannot be seen, and the parts come to it."""
    both = row.values.keys() & whole.values.keys()
    alone = {**row.values, **whole.values}
    return bool(both) and all(
        row.values[column].fen == whole.values[column].fen
        if column in both
        else sum(part.values[column].fen for part in parts if column in part.values) == amount.fen
        for column, amount in alone.items()
    )


def _total_of_units(rows: list[TableRow], names: set[str]) -> None:
    """Where no row is called 合计: the only row, the department's own above its units', or one without name at the end."""
    if not rows or any(row.level == 0 for row in rows):
        return
    nameless = not rows[-1].label and not rows[-1].code
    owned = key(rows[0].label) in names and not any(row.code for row in rows)
    whole = rows[-1] if nameless else rows[0] if len(rows) == 1 or owned else None
    if whole is not None:
        whole.level, whole.is_sum = 0, True


def parents_by_code(rows: list[TableRow]) -> None:
    """The parent of each row with a code: the nearest above it whose code its own begins with."""
    seen: dict[str, int] = {}
    for index, row in enumerate(rows):
        if not row.code:
            continue
        for length in range(len(row.code) - 1, 2, -1):
            if row.code[:length] in seen:
                row.parent = seen[row.code[:length]]
                break
        seen[row.code] = index
