"""Change from last year as a document prints it: this year's figure, last year rebuilt from the printed change, the reason."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from budgetdata.base.money import UNITS
from budgetdata.base.records import Record
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import reading
from budgetdata.queries.base import Database

SUBJECTS = {
    "expenditure_total": (1, "expenditure_total"),
    "income_total": (1, "income_total"),
    "three_public": (10, "total"),
    "overseas": (10, "overseas"),
    "reception": (10, "reception"),
    "vehicle_purchase": (10, "vehicle_purchase"),
    "vehicle_running": (10, "vehicle_running"),
}
"""What is compared with last year, in the order shown: subject of the statement → table and role of this year's figure.

Total income is compared where the change of total expenditure is not told: the two are one amount.
"""
TOTALS = ("expenditure_total", "income_total")

WAYS = ("rebuilt_by_change", "rebuilt_by_rate")
"""How last year was rebuilt, the more exact way first."""


_OF_EXECUTION = re.compile(r"比.{0,8}执行数")
"""How a sentence says that it compares with what was spent last year, not with its budget: 比上年执行数增加."""


def in_fen(value: str | None, unit: str | None) -> int | None:
    """A statement's amount in whole fen; None where it has no amount, or a unit that is no money."""
    size = UNITS.get(unit or "")
    return None if value is None or size is None else round(Decimal(value) * size)


def changes(db: Database, document_ids: list[str]) -> list[Record]:
    """For each document and subject that states a change: one record, documents as given, subjects in the order of SUBJECTS.

    Amounts in fen: now_fen (None where it is not there, and why in `state`) with its figure, last_fen with low_fen and
    high_fen, the interval that the printed decimals leave open, change_fen as printed (None where only a rate is). way: of
    WAYS. other_fen: last year by the other way where the two intervals do not meet, else None. rate as printed in % or ''.
    first_year: the total of last year comes to nothing, so that there was no budget. of_execution: last year's
    is what was spent, as the sentence says, not its budget.
    text, section, page, line: the sentence. Source: the narrative's statements, tables 1 and 10.
    """
    found = []
    for document_id in document_ids:
        document = held.document(db, document_id)
        if document is None:
            continue
        said = first_statements(db, document_id)
        own: list[Record] = []
        for subject, (table_no, role) in SUBJECTS.items():
            rebuilt = [entry for way in WAYS if (entry := _rebuilt(said, way, subject))]
            if not rebuilt or (subject == TOTALS[1] and any(row["subject"] == TOTALS[0] for row in own)):
                continue
            first = rebuilt[0]
            apart = [
                entry for entry in rebuilt[1:]
                if entry["high_fen"] < first["low_fen"] or entry["low_fen"] > first["high_fen"]
            ]  # fmt: skip
            figure, state = _now(db, document_id, table_no, role)
            change, rate = said.get(("change", subject)), said.get(("rate", subject))
            own.append({
                "document_id": document_id, "short": document["short"], "year": document["year"],
                "subject": subject, "figure": figure, "now_fen": figure["fen"] if figure else None, **first,
                "state": state,
                "other_fen": apart[0]["last_fen"] if apart else None,
                "change_fen": in_fen(change["value"], change["unit"]) if change else None,
                "rate": rate["value"] if rate and rate["value"] is not None else "",
            })  # fmt: skip
        first_year = any(row["subject"] in TOTALS and not row["last_fen"] for row in own)
        found += [{**row, "first_year": first_year} for row in own]
    return found


def _now(db: Database, document_id: str, table_no: int, role: str) -> tuple[Record | None, str]:
    """This year's figure and its state: of the three public expenses as the whole site tells them, whichever column prints it."""
    if SUBJECTS["three_public"][0] == table_no:
        item = next((row for row in amounts.three_public(db, document_id=document_id) if row["item"] == role), None)
        if item is not None:
            return (item if item["status"] == "stated" else None), item["status"]
    figure = amounts.by_role(db, document_id, table_no).get(role)
    return figure, "stated" if figure else reading.absent(db, document_id, table_no)


def reason(db: Database, document_id: str, subject: str = "expenditure_total") -> Record | None:
    """The sentence that prints the reason of a change (text, value: the reason alone, section, page, line), or None."""
    return first_statements(db, document_id).get(("reason", subject))


@lru_cache(maxsize=64)
def first_statements(db: Database, document_id: str) -> dict[tuple[str, str], Record]:
    """The first statement of each kind and subject."""
    rows = db.rows("SELECT * FROM statement WHERE document_id = ? ORDER BY line, statement_id", (document_id,))
    first: dict[tuple[str, str], Record] = {}
    for row in rows:
        first.setdefault((row["kind"], row["subject"]), row)
    return first


def _rebuilt(said: dict[tuple[str, str], Record], way: str, subject: str) -> Record | None:
    row = said.get((way, subject))
    fen = in_fen(row["value"], row["unit"]) if row else None
    if row is None or fen is None:
        return None
    ends = [said.get((f"{way}_{end}", subject)) for end in ("low", "high")]
    low, high = (in_fen(end["value"], end["unit"]) if end else None for end in ends)
    return {
        "way": way, "last_fen": fen, "low_fen": fen if low is None else low, "high_fen": fen if high is None else high,
        "text": row["text"], "section": row["section"], "page": row["page"], "line": row["line"],
        "of_execution": bool(_OF_EXECUTION.search(row["text"])),
    }  # fmt: skip
