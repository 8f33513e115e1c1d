"""Facts into one SQLite file, whole or not at all, as tables.toml and views.sql declare it; and that file opened to read."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from budgetdata.base.errors import NoDatabaseError, ReplacedError, StoreError
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.version import VERSION
from budgetdata.forms.canonical import canonical_names
from budgetdata.store.declared import stored_tables
from budgetdata.store.rows import Rows, document_rows
from budgetdata.store.views import public_views

META = "meta"
_OUR_META = {"schema_version", "tool_version", "version", "built_at"}
_SWAP_TRIES = 20
_SWAP_WAIT = 0.25


@cache
def schema_version() -> str:
    """Twelve hexadecimal digits that change whenever the declared schema does."""
    declared = f"{stored_tables()!r}{public_views()!r}"
    return hashlib.sha256(declared.encode("utf-8")).hexdigest()[:12]


def create(
    path: Path,
    documents: Iterable[DocumentFacts],
    meta: Mapping[str, str] | None = None,
) -> str:
    """Write the facts of documents to a new database, put it in place of `path` in whole, and return its version.

    meta: further entries of the meta table. The version is a hash of every stored row: same facts, same version.
    Raises StoreError where two facts claim one id, or where the file cannot be written; `path` is then untouched.
    """
    ordered = sorted(documents, key=lambda facts: (facts.department, facts.year, facts.document_id))
    names = canonical_names(ordered)
    rows: Rows = {table.name: [] for table in stored_tables() if table.name != META}
    for facts in ordered:
        for table, more in document_rows(facts, names).items():
            rows[table] += more
    version = content_version(rows)
    entries = {
        **(meta or {}),
        "schema_version": schema_version(),
        "tool_version": VERSION,
        "version": version,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    _write_whole(path, rows, entries)
    return version


def content_version(rows: Rows) -> str:
    """A hash over all rows of all tables, sixteen hexadecimal digits."""
    digest = hashlib.sha256(schema_version().encode())
    for table in stored_tables():
        if table.name == META:
            continue
        digest.update(f"\n{table.name}\n".encode())
        for row in rows.get(table.name, []):
            digest.update(json.dumps(dict(row), ensure_ascii=False, sort_keys=True).encode("utf-8"))
    return digest.hexdigest()[:16]


def refuse_foreign(path: Path) -> None:
    """Raise StoreError where something lies at `path` that a new database must not replace: any file but an empty
    one and a database that this program wrote."""
    try:
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return
        ours = path.is_file() and set(read_meta(path)) >= _OUR_META
    except (OSError, sqlite3.Error):
        ours = False
    if not ours:
        raise StoreError(
            f"{path}: cannot be written, for it is no database of this program and would be lost; "
            "choose another place with --db FILE, or move it away"
        )


def _write_whole(path: Path, rows: Rows, meta: Mapping[str, str]) -> None:
    from budgetdata.store.filling import write  # with the first database written: see there

    refuse_foreign(path)
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(temporary, {**rows, META: [{"key": key, "value": value} for key, value in sorted(meta.items())]})
            _swap(temporary, path)
        finally:
            for leftover in path.parent.glob(f"{temporary.name}*"):
                leftover.unlink(missing_ok=True)
    except sqlite3.IntegrityError as error:
        raise StoreError(f"{path}: what was read cannot be stored ({error}); the database was not replaced") from error
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be written ({error}); choose another place with --db FILE") from error


def _swap(temporary: Path, path: Path) -> None:
    """Put the new file in the old one's place; on Windows that waits while another process has the old one open."""
    for attempt in range(_SWAP_TRIES):
        try:
            os.replace(temporary, path)
            return
        except PermissionError:
            if os.name != "nt" or attempt == _SWAP_TRIES - 1:
                raise
            time.sleep(_SWAP_WAIT)


def open_readonly(path: Path, version: str | None = None) -> sqlite3.Connection:
    """The database opened for reading only, rows addressable by column name. version: of the facts that it must hold.

    Raises NoDatabaseError where there is none, StoreError where it was built for another schema, ReplacedError where it holds
    other facts than these: what is read over one connection is of one file, whatever replaces it meanwhile.
    """
    if not path.exists():
        raise NoDatabaseError(f"{path}: no database there; build it with: python -m budgetdata build")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    meta = stored_meta(connection)
    found = meta.get("schema_version")
    if found != schema_version():
        connection.close()
        raise StoreError(
            f"{path}: built for another version of the schema ({found or 'none'}, now {schema_version()}); "
            "build it again with: python -m budgetdata build"
        )
    if version is not None and meta.get("version", "") != version:
        connection.close()
        raise ReplacedError(f"{path}: built anew while it was asked; ask again")
    return connection


def read_meta(path: Path) -> dict[str, str]:
    """The meta table of the database at `path`; empty where there is none or it is no database of ours."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return stored_meta(connection)


def stored_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """The meta table (schema_version, version, built_at, tool_version …) as a dict; empty where there is none."""
    try:
        return {str(key): str(value) for key, value in connection.execute("SELECT key, value FROM meta")}
    except sqlite3.DatabaseError:
        return {}
