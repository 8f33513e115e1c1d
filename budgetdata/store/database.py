"""Facts into one SQLite file, whole or not at all, as tables.toml and views.sql declare it; and that file opened to read."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import msgspec

from budgetdata.base.errors import NoDatabaseError, ReplacedError, StoreError
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.records import Rows
from budgetdata.base.under_way import clear_left, under_way
from budgetdata.base.version import VERSION
from budgetdata.forms.canonical import canonical_names
from budgetdata.store import finding, spare
from budgetdata.store.copying import copy_file, lent
from budgetdata.store.declared import stored_tables
from budgetdata.store.kept import Stamp, is_as_left, stamp_of
from budgetdata.store.rows import document_rows
from budgetdata.store.views import public_views

META = "meta"
_OUR_META = {"schema_version", "tool_version", "version", "built_at"}
_AT_ONCE = 32  # documents whose rows are in memory at once
_SWAP_TRIES = 20
_SWAP_WAIT = 0.25


@cache
def schema_version() -> str:
    """Twelve hexadecimal digits that change whenever the declared schema does, or how the terms of the index are made."""
    declared = f"{stored_tables()!r}{public_views()!r}{finding.made_by()}"
    return hashlib.sha256(declared.encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to be stored: its id, a stamp of all that its rows are made of ('' where nobody knows), and how to make them."""

    document_id: str
    stamp: str
    rows: Callable[[], Rows]


@dataclass(frozen=True, slots=True)
class _Old:
    """The file that is there, as it lay when it was found whole, and how many documents it has as they are to be stored, where it
    is worth keeping them: else none."""

    stamp: Stamp | None
    same: int


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
    entries = [Entry(facts.document_id, "", partial(document_rows, facts, names)) for facts in ordered]
    return store(path, entries, meta)


def store(path: Path, entries: Sequence[Entry], meta: Mapping[str, str] | None = None) -> str:
    """As `create`, from entries: rows that the database at `path` has under the same stamp are kept as they are there.

    Rows are made a few documents at a time. Where nothing at all changed the file stays, untouched.
    """
    refuse_foreign(path)
    known, found = read_meta(path), stamp_of(path)
    old = _stamps(path) if known.get("schema_version") == schema_version() else {}
    same, wanted = len(_same(old, entries)), dict(meta or {})
    if same == len(entries) == len(old) and all(known.get(key) == value for key, value in wanted.items()):
        return known["version"]
    return _write_whole(path, _Old(found, same if 2 * same >= len(entries) else 0), entries, wanted)


def _same(stored: Mapping[str, str], entries: Sequence[Entry]) -> set[str]:
    """The documents whose rows stand under these stamps as they are to be stored."""
    return {entry.document_id for entry in entries if entry.stamp and stored.get(entry.document_id) == entry.stamp}


def _stamps(path: Path, *, is_checked: bool = False) -> dict[str, str]:
    """The stamp of each document of a database of this schema; none where the file is damaged: nothing of it is kept.

    is_checked: it is the copy of one that was found whole a moment ago, and is not read from end to end once more; nor is a
    large one that lies as a build left it.
    """
    is_checked = is_checked or is_as_left(path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            if not is_checked and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return {}
            return dict(connection.execute("SELECT document_id, stamp FROM document_content").fetchall())
        except sqlite3.DatabaseError:
            return {}


_JSON = msgspec.json.Encoder(order="sorted")


def _hash_of(rows: Rows) -> str:
    """A hash over a document's rows of all tables."""
    digest = hashlib.sha256()
    for table in stored_tables():
        digest.update(f"\n{table.name}\n".encode())
        digest.update(_JSON.encode(rows.get(table.name, [])))
    return digest.hexdigest()


def content_version(hashes: Iterable[tuple[str, str]]) -> str:
    """A hash over (document, hash of its rows) of all documents, whatever their order: sixteen hexadecimal digits."""
    digest = hashlib.sha256(schema_version().encode())
    for document_id, of_rows in sorted(hashes):
        digest.update(f"\n{document_id} {of_rows}".encode())
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


def _write_whole(path: Path, old: _Old, entries: Sequence[Entry], meta: Mapping[str, str]) -> str:
    """A new file in the place of `path`: the entries, of which the rows of some are copied from there."""
    temporary = under_way(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_left(path)
        try:
            version = _fill(temporary, path, old, entries, meta)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            _swap(temporary, path)
        finally:
            for leftover in path.parent.glob(f"{temporary.name}*"):
                leftover.unlink(missing_ok=True)
    except sqlite3.IntegrityError as error:
        raise StoreError(f"{path}: what was read cannot be stored ({error}); the database was not replaced") from error
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be written ({error}); choose another place with --db FILE") from error
    return version


def _fill(temporary: Path, path: Path, old: _Old, entries: Sequence[Entry], meta: Mapping[str, str]) -> str:
    from budgetdata.store import filling  # with the first database written: see there

    stored = _begun(temporary, path, old, entries)
    same = _same(stored, entries)
    is_kept = len(same) > 0
    if is_kept:
        gone = stored.keys() - same
        db = filling.reopen(temporary, gone)
        entries = [entry for entry in entries if entry.document_id not in same]
    else:  # nothing to keep, or another build has just replaced it
        gone = set()
        temporary.unlink(missing_ok=True)
        db = filling.begin(temporary)
    with closing(db):
        replaced: dict[str, str] = {}
        for start in range(0, len(entries), _AT_ONCE):
            rows: Rows = {table.name: [] for table in stored_tables()}
            for entry in entries[start : start + _AT_ONCE]:
                made = entry.rows()
                for table, more in made.items():
                    rows[table] += more
                content = {"document_id": entry.document_id, "stamp": entry.stamp, "hash": _hash_of(made)}
                rows["document_content"].append(content)
            replaced |= {row["document_id"]: row["replaced_by"] for row in rows["document"] if row["replaced_by"]}
            rows["document"] = [{**row, "replaced_by": None} for row in rows["document"]]
            filling.fill_all(db, rows)
        filling.replace(db, replaced)
        version = content_version(db.execute("SELECT document_id, hash FROM document_content").fetchall())
        built_at = datetime.now(UTC).isoformat(timespec="seconds")
        ours = {"schema_version": schema_version(), "tool_version": VERSION, "version": version, "built_at": built_at}
        pairs = sorted({**meta, **ours}.items())
        filling.fill_all(db, {META: [{"key": key, "value": value} for key, value in pairs]})
        filling.settle(db, anew=not is_kept, changed=len(entries) + len(gone))
    return version


def _begun(temporary: Path, path: Path, old: _Old, entries: Sequence[Entry]) -> dict[str, str]:
    """Put at `temporary` what most of a new database is made of, and say what stands there under which stamps.

    The old one's blocks where the file system lends them, else the spare where it lacks little more, else a copy. Raises OSError.
    """
    if not old.same:
        return {}
    if not lent(path, temporary):
        if spare.take(path, temporary) and read_meta(temporary).get("schema_version") == schema_version():
            stored = _stamps(temporary, is_checked=True)
            if spare.is_worth(path, old.same - len(_same(stored, entries))):
                return stored
        temporary.unlink(missing_ok=True)
        copy_file(path, temporary)
    return _stamps(temporary, is_checked=stamp_of(path) == old.stamp)


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


def open_readonly(path: Path, version: str | None = None, any_thread: bool = False) -> sqlite3.Connection:
    """The database opened for reading only, rows addressable by column name. version: of the facts that it must hold;
    any_thread: threads may use it one after the other.

    Raises NoDatabaseError where there is none, StoreError where it was built for another schema, ReplacedError where it holds
    other facts than these: what is read over one connection is of one file, whatever replaces it meanwhile.
    """
    if not _is_there(path):
        raise NoDatabaseError(f"{path}: no database there; build it with: python -m budgetdata build")
    connection = _connected(path, any_thread)
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
    """The meta table of the database at `path`; empty where there is none or it is no database of ours.

    Raises StoreError where this user may not read it.
    """
    if not _is_there(path):
        return {}
    with closing(_connected(path)) as connection:
        return stored_meta(connection)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be reached ({error.strerror}); this user needs the right to its folder"
        ) from error


def _connected(path: Path, any_thread: bool = False) -> sqlite3.Connection:
    """A connection that only reads. Raises StoreError where the file cannot be opened."""
    try:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=not any_thread)
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"{path}: cannot be opened ({error}); give this user the right to read it: chmod a+r"
        ) from error


def stored_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """The meta table (schema_version, version, built_at, tool_version …) as a dict; empty where there is none."""
    try:
        return {str(key): str(value) for key, value in connection.execute("SELECT key, value FROM meta")}
    except sqlite3.DatabaseError:
        return {}
