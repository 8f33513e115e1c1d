"""The zip behind an office file: bounded before anything in it is opened, without macros and without entities."""

from __future__ import annotations

import zipfile
from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.readers.office.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, SMALL

_HEAD = 2048
_PARTS = (".xml", ".rels", ".vml")


def check_package(path: Path) -> None:
    """Raise DocumentError where a package is damaged, too large unpacked, holds macros, or declares entities."""
    try:
        with zipfile.ZipFile(path) as package:
            _check(package)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
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


def every_text(path: Path) -> str:
    """All text of all parts of a package, also what nobody sees: the text of elements and the values of attributes."""
    from lxml import etree

    found: list[str] = []
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if not entry.filename.lower().endswith(_PARTS):
                continue
            parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
            tree = etree.fromstring(package.read(entry), parser)
            if tree is not None:
                found += [" ".join(paragraph) for paragraph in _texts(tree)]
    return "\n".join(found)


def _texts(tree: object) -> list[list[str]]:
    """The texts of an XML part: runs of one paragraph or cell together, as a name may be cut into several runs."""
    groups: list[list[str]] = []
    run: list[str] = []
    for element in tree.iter():  # type: ignore[attr-defined]
        if not isinstance(element.tag, str):
            continue
        local = element.tag.rpartition("}")[2]
        if local in ("p", "si", "c", "row", "tr"):
            groups.append(run)
            run = []
        if element.text and element.text.strip():
            if local == "t" and run:
                run[-1] += element.text
            else:
                run.append(element.text)
    groups.append(run)
    return [group for group in groups if group]
