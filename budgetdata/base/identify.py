"""Whose budget a document is, of which year and where: read from the text of its title and its tables' heads."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

from budgetdata.base.text import half_width, squeeze, strip_markup

_DEPARTMENT_LABELS = (
    "部门名称", "预算部门", "编制部门", "填报部门", "单位名称", "部门", "编制单位", "填报单位", "预算单位",
)  # fmt: skip
"""In order of trust: the first that prints a value decides."""

_YEAR = r"(?P<year>20\d\d)年度?"
_PRINTED_YEAR = re.compile(rf"{_YEAR}(?:[^。;；]{{0,40}}?)(?:预算|收支)")
_TITLE_LINES = 80
_TITLES = (
    re.compile(rf"^{_YEAR}(?P<name>.{{2,40}}?)(?:的)?(?:部门|单位)?预算(?:公开)?(?:情况)?(?:说明|报表)?(?:目录)?$"),
    re.compile(rf"^(?P<name>.{{2,40}}?){_YEAR}(?:部门|单位)?预算(?:公开)?(?:情况)?(?:说明|报表)?(?:目录)?$"),
)
_CHINESE_YEAR = re.compile(r"二[〇零○0O][一二三四五六七八九〇零○0O]{2}年")
_CHINESE_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
_NO_NAME = re.compile(r"^(?:部门|单位|本级|预算|名称|.{0,2}年.*|.*(?:表|目录|说明|万元|第.部分).*)$")
_MIN_NAME = 3


def identify(text: str) -> tuple[str, int | None]:
    """The department's name and the budget year a text states; '' and None where it does not say."""
    lines = [line for raw in text.splitlines() if (line := half_width(strip_markup(raw)).strip())]
    return _department(lines), _year(lines)


def _department(lines: list[str]) -> str:
    for label in _DEPARTMENT_LABELS:
        printed = re.compile(rf"(?:^|[\s:(]){label}\s*:\s*(?:[\[(]?[\d-]+[\])]?[-\s]*)?(?P<name>[^\s:,;，；]+)")
        names = Counter(
            name
            for line in lines
            if (match := printed.search(line)) and _is_department(name := _full_width_brackets(match["name"]))
        )
        if names:
            return names.most_common(1)[0][0]
    heads = [squeeze(line) for line in lines[:_TITLE_LINES]]
    for line in (*heads, *(first + second for first, second in pairwise(heads))):
        for title in _TITLES:
            if (match := title.match(line)) and _is_department(match["name"]):
                return _full_width_brackets(match["name"])
    return ""


def _is_department(name: str) -> bool:
    return len(name) >= _MIN_NAME and not _NO_NAME.match(name)


def _full_width_brackets(name: str) -> str:
    return name.replace("(", "（").replace(")", "）")


def _year(lines: list[str]) -> int | None:
    for part in (lines[:_TITLE_LINES], lines):
        years: Counter[int] = Counter()
        for line in part:
            years.update(printed_years(line))
        if years:
            return years.most_common(1)[0][0]
    return None


def printed_years(line: str) -> list[int]:
    """The years that a line prints before 预算 or 收支, in order."""
    bare = _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), half_width(squeeze(line)))
    return [int(match["year"]) for match in _PRINTED_YEAR.finditer(bare)]


@cache
def _divisions() -> tuple[tuple[str, str, str], ...]:
    """(code, name, code of the city above) of the packaged divisions, longest names first."""
    path = Path(__file__).parent / "divisions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["name"], row["parent"]) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda row: -len(row[1])))


_PROVINCE_OR_CITY = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:省|市|自治州|地区)(?=[\u4e00-\u9fff]{2,})")
_OFFICE_WORD = re.compile(r"[局委部厅院会办场]")


def region_of(department: str) -> str:
    """The region a department's name begins with (阳泉市), the province where that is all it says, '' where neither.

    A county or zone that is named in full wins over its city; a city may be named without 市 (山西忻州经济开发区).
    """
    name = re.sub(r"^(?:中共|中国共产党)", "", squeeze(department))
    bare = re.sub(r"^山西省?", "", name)
    if not bare:
        return ""
    for _, division, parent in _divisions():
        if parent and len(division) > 2 and name.startswith(division):
            return division
    for code, city, parent in _divisions():
        short = city.removesuffix("市")
        if not parent and bare.startswith(short):
            return _county_after(bare.removeprefix(short).removeprefix("市"), code) or city
    if bare != name:
        return "山西省"
    match = _PROVINCE_OR_CITY.match(name)
    return match[0] if match and not _OFFICE_WORD.search(match[0]) else ""


def _county_after(rest: str, city: str) -> str:
    return next((name for _, name, parent in _divisions() if parent == city and rest.startswith(name)), "")
