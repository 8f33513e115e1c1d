"""How a printed name of a department, place or project is said in a language: this alone decides, for sentences and charts."""

from __future__ import annotations

import re

from budgetdata.words.latin import latin

_TRANSLATED = re.compile(r"[^\u3400-\u9fff]*[A-Za-z][^\u3400-\u9fff]* \(")
"""English words with the printed ones behind them in brackets: no name."""


def spoken(lang: str, name: str) -> str:
    """A name as sentences and charts say it: in English in Latin letters, where it can be read."""
    return name if lang == "zh" or _TRANSLATED.match(name) else latin(name) or name


def cited(lang: str, name: str) -> str:
    """The same where a source is named or a part of a chart is touched: with the printed name behind its Latin letters."""
    said = spoken(lang, name)
    return said if said == name else f"{said} ({name})"
