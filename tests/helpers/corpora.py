"""The real documents beside the repository: a sample for the tests, all of them where WHOLE_CORPUS=1 asks for it."""

from __future__ import annotations

import os
from pathlib import Path

READINGS = "MINGZHANG_TEST_READINGS"
"""The variable that names the run's folder of readings; conftest makes it for all workers."""
WHOLE = os.environ.get("WHOLE_CORPUS", "") == "1"


def real_documents(shared: Path, each: int = 1) -> list[Path]:
    """The smallest PDFs of every place, `each` of a place, by name; all where WHOLE_CORPUS=1. Never none."""
    places: dict[str, list[Path]] = {}
    for path in sorted((shared / "real").glob("*.pdf"), key=lambda path: path.stat().st_size):
        places.setdefault(path.name.split("_")[0], []).append(path)
    chosen = sorted(path for paths in places.values() for path in (paths if WHOLE else paths[:each]))
    assert chosen, f"{shared / 'real'} holds no PDF"
    return chosen


def folder_of(paths: list[Path], folder: Path) -> Path:
    """A folder that holds just these documents, as links."""
    for path in paths:
        (folder / path.name).symlink_to(path)
    return folder
