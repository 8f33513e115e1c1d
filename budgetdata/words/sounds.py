"""How a name sounds: the pinyin of its characters, without tones.

sounds.txt (made by scripts/sounds.py) holds the sound of each common character, and the phrases in which one of them sounds
otherwise. A name without any of these phrases is read from there, as pypinyin reads it; of the others pypinyin is asked,
whose dictionary of phrases takes longer to load than the names of a thousand documents to read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SOUNDS = Path(__file__).with_name("sounds.txt")
PHRASES = "*"
"""What a line of phrases begins with; any other begins with a syllable."""


def syllables(name: str) -> list[str]:
    """The syllable of each Chinese character of a name, in Latin letters; other signs have none."""
    sounds, phrases, lengths = _held()
    pieces = (name[start : start + length] for start in range(len(name)) for length in lengths)
    if not phrases.isdisjoint(pieces) or any(sign not in sounds and _may_sound(sign) for sign in name):
        return asked(name)
    return [sounds[sign] for sign in name if sign in sounds]


def sounds_alone() -> Mapping[str, str]:
    """The syllable of each common character where no word tells otherwise."""
    return _held()[0]


def asked(name: str) -> list[str]:
    """The same by pypinyin."""
    from pypinyin import lazy_pinyin

    return [syllable for syllable in lazy_pinyin(name, errors="ignore") if syllable.isascii()]


def _may_sound(sign: str) -> bool:
    """False for what no dictionary has a sound of: ASCII, punctuation, blanks, symbols."""
    return not sign.isascii() and unicodedata.category(sign)[0] not in "PZS"


@cache
def _held() -> tuple[Mapping[str, str], frozenset[str], tuple[int, ...]]:
    """The sounds by character, the phrases, and how long these are."""
    sounds: dict[str, str] = {}
    phrases: list[str] = []
    for line in SOUNDS.read_text(encoding="utf-8").splitlines():
        first, *rest = line.split()
        if first == PHRASES:
            phrases += rest
        elif first != "#":
            sounds |= dict.fromkeys(rest[0], first)
    return sounds, frozenset(phrases), tuple({len(phrase) for phrase in phrases})
