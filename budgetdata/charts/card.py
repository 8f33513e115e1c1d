"""A chart on a card of fixed size, for a square post or a link preview: question, answer, drawing, source, nothing cut unsaid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from budgetdata.charts import picture
from budgetdata.charts.drawing.text import wrap
from budgetdata.charts.drawing.theme import FONT, Theme
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.shown import shown
from budgetdata.queries.base import Database
from budgetdata.words.names import say

CARDS = {"square": (1080, 1080), "social": (1200, 630)}
"""The cards by name: width and height in pixels."""
_MARGIN, _SMALLEST, _SMALL = 56, 0.85, 22
_FADE = 56
"""Pixels over which a drawing that goes on fades into the paper, so that nothing seems to end in the middle of a word."""
_LAYOUTS = (350, 560, 720, 860)
_SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TITLE = re.compile(r"<title>.*?</title>", re.S)


@lru_cache(maxsize=256)
def cached_card(
    db: Database, chart: Chart, parameters: tuple[tuple[str, str], ...], theme: Theme, card: str, lang: str
) -> str:
    """The SVG of a chart on a card, drawn once for each version of the facts."""
    asked = shown(db, chart, parameters, lang)
    data = asked.data
    width, height = CARDS[card]
    draw = _beside if width > height else _below
    return draw(chart, data, theme, lang, width, height, asked.who)


def _below(chart: Chart, data: ChartData, theme: Theme, lang: str, width: int, height: int, who: str) -> str:
    inner = width - 2 * _MARGIN
    head, top = _head(chart, data, theme, lang, inner, (46, 27), who)
    body, cut = _body(chart, data, theme, lang, _Room(_MARGIN, top + 16, inner, height - 104))
    return _card(theme, width, height, head + body + _foot(data, theme, lang, inner, height, cut))


def _beside(chart: Chart, data: ChartData, theme: Theme, lang: str, width: int, height: int, who: str) -> str:
    left = 400
    head, _ = _head(chart, data, theme, lang, left, (40, 23), who)
    body, cut = _body(
        chart, data, theme, lang, _Room(left + 2 * _MARGIN, _MARGIN, width - left - 3 * _MARGIN, height - 104)
    )
    return _card(theme, width, height, head + body + _foot(data, theme, lang, width - 2 * _MARGIN, height, cut))


def _head(
    chart: Chart, data: ChartData, theme: Theme, lang: str, width: int, sizes: tuple[int, int], who: str
) -> tuple[str, float]:
    """Whose chart it is, the question and the answer, and how far down they reach."""
    title, said = sizes
    lines, y = [], float(_MARGIN)
    for line in wrap(who, width, _SMALL) if who else ():
        y += _SMALL * 1.4
        lines.append(_text(_MARGIN, y - _SMALL * 0.4, line, _SMALL, theme.quiet))
    for line in wrap(data.title or chart.question(lang), width, title):
        y += title * 1.25
        lines.append(_text(_MARGIN, y - title * 0.3, line, title, theme.ink, "bold"))
    y += said * 0.6
    sentence = wrap(data.empty or data.sentence, width, said)
    most = 9
    for line in [*sentence[: most - 1], sentence[most - 1][:-1] + "…"] if len(sentence) > most else sentence:
        y += said * 1.5
        lines.append(_text(_MARGIN, y - said * 0.4, line, said, theme.quiet if data.empty else theme.ink))
    return "".join(lines), y


@dataclass(frozen=True, slots=True)
class _Room:
    """Where on a card the drawing may stand."""

    left: float
    top: float
    width: float
    bottom: float


def _body(chart: Chart, data: ChartData, theme: Theme, lang: str, room: _Room) -> tuple[str, bool]:
    """The drawing as large as it fits; where even the widest layout would be too small, its upper part, and True."""
    if data.empty or not data.rows:
        return "", False
    height = room.bottom - room.top
    text, found = "", None
    for drawn in (layout for layout in _LAYOUTS if layout <= room.width):
        text = _TITLE.sub("", picture.svg_text(picture.spec(picture.bare(chart, data, theme, drawn, lang), theme)))
        found = _SIZE.search(text)
        if found is None:
            return "", False
        wide, tall = float(found[1]), float(found[2])
        if tall * room.width / wide <= height:
            break
    if found is None:
        return "", False
    scale = min(room.width / wide, max(height / tall, _SMALLEST * room.width / wide))
    shown = min(tall, height / scale)
    inside = text[text.index(">", found.start()) + 1 : text.rindex("</svg>")]
    size = f'width="{wide * scale:.1f}" height="{shown * scale:.1f}" viewBox="0 0 {wide:g} {shown:.1f}"'
    drawing = f'<svg x="{room.left:.1f}" y="{room.top:.1f}" {size} overflow="hidden">{inside}</svg>'
    cut = shown < tall - 1
    return drawing + (_fade(theme, room, room.top + shown * scale) if cut else ""), cut


def _fade(theme: Theme, room: _Room, bottom: float) -> str:
    stops = (
        f'<stop offset="0" stop-color="{theme.paper}" stop-opacity="0"/><stop offset="0.8" stop-color="{theme.paper}"/>'
    )
    return (
        f'<linearGradient id="fade" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient><rect x="{room.left:.1f}" '
        f'y="{bottom - _FADE:.1f}" width="{room.width:.1f}" height="{_FADE + 2}" fill="url(#fade)"/>'
    )


def _foot(data: ChartData, theme: Theme, lang: str, width: float, height: int, cut: bool) -> str:
    part = say(lang, "图的上部，全图见明账", "upper part of the chart") if cut else ""
    lines = wrap(" · ".join(text for text in ("明账", part, data.source, data.note) if text), width, 19)
    shown = [*lines[:1], lines[1] + ("…" if len(lines) > 2 else "")] if len(lines) > 1 else lines
    rule = f'<path d="M{_MARGIN},{height - 82}H{_MARGIN + width:g}" stroke="{theme.rule}" stroke-width="2"/>'
    return rule + "".join(_text(_MARGIN, height - 52 + 28 * n, line, 19, theme.quiet) for n, line in enumerate(shown))


def _text(x: float, y: float, text: str, size: int, colour: str, weight: str = "normal") -> str:
    return (
        f'<text x="{x:g}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )


def _card(theme: Theme, width: int, height: int, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}"><rect width="{width}" height="{height}" fill="{theme.paper}"/>'
        f'<rect width="{width}" height="10" fill="{theme.series}"/>{body}</svg>'
    )
