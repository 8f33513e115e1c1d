"""A database file copied as cheaply as the system can: its blocks shared where the file system lends them, else by the kernel."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

_CLONE = 0x40049409
"""FICLONE of Linux: the new file shares the blocks of the old one (XFS, btrfs) until one of them is written to."""
_PIECE = 64 * 2**20


def copy_file(source: Path, target: Path, go_on: Callable[[], bool] = lambda: True) -> None:
    """Copy a file to where none is, or over one. go_on: asked after each piece; where it says no the copy stays unfinished.

    Raises OSError.
    """
    if lent(source, target):
        return
    with source.open("rb") as old, target.open("wb") as new:
        try:
            while _moved(old, new):
                if not go_on():
                    return
        except (AttributeError, OSError):  # not between these files, or on this system
            old.seek(0)
            new.seek(0)
            new.truncate()
            shutil.copyfileobj(old, new, _PIECE)


def lent(source: Path, target: Path) -> bool:
    """Make a file that shares the blocks of another, where the file system lends them; else it is empty. Raises OSError."""
    with source.open("rb") as old, target.open("wb") as new:
        return _cloned(old, new)


def _cloned(old: BinaryIO, new: BinaryIO) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    import fcntl

    try:
        fcntl.ioctl(new.fileno(), _CLONE, old.fileno())
    except OSError:
        return False
    return True


def _moved(old: BinaryIO, new: BinaryIO) -> int:
    """How many bytes went on; 0 at the end."""
    return os.copy_file_range(old.fileno(), new.fileno(), _PIECE)
