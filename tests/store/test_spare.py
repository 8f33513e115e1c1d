"""A large database is made in the file of the one before the one before, which nobody may have open: never under a reader."""

from __future__ import annotations

import mmap
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.made.__main__ import write
from budgetdata.build.build import build
from budgetdata.store import copying, database, kept, over_years, spare
from budgetdata.store.before import before_of, rollback
from budgetdata.store.copying import copy_file
from budgetdata.store.database import read_meta
from budgetdata.store.spare import spare_of
from budgetdata.store.views import public_views

ROOT = Path(__file__).parents[2]
COUNT = 7
FIRST = 4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Disclosures, and beside them a database of the first, of one more and of two more, as three builds left it."""
    folder = tmp_path_factory.mktemp("spare")
    write(folder / "all", COUNT, 7)
    (folder / "in").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        as_large(patch)
        for numbers in (range(FIRST), [FIRST], [FIRST + 1]):
            add(folder, *numbers)
            build(folder / "b.db", from_dir=folder / "in", jobs=1)
    return folder


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it all that a test may change, times and all. Its spare has two documents fewer than the next build stores."""
    here = tmp_path / "here"
    shutil.copytree(made, here)
    as_large(monkeypatch)
    with kept.Kept(here / "b.db") as beside:  # each file is another one on the disk now
        beside._db.execute("DELETE FROM left_as")
        stamps = [repr(kept.stamp_of(path)) for path in (spare_of(here / "b.db"), before_of(here / "b.db"))]
        beside._db.executemany("INSERT INTO left_as VALUES (?)", [(stamp,) for stamp in stamps])
        beside.leave(here / "b.db")
    yield here


def as_large(patch: pytest.MonkeyPatch) -> None:
    """Take every database for a large one, on a file system that lends no blocks."""
    patch.setattr(kept, "LARGE", 1)
    patch.setattr(spare, "_A_DOCUMENT", 1)
    patch.setattr(copying, "_cloned", lambda _old, _new: False)


def add(folder: Path, *numbers: int) -> None:
    """Put disclosures of these numbers among those that are built."""
    for number in numbers:
        shutil.copy2(folder / "all" / f"d{number:05d}.txt", folder / "in")


def is_written_again(folder: Path, number: int = FIRST + 2) -> bool:
    """Whether a build with one document more goes into the file that is the spare, and copies none."""
    copied: list[Path] = []

    def counted(source: Path, target: Path) -> None:
        copied.append(source)
        copy_file(source, target)

    add(folder, number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "copy_file", counted)
        build(folder / "b.db", from_dir=folder / "in", jobs=1)
    return not copied


def from_nothing(folder: Path) -> str:
    """Store what was read anew, at c.db; the version."""
    shutil.copyfile(folder / "b.db-kept", folder / "c.db-kept")
    return build(folder / "c.db", from_dir=folder / "in", jobs=1).version


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every public table and of what the years come to, and every term with how often it is found."""
    with closing(sqlite3.connect(database)) as db:
        names = (*public_views(), *over_years.TABLES, "within_other", "document_content")
        found = {name: sorted(db.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
        db.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, search_text, row)")
        found["terms"] = db.execute("SELECT term, doc, cnt FROM temp.term ORDER BY 1").fetchall()
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.execute("INSERT INTO search_text (search_text) VALUES ('integrity-check')")
    return found


def needs_leases(folder: Path) -> None:
    if not (spare.is_told_of(folder) and spare._is_nobodys(folder / "b.db")):
        pytest.skip("this system does not tell who has a file open")


def test_one_more_goes_into_the_spare_and_comes_to_what_a_build_from_nothing_does(here: Path) -> None:
    needs_leases(here)
    first, now = read_meta(before_of(here / "b.db"))["version"], read_meta(here / "b.db")["version"]
    assert is_written_again(here)
    names = ["b.db", "b.db-before", "b.db-kept", "b.db-spare"]
    assert sorted(path.name for path in here.glob("b.db*")) == names
    assert (
        read_meta(spare_of(here / "b.db"))["version"] == first and read_meta(before_of(here / "b.db"))["version"] == now
    )
    (here / "in" / "d00001.txt").unlink()
    corrected = here / "in" / "d00002.txt"
    (here / "in" / "d00002更正.txt").write_text(corrected.read_text(encoding="utf-8") + "又一行\n", encoding="utf-8")
    assert is_written_again(here), "one withdrawn, one that corrects another"
    corrected.unlink()
    assert is_written_again(here)
    version = read_meta(here / "b.db")["version"]
    assert version == from_nothing(here)
    assert rows(here / "b.db") == rows(here / "c.db")
    assert rollback(here / "b.db")[1] == version


def test_who_has_it_open_sees_it_as_it_was(here: Path) -> None:
    path = spare_of(here / "b.db")
    held, version = sqlite3.connect(path), read_meta(path)["version"]
    held.execute("SELECT count(*) FROM document").fetchone()
    with closing(held):
        assert not is_written_again(here)
        assert held.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() == (version,)
        assert held.execute("SELECT count(*) FROM document").fetchone() == (FIRST,)
        assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert read_meta(here / "b.db")["version"] == from_nothing(here)


def test_not_where_another_process_has_it_open(here: Path) -> None:
    with spare_of(here / "b.db").open("rb") as file, subprocess.Popen(["sleep", "60"], stdin=file) as other:
        file.close()
        try:
            assert not is_written_again(here)
        finally:
            other.kill()


def test_not_where_it_is_mapped(here: Path) -> None:
    with spare_of(here / "b.db").open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    with mapped:
        was = mapped[:]
        assert not is_written_again(here) and mapped[:] == was


def test_not_where_another_name_leads_to_it(here: Path) -> None:
    backup = here / "backup.db"
    os.link(spare_of(here / "b.db"), backup)
    was = backup.read_bytes()
    assert not is_written_again(here) and backup.read_bytes() == was


def test_not_where_it_was_written_to_since(here: Path) -> None:
    path = spare_of(here / "b.db")
    page = path.stat().st_size // 8192 * 4096
    with path.open("r+b") as file:
        file.seek(page)
        file.write(b"\xff" * 4096)
    assert not is_written_again(here)
    assert rows(here / "b.db")


def test_not_where_copying_costs_less(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare, "_A_DOCUMENT", (here / "b.db").stat().st_size)
    assert not is_written_again(here), "it lacks two documents that the newest has"


@pytest.mark.parametrize("kind", ["nfs4", "overlay"])
def test_not_where_other_machines_may_have_it_open(here: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    device = here.stat().st_dev
    mounts = here / "mountinfo"
    mounts.write_text(
        f"36 35 {os.major(device)}:{os.minor(device)} / / rw master:1 - {kind} share rw\n", encoding="utf-8"
    )
    monkeypatch.setattr(spare, "_MOUNTS", mounts)
    assert not is_written_again(here)
    assert not spare_of(here / "b.db").exists(), "none is kept that cannot be used"


def test_not_where_the_system_lends_no_leases(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    monkeypatch.delattr(fcntl, "F_SETLEASE")
    assert not is_written_again(here)


@pytest.mark.parametrize("at", ["reopen", "settle", "swap"])
def test_killed_while_it_is_written_into(here: Path, at: str) -> None:
    """What is published is whole, so is the one before, and the next build is right."""
    needs_leases(here)
    (here / "in" / "d00001.txt").unlink()
    add(here, FIRST + 2)
    version, before = read_meta(here / "b.db")["version"], read_meta(before_of(here / "b.db"))["version"]
    program = f"""
import os, sys
from pathlib import Path
from budgetdata.build.build import build
from budgetdata.store import copying, database, filling, kept, spare
kept.LARGE = spare._A_DOCUMENT = 1
copying._cloned = lambda old, new: False
where, name = (database, "_swap") if {at!r} == "swap" else (filling, {at!r})
whole = getattr(where, name)
def killed(db, *given, **named):
    if {at!r} != "swap":
        whole(db, *given, **named)
    os._exit(9)
setattr(where, name, killed)
build(Path(sys.argv[1]), from_dir=Path(sys.argv[2]), jobs=1)
"""
    done = subprocess.run([sys.executable, "-c", program, here / "b.db", here / "in"], cwd=ROOT, check=False)
    assert done.returncode == 9 and not spare_of(here / "b.db").exists(), "it was the spare that was written into"
    for path, expected in ((here / "b.db", version), (before_of(here / "b.db"), before)):
        assert read_meta(path)["version"] == expected and rows(path)
    assert len(list(here.glob("b.db.*.tmp"))) >= 1
    again = build(here / "b.db", from_dir=here / "in", jobs=1).version
    assert again == from_nothing(here)
    assert rows(here / "b.db") == rows(here / "c.db") and not list(here.glob("*.tmp"))
