"""Budget tables typeset as three-line tables over pages: rules above and below the head and at the end, none upright."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from budgetdata.base.money import parse_amount
from budgetdata.base.raw import Block, RawTable

FONT = "STSong-Light"
WIDTH = 760
MOST_WIDE = 60
"""Characters; a text longer than this makes its column no wider."""
MOST_HEAD = 4
"""Rows; what prints its first amount further below has a head of one row."""


def typeset(path: Path, blocks: list[Block], repeat: bool) -> Path:
    """A PDF of the blocks, each table on a page of its own and over as many more as it takes; its head on each where `repeat`."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
    story: list[object] = []
    for block in blocks:
        if isinstance(block, RawTable):
            story += [_table(block, plain, repeat), PageBreak()]
        else:
            story.append(Paragraph(block.text.replace("<", "").replace("&", ""), plain))
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=40, rightMargin=40).build(story)
    return path


def _table(block: RawTable, plain: ParagraphStyle, repeat: bool) -> Table:
    width = block.width
    head = next((n for n, row in enumerate(block.rows) if any(_is_amount(text) for text in row.cells)), 1) or 1
    head = head if head <= MOST_HEAD else 1
    style = [
        ("FONT", (0, 0), (-1, -1), FONT, 7),
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, colors.black),
        ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.6, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1.2, colors.black),
    ]
    rows = [[*row.cells, *[""] * (width - len(row.cells))] for row in block.rows]
    body = [[cell if _is_amount(cell) or not cell else Paragraph(cell, plain) for cell in row] for row in rows]
    widths = _widths(rows, width)
    return Table(body, colWidths=widths, repeatRows=head if repeat else 0, style=style, splitInRow=1)


def _widths(rows: list[list[str]], width: int) -> list[float]:
    """Widths by what the columns hold: none so narrow that a long text fills more than a page."""
    longest = [max(8, *(min(len(row[column]), MOST_WIDE) for row in rows)) for column in range(width)]
    return [WIDTH * length / sum(longest) for length in longest]


def _is_amount(text: str) -> bool:
    return parse_amount(text, "元") is not None
