"""Write budgetdata/words/sounds.txt anew, from the dictionaries of the pypinyin that is installed.

    python scripts/sounds.py

It holds the characters of GB 2312 by their syllable, and the shortest phrases in which one of them has another.
"""

from __future__ import annotations

import sys
import textwrap
from collections import defaultdict
from pathlib import Path

import pypinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from budgetdata.words.sounds import PHRASES, SOUNDS

HEAD = (
    f"# Made by scripts/sounds.py of pypinyin {pypinyin.__version__} (MIT licence): characters by their sound, "
    "then phrases of other sounds."
)


def characters() -> dict[str, str]:
    """The characters of GB 2312 with the syllable of each alone."""
    rows = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return {sign: pypinyin.lazy_pinyin(sign)[0] for sign in rows if sign}


def odd_phrases(sounds: dict[str, str]) -> list[str]:
    """The phrases of these characters that do not sound as they do one by one, without those that hold a shorter one."""
    found: set[str] = set()
    for phrase, read in sorted(PHRASES_DICT.items(), key=lambda pair: (len(pair[0]), pair[0])):
        if not sounds.keys() >= set(phrase) or [to_normal(each[0]) for each in read] == [sounds[s] for s in phrase]:
            continue
        pieces = (phrase[start:end] for end in range(len(phrase)) for start in range(end))
        if found.isdisjoint(pieces) and found.isdisjoint(phrase[start:] for start in range(1, len(phrase))):
            found.add(phrase)
    return sorted(found)


def main() -> None:
    """Write the file."""
    sounds = characters()
    by_sound: dict[str, list[str]] = defaultdict(list)
    for sign, sound in sounds.items():
        by_sound[sound].append(sign)
    lines = [HEAD, *(f"{sound} {''.join(signs)}" for sound, signs in sorted(by_sound.items()))]
    lines += [f"{PHRASES} {line}" for line in textwrap.wrap(" ".join(odd_phrases(sounds)), 60)]
    SOUNDS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
