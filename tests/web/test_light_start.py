"""What a server that only reads has in memory: neither what reads documents nor what writes databases and workbooks,
nor what speaks to the renderer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HEAVY = (
    "openpyxl", "lxml", "numpy", "pandas", "sqlite_utils", "altair", "budgetdata.build.build", "budgetdata.narrative.reader",
    "budgetdata.privacy.mask", "budgetdata.store.filling", "budgetdata.tables.reading",
)  # fmt: skip


def loaded(statement: str, repo: Path) -> set[str]:
    """The modules that a process of its own has after a statement."""
    script = f"import sys; {statement}; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", script], cwd=repo, encoding="utf-8").split())


def test_the_addresses_load_nothing_that_reads_or_writes(repo: Path) -> None:
    assert not loaded("from budgetdata.web import routes; routes()", repo) & set(HEAVY)


def test_who_writes_a_database_loads_no_frames(repo: Path) -> None:
    found = loaded("import budgetdata.store.filling", repo)
    assert "sqlite_utils" in found
    assert not found & {"numpy", "pandas"}


def test_a_page_loads_nothing_that_reads_sentences(repo: Path) -> None:
    """Half a second and 5 MiB of patterns for the first who opens 核对; its codes and names have files of their own."""
    asked = re.compile(r"from budgetdata\.(?:narrative|readers|tables|sheets|layout)\.(\w+)")
    found = {
        name for path in (repo / "budgetdata" / "ui").glob("*.py") for name in asked.findall(path.read_text("utf-8"))
    }
    assert found <= {"names", "quality", "unlinked"}


def test_a_build_that_reads_nothing_loads_nothing_that_reads(repo: Path) -> None:
    """What reads takes as long to load as a document to read."""
    found = loaded("import budgetdata.build.build", repo)
    assert not found & {
        "budgetdata.build.document",
        "budgetdata.privacy.mask",
        "budgetdata.readers.text",
        "rapidfuzz",
        "tqdm",
    }
