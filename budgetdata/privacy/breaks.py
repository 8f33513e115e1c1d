"""Where a line break may cut a number or a name in two: the end of one line and the beginning of the next, as one text.

A break is the end of a line in a paragraph, or <br> and a line break inside a cell; at most one is healed. Whether
what then runs over the break is one number or one name, or two that happen to meet there, is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgetdata.base.text import half_width
from budgetdata.privacy.amounts import BLANK, HAN
from budgetdata.privacy.words import ACTION_LABELS, DOUBLE_SURNAMES, PERSON_LABELS, PHONE_LABELS, any_of, bare_text

_EDGE = re.compile(rf"\t|[{BLANK}]*(?:\r?\n\f?|\v|<br\s*/?>|</p>\s*<p\b[^<>]*>)[{BLANK}]*", re.IGNORECASE)
CELL_BREAK = re.compile(r"\v|<br\s*/?>|</p>\s*<p\b[^<>]*>", re.IGNORECASE)
"""A break inside a cell."""
_REACH = 60
"""The characters on each side of a break that are looked at."""
_NUMBER_LEFT = re.compile(r"[\d(（+＋][-－—–‐)） ]*$")
_NUMBER_RIGHT = re.compile(r"[-－—–‐)）]?\d")
_SPEAKS_OF_STAFF = re.compile(
    rf"{any_of(PERSON_LABELS + PHONE_LABELS + ACTION_LABELS)}|请|咨询|致电|拨打|热线|对接|[Tt][Ee][Ll]"
)
_NAME_BEGUN = re.compile(rf"[:：][{BLANK}]*[{HAN}]{{1,3}}$")
_LABEL_BEGUN = re.compile(r"(?:联|联系|联系电|电|手|经|经办|负|负责|填|填报|请|请联)$")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_AREA = re.compile(r"0\d{9,11}")
_AREA_WHOLE = re.compile(r"[(（]?0\d{2,3}[)）]?[-－—–‐ ]?\d{7,8}")
_COUNTED = re.compile(r"[年月日个项人户次台件套%％]")
_PROSE = 10
"""So many Chinese characters before a number make a line of prose, that a converter broke at its width."""
_SURE_END = re.compile(r"[，,。；;（()）、\s]|$")
_NO_LAST = set("一二三四五六七八九十第和及等的在于为是与向按请可将对由共")


@dataclass(frozen=True, slots=True)
class Joint:
    """Two stretches of a text that a break parts, the left one with the cells before it, for they may hold its label.

    between_rows is true where the break ends a row of cells.
    """

    start: int
    left: str
    right_start: int
    right: str
    between_rows: bool

    @property
    def text(self) -> str:
        """Both stretches without the break."""
        return self.left + self.right

    def runs_over(self, start: int, end: int) -> bool:
        """True where a stretch of `text` lies on both sides of the break."""
        return start < len(self.left) < end

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where a stretch of `text` stands in the whole text, without the break: one piece a side."""
        cut = len(self.left)
        sides = ((start, min(end, cut), self.start), (max(start, cut), end, self.right_start - cut))
        return [(first + offset, last + offset) for first, last, offset in sides if first < last]

    def is_number(self, start: int, end: int, labelled: bool) -> bool:
        """True where the digits on both sides are one phone number: whole only together, and nothing that is counted.

        labelled: a word such as 电话 stands directly before; without one the line must be prose or speak of staff.
        """
        cut = len(self.left)
        left, right = (re.sub(r"\D", "", half_width(part)) for part in (self.left[start:], self.right[: end - cut]))
        whole = left + right
        local = labelled and not self.between_rows and len(left) < 7 and len(whole) in (7, 8)
        if not (_MOBILE.fullmatch(whole) or _AREA.fullmatch(whole) or local):
            return False
        if left and (_MOBILE.fullmatch(left) or _AREA_WHOLE.fullmatch(half_width(self.left[start:].rstrip()))):
            return False
        if _COUNTED.match(self.text, end):
            return False
        return labelled or self._is_prose(start, end)

    def _is_prose(self, start: int, end: int) -> bool:
        if self.between_rows:
            return False
        wraps = self.left[start - 1 : start].strip() and self.text[end : end + 1].strip()
        long = len(re.findall(rf"[{HAN}]", self.left[:start])) >= _PROSE
        return bool(_SPEAKS_OF_STAFF.search(self.left[:start]) or (wraps and long))

    def is_name(self, start: int, end: int) -> bool:
        """True where what stands left is a surname, or all of a name but its last character."""
        cut = len(self.left)
        left, right = bare_text(self.left[start:]), bare_text(self.right[: end - cut])
        if len(left) == 1 or left in DOUBLE_SURNAMES:
            return True
        return len(left) == 2 and len(right) == 1 and right not in _NO_LAST and bool(_SURE_END.match(self.text, end))


def joints(text: str) -> Iterator[Joint]:
    """The breaks of a text that a phone number, a name or its label may run over, in order."""
    edges = [match.span() for match in _EDGE.finditer(text)]
    bounds = [(0, 0), *edges, (len(text), len(text))]
    line = 0
    for (_, begin), (cut, resume), (end, _) in zip(bounds, bounds[1:], bounds[2:], strict=False):
        edge = text[cut:resume]
        if edge == "\t":
            continue
        first, line = line, resume
        if begin >= cut or resume >= end:
            continue
        left, right = text[max(first, cut - _REACH) : cut], text[resume : min(end, resume + _REACH)]
        if not _may_run_over(left, right):
            continue
        rows = "\n" in edge and ("\t" in (text[begin - 1 : begin], text[end : end + 1]))
        yield Joint(cut - len(left), left, resume, right, rows)


def _may_run_over(left: str, right: str) -> bool:
    if _NUMBER_LEFT.search(left) and _NUMBER_RIGHT.match(right):
        return True
    if "@" in left[-30:] or "＠" in left[-30:] or "@" in right[:30]:
        return True
    return bool(
        _SPEAKS_OF_STAFF.search(left, max(len(left) - 16, 0)) or _LABEL_BEGUN.search(left) or _NAME_BEGUN.search(left)
    )
