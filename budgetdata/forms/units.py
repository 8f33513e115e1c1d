"""The unit that amounts are printed in, wherever it may stand: a line, a title, a head, a cell, a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from budgetdata.base.money import UNITS, is_number
from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import half_width, squeeze

_WORD = r"(?:人民币|RMB|¥)?((?:[十百千万亿]{0,3}|[美欧港日]|万[美欧港日])元)"
_LINE = re.compile(rf"(?:单位|计量|货币)(?:[:：]|为|是)?[(\[【〔]?{_WORD}")
"""单位：万元, 金额单位为人民币元, 单位:(百万元)."""
_BRACKETS = re.compile(rf"[(\[【〔](?:金额)?(?:单位)?[:：]?{_WORD}[)\]】〕]")
"""2031年预算数（元）, 三公经费支出表（单位：千元）."""
_BY = re.compile(rf"以{_WORD}为单位")
_ALONE = re.compile(rf"[(\[【〔]?(?:金额|货币|计量)?单位[:：]?{_WORD}[)\]】〕]?")
_COUNTED = re.compile(
    r".*[(（](?:单位[:：])?(?:辆|台|架|艘|个|人|批|次|批次|人次|人数|团|团次|户|场|场次|套)[)）]"
    r"|.*(?:批次|人次|人数|团组数|(?:车辆|购置|保有)(?:数|量|数量|辆数))(?:[(（][^()（）元]{1,3}[)）])?"
)
"""公务用车保有量（辆）, 国内公务接待批次, 因公出国（境）团组数（个）."""
_BEHIND = re.compile(rf"(?:^|[/,、:-]){_WORD}$")
"""元 below a head, 预算数/元."""
_FEW = 4
FEWEST_HEADS = 3
"""Texts of a row without amounts below the first that make it one of heads."""


def units_in(text: str) -> list[str]:
    """The units that a text names, each once, in printed order; one that is not known is among them."""
    bare = half_width(squeeze(text))
    found = [match for pattern in (_LINE, _BRACKETS, _BY) for match in pattern.finditer(bare)]
    return list(dict.fromkeys(match.group(1) for match in sorted(found, key=lambda match: match.start(1))))


def is_counted(text: str) -> bool:
    """True where a head or a label is of what is counted, not of money: vehicles, visits, people."""
    return bool(_COUNTED.fullmatch(squeeze(text)))


def is_unit_row(row: RawRow) -> bool:
    """True for a row that holds a unit beside at most a department and a date, and no amount."""
    if not any("元" in cell for cell in row.cells):
        return False
    texts = [half_width(squeeze(text)) for _, text in row.filled]
    return 0 < len(texts) <= _FEW and any(map(_ALONE.fullmatch, texts)) and not any(map(_is_amount, texts))


def units_of(tables: Iterable[RawTable]) -> list[str]:
    """The units that the heads of some runs of rows, and rows that hold a single text, name."""
    found: dict[str, None] = {}
    for table in tables:
        naming = [row for row in table.rows if any("元" in cell for cell in row.cells)]
        head = set(map(id, _head(table.rows))) if naming else set()
        for row in naming:
            texts = [text for _, text in row.filled]
            if id(row) in head or len(texts) == 1 or is_unit_row(row) or _is_head(texts):
                found.update(dict.fromkeys(unit for text in texts for unit in units_in(text)))
            if id(row) in head:
                found.update(
                    dict.fromkeys(match[1] for text in texts if (match := _BEHIND.search(half_width(squeeze(text)))))
                )
    return list(found)


def _is_head(texts: Sequence[str]) -> bool:
    return len(texts) >= FEWEST_HEADS and not any(map(_is_amount, texts))


def _head(rows: Sequence[RawRow]) -> Sequence[RawRow]:
    """The rows above the first that holds an amount; none where there is no amount to tell by."""
    for number, row in enumerate(rows):
        if any(_is_amount(text) for _, text in row.filled):
            return rows[:number]
    return rows[:1]


def _is_amount(text: str) -> bool:
    return is_number(text)


def is_known(unit: str) -> bool:
    """True for a unit whose amounts can be stored."""
    return unit in UNITS
