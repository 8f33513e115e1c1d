"""Budgets that may be counted in another that is held: a unit's in its department's. Sums over documents leave them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from budgetdata.base.records import Record
from budgetdata.base.text import key
from budgetdata.queries.base import Database

WIDTH = ("unit", "department", "consolidated")
"""Kinds of documents, each of which may contain the ones before it."""


def within_others(db: Database) -> frozenset[str]:
    """The documents whose money another document of the same year may hold too: those of the same body of a narrower kind, and
    budgets of single units beside a department of their region, for whose unit one is, is not always printed."""
    years: dict[int, list[Record]] = defaultdict(list)
    for row in db.rows("SELECT document_id, department, region, year, kind FROM document ORDER BY document_id"):
        years[row["year"]].append(row)
    return frozenset(
        row["document_id"] for rows in years.values() for row in rows if any(_may_hold(other, row) for other in rows)
    )


def apart(db: Database, rows: Iterable[Record]) -> tuple[list[Record], int]:
    """(the rows that a sum over documents counts, how many documents of the rest it leaves out)."""
    inner = within_others(db)
    every = list(rows)
    left = {row["document_id"] for row in every} & inner
    return [row for row in every if row["document_id"] not in left], len(left)


def _may_hold(wide: Record, narrow: Record) -> bool:
    if _width(wide) <= _width(narrow):
        return False
    same = key(wide["department"]) == key(narrow["department"])
    return same or (narrow["kind"] == WIDTH[0] and wide["region"] == narrow["region"])


def _width(row: Record) -> int:
    return WIDTH.index(row["kind"]) if row["kind"] in WIDTH else 1
