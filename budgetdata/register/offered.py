"""What is offered to be registered: one file, several that were published together, or what a zip holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from budgetdata.base.errors import DocumentError, RegisterError
from budgetdata.base.identify import Head
from budgetdata.privacy.mask import mask_name
from budgetdata.readers import SUFFIXES
from budgetdata.readers.archive import ARCHIVE_SUFFIXES, unpacked
from budgetdata.register.copies import Copy, copy_of
from budgetdata.register.found import File, files_in_zip
from budgetdata.register.sources import Source, SourceFile, sha256_of, sha256_of_all

MIXED = "mixed"
"""The source kind of files of different kinds."""


@dataclass(slots=True)
class Offered:
    """One disclosure that is offered: its files in order, with what they hold."""

    files: tuple[File, ...]
    data: tuple[bytes, ...]
    _copies: list[tuple[Head, Copy, str]] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """The hash of its file, or that of all its files."""
        hashes = self.hashes
        return hashes[0] if len(hashes) == 1 else sha256_of_all(hashes)

    @property
    def hashes(self) -> list[str]:
        """The hash of each file."""
        return [sha256_of(data) for data in self.data]

    @property
    def name(self) -> str:
        """The names of its files."""
        return ", ".join(file.name for file in self.files)

    def read(self) -> list[tuple[Head, Copy, str]]:
        """Of each file what it says of itself, what is to be stored of it, and its kind. Raises RegisterError."""
        if not self._copies:
            self._copies = [_copy_of(file, data) for file, data in zip(self.files, self.data, strict=True)]
        return self._copies

    @property
    def head(self) -> Head:
        """What the files say of themselves: the first that says a thing says it for all; one that is no budget for all too."""
        first, *others = (head for head, _, _ in self.read())
        for other in others:
            first = replace(
                first,
                department=first.department or other.department,
                year=first.year or other.year,
                kind=first.kind if first.title else other.kind or first.kind,
                region=first.region or other.region,
                what=other.what if other.what == "final_accounts" else first.what,
                title=other.title if other.what == "final_accounts" else first.title or other.title,
            )
        return first

    @property
    def kind(self) -> str:
        """The kind of its files, or that they differ."""
        kinds = {kind for _, _, kind in self.read()}
        return kinds.pop() if len(kinds) == 1 else MIXED

    def stored(self, source: Source) -> Source:
        """An entry with the names of the copies to be stored for it."""
        copies = [copy for _, copy, _ in self.read()]
        if len(copies) == 1:
            return replace(source, stored_as=f"{source.document_id}{copies[0].suffix}", files=())
        named = [f"{source.document_id}-{number}{copy.suffix}" for number, copy in enumerate(copies, start=1)]
        files = (
            SourceFile(*each)
            for each in zip([mask_name(file.name) for file in self.files], self.hashes, named, strict=True)
        )
        return replace(source, stored_as=named[0], files=tuple(files))

    def is_one(self) -> bool:
        """True where no two of its files name different bodies or years."""
        heads = [head for head, _, _ in self.read()]
        return all(
            len({value for head in heads if (value := getattr(head, name))}) <= 1 for name in ("department", "year")
        )


def offers(paths: Iterable[Path], together: bool, say: Callable[[str], None]) -> list[Offered | RegisterError]:
    """What is to be registered, in order: all files as one where `together`, else each, and a zip as one where its files
    speak of one body and year; or why something cannot be. `say` gets a line on each file of a zip that is left out."""
    found: list[Offered | RegisterError] = []
    for path in paths:
        try:
            found += _of_zip(path, together, say) if path.suffix.lower() in ARCHIVE_SUFFIXES else [_of_file(path)]
        except RegisterError as error:
            found.append(error)
    if not together:
        return found
    errors = [one for one in found if isinstance(one, RegisterError)]
    if errors:
        return list(errors)  # a disclosure is registered whole or not at all
    whole = _joined([one for one in found if isinstance(one, Offered)])
    if len(set(whole.hashes)) < len(whole.hashes):
        return [RegisterError(f"{whole.name}: two of these are the same file; name each once")]
    return [whole]


def _of_file(path: Path) -> Offered:
    return Offered((File(path, path.name),), (_bytes_of(path),))


def _of_zip(path: Path, together: bool, say: Callable[[str], None]) -> list[Offered | RegisterError]:
    files, notes = files_in_zip(path, path.name)
    for note in notes if files else ():
        say(note)
    if not files:
        raise RegisterError("; ".join(notes))
    each = [Offered((file,), (_held(file),)) for file in files]
    if together or len(each) == 1:
        return [*each]
    whole = _joined(each)
    return [whole] if whole.is_one() else [*each]


def _joined(parts: Sequence[Offered]) -> Offered:
    return Offered(
        tuple(file for part in parts for file in part.files),
        tuple(data for part in parts for data in part.data),
    )


def _held(file: File) -> bytes:
    try:
        return file.content()
    except (OSError, DocumentError) as error:
        raise RegisterError(str(error)) from error


def _bytes_of(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES | ARCHIVE_SUFFIXES))
        raise RegisterError(f"{path.name}: a disclosure is one of {kinds}; convert it to one of these first")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegisterError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if not data.strip():
        raise RegisterError(f"{path.name}: the file is empty; download it again")
    return data


def _copy_of(file: File, data: bytes) -> tuple[Head, Copy, str]:
    with unpacked(file.path, file.inside) if file.inside else nullcontext(file.path) as path:
        try:
            return copy_of(path, data)
        except RegisterError as error:
            raise RegisterError(f"{file.name}: {str(error).removeprefix(f'{path.name}: ')}") from error
