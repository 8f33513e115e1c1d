"""Whether pictures can show Chinese: the fonts the renderer knows, and a probe that tells glyphs from boxes."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path

from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.svg import svg
from budgetdata.charts.drawing.theme import FONT

FONTS_VARIABLE = "BUDGETDATA_FONTS"
_PLACES = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "C:/Windows/Fonts",
)
_MARKS = ("wqy", "cjk", "pingfang", "msyh", "simsun", "simhei", "droidsansfallback", "hiragino", "songti", "heiti")


@cache
def register() -> None:
    """Tell the renderer of the directories that hold a Chinese font: BUDGETDATA_FONTS first, then the system's."""
    named = os.environ.get(FONTS_VARIABLE, "")
    for place in ([Path(named)] if named else []) + [Path(place).expanduser() for place in _PLACES]:
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            if place.is_dir() and (
                str(place) == named
                or any(mark in path.name.lower() for path in place.rglob("*.tt[cf]") for mark in _MARKS)
            ):
                engine.add_fonts(str(place))


@cache
def shows_chinese() -> bool:
    """True where two different characters are drawn differently: boxes for missing glyphs are all alike."""
    register()
    return _drawn("明") != _drawn("账")


def _drawn(mark: str) -> bytes:
    return engine.png_of_svg(svg("mark.svg", font=FONT, mark=mark))
