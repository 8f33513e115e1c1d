"""What a reader of the page sees of its text: the page itself, as PDFium draws it, decides where a doubt is.

A text object is doubted where something says that it may not be seen: it is drawn pale, or dark on dark; something is
drawn over it later; it reaches out of its clip; or its layer may be off. The page is then drawn with and without the
doubted objects. A glyph is seen where its box changes; a pale one where its colour stands out from what lies under it.
Pages without such objects, nearly all, are never drawn. What is annotated over the page is never part of its text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageStat

from budgetdata.base.raw import Box
from budgetdata.readers.pdf import calls
from budgetdata.readers.pdf.limits import (
    CHANGES,
    CLIP_EDGE,
    DARK,
    FAINT,
    LEAST_ALPHA,
    MOST_CLIP,
    PALE,
    SEEN_SCALE,
    SEEN_SIDE,
    STANDS_OUT,
)

_INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
_SHOWN_UNDER = {  # annotations through which the text under them is read, or that show nothing on the page
    raw.FPDF_ANNOT_LINK,
    raw.FPDF_ANNOT_POPUP,
    raw.FPDF_ANNOT_TEXT,
    raw.FPDF_ANNOT_HIGHLIGHT,
    raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_SQUIGGLY,
    raw.FPDF_ANNOT_CARET,
    raw.FPDF_ANNOT_FILEATTACHMENT,
    raw.FPDF_ANNOT_SOUND,
    raw.FPDF_ANNOT_PRINTERMARK,
    raw.FPDF_ANNOT_TRAPNET,
    raw.FPDF_ANNOT_CIRCLE,
    raw.FPDF_ANNOT_SQUARE,
    raw.FPDF_ANNOT_LINE,
    raw.FPDF_ANNOT_POLYGON,
    raw.FPDF_ANNOT_POLYLINE,
    raw.FPDF_ANNOT_INK,
}
_WITH_VALUE = {raw.FPDF_ANNOT_WIDGET: b"V", raw.FPDF_ANNOT_FREETEXT: b"Contents"}
_NOT_DRAWN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Bounds = Callable[[int, Matrix], Box | None]
"""Asks for the box of an object, with a matrix from its space to that which is meant."""


class Doubt(Enum):
    """Why a text object may not be seen: NEVER is certain, COLOUR is told by contrast, BOUNDS (its clip or layer) and COVER
    (what is drawn over it) by what changes without it."""

    NEVER = 0
    COLOUR = 1
    BOUNDS = 2
    COVER = 3


@dataclass(slots=True)
class _Text:
    """A text object as met on the walk: its address, how to ask for its box, the way from its form to the page, its brightness
    of 0 to 255."""

    item: int
    ask: Bounds
    matrix: Matrix
    bright: int
    box: Box | None = None

    def meets(self, box: Box) -> bool:
        """Whether the object lies in a box of the page, in part at least; its own box is asked for once, where needed."""
        if self.box is None:
            self.box = self.ask(self.item, self.matrix) or (0.0, 0.0, 0.0, 0.0)
        mine = self.box
        return mine[0] < box[2] and box[0] < mine[2] and mine[1] < box[3] and box[1] < mine[3]


@dataclass(slots=True)
class Watch:
    """What the walk over a page's objects, in the order they are drawn, says of its text objects, by their address."""

    layered: bool = False  # the document has layers, which may be off
    cut: bool = False  # the walk ended before the last object: what it did not meet may lie under or outside anything
    doubts: dict[int, Doubt] = field(default_factory=dict)
    faint: set[int] = field(default_factory=set)  # drawn in a light colour, as watermarks are
    _texts: dict[int, _Text] = field(default_factory=dict)
    _dark: list[Box] = field(default_factory=list)
    spilling: dict[int, Box] = field(default_factory=dict)  # text that leaves its clip, and the bounds of that
    _clips: dict[int, Box] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether glyphs must be looked up by the object that draws them."""
        return bool(self.doubts or self.faint or self.cut)

    def text(self, item: int, bounds: Bounds, matrix: Matrix, clip: Box | None) -> None:
        """Take note of a text object; `bounds` asks for its box, `matrix` leads from the space of its form to the page.

        `clip` is what of the page its form may draw on, None where it stands in none.
        """
        bright, alpha = _brightness(item)
        known = self._texts[item] = _Text(item, bounds, matrix, bright)
        if alpha < LEAST_ALPHA or calls.render_mode(item) in _INVISIBLE:
            self.doubts[item] = Doubt.NEVER
        elif bright >= PALE or (bright < DARK and self._dark and any(known.meets(dark) for dark in self._dark)):
            self.doubts[item] = Doubt.COLOUR
        elif (
            (self.layered and (clip is not None or calls.marks(item) > 0))
            or (clip not in (None, NO_LIMIT) and not _is_within(bounds(item, matrix), clip))
            or _leaves_clip(item, bounds, self._clips)
        ):
            self.doubts[item] = Doubt.BOUNDS
            self.spilling[item] = common(on_page(_last_clip(item, self._clips), matrix), clip or NO_LIMIT)
        if FAINT <= bright < PALE:
            self.faint.add(item)

    def clip_of(self, item: int) -> Box:
        """What a form object may draw on, in the space of what holds it."""
        clip = calls.clip_path(item)
        found = NO_LIMIT
        for number in range(max(0, calls.clip_paths(clip) if clip else 0)):
            found = common(found, _clip_bounds(clip, number, self._clips))
        return found

    def cover(self, box: Box, bright: int | None) -> None:
        """Take note of a filled shape or a picture: it lies over the text drawn before it, and under what follows."""
        if bright is not None and bright < DARK:
            self._dark.append(box)
        for at, known in self._texts.items():
            if self.doubts.get(at, Doubt.BOUNDS) is Doubt.BOUNDS and known.meets(box):
                self.doubts[at] = Doubt.COVER

    def is_covered(self, item: int) -> bool:
        """Whether what is not seen of an object is so for a shape: one that lies over it, or a dark one under dark print."""
        doubt = self.doubts.get(item)
        return doubt is Doubt.COVER or (doubt is Doubt.COLOUR and self._texts[item].bright < DARK)

    def drawn(self, page: pdfium.PdfPage) -> Sight | None:
        """The page drawn with and without the doubted objects; None where nothing need be looked at."""
        doubted = [at for at, doubt in self.doubts.items() if doubt is not Doubt.NEVER]
        if not doubted:
            return None
        whole, scale = _picture(page)
        for at in doubted:
            calls.set_active(at, False)
        without, _ = _picture(page)
        for at in doubted:
            calls.set_active(at, True)
        return Sight(ImageChops.difference(whole, without), without, scale, page.get_bbox(), page.get_rotation())

    def is_seen(self, at: int, ink: Box, sight: Sight | None) -> bool:
        """Whether a glyph of the object is seen."""
        doubt = self.doubts.get(at)
        if doubt is None or sight is None:
            return doubt is not Doubt.NEVER and not (self.cut and at not in self._texts)
        if doubt is Doubt.NEVER:
            return False
        if doubt is Doubt.COLOUR:
            return abs(self._texts[at].bright - sight.under(ink)) >= STANDS_OUT
        return sight.changes(ink) >= CHANGES


@dataclass(slots=True)
class Sight:
    """A page drawn: where the doubted objects change it, and what lies under them."""

    difference: Image.Image
    under_them: Image.Image
    scale: float
    frame: Box
    turn: int

    def changes(self, box: Box) -> int:
        """The largest change of brightness within a box of the page."""
        part = self._part(self.difference, box)
        return 0 if part is None else int(part.getextrema()[1])  # type: ignore[arg-type]

    def lost(self, box: Box) -> float:
        """How much of the ink that a box of the page has without the doubted objects is gone with them."""
        gone, ink = self._part(self.difference, box), self._part(self.under_them, box)
        if gone is None or ink is None:
            return 0.0
        held = 255 * ink.width * ink.height - sum(ImageStat.Stat(ink).sum)
        return float(sum(ImageStat.Stat(gone).sum) / max(held, 1.0))

    def under(self, box: Box) -> int:
        """The brightness that most of the box and around it has without the doubted objects; white outside the page."""
        more = (box[3] - box[1]) / 2  # other text may stand in the box itself
        part = self._part(self.under_them, (box[0] - more, box[1] - more, box[2] + more, box[3] + more))
        if part is None:
            return 255
        counts, seen = part.histogram(), 0
        for bright, count in enumerate(counts):
            seen += count
            if 2 * seen >= part.width * part.height:
                return bright
        return 255

    def _part(self, image: Image.Image, box: Box) -> Image.Image | None:
        left, bottom, right, top = self.frame
        x0, y0, x1, y1 = box[0] - left, top - box[3], box[2] - left, top - box[1]
        wide, high = right - left, top - bottom
        if self.turn == 90:
            x0, y0, x1, y1 = high - y1, x0, high - y0, x1
        elif self.turn == 180:
            x0, y0, x1, y1 = wide - x1, high - y1, wide - x0, high - y0
        elif self.turn == 270:
            x0, y0, x1, y1 = y0, wide - x1, y1, wide - x0
        pixels = [round(value * self.scale) for value in (x0, y0, x1, y1)]
        pixels = [
            max(0, pixels[0]),
            max(0, pixels[1]),
            min(image.width, pixels[2] + 1),
            min(image.height, pixels[3] + 1),
        ]
        return image.crop(tuple(pixels)) if pixels[0] < pixels[2] and pixels[1] < pixels[3] else None  # type: ignore[arg-type]


def overlays(page: pdfium.PdfPage) -> Iterator[Box]:
    """The boxes of annotations and form fields that show something of their own over the page."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            box = raw.FS_RECTF()
            if _shows(note) and raw.FPDFAnnot_GetRect(note, box):
                yield (
                    min(box.left, box.right),
                    min(box.bottom, box.top),
                    max(box.left, box.right),
                    max(box.bottom, box.top),
                )
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _shows(note: Any) -> bool:
    kind = raw.FPDFAnnot_GetSubtype(note)
    if kind in _SHOWN_UNDER or raw.FPDFAnnot_GetFlags(note) & _NOT_DRAWN:
        return False
    value = _WITH_VALUE.get(kind)
    # A field or box of text without a text shows nothing; the text is counted in bytes with its closing zero.
    drawn = raw.FPDFAnnot_GetObjectCount(note) > 0
    return value is None or drawn or raw.FPDFAnnot_GetStringValue(note, value, None, 0) > 2


def common(one: Box, other: Box) -> Box:
    """What two boxes have in common."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def on_page(box: Box, matrix: Matrix) -> Box:
    """What a box of a form is on the page; one without limits has none there."""
    if box == NO_LIMIT:
        return box
    ax, ay = apply(matrix, box[0], box[1])
    bx, by = apply(matrix, box[2], box[3])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _is_within(box: Box | None, outer: Box | None) -> bool:
    if box is None or outer is None:
        return True
    return box[0] >= outer[0] and box[1] >= outer[1] and box[2] <= outer[2] and box[3] <= outer[3]


def brightness(item: int) -> int:
    """How bright an object's filling is, of 0 (black) to 255 (white)."""
    return _brightness(item)[0]


_COLOUR, _POINT = calls.filled("IIII"), calls.filled("ff")


def _brightness(at: int) -> tuple[int, int]:
    if not calls.fill_colour(at, *_COLOUR.at):
        return 0, 255
    red, green, blue, alpha = _COLOUR.read()
    return (299 * red + 587 * green + 114 * blue) // 1000, alpha


def _leaves_clip(item: int, bounds: Bounds, known: dict[int, Box]) -> bool:
    """Whether the object, in the space of what holds it, reaches out of the first or the last path that clips it.

    known: the bounds of the page's clipping paths, which text objects share, by the address of their first point.
    """
    clip = calls.clip_path(item)
    count = calls.clip_paths(clip) if clip else 0
    if count < 1:
        return False
    own = bounds(item, IDENTITY)
    if own is None:
        return False
    for number in (0, count - 1) if count > 1 else (0,):
        within = _clip_bounds(clip, number, known)
        if not _is_within(own, within):
            return True
    return False


def _last_clip(at: int, known: dict[int, Box]) -> Box:
    """The bounds of the innermost path that clips an object; without limits where none does."""
    clip = calls.clip_path(at)
    count = calls.clip_paths(clip) if clip else 0
    return _clip_bounds(clip, count - 1, known) if count > 0 else NO_LIMIT


def _clip_bounds(clip: int, number: int, known: dict[int, Box]) -> Box:
    """The bounds of a clipping path, CLIP_EDGE wider all round; without limits where it has no points."""
    at = calls.clip_point(clip, number, 0) or 0
    found = known.get(at)
    if found is None:
        xs, ys = [], []
        for index in range(min(calls.clip_points(clip, number), MOST_CLIP)):
            calls.point(calls.clip_point(clip, number, index), *_POINT.at)
            x, y = _POINT.read()
            xs.append(x)
            ys.append(y)
        edge = CLIP_EDGE
        found = (min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge) if xs else NO_LIMIT
        known[at] = found
    return found


NO_LIMIT: Box = (-math.inf, -math.inf, math.inf, math.inf)


def _picture(page: pdfium.PdfPage) -> tuple[Image.Image, float]:
    scale = min(SEEN_SCALE, SEEN_SIDE / max(page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    return bitmap.to_pil().convert("L"), scale
