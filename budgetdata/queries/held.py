"""The database as a running server holds it: a copy of each version, checked whole, from which everything is answered.

Whatever becomes of the file meanwhile (built anew, written over, damaged, deleted, of another schema), answers go on from the
last copy that was whole, and move to the next one when it is. A copy is never changed, so one answer is of one version.

Copying a large file takes long. A server that starts answers from the file itself until that is done, where it is known to be
whole, and only while it lies as it did when that was known: its stamp is looked at before each question and after it.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from budgetdata.base.errors import BudgetDataError, StoreError
from budgetdata.queries.base import Database, database_at, serve_from
from budgetdata.store.copying import copy_file
from budgetdata.store.database import open_readonly
from budgetdata.store.kept import Stamp, is_as_left, is_large, stamp_of

_LOG = logging.getLogger("budgetdata")
KEPT = 120.0
"""Seconds for which a version that was replaced still answers who began with it."""


@dataclass(frozen=True, slots=True)
class _Copy:
    db: Database
    stamp: Stamp
    replaced: float = 0.0


class Held:
    """The copies of a server. source: tells which database is served; folder: where its copies stand; prepare: what is done with
    a version before anybody is answered from it."""

    def __init__(
        self, source: Callable[[], Path], folder: Path, prepare: Callable[[Database], None] = lambda _: None
    ) -> None:
        self.source, self.folder, self.prepare = source, folder, prepare
        self.trouble: BudgetDataError | None = None
        """Why the file as it is now is not served; None where it is."""
        self._lock, self._swap = threading.Lock(), threading.Lock()
        self._now: _Copy | None = None
        self._before: list[_Copy] = []
        self._seen: tuple[Path, Stamp | None] | None = None
        self._is_refreshing = False
        self._numbers = itertools.count(1)

    def current(self) -> Database:
        """The newest whole copy. Raises the StoreError of the file where there is none.

        Where the file has changed, a copy is made meanwhile by a thread; only the first is waited for.
        """
        path = self.source()
        stamp = stamp_of(path)
        self._no_more(stamp)
        if self._seen != (path, stamp):
            if self._now is None:
                self.refresh()
            elif not self._is_refreshing:
                self._is_refreshing = True
                threading.Thread(target=self.refresh, name="new database", daemon=True).start()
        now = self._now
        if now is None:
            raise self.trouble or StoreError(f"{path}: cannot be opened")
        return now.db

    def _no_more(self, stamp: Stamp | None) -> None:
        """Answer from the file itself no longer where it does not lie as it did."""
        with self._swap:
            if self._now is not None and self._now.db.stamp not in (None, stamp):
                self._now = None

    def at(self, version: str) -> Database | None:
        """The copy of a version that was replaced a moment ago; None where it is no more, or is current."""
        until = time.monotonic() - KEPT
        return next((c.db for c in self._before if c.db.version == version and c.replaced > until), None)

    def refresh(self) -> None:
        """Copy the file as it is now, where it is whole."""
        with self._lock:
            try:
                path = self.source()
                stamp = stamp_of(path)
                if self._seen != (path, stamp):
                    self._take(path, stamp)
                    self._seen = (path, stamp)
            finally:
                self._is_refreshing = False

    def _take(self, path: Path, stamp: Stamp | None) -> None:
        try:
            db = self._itself(path, stamp) or self._copied(path, stamp)
        except (BudgetDataError, sqlite3.Error, OSError) as error:
            self.trouble = (
                error
                if isinstance(error, BudgetDataError)
                else StoreError(f"{path}: the file is damaged or cannot be read ({error})")
            )
            kept = f"; version {self._now.db.version} is served on" if self._now else ""
            _LOG.error("%s%s", self.trouble, kept)
            return
        self.trouble = None
        self._prepare(db)
        with self._swap:
            now = self._now
            if now is not None and db.version == now.db.version and now.db.stamp is None:
                db.path.unlink(missing_ok=True)
                return
            if now is not None and now.db.stamp is None:
                self._before.insert(0, _Copy(now.db, now.stamp, time.monotonic()))
            self._now = _Copy(db, stamp or (0, 0, 0))
        self._forget()
        if db.stamp is not None:
            threading.Thread(target=self._settle, args=(db,), name="copy of the database", daemon=True).start()

    def _prepare(self, db: Database) -> None:
        try:
            self.prepare(db)
        except Exception:  # what could not be found beforehand is found, or told, when it is asked for
            _LOG.exception("%s: not prepared", db.path)

    def _itself(self, path: Path, stamp: Stamp | None) -> Database | None:
        """A large file as it lies there, found whole; None where its copy is there at once, or another one serves till it is.

        Raises StoreError.
        """
        if self._now is not None or not _is_one_large_file(path, stamp):
            return None
        with closing(open_readonly(path)) as source:
            if not is_as_left(path):
                _must_be_whole(source, path)
            db = replace(database_at(path), stamp=stamp)
        _must_lie(path, stamp)
        return db

    def _settle(self, db: Database) -> None:
        """Copy the file that is answered from, and answer from the copy, where it is whole."""
        copy = self._next()
        try:
            _copy_large(db.path, copy, db.stamp)
            settled = _Copy(replace(database_at(copy), origin=db.origin), db.stamp or (0, 0, 0))
            with self._swap:
                if self._now is not None and self._now.db.stamp == db.stamp:
                    self._now = settled
                    return
        except (BudgetDataError, sqlite3.Error, OSError) as error:
            _LOG.error("%s: no copy of it is answered from (%s)", db.path, error)
            self._unsound(db, error)
        copy.unlink(missing_ok=True)

    def _unsound(self, db: Database, error: Exception) -> None:
        """Where the file was found damaged as it lies, answer from it no longer."""
        if isinstance(error, OSError) or stamp_of(db.path) != db.stamp:
            return
        with self._swap:
            if self._now is not None and self._now.db.stamp == db.stamp:
                self._now = None
        self.trouble = error if isinstance(error, BudgetDataError) else StoreError(f"{db.path}: is damaged ({error})")

    def _next(self) -> Path:
        """Where the next copy stands."""
        return self.folder / f"{next(self._numbers)}.db"

    def _copied(self, path: Path, stamp: Stamp | None) -> Database:
        copy = self._next()
        try:
            if _is_one_large_file(path, stamp):
                _copy_large(path, copy, stamp)
                return database_at(copy)
            with closing(open_readonly(path)) as source, closing(sqlite3.connect(copy)) as made:
                source.backup(made)
                made.execute("PRAGMA journal_mode=DELETE")
                _must_be_whole(made, path)
            _must_lie(path, stamp)
            return database_at(copy)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise

    def _forget(self) -> None:
        """Let go of copies that nobody asks for any more; the last one stays for who is in the middle of it."""
        until = time.monotonic() - KEPT
        for copy in [c for c in self._before[1:] if c.replaced < until]:
            self._before.remove(copy)
            copy.db.path.unlink(missing_ok=True)


def _is_one_large_file(path: Path, stamp: Stamp | None) -> bool:
    """Whether a database is large, and all of it stands in its file."""
    return is_large(stamp) and not any(path.with_name(f"{path.name}{end}").exists() for end in ("-wal", "-journal"))


def _copy_large(path: Path, copy: Path, stamp: Stamp | None) -> None:
    """Copy a file that lies still, and read all of the copy. Raises StoreError where it was written to or is damaged, OSError."""
    copy_file(path, copy, lambda: stamp_of(path) == stamp)
    _must_lie(path, stamp)
    with closing(open_readonly(copy)) as made:
        _must_be_whole(made, path)


def _must_lie(path: Path, stamp: Stamp | None) -> None:
    """Raises StoreError where a file does not lie as it did."""
    if stamp_of(path) != stamp:
        raise StoreError(f"{path}: written to while it was looked at")


def _must_be_whole(db: sqlite3.Connection, path: Path) -> None:
    """Read all of it. Raises StoreError where it is damaged."""
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreError(f"{path}: the file is damaged ({found}); build it again, or: budgetdata rollback")


_held: Held | None = None


def hold(source: Callable[[], Path], folder: Path, prepare: Callable[[Database], None] = lambda _: None) -> Held:
    """From now on answer from copies of a database, each prepared before it is answered from."""
    global _held
    _held = Held(source, folder, prepare)
    serve_from(_held.current)
    with contextlib.suppress(BudgetDataError):
        _held.current()
    return _held


def let_go() -> None:
    """From now on open the database itself."""
    global _held
    _held = None
    serve_from(None)


def trouble() -> BudgetDataError | None:
    """Why the file as it is now is not what is served; None where it is, or where nothing is held."""
    return _held.trouble if _held else None


def version_before(version: str) -> Database | None:
    """The copy of a version that was replaced a moment ago."""
    return _held.at(version) if _held else None
