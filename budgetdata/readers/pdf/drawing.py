"""A page of a PDF drawn in the process that opens it: whole with boxes, or the part around one box."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from budgetdata.base.errors import DocumentError
from budgetdata.readers.pdf.opened import open_here
from budgetdata.readers.pdf.pdfium import read_page

DPI = 110
CLIP_DPI = 150
MOST_SIDE = 4000  # pixels: a page is drawn no larger
AROUND = 46.0  # points shown above and below a clip's box
FRAME, MARK, HIDDEN = (30, 110, 200), (190, 40, 40), (150, 150, 150)


def draw_here(path: Path, task: dict[str, Any]) -> str:
    """The picture asked for, drawn in this process, as base64. Raises DocumentError."""
    with open_here(path) as document:
        if not 1 <= int(task["page"]) <= len(document):
            raise DocumentError(f"page {task['page']}: the document has {len(document)}")
        try:
            image, scale = _drawn(document, int(task["page"]) - 1, CLIP_DPI if "clip" in task else DPI)
        except pdfium.PdfiumError as error:
            raise DocumentError(f"page {task['page']} is damaged ({error}); fetch the file again") from error
    image = _strip(image, scale, task["clip"]) if "clip" in task else _framed(image, scale, task)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _drawn(document: pdfium.PdfDocument, index: int, dpi: int) -> tuple[Image.Image, float]:
    """The page as the reader turns it, and its pixels per point."""
    read = read_page(document, index)
    page = document[index]
    try:
        scale = min(dpi / 72, MOST_SIDE / max(page.get_size()))
        more = (90 * read.turn - page.get_rotation()) % 360 if read.glyphs else 0
        return page.render(scale=scale, rotation=more).to_pil().convert("RGB"), scale
    finally:
        page.close()


def _framed(image: Image.Image, scale: float, task: dict[str, Any]) -> Image.Image:
    draw = ImageDraw.Draw(image)
    for box in task["hidden"]:
        draw.rectangle(_pixels(box, scale), fill=HIDDEN)
    for box in task["boxes"]:
        draw.rectangle(_pixels(box, scale), outline=FRAME, width=2)
    return image


def _strip(image: Image.Image, scale: float, box: list[float]) -> Image.Image:
    left, top, right, bottom = _pixels(box, scale)
    ImageDraw.Draw(image).rectangle((left, top, right, bottom), outline=MARK, width=3)
    above = max(0, top - round(AROUND * scale))
    below = min(image.height, bottom + round(AROUND * scale))
    return image.crop((0, min(above, image.height - 1), image.width, max(below, above + 1)))


def _pixels(box: list[float], scale: float) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (round(value * scale) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
