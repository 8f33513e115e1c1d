"""The numbers that Word puts before paragraphs (一、 （二） 3.), counted as Word counts them: no text of the file has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

from budgetdata.base.numerals import DIGITS, chinese

_LEVELS = 9


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * (1 + (number - 1) // 26)


def _roman(number: int) -> str:
    written = ""
    for value, signs in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            written, number = written + signs, number - value
    return written


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": lambda number: "".join(DIGITS[int(digit)] for digit in str(number)),
    "taiwaneseCountingThousand": chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)}),
}
_NOT_WRITTEN = ("bullet", "none")


class Numbering:
    """Counts the lists of a document, paragraph by paragraph in printed order."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._abstract: dict[str, str] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            named = abstract.get(qn("w:abstractNumId"))
            self._lists[named] = {int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.iter(qn("w:lvl"))}
        for num in root.iter(qn("w:num")):
            named, of = num.get(qn("w:numId")), num.find(qn("w:abstractNumId"))
            if of is None:
                continue
            self._abstract[named] = of.get(qn("w:val"))
            starts = {
                int(override.get(qn("w:ilvl"))): int(start.get(qn("w:val")))
                for override in num.iter(qn("w:lvlOverride"))
                if (start := override.find(qn("w:startOverride"))) is not None
            }
            if starts:  # a list of its own, counted anew
                own = f"{self._abstract[named]}:{named}"
                levels = dict(self._lists.get(self._abstract[named], {}))
                for level, start in starts.items():
                    if level in levels:
                        levels[level] = (*levels[level][:2], start)
                self._lists[own], self._abstract[named] = levels, own

    def next(self, number_id: str, level: int) -> str:
        """What stands before the next paragraph of a list at a level; '' for a bullet or an unknown list."""
        named = self._abstract.get(number_id, "")
        levels = self._lists.get(named, {})
        if level not in levels or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(named, [0] * _LEVELS)
        for at in range(level + 1):
            start = levels[at][2] if at in levels else 1
            if at == level:
                counts[at] = counts[at] + 1 if counts[at] else start
            elif not counts[at]:
                counts[at] = start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        written = levels[level][1]
        if levels[level][0] in _NOT_WRITTEN:
            return ""
        for at in range(level + 1):
            form = levels[at][0] if at in levels else "decimal"
            written = written.replace(f"%{at + 1}", _WRITERS.get(form, str)(counts[at]))
        return written


def _level(level: Any) -> tuple[str, str, int]:
    """How a level of a list is written, the text its number stands in, and the number that it begins with."""

    def value(name: str, default: str) -> str:
        found = level.find(qn(name))
        return default if found is None else str(found.get(qn("w:val")) or default)

    start = value("w:start", "1")
    return value("w:numFmt", "decimal"), value("w:lvlText", ""), int(start) if start.isdecimal() else 1
