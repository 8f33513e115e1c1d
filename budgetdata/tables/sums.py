"""The identities inside one table: which printed cell must be the sum of which others. Structure only, no judgement."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from budgetdata.base.money import Amount, tolerance_fen
from budgetdata.base.raw import Box, Place
from budgetdata.base.text import key
from budgetdata.forms.declared import Form, RowSum, Side, matches

Cell = tuple[int, str]
"""A cell of a side: (index into the side's rows, canonical column)."""
ROUNDED_FEN = 10_000
"""0.01 万元: what each printed amount of a row may add to its sum by rounding."""


@dataclass(slots=True)
class TableRow:
    """One printed data row of one side, with its amounts by canonical column (absent: blank).

    `broken` are columns that print something which is no amount; `strange` amounts under no head that is known: one of its
    blank cells may be theirs. `cut` where its label or code lost some of its text. `boxes` say where amounts stand on a
    page; `parent` is an index into the side's rows; `of_unit`: its name stands where those of units do;
    `places`: where the amounts of a column stand that are printed elsewhere than the row; `other_unit`: a unit that the row
    names and its table does not print its amounts in.
    """

    row_no: int
    code: str
    label: str
    group_label: str
    place: Place
    fragment: int
    level: int = 1
    is_sum: bool = False
    role: str = ""
    parent: int | None = None
    values: dict[str, Amount] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    cut: bool = False
    boxes: dict[str, Box] = field(default_factory=dict)
    of_unit: bool = False
    places: dict[str, Place] = field(default_factory=dict)
    other_unit: str = ""

    def go_on_in(self, rest: TableRow) -> None:
        """Take the rest of its label, or of whose it is where that stands under units, from the row below a page break."""
        if rest.of_unit and self.group_label:
            self.group_label += rest.label
        else:
            self.label += rest.label


@dataclass(frozen=True, slots=True)
class SumIdentity:
    """`whole` should equal the sum of `parts`. rule: hierarchy | total | row | declared."""

    rule: str
    whole: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sum came to: fen of both sides, the tolerance that printed decimals allow, and a status.

    status: balanced | rounding | different | not_evaluable (an amount in it could not be read, or all are blank).
    """

    left_fen: int | None
    right_fen: int | None
    tolerance_fen: int
    status: str


def identities(
    form: Form, side: Side, rows: Sequence[TableRow], only: Container[str] | None = None
) -> list[SumIdentity]:
    """Every identity that the rows of one side should satisfy, in printed order; of some columns where these are named."""
    columns = [each.name for each in (*side.columns, *side.extra) if only is None or each.name in only]
    vertical: list[tuple[str, int, list[int]]] = []
    children = _children(rows)
    vertical += [("hierarchy", parent, kids) for parent, kids in children.items()]
    vertical += _totals(side, rows)
    vertical += _declared(form, side, rows)
    declared = {whole: parts for rule, whole, parts in vertical if rule == "declared"}
    found = [
        SumIdentity(rule, (whole, column), tuple((part, column) for part in _printed(rows, parts, column, declared)))
        if rule == "declared"
        else SumIdentity(rule, (whole, column), tuple((part, column) for part in parts))
        for rule, whole, parts in vertical
        for column in columns
    ]
    present = {column for row in rows for column in (*row.values, *row.broken)}
    for number, rule in enumerate(side.row_sums):
        needed = number == 0 and not rule.if_printed
        if present & set(rule.parts) and (needed or rule.total in present):
            beside = counted_in(rule, rows)
            found += [
                SumIdentity("row", (index, rule.total), tuple((index, p) for p in (*_row_parts(rule, row), *beside)))
                for index, row in enumerate(rows)
            ]
    return found


def _printed(rows: Sequence[TableRow], parts: Sequence[int], column: str, declared: dict[int, list[int]]) -> list[int]:
    """The parts, one that is left blank though its own parts are printed replaced by those, and so on below."""
    kept: list[int] = []
    for part in parts:
        blank = column not in rows[part].values and column not in rows[part].broken
        inner = _printed(rows, declared[part], column, declared) if blank and part in declared else []
        kept += inner if any(column in rows[i].values for i in inner) else [part]
    return kept


def _row_parts(rule: RowSum, row: TableRow) -> list[str]:
    """The columns that make up a row's total: a column that contains others counts only where none of those is printed."""
    contained = {whole for whole, parts in rule.instead if any(part in row.values for part in parts)}
    return [part for part in rule.parts if part not in contained]


def breaks_alone(side: Side, row: TableRow, unit: str) -> bool:
    """True where a row's own amounts break a sum of its columns, whatever the other rows of its table print."""
    printed = {*row.values, *row.broken}
    for number, rule in enumerate(side.row_sums):
        needed = number == 0 and not rule.if_printed
        if not printed & set(rule.parts) or not (needed or rule.total in printed):
            continue
        parts, perhaps = _row_parts(rule, row), rule.perhaps
        ways = [(*parts, *some) for n in range(len(perhaps) + 1) for some in combinations(perhaps, n)]
        sums = (SumIdentity("row", (0, rule.total), tuple((0, part) for part in way)) for way in ways)
        if all(judge(each, [row], unit).status == "different" for each in sums):
            return True
    return False


def _sum_of(row: TableRow, columns: Sequence[str]) -> int:
    return sum(row.values[column].fen for column in columns if column in row.values)


def counted_in(rule: RowSum, rows: Sequence[TableRow]) -> tuple[str, ...]:
    """Those of `rule.perhaps` that this table counts into its total: with them its rows come nearer to their totals. Its total
    row tells by itself, where it comes to its total with some of them or with none."""
    wholes = [row for row in rows if not row.level and any(column in row.values for column in rule.perhaps)]
    rows = [row for row in wholes if _tells(rule, row)] or rows
    within: list[str] = []
    for column in rule.perhaps:
        gaps = [
            (row.values[rule.total].fen - _sum_of(row, _row_parts(rule, row)), row.values[column].fen)
            for row in rows
            if rule.total in row.values and column in row.values
        ]
        if sum(abs(gap - more) for gap, more in gaps) < sum(abs(gap) for gap, _ in gaps):
            within.append(column)
    return tuple(within)


def is_untold(rule: RowSum, rows: Sequence[TableRow]) -> bool:
    """True where nobody knows what a table counts into its total: its total row comes to none of the sums, and has a part that
    was not read."""
    wholes = [row for row in rows if not row.level and any(c in row.values or c in row.broken for c in rule.perhaps)]
    unread = any(column in row.broken for row in wholes for column in (*rule.parts, *rule.perhaps))
    return unread and not any(_tells(rule, row) for row in wholes)


def _tells(rule: RowSum, row: TableRow) -> bool:
    """True where a row comes to its total with some of `rule.perhaps`, or with none of them, up to rounding."""
    if rule.total not in row.values:
        return False
    parts = _row_parts(rule, row)
    gap = row.values[rule.total].fen - _sum_of(row, parts)
    more = [row.values[column].fen for column in rule.perhaps if column in row.values]
    sums = (sum(some) for n in range(len(more) + 1) for some in combinations(more, n))
    return any(abs(gap - added) <= ROUNDED_FEN * (1 + len(parts)) for added in sums)


def _children(rows: Sequence[TableRow]) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        if row.parent is not None:
            children.setdefault(row.parent, []).append(index)
    return children


def _totals(side: Side, rows: Sequence[TableRow]) -> list[tuple[str, int, list[int]]]:
    if side.declares_rows:
        return []
    found = []
    tops = [index for index, row in enumerate(rows) if row.parent is None and row.level >= 1]
    for index, row in enumerate(rows):
        if row.level == 0 and tops and (side.hierarchy or side.flat_sum or side.subtotals):
            found.append(("total", index, _parts_of_total(side, rows, index, tops)))
    return [entry for entry in found if entry[2]]


def _parts_of_total(side: Side, rows: Sequence[TableRow], index: int, tops: list[int]) -> list[int]:
    label = key(rows[index].label)
    if not label or matches(side.total_labels, label) or not (side.subtotals or side.hierarchy):
        return tops
    after = [i for i in tops if i > index]
    if index + 1 < len(rows) and rows[index + 1].level == 0:
        return after
    end = next((i for i in range(index + 1, len(rows)) if rows[i].level == 0), len(rows))
    return [i for i in after if i < end]


def _declared(form: Form, side: Side, rows: Sequence[TableRow]) -> list[tuple[str, int, list[int]]]:
    by_role: dict[str, int] = {}
    for index, row in enumerate(rows):
        if row.role:
            by_role.setdefault(row.role, index)
    found: dict[int, list[int]] = {}
    late: dict[int, list[int]] = {}
    for rule in form.sums:
        if rule.side == side.name and rule.total in by_role and (not rule.needs or rule.needs in by_role):
            contained = {whole for whole, kids in rule.instead if any(kid in by_role for kid in kids)}
            contained |= {whole for whole, kids in rule.inside if _made_up_of(rows, by_role, whole, kids)}
            parts = [by_role[role] for role in rule.parts if role in by_role and role not in contained]
            total = by_role[rule.total]
            behind = [part for part in parts if part > total]
            if behind and len(behind) < len(parts):
                late[total] = behind
                parts = [part for part in parts if part < total]
            parts += [part for inner in parts for part in late.get(inner, [])]
            if parts:
                found[total] = list(dict.fromkeys(parts))
    return [("declared", total, parts) for total, parts in found.items()]


def with_their_parts(form: Form, side: Side, rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows of a side that are declared to hold others perhaps (单位资金) and whose amounts are just the sum of theirs."""
    by_role = {row.role: index for index, row in reversed(list(enumerate(rows))) if row.role}
    inside = [pair for rule in form.sums if rule.side == side.name for pair in rule.inside]
    return [rows[by_role[whole]] for whole, kids in inside if _made_up_of(rows, by_role, whole, kids)]


def _made_up_of(rows: Sequence[TableRow], by_role: dict[str, int], whole: str, kids: Sequence[str]) -> bool:
    """True where a row's amounts are just the sum of those of the rows that may be its parts."""
    parts = [rows[by_role[kid]] for kid in kids if kid in by_role]
    if whole not in by_role or not any(part.values for part in parts):
        return False
    columns = {*rows[by_role[whole]].values, *(column for part in parts for column in part.values)}
    return all(_sum_of(rows[by_role[whole]], [c]) == sum(_sum_of(part, [c]) for part in parts) for c in columns)


def judge(identity: SumIdentity, rows: Sequence[TableRow], unit: str) -> Verdict:
    """Both sides of an identity, from the amounts as they stand; blank parts count as nothing."""
    cells = [identity.whole, *identity.parts]
    if any(column in rows[row].broken for row, column in cells):
        return Verdict(None, None, 0, "not_evaluable")
    left = rows[identity.whole[0]].values.get(identity.whole[1])
    parts = [rows[row].values[column] for row, column in identity.parts if column in rows[row].values]
    if left is None and not parts:
        return Verdict(None, None, 0, "not_evaluable")
    right_fen = sum(part.fen for part in parts)
    if left is None:
        return Verdict(None, right_fen, 0, "balanced" if right_fen == 0 else "different")
    if not parts:
        return Verdict(left.fen, None, 0, "balanced" if left.fen == 0 else "different")
    tolerance = tolerance_fen([left, *parts], unit)
    gap = abs(left.fen - right_fen)
    status = "balanced" if gap == 0 else "rounding" if gap <= tolerance else "different"
    return Verdict(left.fen, right_fen, tolerance, status)
