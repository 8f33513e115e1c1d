"""A chart on a card of fixed size, for a square post or a link preview: question, answer, drawing, source, nothing cut unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from budgetdata.charts import picture
from budgetdata.charts.drawing.svg import svg
from budgetdata.charts.drawing.text import wrap
from budgetdata.charts.drawing.theme import FONT, Theme
from budgetdata.charts.model import Chart
from budgetdata.charts.shown import Shown, shown
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text

CARDS = {"square": (1080, 1080), "social": (1200, 630)}
"""The cards by name: width and height in pixels."""
_MARGIN, _SMALLEST, _SMALL = 56, 0.85, 22
_FADE = 56
"""Pixels over which a drawing that goes on fades into the paper, so that nothing seems to end in the middle of a word."""
_LAYOUTS = (350, 560, 720, 860)
_SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TITLE = re.compile(r"<title>.*?</title>", re.S)


@picture.PICTURES.keeps_on_disk
def cached_card(
    db: Database, chart: Chart, parameters: tuple[tuple[str, str], ...], theme: Theme, card: str, lang: str
) -> str:
    """The SVG of a chart on a card, drawn once for each version of the facts."""
    width, height = CARDS[card]
    draw = _beside if width > height else _below
    return draw(shown(db, chart, parameters, lang), theme, width, height)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text on a card."""

    x: float
    y: float
    words: str
    size: int
    colour: str
    weight: str = "normal"


@dataclass(frozen=True, slots=True)
class _Room:
    """Where on a card the drawing may stand."""

    left: float
    top: float
    width: float
    bottom: float


def _below(asked: Shown, theme: Theme, width: int, height: int) -> str:
    inner = width - 2 * _MARGIN
    head, top = _head(asked, theme, inner, (46, 27))
    return _card(asked, theme, (width, height), head, _Room(_MARGIN, top + 16, inner, height - 104))


def _beside(asked: Shown, theme: Theme, width: int, height: int) -> str:
    left = 400
    head, _ = _head(asked, theme, left, (40, 23))
    room = _Room(left + 2 * _MARGIN, _MARGIN, width - left - 3 * _MARGIN, height - 104)
    return _card(asked, theme, (width, height), head, room)


def _head(asked: Shown, theme: Theme, width: int, sizes: tuple[int, int]) -> tuple[list[_Line], float]:
    """Whose chart it is, the question and the answer, and how far down they reach."""
    title, said = sizes
    lines, y = [], float(_MARGIN)
    for line in wrap(asked.who, width, _SMALL) if asked.who else ():
        y += _SMALL * 1.4
        lines.append(_Line(_MARGIN, y - _SMALL * 0.4, line, _SMALL, theme.quiet))
    for line in wrap(asked.question, width, title):
        y += title * 1.25
        lines.append(_Line(_MARGIN, y - title * 0.3, line, title, theme.ink, "bold"))
    y += said * 0.6
    for line in _clipped(wrap(asked.answer, width, said)):
        y += said * 1.5
        lines.append(_Line(_MARGIN, y - said * 0.4, line, said, theme.quiet if asked.data.empty else theme.ink))
    return lines, y


def _clipped(lines: Sequence[str], most: int = 9) -> Sequence[str]:
    """The first lines, the last of them ended with … where more would follow."""
    return [*lines[: most - 1], lines[most - 1][:-1] + "…"] if len(lines) > most else lines


def _body(asked: Shown, theme: Theme, room: _Room) -> tuple[str, bool]:
    """The drawing as large as it fits; where even the widest layout would be too small, its upper part, and True."""
    drawn = _drawn(asked, theme, room) if asked.is_drawn else None
    if drawn is None:
        return "", False
    inside, wide, tall = drawn
    scale = min(room.width / wide, max((room.bottom - room.top) / tall, _SMALLEST * room.width / wide))
    part = min(tall, (room.bottom - room.top) / scale)
    cut = part < tall - 1
    values = {"room": room, "scale": scale, "wide": wide, "shown": part, "cut": cut, "fade": _FADE, "theme": theme}
    return svg("part.svg", inside=Markup(inside), **values), cut


def _drawn(asked: Shown, theme: Theme, room: _Room) -> tuple[str, float, float] | None:
    """What stands inside the SVG of the first layout that fits the room, the widest where none does; its width and height."""
    drawn = None
    for layout in (layout for layout in _LAYOUTS if layout <= room.width):
        asks = picture.bare_spec(asked.chart, asked.data, theme, layout, asked.lang)
        whole = _TITLE.sub("", picture.svg_text(asks))
        found = _SIZE.search(whole)
        if found is None:
            return None
        wide, tall = float(found[1]), float(found[2])
        drawn = whole[whole.index(">", found.start()) + 1 : whole.rindex("</svg>")], wide, tall
        if tall * room.width / wide <= room.bottom - room.top:
            break
    return drawn


def _foot(asked: Shown, theme: Theme, width: float, height: int, cut: bool) -> list[_Line]:
    part = text(asked.lang, "chart.card.part") if cut else ""
    said = (text(asked.lang, "chart.brand"), part, asked.data.source, asked.data.note)
    lines = wrap(" · ".join(each for each in said if each), width, 19)
    lines = [*lines[:1], lines[1] + ("…" if len(lines) > 2 else "")] if len(lines) > 1 else lines
    return [_Line(_MARGIN, height - 52 + 28 * n, line, 19, theme.quiet) for n, line in enumerate(lines)]


def _card(asked: Shown, theme: Theme, size: tuple[int, int], head: list[_Line], room: _Room) -> str:
    width, height = size
    body, cut = _body(asked, theme, room)
    inner = width - 2 * _MARGIN
    foot = _foot(asked, theme, inner, height, cut)
    return svg(
        "card.svg", width=width, height=height, margin=_MARGIN, ruled=_MARGIN + inner, theme=theme, font=FONT,
        head=head, body=Markup(body), foot=foot,
    )  # fmt: skip
