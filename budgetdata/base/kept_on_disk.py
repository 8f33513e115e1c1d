"""What was made for a version of the facts, kept in files too: a server that starts again begins with what the last one made.

Bounded in bytes: the oldest leave. Files of another state of the program are never read, and are removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import threading
from functools import cache
from pathlib import Path
from typing import Any

_TEXT, _BYTES = b"t", b"b"
_PACKAGE = Path(__file__).resolve().parents[1]
_NAMES = ("version", "id", "name")
"""What stands for a database, a chart, a theme."""
MOST = 512 * 2**20


class Disk:
    """Files under a folder, by the name of what is in them. Raises OSError where the folder cannot be made."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder, self.most = folder / program(), most
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for other in folder.iterdir():
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)
        self._turn = threading.Lock()
        self.held = 0
        """Bytes that were put here."""
        self._before = sum(path.stat().st_size for path in self.folder.glob("*/*"))

    def get(self, name: str) -> str | bytes | None:
        """What is kept under a name; None where nothing is."""
        try:
            held = self._place(name).read_bytes()
        except OSError:
            return None
        kind, found = held[:1], held[1:]
        return found.decode("utf-8") if kind == _TEXT else found if kind == _BYTES else None

    def put(self, name: str, thing: str | bytes) -> None:
        """Keep something; a disk that is full or cannot be written changes nothing."""
        place = self._place(name)
        whole = _TEXT + thing.encode("utf-8") if isinstance(thing, str) else _BYTES + thing
        aside = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.tmp")
        with contextlib.suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            aside.write_bytes(whole)
            os.replace(aside, place)
            self.count(len(whole))

    def count(self, size: int) -> None:
        """Count bytes that were put, here or by a process that keeps things in the same folder; too many: the oldest leave."""
        with self._turn:
            self.held += size
            if self._before + self.held > self.most:
                self._make_room()

    def _make_room(self) -> None:
        """Remove the oldest files until a quarter is free."""
        files = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in self.folder.glob("*/*"))
        there = sum(size for _, size, _ in files)
        for _, size, path in files:
            if there <= 0.75 * self.most:
                break
            path.unlink(missing_ok=True)
            there -= size
        self._before = there - self.held

    def _place(self, name: str) -> Path:
        digest = hashlib.sha256(name.encode("utf-8")).hexdigest()
        return self.folder / digest[:2] / digest[2:]


def name_of(*parts: Any) -> str:
    """A name for what was made of some things: a database by its version, a chart by its id, the rest as it is written."""
    return "\x1f".join(_said(part) for part in parts)


def _said(part: Any) -> str:
    if isinstance(part, (str, int, float, bool, tuple)) or part is None:
        return repr(part)
    return next((str(getattr(part, name)) for name in _NAMES if hasattr(part, name)), repr(part))


@cache
def program() -> str:
    """Sixteen digits that change whenever a file of the program does."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    told = [f"{path.relative_to(_PACKAGE)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


_disk: Disk | None = None


def keep_on(disk: Disk | None) -> None:
    """From now on keep on a disk, or on none."""
    global _disk
    _disk = disk


def kept_on() -> Disk | None:
    """Where things are kept now."""
    return _disk
