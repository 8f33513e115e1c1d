"""Digits that could be a mobile phone number and are an amount of money: told by 元 and ￥, by their label, by their row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
BLANK = " \u3000\xa0"
GAP = rf"[{BLANK}\t\v]*"

IN_YUAN = (
    rf"(?:[(（]?[万亿]?元|[{BLANK}][万亿]?元(?:整|的|左右|以[上下内]|人民币|[{HAN}]{{3}})"
    rf"|{GAP}[(（]?[万亿]?元(?![{HAN}])|{GAP}[万亿](?![{HAN}]))"
)
"""元 behind a number; behind a blank not the first character of a name (元 and 万 are surnames too)."""

_WORD = re.compile(r"总额|金额|资金|财政资|拨款|经费|收入|支出|合计|总计|小计|预算|自筹|补助|补贴|[(（][万亿]?元[)）]|[¥￥]")
_BEHIND_WORD = re.compile(
    rf"(?:[¥￥]|人民币|总额|金额|资金|拨款|经费|收入|支出|合计|总计)(?:[(（][万亿]?元[)）])?[:：]?[{BLANK}]*$"
)
_LONGEST_WORD = 20
_WIDEST_RUN = 40
_NUMBER = re.compile(r"[-－]?[¥￥]?\d[\d,，]*(?:[.．]\d+)?")
_CLEAR = re.compile(r"-?[1-9]\d{0,2}(?:[,，]\d{3}){2,}(?:[.．]\d+)?|-?[1-9]\d{6,}[.．]\d{1,6}|[1-9]\d{5,}000")
"""A number of a million or more, written as no phone number is."""


def stands_behind_money(before: str) -> bool:
    """True where the text before some digits ends in a word or sign of money: ￥, 金额：, 合计."""
    return bool(_BEHIND_WORD.search(before[-_LONGEST_WORD:]))


def is_amount_cell(cells: Sequence[str], index: int, is_contact: Callable[[str], bool]) -> bool:
    """True where digits that fill a cell are an amount: the label of their row says so, or the amounts beside them.

    is_contact tells of that label whether it is a person or an office, which phone numbers are listed for.
    """
    skipped = max(index - _WIDEST_RUN, 0)
    bare = [cell.strip() for cell in cells[skipped : index + _WIDEST_RUN]]
    index -= skipped
    if not bare[index].isdecimal():
        return False
    first = last = index
    while first > 0 and (not bare[first - 1] or _NUMBER.fullmatch(bare[first - 1])):
        first -= 1
    while last + 1 < len(bare) and (not bare[last + 1] or _NUMBER.fullmatch(bare[last + 1])):
        last += 1
    label = bare[first - 1] if first else ""
    named = bool(_WORD.search(label))
    if is_contact(label) and not (named and re.search(r"[额费款计金]$|[)）:：]$", label)):
        return False
    others = bare[first:index] + bare[index + 1 : last + 1]
    return named or (bool(label) and bare[index] in others) or any(_CLEAR.fullmatch(other) for other in others)
