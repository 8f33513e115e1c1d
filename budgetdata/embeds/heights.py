"""About how tall an embed is in an iframe, for a host page that runs no script: worked out, a little too tall."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from budgetdata.base.records import Record
from budgetdata.charts import picture
from budgetdata.charts.model import Chart
from budgetdata.charts.shown import Key, shown
from budgetdata.embeds.document import Links
from budgetdata.embeds.drawings import EMBED_WIDTHS
from budgetdata.embeds.figure import passport_lines, title_of
from budgetdata.embeds.page import badge, told_below
from budgetdata.exports.package import LICENCE
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text

USUAL_WIDTH = 720
PADDING = 14
"""Pixels around what an embed holds (embed.css)."""
_LOOSE = 6
"""Pixels to spare in a height that is worked out and not measured."""


def height_of(db: Database, chart: Chart, key: Key, lang: str, width: int = USUAL_WIDTH) -> int:
    """How tall the embed of a chart is in an iframe of a width, in pixels."""
    asked, inner = shown(db, chart, key, lang), width - 2 * PADDING
    drawn_at = max((each for each in EMBED_WIDTHS if each <= inner), default=EMBED_WIDTHS[0])
    drawing = picture.laid_out(db, chart, key, drawn_at, lang).height * inner / drawn_at
    foot = ("embed.app", "embed.data", "embed.image")
    texts = [
        (asked.who, 14, 24), (asked.question, 18.5, 26), (asked.answer, 16.5, 28),
        (badge(asked, Links()).striptags(), 15, 26), (" · ".join(told_below(asked)), 13.2, 22),
        (_foot(lang, foot, db.version), 13.2, 22),
    ]  # fmt: skip
    return round(drawing) + _fold_and_gaps(bool(asked.data.rows)) + _tall(texts, inner)


def height_of_figure(figure: Record, lang: str, width: int = USUAL_WIDTH) -> int:
    """The same for the chip of a figure."""
    beside = width - 2 * PADDING - 80
    listed = [(value, 14, 23) for _, value in passport_lines(figure, lang)]
    texts = [(title_of(figure, lang), 18.5, 26), (_foot(lang, ("embed.app", "embed.data"), "0" * 16), 13.2, 22)]
    return 50 + _fold_and_gaps(False) + _tall(listed, beside) + _tall(texts, width - 2 * PADDING)


def _foot(lang: str, named: Sequence[str], version: str) -> str:
    words = [text(lang, name) for name in named]
    return " · ".join(
        [*words, text(lang, "embed.licence", name=LICENCE["name"]), text(lang, "embed.version", version=version)]
    )


def _fold_and_gaps(has_table: bool) -> int:
    return 2 * PADDING + (38 if has_table else 0) + 40 + _LOOSE


def _tall(texts: Sequence[tuple[str, float, int]], inner: float) -> int:
    """How tall some paragraphs of (text, size of type, height of a line) are in a column of that width."""

    def lines(words: str, size: float) -> int:
        wide = sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.6 for letter in words)
        return math.ceil(wide * size / inner)

    return sum(lines(words, size) * line for words, size, line in texts)
