"""Where the picture of a chart stands at the widths and in the colours that pages show it, and which parts of it answer."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from budgetdata.charts import picture
from budgetdata.charts.drawing.paper import Spot
from budgetdata.charts.model import Chart
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


def picture_sources(
    db: Database, chart: Chart, key: tuple[tuple[str, str], ...], lang: str
) -> list[tuple[str, str, int, int]]:
    """(media, address, width, height) of a chart's picture: one for each of `SIZES`, in light and dark.

    Dark ones are for screens: on paper the last one stands."""

    def at(width: int, theme: str) -> str:
        more = [("w", str(width)), ("bare", "1"), ("theme", theme), ("v", db.version)]
        more += [("lang", "en")] if lang == "en" else []
        return f"./chart/{chart.id}.svg?{urlencode([*key, *more])}"

    return [
        (
            f"{'screen and ' if theme == 'dark' else ''}{size} and (prefers-color-scheme: {theme})",
            at(width, theme),
            width,
            picture.height_of(db, chart, key, width, lang),
        )
        for size, width in SIZES.values()
        for theme in ("dark", "light")
    ]


class Place(NamedTuple):
    """A part of a picture that answers: its address ('' for none), what it tells, its class, its place as a style in percent."""

    there: str
    words: str
    classes: str
    style: str


def picture_spots(
    db: Database, chart: Chart, key: tuple[tuple[str, str], ...], lang: str
) -> list[tuple[str, list[Place]]]:
    """Of the picture in each of its sizes, the parts that answer."""
    found = []
    for size, (_, width) in SIZES.items():
        tall = max(picture.height_of(db, chart, key, width, lang), 1)
        spots = picture.spots_of(db, chart, key, width, lang)
        found.append((size, [_place(spot, width, tall, lang) for spot in spots]))
    return found


def _place(spot: Spot, width: int, tall: int, lang: str) -> Place:
    there = address(spot.opens[0], lang, **dict(spot.opens[1])) if spot.opens else ""
    is_right = spot.left + spot.width / 2 > width / 2 and bool(spot.left)
    classes = ["spot", "r" if is_right else "", "in" if spot.height > _TALL else ""]
    across, down = 100 / width, 100 / tall
    left, top = f"left:{spot.left * across:.6g}%", f"top:{spot.top * down:.6g}%"
    size = f"width:{spot.width * across:.6g}%;height:{spot.height * down:.6g}%"
    edge = f";--e:-{_beside(spot, width, is_right):.0f}%" if width == NARROW else ""
    return Place(there, spot.words, " ".join(filter(None, classes)), f"{left};{top};{size}{edge}")


def _beside(spot: Spot, width: int, is_right: bool) -> float:
    """How far an edge of the picture is from a part, in percent of the part: on a phone its words begin or end there."""
    away = width - spot.left - spot.width if is_right else spot.left
    return 100 * max(away, 0) / max(spot.width, 1)
