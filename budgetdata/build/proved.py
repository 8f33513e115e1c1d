"""What is kept of a document whose pages were recognised by OCR: only what its own sums prove."""

from __future__ import annotations

from dataclasses import replace

from budgetdata.base.facts import ANNUAL, SOURCES, TERM, DocumentFacts, SheetFact
from budgetdata.base.raw import Problem
from budgetdata.base.said import Said, said
from budgetdata.tables.reading import TableReading
from budgetdata.tables.sums import identities, judge

RECOGNISED = "pdf_ocr"
"""The source kind of documents that this applies to."""


def unproved(reading: TableReading) -> Said | None:
    """Why a recognised table is not to be published; None where every amount stands in a sum, and all its sums hold."""
    if any(problem.severity == "unread" for problem in reading.problems):
        return said("build.ocr_cells")
    for side in reading.form.sides:
        rows = reading.sides.get(side.name, [])
        proved: set[tuple[int, str]] = set()
        for identity in identities(reading.form, side, rows):
            verdict = judge(identity, rows, reading.unit)
            if verdict.status == "different":
                row = rows[identity.whole[0]]
                return said("build.ocr_sum", row=row.label or row.code, at=row.place.told)
            if verdict.left_fen is not None and verdict.right_fen is not None:
                proved |= {identity.whole, *identity.parts}
        loose = [row for number, row in enumerate(rows) for name in row.values if (number, name) not in proved]
        if loose:
            place = loose[0].place
            return said("build.ocr_loose", n=len(loose), row=loose[0].label, at=place.told)
    return None


def keep_proved(facts: DocumentFacts) -> None:
    """Drop from a recognised document the sheets' amounts that do not add up, and all that no sum can prove."""
    facts.sheets = [_proved_sheet(facts, sheet) for sheet in facts.sheets]
    if facts.statements:
        message = said("build.ocr_statements", n=len(facts.statements))
        facts.problems.append(Problem("unread", "statement", message, facts.statements[0].place))
        facts.statements, facts.statement_links = [], []
    facts.checks = [
        replace(check, status="not_evaluable", explanation=said("check.recognised"))
        if check.status == "different"
        else check
        for check in facts.checks
    ]


def _proved_sheet(facts: DocumentFacts, sheet: SheetFact) -> SheetFact:
    kept: dict[tuple[str, str], int] = {}
    for horizon in (TERM, ANNUAL):
        funds = {at: fen for at, fen in sheet.funds.items() if at[0] == horizon}
        parts = [fen for (_, source), fen in funds.items() if source in SOURCES]
        if parts and funds.get((horizon, "total")) == sum(parts):
            kept |= funds
    lost = [said("build.ocr_amounts", n=len(sheet.funds) - len(kept))] if len(kept) < len(sheet.funds) else []
    lost += [said("build.ocr_targets", n=len(sheet.targets))] if sheet.targets else []
    if lost:
        message = said("build.ocr_sheet", project=sheet.project_name or said("build.ocr_unnamed"), lost=lost)
        facts.problems.append(Problem("unread", "sheet", message, sheet.place))
    return replace(sheet, funds=kept, targets=[], listed=set())
