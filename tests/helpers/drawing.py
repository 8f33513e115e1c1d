"""PDFs drawn for one test: texts, tables and scans at given places, and what was read of them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pdfplumber
import pytest
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import Paragraph, RawDocument
from budgetdata.base.text import key
from budgetdata.readers.pdf import plumber as pdf_plumber
from budgetdata.readers.pdf.assembled import assemble
from budgetdata.readers.pdf.process import read_pdf

FONT = "STSong-Light"
WIDTH, HEIGHT = 595, 842
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

HEAD = ["项目", "合计", "基本支出", "项目支出"]
BODY = [["行政运行", "7.57", "7.57", ""], ["招商引资", "94.30", "", "94.30"], ["合计", "101.87", "7.57", "94.30"]]


def worked() -> float:
    """Seconds of processor time that this process and those it started have used: what a busy machine cannot change."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def drawn(tmp_path: Path, *pages: Callable[[Canvas], None], size: tuple[float, float] = (WIDTH, HEIGHT), **kw) -> Path:
    """A PDF whose pages are drawn by the given functions."""
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path), pagesize=size, **kw)
    for page in pages:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text_at(canvas: Canvas, x: float, top: float, text: str, size: float = 10) -> None:
    """Print the text with its baseline `top` points below the page's upper edge."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - top, text)


def table_on(canvas: Canvas, rows: list[list[str]], top: float, style: Iterable[tuple] = (), **kw) -> None:
    """Draw a ruled table with its upper left corner at (60, top)."""
    table = Table(rows, colWidths=kw.pop("widths", [110] * len(rows[0])), rowHeights=kw.pop("heights", 20))
    table.setStyle([("FONT", (0, 0), (-1, -1), FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, colors.black), *style])
    _, height = table.wrapOn(canvas, WIDTH, HEIGHT)
    table.drawOn(canvas, 60, HEIGHT - top - height)


def cells(document: RawDocument) -> list[list[tuple[str, ...]]]:
    """The cell texts of every table."""
    return [[row.cells for row in table.rows] for table in document.tables()]


def texts(document: RawDocument) -> list[str]:
    """The paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def expected(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Rows as the reader gives them."""
    return [tuple(row) for row in rows]


def refused(path: Path) -> str:
    """The one line with which the file is refused, within its limits."""
    start = worked()
    with pytest.raises(DocumentError) as caught:
        read_pdf(path)
    assert worked() - start < 12
    message = str(caught.value)
    assert message.startswith(f"{path.name}: ") and "\n" not in message
    return message


def written(tmp_path: Path, content: bytes, name: str = "bad.pdf") -> Path:
    """A file with this content."""
    path = tmp_path / name
    path.write_bytes(content)
    return path


def pages_of(count: int, extra: bytes = b"") -> bytes:
    """A PDF of empty pages, written by hand."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % extra] * count
    body = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(body + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def through_pdfplumber(path: Path, pages: Iterable[int]) -> RawDocument:
    """The document's pages as read with pdfplumber under the same grid."""
    with pdfplumber.open(path) as source:
        return assemble(path.name, [pdf_plumber.read_page(source, number) for number in pages])


AMOUNT = re.compile(r"-?[\d,]*\d\.\d\d")


def amount_rows(document: RawDocument) -> Counter[tuple[str, ...]]:
    """For each row with an amount: its amounts in order, thousands separators dropped."""
    rows: Counter[tuple[str, ...]] = Counter()
    for table in document.tables():
        for row in table.rows:
            found = tuple(key(cell).replace(",", "") for cell in row.cells if AMOUNT.fullmatch(key(cell)))
            if found:
                rows[found] += 1
    return rows
