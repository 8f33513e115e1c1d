"""What looks like a person's name or number, in a database or in files: place and kind, never the datum itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from budgetdata.privacy.mask import mask_document, text_of
from budgetdata.privacy.scan import left_in, leftovers
from budgetdata.readers import read_document
from budgetdata.store.opened import Opened


def scan_database(path: Path) -> list[str]:
    """One line for each stored column and each kind of what looks personal in it. Raises NoDatabaseError, StoreError."""
    with Opened(path) as opened:
        return left_in(_values(opened))


def _values(opened: Opened) -> Iterator[tuple[str, object]]:
    for (table,) in opened.tuples("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        for row in opened.rows(f'SELECT * FROM "{table}"'):
            yield from ((f"{table}.{column}", value) for column, value in row.items())


def scan_files(paths: Iterable[Path]) -> list[str]:
    """For each file how many places are masked when it is read, and what looks personal besides. Raises DocumentError."""
    lines: list[str] = []
    for path in paths:
        document, count = mask_document(read_document(path))
        lines += (
            [f"{path.name}: {count} names or numbers (姓名、号码), masked where it is read or added"] if count else []
        )
        lines += [f"{path.name}: {left}" for left in leftovers(text_of(document)) if not left.office]
    return lines
