"""A drawing written as SVG at once: rectangles, dots and lines of text need no renderer where nothing runs over the edge.

What comes out is what Vega would draw, to the byte (tests/charts/test_charts.py holds the two together), in a thirtieth of
the time; where a text might be wider or higher than the drawing, or has several lines, only the renderer knows, and is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from budgetdata.charts.drawing.paper import DOT_SIZE, Drawing, Paper, grouped
from budgetdata.charts.drawing.slim import SVG, slimmed
from budgetdata.charts.drawing.text import width_of

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_MARGIN = 1.25
"""How much wider than reckoned a text may be in another font."""
_MIDDLE = 0.3
"""How far below the middle of a line its baseline is, in ems."""
_UNSEEN = re.compile(r"[\x00-\x1f]")


def written(drawing: Drawing, font: str) -> str:
    """The drawing as a small SVG; '' where only the renderer knows how it looks."""
    paper = drawing.paper
    if any(_UNSEEN.search(words) for words in _words(paper)) or not _is_inside(paper, drawing.most, drawing.height):
        return ""
    height = max(drawing.height, *(math.ceil(rect["y2"]) for rect in paper.rects), 0)
    size = {"width": _number(paper.width), "height": _number(height)}
    root = Element(f"{SVG}svg", {**size, "viewBox": f"0 0 {size['width']} {size['height']}"})
    inner = SubElement(root, f"{SVG}g", {"fill": "none", "stroke-miterlimit": "10"})
    for marks in (_rects(paper, drawing.most), _dots(paper), *_texts(paper, font)):
        SubElement(inner, f"{SVG}g").extend(marks)
    return slimmed(root)


def _words(paper: Paper) -> Iterator[str]:
    """Everything that is written in a drawing."""
    yield from (text["text"] for text in paper.texts)
    yield from (mark["tooltip"] for mark in (*paper.rects, *paper.dots))


def _is_inside(paper: Paper, most: float, height: float) -> bool:
    """Whether no text, dot or rectangle can reach over an edge, but a rectangle over the lower one."""
    for text in paper.texts:
        wide = _MARGIN * width_of(text["text"], text["size"])
        left = text["x"] - {"left": 0, "center": wide / 2, "right": wide}[text["align"]]
        if left < 0 or left + wide > paper.width:
            return False
        if text["y"] < text["size"] * 0.6 or text["y"] + text["size"] * 0.6 > height:
            return False
    for rect in paper.rects:
        if min(rect["start"], rect["end"]) < 0 or max(rect["start"], rect["end"]) > (most or 1) or rect["y"] < 0:
            return False
    reach = math.sqrt(DOT_SIZE) / 2 + 1
    return all(reach <= dot["x"] <= paper.width - reach and reach <= dot["y"] <= height - reach for dot in paper.dots)


def _rects(paper: Paper, most: float) -> Iterator[Element]:
    for rect in paper.rects:
        start, end = (paper.width * (rect[side] / (most or 1)) for side in ("start", "end"))
        left, wide = min(start, end), abs(end - start)
        top, high = min(rect["y"], rect["y2"]), abs(rect["y2"] - rect["y"])
        path = f"M{_number(left)},{_number(top)}h{_number(wide)}v{_number(high)}h{_number(-wide)}Z"
        yield Element(f"{SVG}path", {"aria-label": rect["tooltip"], "d": path, "fill": rect["colour"]})


def _dots(paper: Paper) -> Iterator[Element]:
    radius = _number(math.sqrt(DOT_SIZE) / 2)
    circle = f"M{radius},0A{radius},{radius},0,1,1,-{radius},0A{radius},{radius},0,1,1,{radius},0"
    for dot in paper.dots:
        place = f"translate({_number(dot['x'])},{_number(dot['y'])})"
        look = {"fill": dot["fill"], "stroke": dot["colour"], "stroke-width": "2"}
        yield Element(f"{SVG}path", {"aria-label": dot["tooltip"], "transform": place, "d": circle, **look})


def _texts(paper: Paper, font: str) -> Iterator[list[Element]]:
    """The texts, those of one look together."""
    for (size, weight, align), group in grouped(paper.texts).items():
        below = math.floor(_MIDDLE * size + 0.5)
        look = {"font-family": font, "font-size": f"{_number(size)}px", "font-weight": weight}
        yield [_text(text, below, {"text-anchor": _ANCHORS[align]}, look) for text in group]


def _text(text: dict[str, Any], below: int, anchor: dict[str, str], look: dict[str, str]) -> Element:
    place = f"translate({_number(text['x'])},{_number(text['y'] + below)})"
    made = Element(f"{SVG}text", {**anchor, "transform": place, **look, "fill": text["colour"]})
    made.text = text["text"]
    return made


def _number(value: float) -> str:
    """A number as JavaScript writes it."""
    return str(int(value)) if value == int(value) else repr(float(value))
