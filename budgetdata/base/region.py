"""The province, city or county that a name or title begins with, told from the country's divisions (divisions.csv)."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from budgetdata.base.text import squeeze

DIVISIONS = Path(__file__).with_name("divisions.csv")
_PARTY = re.compile(r"^(?:中共|中国共产党)")
_SUFFIXES = re.compile(r"(?:省|市|地区|特别行政区|(?:[\u4e00-\u9fff]{1,2}族|维吾尔)?自治区)$")
_UNKNOWN_CITY = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:省|市|自治州|地区)(?=[\u4e00-\u9fff]{2,})")
_OFFICE_WORD = re.compile(r"[局委部厅院会办场]")
_NO_CITY = {"安康", "白银", "东方"}
"""Short names of cities that are words as well: 安康医院 is in any city."""
_OF_A_DIVISION = set("省市县区州旗盟")
"""Behind a short name these make it another one: 朝阳区 is not 朝阳市."""
_SHORTEST, _LONGEST = 2, 16
_COUNTY = 6
"""The length of a county's code; a city's is shorter, a province's the shortest."""


@dataclass(frozen=True, slots=True)
class Division:
    """One province, city or county: its code (two, four or six digits) and its full name."""

    code: str
    name: str

    def holds(self, other: Division) -> bool:
        """True where the other one lies inside it."""
        return len(other.code) > len(self.code) and other.code.startswith(self.code)


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    """The divisions by their full names, and by the short ones (山西, 苏州) that provinces and cities are called by."""
    found: dict[str, list[Division]] = defaultdict(list)
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            division = Division(row["code"], row["name"])
            short = _SUFFIXES.sub("", division.name) if len(division.code) < _COUNTY else division.name
            for name in {division.name, short if len(short) >= _SHORTEST else division.name}:
                found[name].append(division)
    return {name: tuple(divisions) for name, divisions in found.items()}


def region_of(*texts: str) -> str:
    """The region that the first of these names or titles to say one begins with; '' where none does.

    The smallest division that is named: a county or zone wins over its city, a city over its province. A county whose
    name stands in several places (普陀区) is told by the city or province before it, and is given with that.
    """
    return next((region for text in texts if (region := _region(text))), "")


def _region(text: str) -> str:
    name = _PARTY.sub("", squeeze(text))
    first = next((found for found in _starting(name) if _stands_alone(found[1])), None)
    if first is None:
        match = _UNKNOWN_CITY.match(name)
        return match[0] if match and not _OFFICE_WORD.search(match[0]) else ""
    length, (division, *_) = first
    return _inside(division, name[length:]) or division.name


@lru_cache(maxsize=4096)
def within_region(name: str, region: str) -> str:
    """A body's name with its region before it, once: what of the region the name says itself is not put before it again.

    北京市 before 中共北京市委 or 北京图书馆 is nothing; 上海市普陀区 before 普陀区教育局 is 上海市.
    """
    bare = _PARTY.sub("", name)
    short = _SUFFIXES.sub("", region)
    if not region or bare.startswith(region) or (len(short) >= _SHORTEST and bare.startswith(short)):
        return name
    for length, _ in _starting(region):
        if length < len(region) and within_region(name, region[length:]) == name:
            return region[:length] + name
    return region + name


def _stands_alone(divisions: tuple[Division, ...]) -> bool:
    """True where a name tells the division without another before it: a county's must be the only one, and no word."""
    first = divisions[0]
    return len(first.code) < _COUNTY or (len(divisions) == 1 and len(first.name) > _SHORTEST)


def _inside(outer: Division, rest: str) -> str:
    """The smallest division inside another one that the rest of a name begins with, '' where it names none."""
    for length, found in _starting(rest):
        within = [division for division in found if outer.holds(division)]
        if len(within) == 1:
            inner = within[0]
            return _inside(inner, rest[length:]) or (
                inner.name if len(_by_name()[inner.name]) == 1 else outer.name + inner.name
            )
    return ""


def _starting(text: str) -> Iterator[tuple[int, tuple[Division, ...]]]:
    """The divisions that a text begins with, longest names first, with the length of the name as it stands there."""
    for length in range(min(_LONGEST, len(text)), _SHORTEST - 1, -1):
        name, behind = text[:length], text[length : length + 1]
        found = _by_name().get(name, ())
        if found and (found[0].name == name or not (name in _NO_CITY or behind in _OF_A_DIVISION)):
            yield length, found
