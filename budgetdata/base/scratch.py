"""A folder for files that a running program can make anew: gone when it ends, and cleared by the next where it was killed."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

PREFIX = "mingzhang-"
_LOCK = "lock"


def cache_parent() -> Path:
    """Where such folders stand: BUDGETDATA_CACHE, else the system's folder for temporary files."""
    return Path(os.environ.get("BUDGETDATA_CACHE") or tempfile.gettempdir())


class Scratch:
    """A folder of one program, locked while it runs. Raises OSError where none can be made."""

    def __init__(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        clear_left(parent)
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        self._lock: BaseFileLock = FileLock(self.folder / _LOCK)
        self._lock.acquire(timeout=0)

    def close(self) -> None:
        """Remove the folder."""
        with contextlib.suppress(OSError):
            self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def clear_left(parent: Path) -> int:
    """Remove the folders of programs that run no more; how many there were."""
    count = 0
    for folder in parent.glob(f"{PREFIX}*"):
        if not (folder / _LOCK).is_file():
            continue
        lock = FileLock(folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            continue
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        count += 1
    return count


_own: Scratch | None = None


def scratch() -> Scratch:
    """The folder of this program, made at the first need and gone at its end."""
    global _own
    if _own is None:
        _own = Scratch(cache_parent())
    return _own


def close_scratch() -> None:
    """Remove the folder of this program, where there is one; a next need makes a new one."""
    global _own
    before, _own = _own, None
    if before is not None:
        before.close()


atexit.register(close_scratch)
