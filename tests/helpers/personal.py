"""Personal data to look for: that of the originals in ../shared, read at run time, and an invented person's."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2

# Persons of a novel and a number that no operator gives out: nobody's data.
NAME, OTHER_NAME = "林黛玉", "贾宝玉"
PHONE = "13900001234"

_LABEL = re.compile(r"(?:负责人|经办人)\s*[:：]")
LEFT_OUT = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}


def personal_data(shared: Path) -> set[str]:
    """Every name and mobile number on the sign-off rows of the five originals; found by other means than `privacy`."""
    found: set[str] = set()
    for path in sorted((shared / "disclosures").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if _LABEL.search(line):
                pieces = re.split(r"[\s:：]+", line)
                found |= {piece for piece in pieces if re.fullmatch(r"1[3-9]\d{9}", piece)}
                found |= {
                    piece
                    for before, piece in pairwise(pieces)
                    if before in {"负责人", "经办人"} and 2 <= len(piece) <= 3 and piece not in {"负责人", "经办人"}
                }
    return found


def hits(data: bytes, wanted: set[str]) -> list[str]:
    """Which of the wanted texts are in some bytes, as lengths only (a failing test must not print them)."""
    return [
        f"{len(text)} characters, {encoding}"
        for text in wanted
        for encoding in ("utf-8", "gb18030", "utf-16-le")
        if text.encode(encoding) in data
    ]


def contents(path: Path) -> bytes:
    """A file's bytes as a reader of it would see them: the members of a zip unpacked, the text of a PDF added."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(data) as pdf:
            return data + "".join(page.get_textpage().get_text_bounded() for page in pdf).encode("utf-8")
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return data + b"".join(archive.read(name) for name in archive.namelist())
    return data


def files_below(root: Path) -> Iterator[Path]:
    """Every file of a tree but those of version control, of the environment and of caches."""
    for path in sorted(root.iterdir()):
        if path.name in LEFT_OUT:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path)
        elif path.is_file():
            yield path
