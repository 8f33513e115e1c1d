"""Money per staff member, where a document prints how many there are: never a guess, never a division by nothing."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import reading
from budgetdata.queries.base import Database

HEADCOUNTS = ("staff", "staff_quota")
"""The two headcounts that are printed: staff in post (实有、在职), and authorised posts (编制)."""

ITEMS = ("total", "basic", "personnel")
"""What is divided: total expenditure, basic expenditure, personnel expenditure within it."""

TABLES = {"total": 1, "basic": 3, "personnel": 6}
"""The table that each of ITEMS stands in."""


def headcount(db: Database, document_id: str, which: str) -> Record | None:
    """The printed count of one kind: value (whole number), unit, text (the sentence), section, page, line, and the document's
    department and year; None where the narrative prints none."""
    row = db.row(
        """SELECT s.*, d.department, d.year FROM statement s JOIN document d USING (document_id)
           WHERE s.document_id = ? AND s.kind = 'count' AND s.subject = ? ORDER BY s.line, s.statement_id""",
        (document_id, which),
    )
    if row is None or not str(row["value"] or "").isdecimal():
        return None
    return {**row, "value": int(row["value"])}


def per_head(db: Database, document_ids: list[str], which: str) -> list[Record]:
    """One record for each document and item of ITEMS: document_id, short, year, item, figure (or None), fen, count (the record
    of `headcount` or None), per_fen (fen for one person, rounded to whole 元; None where either side is absent or 0 people).

    state: stated · uncounted (no headcount was read) · none (0 people printed) · blank, unreadable, missing, apart (the
    amount is).
    """
    found = []
    for document_id in document_ids:
        document = held.document(db, document_id)
        if document is None:
            continue
        count = headcount(db, document_id, which)
        head = amounts.headline(db, document_id)
        economic = next((row for row in amounts.function_tree(db, document_id, 6) if row["level"] == 0), {})
        figures = {"total": head["total"], "basic": head["basic"], "personnel": economic.get("personnel")}
        for item in ITEMS:
            figure = figures[item]
            fen = figure["fen"] if figure else None
            people = count["value"] if count else None
            per = round(fen / people / 100) * 100 if fen is not None and people else None
            state = "uncounted" if people is None else "none" if people == 0 else "stated"
            if state == "stated" and fen is None:
                state = reading.absent(db, document_id, TABLES[item])
                state = reading.absent_column(db, document_id, item) if item == "basic" else state
            found.append({
                "document_id": document_id, "short": document["short"], "year": document["year"], "item": item,
                "figure": figure, "fen": fen, "count": count, "per_fen": per, "state": state,
            })  # fmt: skip
    return found
