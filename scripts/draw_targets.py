"""Draw targets at random for labelling by hand, without any column that a rule fills: how tests/expected/quality.csv began.

python scripts/draw_targets.py data/budget.db 200 20261121 > drawn.csv
"""

from __future__ import annotations

import csv
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

COLUMNS = ("document_id", "line", "horizon", "category", "indicator", "target")


def draw(database: Path, number: int, seed: int) -> list[tuple[object, ...]]:
    """Some targets of the database, in printed order: document_id, line, horizon, category, indicator, target."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            f"""SELECT {", ".join("t." + column for column in COLUMNS)} FROM targets t JOIN sheets s USING (sheet_id)
                ORDER BY t.target_id"""
        ).fetchall()
    return [rows[place] for place in sorted(random.Random(seed).sample(range(len(rows)), number))]


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(draw(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
