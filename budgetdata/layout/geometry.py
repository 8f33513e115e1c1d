"""What is drawn on a page, free of any engine: glyphs and straight rules, upright, in points from the top left."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from budgetdata.base.raw import Box
from budgetdata.layout.limits import DIAGONAL, LIGATURE


class Glyph(NamedTuple):
    """One printed character: advance box across, inked middle and baseline down, size in points; `turned` where it lies on its
    side on the page as it is read."""

    text: str
    x0: float
    x1: float
    base: float
    mid: float
    size: float
    order: int
    faint: bool = False
    turned: bool = False

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


class Rule(NamedTuple):
    """A straight horizontal (`flat`) or vertical line: its position across its direction, its two ends, its thickness."""

    flat: bool
    at: float
    start: float
    end: float
    thick: float


class RawGlyph(NamedTuple):
    """A character as an engine reports it, in the page's own coordinates (y upwards) before any turn.

    `box` is (left, bottom, right, top) of the advance box across the writing direction and of the ink along it; `origin`
    is the pen position; `angle` the writing direction in radians, anticlockwise; `faint` where it is drawn in a light colour.
    """

    text: str
    box: Box
    ink: Box
    origin: tuple[float, float]
    size: float
    angle: float
    faint: bool = False


@dataclass(slots=True)
class Page:
    """One page as drawn, turned so that its text stands upright."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    turn: int = 0  # anticlockwise quarter turns of its text on the unturned page
    diagonal: list[str] = field(default_factory=list)
    unmapped: int = 0
    image_share: float = 0.0
    unseen: int = 0  # characters drawn that cannot be seen
    images: list[Box] = field(default_factory=list)
    fault: str = ""  # the class of an exception that ended the reading of the page
    hidden_text: bool = False  # text is drawn, but the engine gave none of it
    damage: str = ""
    cut_cells: list[Box] = field(default_factory=list)  # whose text goes on beyond their lower or upper edge, unseen
    cut: bool = False  # forms deeper within each other, or more objects, than are looked at
    ocr: bool = False  # the glyphs were recognised in a picture, not read
    ocr_scores: list[float] = field(default_factory=list)


def quarter(angle: float) -> int | None:
    """The number of anticlockwise quarter turns nearest to the angle, or None where the text is diagonal."""
    turns = round(angle / (math.pi / 2))
    return turns % 4 if abs(angle - turns * math.pi / 2) <= DIAGONAL else None


def upright(
    number: int, frame: Box, raw: list[RawGlyph], boxes: Iterable[tuple[Box, float]], turn: int | None = None
) -> Page:
    """The page with its prevailing writing direction made horizontal.

    `frame` is the visible page (left, bottom, right, top); `boxes` are thin boxes of rules with their thickness;
    `turn` is the page's own /Rotate in anticlockwise quarter turns, which counts only where no text says otherwise.
    """
    raw = _spread(raw)
    known = {angle: quarter(angle) for angle in {glyph.angle for glyph in raw}}
    turns = [known[glyph.angle] for glyph in raw]
    votes = Counter(
        turn for turn, glyph in zip(turns, raw, strict=True) if turn is not None and not glyph.text.isspace()
    )
    main = votes.most_common(1)[0][0] if votes else (turn or 0)
    wide, high = frame[2] - frame[0], frame[3] - frame[1]
    page = Page(number, *((wide, high) if main % 2 == 0 else (high, wide)))
    page.turn = main
    watermark: list[str] = []
    for order, (glyph, direction) in enumerate(zip(raw, turns, strict=True)):
        if direction is None:
            watermark.append(glyph.text)
            continue
        page.glyphs.append(_turned_glyph(glyph, order, main, frame, direction == main))
    if watermark:
        page.diagonal.append("".join(watermark).strip())
    for box, thick in boxes:
        x0, top, x1, bottom = turned_box(box, main, frame)
        if x1 - x0 >= bottom - top:
            page.rules.append(Rule(True, (top + bottom) / 2, x0, x1, thick))
        else:
            page.rules.append(Rule(False, (x0 + x1) / 2, top, bottom, thick))
    return page


def _spread(raw: list[RawGlyph]) -> list[RawGlyph]:
    """The glyphs with each ligature's characters (—— drawn as one) side by side in its box, not on top of each other."""
    result: list[RawGlyph] = []
    start = 0
    while start < len(raw):
        first = raw[start]
        end = start + 1
        while end < len(raw) and raw[end].origin == first.origin and raw[end].box == first.box:
            end += 1
        count = end - start
        left, bottom, right, top = first.box
        if count > 1 and quarter(first.angle) == 0 and right - left >= LIGATURE * first.size:
            step = (right - left) / count
            for index, glyph in enumerate(raw[start:end]):
                x0 = left + index * step
                result.append(glyph._replace(box=(x0, bottom, x0 + step, top), origin=(x0, glyph.origin[1])))
        else:
            result.extend(raw[start:end])
        start = end
    return result


def _turned_point(x: float, y: float, turn: int, frame: Box) -> tuple[float, float]:
    left, bottom, right, top = frame
    if turn == 0:
        return x - left, top - y
    if turn == 1:
        return y - bottom, x - left
    if turn == 2:
        return right - x, y - bottom
    return top - y, right - x


def turned_box(box: Box, turn: int, frame: Box) -> Box:
    """A box in the page's own coordinates as it stands on the upright page."""
    ax, ay = _turned_point(box[0], box[1], turn, frame)
    bx, by = _turned_point(box[2], box[3], turn, frame)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _turned_glyph(glyph: RawGlyph, order: int, turn: int, frame: Box, along: bool) -> Glyph:
    if turn == 0 and along:  # nearly every glyph
        text, box, ink, origin, size, _, faint = glyph
        base = frame[3] - origin[1]
        high = ink[3] - ink[1] > 0.5 * size and text.isalnum()
        mid = frame[3] - (ink[1] + ink[3]) / 2 if high else base - 0.36 * size
        return Glyph(text, box[0] - frame[0], box[2] - frame[0], base, mid, size, order, faint)
    x0, top, x1, bottom = turned_box(glyph.box, turn, frame)
    _, base = _turned_point(*glyph.origin, turn, frame)
    _, ink_top, _, ink_bottom = turned_box(glyph.ink, turn, frame)
    if not along:  # a sideways label: each character is a line of its own
        return Glyph(glyph.text, x0, x1, bottom, (top + bottom) / 2, glyph.size, order, glyph.faint, turned=True)
    # The ink's own middle shows where a font really prints; for signs such as “、” or “-” it does not.
    if ink_bottom - ink_top > 0.5 * glyph.size and glyph.text.isalnum():
        mid = (ink_top + ink_bottom) / 2
    else:
        mid = base - 0.36 * glyph.size
    return Glyph(glyph.text, x0, x1, base, mid, glyph.size, order, glyph.faint)
