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
    """A part of a picture that answers: its address ('' for none), what it tells, its class and its place in percent."""

    there: str
    words: str
    classes: str
    left: str
    top: str
    width: str
    height: str


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
    classes = [
        "spot",
        "r" if spot.left + spot.width / 2 > width / 2 and spot.left else "",
        "in" if spot.height > _TALL else "",
    ]
    across = (f"{100 * part / width:.6g}" for part in (spot.left, spot.width))
    down = (f"{100 * part / tall:.6g}" for part in (spot.top, spot.height))
    (left, wide), (top, high) = across, down
    return Place(there, spot.words, " ".join(filter(None, classes)), left, top, wide, high)
