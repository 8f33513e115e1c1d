"""A chart on a card of fixed size, for a square post or a link preview: question, answer, drawing, source, nothing cut unsaid."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from budgetdata.charts import picture
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.text import wrap
from budgetdata.charts.theme import FONT, Theme
from budgetdata.charts.words import say
from budgetdata.queries.base import Database

CARDS = {"square": (1080, 1080), "social": (1200, 630)}
"""The cards by name: width and height in pixels."""
_MARGIN, _SMALLEST = 56, 0.62
_SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TITLE = re.compile(r"<title>.*?</title>", re.S)


@lru_cache(maxsize=256)
def cached_card(
    db: Database, chart: Chart, parameters: tuple[tuple[str, str], ...], theme: Theme, card: str, lang: str
) -> str:
    """The SVG of a chart on a card, drawn once for each version of the facts."""
    data = chart.load(db, dict(parameters), lang)
    width, height = CARDS[card]
    return (
        _beside(chart, data, theme, lang, width, height)
        if width > height
        else _below(chart, data, theme, lang, width, height)
    )


def _below(chart: Chart, data: ChartData, theme: Theme, lang: str, width: int, height: int) -> str:
    inner = width - 2 * _MARGIN
    head, top = _head(chart, data, theme, lang, inner, (46, 27))
    body, cut = _body(chart, data, theme, lang, 560, inner, top + 10, height - 110)
    return _card(theme, width, height, head + body + _foot(data, theme, lang, inner, height, cut))


def _beside(chart: Chart, data: ChartData, theme: Theme, lang: str, width: int, height: int) -> str:
    left = 400
    head, _ = _head(chart, data, theme, lang, left, (40, 23))
    body, cut = _body(
        chart, data, theme, lang, 560, width - left - 3 * _MARGIN, _MARGIN, height - 96, left + 2 * _MARGIN
    )
    return _card(theme, width, height, head + body + _foot(data, theme, lang, width - 2 * _MARGIN, height, cut))


def _head(
    chart: Chart, data: ChartData, theme: Theme, lang: str, width: int, sizes: tuple[int, int]
) -> tuple[str, float]:
    """The question and the answer, and how far down they reach."""
    title, said = sizes
    lines, y = [], float(_MARGIN)
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


def _body(
    chart: Chart,
    data: ChartData,
    theme: Theme,
    lang: str,
    drawn: int,
    width: float,
    top: float,
    bottom: float,
    left: float = _MARGIN,
) -> tuple[str, bool]:
    """The drawing fitted between top and bottom; where that would make it too small, its upper part, and True."""
    if data.empty or not data.rows:
        return "", False
    text = _TITLE.sub("", picture.svg_text(picture.spec(picture.bare(chart, data, theme, drawn, lang), theme)))
    found = _SIZE.search(text)
    if found is None:
        return "", False
    wide, tall = float(found[1]), float(found[2])
    room = bottom - top
    scale = min(width / wide, max(room / tall, _SMALLEST * width / wide))
    shown = min(tall, room / scale)
    cut = shown < tall - 1
    inside = text[text.index(">", found.start()) + 1 : text.rindex("</svg>")]
    return (
        f'<svg x="{left:.1f}" y="{top:.1f}" width="{wide * scale:.1f}" height="{shown * scale:.1f}" viewBox="0 0 {wide:g} {shown:.1f}" overflow="hidden">{inside}</svg>',
        cut,
    )


def _foot(data: ChartData, theme: Theme, lang: str, width: float, height: int, cut: bool) -> str:
    part = say(lang, "图的上部，全图见明账", "upper part of the chart") if cut else ""
    line = wrap(" · ".join(text for text in ("明账", part, data.source, data.note) if text), width, 19)
    shown = line[0] + ("…" if len(line) > 1 else "")
    return f'<path d="M{_MARGIN},{height - 72}H{_MARGIN + width:g}" stroke="{theme.rule}" stroke-width="2"/>' + _text(
        _MARGIN, height - 44, shown, 19, theme.quiet
    )


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
