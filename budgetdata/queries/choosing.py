"""The documents that a reader's words name, a few at a time; and what stands beside a document: its years, units, place."""

from __future__ import annotations

import re

from budgetdata.base.records import Record
from budgetdata.base.terms import asked
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of

HITS = 10
"""So many documents are offered at once."""
_YEAR = re.compile(r"20\d\d")
_HIT = "document_id, department, region, kind, year"


def hits(db: Database, words: str, *, each_year: bool = False, limit: int = HITS) -> list[Record]:
    """The documents whose department, region or year the words name, the best first: document_id, department, region, kind,
    year, short. Of a department its newest year alone, unless each_year or a year is asked for. No words: none."""
    named = words.split()
    year = next((word for word in named if _YEAR.fullmatch(word)), "")
    rest = [word for word in named if word != year]
    region = next((word for word in rest if _is_region(db, word)), "")
    rows = _found(db, asked(" ".join(rest)), year, "", limit * 12) if rest else []
    if region:
        others = [word for word in rest if word != region]
        rows += _found(db, asked(" ".join(others)), year, region, limit * 12)
    elif year and not rest:
        rows = _found(db, "", year, "", limit)
    kept: dict[tuple[str, ...], Record] = {}
    for row in rows:
        number = str(row["year"]) if each_year or year else ""
        kept.setdefault((row["department"], row["region"] or "", row["kind"], number), row)
    return [row | {"short": name_of(db, row)} for row in list(kept.values())[:limit]]


def _is_region(db: Database, word: str) -> bool:
    return bool(db.value("SELECT 1 FROM document WHERE region IN (?, ? || '市') LIMIT 1", (word, word)))


def _found(db: Database, query: str, year: str, region: str, limit: int) -> list[Record]:
    """Documents by the full-text query of their names ('' for all), the best first, the newest year before the others."""
    narrowed = (" AND d.year = CAST(:year AS INTEGER)" if year else "") + (
        " AND d.region IN (:region, :region || '市')" if region else ""
    )
    given = {"query": query, "year": year, "region": region, "limit": limit}
    columns = ", ".join(f"d.{name.strip()}" for name in _HIT.split(","))
    if not query:
        sql = f"SELECT {columns} FROM document d WHERE 1 = 1{narrowed} ORDER BY d.year DESC, d.department LIMIT :limit"
        return db.rows(sql, {name: value for name, value in given.items() if f":{name}" in sql})
    sql = f"""SELECT {columns} FROM search_text JOIN search_entry e ON e.entry_id = search_text.rowid
        JOIN document d USING (document_id) WHERE search_text MATCH :query AND e.kind = 'department'{narrowed}
        ORDER BY round(rank, 1), length(d.department), d.department, d.year DESC LIMIT :limit"""
    return db.rows(sql, {name: value for name, value in given.items() if f":{name}" in sql})


def newest(db: Database, limit: int = 1) -> list[Record]:
    """The first documents of the newest year, for a page that is opened without a choice: as `hits` gives them."""
    rows = _found(db, "", str(db.value("SELECT max(year) FROM document") or ""), "", limit)
    return [row | {"short": name_of(db, row)} for row in rows]


def years_of(db: Database, document: Record) -> list[Record]:
    """The documents of a department, of the same kind and place, newest year first: document_id and year."""
    return db.rows(
        """SELECT document_id, year FROM document WHERE department = ? AND region IS ? AND kind = ?
           ORDER BY year DESC, document_id""",
        (document["department"], document["region"], document["kind"]),
    )
