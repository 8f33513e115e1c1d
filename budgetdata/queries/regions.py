"""A region, and a 科目 over departments: what is held of one year, in totals and in rows, a page at a time."""

from __future__ import annotations

from collections import Counter
from typing import Any

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.overlap import within_others
from budgetdata.queries.population import name_of
from budgetdata.queries.reading import absent

_TOTAL = """LEFT JOIN figure f ON f.document_id = d.document_id AND f.table_no = 1 AND f.role = 'expenditure_total'
  AND f."column" = 'total'"""


def years(db: Database, region: str) -> list[Record]:
    """The years of a region, newest first: year, documents, departments, with_total and fen, the sum of the expenditure totals;
    state: stated, or why no total of the year is there; apart: how many documents the sum leaves out, since another one of their
    year may hold them (single units, a narrower kind)."""
    inner = within_others(db)
    rows = db.rows(
        f"SELECT d.document_id, d.department, d.year, f.fen FROM document d {_TOTAL} WHERE d.region = ?", (region,)
    )
    found: list[Record] = []
    for year in sorted({row["year"] for row in rows}, reverse=True):
        own = {row["document_id"]: row for row in rows if row["year"] == year}
        counted = [row["fen"] for code, row in own.items() if code not in inner and row["fen"] is not None]
        states = Counter(_state(db, row) for row in own.values())
        found.append({
            "year": year, "documents": len(own), "departments": len({row["department"] for row in own.values()}),
            "apart": len(own.keys() & inner), "with_total": len(counted), "fen": sum(counted) if counted else None,
            "state": "stated" if counted else states.most_common(1)[0][0],
        })  # fmt: skip
    return found


def departments(db: Database, region: str, year: str, start: int, size: int) -> list[Record]:
    """Some of a region's documents of a year, departments before units, most expenditure first: the columns of `document`,
    short, fen, figure_id, and state: stated, or why there is no total (`reading.absent`)."""
    rows = db.rows(
        f"""SELECT d.*, f.fen, f.figure_id FROM document d {_TOTAL} WHERE d.region = ? AND d.year = ?
            ORDER BY d.kind = 'unit', f.fen IS NULL, f.fen DESC, d.department, d.document_id LIMIT ? OFFSET ?""",
        (region, int(year or 0), size, start),
    )
    return [row | {"short": name_of(db, row), "state": _state(db, row)} for row in rows]


def _state(db: Database, row: Record) -> str:
    return "stated" if row["fen"] is not None else absent(db, row["document_id"], 1)


def known(db: Database, region: str) -> bool:
    """Whether a document of the region is held."""
    return bool(db.value("SELECT 1 FROM document WHERE region = ? LIMIT 1", (region,)))


def account(db: Database, code: str) -> Record | None:
    """A 科目 of the expenditure table by its code: code, name, level; None where no document prints it."""
    return db.row(
        """SELECT code, canonical_label AS name, level FROM figure
           WHERE code = ? AND "column" = 'total' AND table_no = 3 ORDER BY level LIMIT 1""",
        (code,),
    )


_SPENT = """FROM figure f JOIN document d ON d.document_id = f.document_id
    WHERE f.code = :code AND f."column" = 'total' AND f.table_no = 3 AND d.kind <> 'unit'"""


def account_years(db: Database, code: str) -> list[Record]:
    """For each year, newest first, how many departments' budgets print the 科目: year, documents, regions, low, high."""
    return db.rows(
        f"""SELECT d.year, count(DISTINCT d.document_id) AS documents, count(DISTINCT d.region) AS regions, min(f.fen) AS low,
              max(f.fen) AS high {_SPENT} GROUP BY d.year ORDER BY d.year DESC""",
        {"code": code},
    )


def spenders(db: Database, code: str, year: str, region: str = "") -> list[Record]:
    """Who prints the 科目 in table 3 of a year, most first: document_id, short, year, region, fen, figure (its record)."""
    given: dict[str, Any] = {"code": code, "year": int(year or 0), "region": region}
    rows = db.rows(
        f"""SELECT f.*, d.department, d.region, d.year, d.kind, d.source_file, t.title AS table_title, t.unit {
            _SPENT.replace(
                "WHERE", "LEFT JOIN form_table t ON t.document_id = f.document_id AND t.table_no = f.table_no WHERE"
            )
        }
            AND d.year = :year AND (:region = '' OR d.region = :region) GROUP BY d.document_id
            ORDER BY f.fen DESC, d.department""",
        given,
    )
    return [{**row, "short": name_of(db, row), "figure": row} for row in rows]
