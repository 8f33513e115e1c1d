"""Whole numbers as Chinese writes them: 十一, 二十, 一百〇五."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def chinese(number: int) -> str:
    """A whole number below 10,000 in Chinese numerals: 十一, 二十, 一百〇五."""
    if not 0 < number < 10_000:
        return str(number)
    written, zero = "", False
    digits = str(number)
    for place, digit in enumerate(digits):
        if digit == "0":
            zero = True
            continue
        written += ("〇" if zero else "") + DIGITS[int(digit)] + _UNITS[len(digits) - 1 - place]
        zero = False
    return written[1:] if written.startswith("一十") else written
