"""A database of many documents forged of a few that were read is what a build would have left: nothing is read again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.copied import make
from benchmarks.forged import again, forge
from benchmarks.made.__main__ import write
from budgetdata.build.build import build
from budgetdata.register import inputs
from budgetdata.store.database import read_meta

READ, TIMES = 3, 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six documents forged of three, and a disclosure that was not read."""
    folder = tmp_path_factory.mktemp("forged")
    write(folder / "read", READ + 1, 11)
    shutil.move(folder / "read" / f"d{READ:05d}.txt", folder / "late.txt")
    build(folder / "read.db", from_dir=folder / "read", jobs=1)
    build(forge(folder / "read.db", folder, TIMES), from_dir=folder / "in", jobs=1)
    return folder


def counts(database: Path, file: str) -> list[int]:
    """Of the document of a file: figures, projects, targets, checks, what can be found of it."""
    tables = ("figure", "project", "target", "check_result", "search_entry")
    [found] = _rows(database, "SELECT document_id FROM document WHERE source_file = ?", file)
    return [_rows(database, f"SELECT count(*) FROM {table} WHERE document_id = ?", *found)[0][0] for table in tables]


def _rows(database: Path, sql: str, *values: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(sql, values).fetchall()


def test_each_is_stored_as_what_it_was_made_of_under_another_name(folder: Path) -> None:
    names = dict(_rows(folder / "many.db", "SELECT source_file, department FROM document"))
    assert len(names) == READ * TIMES
    true = dict(_rows(folder / "read.db", "SELECT source_file, department FROM document"))
    assert names["d00001.txt"] == true["d00001.txt"] and names["001d00000.txt"] == "001" + true["d00000.txt"]
    assert counts(folder / "many.db", "001d00002.txt") == counts(folder / "read.db", "d00002.txt")
    assert min(counts(folder / "read.db", "d00002.txt")) > 0


def test_a_build_finds_all_of_it_read_and_reads_one_more(folder: Path) -> None:
    report = build(folder / "many.db", from_dir=folder / "in", jobs=1)
    assert report.before is not None and report.exit_code == 0, "nothing is to be done"
    shutil.copy(folder / "late.txt", folder / "in")
    report = build(folder / "many.db", from_dir=folder / "in", jobs=1)
    assert report.read == 1 and len(report.documents) == READ * TIMES + 1
    (folder / "in" / "late.txt").unlink()
    assert build(folder / "many.db", from_dir=folder / "in", jobs=1).read == 0


def test_another_program_may_know_it_without_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = read_meta(folder / "many.db")["version"]
    monkeypatch.setattr(inputs, "_digest_of", lambda without: f"another {len(without)}")
    assert again(folder) == READ * TIMES
    stamps = _rows(folder / "many.db", "SELECT document_id, stamp FROM document_content ORDER BY 1")
    report = build(folder / "many.db", from_dir=folder / "in", jobs=1)
    assert report.read == 0 and report.exit_code == 0 and report.version == version
    assert _rows(folder / "many.db", "SELECT document_id, stamp FROM document_content ORDER BY 1") == stamps


def test_rows_may_be_copied_in_place_of_being_stored(folder: Path, tmp_path: Path) -> None:
    database = forge(folder / "read.db", tmp_path, TIMES)
    assert make(folder / "read.db", database, READ * TIMES) == again(tmp_path) == READ * TIMES
    report = build(database, from_dir=tmp_path / "in", jobs=1)
    assert report.read == 0 and report.exit_code == 0
    *copied, terms = counts(database, "001d00002.txt")
    assert [*copied, terms] == [*counts(folder / "many.db", "001d00002.txt")[:-1], 0]
