"""A database of very many documents: the rows of one copied as of other departments, whole tables at a time.

benchmarks/many.py copies document by document up to any number; here ids keep their last nine digits and only rounds are whole.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from budgetdata.store import over_years

_APART = ("meta", "search_", "sqlite_")
"""Tables that are not copied: the full-text index holds no text that could be."""


def make(source: Path, out: Path, documents: int) -> int:
    """Copy the database at `source` to `out` until it holds so many documents, or a few less; how many it holds then."""
    shutil.copyfile(source, out)
    with closing(sqlite3.connect(out)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {
            table: [(name, kind) for _, name, kind, *_ in db.execute(f'PRAGMA table_info("{table}")')]
            for table in names
            if not table.startswith(_APART) and table not in over_years.TABLES
        }
        last = {table: db.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0] or 0 for table in tables}
        held = db.execute("SELECT count(*) FROM document").fetchone()[0]
        for number in range(1, max(documents // held, 1)):
            for table, columns in tables.items():
                _again(db, table, columns, last[table], number)
            db.commit()
        db.execute("UPDATE meta SET value = ? WHERE key = 'version'", (f"{documents:016x}",))
        db.execute("UPDATE meta SET value = '' WHERE key = 'origin'")
        over_years.anew(db)
        db.commit()
        db.execute("PRAGMA analysis_limit = 1000")
        db.execute("ANALYZE")
        return int(db.execute("SELECT count(*) FROM document").fetchone()[0])


def _again(db: sqlite3.Connection, table: str, columns: list[tuple[str, str]], last: int, number: int) -> None:
    """The first rows of a table once more, as of other documents: ids begin with the document's, of which three digits change."""
    values = []
    for name, kind in columns:
        if table == "document" and name in ("department", "source_file"):
            values.append(f"'{number:03d}' || \"{name}\"")
        elif kind == "TEXT" and (name.endswith("_id") or name == "replaced_by") and name != "item_id":
            values.append(f"'{number:03x}' || substr(\"{name}\", 4)")
        else:
            values.append(f'"{name}"')
    db.execute(f'INSERT OR IGNORE INTO "{table}" SELECT {", ".join(values)} FROM "{table}" WHERE rowid <= ?', (last,))
