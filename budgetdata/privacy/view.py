"""A text as its reader sees it: what hides a name or number is gone, and each place is known in the text as it was."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

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
_DIGITS = {
    code: str(digit)
    for code in (*range(0x80, 0x2800), *range(0x1D7CE, 0x1D800))
    if (digit := unicodedata.digit(chr(code), None)) is not None
}
"""Digits of other shapes: in circles and brackets, small, raised, of other scripts."""
_SHAPES = "".join(map(chr, _DIGITS))
_SHAPED = rf"[{_SHAPES}](?:[-{_BLANKS}]{{0,2}}[{_SHAPES}]){{2,}}"
"""Three or more, as a number has them; one or two count the items of a list, or raise a unit to its power."""
_CODED = re.compile(
    r"&(?:amp;){0,2}(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d{0,2});"
    r"|\\u[0-9a-fA-F]{4}|%[eE][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){2}"
)
"""A sign written by its number or name: &#38065; &nbsp; \\u94b1 %E9%92%B1."""
_ODD = re.compile(
    rf"(?<!{_RUN})(?=[{_BLANKS}]{{{_LONGEST_GAP + 1}}}|[{_BLANKS}]{{0,{_LONGEST_GAP}}}[{_HIDDEN}]){_RUN}+|{_SHAPED}|[{_WIDE}]+"
    rf"|{_CODED.pattern}"
)
_MAY_BE_ODD = re.compile(rf"[{_HIDDEN}{_SHAPES}{_WIDE}&\\%]")
_WIDE_GAP = re.compile(f"[{_BLANKS}]{{{_LONGEST_GAP + 1}}}")
"""Without either nothing in a text is odd."""
_IS_HIDDEN = re.compile(f"[{_HIDDEN}]")
_NARROW = (
    _DIGITS
    | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "︰∶﹕꞉"), "：")
    | _SIMPLIFIED
)


@dataclass(frozen=True, slots=True)
class View:
    """A text to look for names in, and for each of its characters the place in the text it was made from."""

    text: str
    source: str = ""
    places: array[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the view stands in the text it was made from."""
        if self.places is None:
            return start, end
        last = self.places[end - 1]
        coded = _CODED.match(self.source, last)
        return self.places[start], coded.end() if coded else last + 1


def view_of(text: str) -> View:
    """The text without hidden signs, with one kind of blank, short gaps, and full-width digits and Latin letters half-width,
    labels and names in simplified characters."""
    if not (_MAY_BE_ODD.search(text) or _WIDE_GAP.search(text)) or not _ODD.search(text):
        return View(one_blank(text))
    pieces: list[str] = []
    places = array("l")
    done = 0
    for match in _ODD.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        places.extend(range(done, start))
        for index, seen in _seen(match[0]):
            pieces.append(seen)
            places.extend([start + index] * len(seen))
        done = end
    pieces.append(text[done:])
    places.extend(range(done, len(text)))
    return View(one_blank("".join(pieces)), text, places)


def _seen(run: str) -> Iterator[tuple[int, str]]:
    """Which characters of an odd run are seen, and as what: all of a number or word, the first blanks of a gap."""
    if _CODED.fullmatch(run):
        sign = unquote(run) if run[0] == "%" else unescape(unescape(unescape(run)))
        sign = chr(int(run[2:], 16)) if run[0] == "\\" else sign
        yield from ((0, shown) for shown in ("" if _IS_HIDDEN.match(sign) else sign.translate(_NARROW)))
    elif run[0] in _BLANKS or _IS_HIDDEN.match(run):
        yield from [(index, sign) for index, sign in enumerate(run) if sign in _BLANKS][:_LONGEST_GAP]
    else:
        yield from ((index, sign.translate(_NARROW)) for index, sign in enumerate(run))
