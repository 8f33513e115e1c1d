"""The performance sheets that match a filter, a page at a time, with what all of them come to."""

from __future__ import annotations

from budgetdata.base.keeping import Room
from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.overlap import apart
from budgetdata.queries.projects import OWN_PROJECT, SheetFilter, conditions, sheets

_FROM = "FROM sheet s JOIN document d USING (document_id)"
_OFFICE = f" {OWN_PROJECT}"
_AGAIN = """NOT EXISTS (SELECT 1 FROM project p WHERE p.sheet_id = s.sheet_id) AND EXISTS (
  SELECT 1 FROM sheet o JOIN project p ON p.sheet_id = o.sheet_id
  WHERE o.document_id = s.document_id AND o.sheet_id <> s.sheet_id AND o.project_name = s.project_name
    AND o.annual_fen = s.annual_fen)"""
"""A sheet that tells a project's goals a second time: no project's own, beside one of the same name and money that is."""
_KEPT = Room(2**19)
A_PAGE = 12
"""Sheets that a page of them shows, where many documents are held."""
_ADDED = ("sheets", "targets", "quantified", "whole", "whole_targets")


def totals(db: Database, keep: SheetFilter) -> Record:
    """What the matching sheets come to: sheets, and of those of projects fen (their annual money, once where two tell of one),
    targets and quantified; whole and whole_targets of the department-wide ones, whose indicators may be those of projects once
    more; left (how many documents the money leaves out, since another document may hold them)."""
    return dict(_totals(db, keep))


@_KEPT.keeps
def _totals(db: Database, keep: SheetFilter) -> Record:
    where, given = conditions(keep)
    source = _FROM + (_OFFICE if keep.office else "")
    rows = db.rows(
        f"""SELECT s.document_id, count(*) AS sheets,
              sum(CASE WHEN s.scope = 'project' AND NOT ({_AGAIN}) THEN s.annual_fen END) AS fen,
              sum(s.scope = 'department') AS whole, sum(CASE WHEN s.scope = 'department' THEN s.targets END) AS whole_targets,
              sum(CASE WHEN s.scope = 'project' THEN s.targets END) AS targets,
              sum(CASE WHEN s.scope = 'project' THEN s.quantified END) AS quantified
            {source} {where} GROUP BY s.document_id""",
        given,
    )
    counted, left = (rows, 0) if keep.document_id else apart(db, rows)
    found: Record = {name: sum(row[name] or 0 for row in rows) for name in _ADDED}
    return found | {"fen": sum(row["fen"] or 0 for row in counted), "left": left}


def page(db: Database, keep: SheetFilter, start: int, size: int) -> list[Record]:
    """Some of the matching sheets, those of projects first, most annual money first, as `projects.sheets` gives them."""
    where, given = conditions(keep)
    source = _FROM + (_OFFICE if keep.office else "")
    rows = db.rows(
        f"""SELECT s.sheet_id {source} {where}
            ORDER BY s.scope = 'department', s.annual_fen IS NULL, s.annual_fen DESC, s.sheet_id LIMIT ? OFFSET ?""",
        (*given, size, start),
    )
    ids = tuple(row["sheet_id"] for row in rows)
    found = {row["sheet_id"]: row for row in sheets(db, SheetFilter(ids=ids))} if ids else {}
    return [found[code] for code in ids]
