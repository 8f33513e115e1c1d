"""The database as the app sees it: a path and a version, opened read-only for each question."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from cachetools import LRUCache, cached

from budgetdata.base.errors import UnknownNameError
from budgetdata.base.records import Record
from budgetdata.base.settings import default_database
from budgetdata.store.database import open_readonly, stored_meta
from budgetdata.words.catalogue import text

_MOST = 64 * 2**20
"""Bytes that answers may take together, as they are estimated."""
_SAMPLE = 8


@dataclass(frozen=True, slots=True)
class Database:
    """A built database: where it is and which version of the facts it holds (part of every cache key).

    superseded: the documents that count nowhere, since a correction or another version counts; per_document: the tables
    with rows of single documents. A query sees the documents that count, and one that names a superseded document by its
    id, or the id of anything in it, sees that one too. The public views (/data/) hold them all.
    """

    path: Path
    version: str
    built_at: str = ""
    superseded: tuple[str, ...] = field(default=(), compare=False)
    per_document: tuple[str, ...] = field(default=(), compare=False)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Record]:
        """The rows of a SELECT as dicts, asked of the file once for each version of the facts.

        Raises StoreError where the file is gone or of another schema, ReplacedError where it holds other facts by now.
        """
        named = isinstance(parameters, Mapping)
        given = tuple(parameters.items()) if isinstance(parameters, Mapping) else tuple(parameters)
        return [dict(row) for row in _asked(self, sql, given, named)]

    def row(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Record | None:
        """The first row of a SELECT, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def value(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, parameters)
        return next(iter(row.values())) if row else None


def open_database(path: Path | None = None) -> Database:
    """The database at `path` (default: the one commands use) with its version. Raises StoreError where there is none."""
    chosen = path or default_database()
    try:
        stamp = os.stat(chosen)
    except OSError:
        with closing(open_readonly(chosen)):  # which says what to do
            raise
    return _opened(chosen, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=8)
def _opened(path: Path, _modified: int, _size: int) -> Database:
    with closing(open_readonly(path)) as connection:
        meta = stored_meta(connection)
        superseded = tuple(row[0] for row in connection.execute("SELECT document_id FROM document WHERE counts = 0"))
        tables = tuple(
            row[0]
            for row in connection.execute(
                """SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                   WHERE m.type = 'table' AND c.name = 'document_id' ORDER BY 1"""
            )
        )
    return Database(path, meta.get("version", ""), meta.get("built_at", ""), superseded, tables)


def _room(rows: tuple[Record, ...]) -> int:
    """About how many bytes an answer takes: of some of its rows, for all."""
    some = rows[:: len(rows) // _SAMPLE + 1]
    held = sum(sys.getsizeof(row) + sum(map(sys.getsizeof, row.values())) for row in some)
    return 512 + held * len(rows) // max(len(some), 1)


@cached(LRUCache(_MOST, getsizeof=_room), lock=threading.Lock())
def _asked(db: Database, sql: str, given: tuple[Any, ...], named: bool) -> tuple[Record, ...]:
    with closing(open_readonly(db.path, db.version)) as connection:
        named_values = [value for _, value in given] if named else given
        if db.superseded and not any(str(value).startswith(db.superseded) for value in named_values):
            _only_what_counts(connection, db)
        return tuple(dict(row) for row in connection.execute(sql, dict(given) if named else given))


def _only_what_counts(connection: sqlite3.Connection, db: Database) -> None:
    """Let the names of the tables stand for their rows of documents that count, on this connection."""
    for table in db.per_document:
        connection.execute(
            f"""CREATE TEMP VIEW "{table}" AS SELECT * FROM main."{table}"
                WHERE document_id NOT IN (SELECT document_id FROM main.document WHERE counts = 0)"""
        )


def known(value: str, valid: Sequence[str], message: str) -> str:
    """The value, where it is one of `valid`. Raises UnknownNameError with a message (its key) that lists what exists."""
    if value not in valid:
        raise UnknownNameError(text("zh", message, id=value, valid=list(valid)))
    return value
