"""Names of rows from which a rule has taken a piece, or to which it gave another's: told by how they are spelled alone."""

from __future__ import annotations

import re
from collections.abc import Collection

from budgetdata.base.numerals import chinese
from budgetdata.base.text import key, squeeze, unnumbered

_WITH_AMOUNT = re.compile(
    r".*[^\d.,](?:\d[\d,]*\.\d{2}|\d{1,3}(?:,\d{3})+)"
    r"|(?:\d[\d,]*\.\d{2}|[¥￥]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[¥￥]\d[\d,.]*)(?:[^\d.,%].*)?"
)
_AMOUNT_WITHIN = re.compile(r"(?<![\d.,])\d[\d,]*\.\d{2}(?![\d.])")
"""An amount inside a name, between its lines: it is the row's own where the row prints the same beside."""
_NUMBERED = re.compile(r"(\d{1,2})[、.．](?!\d)[^\d]+?(\d{1,2})[、.．](?!\d)[^\d]+")
"""Two numbered names in one cell: 10、卫生健康11、节能环保."""
_CODE_GOES_ON = re.compile(r"(?:\d{3} (?:\d{2}|\d{4})|\d{5} \d{2})(?![\d年月.,%])\D.*")
"""A code and, behind it, a name that begins with the rest of the code: 205 0402普通教育."""
_CLOSES_NOTHING = re.compile(r"[、，,。．；;：:）)】\]》〉”’]")
"""What no name begins with: 、其他收入 of 七、其他收入."""
_OPENS_NOTHING = re.compile(r"[、，,（(【\[《〈“‘]$")
"""What no name ends with: 科学、 of 科学、技术."""

_TURN = re.compile(r"(\(?)([一二三四五六七八九十]{1,3}|\d{1,2})([)、.])(?!\d)")
_COUNTED = {spelled: number for number in range(1, 100) for spelled in (chinese(number), str(number))}


def holds_amount(label: str) -> bool:
    """True where a label ends or begins with an amount."""
    return bool(_WITH_AMOUNT.fullmatch(label))


def is_mixed(code: str, label: str, amounts: Collection[str]) -> bool:
    """True where a label holds more than its row's name: one of its amounts as printed, or any other at its ends, the rest of
    the code before it, or the name that follows it in a numbered list."""
    return bool(
        holds_amount(label)
        or not {*_AMOUNT_WITHIN.findall(label)}.isdisjoint(amounts)
        or _CODE_GOES_ON.fullmatch(f"{code} {key(label)}")
        or _are_two(label)
    )


def is_half(label: str) -> bool:
    """True where a label begins with a sign that stands behind something, ends with one that stands before something, or is
    nothing but the number of a name."""
    return bool(_CLOSES_NOTHING.match(label) or _OPENS_NOTHING.search(label) or (label and not unnumbered(label)))


def _are_two(label: str) -> bool:
    found = _NUMBERED.fullmatch(squeeze(label))
    return bool(found and int(found[2]) == int(found[1]) + 1)


def is_out_of_turn(above: str, label: str, below: str) -> bool:
    """True where the names above and below are numbered with one number between theirs, and this one with a piece of that (一、
    between 二十、 and 二十二、), or not as they are: words may be gone with it. Any other number is misprinted."""
    first, own, last = map(_turn, (above, label, below))
    if first is None or last is None or first[0] != last[0] or first[1] + 2 != last[1]:
        return False
    if own is None or own[0] != first[0]:
        return True
    return own[1] != first[1] + 1 and any(spell(first[1] + 1).endswith(spell(own[1])) for spell in (str, chinese))


def _turn(label: str) -> tuple[str, int] | None:
    """How a name is numbered, and with what."""
    found = _TURN.match(key(label))
    number = _COUNTED.get(found[2]) if found else None
    return (f"{found[1]}{found[2].isdecimal()}{found[3]}", number) if found and number else None
