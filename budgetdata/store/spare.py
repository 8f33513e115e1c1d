"""The database before the one before, kept to be written into again: a build then writes what that one lacks, not all of it.

Nobody may ever see a database change. So a spare is taken under a name that nobody else knows, and is written into only where the
system says that no process has it open and that no other name leads to it; where it cannot say so, a build copies.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from budgetdata.store.kept import SPARE, is_as_left, is_large, stamp_of

_ON_THIS_MACHINE = ("ext2", "ext3", "ext4", "f2fs", "tmpfs", "xfs")
"""File systems that only this machine writes to and reads: their leases tell of everybody. Over the network they do not."""
_MOUNTS = Path("/proc/self/mountinfo")
_A_DOCUMENT = 50 * 2**20
"""Bytes that are copied in the time in which a document is stored."""


def spare_of(path: Path) -> Path:
    """Where the spare of the database at `path` is kept."""
    return path.with_name(path.name + SPARE)


def lay_by(path: Path, replaced: Path) -> None:
    """Keep a large file that is to be replaced as the spare, where the system could tell later that nobody has it open."""
    if is_large(stamp_of(replaced)) and is_told_of(replaced):
        with contextlib.suppress(OSError):
            os.replace(replaced, spare_of(path))


def take(path: Path, temporary: Path) -> bool:
    """Give the spare a new name, under which it may be written into. False where there is none, where it was written to since a
    build left it, or where somebody may have it open: then it is gone, and whoever holds it keeps it as it is."""
    try:
        os.replace(spare_of(path), temporary)
    except OSError:
        return False
    if is_as_left(path, temporary) and is_told_of(temporary) and _is_nobodys(temporary):
        return True
    temporary.unlink()
    return False


def is_worth(path: Path, more: int) -> bool:
    """Whether storing so many documents more is cheaper than copying the file."""
    return more * _A_DOCUMENT <= path.stat().st_size


def is_told_of(path: Path) -> bool:
    """Whether the system knows who has a file open: where it lies is a disk of this machine's alone."""
    try:
        device = path.stat().st_dev
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    here = f" {os.major(device)}:{os.minor(device)} "
    found = [line.partition(" - ")[2].split(" ")[0] for line in mounts if here in line.partition(" - ")[0]]
    return bool(found) and set(found) <= set(_ON_THIS_MACHINE)


def _is_nobodys(path: Path) -> bool:
    """Whether nobody has a file open or maps it, and no other name leads to it: a lease to write it is lent then alone."""
    try:
        import fcntl

        with path.open("rb") as file:
            fcntl.fcntl(
                file, fcntl.F_SETSIG, signal.SIGURG
            )  # who opens it now would end this process by the usual signal
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
            return os.fstat(file.fileno()).st_nlink == 1
    except (ImportError, AttributeError, OSError):
        return False
