"""How much of what is promised for projects a database holds, against a count that was made apart from our reading.

    python -m budgetdata build --from ../shared/real --db /tmp/real.db
    python scripts/performance_coverage.py /tmp/real.db [tests/expected/real_performance.csv]

The count: rows of tables, lists and forms as another library cuts them from the pages (pdfplumber's tables), columns found by the
words of their heads, sums and totals left out; what it cut wrong at page breaks, and the projects of nested tables, by eye.
project_rows: projects in tables, else in lists. sheets: forms of one project, and amounts of a list, that print indicators;
department_sheets; indicators: values printed, one for each horizon; goals: projects whose goal is printed in a sentence alone,
one that another list prints once more in the same words counted once.
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

EXPECTED = ROOT / "tests" / "expected" / "real_performance.csv"
PARTS = ("project_rows", "sheets", "department_sheets", "indicators", "goals")
_READ = """
    SELECT d.source_file, d.files, (SELECT count(*) FROM projects p WHERE p.document_id = d.document_id),
      (SELECT count(*) FROM sheets s WHERE s.document_id = d.document_id AND s.scope = 'project'
        AND EXISTS (SELECT 1 FROM targets t WHERE t.sheet_id = s.sheet_id)),
      (SELECT count(*) FROM sheets s WHERE s.document_id = d.document_id AND s.scope = 'department'),
      (SELECT count(*) FROM targets t WHERE t.document_id = d.document_id),
      (SELECT count(*) FROM sheets s WHERE s.document_id = d.document_id AND s.scope = 'project'
        AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.sheet_id = s.sheet_id) AND coalesce(s.annual_goal, s.term_goal, '') <> '')
    FROM documents d
"""


def counted(path: Path) -> dict[str, dict[str, int]]:
    """What each file prints, by part."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: {part: int(row[part]) for part in PARTS} for row in csv.DictReader(file)}


def read(database: Path) -> dict[tuple[str, ...], dict[str, int]]:
    """What was read of each document, by part, under the names of its files."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(_READ).fetchall()
    return {tuple(names_of(*row[:2])): dict(zip(PARTS, row[2:], strict=True)) for row in rows}


def beside(
    printed: dict[str, dict[str, int]], found: dict[tuple[str, ...], dict[str, int]]
) -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    """What each document prints and what was read of it: files on the list that are one document are counted together."""
    own = {name: files for files in found for name in files}
    together: dict[str, tuple[dict[str, int], dict[str, int]]] = {}
    for file, parts in printed.items():
        files = own.get(file, (file,))
        name = " + ".join(each for each in files if each in printed)
        held, _ = together.get(name, (dict.fromkeys(PARTS, 0), {}))
        read_of_it = found.get(files, dict.fromkeys(PARTS, 0))
        together[name] = {part: held[part] + number for part, number in parts.items()}, read_of_it
    return together


def report(printed: dict[str, dict[str, int]], found: dict[tuple[str, ...], dict[str, int]]) -> list[str]:
    """One line for each place and one for all, then what is not read, and what was read beyond the count."""
    totals: dict[str, Counter[str]] = {}
    held: dict[str, Counter[str]] = {}
    apart: list[str] = []
    for name, (parts, taken) in beside(printed, found).items():
        for place in (name.split("_")[0], "all"):
            totals.setdefault(place, Counter()).update(parts)
            held.setdefault(place, Counter()).update({part: min(n, taken[part]) for part, n in parts.items()})
        differs = [f"{part} {taken[part]} of {n}" for part, n in parts.items() if taken[part] != n]
        apart += [f"{name}: {', '.join(differs)}"] if differs else []
    lines = [
        f"{place}: "
        + ", ".join(
            f"{part} {held[place][part]}/{n} ({held[place][part] / n:.1%})" for part, n in totals[place].items() if n
        )
        for place in sorted(totals, key=lambda place: (place == "all", place))
    ]
    return [*lines, "", *apart]


if __name__ == "__main__":
    print("\n".join(report(counted(Path(sys.argv[2]) if len(sys.argv) > 2 else EXPECTED), read(Path(sys.argv[1])))))
