"""Files inside a zip: which there are, and one of them unpacked to be read; bounded, and never written where a name says."""

from __future__ import annotations

import contextlib
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from budgetdata.base.errors import DocumentError
from budgetdata.readers.office.package import DAMAGED, refuse_large

ARCHIVE_SUFFIXES = {".zip"}
MAX_MEMBERS = 500
_UTF8_FLAG, _ENCRYPTED = 0x800, 0x1
_UNIX_LINK = 0o120000


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: its name as it is to be read, the name it has there, and why it cannot be read ('' where it can)."""

    name: str
    stored: str
    why_not: str = ""


def members(path: Path) -> list[Member]:
    """The files in a zip by name. Raises DocumentError where it is damaged, or larger than a disclosure."""
    with _opened(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_MEMBERS:
            raise DocumentError(f"{path.name}: {len(entries)} files in it, more than {MAX_MEMBERS}; unpack it first")
        try:
            refuse_large(entries)
        except DocumentError as error:
            raise DocumentError(f"{path.name}: {error}") from error
        found = (Member(_name(entry), entry.filename, _why_not(entry)) for entry in entries)
        return sorted((one for one in found if not _is_furniture(one.name)), key=lambda one: one.name)


def read_member(path: Path, stored: str) -> bytes:
    """The content of one file in a zip. Raises DocumentError where it cannot be unpacked."""
    with _opened(path) as archive:
        try:
            entry = archive.getinfo(stored)
            refuse_large([entry])
            with archive.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except (*DAMAGED, KeyError) as error:
            raise DocumentError(f"{path.name}: {stored} in it cannot be unpacked ({error}); fetch it again") from error
        if len(data) > entry.file_size:
            raise DocumentError(f"{path.name}: {stored} in it is larger than it says; it may be made to harm")
        return data


@contextlib.contextmanager
def unpacked(path: Path, stored: str) -> Iterator[Path]:
    """One file in a zip as a file of its own while it is read, under a plain name with its ending."""
    data = read_member(path, stored)
    with tempfile.TemporaryDirectory(prefix="budgetdata-") as folder:
        inner = Path(folder) / f"member{PurePosixPath(stored).suffix.lower()}"
        inner.write_bytes(data)
        yield inner


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise DocumentError(f"{path.name}: no zip that can be opened ({error}); fetch it again") from error
    with archive:
        yield archive


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as it was meant: without a mark of UTF-8 it is mostly GBK."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        plain = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return plain.decode(encoding)
    return entry.filename


def _why_not(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _ENCRYPTED:
        return "it is locked by a password"
    if (entry.external_attr >> 16) & 0o170000 == _UNIX_LINK:
        return "it is a link to somewhere else"
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in entry.filename:
        return "its name leads out of the zip"
    return ""


def _is_furniture(name: str) -> bool:
    """True for what systems add to a zip, no file of anybody's."""
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in PurePosixPath(name).parts)
