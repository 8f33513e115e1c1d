"""Budgets that may be counted in another that is held: a unit's in its department's. Sums over documents leave them out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from budgetdata.base.records import Record
from budgetdata.base.text import key
from budgetdata.queries.base import Database

WIDTH = ("unit", "department", "consolidated")
"""Kinds of documents, each of which may contain the ones before it."""


@lru_cache(maxsize=8)
def within_others(db: Database) -> frozenset[str]:
    """The documents whose money another document of the same year may hold too: those of the same body of a narrower kind, and
    budgets of single units beside a department of their region, for whose unit one is, is not always printed."""
    rows = db.rows("SELECT document_id, department, region, year, kind FROM document ORDER BY document_id")
    widest: dict[tuple[object, ...], int] = {}
    for row in rows:
        for place in _places(row):
            widest[place] = max(widest.get(place, 0), _width(row))
    return frozenset(
        row["document_id"] for row in rows if any(widest[place] > _width(row) for place in _places(row, narrow=True))
    )


def _places(row: Record, *, narrow: bool = False) -> list[tuple[object, ...]]:
    """Where others may hold a document's money: its body in its year, its region too; narrow: the region for a unit alone."""
    body = (row["year"], "body", key(row["department"]))
    region = (row["year"], "region", row["region"])
    return [body] if narrow and row["kind"] != WIDTH[0] else [body, region]


def apart(db: Database, rows: Iterable[Record]) -> tuple[list[Record], int]:
    """(the rows that a sum over documents counts, how many documents of the rest it leaves out)."""
    inner = within_others(db)
    every = list(rows)
    left = {row["document_id"] for row in every} & inner
    return [row for row in every if row["document_id"] not in left], len(left)


def _width(row: Record) -> int:
    return WIDTH.index(row["kind"]) if row["kind"] in WIDTH else 1
