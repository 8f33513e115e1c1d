"""Read a page's glyphs and rules through PDFium: some ten times faster than parsing the page in Python."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetdata.base.raw import Box
from budgetdata.base.text import UNREAD
from budgetdata.layout.geometry import Page, RawGlyph, turned_box, upright
from budgetdata.readers.pdf import calls
from budgetdata.readers.pdf.hidden import Drawn, only_seen, with_cut_words, without_lost, without_spilled
from budgetdata.readers.pdf.limits import (
    CLIP_EDGE,
    LEAST_SIZE,
    MAX_DEPTH,
    MAX_GLYPHS,
    MAX_OBJECTS,
    SHORTEST,
    SLANT,
    THIN,
    WHITE,
)
from budgetdata.readers.pdf.seen import (
    IDENTITY,
    NO_LIMIT,
    Matrix,
    Sight,
    Watch,
    apply,
    brightness,
    common,
    on_page,
    overlays,
)

_UNREAD = ord(UNREAD)
_BLANK = 0x20
"""PDFium adds blanks and ends of lines of its own, and no sign above them."""
_HYPHENS = {0x02, 0xFFFE}  # PDFium's marks for a hyphen at a line's end


def read_page(document: pdfium.PdfDocument, index: int, layered: bool = False) -> Page:
    """The page's glyphs that are seen, its rules and pictures. `layered` where the document has layers that may be off.

    Raises pdfium.PdfiumError where the page cannot be loaded.
    """
    page = document[index]
    try:
        frame = _frame(page)
        shapes = _Shapes(frame, Watch(layered))
        shapes.collect(_address(page.raw), calls.object_count, calls.object_at, IDENTITY, 0)
        drawn, unmapped, unseen, cut = _glyphs(page, shapes.watch)
        glyphs, outside = _on_page(only_seen(drawn), frame)
        glyphs = _under_overlays(glyphs, list(overlays(page)))
        turn = (page.get_rotation() // 90) % 4
        result = upright(index + 1, frame, glyphs, shapes.visible(), turn)
        result.unmapped, result.unseen = unmapped, unseen + outside
        result.cut = shapes.watch.cut
        result.hidden_text = shapes.texts > 0 and not result.glyphs and not unseen
        result.cut_cells = [turned_box(box, result.turn, frame) for box in cut]
        result.images = [turned_box(box, result.turn, frame) for box in shapes.images]
        result.image_share = shapes.image_area / max(1.0, (frame[2] - frame[0]) * (frame[3] - frame[1]))
        return result
    finally:
        page.close()


def _frame(page: pdfium.PdfPage) -> Box:
    left, bottom, right, top = page.get_bbox()
    return left, bottom, right, top


def _on_page(glyphs: list[RawGlyph], frame: Box) -> tuple[list[RawGlyph], int]:
    """The glyphs that stand on the page, and how many do not."""
    left, bottom, right, top = frame
    kept = [
        glyph
        for glyph in glyphs
        if left <= (glyph.box[0] + glyph.box[2]) / 2 <= right and bottom <= glyph.origin[1] <= top
    ]
    return kept, _inked(glyphs) - _inked(kept) if len(kept) < len(glyphs) else 0


def _inked(glyphs: list[RawGlyph]) -> int:
    return sum(1 for glyph in glyphs if not glyph.text.isspace() and glyph.text != UNREAD)


def _under_overlays(glyphs: list[RawGlyph], boxes: list[Box]) -> list[RawGlyph]:
    """The glyphs, those under an annotation or form field made unread; over nothing, it stands there as one unread glyph."""
    for box in boxes:
        covered = {
            number
            for number, glyph in enumerate(glyphs)
            if box[0] <= (glyph.box[0] + glyph.box[2]) / 2 <= box[2]
            and box[1] <= (glyph.ink[1] + glyph.ink[3]) / 2 <= box[3]
            and not glyph.text.isspace()
        }
        if covered:
            glyphs = [g._replace(text=UNREAD) if number in covered else g for number, g in enumerate(glyphs)]
        else:
            size = min(box[3] - box[1], 10.0)
            base = (box[1] + box[3]) / 2 - 0.36 * size
            glyphs = [*glyphs, RawGlyph(UNREAD, box, box, (box[0], base), size, 0.0)]
    return glyphs


def _glyphs(page: pdfium.PdfPage, watch: Watch) -> tuple[list[Drawn], int, int, list[Box]]:
    """The glyphs that are drawn, the number of those without Unicode, which are unread, and of those not seen; the cells that
    cut their text off."""
    text_page = page.get_textpage()
    try:
        count = min(text_page.count_chars(), MAX_GLYPHS)
        sight = watch.drawn(page)
        drawn, unmapped, unseen, cut = _drawn(_address(text_page.raw), count, watch, sight)
        return without_lost(drawn, sight.lost) if unseen and sight else drawn, unmapped, unseen, cut
    finally:
        text_page.close()


def _drawn(held: int, count: int, watch: Watch, sight: Sight | None) -> tuple[list[Drawn], int, int, list[Box]]:
    """`_glyphs` of the text page at an address. One loop on purpose: it runs for every glyph of every page."""
    glyphs: list[Drawn] = []
    clips: dict[int, Box] = {}
    covered: set[int] = set()
    unmapped, unseen, asks = 0, 0, watch.asks
    read, (ink_left, ink_right, ink_bottom, ink_top, across, up, around, *_) = _GLYPH
    last, size, turn, large = 0, 0.0, 0.0, False
    for index in range(count):
        code = calls.code_of(held, index)
        if code <= _BLANK and (code in (10, 13) or calls.is_generated(held, index) == 1):
            continue
        if code == 0 or calls.is_unmapped(held, index) == 1:
            unmapped += 1
            code = _UNREAD
        item = calls.text_object(held, index) or 0
        if item != last or not item:  # the glyphs of one object are of one size and direction
            last = 0
            if not calls.matrix_of(held, index, _MATRIX.at[0]):
                continue
            a, b, c, d, _, _ = _MATRIX.read()
            last, turn = item, math.atan2(b, a)
            size = calls.font_size(held, index) * math.hypot(c, d)
            large = size >= LEAST_SIZE
        calls.origin_of(held, index, across, up)
        calls.advance_of(held, index, around)
        calls.ink_of(held, index, ink_left, ink_right, ink_bottom, ink_top)
        x0, x1, y0, y1, x, y, left, top, right, bottom = read()
        ink, loose = (x0, y0, x1, y1), (left, bottom, right, top)
        faint, seen = False, large
        if asks:
            faint = item in watch.faint
            seen = seen and watch.is_seen(item, ink, sight)
            if item in watch.spilling:
                clips[len(glyphs)] = watch.spilling[item]
            if not seen and watch.is_covered(item):
                covered.add(len(glyphs))
        drawn = "-" if code in _HYPHENS else chr(code)
        unseen += not seen and not drawn.isspace()
        glyphs.append((RawGlyph(drawn, loose, ink, (x, y), size if large else LEAST_SIZE, turn, faint), seen))
    glyphs = with_cut_words(glyphs, covered) if covered else glyphs
    kept, cut = without_spilled(glyphs, clips) if clips else (glyphs, [])
    return kept, unmapped, unseen, cut


class _Shapes:
    """Walks page objects in the order they are drawn: keeps straight thin ones and images, tells `watch` of the rest."""

    def __init__(self, frame: Box, watch: Watch) -> None:
        self.watch = watch
        self.images: list[Box] = []
        self.image_area = 0.0
        self.texts = 0
        self._rules: list[tuple[Box, float]] = []
        self._white: list[tuple[Box, float]] = []
        self._shades: list[Box] = []
        self._frame = frame
        self._left = MAX_OBJECTS

    def visible(self) -> list[tuple[Box, float]]:
        """The boxes of all rules that can be seen: white ones only where they lie on a shade."""
        return self._rules + [
            (box, thick) for box, thick in self._white if any(_inside(box, shade) for shade in self._shades)
        ]

    def collect(
        self,
        holder: int,
        count: Callable[..., int],
        get: Callable[..., int],
        matrix: Matrix,
        depth: int,
        clip: Box | None = None,
    ) -> None:
        """Add the objects of a page or a form; `matrix` maps the holder's space to the page's, `clip` bounds a form there."""
        for index in range(count(holder)):
            self._left -= 1
            if self._left < 0:
                self.watch.cut = True
                return
            item = get(holder, index)
            kind = calls.kind_of(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix, clip)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self.texts += 1
                self.watch.text(item, _bounds, matrix, clip)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                box = _within(_bounds(item, matrix), clip)
                if box is not None:
                    self._image(box)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth >= MAX_DEPTH:
                self.watch.cut = True
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                inner = _product(_matrix(item), matrix)
                within = common(on_page(self.watch.clip_of(item), matrix), clip or NO_LIMIT)
                self.collect(item, calls.form_count, calls.form_object_at, inner, depth + 1, within)

    def _image(self, box: Box) -> None:
        frame = self._frame
        wide = min(box[2], frame[2]) - max(box[0], frame[0])
        high = min(box[3], frame[3]) - max(box[1], frame[1])
        if wide > 0 and high > 0:
            if min(wide, high) <= THIN and max(wide, high) > 10:  # some producers draw their rules as images
                self._add(self._rules, box, min(wide, high))
            self.image_area += wide * high
            self.images.append(box)
            self.watch.cover(box, None)

    def _path(self, item: int, matrix: Matrix, clip: Box | None) -> None:
        fill, stroke = _MODE.read() if calls.draw_mode(item, *_MODE.at) else (0, 0)
        if not (fill or stroke):
            return
        box = _within(_bounds(item, matrix), clip)
        if box is None:
            return
        if stroke:
            self._stroked(item, matrix, clip)
        else:
            self._filled(item, matrix, box, clip)

    def _filled(self, item: int, matrix: Matrix, box: Box, clip: Box | None) -> None:
        wide, high = box[2] - box[0], box[3] - box[1]
        rules = self._white if _is_white(item, calls.fill_colour) else self._rules
        if min(wide, high) <= THIN:
            self._add(rules, box, min(wide, high))
            return
        if rules is self._rules:
            self._shades.append(box)
        self.watch.cover(box, brightness(item))
        if calls.segment_count(item) > 5:
            for part in _subpaths(item, matrix):
                xs, ys = [x for x, _ in part], [y for _, y in part]
                inner = _within((min(xs), min(ys), max(xs), max(ys)), clip)
                thick = min(inner[2] - inner[0], inner[3] - inner[1]) if inner else math.inf
                if inner and thick <= THIN:
                    self._add(rules, inner, thick)

    def _stroked(self, item: int, matrix: Matrix, clip: Box | None) -> None:
        rules = self._white if _is_white(item, calls.stroke_colour) else self._rules
        calls.stroke_width(item, _POINT.at[0])
        thick = _POINT.read()[0] * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        for part in _subpaths(item, matrix):
            for (ax, ay), (bx, by) in pairwise(part):
                if abs(ax - bx) <= SLANT or abs(ay - by) <= SLANT:
                    drawn = _within((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), clip)
                    if drawn:
                        self._add(rules, drawn, thick)

    @staticmethod
    def _add(rules: list[tuple[Box, float]], box: Box, thick: float) -> None:
        if max(box[2] - box[0], box[3] - box[1]) >= SHORTEST:
            rules.append((box, thick))


def _is_white(item: int, colour: Callable[..., int]) -> bool:
    if not colour(item, *_COLOUR.at):
        return False
    red, green, blue, alpha = _COLOUR.read()
    return bool(alpha == 0 or min(red, green, blue) >= WHITE)


def _within(box: Box | None, clip: Box | None) -> Box | None:
    """What of a box its form's clip lets be drawn, None where that is nothing; all of it where no clip bounds it."""
    if box is None or clip is None:
        return box
    drawn = common(box, clip)
    least, whole = (min(each[2] - each[0], each[3] - each[1]) for each in (drawn, box))
    return drawn if least >= 0 and not least <= CLIP_EDGE < whole else None


def _inside(box: Box, shade: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return shade[0] - 1 <= x <= shade[2] + 1 and shade[1] - 1 <= y <= shade[3] + 1


_GLYPH = calls.filled("ddddddffff")
"""Of a glyph the sides of its ink (left, right, bottom, top), its origin, and its advance box (left, top, right, bottom)."""
_BOUNDS, _MATRIX, _POINT = calls.filled("ffff"), calls.filled("ffffff"), calls.filled("ff")
_COLOUR, _MODE = calls.filled("IIII"), calls.filled("ii")


def _address(handle: Any) -> int:
    """The address of a page, or of its text."""
    return ctypes.addressof(handle.contents)


def _bounds(item: int, matrix: Matrix) -> Box | None:
    if not calls.bounds_of(item, *_BOUNDS.at):
        return None
    left, bottom, right, top = _BOUNDS.read()
    box = (left, bottom, right, top)
    return box if matrix is IDENTITY else on_page(box, matrix)


def _matrix(item: int) -> Matrix:
    if not calls.object_matrix(item, _MATRIX.at[0]):
        return IDENTITY
    a, b, c, d, e, f = _MATRIX.read()
    return a, b, c, d, e, f


def _subpaths(item: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The straight parts of a path, each as its points in page space; curves end a part."""
    own = _product(_matrix(item), matrix)
    part: list[tuple[float, float]] = []
    for index in range(min(calls.segment_count(item), MAX_OBJECTS)):
        segment = calls.segment_at(item, index)
        calls.point(segment, *_POINT.at)
        point = apply(own, *_POINT.read())
        if part and calls.segment_kind(segment) == raw.FPDF_SEGMENT_LINETO:
            part.append(point)
        else:
            if len(part) > 1:
                yield part
            part = [point]
        if calls.segment_closes(segment) and len(part) > 1:
            part.append(part[0])
    if len(part) > 1:
        yield part


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
