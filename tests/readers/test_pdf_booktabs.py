"""Three-line tables (rules above and below the head and at the end, none upright): read where proved, else unreadable."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawing import FONT, cells
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from budgetdata.build.document import read_facts
from budgetdata.build.unread_titles import unread_titles
from budgetdata.forms.declared import standard_forms
from budgetdata.readers.pdf.process import read_pdf
from budgetdata.register.sources import Source
from tests.helpers.words import en

HEAD = [["项目", "", "2031年预算数", "", "", ""], ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"]]
SPANS = [("SPAN", (0, 0), (1, 0)), ("SPAN", (2, 0), (4, 0)), ("SPAN", (5, 0), (5, 1))]
PLAIN = ParagraphStyle("plain", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK")
TITLE = ParagraphStyle("title", parent=PLAIN, fontSize=14, leading=20, alignment=1)


def listed(count: int) -> list[list[str]]:
    """Rows of 科目 whose amounts are blank here and there, with a name that is wrapped."""
    rows = [["合计", "", f"{3 * count}.00", f"{count}.00", f"{2 * count}.00", ""]]
    for number in range(count):
        name = "虚构事务" if number % 3 else "虚构的各项管理与保障以及与之有关的一切其他活动支出"
        rows.append([f"20{100 + number}", name, "3.00", "1.00" if number % 2 else "", "2.00", ""])
    return rows


def typeset(path: Path, rows: list[list[str]], heads: str, repeat: bool, thick: float = 1.2) -> Path:
    """A PDF of one titled three-line table over several pages, with page numbers and a diagonal watermark."""

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawCentredString(420, 20, f"- {document.page} -")
        canvas.saveState()
        canvas.setFillGray(0.85)
        canvas.setFont(FONT, 50)
        canvas.translate(420, 300)
        canvas.rotate(35)
        canvas.drawCentredString(0, 0, "仅供公开使用")
        canvas.restoreState()

    head = [[*HEAD[0][:5], "备注"], [*HEAD[1][:5], ""]]
    body = [[row[0], Paragraph(row[1], PLAIN) if row[1] else "", *row[2:]] for row in rows]
    style = [
        ("FONT", (0, 0), (-1, -1), FONT, 9),
        ("ALIGN", (2, 2), (4, -1), "RIGHT"),
        ("ALIGN", (0, 0), (-1, 0), "LEFT" if heads == "LEFT" else "CENTER"),
        ("ALIGN", (0, 1), (-1, 1), heads),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEABOVE", (0, 0), (-1, 0), thick, colors.black),
        ("LINEBELOW", (0, 1), (-1, 1), 0.6, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), thick, colors.black),
        *SPANS,
    ]
    table = Table([*head, *body], colWidths=[90, 160, 130, 130, 130, 100], repeatRows=2 if repeat else 0, style=style)
    story = [
        Paragraph("云中县虚构局2031年部门预算公开", TITLE),
        Paragraph("第二部分 2031年部门预算表", PLAIN),
        Paragraph("2031年预算支出总表", TITLE),
        Paragraph("单位：万元", PLAIN),
        table,
        PageBreak(),
        Paragraph("第三部分 2031年部门预算情况说明", PLAIN),
    ]
    margins = {"leftMargin": 40, "rightMargin": 40, "topMargin": 45, "bottomMargin": 40}
    document = SimpleDocTemplate(str(path), pagesize=landscape(A4), **margins)
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return path


@pytest.mark.parametrize("heads", ["CENTER", "LEFT"])
@pytest.mark.parametrize("repeat", [True, False], ids=["head on each page", "head on the first page"])
def test_a_three_line_table_is_read_over_its_pages(tmp_path: Path, heads: str, repeat: bool) -> None:
    rows = listed(70)
    document = read_pdf(typeset(tmp_path / "made.pdf", rows, heads, repeat))
    assert document.unreadable == []
    head = [("项目", "", "2031年预算数", "", "", "备注"), ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "")]
    tables = cells(document)
    assert len(tables) > 2 and all(table[:2] == head for table in tables[: len(tables) if repeat else 1])
    read = [row for table in tables for row in table if row not in head]
    assert read == [tuple(row) for row in rows]


def test_amounts_that_may_belong_to_either_head_leave_the_titled_table_unreadable_not_missing(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont(FONT, 10)
    canvas.drawString(200, 780, "2031年预算支出总表")
    canvas.drawString(450, 760, "单位：万元")
    for top, thick in ((750, 1.5), (730, 0.7), (690, 1.5)):
        canvas.setLineWidth(thick)
        canvas.line(60, top, 530, top)
    for left, text in ((66, "科目编码"), (150, "科目名称"), (290, "合计"), (400, "基本支出"), (470, "项目支出")):
        canvas.drawString(left, 737, text)
    for base, code, amount in ((715, "201", "7.57"), (700, "205", "4.30")):
        canvas.drawString(66, base, code)
        canvas.drawString(150, base, "虚构事务")
        canvas.drawString(350, base, amount)
    canvas.save()
    document = read_pdf(path)
    whole = read_facts(typeset(tmp_path / "whole.pdf", listed(5), "CENTER", True), Source("whole.pdf", "0" * 64))
    assert [table.status for table in whole.tables if table.table_no in (3, 5)] == ["data", "missing"]
    titles = unread_titles(document, standard_forms())
    assert titles[3][0].text == "2031年预算支出总表" and "cannot be told apart" in en(titles[3][1]) and len(titles) == 1
    assert cells(document) == [] and [place.page for place, _ in document.unreadable] == [1]
