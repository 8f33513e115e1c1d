"""What a build reads: the registered documents, or every disclosure in a directory; and a digest of it all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from budgetdata.base.errors import BudgetDataError
from budgetdata.readers import SUFFIXES
from budgetdata.register.sources import Source, document_id_of, read_sources, sha256_of, stored_path

REGISTERED = "registered"
_PACKAGE = Path(__file__).parents[1]
_CODE_SUFFIXES = {".py", ".sql", ".csv", ".toml", ".txt", ".po"}
_BEHIND_THE_DATABASE = {"charts", "embeds", "exports", "frames", "markup", "queries", "show", "ui", "web"}
"""Rooms that only read the database: a change in them makes no other one. The words of the catalogues are stored in it."""


class UsageError(BudgetDataError):
    """A command cannot start with what it was given. Raised by `inputs`; the command line ends with exit 2."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and where it comes from, or in `error` why it cannot even be opened."""

    path: Path
    source: Source
    error: str = ""


def registered_inputs(data_dir: Path) -> list[Input]:
    """The registered documents in the order of data/sources.csv. Raises UsageError where none is registered."""
    sources = read_sources(data_dir)
    if not sources:
        raise UsageError(
            f"{data_dir}: no document is registered; register some with: python -m budgetdata add FILE…, "
            "or read a directory with: python -m budgetdata build --from DIR"
        )
    return [Input(stored_path(source, data_dir), source) for source in sources]


def directory_inputs(directory: Path) -> tuple[list[Input], list[str]]:
    """Every .txt, .md and .pdf of a directory by name, and a note on each file that is a second copy of another.

    What has such a name and cannot be opened is an input with its error. Raises UsageError where it is no directory,
    cannot be listed or holds none.
    """
    if not directory.is_dir():
        raise UsageError(f"{directory}: no such directory; name one that holds .txt, .md or .pdf files")
    try:
        paths = [path for path in sorted(directory.iterdir()) if path.suffix.lower() in SUFFIXES]
    except OSError as error:
        raise UsageError(f"{directory}: cannot be listed ({error.strerror}); check its permissions") from error
    inputs: dict[str, Input] = {}
    notes: list[str] = []
    for path in paths:
        if path.name.startswith("."):
            continue
        name = printable_name(path)
        try:
            sha256 = sha256_of(_bytes_of(path))
        except OSError as error:
            reason = f"cannot be opened ({error.strerror}); check what it is and its permissions, or take it away"
            inputs[path.name] = Input(path, Source(name, ""), reason)
            continue
        if sha256 in inputs:
            notes.append(f"{name}: the same bytes as {inputs[sha256].source.source_file}; read once")
            continue
        inputs[sha256] = Input(path, Source(name, sha256, document_id_of(sha256)))
    if not inputs:
        raise UsageError(f"{directory}: holds no .txt, .md or .pdf file; name the directory of the disclosures")
    return list(inputs.values()), notes


def printable_name(path: Path) -> str:
    """A file's name as Unicode text, each byte of it that is none as a question mark."""
    return path.name.encode("utf-8", errors="replace").decode("utf-8")


def _bytes_of(path: Path) -> bytes:
    """A file's content. Raises OSError, also for what is no file: a pipe would be waited for without end."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a directory")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no file")
    return path.read_bytes()


def digest(inputs: Sequence[Input], held: Sequence[str] | None = None) -> str:
    """A hash over the files, what is known of them, and the program that reads them: same digest, same database.

    held: the `contents` of the inputs, where they are known already.
    """
    total = hashlib.sha256(code_digest().encode())
    for item, content in zip(inputs, held or contents(inputs), strict=True):
        total.update(f"{item.source!r} {content}\n".encode())
    return total.hexdigest()[:16]


def contents(inputs: Iterable[Input]) -> list[str]:
    """A hash of what each input's file holds now; 'missing' where it cannot be opened."""
    return [_content(item) for item in inputs]


def _content(item: Input) -> str:
    try:
        return sha256_of(_bytes_of(item.path))
    except OSError:
        return "missing"


@cache
def code_digest() -> str:
    """A hash of the program and the data that read a document."""
    total = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        relative = path.relative_to(_PACKAGE)
        if path.suffix in _CODE_SUFFIXES and path.is_file() and relative.parts[0] not in _BEHIND_THE_DATABASE:
            total.update(relative.as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def origin_name(directory: Path | None, database: Path) -> str:
    """How a database remembers what it was built from: 'registered', or the directory as seen from the database."""
    if directory is None:
        return REGISTERED
    try:
        return Path(os.path.relpath(directory.resolve(), database.resolve().parent)).as_posix()
    except ValueError:
        return directory.resolve().as_posix()


def origin_directory(origin: str, database: Path) -> Path | None:
    """The directory that `origin_name` named; None where the registered documents were read."""
    return None if origin in (REGISTERED, "") else (database.resolve().parent / origin).resolve()
