"""What a build reads: the registered documents, or every disclosure in a directory; and a digest of it all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from budgetdata.base.errors import BudgetDataError, DocumentError
from budgetdata.forms.profiles import layouts_digest
from budgetdata.readers import SUFFIXES
from budgetdata.readers.archive import ARCHIVE_SUFFIXES
from budgetdata.register.found import File, files_in
from budgetdata.register.hashes import Hashes
from budgetdata.register.sources import Source, document_id_of, read_sources, sha256_of, sha256_of_all, stored_files

REGISTERED = "registered"
_PACKAGE = Path(__file__).parents[1]
_CODE_SUFFIXES = {".py", ".sql", ".csv", ".toml", ".txt", ".po"}
_BEHIND_THE_DATABASE = {"charts", "embeds", "exports", "gate", "markup", "queries", "show", "ui", "web"}
"""Rooms that only read the database: a change in them makes no other one. The words of the catalogues are stored in it."""


class UsageError(BudgetDataError):
    """A command cannot start with what it was given. Raised by `inputs`; the command line ends with exit 2."""


@dataclass(frozen=True, slots=True)
class Input:
    """A disclosure to read: its files in order and where it comes from, or in `error` why it cannot even be opened."""

    files: tuple[File, ...]
    source: Source
    error: str = ""

    @property
    def path(self) -> Path:
        """Where its first file lies."""
        return self.files[0].path


def registered_inputs(data_dir: Path) -> list[Input]:
    """The registered documents in the order of data/sources.csv. Raises UsageError where none is registered."""
    sources = read_sources(data_dir)
    if not sources:
        raise UsageError(
            f"{data_dir}: no document is registered; register some with: python -m budgetdata add FILE…, "
            "or read a directory with: python -m budgetdata build --from DIR"
        )
    return [
        Input(tuple(File(path, name) for path, name in stored_files(source, data_dir)), source) for source in sources
    ]


def directory_inputs(directory: Path, hashes: Hashes | None = None) -> tuple[list[Input], list[str]]:
    """Every file that may be a disclosure in a directory, below it and in its zips, and a note on each that is left out.

    One that is a second copy of another is read once. What is named like a disclosure and cannot be opened is an input with
    its error. Raises UsageError where it is no directory, cannot be listed or holds none.
    """
    kinds = ", ".join(sorted(SUFFIXES | ARCHIVE_SUFFIXES))
    if not directory.is_dir():
        raise UsageError(f"{directory}: no such directory; name one that holds {kinds} files")
    try:
        files, notes = files_in(directory)
    except OSError as error:
        raise UsageError(f"{directory}: cannot be listed ({error.strerror}); check its permissions") from error
    known = hashes or Hashes()
    inputs: dict[str, Input] = {}
    for file in files:
        try:
            sha256 = sha256_of(file.content()) if file.inside else known.of(file.path)
        except (OSError, DocumentError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            reason = f"cannot be opened ({why}); check what it is and its permissions, or take it away"
            inputs[file.name] = Input((file,), Source(file.name, ""), reason)
            continue
        if sha256 in inputs:
            notes.append(f"{file.name}: the same bytes as {inputs[sha256].source.source_file}; read once")
            continue
        inputs[sha256] = Input((file,), Source(file.name, sha256, document_id_of(sha256)))
    if not inputs:
        raise UsageError(
            "\n".join([f"{directory}: holds no file that a disclosure is ({kinds}); name their directory", *notes])
        )
    return list(inputs.values()), notes


def joined(inputs: Sequence[Input]) -> Input:
    """Several inputs as one disclosure in several files, known by the hashes of all."""
    files = tuple(file for item in inputs for file in item.files)
    sha256 = sha256_of_all([item.source.source_sha256 for item in inputs])
    return Input(files, replace(inputs[0].source, source_sha256=sha256, document_id=document_id_of(sha256)))


def digest(named: Iterable[str]) -> str:
    """A hash over the files and what is known of them (`named`: a line of each), and the program that reads them: same digest,
    same database."""
    total = hashlib.sha256(code_digest().encode())
    for line in named:
        total.update(f"{line}\n".encode())
    return total.hexdigest()[:16]


def named(item: Input, content: str) -> str:
    """A line that stands for an input: what is known of it, and a hash of what its files hold."""
    return f"{item.source!r} {content}"


def contents(inputs: Iterable[Input], hashes: Hashes) -> list[str]:
    """A hash of what each input's files hold now; 'missing' for one that cannot be opened. A zip is hashed once."""
    return [" ".join(f"{_content(file.path, hashes)} {file.inside}".strip() for file in item.files) for item in inputs]


def _content(path: Path, hashes: Hashes) -> str:
    try:
        return hashes.of(path)
    except OSError:
        return "missing"


def code_digest() -> str:
    """A hash of the program and the data that make a database, the layouts of the data folder too."""
    return _digest_of(frozenset(_BEHIND_THE_DATABASE))


def reader_digest() -> str:
    """A hash of the program and the data that read a document, but for how it is put into words and stored."""
    return _digest_of(frozenset({"store", "words", *_BEHIND_THE_DATABASE}))


@cache
def _digest_of(without: frozenset[str]) -> str:
    total = hashlib.sha256(layouts_digest().encode())
    for path in sorted(_PACKAGE.rglob("*")):
        relative = path.relative_to(_PACKAGE)
        if path.suffix in _CODE_SUFFIXES and path.is_file() and relative.parts[0] not in without:
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
