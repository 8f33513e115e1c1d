"""What is told of the change of totals since last year: who changed most, and the sentences that say it."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.changes import TOTALS, WAYS, first_statements, in_fen
from budgetdata.queries.population import name_of

_OF_OTHERS = ("三公", "机关运行", "采购", "国有资产", "委托业务")
"""Words of headings under which a change is not that of the totals."""


def totals(db: Database) -> list[Record]:
    """Every document that tells the change of its total and prints it, the largest change first: document_id, short, year,
    subject, now_fen and last_fen as `changes` has them."""
    rows = db.rows(
        """SELECT s.document_id, s.kind, s.subject, s.value, s.unit, d.department, d.region, d.year,
              o.expenditure_fen AS expenditure_total, h.fen AS income_total
           FROM document d CROSS JOIN main.statement s ON s.document_id = d.document_id
           JOIN document_sum o ON o.document_id = d.document_id LEFT JOIN headline h
             ON h.document_id = d.document_id AND h.table_no = 1 AND h.item = 'income_total'
           WHERE s.kind IN (?, ?) AND s.subject IN (?, ?) ORDER BY s.line, s.statement_id""",
        (*WAYS, *TOTALS),
    )
    first: dict[tuple[str, ...], Record] = {}
    for row in rows:
        first.setdefault((row["document_id"], row["subject"], row["kind"]), row)
    found: dict[str, Record] = {}
    for row in sorted(first.values(), key=lambda row: (TOTALS.index(row["subject"]), WAYS.index(row["kind"]))):
        if (last := in_fen(row["value"], row["unit"])) is not None:
            now = {"short": name_of(db, row), "now_fen": row[row["subject"]], "last_fen": last}
            found.setdefault(row["document_id"], row | now)
    printed = [row for row in found.values() if row["now_fen"] is not None]
    return sorted(printed, key=lambda row: (-abs(row["now_fen"] - row["last_fen"]), row["document_id"]))


def quoted(db: Database, document_id: str) -> list[Record]:
    """What a document prints of the change of its totals and the reason: text, section, page, line.

    The paragraphs of the section named after it; where there is none those that hold the sentences on total expenditure and
    income, or the sentences alone where no paragraph holds one whole."""
    every = held.paragraphs(db, document_id, "")
    named = [
        row for row in every
        if "变动情况" in row["section"] and len(row["text"]) > held.SHORTEST
        and not any(word in row["section"] for word in _OF_OTHERS)
    ]  # fmt: skip
    if named:
        return named
    said, kinds = first_statements(db, document_id), ("change", "rate", *WAYS, "reason")
    sentences = [said[kind, subject] for subject in TOTALS for kind in kinds if (kind, subject) in said]
    found = [next((row for row in every if one["text"] in row["text"]), one) for one in sentences]
    return list({row["text"]: row for row in found}.values())
