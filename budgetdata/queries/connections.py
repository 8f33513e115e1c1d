"""Connections that stay open for the next question: opening one and naming what counts cost thirty times what most answers do."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from budgetdata.base.errors import ReplacedError
from budgetdata.store.database import open_readonly
from budgetdata.store.kept import Stamp, stamp_of

_IDLE = 8
"""So many connections wait at most, whatever they are to."""
_PAGES = -4096
"""KiB of pages that each keeps in memory (negative: SQLite's way to say KiB)."""


@dataclass(frozen=True, slots=True)
class To:
    """What a connection is to: a file, the version it must hold, the year its tables stand for ('' all), and whether they hold
    only what counts. stamp: where given, the file must lie as it did then when a question was answered."""

    path: Path
    version: str
    year: str
    counted: bool
    stamp: Stamp | None = None


class Connections:
    """Idle connections, the one used last first; each is to the file as it was when it was opened."""

    def __init__(self) -> None:
        self._idle: list[tuple[To, Stamp | None, sqlite3.Connection]] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def lent(self, to: To, prepare: Callable[[sqlite3.Connection], None]) -> Iterator[sqlite3.Connection]:
        """A connection for one question, prepared when it was opened. What goes wrong inside closes it.

        Raises what `open_readonly` raises, also where the file was replaced since the last question; ReplacedError where it is no
        longer as it must lie.
        """
        stamp = to.stamp or stamp_of(to.path)
        connection = self._taken(to, stamp) or _opened(to, prepare)
        try:
            yield connection
            if to.stamp and stamp_of(to.path) != to.stamp:
                raise ReplacedError(f"{to.path}: written to while it was asked; ask again")
        except BaseException:
            connection.close()
            raise
        self._kept(to, stamp, connection)

    def close(self) -> None:
        """Close all that wait."""
        with self._lock:
            gone, self._idle = self._idle, []
        for _, _, connection in gone:
            connection.close()

    def _taken(self, to: To, stamp: Stamp | None) -> sqlite3.Connection | None:
        with self._lock:
            for number, (other, seen, connection) in enumerate(self._idle):
                if other == to and seen == stamp is not None:
                    del self._idle[number]
                    return connection
        return None

    def _kept(self, to: To, stamp: Stamp | None, connection: sqlite3.Connection) -> None:
        """Let a connection wait; those that are too many, or to what the file was before, are closed."""
        connection.set_progress_handler(None, 0)
        with self._lock:
            fresh, gone = [(to, stamp, connection)], list[tuple[To, Stamp | None, sqlite3.Connection]]()
            for entry in self._idle:
                fits = len(fresh) < _IDLE and (entry[1] == stamp or entry[0].path != to.path)
                (fresh if fits else gone).append(entry)
            self._idle = fresh
        for _, _, other in gone:
            other.close()


def _opened(to: To, prepare: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    connection = open_readonly(to.path, to.version, any_thread=True)
    try:
        connection.execute(f"PRAGMA cache_size = {_PAGES}")
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection
