"""Read a page's glyphs and rules through pdfplumber: slower, and the second opinion where PDFium finds no text."""

from __future__ import annotations

import math
import zlib
from itertools import pairwise
from typing import Any

from pdfminer import pdftypes
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF

from budgetdata.base.raw import Box
from budgetdata.layout.geometry import Page, RawGlyph, upright
from budgetdata.readers.pdf.limits import SLANT, THIN, WHITE


def decompressed(data: bytes) -> bytes:
    """The bytes of a compressed stream whose check sum is wrong or lost. Raises zlib.error where it is damaged before that.

    In place of pdfminer's own, which copies all that it has for each byte more: where others want the memory, 16 streams took
    a dozen seconds.
    """
    stream, parts = zlib.decompressobj(), []
    for at in range(len(data)):
        try:
            parts.append(stream.decompress(data[at : at + 1]))
        except zlib.error:
            if at < len(data) - 3:
                raise
            break
    return b"".join(parts)


pdftypes.decompress_corrupted = decompressed


def read_page(document: PDF, index: int) -> Page:
    """The page's glyphs, rules and share of image."""
    source = document.pages[index]
    try:
        frame = (0.0, 0.0, float(source.width), float(source.height))
        glyphs = [glyph for char in source.chars for glyph in _glyphs(char) if "(cid:" not in char["text"]]
        page = upright(index + 1, frame, glyphs, _rules(source), 0)
        page.unmapped = sum("(cid:" in char["text"] for char in source.chars)
        area = sum(float(image["width"]) * float(image["height"]) for image in source.images)
        page.image_share = area / max(1.0, frame[2] * frame[3])
        return page
    finally:
        source.close()


def _glyphs(char: dict[str, Any]) -> list[RawGlyph]:
    a, b, c, d, e, f = char["matrix"]
    box = (char["x0"], char["y0"], char["x1"], char["y1"])
    height = char["height"] if abs(a) >= abs(b) else char["width"]
    size = height or math.hypot(c, d)
    # pdfplumber knows no ink; a flat box leaves the middle to the baseline.
    return [RawGlyph(text, box, (e, f, e, f), (e, f), size, math.atan2(b, a)) for text in char["text"]]


def _rules(source: PlumberPage) -> list[tuple[Box, float]]:
    rules: list[tuple[Box, float]] = []
    for line in source.lines:
        if not _white(line["stroking_color"]):
            rules.append((_box(line), float(line["linewidth"] or 0)))
    for shape in (*source.rects, *source.curves):
        box = _box(shape)
        thick = min(box[2] - box[0], box[3] - box[1])
        if shape["fill"] and not shape["stroke"] and thick <= THIN and not _white(shape["non_stroking_color"]):
            rules.append((box, thick))
    for rect in source.rects:
        x0, bottom, x1, top = _box(rect)
        if rect["stroke"] and not _white(rect["stroking_color"]):
            edges = ((x0, bottom, x1, bottom), (x0, top, x1, top), (x0, bottom, x0, top), (x1, bottom, x1, top))
            rules += [(edge, float(rect["linewidth"] or 0)) for edge in edges]
    for curve in source.curves:
        points = [(x, float(source.height) - y) for x, y in curve["pts"]]
        for (ax, ay), (bx, by) in pairwise(points):
            if curve["stroke"] and (abs(ax - bx) <= SLANT or abs(ay - by) <= SLANT):
                rules.append(((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), float(curve["linewidth"] or 0)))
    return rules


def _box(item: dict[str, Any]) -> Box:
    return float(item["x0"]), float(item["y0"]), float(item["x1"]), float(item["y1"])


def _white(colour: Any) -> bool:
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    if len(colour) == 4:  # CMYK
        return not any(colour)
    return bool(colour) and min(colour) >= WHITE / 255
