"""What a spreadsheet's cell shows: its value written in its number format, as the eye sees it.

1234.5 in the format #,##0.00 is 1,234.50; 0.125 in 0.0% is 12.5%; zero in a format without a part for it is blank. What
cannot be told for certain (conditions, fractions, Chinese numerals) is UNREAD, and so is a value that its format hides.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from budgetdata.base.text import UNREAD

Token = tuple[str, str]
"""A piece of a format: digit, point, comma, percent, text (@) or literal, and what it says."""

_SPLIT = re.compile(r"""(?:"[^"]*"|\[[^\]]*\]|\\.|!.|_.|\*.|[^;"\\!_*\[])+|;""", re.DOTALL)
_TOKENS = re.compile(
    r"""(?P<quoted>"[^"]*")|(?P<bracket>\[[^\]]*\])|(?P<escaped>[\\!].)|(?P<space>_.)|(?P<fill>\*.)"""
    r"""|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<general>General|G/通用格式)"""
    r"""|(?P<other>.)""",
    re.DOTALL | re.IGNORECASE,
)
_UNKNOWN = re.compile(r"^\[(?:[<>=]|DBNum|NatNum|h+\]|m+\]|s+\])", re.IGNORECASE)
_CURRENCY = re.compile(r"^\[\$([^\]-]*)")
_PLAIN = frozenset("+-()（）:：'~{}<>= ¥￥$€%元万亿千百个人次年月日")
_GENERAL_DIGITS = 11
_DATE_PARTS = re.compile(
    r'(?P<quoted>"[^"]*")|(?P<bracket>\[[^\]]*\])|(?P<escaped>[\\!].)|(?P<skip>[_*].)'
    r"|(?P<code>y+|m+|d+|h+|s+|AM/PM|上午/下午)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


def shown(value: object, number_format: str) -> str:
    """The text that a cell of this value and format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, number_format)
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    return _text(str(value), number_format)


def _text(text: str, number_format: str) -> str:
    sections = _sections(number_format)
    if len(sections) < 4:
        return text
    tokens = _tokens(sections[3])
    if tokens is None or not any(kind == "text" for kind, _ in tokens):
        return UNREAD if text.strip() else ""
    return "".join(text if kind == "text" else said for kind, said in tokens).strip()


def _number(value: int | float, number_format: str) -> str:
    sections = _sections(number_format)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return UNREAD
    if isinstance(value, float):
        number = Decimal(f"{value:.15g}")
    chosen, signed = _section_of(number, sections)
    if not sections or chosen.strip().lower() in ("general", "@", "g/通用格式"):
        return _general(number)
    tokens = _tokens(chosen)
    if tokens is None:
        return UNREAD
    if any(kind == "general" for kind, _ in tokens):
        return "".join(_general(abs(number)) if kind == "general" else said for kind, said in tokens).strip()
    written = _written(abs(number), tokens)
    if not written and number:
        return UNREAD  # hidden, which is not blank
    return f"-{written}" if signed and any(sign in written for sign in "123456789") else written


def _section_of(number: Decimal, sections: Sequence[str]) -> tuple[str, bool]:
    """The part of a format that a number is written by, and whether a minus is to be put before it."""
    if not sections:
        return "", False
    count = min(len(sections), 3)
    if number < 0:
        return (sections[1], False) if count > 1 else (sections[0], True)
    if not number and count == 3:
        return sections[2], False
    return sections[0], False


@lru_cache(maxsize=512)
def _sections(number_format: str) -> tuple[str, ...]:
    parts, at_mark = [""], False
    for piece in _SPLIT.findall(number_format):
        at_mark = piece == ";"
        if at_mark:
            parts.append("")
        else:
            parts[-1] += piece
    return tuple(parts) if number_format else ()


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[Token, ...] | None:
    """The pieces of one part of a format; None where it holds one that is not known."""
    tokens: list[Token] = []
    for match in _TOKENS.finditer(section):
        kind, piece = str(match.lastgroup), match[0]
        if kind == "bracket":
            if _UNKNOWN.match(piece):
                return None
            currency = _CURRENCY.match(piece)
            kind, piece = "literal", currency[1] if currency else ""
        elif kind in ("quoted", "escaped", "space", "fill"):
            shown_as = {"quoted": piece[1:-1], "escaped": piece[1:], "space": " ", "fill": ""}
            kind, piece = "literal", shown_as[kind]
        elif kind == "other":
            if piece not in _PLAIN and not "\u4e00" <= piece <= "\u9fff":
                return None  # E+, fractions, dates
            kind = "literal"
        tokens.append((kind, piece))
    return tuple(tokens)


def _written(number: Decimal, tokens: Sequence[Token]) -> str:
    """A number that is not negative in the pieces of a format, as many decimals as it has places."""
    kinds = [kind for kind, _ in tokens]
    digits = [place for place, kind in enumerate(kinds) if kind == "digit"]
    if not digits:
        return "".join(said for kind, said in tokens if kind in ("literal", "percent")).strip()
    point = next((place for place, kind in enumerate(kinds) if kind == "point"), len(kinds))
    whole = [place for place in digits if place < point]
    last = max(whole, default=-1)
    scale = sum(kind == "comma" for kind in kinds[last + 1 : point]) if whole else 0
    grouped = any(kind == "comma" for kind in kinds[min(whole, default=0) : last + 1])
    decimals = [place for place in digits if place > point]
    number = number.scaleb(2 * kinds.count("percent") - 3 * scale)
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    ahead, _, behind = f"{rounded:f}".partition(".")
    left = _whole(ahead.lstrip("0"), tokens[:point], grouped)
    return (left + _decimals(behind, tokens[point:])).strip()


def _whole(number: str, tokens: Sequence[Token], grouped: bool) -> str:
    """The digits before the point put into their places, from the right; all that are left into the first place."""
    parts: list[str] = []
    left, written = list(number), 0
    first = next((place for place, (kind, _) in enumerate(tokens) if kind == "digit"), -1)
    for place in range(len(tokens) - 1, -1, -1):
        kind, said = tokens[place]
        if kind in ("literal", "percent"):
            parts.append(said)
        if kind != "digit":
            continue
        for _ in range(max(len(left), 1) if place == first else 1):
            digit = left.pop() if left else {"0": "0", "?": " "}.get(said, "")
            if digit.isdigit() and grouped and written and written % 3 == 0:
                parts.append(",")
            written += digit.isdigit()
            parts.append(digit)
    return "".join(reversed(parts))


def _decimals(behind: str, tokens: Sequence[Token]) -> str:
    """The point and the digits behind it; a place # or ? drops a zero at the end."""
    places = [said for kind, said in tokens if kind == "digit"]
    keep = len(places)
    while keep and places[keep - 1] != "0" and (behind[keep - 1 : keep] or "0") == "0":
        keep -= 1
    parts, at = [], 0
    for kind, said in tokens:
        if kind == "digit":
            parts.append(behind[at] if at < keep else "")
            at += 1
        elif kind in ("point", "literal", "percent"):
            parts.append(said)
    return "".join(parts)


def _general(number: Decimal) -> str:
    """A number without a format: as many digits as a cell of usual width shows."""
    text = f"{number.normalize():f}"
    if "." in text and len(text.lstrip("-")) > _GENERAL_DIGITS:
        whole = len(text.lstrip("-").partition(".")[0])
        number = number.quantize(Decimal(1).scaleb(-max(_GENERAL_DIGITS - 1 - whole, 0)), ROUND_HALF_UP)
        text = f"{number.normalize():f}"
    return text


def _date(value: datetime.datetime | datetime.date, number_format: str) -> str:
    """A date in its format; minutes are told from months by the hours or seconds beside them."""
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
    found = [match for match in _DATE_PARTS.finditer(_sections(number_format or "yyyy-mm-dd")[0])]
    codes = [match[0].lower() if match.lastgroup == "code" else "" for match in found]
    written = []
    for place, match in enumerate(found):
        code = codes[place]
        if code:
            before = next((other for other in reversed(codes[:place]) if other), "")
            after = next((other for other in codes[place + 1 :] if other), "")
            minutes = code[0] == "m" and (before[:1] == "h" or after[:1] == "s")
            written.append(_date_part(moment, "n" * len(code) if minutes else code))
        elif match.lastgroup in ("quoted", "escaped", "other"):
            written.append(match[0].strip('"') if match.lastgroup == "quoted" else match[0][-1])
    return "".join(written).strip()


def _date_part(moment: datetime.datetime, code: str) -> str:
    values = {"y": moment.year, "m": moment.month, "d": moment.day, "h": moment.hour, "n": moment.minute}
    number = values.get(code[0], moment.second if code[0] == "s" else None)
    if number is None or (code[0] in "md" and len(code) > 2):
        return UNREAD  # names of months and days, forenoon
    if code[0] == "y":
        return str(number) if len(code) > 2 else f"{number % 100:02d}"
    return f"{number:02d}" if len(code) > 1 else str(number)
