"""Whether two runs of rows print the same rows: once more, or with other amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetdata.base.money import is_number, parse_amount
from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import folded, squeeze
from budgetdata.forms.declared import Form
from budgetdata.forms.header import split_header
from budgetdata.tables.rows import CODE

FEWEST_REPEATED = 3
"""Amounts that a run of rows must print to be known again."""
ALIKE, WHOLE = 0.8, 0.5
"""Of the rows of a run so many must be called as those of another, and it must print so many of them, to be the same table."""
Printed = tuple[tuple[str, ...], tuple[int, ...]]
"""What a row is called, and its amounts."""


def is_same(one: RawTable, other: RawTable) -> bool:
    """True where two runs print the same amounts in the same rows: one of them is printed twice."""
    same = len(one.rows) == len(other.rows) and [row.cells for row in one.rows] == [row.cells for row in other.rows]
    return same and amounts_in(one) >= FEWEST_REPEATED


def tells_again(form: Form, one: RawTable, other: RawTable, *, going_on: bool = False) -> bool | None:
    """Whether a run that prints the head and rows of another prints its amounts too (True) or others (False); None where it
    prints no such head or rows. `going_on`: it goes on behind one that is printed twice, and need not print a head."""
    if is_same(one, other):
        return True
    heads = [split_header(table.rows, form)[0] for table in (one, other)]
    if heads[0] != heads[1] or not (heads[1] or (going_on and one.width == other.width)):
        return None
    if _texts(one.rows[: heads[0]]) != _texts(other.rows[: heads[1]]):
        return None
    first, second = (list(_printed(table.rows[head:])) for table, head in zip((one, other), heads, strict=True))
    if not first or not second or first[0][0] != second[0][0] or len(second) < WHOLE * len(first):
        return None
    known: dict[tuple[str, ...], list[tuple[int, ...]]] = {}
    for names, amounts in first:
        known.setdefault(names, []).append(amounts)
    shared = [(names, amounts) for names, amounts in second if names in known]
    if len(shared) < ALIKE * len(second):
        return None
    if any(amounts not in known[names] for names, amounts in shared):
        return False
    return True if len(shared) == len(second) == len(first) else None


def _texts(rows: tuple[RawRow, ...]) -> list[str]:
    return [squeeze(text) for row in rows for _, text in row.filled]


def _printed(rows: tuple[RawRow, ...]) -> Iterator[Printed]:
    """The rows that hold amounts, each by its code and texts."""
    for row in rows:
        texts = [text for _, text in row.filled]
        start = 1 if is_code(row) and len(texts) > 1 else 0
        amounts = [amount.fen for text in texts[start:] if (amount := parse_amount(text, "亿元"))]
        if amounts:
            names = [*texts[:start], *(text for text in texts[start:] if not is_number(text))]
            yield tuple(map(folded, names)), tuple(amounts)


def is_code(row: RawRow) -> bool:
    """True for a row whose first text is a 科目 code."""
    return any(CODE.fullmatch(folded(text)) for _, text in row.filled[:1])


def amounts_in(block: RawTable) -> int:
    """How many amounts a run of rows prints with a sign in them: 1,200 or 12.00, not 201."""
    printed = [text for row in block.rows for _, text in row.filled if re.search("[.,，．]", text)]
    return sum(is_number(text) for text in printed)
