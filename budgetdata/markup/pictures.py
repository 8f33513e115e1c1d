"""Where the picture of a chart stands at the widths and in the colours that pages show it, and which parts of it answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import urlencode

from budgetdata.charts import picture
from budgetdata.charts.drawing.paper import Opens, Spot
from budgetdata.charts.model import Chart
from budgetdata.charts.shown import Key
from budgetdata.markup.address import address
from budgetdata.queries.base import Database

WIDE, MIDDLE, NARROW = 912, 640, 350
SIZES = {
    "narrow": ("(max-width: 640px)", NARROW),
    "middle": ("(max-width: 880px)", MIDDLE),
    "wide": ("(min-width: 881px)", WIDE),
}
"""Each size of a picture: for which windows it is, the first that holds, and its pixels; style.css shows parts by the same."""
_TALL = 60
"""Pixels from which on a part tells its words inside itself and not above."""


Source = tuple[str, str, int, int]
"""Where a chart's picture is for some windows: media, address, width, height."""


class Place(NamedTuple):
    """A part of a picture that answers: its address ('' for none), what it tells, its class, its place as a style in percent."""

    there: str
    words: str
    classes: str
    style: str


def pictured(db: Database, chart: Chart, key: Key, lang: str) -> tuple[list[Source], list[tuple[str, list[Place]]]]:
    """The sources of a chart's picture, one for each of `SIZES` in dark and light; and of each size the parts that answer.

    Dark ones are for screens: on paper the last one stands.
    """
    sources, spots = list[Source](), []
    opening = cache(partial(_opening, lang))
    for size, (windows, width) in SIZES.items():
        drawn = picture.laid_out(db, chart, key, width, lang)
        for theme in ("dark", "light"):
            more = [("w", str(width)), ("bare", "1"), ("theme", theme), ("v", db.version)]
            more += [("lang", "en")] if lang == "en" else []
            screen = "screen and " if theme == "dark" else ""
            media = f"{screen}{windows} and (prefers-color-scheme: {theme})"
            sources.append((media, f"./chart/{chart.id}.svg?{urlencode([*key, *more])}", width, drawn.height))
        spots.append((size, [_place(spot, width, max(drawn.height, 1), opening) for spot in drawn.spots]))
    return sources, spots


def _opening(lang: str, opens: Opens | None) -> str:
    return address(opens[0], lang, **dict(opens[1])) if opens else ""


def _place(spot: Spot, width: int, tall: int, opening: Callable[[Opens | None], str]) -> Place:
    left, top, wide, high, words, opens = spot
    is_right = left + wide / 2 > width / 2 and bool(left)
    classes = f"spot{' r' if is_right else ''}{' in' if high > _TALL else ''}"
    across, down = 100 / width, 100 / tall
    style = f"left:{left * across:.6g}%;top:{top * down:.6g}%;width:{wide * across:.6g}%;height:{high * down:.6g}%"
    edge = f";--e:-{_beside(spot, width, is_right):.0f}%" if width == NARROW else ""
    return Place(opening(opens), words, classes, style + edge)


def _beside(spot: Spot, width: int, is_right: bool) -> float:
    """How far an edge of the picture is from a part, in percent of the part: on a phone its words begin or end there."""
    away = width - spot.left - spot.width if is_right else spot.left
    return 100 * max(away, 0) / max(spot.width, 1)
