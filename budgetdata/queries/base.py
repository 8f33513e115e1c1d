"""The database as the app sees it: a path and a version, opened read-only for each question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import UnknownNameError
from budgetdata.base.records import Record
from budgetdata.base.settings import default_database
from budgetdata.store.database import open_readonly, read_meta


@dataclass(frozen=True, slots=True)
class Database:
    """A built database: where it is and which version of the facts it holds (part of every cache key)."""

    path: Path
    version: str
    built_at: str = ""

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Record]:
        """The rows of a SELECT as dicts, asked of the file once for each version of the facts.

        Raises StoreError where the file is gone or of another schema.
        """
        named = isinstance(parameters, Mapping)
        given = tuple(parameters.items()) if isinstance(parameters, Mapping) else tuple(parameters)
        return [dict(row) for row in _asked(self, sql, given, named)]

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Record | None:
        """The first row of a SELECT, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, parameters)
        return next(iter(row.values())) if row else None


def open_database(path: Path | None = None) -> Database:
    """The database at `path` (default: the one commands use) with its version. Raises StoreError where there is none."""
    chosen = path or default_database()
    if not chosen.exists():
        with closing(open_readonly(chosen)):
            pass
    stamp = chosen.stat()
    return _opened(chosen, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=8)
def _opened(path: Path, _modified: int, _size: int) -> Database:
    with closing(open_readonly(path)):
        meta = read_meta(path)
    return Database(path, meta.get("version", ""), meta.get("built_at", ""))


@lru_cache(maxsize=2048)
def _asked(db: Database, sql: str, given: tuple[Any, ...], named: bool) -> tuple[Record, ...]:
    with closing(open_readonly(db.path)) as connection:
        return tuple(dict(row) for row in connection.execute(sql, dict(given) if named else given))


def known(value: str, valid: Sequence[str], what: str) -> str:
    """The value, where it is one of `valid`. Raises UnknownNameError listing what exists."""
    if value not in valid:
        raise UnknownNameError(f"没有这个{what}：{value}。现有：{'、'.join(valid)}")
    return value
