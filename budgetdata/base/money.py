"""Amounts: printed text in, an integer count of fen out. The one place that knows 元 and 万元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from budgetdata.base.text import numeric

UNITS = {
    "元": 100, "万元": 1_000_000, "千元": 100_000, "亿元": 10_000_000_000,
    "百元": 10_000, "十万元": 10_000_000, "百万元": 100_000_000, "千万元": 1_000_000_000,
}  # fmt: skip
"""Fen in one of each printed unit."""

_MINUS = "-−△▲▽▼"
"""The signs of a negative amount: minus, the typographic minus, and the triangles of accountants (△2.00)."""
_NUMBER = re.compile(rf"[{_MINUS}]?(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|0|[1-9]\d*)(?:\.\d+)?")
"""No zero leads a number but 0 itself: in 0,000.00 and 012.50 a digit is lost or one too many."""
_DASHES = {"-", "—", "–", "--", "——", "－", "/", "\\", "无"}


MOST_FEN = 1 << 62
"""A database holds no larger integer twice over."""
MOST_SIGNS = 24
"""More signs than any amount of a budget has: 9,999,999,999,999.99 has twenty."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount: integer fen, the number of printed decimals in its unit, and the text it was read from."""

    fen: int
    decimals: int
    raw: str


@lru_cache(maxsize=1 << 14)
def normal_digits(text: str) -> str:
    """The text with full-width digits and punctuation made half-width, one minus sign, and all white space removed."""
    return numeric(text).replace("。", ".").replace("、", ",")


def is_blank(text: str) -> bool:
    """True where a cell prints no amount: nothing at all, or a dash put in place of nothing."""
    return normal_digits(text) in _DASHES | {""}


@lru_cache(maxsize=1 << 14)
def parse_amount(text: str, unit: str) -> Amount | None:
    """The amount printed in a cell whose unit is `unit`, or None where the text is not exactly one number.

    Accepts thousands separators, spaces inside the number, full-width forms, a negative in brackets and one behind a
    triangle (△2.00, ▲2.00). A number with fractions of a fen is no amount. Blank is the caller's question: see `is_blank`.
    """
    bare = normal_digits(text).lstrip("¥￥")
    in_brackets = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if in_brackets else bare
    negative = in_brackets or bare[:1] in tuple(_MINUS)
    if not _NUMBER.fullmatch(bare) or len(bare) > MOST_SIGNS:
        return None
    value = Decimal(bare.lstrip(_MINUS).replace(",", "")) * UNITS[unit]
    if abs(value) >= MOST_FEN:
        return None
    if value != value.to_integral_value():
        return None
    fen = int(-value if negative else value)
    decimals = len(bare.partition(".")[2])
    return Amount(fen=fen, decimals=decimals, raw=text.strip())


def is_number(text: str) -> bool:
    """True where a cell prints a number that is an amount in some unit, however many decimals it has."""
    return parse_amount(text, "亿元") is not None


def tolerance_fen(amounts: list[Amount], unit: str) -> int:
    """How far a sum of printed amounts may lie from its printed total by rounding alone: half a last digit each."""
    return sum(UNITS[unit] // (2 * 10**amount.decimals) for amount in amounts)


def wan(fen: int) -> str:
    """Fen as a plain decimal string in 万元, two decimals or as many as the amount needs."""
    value = Decimal(fen) / UNITS["万元"]
    text = f"{value:.6f}".rstrip("0")
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(2, '0')}"


def yuan(fen: int) -> str:
    """Fen as a plain decimal string in 元, without decimals where it is whole."""
    whole, cents = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole}.{cents:02d}" if cents else f"{sign}{whole}"
