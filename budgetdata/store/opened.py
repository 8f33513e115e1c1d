"""A database opened to read: rows as dicts, as the file was when it was opened, whatever a build puts in its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from budgetdata.base.records import Record
from budgetdata.store.database import open_readonly, stored_meta

SQLITE = sqlite3.sqlite_version_info
"""The version of SQLite that databases are read and written with."""


class Opened:
    """The database at `path`, opened read-only until it is closed.

    meta: version, built_at, schema_version, origin and inputs of the build. Raises NoDatabaseError where there is none,
    StoreError where it was built for another schema.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_readonly(path)
        self.meta = stored_meta(self._connection)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Record]:
        """The rows of a SELECT as dicts by column name."""
        return [dict(row) for row in self._connection.execute(sql, parameters)]

    def tuples(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a SELECT as plain tuples."""
        return [tuple(row) for row in self._connection.execute(sql, parameters)]

    def parts(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any], size: int
    ) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a SELECT as plain tuples, `size` at a time: no more of them are ever held."""
        found = self._connection.execute(sql, parameters)
        while rows := found.fetchmany(size):
            yield [tuple(row) for row in rows]

    def row(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Record | None:
        """The first row of a SELECT, or None."""
        found = self._connection.execute(sql, parameters).fetchone()
        return None if found is None else dict(found)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
