"""How wide text is and where its lines break, so that no label is ever cut."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NOT_FIRST, _NOT_LAST = "，。、；：！？）》」』”’…—·", "(（《「『“‘"


_WIDEST = ("0123456789", 0.66), ("abcdefghijklmnopqrstuvwxyz", 0.62), (" ", 0.36), (".,:;'!|/()[]-·", 0.46)
"""How many ems a mark takes at most in the fonts that pages name and those that stand in for them: of letters on the average."""


@lru_cache(maxsize=8192)
def width_of(text: str, size: float = 13) -> float:
    """The width of text in pixels: a wide character is one em, the rest a little over half of one."""
    return sum(size if unicodedata.east_asian_width(mark) in "WFA" else size * 0.56 for mark in text)


@lru_cache(maxsize=8192)
def widest(text: str, size: float = 13) -> float:
    """The width that text takes at most, in whichever font a reader has; `width_of` is what it takes in most."""
    return sum(size * _widest(mark) for mark in text)


@lru_cache(maxsize=4096)
def _widest(mark: str) -> float:
    return next((wide for marks, wide in _WIDEST if mark in marks), 1.0 if not mark.isascii() or mark == "%" else 0.8)


def wrap(text: str, width: float, size: float = 13) -> list[str]:
    """Text in lines no wider than `width` in any font; breaks between two wide characters, never before closing punctuation or
    behind an opening bracket."""
    lines, line, taken = list[str](), "", 0.0
    for word in _pieces(text):
        wide = widest(word, size)
        if line and taken + wide > width and word[0] not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = word.lstrip()
            taken = widest(line, size)
        else:
            line += word
            taken += wide
    return [*lines, line] if line else lines or [""]


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    pieces = list[str]()
    for mark in text:
        if pieces and _holds(pieces[-1], mark):
            pieces[-1] += mark
        else:
            pieces.append(mark)
    return tuple(pieces)


def _holds(piece: str, mark: str) -> bool:
    """Whether no line breaks between a piece and the mark behind it."""
    if piece[-1] in _NOT_LAST:
        return True
    return _narrow(mark) and mark != " " and not piece.endswith(" ") and _narrow(piece[-1])


def _narrow(mark: str) -> bool:
    return unicodedata.east_asian_width(mark) not in "WFA"
