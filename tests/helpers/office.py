"""Office files made from a document as its reader saw it: the same paragraphs and tables in Word, Excel, HTML, and zipped."""

from __future__ import annotations

import html
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from budgetdata.base.money import parse_amount
from budgetdata.base.raw import Paragraph, RawDocument, RawTable


def to_docx(raw: RawDocument, path: Path, seed: int) -> None:
    """Paragraphs as paragraphs, each cut into two runs anywhere; tables as tables."""
    draw = random.Random(seed)
    document = docx.Document()
    document.core_properties.author = ""
    for block in raw.blocks:
        if isinstance(block, Paragraph):
            line = document.add_heading("", block.heading) if block.heading else document.add_paragraph()
            middle = draw.randrange(len(block.text) + 1)
            line.add_run(block.text[:middle])
            line.add_run(block.text[middle:])
            continue
        document.element.body.insert(len(document.element.body) - 1, parse_xml(_word_table(block)))
        document.add_paragraph("")
    document.save(str(path))


def _word_table(table: RawTable) -> str:
    """A table of Word as XML: python-docx makes one cell by cell, in time that grows with its square."""
    rows = []
    for row in table.rows:
        cells = []
        for text in (*row.cells, *[""] * (table.width - len(row.cells))):
            lines = "<w:br/>".join(f'<w:t xml:space="preserve">{html.escape(line)}</w:t>' for line in text.split("\n"))
            cells.append(f"<w:tc><w:p><w:r>{lines if text else ''}</w:r></w:p></w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl {nsdecls('w')}>{''.join(rows)}</w:tbl>"


def to_xlsx(raw: RawDocument, path: Path, seed: int) -> None:
    """Each table with the lines above it in a worksheet of its own, amounts as numbers in a format; some rows and a sheet
    hidden between."""
    draw = random.Random(seed)
    book = openpyxl.Workbook()
    sheet, row = book.active, 1
    assert sheet is not None
    for block in raw.blocks:
        if isinstance(block, Paragraph):
            sheet.cell(row, 1, block.text).data_type = "s"
            row += 1
            continue
        for printed in block.rows:
            for column, text in enumerate(printed.cells, start=1):
                _put(sheet.cell(row, column), text)
            row += 1
        if draw.random() < 0.3:
            sheet.cell(row, 1, "999.99")
            sheet.row_dimensions[row].hidden = True
        sheet, row = book.create_sheet(f"表{len(book.worksheets) + 1}"), 1
    secret = book.create_sheet("底稿")
    secret.append(["合计", 1234567.89])
    secret.sheet_state = "hidden"
    book.save(path)


def _put(cell: openpyxl.cell.Cell, text: str) -> None:
    """An amount as a number that its format shows as printed, anything else as text."""
    amount = (
        parse_amount(text, "元") if "." in text and " " not in text and not text.startswith(("(", "△", "▲")) else None
    )
    if amount is None or amount.raw != text:
        cell.value = text or None
        if text:
            cell.data_type = "s"
        return
    cell.value = amount.fen / 100 if amount.decimals <= 2 else float(text.replace(",", ""))
    cell.number_format = ("#,##0." if "," in text else "0.") + "0" * amount.decimals


def to_html(raw: RawDocument, path: Path, seed: int) -> None:
    """A page of a site: a menu, hidden parts and a script around the document; `seed` draws how lines end."""
    end = random.Random(seed).choice(("", "\n", "\r\n"))
    parts = [_html_of(block) + end for block in raw.blocks]
    body = f"<div><table><tr><td>{''.join(parts)}</td></tr></table></div>"
    menu = (
        "<nav><a href='/'>首页</a></nav><div style='display:none'>合计 1.00</div><script>var a = '<td>1</td>';</script>"
    )
    page = (
        f"<!DOCTYPE html><html><head><meta charset='gb2312'><title>公开</title></head><body>{menu}{body}</body></html>"
    )
    path.write_bytes(page.encode("gb18030"))


def _html_of(block: Paragraph | RawTable) -> str:
    if isinstance(block, Paragraph):
        tag = f"h{block.heading}" if block.heading else "p"
        return f"<{tag}>{html.escape(block.text)}</{tag}>"
    rows = []
    for row in block.rows:
        cells = (html.escape(text).replace("\n", "<br>") for text in row.cells)
        rows.append("<tr>" + "".join(f"<td>{text}</td>" for text in cells) + "</tr>")
    return f"<table border=1>{''.join(rows)}</table>"


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of files by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


WRITERS: dict[str, Callable[[RawDocument, Path, int], None]] = {".docx": to_docx, ".xlsx": to_xlsx, ".html": to_html}
