"""The six lines of the three public expenses of a document, from the rows of table 10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from budgetdata.base.records import Row, Rows

_TABLE = 10
ITEMS = ("overseas", "reception", "vehicles", "vehicle_purchase", "vehicle_running", "total")
"""In the order of the public table."""


def three_public(rows: Rows) -> Iterator[Row]:
    """A row for each line that table 10 may have, for each amount where it prints several; none where there is no such table.

    The amount is that of the total column; where no total is printed and only one fund pays, that fund's is the whole.
    """
    table = next((row for row in rows["form_table"] if row["table_no"] == _TABLE), None)
    if table is None:
        return
    printed = [row for row in rows["form_row"] if row["table_no"] == _TABLE]
    amounts = [row for row in rows["figure"] if row["table_no"] == _TABLE]
    whole = {"total"} if _has_more(amounts) else {"total", "general"}
    strange = any(not row["role"] and row["label"] for row in printed)
    number = 0
    for item in ITEMS:
        own = [row for row in amounts if row["role"] == item and row["column"] in whole]
        lines = [row for row in printed if row["role"] == item]
        for line, amount in product(lines or (None,), own or (None,)):
            number += 1
            yield {
                "document_id": table["document_id"], "number": number, "item": item,
                "status": _status(table["status"], line, amount, strange),
                "fen": amount["fen"] if amount else None, "figure_id": amount["figure_id"] if amount else None,
            }  # fmt: skip


def _has_more(amounts: Sequence[Row]) -> bool:
    """Whether a total is printed, or another fund than the general budget pays."""
    return any(row["column"] == "total" or (row["column"] in ("fund", "capital") and row["fen"]) for row in amounts)


def _status(of_table: str, line: Row | None, amount: Row | None, strange: bool) -> str:
    """strange: whether the table prints lines that are not known by name, of which this one may be one."""
    if amount is not None:
        return "stated"
    if of_table == "data":
        return "blank" if line is not None else "unreadable" if strange else "missing"
    if of_table == "partial":
        return "unreadable" if line is None or line["unread"] else "blank"
    return of_table
