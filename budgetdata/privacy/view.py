"""A text as its reader sees it: what hides a name or number is gone, and each place is known in the text as it was."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetdata.privacy.amounts import one_blank

_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
"""Signs that no reader sees: zero-width and direction signs, soft hyphens, fillers."""
_BLANKS = " \u3000\xa0"
_PAIRS = "".join(
    line
    for line in (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
_SIMPLIFIED = dict(zip(map(ord, _PAIRS[::2]), _PAIRS[1::2], strict=True))
_WIDE = f"０-９Ａ-Ｚａ-ｚ＠＋－．＿︰∶﹕꞉{_PAIRS[::2]}"
_LONGEST_GAP = 8
"""So many blanks in a row are as good as any number of them; more would cost each pattern its time again."""
_RUN = f"[{_BLANKS}{_HIDDEN}]"
_ODD = re.compile(
    rf"(?<!{_RUN})(?=[{_BLANKS}]{{{_LONGEST_GAP + 1}}}|[{_BLANKS}]{{0,{_LONGEST_GAP}}}[{_HIDDEN}]){_RUN}+|[{_WIDE}]+"
)
_IS_HIDDEN = re.compile(f"[{_HIDDEN}]")
_NARROW = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "︰∶﹕꞉"), "：") | _SIMPLIFIED
)


@dataclass(frozen=True, slots=True)
class View:
    """A text to look for names in, and for each of its characters the place in the text it was made from."""

    text: str
    places: array[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the view stands in the text it was made from."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def view_of(text: str) -> View:
    """The text without hidden signs, with one kind of blank, short gaps, and full-width digits and Latin letters half-width,
    labels and names in simplified characters."""
    if not _ODD.search(text):
        return View(one_blank(text))
    pieces: list[str] = []
    places = array("l")
    done = 0
    for match in _ODD.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        places.extend(range(done, start))
        kept = _kept(match[0])
        pieces += [match[0][index].translate(_NARROW) for index in kept]
        places.extend(start + index for index in kept)
        done = end
    pieces.append(text[done:])
    places.extend(range(done, len(text)))
    return View(one_blank("".join(pieces)), places)


def _kept(run: str) -> Sequence[int]:
    """Which characters of an odd run are seen: all of a number or word, the first blanks of a gap."""
    if run[0] in _BLANKS or _IS_HIDDEN.match(run):
        return [index for index, sign in enumerate(run) if sign in _BLANKS][:_LONGEST_GAP]
    return range(len(run))
