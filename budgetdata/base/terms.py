"""Texts as terms of a full-text index, and what a reader types as a query of it.

Chinese is written without blanks: a run of characters becomes its pairs, and its last character alone, so that any part of
it is found, one character too. Words of letters and digits stand for themselves.
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[㐀-鿿豈-﫿〇]+|[a-z0-9]+(?:\.[0-9]+)?")
_HAN = re.compile(r"[㐀-鿿豈-﫿〇]")


def _runs(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower()
    return _RUN.findall(re.sub(r"(?<=\d),(?=\d{3})", "", plain))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def terms(text: str) -> str:
    """The terms of a text in its order, with blanks between them."""
    found: list[str] = []
    for run in _runs(text):
        found += [*_pairs(run), run[-1]] if _HAN.match(run) else [run]
    return " ".join(found)


def asked(words: str) -> str:
    """The query for texts that hold each of the words (parted by blanks), as it stands there; '' for none."""
    phrases = (_phrase(_runs(word)) for word in words.split())
    return " ".join(phrase for phrase in phrases if phrase)


def _phrase(runs: list[str]) -> str:
    """Runs that follow each other; the last one may go on, where it is a word or one character."""
    found: list[str] = []
    goes_on = False
    for run in runs:
        goes_on = len(run) == 1 or not _HAN.match(run)
        found += _pairs(run) if _HAN.match(run) and len(run) > 1 else [run]
    return f'"{" ".join(found)}"{" *" if goes_on else ""}' if found else ""
