"""Two databases compared, public table by public table: which rows differ, apart from columns that only one of them has.

    python scripts/same_facts.py OLD.db NEW.db [--ignore column …]

Exit 0 where every public table has the same rows; 1 where one differs, with the first differences of each.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

SHOWN = 5
IGNORED = {"built_at"}


def rows_of(connection: sqlite3.Connection, table: str, columns: list[str]) -> Counter[tuple[str, ...]]:
    """The rows of a table as texts, each with how often it stands there."""
    named = ", ".join(f'"{column}"' for column in columns)
    return Counter(
        tuple("" if v is None else str(v) for v in row) for row in connection.execute(f'SELECT {named} FROM "{table}"')
    )


def differences(old: Path, new: Path, ignored: set[str]) -> list[str]:
    """One line for each table that lacks or differs, with examples."""
    found = []
    with closing(sqlite3.connect(old)) as one, closing(sqlite3.connect(new)) as two:
        for (table,) in one.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name").fetchall():
            columns = [[row[1] for row in c.execute(f'PRAGMA table_info("{table}")')] for c in (one, two)]
            gone = [column for column in columns[0] if column not in columns[1]]
            if gone:
                found.append(f"{table}: lacks {', '.join(gone)}")
            shared = [column for column in columns[0] if column in columns[1] and column not in ignored]
            before, after = rows_of(one, table, shared), rows_of(two, table, shared)
            if before != after:
                lost, more = list((before - after).elements()), list((after - before).elements())
                found.append(f"{table}: {len(lost)} rows only in {old.name}, {len(more)} only in {new.name}")
                found += [f"  - {row}" for row in lost[:SHOWN]] + [f"  + {row}" for row in more[:SHOWN]]
    return found


def main() -> int:
    """Compare, print, and say by the exit code whether anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--ignore", nargs="*", default=[])
    options = parser.parse_args()
    found = differences(options.old, options.new, IGNORED | set(options.ignore))
    print("\n".join(found) if found else "every public table has the same rows")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
