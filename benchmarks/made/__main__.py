"""Write invented disclosures and what is true of them.

    python -m benchmarks.made DIR [--count 300] [--seed 1] [--pdf 0.0]

DIR gets one file a disclosure, and truth.db beside them (tables figure, project, disclosure) to hold a build against
(benchmarks/scale.py does). --pdf: the share typeset as ruled PDFs.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
from pathlib import Path

from benchmarks.made.printed import Printed, compose
from benchmarks.made.text import text_of
from benchmarks.made.world import Publisher, publishers


def write(folder: Path, count: int, seed: int, pdf: float = 0.0) -> int:
    """Write `count` disclosures into `folder` and their truth into truth.db there; returns how many amounts are true."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = folder / "truth.db"
    truth.unlink(missing_ok=True)
    with sqlite3.connect(truth) as db:
        db.executescript("""
            CREATE TABLE disclosure (file TEXT, department TEXT, year INTEGER, unit INTEGER, corrected INTEGER, targets INTEGER);
            CREATE TABLE figure (file TEXT, table_no INTEGER, known TEXT, "column" TEXT, fen INTEGER);
            CREATE TABLE project (file TEXT, stage TEXT, name TEXT, fen INTEGER);
        """)
        for number, who in enumerate(publishers(count, seed)):
            chance = random.Random(who.seed)
            printed = compose(who.department, who.year, who.money, chance)
            name = _file(folder, number, who, printed, chance, pdf)
            row = (name, who.department, who.year, who.unit, who.corrected, printed.targets)
            db.execute("INSERT INTO disclosure VALUES (?, ?, ?, ?, ?, ?)", row)
            db.executemany("INSERT INTO figure VALUES (?, ?, ?, ?, ?)", [(name, *each) for each in printed.truth])
            db.executemany("INSERT INTO project VALUES (?, ?, ?, ?)", [(name, *each) for each in printed.projects])
        total: int = db.execute("SELECT count(*) FROM figure").fetchone()[0]
    return total


def _file(folder: Path, number: int, who: Publisher, printed: Printed, chance: random.Random, pdf: float) -> str:
    """Write one disclosure, as PDF for a share of `pdf`; returns its file's name."""
    as_pdf = chance.random() < pdf
    name = f"d{number:05d}.{'pdf' if as_pdf else 'txt'}"
    if as_pdf:
        from benchmarks.made.pdf import write_pdf  # ReportLab is a tool of development

        write_pdf(printed, folder / name, who.corrected, who.unit)
    else:
        (folder / name).write_text(text_of(printed, chance, who.corrected, who.unit), encoding="utf-8")
    return name


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", type=float, default=0.0)
    asked = parser.parse_args()
    total = write(asked.folder, asked.count, asked.seed, asked.pdf)
    print(f"{asked.count} disclosures with {total} amounts in {asked.folder}")


if __name__ == "__main__":
    main()
