"""What a drawing is laid out on: rectangles, texts, dots, and the spots of it that answer when they are touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from budgetdata.charts.drawing.theme import Theme

Opens = tuple[str, tuple[tuple[str, str], ...]]
"""What a part of a chart opens: a page of the app and its choices."""


class Spot(NamedTuple):
    """A part of a drawing that answers: where it is, in the drawing's pixels, what it tells, what it opens (None: nothing)."""

    left: float
    top: float
    width: float
    height: float
    words: str
    opens: Opens | None = None


DOT_SIZE = 95
"""The area of a dot, as Vega counts it."""


@dataclass(slots=True)
class Paper:
    """What has been laid out so far: rectangles and texts, and how far down."""

    theme: Theme
    width: int
    top: float = 0
    rects: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    dots: list[dict[str, Any]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    waiting: list[Callable[[Paper], None]] = field(default_factory=list)

    def later(self, lay_out: Callable[[Paper], None]) -> None:
        """Leave parts that change neither height nor spots for when somebody looks: a page asks for these two alone.

        lay_out: is given the paper then. One that held it would keep it until Python looks for rubbish."""
        self.waiting.append(lay_out)

    def text(self, x: float, y: float, text: str, **style: Any) -> None:
        """Text with its baseline's middle at y; style: size, colour, weight, align."""
        self.texts.append(
            {
                "x": x,
                "y": y,
                "text": text,
                "size": 13,
                "colour": self.theme.ink,
                "weight": "normal",
                "align": "left",
                **style,
            }
        )

    def rect(self, start: float, end: float, y: float, height: float, colour: str, tooltip: str, **more: Any) -> None:
        """A rectangle from start to end in the x scale's unit."""
        self.rects.append(
            {"start": start, "end": end, "y": y, "y2": y + height, "colour": colour, "tooltip": tooltip, **more}
        )

    def dot(self, x: float, y: float, colour: str, fill: str, tooltip: str) -> None:
        """A dot in pixels, filled with its colour or with the paper's."""
        self.dots.append({"x": x, "y": y, "colour": colour, "fill": fill, "tooltip": tooltip})

    def spot(self, across: tuple[float, float], down: tuple[float, float], words: str, opens: Opens | None) -> None:
        """A part that tells its words when it is touched; none where it has none. across, down: from and to, in pixels."""
        (left, right), (top, bottom) = across, down
        if words:
            self.spots.append(Spot(left, top, right - left, bottom - top, words, opens))

    def drawing(self, most: float) -> Drawing:
        """The finished drawing; `most` is the value at the right edge."""
        return Drawing(self, most)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing, and the value at its right edge."""

    laid_out: Paper
    most: float

    @property
    def paper(self) -> Paper:
        """All that is laid out, what was left for later too."""
        while self.laid_out.waiting:
            self.laid_out.waiting.pop(0)(self.laid_out)
        return self.laid_out

    @property
    def height(self) -> float:
        """How tall it is, in pixels."""
        return float(max(self.laid_out.top, 1))

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The parts that answer when they are touched."""
        return tuple(self.laid_out.spots)


def grouped(texts: list[dict[str, Any]]) -> dict[tuple[int, str, str], list[dict[str, Any]]]:
    """The texts by size, weight and alignment."""
    groups: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
    for text in texts:
        groups.setdefault((text["size"], text["weight"], text["align"]), []).append(text)
    return groups
