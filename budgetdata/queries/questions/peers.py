"""The budgets that a department's is read beside: those of its place, its year and its kind."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of


def peers(db: Database, region: str, year: int, kind: str) -> list[Record]:
    """The budgets of a region, a year and a kind: document_id, short, year, fen and figure_id (the expenditure total of table 1),
    basic_fen and whole_fen (table 3's total row), public_fen (table 10), general_fen (table 1); most expenditure first, those
    without a total last."""
    found = db.once(
        f"""SELECT d.document_id, d.department, d.region, d.year, f.fen, f.figure_id,
             (SELECT max(v.fen) FROM three_public_item v WHERE v.document_id = d.document_id AND v.item = 'total') AS public_fen,
             ({_AMOUNT} AND h.table_no = 1 AND h.item = 'general') AS general_fen,
             ({_AMOUNT} AND h.table_no = 3 AND h.item = 'basic') AS basic_fen,
             ({_AMOUNT} AND h.table_no = 3 AND h.item = 'total') AS whole_fen
           FROM document d
           LEFT JOIN figure f ON f.document_id = d.document_id AND f.table_no = 1 AND f.side = 'expenditure'
             AND f."column" = 'total' AND f.role = 'expenditure_total'
           WHERE d.region = ? AND d.year = ? AND d.kind = ?""",
        (region, year, kind),
    )
    found.sort(key=lambda row: (row["fen"] is None, -(row["fen"] or 0), row["department"], row["document_id"]))
    rows: dict[str, Record] = {}
    for row in found:  # of a total that is printed twice the larger
        rows.setdefault(row["document_id"], row | {"short": name_of(db, row)})
    return list(rows.values())


def groups(db: Database, most: int) -> list[Record]:
    """The places, years and kinds with most budgets, so many: region, year, kind."""
    named = "SELECT region, year, kind FROM document WHERE region IS NOT NULL"
    return db.rows(f"{named} GROUP BY 1, 2, 3 ORDER BY count(*) DESC LIMIT ?", (most,))


_AMOUNT = "SELECT max(h.fen) FROM headline h WHERE h.document_id = d.document_id"
