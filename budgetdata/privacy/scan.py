"""What still looks personal in a text that was masked: looked for more loosely than masking does, and never repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from budgetdata.privacy.amounts import GAP, HAN, stands_as_code
from budgetdata.privacy.numbers import checks
from budgetdata.privacy.patterns import AREA_PHONE, EMAIL, IDENTITY, PRIVATE_MAIL, ROUND
from budgetdata.privacy.view import view_of
from budgetdata.privacy.words import NO_LABEL, PERSON_LABELS, REMARK, any_of, compiled, is_common, is_name

_LOOSE_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)(?![.．]\d)")
_MANY_DIGITS = re.compile(r"\d(?:\d{6}|[-－—–)） ]\d)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_DIGITS = re.compile(r"\d{4}")
_AT = re.compile("[@＠]")
_COLON = re.compile("[:：]")
"""Without these on a line none of the longer patterns finds anything there: of numbers, of addresses, of names."""
_UNQUOTED = re.compile(r"(?<=[\[:,])\s*-?\d+(?=[,}\]])")
"""A number in JSON, which is an amount of ours; what was printed stands in quotation marks."""
_SUSPECT = re.compile(rf"(?:{any_of(PERSON_LABELS)}){REMARK}{GAP}[:：]{GAP}(?P<rest>{NO_LABEL}[{HAN}]{{2,}})")


class Kind(StrEnum):
    """What something that was left looks like."""

    MOBILE = "digits like a mobile phone number (手机号码)"
    AREA = "digits like a telephone number with area code (电话号码)"
    IDENTITY = "digits like an identity card number (身份证号)"
    EMAIL = "an e-mail address (电子邮箱)"
    NAME = "text like a name after a handler's label (负责人、经办人)"


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that looks personal: the line of the text that it stands on (1-based), and what it looks like."""

    line: int
    kind: Kind
    office: bool = False
    """Whether it may as well be an office's: a telephone with area code, an address at a host of its own."""

    def __str__(self) -> str:
        return f"line {self.line}: {self.kind}"


def scan(text: str) -> list[str]:
    """What still looks like personal data: one message each with line and kind, never the datum itself."""
    return [str(found) for found in leftovers(text)]


def leftovers(text: str) -> Iterator[Leftover]:
    """Everything in a text that still looks personal, line by line."""
    for number, line in enumerate(_LINE_END.split(view_of(text).text), start=1):
        if _DIGITS.search(line):
            yield from _numbers(line, number)
        if _AT.search(line) and EMAIL.search(line):
            yield Leftover(number, Kind.EMAIL, office=not compiled(PRIVATE_MAIL).search(line))
        if any(is_name(match["rest"][:3], False) and not is_common(match["rest"]) for match in _suspects(line)):
            yield Leftover(number, Kind.NAME)


def _numbers(line: str, number: int) -> Iterator[Leftover]:
    """The digits of a line that look like a person's number."""
    loose = (match for match in _LOOSE_MOBILE.finditer(line) if not ROUND.search(match[0]))
    if any(not stands_as_code(line[: match.start()], line[match.end() :]) for match in loose):
        yield Leftover(number, Kind.MOBILE)
    if AREA_PHONE.search(line):
        yield Leftover(number, Kind.AREA, office=True)
    if any(checks(match[0]) for match in IDENTITY.finditer(line)):
        yield Leftover(number, Kind.IDENTITY)


def _suspects(line: str) -> Iterable[re.Match[str]]:
    """What stands behind the labels of persons on a line, each with its colon."""
    return _SUSPECT.finditer(line) if _COLON.search(line) else ()


def left_in(values: Iterable[tuple[str, object]]) -> list[str]:
    """What stored values hold that looks like a person's: one line for each column and kind, with how often; never the datum.

    values: pairs of a column's name and a value; only texts are looked at. Numbers and addresses of offices are left out.
    """
    found: Counter[tuple[str, Kind]] = Counter()
    seen: dict[str, Sequence[Kind]] = {}
    for column, value in values:
        if not isinstance(value, str):
            continue
        kinds = seen.get(value)
        if kinds is None:
            kinds = seen[value] = _kinds_in(value)
        for kind in kinds:
            found[column, kind] += 1
    return [
        f"{column}: {kind}" + (f", {count} times" if count > 1 else "")
        for (column, kind), count in sorted(found.items())
    ]


def _kinds_in(value: str) -> Sequence[Kind]:
    """What a stored text holds that looks like a person's and not like an office's."""
    if not (":" in value or "：" in value or "@" in value or _MANY_DIGITS.search(value)):
        return ()
    text = _UNQUOTED.sub("", value) if value[:1] in "{[" and _DIGITS.search(value) else value
    return [left.kind for left in leftovers(text) if not left.office]
