"""Pages of a PDF edited: text taken out, painted, moved or printed, by where it stands.

Boxes are in points and counted from the top of the page as it is shown, turned where it is, as boxes of figures are.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

Box = tuple[float, float, float, float]
FONT = "STSong-Light"

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SHOWS = {"Tj", "TJ", "'", '"'}
_COLOURS = {"g", "rg", "k", "cs", "sc", "scn"}


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class Pen:
    """Where a page's content stream stands while its instructions are gone through: matrices of space and of text."""

    def __init__(self) -> None:
        self.space, self.stack = _SAME, list[tuple[Matrix, list[Any]]]()
        self.line = self.text = _SAME
        self.leading = 0.0
        self.size = 0.0
        self.colour: list[Any] = []
        """The instructions that set the colour of text."""

    def follow(self, operator: str, given: list[float]) -> None:
        """Take an instruction into account."""
        if operator == "q":
            self.stack.append((self.space, self.colour))
        elif operator == "Q" and self.stack:
            self.space, self.colour = self.stack.pop()
        elif operator == "cm":
            self.space = _times(tuple(given), self.space)  # type: ignore[arg-type]
        elif operator == "BT":
            self.line = self.text = _SAME
        elif operator == "Tm":
            self.line = self.text = tuple(given)  # type: ignore[assignment]
        elif operator == "TL":
            self.leading = given[0]
        elif operator in ("Td", "TD"):
            self.leading = -given[1] if operator == "TD" else self.leading
            self._down(given[0], given[1])
        elif operator in ("T*", "'", '"'):
            self._down(0.0, -self.leading)

    def _down(self, x: float, y: float) -> None:
        self.line = self.text = _times((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def at(self, x: float = 0.0, y: float = 0.0, *, of_text: bool = True) -> tuple[float, float]:
        """A point of the text (or of the space) on the page."""
        made = _times((1.0, 0.0, 0.0, 1.0, x, y), _times(self.text, self.space) if of_text else self.space)
        return made[4], made[5]


def instructions_of(page: pikepdf.Page) -> Iterator[tuple[Any, str, Pen]]:
    """The instructions of a page, each with its operator and the pen as it stands once it is followed."""
    pen = Pen()
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        numbers = operator in ("cm", "Tm", "TL", "Td", "TD")
        pen.follow(operator, [float(value) for value in instruction.operands] if numbers else [])
        if operator == "Tf":
            pen.size = float(instruction.operands[1])
        elif operator in _COLOURS:
            pen.colour = [*pen.colour, instruction] if operator in ("sc", "scn") else [instruction]
        yield instruction, operator, pen


def shown_at(page: pikepdf.Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of a page is shown, counted from the top."""
    wide, high = float(page.mediabox[2]), float(page.mediabox[3])
    turned = int(page.obj.get("/Rotate", 0)) % 360
    return {0: (x, high - y), 90: (y, x), 180: (wide - x, y), 270: (high - y, wide - x)}[turned]


def lies_at(page: pikepdf.Page, box: Box) -> Box:
    """What a box is on the page itself: left, bottom, right, top."""
    wide, high = float(page.mediabox[2]), float(page.mediabox[3])
    left, top, right, bottom = box
    turned = int(page.obj.get("/Rotate", 0)) % 360
    return {
        0: (left, high - bottom, right, high - top),
        90: (top, left, bottom, right),
        180: (wide - right, top, wide - left, bottom),
        270: (wide - bottom, high - right, wide - top, high - left),
    }[turned]


def white_box(document: pikepdf.Pdf, number: int, box: Box) -> None:
    """A white rectangle over a box counted from the top."""
    page = document.pages[number - 1]
    left, bottom, right, top = lies_at(page, box)
    page.contents_add(b"q", prepend=True)
    drawn = f"Q q 1 1 1 rg {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f Q"
    page.contents_add(drawn.encode("ascii"))


def without_text(document: pikepdf.Pdf, number: int, box: Box) -> int:
    """Take the text that begins in a box out of a page; how many pieces that were."""
    return text_replaced(document, number, box, lambda instruction, pen: [])


def text_shown(document: pikepdf.Pdf, number: int, box: Box) -> int:
    """How many pieces of text begin in a box."""
    return text_replaced(document, number, box, lambda instruction, pen: [instruction])


def painted_text(document: pikepdf.Pdf, number: int, box: Box, operators: bytes, back: bytes = b"") -> int:
    """Put operators before the text that begins in a box, and those behind it that undo them; how many pieces that were.

    Without `back` the colour is put back as it was.
    """
    before, after = (list(pikepdf.parse_content_stream(document.make_stream(part))) for part in (operators, back))
    black = list(pikepdf.parse_content_stream(document.make_stream(b"0 g")))
    return text_replaced(
        document, number, box, lambda instruction, pen: [*before, instruction, *(after or pen.colour or black)]
    )


def split_text(document: pikepdf.Pdf, number: int, box: Box, across: float, down: float) -> int:
    """Move the second half of each text of two characters a byte pair that begins in a box; how many pieces that were."""

    def halves(instruction: Any, pen: Pen) -> list[Any]:
        if str(instruction.operator) != "Tj":
            return [instruction]
        text = bytes(instruction.operands[0])
        half = len(text) // 4 * 2
        if len(text) % 2 or not half:
            return [instruction]
        show, move = pikepdf.Operator("Tj"), pikepdf.Operator("Td")
        right = half / 2 * pen.size + across
        return [
            pikepdf.ContentStreamInstruction([pikepdf.String(text[:half])], show),
            pikepdf.ContentStreamInstruction([right, -down], move),
            pikepdf.ContentStreamInstruction([pikepdf.String(text[half:])], show),
            pikepdf.ContentStreamInstruction([-right, down], move),
        ]

    return text_replaced(document, number, box, halves)


def text_replaced(document: pikepdf.Pdf, number: int, box: Box, instead: Callable[[Any, Pen], list[Any]]) -> int:
    """Put other operators in the place of those that show the text that begins in a box; how many pieces that were."""
    page = document.pages[number - 1]
    kept, met = list[Any](), 0
    for instruction, operator, pen in instructions_of(page):
        x, y = shown_at(page, *pen.at())
        if operator in _SHOWS and box[0] - 1 <= x <= box[2] and box[1] <= y <= box[3] + 1:
            met += 1
            kept += instead(instruction, pen)
        else:
            kept.append(instruction)
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
    return met


def band_copied(document: pikepdf.Pdf, number: int, box: Box, down: float) -> None:
    """Draw what a page shows in a box once more, so much further down."""
    page = document.pages[number - 1]
    left, bottom, right, top = lies_at(page, box)
    (x, y, *_), (x0, y0, *_) = lies_at(page, (0.0, down, 0.0, down)), lies_at(page, (0.0, 0.0, 0.0, 0.0))
    shown = page.as_form_xobject()
    shown.write(shown.read_bytes())  # as it is now: it would draw itself, with all that is added below
    name = page.add_resource(shown, pikepdf.Name.XObject)
    page.contents_add(b"q", prepend=True)
    clip = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re W n"
    page.contents_add(f"Q q 1 0 0 1 {x - x0:.2f} {y - y0:.2f} cm {clip} {name} Do Q".encode("ascii"))


def printed(text: str, x: float, y: float, size: tuple[float, float]) -> io.BytesIO:
    """A page with one text on it."""
    registerFont(UnicodeCIDFont(FONT))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size)
    canvas.setFont(FONT, 9)
    canvas.drawString(x, y, text)
    canvas.save()
    made.seek(0)
    return made
