"""A database of very many documents with all that a build keeps beside it, of which few were ever read.

    python -m benchmarks.forged FOLDER [--read 337] [--times 30] [--copied] [--changes] [--hash]
    python -m benchmarks.forged FOLDER --again [--changes] [--hash]

Invented disclosures are written and read; what they gave is kept over and over, each time as of other departments and with
a small file of its own in FOLDER/in, and a build stores all that as if it had read it: rows, sums and terms are those of a
build from nothing. So `python -m budgetdata build --from FOLDER/in --db FOLDER/many.db` has nothing to do, and reads what is
put into FOLDER/in beside them. --copied: rows are copied by SQLite in place of being stored, a tenth of the time, and what was
copied cannot be searched for. --changes: what one document more costs there, one withdrawn, one corrected. --hash: whether all
that comes to what a database stored from nothing does, which takes as long as the first. --again: nothing is stored, but what
lies in FOLDER is as the program now would have left it; after a change in it all would be read again, and the small files hold
no disclosure.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

from benchmarks.copied import make
from benchmarks.made.__main__ import write
from benchmarks.scale import build, from_nothing, tell, version_of
from benchmarks.searches import SEED
from budgetdata.base.facts import DocumentFacts
from budgetdata.build.gathered import Gathered
from budgetdata.build.packed import brief_of, card_of, facts_of_packed, key_of, pack, packed_brief
from budgetdata.register.hashes import Hashes
from budgetdata.register.inputs import Input, code_digest, contents, digest, directory_inputs, named, origin_name
from budgetdata.register.sources import Source
from budgetdata.store.kept import BEFORE, SPARE, Kept, remembered, stamp_of

LATE = 5
"""Disclosures that are written and not read with the others: they come one by one."""
SETTLED = 2.1
"""Seconds after which the hash of a file is believed by a later build."""
DATABASE, FILES = "many.db", "in"


def read_some(folder: Path, count: int) -> Path:
    """Write and read so many disclosures, and write a few more into FOLDER/late; the database of those that were read."""
    source, late, database = folder / "read", folder / "late", folder / "read.db"
    write(source, count + LATE, SEED)
    shutil.move(source / "truth.db", folder / "truth.db")
    late.mkdir(exist_ok=True)
    for path in sorted(source.iterdir())[-LATE:]:
        shutil.move(path, late / path.name)
    tell(f"reading {count}", build(source, database, 1).said())
    return database


def forge(read: Path, folder: Path, times: int) -> Path:
    """Keep what is kept beside the database `read` so many times, each time as of other documents, which have small files of
    their own in FOLDER/in; returns where a build of that folder belongs, which then finds all of it read."""
    database, files = folder / DATABASE, folder / FILES
    with closing(sqlite3.connect(f"{read}-kept")) as db:
        given = [facts_of_packed(blob) for (blob,) in db.execute("SELECT facts FROM kept")]
    files.mkdir(parents=True)
    hashes = {}
    for turn, facts in product(range(times), given):
        path = files / called(turn, facts.source_file)
        path.write_text(f"{turn} {facts.source_sha256}\n", encoding="utf-8")
        hashes[os.path.abspath(path)] = f"{turn:03x}{facts.source_sha256[3:]}"
    time.sleep(SETTLED)
    found = Hashes()
    for path in files.iterdir():
        found.of(path)
    with Kept(database) as kept:
        kept.remember({path: (stamp, hashes[path]) for path, (stamp, _) in found.lasting.items()})
        items = {item.source.source_file: (key, item.source) for key, item in _known(folder)}
        for turn, facts in product(range(times), given):
            key, source = items[called(turn, facts.source_file)]
            kept.keep(key, pack(_as_of(facts, source, called(turn, facts.department)), []))
    return database


def called(turn: int, name: str) -> str:
    """A name as it is the first time, and any other."""
    return f"{turn:03d}{name}" if turn else name


def _as_of(facts: DocumentFacts, source: Source, department: str) -> DocumentFacts:
    whose = {"source_file": source.source_file, "source_sha256": source.source_sha256}
    return replace(facts, department=department, document_id=source.document_id, **whose)


def _known(folder: Path) -> Iterator[tuple[str, Input]]:
    """The inputs of a folder, and the keys under which this program keeps what they give."""
    hashes = Hashes(remembered(folder / DATABASE))
    inputs, _ = directory_inputs(folder / FILES, hashes)
    for item, content in zip(inputs, contents(inputs, hashes), strict=True):
        yield key_of(named(item, content), False), item


def again(folder: Path) -> int:
    """Have all in a folder be as this program would have left it: keys, stamps, what a database was built from; returns how
    many documents. Where the program would store something else now, the database is still what the earlier one made of it."""
    database = folder / DATABASE
    hashes = Hashes(remembered(database))
    inputs, _ = directory_inputs(folder / FILES, hashes)
    lines = list(map(named, inputs, contents(inputs, hashes)))
    keys = {item.source.document_id: key_of(line, False) for item, line in zip(inputs, lines, strict=True)}
    with Kept(database) as kept, closing(sqlite3.connect(kept.path)) as db:
        with db:
            held = [(keys[card_of(card).document_id], old) for old, card in db.execute("SELECT key, card FROM kept")]
            db.executemany("UPDATE kept SET key = ? WHERE key = ?", held)
            db.execute("DELETE FROM left_as")
        briefs = {key: brief_of(card_of(card)) for key, card in kept.cards(keys.values()).items()}
        gathered = Gathered(kept, {key: briefs[key] for key in keys.values()}, {})
        entries = gathered.entries()
        kept.keep_said(code_digest(), {key: packed_brief(brief) for key, brief in briefs.items()}, gathered.new)
    meta = {"inputs": digest(lines), "origin": origin_name(folder / FILES, database)}
    for path in (database.with_name(database.name + end) for end in ("", BEFORE, SPARE)):
        if path.exists():
            _stamp(path, [(entry.stamp, entry.document_id) for entry in entries], meta)
            with closing(sqlite3.connect(f"{database}-kept")) as db, db:
                db.execute("INSERT INTO left_as VALUES (?)", (repr(stamp_of(path)),))
    return len(entries)


def _stamp(path: Path, stamps: list[tuple[str, str]], meta: dict[str, str]) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA synchronous = OFF")
        db.executemany("UPDATE document_content SET stamp = ? WHERE document_id = ?", stamps)
        db.executemany("UPDATE meta SET value = ? WHERE key = ?", [(value, key) for key, value in meta.items()])


def changes(folder: Path) -> None:
    """What builds cost: nothing changed, documents more one by one, one of them from nothing, one withdrawn, one corrected."""
    source, database = folder / FILES, folder / DATABASE
    tell("nothing changed", build(source, database, 1).said())
    late = sorted((folder / "late").iterdir())
    for path in late[:-1]:
        shutil.copy2(path, source)
        tell("one more document", build(source, database, 1).said())
    shutil.copytree(folder / "late", folder / "alone", ignore=lambda _, names: set(names) - {late[-2].name})
    tell("that document alone, from nothing", build(folder / "alone", folder / "alone.db", 1).said())
    sorted(source.glob("d*"))[0].unlink()  # of the first turn: what was copied has no terms to be taken out
    tell("one withdrawn", build(source, database, 1).said())
    corrected = source / f"{late[-2].stem}更正.txt"
    corrected.write_text(late[-2].read_text(encoding="utf-8") + "又一行\n", encoding="utf-8")
    tell("one corrected", build(source, database, 1).said())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", type=int, default=337)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--copied", action="store_true")
    parser.add_argument("--changes", action="store_true")
    parser.add_argument("--hash", action="store_true")
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    folder: Path = options.folder
    if not options.again:
        read = read_some(folder, options.read)
        database = forge(read, folder, options.times)
        if options.copied:
            tell("copied", f"{make(read, database, options.read * options.times)} documents")
        else:
            tell("storing", build(folder / FILES, database, 1).said())
    if options.again or options.copied:
        tell("known by this program", f"{again(folder)} documents")
    if options.changes:
        changes(folder)
    if options.hash:
        database = folder / DATABASE
        cost, version = from_nothing(folder / FILES, database, 1)
        tell("stored from nothing", f"{cost.said()}; the same hash: {version == version_of(database)}")


if __name__ == "__main__":
    main()
