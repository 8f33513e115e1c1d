"""What the documents that count come to by year, place and kind, kept right as documents come and go.

Questions over a whole year read these few rows instead of every document's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetdata.base.text import key

_AT_ONCE = 500  # documents that one statement names
_WHOSE = ("year", "region", "document_kind")
_TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched (year INTEGER PRIMARY KEY)"
"""The years whose documents came or went over this connection."""
WIDTH = ("unit", "department", "consolidated")
"""Kinds of documents, each of which may contain the ones before it."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A table that adds up the rows of another (those of a condition): by which of its columns, and what."""

    table: str
    source: str
    by: tuple[str, ...]
    added: Mapping[str, str]
    kept: str = "1"

    def statement(self, which: str, sign: int) -> str:
        """Adds (sign 1) or takes away (-1) what documents `which` (a condition) come to."""
        names, by = (*_WHOSE, *self.by), ", ".join(f"coalesce(t.{name}, '')" for name in self.by)
        sums = ", ".join(f"{sign} * {what}" for what in self.added.values())
        grown = ", ".join(f"{name} = {name} + excluded.{name}" for name in self.added)
        return f"""INSERT INTO {self.table} ({", ".join((*names, *self.added))})
            SELECT d.year, coalesce(d.region, ''), d.kind, {by}, {sums}
            FROM document d JOIN {self.source} t ON t.document_id = d.document_id
            WHERE d.counts <> 0 AND {which} AND {self.kept} GROUP BY {", ".join(map(str, range(1, len(names) + 1)))}
            ON CONFLICT ({", ".join(names)}) DO UPDATE SET {grown}"""


_SUMS = (
    _Sum("check_year", "check_sum", ("kind", "status"), {"n": "sum(t.n)"}),
    _Sum("item_year", "disclosure_item", ("item_id", "status"), {"n": "count(*)"}),
    _Sum("target_year", "target_sum", ("horizon", "category", "quality"), {"n": "sum(t.n)"}),
    _Sum("class_year", "class_sum", ("code", "name"), {"n": "count(*)", "fen": "sum(t.fen)"}),
    _Sum(
        "layout_year",
        "form_table",
        ("layout", "status", "reason_code"),
        {"n": "count(*)", "figures": "sum(t.figures)", "hold": "sum(t.hold)", "evaluated": "sum(t.evaluated)"},
    ),
    _Sum("account_year", "account", ("level", "code", "name"), {"n": "count(*)", "fen": "sum(t.fen)"}, "t.amounts > 0"),
)
TABLES = tuple(each.table for each in _SUMS)
"""What is added up over documents; `within_other` beside them is of single documents."""


def add(db: sqlite3.Connection, documents: Sequence[str]) -> None:
    """Count in documents whose rows have just been stored."""
    _count(db, documents, 1)


def remove(db: sqlite3.Connection, documents: Sequence[str]) -> None:
    """Count documents out again, while their rows are still stored."""
    _count(db, documents, -1)
    for table in TABLES:
        db.execute(f"DELETE FROM {table} WHERE n = 0")


def _count(db: sqlite3.Connection, documents: Sequence[str], sign: int) -> None:
    db.execute(_TOUCHED)
    for start in range(0, len(documents), _AT_ONCE):
        some = tuple(documents[start : start + _AT_ONCE])
        which = f"d.document_id IN ({', '.join('?' * len(some))})"
        db.execute(f"INSERT OR IGNORE INTO temp.touched SELECT year FROM document d WHERE {which}", some)
        for each in _SUMS:
            db.execute(each.statement(which, sign), some)


def anew(db: sqlite3.Connection) -> None:
    """All of it from the rows of all documents, as it is after a build."""
    for each in _SUMS:
        db.execute(f"DELETE FROM {each.table}")
        db.execute(each.statement("1", 1))
    db.execute(_TOUCHED)
    db.execute("INSERT OR IGNORE INTO temp.touched SELECT year FROM document")
    settle(db)


def settle(db: sqlite3.Connection) -> None:
    """Which documents another one may hold, now that all are stored: of the years of which any came or went."""
    db.execute(_TOUCHED)
    names, of_years = ("document_id", "department", "region", "year", "kind"), "year IN (SELECT year FROM temp.touched)"
    stored = db.execute(f"SELECT {', '.join(names)} FROM document WHERE counts <> 0 AND {of_years}").fetchall()
    inner = within([dict(zip(names, row, strict=True)) for row in stored])
    before = (
        f"SELECT document_id FROM document WHERE {of_years} AND document_id IN (SELECT document_id FROM within_other)"
    )
    known = {document_id for (document_id,) in db.execute(before)}
    db.executemany("DELETE FROM within_other WHERE document_id = ?", [(each,) for each in sorted(known - inner)])
    db.executemany("INSERT INTO within_other VALUES (?)", [(each,) for each in sorted(inner - known)])
    db.execute("DELETE FROM temp.touched")


def within(documents: Iterable[Mapping[str, Any]]) -> set[str]:
    """Of some documents (document_id, department, region, year, kind) those whose money another of the same year may hold too:
    those of the same body of a narrower kind, and single units beside a department of their region, for whose unit one is, is
    not always printed."""
    rows = [(row["document_id"], _width(row), row["kind"], _places(row)) for row in documents]
    widest: dict[tuple[object, ...], int] = {}
    for _, width, _, places in rows:
        for place in places:
            widest[place] = max(widest.get(place, 0), width)
    return {
        document_id
        for document_id, width, kind, (body, region) in rows
        if widest[body] > width or (kind == WIDTH[0] and widest[region] > width)
    }


def _places(row: Mapping[str, Any]) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Where others may hold a document's money: its body in its year, and its region, of which that is known of a unit alone."""
    return (row["year"], "body", key(row["department"])), (row["year"], "region", row["region"])


def _width(row: Mapping[str, Any]) -> int:
    return WIDTH.index(row["kind"]) if row["kind"] in WIDTH else 1
