"""Read an office file or a web page in a process of its own: what it is told by how it begins, not by its name alone."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import RawDocument
from budgetdata.readers.bounded import ask, document_of, head_and_size, refuse_too_large
from budgetdata.readers.office.limits import MAX_BYTES, MOST_SECONDS, SECONDS, SECONDS_PER_BYTE
from budgetdata.readers.office.package import DAMAGED

_CHILD = "budgetdata.readers.office.child"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGES = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_HEAD = 2048


def read_office(path: Path) -> RawDocument:
    """The blocks of a .docx, .xlsx, .xls or .html. Raises DocumentError where it cannot be read."""
    kind, size = kind_of(path)
    seconds = min(SECONDS + SECONDS_PER_BYTE * size, MOST_SECONDS)
    return document_of(ask(_CHILD, path, seconds, "read", kind)["document"], path.name)


@dataclass(frozen=True, slots=True)
class Held:
    """All text in a file, its hidden parts too; who wrote it or in it; how many pictures it holds."""

    text: str
    authors: tuple[str, ...]
    pictures: int


def everything(path: Path) -> Held:
    """All that a .docx, .xlsx or .html holds, seen or not. Raises DocumentError where it cannot be opened."""
    kind, size = kind_of(path)
    seconds = min(SECONDS + SECONDS_PER_BYTE * size, MOST_SECONDS)
    layer = ask(_CHILD, path, seconds, "layer", kind)["layer"]
    return Held(layer["text"], tuple(layer["authors"]), layer["pictures"])


def kind_of(path: Path) -> tuple[str, int]:
    """What an office file is by its content (docx, xlsx, xls, html), and its size in bytes.

    Raises DocumentError where it is none of these, is empty, too large or locked.
    """
    head, size = head_and_size(path, _HEAD)
    refuse_too_large(path, size, MAX_BYTES)
    kind = _kind(path, head)
    if not kind:
        raise DocumentError(
            f"{path.name}: no Word, Excel or HTML file (it begins with {head[:8]!r}); give it its right ending"
        )
    return kind, size


def _kind(path: Path, head: bytes) -> str:
    suffix = path.suffix.lower()
    if head.startswith(_OLE):
        if suffix == ".xls":
            return "xls"
        raise DocumentError(
            f"{path.name}: locked by a password, or of before 2007; open it and save it as {suffix} anew"
        )
    if head.startswith(b"PK"):
        return _package_kind(path)
    return "html" if suffix in (".html", ".htm") or _is_html(head) else ""


def _is_html(head: bytes) -> bool:
    bare = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    opens = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")
    return bare.startswith(opens) or (bare.startswith(b"<?xml") and b"<html" in bare)


def _package_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except DAMAGED as error:
        raise DocumentError(f"{path.name}: damaged ({error}); fetch the file again") from error
    return next((kind for part, kind in _PACKAGES.items() if part in names), "")
