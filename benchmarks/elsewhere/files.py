"""A disclosure as files: text, web page, worksheet, word processor, PDF by ReportLab and by a browser's print."""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Flow

from benchmarks.elsewhere.printed import Disclosure, Grid

FONT = "STSong-Light"
LINES = "ruled", "three", "none"
"""Rules around every cell; above and below the head and below the table; none."""
CSS = """@page { size: A4 %s; margin: 15mm } body { font-family: 'WenQuanYi Micro Hei'; font-size: 9pt }
table { border-collapse: collapse; width: 100%% } .ruled td { border: 0.5pt solid black } td { padding: 1pt 3pt }

.three tr:first-child td { border-top: 1pt solid } .three tr.low td { border-bottom: 1pt solid }
.three tr:last-child td { border-bottom: 1pt solid }
td.n { text-align: right } thead { display: %s } h2 { text-align: center; font-size: 12pt } .apart { break-before: page }"""


def is_amount(text: str) -> bool:
    """True for what stands at the right of its cell."""
    return text[-1:].isdigit() and not text.isdigit()


def front(out: Disclosure) -> list[str]:
    """The lines of the cover and the contents."""
    lines = [out.department, f"{out.year}年部门预算", "目 录", "第一部分 部门概况", "第二部分 部门预算表"]
    return [*lines, *(f"{n}、{table.title}" for n, table in enumerate(out.tables, 1)), "第三部分 部门预算情况说明"]


def text_of(out: Disclosure) -> str:
    """The document as text, cells parted by tabs."""
    lines = [*front(out), "", "第一部分 部门概况", "", "负责虚构事务。", "", f"第二部分 {out.year}年部门预算表", ""]
    for table in out.tables:
        lines += [line for above in table.above for line in (above, "")]
        lines += ["\t".join(row) for row in table.grid.rows] + ["", table.note, ""]
    lines += ["第三部分 部门预算情况说明", ""]
    for title, sentence in out.sections:
        lines += [title, "", sentence, ""]
    return "\n".join(lines) + "\n"


def _covered(grid: Grid) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    spans = {(row, column): (down, across) for row, column, down, across in grid.spans}
    hidden = {
        (row + i, column + j) for (row, column), (down, across) in spans.items() for i in range(down) for j in range(across)
    } - set(spans)  # fmt: skip
    return spans, hidden


def page_of(out: Disclosure, lines: str = "ruled", wide: bool = True, repeated: bool = True, apart: bool = True) -> str:
    """The document as a web page."""
    css = CSS % ("landscape" if wide else "portrait", "table-header-group" if repeated else "table-row-group")
    parts = [f"<html><head><meta charset=utf-8><style>{css}</style></head><body>"]
    parts += [f"<p>{html.escape(line)}</p>" for line in front(out)]
    parts += [f"<h2 class=apart>第二部分 {out.year}年部门预算表</h2>"]
    for table in out.tables:
        title, *rest = table.above
        parts += [f"<h2{' class=apart' if apart else ''}>{html.escape(title)}</h2>"]
        parts += [f"<p>{html.escape(line)}</p>" for line in rest]
        parts += [_html_table(table.grid, lines), f"<p>{html.escape(table.note)}</p>"]
    parts += ["<h2 class=apart>第三部分 部门预算情况说明</h2>"]
    parts += [f"<h3>{html.escape(title)}</h3><p>{html.escape(text)}</p>" for title, text in out.sections]
    return "\n".join([*parts, "</body></html>"])


def _html_table(grid: Grid, lines: str) -> str:
    spans, hidden = _covered(grid)
    rows = []
    for i, row in enumerate(grid.rows):
        cells = []
        for j, text in enumerate(row):
            if (i, j) in hidden:
                continue
            down, across = spans.get((i, j), (1, 1))
            size = f" rowspan={down}" * (down > 1) + f" colspan={across}" * (across > 1)
            kind = " class=n" if i >= grid.heads and is_amount(text) else ""
            cells.append(f"<td{size}{kind}>{html.escape(text)}</td>")
        low = " class=low" if i == grid.heads - 1 else ""
        rows.append(f"<tr{low}>{''.join(cells)}</tr>")
    head, body = "".join(rows[: grid.heads]), "".join(rows[grid.heads :])
    return f"<table class={lines}><thead>{head}</thead><tbody>{body}</tbody></table>"


def print_page(source: str, path: Path) -> None:
    """A web page printed as PDF by a browser."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(source, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/user",
        ]
        subprocess.run(
            [*command, f"--print-to-pdf={path}", page.as_uri()], check=True, capture_output=True, timeout=120
        )


def write_xlsx(out: Disclosure, path: Path) -> None:
    """One worksheet a table, its lines above it in merged rows."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "封面"
    for line in front(out)[:2]:
        cover.append([line])
    for number, table in enumerate(out.tables, 1):
        sheet = book.create_sheet(f"{number}")
        for line in table.above:
            sheet.append([line])
            sheet.merge_cells(
                start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=table.grid.width
            )
        top = sheet.max_row
        for row in table.grid.rows:
            sheet.append([text or None for text in row])
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # =3 is a text, no formula
        for row, column, down, across in table.grid.spans:
            sheet.merge_cells(
                start_row=top + row + 1, end_row=top + row + down, start_column=column + 1, end_column=column + across
            )
        if table.note:
            sheet.append([table.note])
    book.save(str(path))


def write_docx(out: Disclosure, path: Path) -> None:
    """The document of a word processor, heads merged."""
    document = docx.Document()
    for line in front(out):
        document.add_paragraph(line)
    document.add_paragraph(f"第二部分 {out.year}年部门预算表")
    for table in out.tables:
        for line in table.above:
            document.add_paragraph(line)
        grid = table.grid
        made = document.add_table(rows=len(grid.rows), cols=grid.width)
        cells = [list(row.cells) for row in made.rows]
        for i, row in enumerate(grid.rows):
            for j, text in enumerate(row):
                if text:
                    cells[i][j].text = text
        for row, column, down, across in grid.spans:
            cells[row][column].merge(cells[row + down - 1][column + across - 1])
        document.add_paragraph(table.note)
    document.add_paragraph("第三部分 部门预算情况说明")
    for title, text in out.sections:
        document.add_paragraph(title)
        document.add_paragraph(text)
    document.save(str(path))


def write_pdf(
    out: Disclosure, path: Path, lines: str = "ruled", repeated: bool = True, apart: bool = True, mark: str = ""
) -> None:
    """A PDF: heads of tables repeated or not; `apart`: each on a page of its own; `mark`: slanted over each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("plain", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
    story: list[Flowable] = [Paragraph(html.escape(line), style) for line in front(out)]
    story += [PageBreak(), Paragraph(f"第二部分 {out.year}年部门预算表", style)]
    for table in out.tables:
        story += [Paragraph(html.escape(line), style) for line in table.above]
        story += [_flow(table.grid, style, lines, repeated), Paragraph(html.escape(table.note), style)]
        story.append(PageBreak() if apart else Spacer(1, 14))
    story += [
        Paragraph(html.escape(text), style)
        for text in ("第三部分 部门预算情况说明", *(t for pair in out.sections for t in pair))
    ]

    def furniture(canvas, document):  # type: ignore[no-untyped-def]
        canvas.setFont(FONT, 8)
        canvas.drawString(60, 570, f"{out.department}{out.year}年部门预算")
        canvas.drawCentredString(420, 20, f"第 {document.page} 页")
        if mark:
            canvas.saveState()
            canvas.setFillGray(0.85)
            canvas.setFont(FONT, 40)
            canvas.translate(300, 200)
            canvas.rotate(35)
            canvas.drawString(0, 0, mark)
            canvas.restoreState()

    margins = {"leftMargin": 36, "rightMargin": 36, "topMargin": 45, "bottomMargin": 40}
    SimpleDocTemplate(str(path), pagesize=landscape(A4), invariant=1, **margins).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )


def _flow(grid: Grid, style: ParagraphStyle, lines: str, repeated: bool) -> Flow:
    right = ParagraphStyle("right", parent=style, alignment=2)
    rules: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 1)]
    if lines == "ruled":
        rules.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    if lines == "three":
        edge = ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)
        rules += [edge, ("LINEBELOW", (0, grid.heads - 1), (-1, grid.heads - 1), 0.5, colors.black)]
        rules.append(("LINEBELOW", (0, -1), (-1, -1), 1, colors.black))
    rules += [
        ("SPAN", (column, row), (column + across - 1, row + down - 1)) for row, column, down, across in grid.spans
    ]
    cells = [
        [
            Paragraph(html.escape(text), right if i >= grid.heads and is_amount(text) else style) if text else ""
            for text in row
        ]
        for i, row in enumerate(grid.rows)
    ]
    weights = [max(2.0, min(9, max(len(row[j]) for row in grid.rows))) for j in range(grid.width)]
    widths = [770 * weight / sum(weights) for weight in weights]
    return Flow(cells, colWidths=widths, repeatRows=grid.heads if repeated else 0, style=rules)


KINDS = {
    "txt": ".txt", "html": ".html", "xlsx": ".xlsx", "docx": ".docx", "ruled": ".pdf", "three": ".pdf", "none": ".pdf",
    "print": ".pdf", "headless": ".pdf", "together": ".pdf", "marked": ".pdf",
}  # fmt: skip
"""Kinds of files: "print" by a browser, "headless" with heads on the first page alone, "together" several tables on a page."""


def write(out: Disclosure, kind: str, path: Path) -> Path:
    """A disclosure as one of KINDS beside `path`; returns the file."""
    path = path.with_name(f"{path.name}_{kind}{KINDS[kind]}")
    if kind == "txt":
        path.write_text(text_of(out), encoding="utf-8")
    elif kind == "html":
        path.write_text(page_of(out), encoding="utf-8")
    elif kind == "xlsx":
        write_xlsx(out, path)
    elif kind == "docx":
        write_docx(out, path)
    elif kind == "print":
        print_page(page_of(out), path)
    else:
        lines = kind if kind in LINES else "ruled"
        mark = "虚构公示专用" if kind == "marked" else ""
        write_pdf(out, path, lines, repeated=kind != "headless", apart=kind != "together", mark=mark)
    return path
