"""What is held, table by table: whether it is printed, what of it was read, why not the rest, and which identities hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from budgetdata.base.records import Record
from budgetdata.queries.base import Database

NOT_PRINTED = "missing"
ONLY_SAID = "table.stated_none"
"""The reason of a table that is printed nowhere, for the text says that there is nothing in it."""
PERHAPS = (
    "table.spoken_of", "table.perhaps_among", "table.perhaps_on_page", "table.in_contents", "register.tables_elsewhere",
    "register.tables_not_here", "register.rest_not_here", "register.rest_elsewhere", "register.tables_not_with_sheets",
)  # fmt: skip
"""Reasons of a table that was not found and may be printed all the same, in another form or in another file."""
READ = ("data", "partial", "empty_stated", "empty")
"""States of a table that was read, wholly or in part; an empty one is read as empty."""
_HOLD, _EVALUATED = ("balanced", "rounding"), ("balanced", "rounding", "different")


def tables(db: Database) -> list[Record]:
    """One row a document and standard table.

    document_id, department, year, table_no, title, status, layout (by which it was read), reason with its code and arguments,
    page, line; printed, read and perhaps (printed, but not found), 0 or 1 each; figures; hold and evaluated: how many of the
    identities that name it hold, of how many.
    """
    rows = db.rows(
        """SELECT t.*, d.department, d.year, (SELECT count(*) FROM figure f
             WHERE f.document_id = t.document_id AND f.table_no = t.table_no) AS figures
           FROM form_table t JOIN document d USING (document_id) ORDER BY d.department, d.year, t.document_id, t.table_no"""
    )
    hold, evaluated = _identities(db)
    for row in rows:
        at = row["document_id"], row["table_no"]
        perhaps = row["reason_code"] in PERHAPS and row["status"] not in (*READ, NOT_PRINTED)
        printed = row["status"] != NOT_PRINTED and not perhaps and row["reason_code"] != ONLY_SAID
        row |= {
            "printed": int(printed), "perhaps": int(perhaps), "read": int(printed and row["status"] in READ),
            "hold": hold[at], "evaluated": evaluated[at],
        }  # fmt: skip
    return rows


def _identities(db: Database) -> tuple[Counter[tuple[str, int]], Counter[tuple[str, int]]]:
    """How many identities that name a table of a document hold, and how many are evaluated."""
    hold: Counter[tuple[str, int]] = Counter()
    evaluated: Counter[tuple[str, int]] = Counter()
    for row in db.rows("SELECT document_id, status, left_ref, right_ref FROM check_result"):
        if row["status"] in _EVALUATED:
            refs = f"{row['left_ref'] or ''};{row['right_ref'] or ''}".split(";")
            for no in {int(ref[1:3]) for ref in refs if ref[:1] == "t" and ref[1:3].isdecimal()}:
                evaluated[row["document_id"], no] += 1
                hold[row["document_id"], no] += row["status"] in _HOLD
    return hold, evaluated


def layouts(rows: Iterable[Record]) -> list[Record]:
    """The totals of `tables` by layout: layout ('' for tables of which nothing was read), printed, read, whole (nothing of it
    unread), figures, hold, evaluated; the most first."""
    found: dict[str, Record] = {}
    for row in rows:
        if row["printed"]:
            of = found.setdefault(row["layout"] or "", {"layout": row["layout"] or "", **dict.fromkeys(_SUMMED, 0)})
            for name in _SUMMED:
                of[name] += row["read"] and row["status"] != "partial" if name == "whole" else row[name]
    return sorted(found.values(), key=lambda of: (-of["printed"], of["layout"]))


_SUMMED = ("printed", "read", "whole", "figures", "hold", "evaluated")


def documents(db: Database, rows: Sequence[Record]) -> list[Record]:
    """One row a document: department, year, printed, read, figures, hold, evaluated of its tables; projects, sheets, targets,
    and unread: how many lines tell of what was not read."""
    found = db.rows(
        """SELECT d.document_id, d.department, d.year, d.source_file,
             (SELECT count(*) FROM project p WHERE p.document_id = d.document_id) AS projects,
             (SELECT count(*) FROM sheet s WHERE s.document_id = d.document_id) AS sheets,
             (SELECT count(*) FROM target t WHERE t.document_id = d.document_id) AS targets,
             (SELECT count(*) FROM problem p WHERE p.document_id = d.document_id AND p.severity = 'unread') AS unread
           FROM document d ORDER BY d.department, d.year, d.document_id"""
    )
    for document in found:
        own = [row for row in rows if row["document_id"] == document["document_id"]]
        document |= {
            name: sum(row[name] for row in own) for name in ("printed", "read", "figures", "hold", "evaluated")
        }
    return found
