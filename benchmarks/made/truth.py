"""A build held against the truth of the invented disclosures: every amount, project and indicator, none more and none less."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

_FIGURES = """SELECT d.source_file, f.table_no, coalesce(nullif(f.code, ''), ''), f.role, f.label, f."column", f.fen
    FROM figure f JOIN document d USING (document_id)"""


def differences(truth: Path, database: Path, limit: int = 20) -> tuple[int, list[str]]:
    """(true amounts, one line for each of the first `limit` things that are not as they should be)."""
    with closing(sqlite3.connect(truth)) as true, closing(sqlite3.connect(database)) as built:
        wanted = Counter(
            (file, table, known.strip(), column, fen)
            for file, table, known, column, fen in true.execute("SELECT * FROM figure")
        )
        found: Counter[tuple[str, int, str, str, int]] = Counter()
        for file, table, code, role, label, column, fen in built.execute(_FIGURES):
            names = (code, role, label.strip())
            known = next(
                (
                    name
                    for name in names
                    if wanted[file, table, name, column, fen] > found[file, table, name, column, fen]
                ),
                label,
            )
            found[file, table, known, column, fen] += 1
        lines = [f"not read: {key}" for key in (wanted - found).elements()]
        lines += [f"not true: {key}" for key in (found - wanted).elements()]
        for what, query in _COUNTS.items():
            counted = dict(built.execute(query[1]).fetchall())
            lines += [
                f"{what} of {file}: {counted.get(file, 0)} read, {number} true"
                for file, number in true.execute(query[0])
                if counted.get(file, 0) != number
            ]
        return wanted.total(), lines[:limit]


_COUNTS = {
    "projects": (
        "SELECT d.file, count(p.file) FROM disclosure d LEFT JOIN project p USING (file) GROUP BY d.file",
        "SELECT d.source_file, count(*) FROM project p JOIN document d USING (document_id) GROUP BY 1",
    ),
    "indicators": (
        "SELECT file, targets FROM disclosure",
        "SELECT d.source_file, count(*) FROM target t JOIN document d USING (document_id) GROUP BY 1",
    ),
}
