"""An invented disclosure typeset: ruled tables that run over pages with their heads repeated, and sentences between them."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as Grid

from benchmarks.made.printed import Printed, Row, Table, chinese

FONT = "STSong-Light"
_STYLE = ParagraphStyle("plain", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
_WIDTH = 760.0


def write_pdf(printed: Printed, path: Path, corrected: bool, unit: bool) -> None:
    """The document as a PDF at `path`."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    year, whose = printed.year, "单位" if unit else "部门"
    story = [*_lines(printed.department, f"{year}年度{whose}预算公开{'（更正）' if corrected else ''}"), PageBreak()]
    story += _lines(f"第二部分 {year}年{whose}预算报表")
    for table in printed.tables:
        story += [
            *_lines(table.title, f"部门名称：{printed.department}", "单位：万元"),
            _grid(table),
            *_lines(table.note),
            PageBreak(),
        ]
    story += _lines(f"第三部分 {year}年度{whose}预算情况说明")
    for number, (title, sentence) in enumerate(printed.sections):
        story += _lines(f"{chinese(number + 1)}、{title}", sentence)
    for sheet in printed.sheets:
        story += [PageBreak(), *_lines("项目支出绩效目标表", f"（{year}年度）"), _sheet(sheet)]
    margins = {"leftMargin": 40, "rightMargin": 40, "topMargin": 45, "bottomMargin": 40}
    document = SimpleDocTemplate(str(path), pagesize=landscape(A4), invariant=1, **margins)
    document.build(story, onFirstPage=_number, onLaterPages=_number)


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 8)
    canvas.drawCentredString(420, 20, f"- {document.page} -")


def _lines(*texts: str) -> list[Flowable]:
    return [Paragraph(escape(text), _STYLE) for text in texts if text]


def _grid(table: Table) -> Grid:
    """A list or a balance: its head merged where a head cell is followed by blanks, repeated on each page."""
    width = max(len(row) for row in (*table.head, *table.rows))
    spans = [(line, start, end) for line, row in enumerate(table.head) for start, end in _merged(row, table.head, line)]
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("FONTNAME", (0, 0), (-1, -1), FONT),
    ]
    style += [("SPAN", (start, line), (end, line)) for line, start, end in spans]
    return _made([*table.head, *table.rows], width, style, len(table.head))


def _merged(row: Row, head: list[Row], line: int) -> list[tuple[int, int]]:
    """(first, last) column of each head cell that covers the blanks after it, where the next head row names its parts."""
    found: list[tuple[int, int]] = []
    if line + 1 == len(head):
        return found
    for start, cell in enumerate(row):
        end = start
        while cell and end + 1 < len(row) and not row[end + 1] and head[line + 1][end + 1]:
            end += 1
        if end > start:
            found.append((start, end))
    return found


def _sheet(rows: list[Row]) -> Grid:
    width = max(len(row) for row in rows)
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("FONTNAME", (0, 0), (-1, -1), FONT),
    ]
    return _made(rows, width, style, 0)


def _made(rows: list[Row], width: int, style: list[tuple[object, ...]], repeated: int) -> Grid:
    cells = [
        [Paragraph(escape(cell), _STYLE) if cell else "" for cell in (*row, *[""] * (width - len(row)))] for row in rows
    ]
    return Grid(cells, colWidths=[_WIDTH / width] * width, repeatRows=repeated, style=style)
