"""The database as the app sees it: a path and a version, opened read-only for each question."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from cachetools import LRUCache, cached

from budgetdata.base.errors import NoDatabaseError, ReplacedError, StoreError, TooLongError, UnknownNameError
from budgetdata.base.records import Record
from budgetdata.base.settings import default_database
from budgetdata.queries.connections import Connections, To
from budgetdata.store.database import open_readonly, stored_meta
from budgetdata.store.kept import Stamp, stamp_of
from budgetdata.words.catalogue import text

_MOST = 16 * 2**20
"""Bytes that answers may take together, as they are estimated."""
_SAMPLE = 8
LONGEST = 20.0
"""Seconds that one question to the database may take."""
_STEPS = 20_000
"""How many steps of SQLite's machine lie between two looks at the clock: some 0.2 ms."""
_CONNECTIONS = Connections()


@dataclass(frozen=True, slots=True)
class Database:
    """A built database: where it is and which version of the facts it holds (part of every cache key).

    superseded: the documents that count nowhere, since a correction or another version counts; per_document: the tables
    with rows of single documents. A query sees the documents that count, and one that names a superseded document by its
    id, or the id of anything in it, sees that one too. The public views (/data/) hold them all. documents: how many count.
    stamp: where given, the file is answered from only while it lies as it did then. origin: the file whose copy this is, itself
    where it is none; what is kept of the one answers for the other.
    """

    path: Path = field(compare=False)
    version: str
    built_at: str = ""
    superseded: tuple[str, ...] = field(default=(), compare=False)
    per_document: tuple[str, ...] = field(default=(), compare=False)
    documents: int = field(default=0, compare=False)
    year: str = ""
    stamp: Stamp | None = field(default=None, compare=False)
    origin: Path | None = None

    def __post_init__(self) -> None:
        if self.origin is None:
            object.__setattr__(self, "origin", self.path)

    def __hash__(self) -> int:
        """By the version alone: every answer that is kept is looked up by it, and few databases are open at once."""
        return hash(self.version)

    def of_year(self, year: str) -> Database:
        """The same with the departments' documents of one year alone: what a list over many documents is drawn from."""
        return replace(self, year=year)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Record]:
        """The rows of a SELECT as dicts, asked of the file once for each version of the facts.

        Raises StoreError where the file is gone or of another schema, ReplacedError where it holds other facts by now.
        """
        named = isinstance(parameters, Mapping)
        given = tuple(parameters.items()) if isinstance(parameters, Mapping) else tuple(parameters)
        return [dict(row) for row in _asked(self, sql, given, named)]

    def once(self, sql: str, parameters: Sequence[Any] = ()) -> list[Record]:
        """The same rows, where who asks keeps what it makes of them: many, they would push out what is asked again."""
        return list(_answer(self, sql, tuple(parameters), False))

    def row(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Record | None:
        """The first row of a SELECT, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def value(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, parameters)
        return next(iter(row.values())) if row else None


_pinned: ContextVar[Database | None] = ContextVar("pinned", default=None)
_serving: Callable[[], Database] | None = None


def open_database(path: Path | None = None) -> Database:
    """The database at `path` (default: the one commands use, or what a server holds) with its version.

    Inside `pinned`, the one that was pinned. Raises StoreError where there is none.
    """
    if path is None:
        of_this_answer = _pinned.get()
        if of_this_answer is not None:
            return of_this_answer
        if _serving is not None:
            return _serving()
    return database_at(path or default_database())


def database_at(path: Path) -> Database:
    """The database at a path, as it is now."""
    stamp = stamp_of(path)
    try:
        return _opened(path, stamp)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: the file is damaged ({error}); build it again, or: budgetdata rollback") from error


@contextlib.contextmanager
def pinned(db: Database) -> Iterator[Database]:
    """Until the block ends, whatever opens the database gets this one: all parts of an answer are of one version."""
    before = _pinned.set(db)
    try:
        yield db
    finally:
        _pinned.reset(before)


def serve_from(source: Callable[[], Database] | None) -> None:
    """From now on open what a server holds; None: the file itself."""
    global _serving
    _serving = source


@lru_cache(maxsize=8)
def _opened(path: Path, _stamp: Stamp | None) -> Database:
    with closing(open_readonly(path)) as connection:  # which says what to do where there is none
        meta = stored_meta(connection)
        superseded = tuple(row[0] for row in connection.execute("SELECT document_id FROM document WHERE counts = 0"))
        tables = tuple(
            row[0]
            for row in connection.execute(
                """SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                   WHERE m.type = 'table' AND c.name = 'document_id' ORDER BY 1"""
            )
        )
        (documents,) = connection.execute("SELECT count(*) FROM document WHERE counts <> 0").fetchone()
    return Database(path, meta.get("version", ""), meta.get("built_at", ""), superseded, tables, documents)


def _room(rows: tuple[Record, ...]) -> int:
    """About how many bytes an answer takes: of some of its rows, for all."""
    some = rows[:: len(rows) // _SAMPLE + 1]
    held = sum(sys.getsizeof(row) + sum(map(sys.getsizeof, row.values())) for row in some)
    return 512 + held * len(rows) // max(len(some), 1)


def _answer(db: Database, sql: str, given: tuple[Any, ...], named: bool) -> tuple[Record, ...]:
    values = [value for _, value in given] if named else given
    counted = bool(db.year or (db.superseded and not any(str(v).startswith(db.superseded) for v in values)))
    to = To(db.path, db.version, db.year, counted, db.stamp)
    try:
        with _CONNECTIONS.lent(to, partial(_only_what_counts, db=db) if counted else _as_stored) as connection:
            until = time.monotonic() + LONGEST
            connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            return _records(connection.execute(sql, dict(given) if named else given))
    except NoDatabaseError as error:
        if db.path == default_database():
            raise
        raise ReplacedError(str(error)) from error  # a server's copy of a version that is no more
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise StoreError(f"{db.path}: cannot be read ({error})") from error
        raise TooLongError(f"a question took longer than {LONGEST:.0f} s and was given up") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"{db.path}: the file is damaged ({error}); build it again, or: budgetdata rollback"
        ) from error


_asked = cached(LRUCache(_MOST, getsizeof=_room), lock=threading.Lock())(_answer)


def forget() -> None:
    """Let go of the answers that are kept, and of connections: those to files that are gone hold their room on the disk."""
    _asked.cache_clear()
    _CONNECTIONS.close()


def _records(cursor: sqlite3.Cursor) -> tuple[Record, ...]:
    """The rows of a question as dicts. A sqlite3.Row looks for each column by its name among all; of many that is most of the
    time that a question takes. Of columns of one name the first counts, as there."""
    names = [column[0] for column in cursor.description or ()]
    if len(set(names)) < len(names):
        return tuple(dict(row) for row in cursor)
    cursor.row_factory = None
    return tuple(dict(zip(names, row, strict=True)) for row in cursor)


def _as_stored(_connection: sqlite3.Connection) -> None:
    """Every table stands for all its rows."""


def _only_what_counts(connection: sqlite3.Connection, db: Database) -> None:
    """Let the names of the tables stand for their rows of documents that count (of the year, where it is one), on this
    connection. Which documents those are is looked up once, into a table of its own."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("CREATE TEMP TABLE meant (document_id TEXT PRIMARY KEY) WITHOUT ROWID")
    which = f"year = {int(db.year)} AND kind <> 'unit' AND counts <> 0" if db.year else "counts = 0"
    connection.execute(f"INSERT INTO temp.meant SELECT document_id FROM main.document WHERE {which}")
    connection.execute("ANALYZE temp.meant")
    kept = "IN" if db.year else "NOT IN"
    for table in db.per_document:
        connection.execute(
            f'CREATE TEMP VIEW "{table}" AS SELECT * FROM main."{table}" WHERE document_id {kept} temp.meant'
        )


def counted_years(db: Database, year: str = "", region: str = "") -> tuple[str, tuple[Any, ...]]:
    """The condition on a table of what the years come to (store/over_years.py), and its values: of what `db` speaks of, of a year
    and region where given."""
    parts, values = ["1 = 1"], list[Any]()
    if db.year:
        parts.append("year = ? AND document_kind <> 'unit'")
        values.append(int(db.year))
    for name, value in (("year", int(year or 0)), ("region", region)):
        if value:
            parts.append(f"{name} = ?")
            values.append(value)
    return " AND ".join(parts), tuple(values)


def known(value: str, valid: Sequence[str], message: str) -> str:
    """The value, where it is one of `valid`. Raises UnknownNameError with a message (its key) that lists what exists."""
    if value not in valid:
        raise UnknownNameError(text("zh", message, id=value, valid=list(valid)))
    return value
