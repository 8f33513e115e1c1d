"""The database before this one, kept beside it, and put in its place again by one command.

Each step is one rename: killed anywhere, the database is one of the two, whole.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from budgetdata.base.errors import StoreError
from budgetdata.base.under_way import left, under_way
from budgetdata.store.database import read_meta, schema_version
from budgetdata.store.kept import BEFORE
from budgetdata.store.spare import lay_by


def before_of(path: Path) -> Path:
    """Where the database before the one at `path` is kept."""
    return path.with_name(path.name + BEFORE)


def rollback(path: Path) -> tuple[str, str]:
    """Put the database before this one in its place, and keep this one as the one before; the versions now and until now.

    Asked again, it is undone. Raises StoreError where there is none, or one that this program cannot read.
    """
    before = before_of(path)
    try:
        _finish(path)
        meta, until_now = read_meta(before), _version(path)
    except sqlite3.Error as error:
        raise StoreError(f"{before}: the database before this one is damaged ({error}); build it again") from error
    except OSError as error:
        raise _no_way_back(path, error) from error
    if not meta:
        raise StoreError(f"{before}: no database before this one is kept there; a build keeps the one that it replaces")
    if meta.get("schema_version") != schema_version():
        raise StoreError(
            f"{before}: built for another version of the schema; build it again with: python -m budgetdata build"
        )
    try:
        aside = _aside(path) if path.exists() else None
        os.replace(before, path)
        if aside is not None:
            os.replace(aside, before)
        os.utime(path)
    except OSError as error:
        raise _no_way_back(path, error) from error
    return meta["version"], until_now


def _no_way_back(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path}: cannot be put back ({error.strerror}); check permissions of its folder")


@contextlib.contextmanager
def keeping_before(path: Path) -> Iterator[None]:
    """Keep the database at a path as the one before, where the block puts other facts in its place."""
    aside = None
    with contextlib.suppress(OSError, sqlite3.Error):  # a build is worth more than the way back
        _finish(path)
        aside = _aside(path) if read_meta(path).get("version") else None
    try:
        yield
    finally:
        with contextlib.suppress(OSError, sqlite3.Error):
            if aside is not None and read_meta(aside).get("version") != _version(path):
                lay_by(path, before_of(path))
                os.replace(aside, before_of(path))
            elif aside is not None:
                aside.unlink()


def _finish(path: Path) -> None:
    """Do what a process that was killed did not come to: a database that it set aside and replaced is the one before."""
    for aside in left(path, "before"):
        if _version(aside) and _version(aside) != _version(path):
            os.replace(aside, before_of(path))
        else:
            aside.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    """The same file under a further name, or a copy where a file has but one."""
    aside = under_way(path, "before")
    try:
        os.link(path, aside)
    except OSError:
        shutil.copyfile(path, aside)
    return aside


def _version(path: Path) -> str:
    try:
        return read_meta(path).get("version", "")
    except sqlite3.Error:
        return ""
