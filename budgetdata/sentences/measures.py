"""Numbers with a unit in running text, and what the words beside each make of it: declared patterns, one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgetdata.base.money import MOST_SIGNS

MONEY = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "亿元": Decimal(10000)}
"""万元 in one of each printed unit of money."""

COUNTS = {
    "个": "个", "项": "项", "辆": "辆", "台": "台", "台(套)": "台（套）", "台(件、套)": "台（套）", "套": "套",
    "件": "件", "名": "名", "人": "人", "家": "家", "处": "处",
}  # fmt: skip
AREAS = {"平方米": "平方米", "㎡": "平方米", "m2": "平方米", "m²": "平方米", "平米": "平方米"}
"""Printed units and the unit they are stored under."""

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BY_LENGTH = sorted({*MONEY, *COUNTS, *AREAS, "%"} - {"个"}, key=lambda unit: (-len(unit), unit))
_UNITS = "|".join(["个(?!百分点|月)", *(re.escape(unit) for unit in _BY_LENGTH), "万(?=$)"])
_ODD = (
    "\\*×□■○●_\u00ad\u0300-\u036f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufff0-\uffff"
)
"""Characters that stand in place of a digit (a mask, a glyph that is not known) or invisibly between two."""
_SIGNS = "-−△▲▼▽"
_TOKEN = re.compile(rf"(?P<sign>(?<![\d)\]年月日])[{_SIGNS}])?(?P<number>[\d{_ODD}][\d.,{_ODD}]*)(?P<unit>{_UNITS})")
"""All that may belong to one printed number with its unit: only where the whole is a number, it is read: 1,234.50万元."""
_RANGE = re.compile(r"\d[-~–—]$|\d(?:万元|元|%)?至$")
"""Words before a number that is the end of a range: 5-10万元 is no number."""
_BARE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?![\d.])")
_ZERO = re.compile(r"(?<=[算出入款费金额数]为)0(?:\.0+)?(?=[,;。、)]|$)")
"""No money, printed without a unit: 政府性基金拨款支出预算为0."""
_SPELLED_MONEY = re.compile(r"[零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?(?:万元|亿元)")
_CHINESE = re.compile(r"(?<![一二三四五六七八九十百千第])(?P<number>十?[一二两三四五六七八九]|十)(?P<unit>个|名|家|辆)")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}

UP = "增加|增长|上升|提高|增支|增"
DOWN = "减少|下降|降低|压减|压缩|减支|减|降"
YEAR_BEFORE = r"(?:上年|去年|上一年|前一年|20\d\d年)"
_BY = r"(?:了|额为?|额|幅度?为?|率为?|约|为|各|均|分别|:|\(减少\)|\(增加\))*"

BEFORE: tuple[tuple[str, str], ...] = (
    ("share", r"占(?P<whole>[^,;。]{0,60}?)(?:的?(?:比例|比重|份额|比率|比)为?|的|为)?$"),
    ("up", rf"(?:{UP}){_BY}$"),
    ("down", rf"(?:{DOWN}){_BY}$"),
    ("up", rf"(?:{UP}|{DOWN})\((?:{UP}|{DOWN})\)$"),
    ("last_year", rf"(?:比|较|与){YEAR_BEFORE}[^,;。\d]{{0,16}}$|(?:上年|去年)(?:年初)?(?:预算数?|执行数|决算数?)为?$"),
)
"""What the words directly before a number say it is; the first that matches decides, else it is a plain amount."""

SAME = re.compile(
    rf"(?:与|和|同|较|比){YEAR_BEFORE}(?:度|年初)?[^,;。\d]{{0,14}}?(?P<about>基本)?(?:相同|持平|一致|相等|不变|无(?:增减)?(?:变化|变动)|无增减|没有(?:增减)?变化)"
)
"""The words for no change; `about` marks 基本持平, from which no figure follows."""

THRESHOLD = re.compile(r"^(?:\([^()]{1,6}\))?(?:及|含)?以上(?:\([^()]{1,6}\))?(?:的)?[^,;。\d]{0,10}(?:设备|资产)")


@dataclass(frozen=True, slots=True)
class Measure:
    """A printed number with its unit: where it stands in the flat text, its value, its unit, its number of decimals.

    read: False where what is printed there is no whole number (a masked or broken one, one without unit, one in words):
    it has no value, and nothing else of its sentence may take another number for it.
    """

    start: int
    end: int
    value: Decimal
    digits: str
    decimals: int
    unit: str
    read: bool = True

    @property
    def is_money(self) -> bool:
        """True for an amount of money in any printed unit."""
        return self.unit in MONEY


def measures(flat: str) -> list[Measure]:
    """Every number of a text that has one of the known units behind it and was read whole, in printed order."""
    return [measure for measure in every_measure(flat) if measure.read]


def every_measure(flat: str) -> list[Measure]:
    """Every number of a text, those included that are printed there and could not be read whole, in printed order."""
    found = [_measure(match) for match in _TOKEN.finditer(flat) if not _is_numbering(match)]
    found += [_spelled(match) for match in _CHINESE.finditer(flat)]
    found += [
        Measure(m.start(), m.end(), Decimal(0), m[0], len(m[0].partition(".")[2]), "万元") for m in _ZERO.finditer(flat)
    ]
    taken = {position for measure in found for position in range(measure.start, measure.end)}
    more = [*_BARE.finditer(flat), *_SPELLED_MONEY.finditer(flat)]
    found += [_unread(match.start(), match.end(), "") for match in more if match.start() not in taken]
    return sorted(found, key=lambda measure: measure.start)


def _is_numbering(match: re.Match[str]) -> bool:
    """True for the number of a heading that begins with a word for a unit: 1.人力资源, 3.项目支出."""
    return match["number"][-1] in ".," and match["unit"] in {**COUNTS, **AREAS}


def _measure(match: re.Match[str]) -> Measure:
    lead = len(match["number"]) - len(match["number"].lstrip(".,"))
    digits, unit = match["number"][lead:], match["unit"]
    unit = "万元" if unit == "万" else unit
    unit = COUNTS.get(unit) or AREAS.get(unit) or unit
    start = match.start() if match["sign"] else match.start("number") + lead
    if not re.fullmatch(_NUMBER, digits) or len(digits) > MOST_SIGNS or _RANGE.search(match.string, 0, start):
        return _unread(start, match.end(), unit)
    digits = ("-" if match["sign"] else "") + digits.replace(",", "")
    return Measure(start, match.end(), Decimal(digits), digits, len(digits.partition(".")[2]), unit)


def _unread(start: int, end: int, unit: str) -> Measure:
    return Measure(start, end, Decimal(0), "", 0, unit, read=False)


def _spelled(match: re.Match[str]) -> Measure:
    value = sum(_DIGITS[char] for char in match["number"])
    return Measure(match.start(), match.end(), Decimal(value), str(value), 0, COUNTS[match["unit"]])


_BEFORE = tuple((role, re.compile(pattern)) for role, pattern in BEFORE)


def role_before(left: str, measure: Measure) -> tuple[str, str]:
    """(role, text without the words that gave it) of a number from the words before it.

    role: share, up, down, last_year, or plain.
    """
    for role, pattern in _BEFORE:
        hit = pattern.search(left)
        if hit is None or (role == "share" and measure.unit != "%") or (role == "last_year" and not measure.is_money):
            continue
        return role, left[: hit.start()]
    return "plain", left


def same_as_last_year(flat: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, only roughly) of every statement that an amount is that of the year before."""
    for match in SAME.finditer(flat):
        yield match.start(), match.end(), bool(match["about"])
