"""Files and folders while they are made, beside the place they will have: named after the process, so that what one left that
was killed is told from what another still writes, and cleared by the next."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

_OWN = re.compile(r"\.(?P<process>\d+)-(?P<made>\d+)(?P<kind>\.[a-z]+)?\.tmp(?:-journal|-wal|-shm)?")


def under_way(path: Path, kind: str = "") -> Path:
    """A name beside a path for what will take its place."""
    return path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}{kind and f'.{kind}'}.tmp")


@contextlib.contextmanager
def folder_under_way(path: Path) -> Iterator[Path]:
    """A folder beside a path to make files in, gone when they are in place; what killed processes left is gone first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    hidden = path.with_name(f".{path.name}")
    clear_left(hidden)
    folder = under_way(hidden)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def left(path: Path, kind: str = "") -> list[Path]:
    """What processes that run no more left of a kind beside a path, the oldest first; '' for what was no kind."""
    found = []
    with contextlib.suppress(OSError):
        for other in path.parent.iterdir():
            match = _OWN.fullmatch(other.name.removeprefix(path.name)) if other.name.startswith(path.name) else None
            if match and (match["kind"] or "") == (kind and f".{kind}") and not _runs(int(match["process"])):
                found.append((int(match["made"]), other))
    return [other for _, other in sorted(found)]


def clear_left(path: Path) -> int:
    """Remove what processes that run no more left beside a path; how much that was."""
    gone = left(path)
    for other in gone:
        if other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
        else:
            other.unlink(missing_ok=True)
    return len(gone)


def _runs(process: int) -> bool:
    """Whether another process of this number runs; where that cannot be asked without harm, it is taken to."""
    if process == os.getpid() or os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
