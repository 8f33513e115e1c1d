"""The performance sheets that match a filter, a page at a time, with what all of them come to."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.overlap import apart
from budgetdata.queries.projects import OWN_PROJECT, SheetFilter, conditions, sheets

_FROM = "FROM sheet s JOIN document d USING (document_id)"
_OFFICE = f" {OWN_PROJECT}"


def totals(db: Database, keep: SheetFilter) -> Record:
    """What the matching sheets come to: sheets, targets, quantified, fen (the annual money of projects), left (how many
    documents that sum leaves out, since another document may hold them)."""
    where, given = conditions(keep)
    source = _FROM + (_OFFICE if keep.office else "")
    rows = db.rows(
        f"""SELECT s.document_id, count(*) AS sheets, sum(CASE WHEN s.scope = 'project' THEN s.annual_fen END) AS fen,
              sum(s.targets) AS targets, sum(s.quantified) AS quantified
            {source} {where} GROUP BY s.document_id""",
        given,
    )
    counted, left = (rows, 0) if keep.document_id else apart(db, rows)
    found: Record = {name: sum(row[name] or 0 for row in rows) for name in ("sheets", "targets", "quantified")}
    return found | {"fen": sum(row["fen"] or 0 for row in counted), "left": left}


def page(db: Database, keep: SheetFilter, start: int, size: int) -> list[Record]:
    """Some of the matching sheets, most annual money first, as `projects.sheets` gives them."""
    where, given = conditions(keep)
    source = _FROM + (_OFFICE if keep.office else "")
    rows = db.rows(
        f"""SELECT s.sheet_id {source} {where}
            ORDER BY s.scope = 'department' DESC, s.annual_fen IS NULL, s.annual_fen DESC, s.sheet_id LIMIT ? OFFSET ?""",
        (*given, size, start),
    )
    ids = tuple(row["sheet_id"] for row in rows)
    found = {row["sheet_id"]: row for row in sheets(db, SheetFilter(ids=ids))} if ids else {}
    return [found[code] for code in ids]
