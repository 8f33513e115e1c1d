"""A database of many documents, made from one of a few: every row again under other document ids and other departments' names.

    python benchmarks/many.py --documents 300 --out many.db [--db FILE]

For measuring what a server does with many documents, where the real ones are not at hand; what it says is true of nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from budgetdata.base.settings import default_database  # noqa: E402 - needs the line above
from budgetdata.store import over_years  # noqa: E402


def make(source: Path, out: Path, documents: int) -> int:
    """Copy the database at `source` to `out` until it holds so many documents; how many it holds then."""
    shutil.copyfile(source, out)
    with closing(sqlite3.connect(out)) as db:
        held = [row[0] for row in db.execute("SELECT document_id FROM document WHERE counts <> 0 ORDER BY 1")]
        tables = {
            table: [
                (name, "NUMBER" if key and kind == "INTEGER" and "_id" in name else kind)
                for _, name, kind, _, _, key in db.execute(f'PRAGMA table_info("{table}")')
            ]
            for (table,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        }
        count = db.execute("SELECT count(*) FROM document").fetchone()[0]
        number = 0
        while count < documents:
            old = held[number % len(held)]
            _again(db, tables, old, number // len(held) + 1)
            number, count = number + 1, count + 1
        db.execute("UPDATE meta SET value = ? WHERE key = 'version'", (f"{documents:016x}",))
        db.execute("UPDATE meta SET value = '' WHERE key = 'origin'")
        over_years.anew(db)
        db.commit()
        db.execute("ANALYZE")
        db.execute("VACUUM")
    return int(count)


def _again(db: sqlite3.Connection, tables: dict[str, list[tuple[str, str]]], old: str, round_no: int) -> None:
    """All rows of a document once more, as of another department."""
    new = hashlib.sha256(f"{old} {round_no}".encode()).hexdigest()[:12]
    for table, columns in tables.items():
        if "document_id" not in dict(columns):
            continue
        values = []
        for name, kind in columns:
            if table == "document" and name in ("department", "source_file"):
                values.append(f"'{round_no:03d}' || \"{name}\"")
            elif table == "document" and name == "sha256":
                values.append(f"'{new}' || substr(\"{name}\", 13)")
            elif kind == "NUMBER":
                values.append("NULL")  # SQLite counts on
            elif kind == "TEXT":
                values.append(f"replace(\"{name}\", '{old}', '{new}')")
            else:
                values.append(f'"{name}"')
        db.execute(f'INSERT INTO "{table}" SELECT {", ".join(values)} FROM "{table}" WHERE document_id = ?', (old,))


def main() -> int:
    """Make it and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--db", type=Path, default=default_database())
    options = parser.parse_args()
    count = make(options.db, options.out, options.documents)
    print(f"{options.out}: {count} documents, {options.out.stat().st_size / 2**20:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
