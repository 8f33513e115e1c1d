"""The SHA-256 of files, each read once: also from one build to the next, where nothing says that a file changed since."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from budgetdata.register.found import bytes_of
from budgetdata.register.sources import sha256_of

_SETTLED = 2_000_000_000
"""Nanoseconds that a file must be older than its reading: clocks of file systems are coarse, one written meanwhile may look the
same."""


class Hashes:
    """Hashes by path, and under which stamp (size, times, place on the disk) each was read; `known` is of earlier builds."""

    def __init__(self, known: Mapping[str, tuple[str, str]] | None = None) -> None:
        self._known = dict(known or {})
        self._now: dict[Path, str] = {}
        self.lasting: dict[str, tuple[str, str]] = {}
        """What a later build may trust: path → (stamp, hash)."""

    def of(self, path: Path) -> str:
        """The hash of a file's bytes as it was when first asked for. Raises OSError, also for what is no file."""
        now = self._now.get(path)
        if now is not None:
            return now
        name, (stamp, newest) = os.path.abspath(path), _stamp(path)
        before = self._known.get(name)
        if before is not None and before[0] == stamp:
            self._now[path], self.lasting[name] = before[1], before
            return before[1]
        began = time.time_ns()
        self._now[path] = found = sha256_of(bytes_of(path))
        if newest + _SETTLED < began and _stamp(path)[0] == stamp:
            self.lasting[name] = stamp, found
        return found


def _stamp(path: Path) -> tuple[str, int]:
    """What would change where a file did, and when it last changed."""
    found = os.stat(path)
    times = found.st_mtime_ns, found.st_ctime_ns
    return f"{found.st_size} {times[0]} {times[1]} {found.st_ino}", max(times)
