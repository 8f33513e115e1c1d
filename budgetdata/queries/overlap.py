"""Budgets that may be counted in another that is held: a unit's in its department's. Sums over documents leave them out."""

from __future__ import annotations

from collections.abc import Iterable

from budgetdata.base.records import Record
from budgetdata.queries.base import Database


def within_others(db: Database) -> frozenset[str]:
    """The documents whose money another document of the same year may hold too: those of the same body of a narrower kind, and
    budgets of single units beside a department of their region, for whose unit one is, is not always printed."""
    return frozenset(row["document_id"] for row in db.rows("SELECT document_id FROM within_other"))


def apart(db: Database, rows: Iterable[Record]) -> tuple[list[Record], int]:
    """(the rows that a sum over documents counts, how many documents of the rest it leaves out)."""
    inner = within_others(db)
    every = list(rows)
    left = {row["document_id"] for row in every} & inner
    return [row for row in every if row["document_id"] not in left], len(left)
