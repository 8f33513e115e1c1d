"""The glyphs of a PDF page with the operator of its content that shows each: where a text must be cut to take them out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix, mult_matrix

_LONGEST_CODE = 4
Stream = tuple[str, int]
"""A content stream: ("page", its index) or ("form", the number of its object)."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A glyph: what it shows, where, and which bytes of which operand of which operator show it.

    operator counts the operators that show text in the stream; gap is what a number in their place must be for all
    that follows to stay where it is, in thousandths of the size.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    stream: Stream
    operator: int
    item: int
    first: int
    end: int
    gap: float


class _Listener(PDFTextDevice):
    """Notes each glyph that the interpreter shows, and the operands it met, by stream and operator."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.strokes: list[Stroke] = []
        self.operands: dict[tuple[Stream, int], list[Any]] = {}
        self.stream: Stream = ("page", 0)
        self.operator = 0

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        font: PDFFont = textstate.font
        x, y = textstate.linematrix
        base = mult_matrix(textstate.matrix, self.ctm or (1, 0, 0, 1, 0, 0))
        scale = textstate.scaling * 0.01
        upright = font.is_vertical()
        for item, operand in enumerate(seq):
            if isinstance(operand, (int, float)):
                moved = -operand * 0.001 * textstate.fontsize * (1 if upright else scale)
                x, y = (x, y + moved) if upright else (x + moved, y)
                continue
            first = 0
            for cid, length in _codes(font, operand if isinstance(operand, bytes) else b""):
                space = textstate.wordspace if cid == 32 and not font.is_multibyte() else 0.0
                wide = font.char_width(cid)
                advance = (wide * textstate.fontsize + textstate.charspace + space) * (1 if upright else scale)
                gap = -1000 * advance / (textstate.fontsize * (1 if upright else scale) or 1)
                place = _on_page(base, (x, y), advance, textstate.fontsize)
                self.strokes.append(
                    Stroke(_shown(font, cid), *place, self.stream, self.operator, item, first, first + length, gap)
                )
                first += length
                x, y = (x, y + advance) if upright else (x + advance, y)
        textstate.linematrix = (x, y)


def _shown(font: PDFFont, cid: int) -> str:
    try:
        return str(font.to_unichr(cid))
    except PDFUnicodeNotDefined:
        return ""


def _on_page(base: Matrix, at: tuple[float, float], advance: float, size: float) -> tuple[float, float, float, float]:
    """Where a glyph begins on the page, how wide it is, and its size."""
    a, b, c, d, e, f = base
    x, y = a * at[0] + c * at[1] + e, b * at[0] + d * at[1] + f
    return x, y, abs(advance) * math.hypot(a, b), abs(size) * math.hypot(c, d)


def _codes(font: PDFFont, data: bytes) -> list[tuple[int, int]]:
    """The characters of a string by their code in the font, and how many bytes each takes."""
    codes = list(font.decode(data))
    for length in (1, 2):
        if len(codes) * length == len(data):
            return [(code, length) for code in codes]
    lengths: list[tuple[int, int]] = []
    at = 0
    while at < len(data):
        length = next((n for n in range(1, _LONGEST_CODE + 1) if len(list(font.decode(data[at : at + n]))) == 1), 1)
        lengths.append((next(iter(font.decode(data[at : at + length])), 0), length))
        at += length
    return lengths


class _Interpreter(PDFPageInterpreter):
    """Tells the listener which stream and operator it is at."""

    device: _Listener

    def render_contents(self, resources: Any, streams: Sequence[Any], ctm: Any = (1, 0, 0, 1, 0, 0)) -> None:
        outer = self.device.stream, self.device.operator
        number = getattr(streams[0], "objid", None) if len(streams) == 1 else None
        if getattr(self, "_within_page", False):
            self._within_page = False
        else:
            self.device.stream = ("form", number or 0)
        self.device.operator = -1
        super().render_contents(resources, streams, ctm=ctm)
        self.device.stream, self.device.operator = outer

    def process_page(self, page: PDFPage) -> None:
        self._within_page = True
        super().process_page(page)

    def do_TJ(self, seq: Any) -> None:
        self.device.operator += 1
        self.device.operands[self.device.stream, self.device.operator] = list(seq)
        super().do_TJ(seq)


def strokes_of(page: PDFPage, index: int) -> tuple[list[Stroke], dict[tuple[Stream, int], list[Any]]]:
    """The glyphs of a page in the order of its content, and the operands of every operator that shows text."""
    manager = PDFResourceManager()
    listener = _Listener(manager)
    listener.stream = ("page", index)
    _Interpreter(manager, listener).process_page(page)
    return listener.strokes, listener.operands
