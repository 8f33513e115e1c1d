"""A new database made with sqlite-utils as it is declared (STRICT tables, indexes, views), filled, then maintained.

Only who writes a database imports this module; a server that reads has neither it nor sqlite-utils in memory.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from budgetdata.base.records import Row, Rows
from budgetdata.store.declared import Stored, stored_tables
from budgetdata.store.views import public_views


@contextmanager
def _as_if_missing(*names: str) -> Iterator[None]:
    """Modules that are not loaded yet cannot be in the block."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _as_if_missing("pandas", "numpy"):  # it would only learn their types, which no row holds, for 0.6 s and 80 MiB
    from sqlite_utils import Database
    from sqlite_utils.db import Table

    from budgetdata.store import finding, over_years

META = "meta"
_LOOKED_AT = 1000  # rows of an index that the planner is told of at most
_HOLES = 5  # one page in so many empty
_FEW = 50  # one document in so many is too few for the planner to think otherwise
_PYTHON = {"text": str, "integer": int}


def schema() -> str:
    """The whole schema as plain SQL, as a new database has it."""
    with closing(Database(memory=True)) as db:
        _make_all(db)
        return str(db.schema)


def begin(path: Path) -> Database:
    """An empty file with every table, index and view, open to be filled; the caller closes it."""
    db = _quick(path)
    _make_all(db)
    return db


def reopen(path: Path, gone: Iterable[str]) -> Database:
    """A copy of a database, open to be filled further, without the rows of the documents `gone`; the caller closes it."""
    db = _quick(path)
    db.execute("PRAGMA foreign_keys = OFF")  # rows that refer to each other go together
    with db.atomic():
        leaving = list(gone)
        over_years.remove(db.conn, leaving)
        for document_id in leaving:
            finding.remove(db, document_id)
            for table in reversed(stored_tables()):
                _delete(db, table, document_id)
        db.execute(f"DELETE FROM {META}")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def fill_all(db: Database, rows: Rows) -> None:
    """Store rows of every table in one transaction. Raises StoreError or IntegrityError where one does not fit."""
    with db.atomic():
        db.execute("PRAGMA defer_foreign_keys = ON")  # a row may refer to one that is stored after it
        for table in stored_tables():
            if rows.get(table.name):
                fill(db, table, rows[table.name])
        stored = [row["document_id"] for row in rows.get("document", [])]
        finding.add(db, stored)
        over_years.add(db.conn, stored)


def replace(db: Database, replaced: Mapping[str, str]) -> None:
    """Say which document each of some is replaced by: when all are stored, for either may have come long before the other."""
    with db.atomic():
        statement = "UPDATE document SET replaced_by = ? WHERE document_id = ?"
        db.conn.executemany(statement, [(by, document_id) for document_id, by in replaced.items()])


def settle(db: Database, *, anew: bool, changed: int) -> None:
    """What all documents together come to, and what SQLite's planner wants to know of the rows, where so many changed that it may
    be something else; holes that deleted rows left are closed where they are many. anew: the file was empty, and its full-text
    index is made one piece; to one that was there SQLite joins what is added as it goes, so that one document more does not
    write all of it again."""
    if anew:
        finding.settle(db)
    with db.atomic():
        over_years.settle(db.conn)
    [[documents]] = db.execute("SELECT count(*) FROM document_content").fetchall()
    if anew or changed * _FEW > documents:
        db.execute(f"PRAGMA analysis_limit = {_LOOKED_AT}")
        db.analyze()
    [[free]], [[pages]] = (db.execute(f"PRAGMA {name}").fetchall() for name in ("freelist_count", "page_count"))
    if free * _HOLES > pages:
        db.vacuum()


def _quick(path: Path) -> Database:
    """A file that nobody reads yet: it is on the disk when it is whole, not row by row."""
    db = Database(path)
    db.execute("PRAGMA journal_mode = MEMORY")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _delete(db: Database, table: Stored, document_id: str) -> None:
    if table.name in (META, *over_years.TABLES):
        return
    if any(column.name == "document_id" for column in table.columns):
        db.execute(f"DELETE FROM [{table.name}] WHERE document_id = ?", [document_id])
        return
    column, parent, key = table.references[0]
    of_it = f"SELECT [{key}] FROM [{parent}] WHERE document_id = ?"
    db.execute(f"DELETE FROM [{table.name}] WHERE [{column}] IN ({of_it})", [document_id])


def make(db: Database, table: Stored) -> None:
    """Create a table with its references, closed vocabularies and indexes; whatever it refers to is there already."""
    statement = db.create_table_sql(
        table.name,
        {column.name: _PYTHON[column.type] for column in table.columns},
        pk=table.key if len(table.key) > 1 else table.key[0],
        not_null=[column.name for column in table.columns if column.required],
        foreign_keys=table.references,
        strict=True,
    )
    body, end, strict = statement.rpartition("\n)")
    db.execute("".join([body, *(f",\n   {check}" for check in _checks(table)), end, strict]))
    made = _table(db, table)
    for columns in table.indexes:
        made.create_index(columns)


def _checks(table: Stored) -> Iterator[str]:
    """A CHECK for each column whose values are listed (sqlite-utils keeps such constraints, and cannot make them)."""
    for column in table.columns:
        if column.values:
            listed = ", ".join(f"'{value}'" for value in column.values)
            yield f'CHECK ("{column.name}" IN ({listed}))'


def fill(db: Database, table: Stored, rows: Sequence[Row]) -> None:
    """Store rows in a table. Raises StoreError where one does not fit it."""
    names = ", ".join(f"[{column.name}]" for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    db.conn.executemany(f"INSERT INTO [{table.name}] ({names}) VALUES ({marks})", table.records(rows))


def _make_all(db: Database) -> None:
    for table in stored_tables():
        make(db, table)
    finding.make(db)
    for name, select in public_views().items():
        db.create_view(name, select)


def _table(db: Database, table: Stored) -> Table:
    found = db.table(table.name)
    assert isinstance(found, Table)
    return found
