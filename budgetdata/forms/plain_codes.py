"""科目 codes that are not printed as plain digits: parted by signs (201.13.01, 201-13-01), or pushed into their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from budgetdata.base.raw import RawTable
from budgetdata.base.text import folded, key, unnumbered
from budgetdata.forms.canonical import attested

_PARTED = re.compile(r"([1235][0-9]{2})((?:[-.·•_/‐‑–—][0-9]{2}){1,3})(?![-0-9.,])(.*)", re.DOTALL)
_TOP = re.compile(r"[1235][0-9]{2}")
_SIGNS = re.compile(r"[^0-9]")
_DIGITS = re.compile(r"[0-9]+")
_DATED = re.compile(r"[0-9](?:年|月|日|号|期|%)")
_WITHIN = re.compile(r"[0-9]+[^0-9]+[0-9]+.*")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
"""What stands in brackets behind a name is its own: 某项（211）."""
FEWEST_DIGITS = 2
"""Digits beside the name of a 科目 that are of its code: one may be a number in a list."""
FEWEST_CODES = 2
FEWEST_OF_TWO = 10
CODE_LENGTHS = (3, 5, 7)
CODES_OF = {"function": "2", "economic": "35", "income": "1"}
"""How the codes of each classification begin."""


def plain_codes(table: RawTable) -> RawTable:
    """A run of rows with the codes that signs part made plain, in the columns that show them to be codes.

    201.13 by itself may be an amount: a column shows codes where one has three parts, or where the 类 of each is printed
    above it in the same column.
    """
    columns = [column for column in range(table.width) if _shows_codes(_column(table, column))]
    if not columns:
        return table
    rows = []
    for row in table.rows:
        cells = tuple(_plain(cell) if column in columns else cell for column, cell in enumerate(row.cells))
        rows.append(row if cells == row.cells else replace(row, cells=cells))
    return RawTable(tuple(rows))


def _column(table: RawTable, column: int) -> list[str]:
    texts = (row.cells[column] for row in table.rows if column < len(row.cells))
    return [folded(text) for text in texts if text.strip()[:1].isdecimal()]


def _shows_codes(texts: Sequence[str]) -> bool:
    found = [match for text in texts if (match := _PARTED.fullmatch(text))]
    if not found:
        return False
    if any(len(match[2]) > len(".00") for match in found):
        return True
    tops = [text for text in texts if _TOP.fullmatch(text)]
    return len(found) >= FEWEST_CODES and len(found) + len(tops) == len(texts) and all(m[1] in tops for m in found)


def _plain(cell: str) -> str:
    match = _PARTED.fullmatch(folded(cell))
    return match[1] + _SIGNS.sub("", match[2]) + match[3] if match else cell


def holds_code(code: str, label: str, hierarchy: str) -> bool:
    """True where digits of its code stand within the name of a 科目: 3基本0101工资. `code`: what is printed of it elsewhere.

    What is left without them is the name of a 科目, or they are a code of the classification, and no year or number.
    """
    if not _DIGITS.search(label) or hierarchy not in CODES_OF:
        return False
    bare = unnumbered(_BRACKETED.sub("", label))
    digits = "".join(_DIGITS.findall(bare))
    if digits == code or (code.endswith(digits) and bare.startswith(digits)):
        return False
    if len(digits) >= FEWEST_DIGITS and _DIGITS.sub("", bare) in _names(hierarchy):
        return True
    if bare.startswith(digits) and _are_two(digits, hierarchy):
        return True
    may_be = len(digits) in CODE_LENGTHS and digits[0] in CODES_OF[hierarchy] and not _DATED.search(bare)
    return may_be and ((hierarchy, digits) in attested() or bool(_WITHIN.fullmatch(bare)))


def _are_two(digits: str, hierarchy: str) -> bool:
    """True for two codes one after the other, more digits than a date has: the cells of two rows read as one."""
    ends = [at for at in CODE_LENGTHS if len(digits) >= FEWEST_OF_TWO]
    return any(all((hierarchy, code) in attested() for code in (digits[:at], digits[at:])) for at in ends)


@cache
def _names(hierarchy: str) -> frozenset[str]:
    return frozenset(key(each.name) for (kind, _), named in attested().items() if kind == hierarchy for each in named)
