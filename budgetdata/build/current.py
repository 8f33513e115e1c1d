"""Whether a database is what a build would make now; built first where it is not.

A server asks this at its start and ever again: only where there is something to build does it load what reads documents,
12 MiB that it is spared else.
"""

from __future__ import annotations

from pathlib import Path

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.settings import DATA_DIR, default_database
from budgetdata.register.hashes import Hashes
from budgetdata.register.inputs import contents, digest, directory_inputs, named, origin_directory, registered_inputs
from budgetdata.register.sources import SOURCES_FILE
from budgetdata.store.database import read_meta, schema_version
from budgetdata.store.kept import remembered


def ensure_database(db: Path | None = None, *, data_dir: Path = DATA_DIR, progress: bool = False) -> Path:
    """The database, built first where it is missing, of another schema, or older than the documents or the program.

    A database that was built from a directory is built from that directory again. Two processes may call this at
    once: the second waits for the first. Raises UsageError or StoreError where there is nothing to build from.
    """
    database = db or default_database()
    if is_current(database, data_dir):
        return database
    from filelock import FileLock

    from budgetdata.build.build import build

    database.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(database.with_name(database.name + "-lock")):
        if not is_current(database, data_dir):
            origin = origin_directory(read_meta(database).get("origin", ""), database)
            report = build(database, from_dir=origin, data_dir=data_dir, jobs=1, progress=progress)
            if not report.replaced:
                raise BudgetDataError("\n".join(report.lines()))
    return database


def is_current(database: Path, data_dir: Path = DATA_DIR) -> bool:
    """True where a database of this schema holds just the documents that a build would read now."""
    meta = read_meta(database)
    if meta.get("schema_version") != schema_version():
        return False
    origin = origin_directory(meta.get("origin", ""), database)
    is_here = origin.is_dir() if origin else (data_dir / SOURCES_FILE).exists()
    if not is_here:
        return True  # its documents were not brought with it, or are gone: it is all there is of them
    hashes = Hashes(remembered(database))
    inputs = directory_inputs(origin, hashes)[0] if origin else registered_inputs(data_dir)
    return meta.get("inputs") == digest(map(named, inputs, contents(inputs, hashes)))
