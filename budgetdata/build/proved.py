"""What is kept of a document whose pages were recognised by OCR: only what its own sums prove."""

from __future__ import annotations

from dataclasses import replace

from budgetdata.base.facts import ANNUAL, SOURCES, TERM, DocumentFacts, SheetFact
from budgetdata.base.raw import Problem
from budgetdata.base.said import plain
from budgetdata.tables.reading import TableReading
from budgetdata.tables.sums import identities, judge

RECOGNISED = "pdf_ocr"
"""The source kind of documents that this applies to."""
_UNSURE = "文字由 OCR 识别，两边不等可能是识别有误，不作判断"


def unproved(reading: TableReading) -> str:
    """Why a recognised table is not to be published; '' where every amount stands in a sum, and all its sums hold."""
    if any(problem.severity == "unread" for problem in reading.problems):
        return "read by OCR, and not every cell could be read"
    for side in reading.form.sides:
        rows = reading.sides.get(side.name, [])
        proved: set[tuple[int, str]] = set()
        for identity in identities(reading.form, side, rows):
            verdict = judge(identity, rows, reading.unit)
            if verdict.status == "different":
                row = rows[identity.whole[0]]
                return f"read by OCR, and the sum of {row.label or row.code} ({row.place}) does not hold as read"
            if verdict.left_fen is not None and verdict.right_fen is not None:
                proved |= {identity.whole, *identity.parts}
        loose = [row for number, row in enumerate(rows) for name in row.values if (number, name) not in proved]
        if loose:
            return f"read by OCR, and no sum proves {len(loose)} of its amounts ({loose[0].label}, {loose[0].place})"
    return ""


def keep_proved(facts: DocumentFacts) -> None:
    """Drop from a recognised document the sheets' amounts that do not add up, and all that no sum can prove."""
    facts.sheets = [_proved_sheet(facts, sheet) for sheet in facts.sheets]
    if facts.statements:
        message = f"正文中的 {len(facts.statements)} 个数字由 OCR 识别，没有合计可证，未收入；请对照原文"
        facts.problems.append(Problem("unread", "statement", plain(message), facts.statements[0].place))
        facts.statements, facts.statement_links = [], []
    facts.checks = [
        replace(check, status="not_evaluable", explanation=plain(_UNSURE)) if check.status == "different" else check
        for check in facts.checks
    ]


def _proved_sheet(facts: DocumentFacts, sheet: SheetFact) -> SheetFact:
    name = f"《{sheet.project_name or '未印项目名称'}》绩效表"
    kept: dict[tuple[str, str], int] = {}
    for horizon in (TERM, ANNUAL):
        funds = {at: fen for at, fen in sheet.funds.items() if at[0] == horizon}
        parts = [fen for (_, source), fen in funds.items() if source in SOURCES]
        if parts and funds.get((horizon, "total")) == sum(parts):
            kept |= funds
    lost = [f"{len(sheet.funds) - len(kept)} 个金额"] if len(kept) < len(sheet.funds) else []
    lost += [f"{len(sheet.targets)} 条指标"] if sheet.targets else []
    if lost:
        message = f"{name}：由 OCR 识别，{'、'.join(lost)}没有合计可证，未收入；请对照原文"
        facts.problems.append(Problem("unread", "sheet", plain(message), sheet.place))
    return replace(sheet, funds=kept, targets=[], listed=set())
