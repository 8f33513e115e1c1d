"""Whether what is not there was not read (ours), not published, or printed blank (theirs): asked of the states of tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of

UNREAD = ("partial", "unreadable")
"""States of a table of which something printed was not read."""
EMPTY = ("empty", "empty_stated")


def unread_tables(db: Database, document_ids: Iterable[str], tables: Sequence[int]) -> list[Record]:
    """Those of some tables of some documents that were not read whole: document_id, table_no, status, title and reason."""
    ids = list(document_ids)
    if len(ids) > _SINGLY:
        rows = db.rows(
            f"SELECT t.* {_NOT_WHOLE.format(join='CROSS JOIN', tables=', '.join('?' * len(tables)))} ORDER BY t.table_no",
            tables,
        )
        of_it: dict[str, list[Record]] = {}
        for row in rows:
            of_it.setdefault(row["document_id"], []).append(row)
        return [row for document_id in ids for row in of_it.get(document_id, [])]
    found = []
    for document_id in ids:
        found += [row for row in _tables(db, document_id) if row["table_no"] in tables and row["status"] in UNREAD]
    return found


_SINGLY = 12
"""Of so many documents at most each is asked for by itself."""
_NOT_WHOLE = f"""FROM main.form_table t {{join}} document d USING (document_id)
  WHERE t.table_no IN ({{tables}}) AND t.status IN ({", ".join(f"'{state}'" for state in UNREAD)})"""


def documents_unread(db: Database, tables: Sequence[int], document_id: str = "") -> list[Record]:
    """The documents (or the one) of which one of some tables was not read whole, newest year first: document_id, department,
    year, short."""
    own = "AND d.document_id = ?" if document_id else ""
    join = "JOIN" if document_id else "CROSS JOIN"  # by what was not read, which is little
    source = f"{_NOT_WHOLE.format(join=join, tables=', '.join('?' * len(tables)))} {own}"
    rows = db.rows(
        f"""SELECT DISTINCT d.document_id, d.department, d.region, d.year {source}
            ORDER BY d.year DESC, d.department, d.document_id""",
        (*tables, document_id) if document_id else tuple(tables),
    )
    return [row | {"short": name_of(db, row)} for row in rows]


def read_whole(db: Database, document_id: str, *tables: int) -> bool:
    """True where nothing of some tables of a document was left unread."""
    return not unread_tables(db, [document_id], tables)


def absent(db: Database, document_id: str, *tables: int) -> str:
    """The state of an amount of some tables that is not there.

    unreadable where one of them was not read whole, missing where none of them is published, empty or empty_stated where all
    are, blank where they were read.
    """
    states = {row["status"] for row in _tables(db, document_id) if row["table_no"] in tables}
    if states & {*UNREAD}:
        return "unreadable"
    return states.pop() if len(states) == 1 and states <= {"missing", *EMPTY} else "blank" if states else "missing"


def absent_column(db: Database, document_id: str, column: str) -> str:
    """The state of a column of table 3's total row that is not there; no_column where no row of the table has an amount in it,
    apart where basic expenditure is printed in two columns, personnel and operating, and not as one."""
    state = absent(db, document_id, 3)
    if state != "blank":
        return state
    rows = db.rows(
        'SELECT DISTINCT "column" AS name FROM figure WHERE document_id = ? AND table_no = 3', (document_id,)
    )
    printed = {row["name"] for row in rows}
    if column == "basic" and printed & {"personnel", "operating"}:
        return "apart"
    return "blank" if column in printed else "no_column"


def state_of(row: Record | None, column: str = "total") -> str:
    """The state of a cell of a printed row that has no amount: unreadable where something is printed there, else blank."""
    return "unreadable" if row and column in (row.get("unread") or "").split(";") else "blank"


def table(db: Database, document_id: str, table_no: int) -> Record | None:
    """One of the thirteen tables of a document with its state and reason, or None."""
    return next((row for row in _tables(db, document_id) if row["table_no"] == table_no), None)


def sheets_known(db: Database, document_id: str) -> bool:
    """True where it is known of each project of a document whether its performance sheet is printed: no sheet, and no piece of
    one, was left unread, none belongs to a project that was not found, and the document does not say that it prints some only."""
    return bool(db.value("SELECT sheets_known FROM document_sum WHERE document_id = ?", (document_id,)) != 0)


def change_spoken(db: Database, document_id: str, subjects: Sequence[str]) -> str:
    """What a document says of the change of some subjects since last year, the furthest of: stated, unread, silent.

    unread also where no word of its narrative was read: it may stand in what was not read.
    """
    states = {
        row["state"]
        for row in db.rows("SELECT * FROM spoken WHERE document_id = ? AND about = 'change'", (document_id,))
        if row["subject"] in subjects
    }
    if states & {"stated", "declared_none"}:
        return "stated"
    return "unread" if "unread" in states or not states or not _has_narrative(db, document_id) else "silent"


def _has_narrative(db: Database, document_id: str) -> bool:
    return bool(db.value("SELECT count(*) FROM paragraph WHERE document_id = ?", (document_id,)))


def _tables(db: Database, document_id: str) -> list[Record]:
    return db.rows("SELECT * FROM form_table WHERE document_id = ? ORDER BY table_no", (document_id,))
