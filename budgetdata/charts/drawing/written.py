"""A drawing written as SVG at once: rectangles, dots and lines of text need no renderer where nothing runs over the edge.

What comes out is what Vega would draw, to the byte (tests/charts/test_charts.py holds the two together), in a fiftieth of
the time, and small at once (`slim`); where a text might be wider or higher than the drawing, or has several lines, only the
renderer knows, and is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from markupsafe import Markup

from budgetdata.charts.drawing.paper import DOT_SIZE, Drawing, Paper, grouped
from budgetdata.charts.drawing.slim import shortened
from budgetdata.charts.drawing.svg import svg
from budgetdata.charts.drawing.text import widest

_ANCHORS = {"left": "", "center": "middle", "right": "end"}
_TALL = 0.8
"""How far above its baseline a text reaches, in ems."""
_MIDDLE = 0.3
"""How far below the middle of a line its baseline is, in ems."""
_UNSEEN = re.compile(r"[\x00-\x1f]")


class _Shape(NamedTuple):
    """A mark: its path, fill and label; of a dot where it stands and its edge too. All of it is SVG already."""

    path: str
    fill: Markup
    label: Markup
    place: str = ""
    edge: Markup = Markup()


class _Line(NamedTuple):
    """A text where it stands ('' at the corner), in its colour."""

    place: str
    colour: Markup
    words: Markup


def written(drawing: Drawing, font: str) -> str:
    """The drawing as a small SVG; '' where only the renderer knows how it looks."""
    paper = drawing.paper
    if any(_UNSEEN.search(words) for words in _words(paper)) or not _is_inside(paper, drawing.most, drawing.height):
        return ""
    height = max(drawing.height, *(math.ceil(rect["y2"]) for rect in paper.rects), 0)
    return svg(
        "written.svg",
        size=(_number(paper.width), _number(height)),
        short=tuple(shortened(_number(side)) for side in (paper.width, height)),
        font=font,
        shapes=[*_joined(_rects(paper, drawing.most)), *_dots(paper)],
        texts=list(_texts(paper)),
    ).rstrip("\n")


def _words(paper: Paper) -> Iterator[str]:
    """Everything that is written in a drawing."""
    yield from (text["text"] for text in paper.texts)
    yield from (mark["tooltip"] for mark in (*paper.rects, *paper.dots))


def _is_inside(paper: Paper, most: float, height: float) -> bool:
    """Whether no text, dot or rectangle can reach over an edge, but a rectangle over the lower one."""
    for text in paper.texts:
        wide = widest(text["text"], text["size"])
        left = text["x"] - {"left": 0, "center": wide / 2, "right": wide}[text["align"]]
        if left < 0 or left + wide > paper.width:
            return False
        if _below(text) < text["size"] * _TALL or text["y"] + text["size"] * 0.6 > height:
            return False
    for rect in paper.rects:
        if min(rect["start"], rect["end"]) < 0 or max(rect["start"], rect["end"]) > (most or 1) or rect["y"] < 0:
            return False
    reach = math.sqrt(DOT_SIZE) / 2 + 1
    return all(reach <= dot["x"] <= paper.width - reach and reach <= dot["y"] <= height - reach for dot in paper.dots)


def _rects(paper: Paper, most: float) -> Iterator[_Shape]:
    for rect in paper.rects:
        start, end = (paper.width * (rect[side] / (most or 1)) for side in ("start", "end"))
        left, wide = min(start, end), abs(end - start)
        top, high = min(rect["y"], rect["y2"]), abs(rect["y2"] - rect["y"])
        path = f"M{_number(left)},{_number(top)}h{_number(wide)}v{_number(high)}h{_number(-wide)}Z"
        yield _Shape(shortened(path), _safe(rect["colour"]), _safe(rect["tooltip"]))


def _joined(shapes: Iterable[_Shape]) -> Iterator[_Shape]:
    """Shapes side by side that share colour and label, as one."""
    before: _Shape | None = None
    for shape in shapes:
        if before is not None and before[1:] == shape[1:]:
            before = before._replace(path=before.path + shape.path)
            continue
        if before is not None:
            yield before
        before = shape
    if before is not None:
        yield before


def _dots(paper: Paper) -> Iterator[_Shape]:
    radius = _number(math.sqrt(DOT_SIZE) / 2)
    circle = shortened(f"M{radius},0A{radius},{radius},0,1,1,-{radius},0A{radius},{radius},0,1,1,{radius},0")
    for dot in paper.dots:
        place = shortened(f"{_number(dot['x'])},{_number(dot['y'])}")
        yield _Shape(circle, _safe(dot["fill"]), _safe(dot["tooltip"]), place, _safe(dot["colour"]))


def _texts(paper: Paper) -> Iterator[tuple[str, str, str, list[_Line]]]:
    """The texts, those of one look together: anchor and weight ('' for the usual), size, lines."""
    for (size, weight, align), group in grouped(paper.texts).items():
        lines = [_Line(_place(text["x"], _below(text)), _safe(text["colour"]), _safe(text["text"])) for text in group]
        yield _ANCHORS[align], "" if weight == "normal" else weight, _number(size), lines


def _below(text: dict[str, Any]) -> float:
    """Where the baseline of a text is, whose middle stands at its y."""
    return float(text["y"] + math.floor(_MIDDLE * text["size"] + 0.5))


def _place(x: float, y: float) -> str:
    place = f"{_number(x)},{_number(y)}"
    return "" if place == "0,0" else shortened(place)


@lru_cache(maxsize=2048)
def _safe(words: str) -> Markup:
    """Words as XML holds them: the same at each width of a drawing."""
    return Markup(escape(words))


def _number(value: float) -> str:
    """A number as JavaScript writes it."""
    return str(int(value)) if value == int(value) else repr(float(value))
