"""The zip behind an office file: bounded before anything in it is opened, without macros and without entities."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetdata.base.errors import DocumentError
from budgetdata.readers.office.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, SMALL

DAMAGED = (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error, lzma.LZMAError, struct.error)
"""What Python raises of a zip whose bytes are damaged, by which of them are; OSError is bzip2's too."""
_HEAD = 2048
_GROUPS = ("p", "si", "row", "tr", "comment")
_WRITERS = ("author", "creator", "lastModifiedBy", "displayName", "userName", "Manager")
"""Elements and attributes that name who wrote a file, a remark or a change in it."""
_PARTS = (".xml", ".rels", ".vml")


def check_package(path: Path) -> None:
    """Raise DocumentError where a package is damaged, too large unpacked, holds macros, or declares entities."""
    try:
        with zipfile.ZipFile(path) as package:
            _check(package)
    except DAMAGED as error:
        raise DocumentError(f"damaged ({error}); fetch the file again") from error


def _check(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    refuse_large(entries)
    macros = next((entry.filename for entry in entries if entry.filename.lower().endswith("vbaproject.bin")), "")
    if macros:
        raise DocumentError(f"it holds macros ({macros}), which no disclosure needs; save it without macros")
    for entry in entries:
        if entry.filename.lower().endswith(_PARTS):
            with package.open(entry) as part:
                if b"<!DOCTYPE" in part.read(_HEAD).replace(b"\x00", b""):
                    raise DocumentError(f"{entry.filename} in it declares entities, which no office program writes")


def refuse_large(entries: list[zipfile.ZipInfo]) -> None:
    """Raise DocumentError where the entries of a zip are too many, too large in all, or packed beyond measure."""
    if len(entries) > MAX_ENTRIES:
        raise DocumentError(f"{len(entries)} parts are more than a disclosure holds ({MAX_ENTRIES}); split it first")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise DocumentError(f"more than {MAX_UNPACKED // 1024 // 1024} MB unpacked; split it first")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise DocumentError(f"{entry.filename} in it is packed beyond measure; it may be made to harm")


def everything(path: Path) -> dict[str, Any]:
    """All text of all parts of a package, also what nobody sees; who wrote it or in it; how many pictures it holds."""
    from lxml import etree  # by which an archive that is only listed need not be loaded

    texts: list[str] = []
    authors: set[str] = set()
    check_package(path)
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        for name in names:
            if name.lower().endswith(_PARTS):
                parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
                tree = etree.fromstring(package.read(name), parser)
                if tree is not None:
                    texts += [" ".join(group) for group in _texts(tree)]
                    authors |= set(_authors(tree))
    pictures = sum("/media/" in name or "/embeddings/" in name for name in names)
    return {"text": "\n".join(texts), "authors": sorted(authors), "pictures": pictures}


def _texts(tree: Any) -> list[list[str]]:
    """The texts of an XML part, those of one paragraph, cell or row together: a name may be cut into several runs."""
    groups: list[list[str]] = []
    run: list[str] = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        local = element.tag.rpartition("}")[2]
        if local in _GROUPS:
            groups.append(run)
            run = []
        if element.text and element.text.strip():
            if local == "t" and run:
                run[-1] += element.text
            else:
                run.append(element.text)
    groups.append(run)
    return [group for group in groups if group]


def _authors(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.rpartition("}")[2] in _WRITERS and element.text:
            yield element.text.strip()
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] in _WRITERS:
                yield value.strip()
