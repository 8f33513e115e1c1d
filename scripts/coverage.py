"""How many of the printed standard tables a database holds, against a list that was made by hand from the pages.

    python -m budgetdata build --from ../shared/real --db /tmp/real.db
    python scripts/coverage.py /tmp/real.db [tests/expected/real_tables.csv]

A table counts as read where its status is data, empty or empty_stated; partial ones are counted apart. One line for each
place (what stands before the first _ of the file's name), then one for each table that was not read whole, with the reason.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts.held_files import names_of  # noqa: E402

EXPECTED = ROOT / "tests" / "expected" / "real_tables.csv"
READ = {"data", "empty", "empty_stated"}


def printed_tables(path: Path) -> list[tuple[str, int, int]]:
    """(file, table number, page of its title) of every table on the list."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["file"], int(row["table_no"]), int(row["page"])) for row in csv.DictReader(file)]


def states(database: Path) -> dict[tuple[str, int], tuple[str, str]]:
    """(file, table number) → status and reason; of a document in several files under the name of each."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT d.source_file, d.files, t.table_no, t.status, t.reason FROM tables t JOIN documents d USING (document_id)"
        ).fetchall()
    return {
        (name, no): (status, reason or "") for file, files, no, status, reason in rows for name in names_of(file, files)
    }


def report(expected: list[tuple[str, int, int]], found: dict[tuple[str, int], tuple[str, str]]) -> list[str]:
    """The lines of the report."""
    printed: Counter[str] = Counter()
    read: Counter[str] = Counter()
    partial: Counter[str] = Counter()
    missing = []
    for file, no, page in expected:
        place = file.split("_")[0]
        status, reason = found.get((file, no), ("absent", "the document is not in the database"))
        printed[place] += 1
        read[place] += status in READ
        partial[place] += status == "partial"
        if status not in READ:
            missing.append(f"{file} table {no} p.{page}: {status}: {reason}")
    lines = [
        f"{place}: {printed[place]} printed, {read[place]} read, {partial[place]} partial, "
        f"{(read[place] + partial[place]) / printed[place]:.1%}"
        for place in sorted(printed)
    ]
    whole = sum(read.values()) + sum(partial.values())
    lines.append(
        f"all: {printed.total()} printed, {read.total()} read, {partial.total()} partial, {whole / printed.total():.1%}"
    )
    return [*lines, "", *missing]


if __name__ == "__main__":
    listed = printed_tables(Path(sys.argv[2]) if len(sys.argv) > 2 else EXPECTED)
    print("\n".join(report(listed, states(Path(sys.argv[1])))))
