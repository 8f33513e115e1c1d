"""The files of a directory, and of zips in it: each that may be a disclosure, and a line on each that is left out."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from budgetdata.base.errors import DocumentError
from budgetdata.readers import SUFFIXES
from budgetdata.readers.archive import ARCHIVE_SUFFIXES, members, read_member

MOST_FILES = 20_000
"""Files looked at in a directory and below it."""

_SAVE_AS = {
    ".doc": ".docx", ".wps": ".docx", ".rtf": ".docx", ".odt": ".docx", ".et": ".xlsx", ".ods": ".xlsx", ".ofd": "PDF",
    ".mht": ".html", ".mhtml": ".html",
}  # fmt: skip
_MACROS = {".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam"}
_PACKED = {".rar", ".7z", ".tar", ".gz", ".tgz"}
_PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff"}
_LOCK = "~$"


@dataclass(frozen=True, slots=True)
class File:
    """A file that may be a disclosure or a part of one: where it lies, in a zip under `inside`, and how it is named."""

    path: Path
    name: str
    inside: str = ""

    @property
    def suffix(self) -> str:
        """Its ending, which says how it is read."""
        return PurePosixPath(self.inside or self.path.name).suffix.lower()

    def content(self) -> bytes:
        """Its bytes. Raises OSError, also for what is no file (a pipe would be waited for without end), or DocumentError."""
        return read_member(self.path, self.inside) if self.inside else bytes_of(self.path)


def bytes_of(path: Path) -> bytes:
    """A file's content. Raises OSError, also for what is no file."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a directory")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no file")
    return path.read_bytes()


def printable(name: str) -> str:
    """A file's name as Unicode text, each byte of it that is none as a question mark."""
    return name.encode("utf-8", errors="replace").decode("utf-8")


def files_in(directory: Path) -> tuple[list[File], list[str]]:
    """Every file in a directory and below it that may be a disclosure, by name, those in zips too; a note on each other.

    Raises OSError where the directory itself cannot be listed. What is hidden (.git) is no part of it.
    """
    os.listdir(directory)
    found: list[File] = []
    notes: list[str] = []
    above = len(os.path.join(directory, ""))
    for number, (path, last) in enumerate(_walk(directory, notes)):
        if number >= MOST_FILES:
            notes.append(f"{printable(path)}: left out with all behind it, more than {MOST_FILES} files")
            break
        name, suffix = printable(path[above:].replace(os.sep, "/")), os.path.splitext(last)[1].lower()
        if suffix in SUFFIXES and not last.startswith(_LOCK):
            found.append(File(Path(path), name))
        elif suffix in ARCHIVE_SUFFIXES and os.path.isfile(path):
            within, left = files_in_zip(Path(path), name)
            found += within
            notes += left
        elif not os.path.isdir(path):
            notes.append(f"{name}: left out, {why_left_out(last)}")
    return found, notes


def file_named(directory: Path, name: str) -> File:
    """The file that `files_in` gave this name, also where it lies in a zip; as it would lie where it is not there."""
    steps = PurePosixPath(name).parts
    for end in range(1, len(steps)):
        archive = directory.joinpath(*steps[:end])
        if archive.suffix.lower() in ARCHIVE_SUFFIXES and archive.is_file():
            within = files_in_zip(archive, "/".join(steps[:end]))[0]
            return next((file for file in within if file.name == name), File(directory / name, name))
    return File(directory / name, name)


def _walk(directory: Path, notes: list[str]) -> Iterator[tuple[str, str]]:
    """The files of a directory by name, then those of its folders, each with its path and its name; a folder that is named like a
    file is one of them. Paths are text: of ten thousand files those of pathlib would take half a second."""

    def failed(error: OSError) -> None:
        notes.append(f"{printable(str(error.filename))}: cannot be listed ({error.strerror}); check its permissions")

    for folder, folders, files in os.walk(directory, onerror=failed):
        named = {name for name in folders if Path(name).suffix.lower() in SUFFIXES}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in named)
        for name in sorted({*files, *named}):
            if not name.startswith("."):
                yield os.path.join(folder, name), name


def files_in_zip(path: Path, name: str) -> tuple[list[File], list[str]]:
    """The files in a zip that may be disclosures, and a note on each that is left out."""
    try:
        held = members(path)
    except DocumentError as error:
        return [], [f"{name}: left out, {str(error).removeprefix(f'{path.name}: ')}"]
    found, notes = [], []
    for member in held:
        within = f"{name}/{printable(member.name)}"
        file = File(path, within, member.stored)
        last = PurePosixPath(member.name).name
        if member.why_not:
            notes.append(f"{within}: left out, {member.why_not}")
        elif file.suffix in SUFFIXES and not last.startswith(_LOCK):
            found.append(file)
        else:
            notes.append(f"{within}: left out, {why_left_out(last, in_zip=True)}")
    return found, notes or ([] if found else [f"{name}: left out, there is nothing in it that is read"])


def why_left_out(name: str, in_zip: bool = False) -> str:
    """Why a file of this name is not read, and what to do about it."""
    suffix = Path(name).suffix.lower()
    if name.startswith(_LOCK):
        return "what a program keeps while another file is open"
    if suffix in _MACROS:
        return f"a file with macros ({suffix}) is never opened; save it without them, as .docx or .xlsx"
    if suffix in _SAVE_AS:
        return f"{suffix} is not read; save it as {_SAVE_AS[suffix]}"
    if suffix in _PACKED or (in_zip and suffix in ARCHIVE_SUFFIXES):
        return f"{suffix} is not unpacked{' within a zip' if in_zip else ''}; unpack it first"
    if suffix in _PICTURES:
        return "a picture is not read; give the PDF that holds it"
    return f"no kind of file that a disclosure is ({', '.join(sorted(SUFFIXES | ARCHIVE_SUFFIXES))})"
