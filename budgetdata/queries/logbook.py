"""What is told of the collection beside its facts: when a disclosure was registered, which readings were corrected."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from budgetdata.base.settings import data_folder

CORRECTIONS_FILE = "corrections.csv"
COLUMNS = ("corrected_on", "document_id", "figure_id", "was", "now", "why")
"""The columns of data/corrections.csv: the day, the document, the figure ('' for more than one), amounts in 万元 or words."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Correction(NamedTuple):
    """A reading that was wrong, and what it is now."""

    corrected_on: str
    document_id: str
    figure_id: str
    was: str
    now: str
    why: str


def corrections(folder: Path | None = None) -> list[Correction]:
    """The corrected readings, the newest first; none where nothing was corrected. A line without a day is left out."""
    path = (folder or data_folder()) / CORRECTIONS_FILE
    try:
        return list(_read(path, path.stat().st_mtime_ns))
    except OSError:
        return []


def corrected() -> str:
    """Which state the file of corrections is in, as a word that changes with it; '' without one."""
    try:
        found = (data_folder() / CORRECTIONS_FILE).stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}.{found.st_size}"


@lru_cache(maxsize=2)
def _read(path: Path, _modified: int) -> tuple[Correction, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [Correction(*((row.get(name) or "").strip() for name in COLUMNS)) for row in csv.DictReader(file)]
    return tuple(sorted((row for row in rows if _DAY.fullmatch(row.corrected_on)), reverse=True))
