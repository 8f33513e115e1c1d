"""What stands around a figure where it is printed: the lines of a registered text, with the one that prints it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from budgetdata.base.errors import RegisterError
from budgetdata.base.leaves import leaf_of
from budgetdata.base.settings import DATA_DIR
from budgetdata.register.sources import Source, read_sources, stored_files

AROUND = 3
"""So many lines are shown before a figure's, and so many behind."""
TEXTS = (".txt", ".md")
LONGEST = 400
"""Characters of a line that are shown: a table's row may be very long."""


class Line(NamedTuple):
    """A printed line: its number, its words, whether the figure stands in it."""

    number: int
    words: str
    here: bool


def registered(document_id: str, data_dir: Path | None = None) -> Source | None:
    """The row of the register that a document has; None where it was built from elsewhere."""
    folder = data_dir or DATA_DIR
    try:
        path = folder / "sources.csv"
        return _sources(folder, path.stat().st_mtime_ns if path.exists() else 0).get(document_id)
    except (OSError, RegisterError):
        return None


@lru_cache(maxsize=2)
def _sources(folder: Path, _modified: int) -> dict[str, Source]:
    return {source.document_id: source for source in read_sources(folder)}


def stored(document_id: str, number: int = 1, data_dir: Path | None = None) -> tuple[Path, str] | None:
    """The stored copy of a registered document's file, personal data masked, and how the original was named."""
    source = registered(document_id, data_dir)
    if source is None:
        return None
    files = stored_files(source, data_dir or DATA_DIR)
    if not 1 <= number <= len(files) or not files[number - 1][0].is_file():
        return None
    return files[number - 1]


def printed_around(document_id: str, page: int | None, line: int | None, data_dir: Path | None = None) -> list[Line]:
    """The lines around a printed one of a registered text; none where the document is no text or is not registered."""
    found = stored(document_id, max(leaf_of(page or 0).file, 1), data_dir)
    if found is None or line is None or leaf_of(page or 0).number or found[0].suffix.lower() not in TEXTS:
        return []
    lines = _lines(found[0], found[0].stat().st_mtime_ns)
    first, last = max(line - AROUND, 1), min(line + AROUND, len(lines))
    return [Line(number, lines[number - 1][:LONGEST], number == line) for number in range(first, last + 1)]


@lru_cache(maxsize=8)
def _lines(path: Path, _modified: int) -> tuple[str, ...]:
    return tuple(path.read_text("utf-8", errors="replace").splitlines())
