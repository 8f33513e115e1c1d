"""A new database made and filled with sqlite-utils as it is declared: STRICT tables, indexes, views, then maintenance.

Only who writes a database imports this module; a server that reads has neither it nor sqlite-utils in memory.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from budgetdata.store.declared import Stored, stored_tables
from budgetdata.store.rows import Row, Rows
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

_PYTHON = {"text": str, "integer": int}


def schema() -> str:
    """The whole schema as plain SQL, as a new database has it."""
    with closing(Database(memory=True)) as db:
        _make_all(db)
        return str(db.schema)


def write(path: Path, rows: Rows) -> None:
    """A whole database in one transaction; then what SQLite's planner wants to know of it."""
    with closing(Database(path)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        with db.atomic():
            db.execute("PRAGMA defer_foreign_keys = ON")  # a document may be replaced by one that is stored after it
            _make_all(db)
            for table in stored_tables():
                fill(db, table, rows.get(table.name, []))
        db.analyze()
        db.vacuum()


def make(db: Database, table: Stored) -> None:
    """Create a table with its references and indexes; whatever it refers to is there already."""
    made = _table(db, table).create(
        {column.name: _PYTHON[column.type] for column in table.columns},
        pk=table.key if len(table.key) > 1 else table.key[0],
        not_null=[column.name for column in table.columns if column.required],
        foreign_keys=table.references,
        strict=True,
    )
    for columns in table.indexes:
        made.create_index(columns)


def fill(db: Database, table: Stored, rows: Sequence[Row]) -> None:
    """Store rows in a table. Raises StoreError where one does not fit it."""
    _table(db, table).insert_all([[column.name for column in table.columns], *table.records(rows)])


def _make_all(db: Database) -> None:
    for table in stored_tables():
        make(db, table)
    for name, select in public_views().items():
        db.create_view(name, select)


def _table(db: Database, table: Stored) -> Table:
    found = db.table(table.name)
    assert isinstance(found, Table)
    return found
