"""The invented budget printed as a PDF by ReportLab: ruled, with three-line tables, or ruled under a tiled watermark.

`python tests/helpers/printing.py` writes the three samples of tests/samples anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from invented import Block, Made, invented
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
KINDS = ("ruled", "three_line", "watermark")
SAMPLES = Path(__file__).parents[1] / "samples"
_PLAIN = ParagraphStyle("plain", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
_WIDTH = 760


def sample(kind: str) -> Path:
    """The committed sample of a kind."""
    return SAMPLES / f"invented_{kind}.pdf"


def as_pdf(blocks: Sequence[Block], path: Path, kind: str) -> None:
    """Print the blocks; performance sheets are ruled in every kind."""

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawCentredString(420, 20, f"- {document.page} -")
        if kind == "watermark":
            canvas.setFillGray(0.8)
            for x in range(20, 820, 110):
                for y in range(40, 580, 45):
                    canvas.drawString(x, y, "虚构县内部")

    story: list[Flowable] = []
    for block in blocks:
        story += [Paragraph(block, _PLAIN)] if isinstance(block, str) else [_table(block, kind), Spacer(1, 14)]
    margins = {"leftMargin": 40, "rightMargin": 40, "topMargin": 45, "bottomMargin": 40}
    document = SimpleDocTemplate(str(path), pagesize=landscape(A4), invariant=1, **margins)
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)


def _table(made: Made, kind: str) -> Table:
    width = max(len(row) for row in made.rows)
    shares = list(made.widths) if len(made.widths) == width else [1] * width
    widths = [_WIDTH * share / sum(shares) for share in shares]
    rows = [[_cell(cell) for cell in [*row, *[""] * (width - len(row))]] for row in made.rows]
    style = [("FONT", (0, 0), (-1, -1), FONT, 9), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    style += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in made.spans]
    head = next((number for number, row in enumerate(made.rows) if any(map(_AMOUNT.fullmatch, row))), 0)
    if kind == "three_line" and head and not any("绩效" in cell for row in made.rows for cell in row):
        style += [
            ("LINEABOVE", (0, 0), (-1, 0), 1.4, colors.black),
            ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.6, colors.black),
            ("LINEBELOW", (0, -1), (-1, -1), 1.4, colors.black),
            ("ALIGN", (0, 0), (-1, head - 1), "CENTER"),
        ]
    else:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    return Table(rows, colWidths=widths, style=style)


def _cell(text: str) -> str | Paragraph:
    return Paragraph(text, _PLAIN) if len(text) > 12 else text


if __name__ == "__main__":
    for name in sys.argv[1:] or KINDS:
        as_pdf(invented(), sample(name), name)
