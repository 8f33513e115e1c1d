"""What each document gave, kept beside the database under a key: a build reads a document once.

The file is a cache: any build may make it anew. What it holds is opaque here: a card and facts as bytes, and a brief of the card,
which one program made and no other uses.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Container, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from budgetdata.base.errors import StoreError

_TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, card BLOB NOT NULL, facts BLOB NOT NULL) WITHOUT ROWID"
_FILES = (
    "CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID"
)
_LEFT = "CREATE TABLE IF NOT EXISTS left_as (stamp TEXT PRIMARY KEY) WITHOUT ROWID"
_TOLD = "CREATE TABLE IF NOT EXISTS told (state TEXT PRIMARY KEY, told BLOB NOT NULL)"
_BRIEF = (
    "CREATE TABLE IF NOT EXISTS brief (key TEXT PRIMARY KEY, program TEXT NOT NULL, brief BLOB NOT NULL) WITHOUT ROWID"
)
_GONE = "CREATE TRIGGER IF NOT EXISTS gone AFTER DELETE ON kept BEGIN DELETE FROM brief WHERE key = old.key; END"
"""A brief goes with what it is of, whichever version of the program lets go of that."""
_WORDED = "CREATE TABLE IF NOT EXISTS worded (keys TEXT PRIMARY KEY, program TEXT NOT NULL, worded BLOB NOT NULL) WITHOUT ROWID"
_TOGETHER = "CREATE TABLE IF NOT EXISTS together (keys TEXT PRIMARY KEY, settled BLOB NOT NULL) WITHOUT ROWID"
_WAIT = 60.0  # seconds for another build to let go of the file
LARGE = 256 * 2**20
"""Bytes from which on a database is not read from end to end to see that it is whole, where it lies as a build left it."""
BEFORE, SPARE = "-before", "-spare"
"""How the files beside a database are called that were it before this one, and before that one."""
_MANY = 64
"""Keys from which on going through all that is kept is faster than looking each up: ten thousand 0.04 s in place of 1.3."""
_EACH = 16  # documents between two commits: what an interrupted build loses at most


Stamp = tuple[int, int, int]


def stamp_of(path: Path) -> Stamp | None:
    """What tells that a file is still the same one: when it was written, its size, its place on the disk. None: no file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass(frozen=True, slots=True)
class Packed:
    """A document's card (what a build wants to know of every document at once) and its facts, as they are kept."""

    card: bytes
    facts: bytes


def remembered(database: Path) -> dict[str, tuple[str, str]]:
    """The stamps and hashes of files that the last build of a database remembered; empty where there are none."""
    return {path: (stamp, found) for path, stamp, found in _asked(database, "SELECT * FROM file")}


def told_of(database: Path, state: str) -> bytes:
    """What the last build of a database told, where it was built from the same; b'' where nothing is kept."""
    found = _asked(database, "SELECT told FROM told WHERE state = ?", state)
    return bytes(found[0][0]) if found else b""


def is_large(stamp: Stamp | None) -> bool:
    """Whether copying or reading all of a file takes long."""
    return stamp is not None and stamp[1] >= LARGE


def is_as_left(database: Path, file: Path | None = None) -> bool:
    """Whether a large database is the very file that a build wrote, or looked through, and nobody wrote to since. file: one that
    was the database before, in place of it.

    A small one is never taken for it: reading it costs nothing, and says more.
    """
    stamp = stamp_of(file or database)
    return is_large(stamp) and bool(_asked(database, "SELECT stamp FROM left_as WHERE stamp = ?", repr(stamp)))


def _asked(database: Path, sql: str, *values: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT on what is kept beside a database; none where there is no such file or it is damaged."""
    path = _beside(database)
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return db.execute(sql, values).fetchall()
    except sqlite3.Error:
        return []


def _beside(database: Path) -> Path:
    return database.with_name(database.name + "-kept")


class Kept:
    """The file of what was read. Raises StoreError where it cannot be written; a damaged one is made anew."""

    def __init__(self, database: Path) -> None:
        self.path, self._database = _beside(database), database
        self._new = 0
        self._is_open = False

    def __enter__(self) -> Kept:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._db = self._open()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.path.unlink()
                self._db = self._open()
        except (OSError, sqlite3.Error) as error:
            raise self._unwritable(error) from error
        self._is_open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_open = False
        with closing(self._db):
            try:
                self._db.commit()
            except sqlite3.Error as full:
                if error is None:  # else what went wrong first is what is told
                    raise self._unwritable(full) from full

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_WAIT)
        try:
            for statement in (_TABLE, _FILES, _TOLD, _LEFT, _BRIEF, _GONE, _WORDED, _TOGETHER):
                db.execute(statement)
            db.execute("SELECT key FROM kept LIMIT 1").fetchone()
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _unwritable(self, error: Exception) -> StoreError:
        return StoreError(f"{self.path}: cannot be written ({error}); choose another place with --db FILE")

    def _one(self, sql: str, *values: str) -> bytes | None:
        """The one value that a SELECT finds, also where the file was closed since; None where there is none."""
        found = self._db.execute(sql, values).fetchall() if self._is_open else _asked(self._database, sql, *values)
        return bytes(found[0][0]) if found else None

    def card(self, key: str) -> bytes:
        """The card under a key. Raises StoreError where none is kept any more."""
        found = self._one("SELECT card FROM kept WHERE key = ?", key)
        if found is None:
            raise StoreError(f"{self.path}: what a build kept there is gone; build again")
        return found

    def briefs(self, program: str) -> dict[str, bytes]:
        """The briefs that a program made of cards that are kept, by their keys."""
        return dict(self._db.execute("SELECT key, brief FROM brief WHERE program = ?", [program]).fetchall())

    def worded(self, program: str) -> dict[str, bytes]:
        """What a program said of documents held against each other, by their keys in order."""
        return dict(self._db.execute("SELECT keys, worded FROM worded WHERE program = ?", [program]).fetchall())

    def keep_said(self, program: str, briefs: Mapping[str, bytes], worded: Mapping[str, bytes]) -> None:
        """Keep briefs of cards, and what was said of documents held against each other. Raises StoreError where it cannot."""
        try:
            for table, said in (("brief", briefs), ("worded", worded)):
                rows = ((key, program, each) for key, each in said.items())
                self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)
            self._db.commit()  # of many, what is not committed keeps others from reading
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def cards(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The cards of those keys that are kept; of many keys all cards are gone through in the order in which they lie."""
        keys = list(keys)
        if len(keys) >= _MANY:
            wanted = set(keys)
            rows = self._db.execute("SELECT key, card FROM kept")
            return {key: card for key, card in rows if key in wanted}
        found: dict[str, bytes] = {}
        for key in keys:
            row = self._db.execute("SELECT card FROM kept WHERE key = ?", [key]).fetchone()
            if row is not None:
                found[key] = row[0]
        return found

    def facts(self, key: str) -> bytes:
        """The facts kept under a key that is there."""
        [blob] = self._db.execute("SELECT facts FROM kept WHERE key = ?", [key]).fetchone()
        return bytes(blob)

    def keep(self, key: str, packed: Packed) -> None:
        """Keep what a document gave. Raises StoreError where it cannot be written."""
        try:
            self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", [key, packed.card, packed.facts])
            self._new += 1
            if self._new % _EACH == 0:
                self._db.commit()
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def settled(self, keys: str) -> bytes | None:
        """What documents held against each other came to, by their keys in order; None where that is not kept."""
        return self._one("SELECT settled FROM together WHERE keys = ?", keys)

    def keep_settled(self, keys: str, settled: bytes) -> None:
        """Keep what documents held against each other came to. Raises StoreError where it cannot be written."""
        try:
            self._db.execute("INSERT OR REPLACE INTO together VALUES (?, ?)", [keys, settled])
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def remember(self, files: Mapping[str, tuple[str, str]]) -> None:
        """Keep the stamps and hashes of files by their paths, and of no others. Raises StoreError where it cannot be written."""
        try:
            before = {path: (stamp, found) for path, stamp, found in self._db.execute("SELECT * FROM file")}
            gone = [(path,) for path in before.keys() - files.keys()]
            new = [(path, *told) for path, told in files.items() if before.get(path) != told]
            self._db.executemany("DELETE FROM file WHERE path = ?", gone)
            self._db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", new)
            self._db.commit()
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def tell(self, state: str, told: bytes) -> None:
        """Keep what a build told, under what it was built from, and nothing told before. Raises StoreError where it cannot."""
        try:
            self._db.execute("DELETE FROM told")
            self._db.execute("INSERT INTO told VALUES (?, ?)", [state, told])
            self._db.commit()
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def leave(self, database: Path) -> None:
        """Keep how the database lies there now that it was written whole, and of those before it how they did, where they lie so
        still. Raises StoreError where it cannot be written."""
        beside = {repr(stamp_of(database.with_name(database.name + end))) for end in (BEFORE, SPARE)}
        try:
            known = {stamp for (stamp,) in self._db.execute("SELECT stamp FROM left_as")}
            self._db.execute("DELETE FROM left_as")
            left = sorted((known & beside) | {repr(stamp_of(database))})
            self._db.executemany("INSERT INTO left_as VALUES (?)", [(stamp,) for stamp in left])
            self._db.commit()
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def drop_all_but(self, keys: Container[str], together: Container[str]) -> None:
        """Let go of what is kept under other keys, and of documents together under others of theirs. Raises StoreError where it
        cannot be written."""
        try:
            gone, every = self._drop("kept", "key", keys)
            self._drop("worded", "keys", together)
            self._drop("together", "keys", together)
            self._db.commit()
            if 2 * gone > every:
                self._db.execute("VACUUM")
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def _drop(self, table: str, column: str, but: Container[str]) -> tuple[int, int]:
        """Delete the rows of a table but those of some keys; how many went, of how many."""
        every = [key for (key,) in self._db.execute(f"SELECT {column} FROM {table}")]
        gone = [(key,) for key in every if key not in but]
        self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)
        return len(gone), len(every)
