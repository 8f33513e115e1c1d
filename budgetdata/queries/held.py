"""The database as a running server holds it: a copy of each version, checked whole, from which everything is answered.

Whatever becomes of the file meanwhile (built anew, written over, damaged, deleted, of another schema), answers go on from the
last copy that was whole, and move to the next one when it is. A copy is never changed, so one answer is of one version.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from budgetdata.base.errors import BudgetDataError, StoreError
from budgetdata.queries.base import Database, database_at, serve_from
from budgetdata.queries.connections import Stamp, stamp_of
from budgetdata.store.database import open_readonly

_LOG = logging.getLogger("budgetdata")
KEPT = 120.0
"""Seconds for which a version that was replaced still answers who began with it."""


@dataclass(frozen=True, slots=True)
class _Copy:
    db: Database
    stamp: Stamp
    replaced: float = 0.0


class Held:
    """The copies of a server. source: tells which database is served; folder: where its copies stand."""

    def __init__(self, source: Callable[[], Path], folder: Path) -> None:
        self.source, self.folder = source, folder
        self.trouble: BudgetDataError | None = None
        """Why the file as it is now is not served; None where it is."""
        self._lock = threading.Lock()
        self._now: _Copy | None = None
        self._before: list[_Copy] = []
        self._seen: tuple[Path, Stamp | None] | None = None
        self._is_refreshing = False
        self._count = 0

    def current(self) -> Database:
        """The newest whole copy. Raises the StoreError of the file where there is none.

        Where the file has changed, a copy is made meanwhile by a thread; only the first is waited for.
        """
        path = self.source()
        if self._seen != (path, stamp_of(path)):
            if self._now is None:
                self.refresh()
            elif not self._is_refreshing:
                self._is_refreshing = True
                threading.Thread(target=self.refresh, name="new database", daemon=True).start()
        if self._now is None:
            raise self.trouble or StoreError(f"{path}: cannot be opened")
        return self._now.db

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
            db = self._copied(path)
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
        if self._now is not None and db.version == self._now.db.version:
            db.path.unlink(missing_ok=True)
            return
        if self._now is not None:
            self._before.insert(0, _Copy(self._now.db, self._now.stamp, time.monotonic()))
        self._now = _Copy(db, stamp or (0, 0, 0))
        self._forget()

    def _copied(self, path: Path) -> Database:
        self._count += 1
        copy = self.folder / f"{self._count}.db"
        try:
            with closing(open_readonly(path)) as source, closing(sqlite3.connect(copy)) as made:
                source.backup(made)
                made.execute("PRAGMA journal_mode=DELETE")
                (found,) = made.execute("PRAGMA quick_check(1)").fetchone()
                if found != "ok":
                    raise StoreError(f"{path}: the file is damaged ({found}); build it again, or: budgetdata rollback")
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


_held: Held | None = None


def hold(source: Callable[[], Path], folder: Path) -> Held:
    """From now on answer from copies of a database."""
    global _held
    _held = Held(source, folder)
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
