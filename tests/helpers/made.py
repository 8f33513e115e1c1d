"""Small documents made by hand: as facts, as texts, and as PDFs."""

from __future__ import annotations

import io
from collections.abc import Sequence

from personal import NAME, OTHER_NAME, PHONE
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from budgetdata.base.facts import (
    CheckFact,
    DisclosureFact,
    DocumentFacts,
    FigureFact,
    ParagraphFact,
    ProjectFact,
    RowFact,
    SheetFact,
    StatementFact,
    TableFact,
    TargetFact,
)
from budgetdata.base.raw import Place, Problem
from budgetdata.base.said import plain

TEXT = f"""大观园管理处

2024年度部门预算公开

部门名称：大观园管理处 单位：万元

收入\t支出\t\t
项目\t2024年\t项目\t2024年合计
一、一般公共预算\t12.30\t一、一般公共服务支出\t12.30

负责人：\t\t经办人：\t{NAME}\t联系电话：\t{PHONE}\t填报日期：\t20230108090654

{NAME}
"""
"""A text with department, year, a table, and one person's name and number."""

DOCUMENT_ID = "0123456789ab"


def figure(table_no: int, side: str, row_no: int, code: str, label: str, column: str, fen: int, raw: str) -> FigureFact:
    """A printed amount in a table of the made document."""
    return FigureFact(
        table_no, side, row_no, code, label, 1 if code else 0, not code, column, "合计", fen, 2, raw, Place(3, row_no)
    )


def made_facts(document_id: str = DOCUMENT_ID, department: str = "大观园管理处", year: int = 2024) -> DocumentFacts:
    """Facts of every kind: an empty string, a zero, a blank, a carry-over project, a sheet with both horizons."""
    facts = DocumentFacts(
        department=department, department_code="", year=year, region="", kind="department",
        source_file="made.txt", source_kind="text", source_sha256=document_id.ljust(64, "0"), source_url="",
        pages=None, document_id=document_id,
    )  # fmt: skip
    facts.tables = [
        TableFact(5, "表五", "万元", "data", None, Place(3, 1)),
        TableFact(9, "", "", "missing", plain("no such table"), Place(None, None)),
        TableFact(10, "表十", "万元", "data", None, Place(4, 1)),
    ]
    facts.rows = [
        RowFact(5, "", 1, "", "合计", 0, True, "", Place(3, 1)),
        RowFact(5, "", 2, "20604", "技术与开发", 2, False, "", Place(3, 2), 1),
        RowFact(10, "", 1, "", "一、因公出国（境）费", 1, False, "overseas", Place(4, 1)),
        RowFact(10, "", 2, "", "二、公务接待费", 1, False, "reception", Place(4, 2)),
    ]
    facts.figures = [
        figure(5, "", 1, "", "合计", "total", 123_000_000, "123.00"),
        figure(5, "", 2, "20604", "技术与开发", "total", 123_000_000, "123.00"),
        figure(5, "", 2, "20604", "技术与开发", "project", 0, "0.00"),
    ]
    facts.projects = [
        ProjectFact(
            "current", 1, "修园子", "", {"total": 10_000_000, "general": 10_000_000, "fund": None}, Place(5, 1)
        ),
        ProjectFact("carryover", 4, "旧账", "账房", {"total": 50}, Place(6, 4)),
    ]
    sheet = SheetFact("修园子", "project", Place(7, 1), overview="修一座园子")
    sheet.funds = {("term", "total"): 20_000_050, ("annual", "total"): 10_000_000, ("annual", "central"): 0}
    sheet.targets = [
        TargetFact("term", "数量", "产出", "亭子", "≥3座", "≥", "3", "座", Place(7, 9)),
        TargetFact("annual", "数量", "产出", "亭子", "1座", "", "1", "座", Place(7, 9)),
        TargetFact("annual", "服务对象满意度", "满意度", "", "提升", "", "", "", Place(7, 10)),
    ]
    facts.sheets = [sheet]
    facts.paragraphs = [ParagraphFact(1, "一、本部门职责", "管理园子。", Place(1, 1))]
    facts.statements = [StatementFact("二、收入", "amount", "收入", "123", "万元", "收入123万元。", Place(8, 1))]
    facts.checks = [
        CheckFact(
            "t05.total",
            plain("合计 = 各项"),
            123_000_000,
            122_990_000,
            20_000,
            "rounding",
            "t05.r001.total",
            "",
            plain("尾差"),
        ),
        CheckFact("t09.total", plain("空表"), None, None, None, "not_evaluable", "", "", plain("两边都未填")),
    ]
    facts.disclosure = [DisclosureFact("t05", "core", "表五", "full", plain(""))]
    facts.links = {0: (0, "exact")}
    facts.problems = [Problem("unread", "amount", plain("not an amount"), Place(3, 9), 5, "1,2x4")]
    return facts


def pdf(lines: Sequence[str], author: str = "") -> bytes:
    """A one-page PDF of some lines with a text layer, and its author."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    if author:
        canvas.setAuthor(author)
    canvas.setFont("STSong-Light", 11)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 20 * number, line)
    canvas.save()
    return buffer.getvalue()


CLEAN_LINES = ("大观园管理处", "2024年度部门预算公开", "部门名称：大观园管理处", "本部门负责管理园子。")
PERSONAL_LINES = (*CLEAN_LINES, f"经办人：{OTHER_NAME} 联系电话：{PHONE}")
