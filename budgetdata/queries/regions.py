"""A region, and a 科目 over departments: what is held of one year, in totals and in rows, a page at a time."""

from __future__ import annotations

from collections import Counter, defaultdict

from budgetdata.base.records import Record
from budgetdata.queries.accounts import NO_PLACE
from budgetdata.queries.base import Database
from budgetdata.queries.money import as_one, fen_of
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
        found.append({
            "year": year, "documents": len(own), "departments": len({row["department"] for row in own.values()}),
            "apart": len(own.keys() & inner), "with_total": len(counted), "fen": sum(counted) if counted else None,
            "state": "stated" if counted else Counter(_state(db, row) for row in own.values()).most_common(1)[0][0],
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
        """SELECT code, canonical_label AS name, level FROM figure JOIN document d USING (document_id)
           WHERE code = ? AND "column" = 'total' AND table_no = 3 ORDER BY level, d.year DESC LIMIT 1""",
        (code,),
    )


def account_years(db: Database, code: str) -> list[Record]:
    """For each year, newest first, how many departments' budgets print the 科目: year, documents, regions, low, high."""
    by_year: dict[int, list[Record]] = defaultdict(list)
    for row in spent(db, code):
        by_year[row["year"]].append(row)
    found: list[Record] = []
    for year in sorted(by_year, reverse=True):
        amounts = [row["fen"] for row in by_year[year] if row["fen"] is not None]
        found.append({
            "year": year, "documents": len(by_year[year]), "regions": len({row["region"] for row in by_year[year]}),
            "low": min(amounts, default=None), "high": max(amounts, default=None),
        })  # fmt: skip
    return found


def spent(db: Database, code: str, year: int = 0) -> list[Record]:
    """What each department's budget (of a year) prints for a 科目 in table 3, most first: a figure with its document and table.

    No single unit stands among them. Where a table prints the 科目 more than once, for each unit or economic
    class, it is its rows together (`accounts.together`), without figure_id; fen is None, and last, where that cannot be told.
    """
    rows = db.rows(
        """SELECT f.*, d.department, d.region, d.year, d.kind, d.source_file, t.title AS table_title, t.unit, count(*) AS printed
           FROM figure f JOIN document d USING (document_id)
           LEFT JOIN form_table t ON t.document_id = f.document_id AND t.table_no = f.table_no
           WHERE f.code = :code AND f."column" = 'total' AND f.table_no = 3 AND d.kind <> 'unit'
             AND :year IN (0, d.year) GROUP BY d.document_id""",
        {"code": code, "year": year},
    )
    return sorted(
        (whole_amount(db, row) for row in rows),
        key=lambda row: (row["fen"] is None, -(row["fen"] or 0), row["department"]),
    )


def whole_amount(db: Database, row: Record) -> Record:
    """What a document prints for a 科目 in table 3, in `printed` rows, as one amount; as it is where one row prints it."""
    if row["printed"] == 1:
        return row
    return {**row, **NO_PLACE, "fen": fen_of(as_one(db, row))}


def spenders(db: Database, code: str, year: str, region: str = "") -> list[Record]:
    """Who prints the 科目 in table 3 of a year, most first: document_id, short, year, region, fen, figure (its record), state."""
    rows = [row for row in spent(db, code, int(year or 0)) if region in ("", row["region"])]
    states = {True: "stated", False: "unreadable"}
    return [{**row, "short": name_of(db, row), "figure": row, "state": states[row["fen"] is not None]} for row in rows]
