"""How wide text is and where its lines break, so that no label is ever cut."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NOT_FIRST = "，。、；：！？）》」』”’…—·"


@lru_cache(maxsize=8192)
def width_of(text: str, size: float = 13) -> float:
    """The width of text in pixels: a wide character is one em, the rest a little over half of one."""
    return sum(size if unicodedata.east_asian_width(mark) in "WFA" else size * 0.56 for mark in text)


def wrap(text: str, width: float, size: float = 13) -> list[str]:
    """Text in lines no wider than `width`; breaks between any two wide characters, never before closing punctuation."""
    lines, line = [], ""
    for word in _pieces(text):
        if line and width_of(line + word, size) > width and word[0] not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line] if line else lines or [""]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for mark in text:
        wide = unicodedata.east_asian_width(mark) in "WFA"
        if pieces and not wide and mark != " " and not pieces[-1].endswith(" ") and _narrow(pieces[-1][-1]):
            pieces[-1] += mark
        else:
            pieces.append(mark)
    return pieces


def _narrow(mark: str) -> bool:
    return unicodedata.east_asian_width(mark) not in "WFA"
