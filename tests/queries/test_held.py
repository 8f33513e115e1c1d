"""A server's copies of the database: whatever becomes of the file, answers go on from the last whole one, each of one version."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from budgetdata.base.errors import ReplacedError, StoreError, TooLongError
from budgetdata.queries import base, held
from budgetdata.queries.base import Database, database_at, open_database, pinned
from budgetdata.queries.connections import Connections, To
from budgetdata.store import kept
from budgetdata.store.copying import copy_file
from budgetdata.store.kept import Kept, stamp_of

pytest_plugins = ["app_fixtures"]


@pytest.fixture
def path(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database that a server serves."""
    served = tmp_path / "budget.db"
    shutil.copy(db.path, served)
    monkeypatch.setenv("BUDGETDATA_DB", str(served))
    return served


@pytest.fixture
def copies(path: Path, tmp_path: Path) -> Iterator[held.Held]:
    (tmp_path / "copies").mkdir()
    yield held.hold(lambda: path, tmp_path / "copies")
    held.let_go()


def other(path: Path, version: str) -> Path:
    """A database of another version, beside."""
    made = path.with_name(f"{version}.db")
    shutil.copy(path, made)
    with sqlite3.connect(made) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", (version,))
        connection.execute("UPDATE document SET department = department || ?", (version,))
    connection.close()
    return made


def soon(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.01)
    return False


def departments(db: Database) -> list[str]:
    return [row["department"] for row in db.rows("SELECT department FROM document ORDER BY 1")]


def delete(path: Path) -> None:
    path.unlink()


def damage(path: Path) -> None:
    """Pages in the middle overwritten, the head whole."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 4)
        file.write(os.urandom(path.stat().st_size // 2))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def older(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema_version'")
    connection.close()


@pytest.mark.parametrize("harm", [delete, damage, cut, empty, older])
def test_readers_notice_no_harm_and_the_next_whole_file_is_served(
    copies: held.Held, path: Path, harm: Callable[[Path], None]
) -> None:
    good = path.with_name("good.db")
    shutil.copy(path, good)
    version, names = open_database().version, departments(open_database())
    harm(path)
    open_database()
    assert soon(lambda: held.trouble() is not None)
    base._asked.cache_clear()  # type: ignore[attr-defined]
    assert open_database().version == version and departments(open_database()) == names
    os.replace(other(good, "feedfeed"), path)
    open_database()
    assert soon(lambda: open_database().version == "feedfeed") and held.trouble() is None
    assert all(name.endswith("feedfeed") for name in departments(open_database()))


def test_a_file_that_was_never_whole_is_refused_and_taken_when_it_is(path: Path, tmp_path: Path) -> None:
    good = path.with_name("good.db")
    shutil.copy(path, good)
    damage(path)
    copies = held.Held(lambda: path, tmp_path)
    for _ in range(2):
        with pytest.raises(StoreError):
            copies.current()
    os.replace(good, path)
    assert copies.current().documents == 5


def test_one_answer_is_of_one_version_while_builds_follow_each_other(copies: held.Held, path: Path) -> None:
    """Rows, version and everything asked in between, through twenty swaps and files written over in place."""
    versions = [f"{number:08x}" for number in range(20)]
    made = [other(path, version) for version in versions]
    mixed, done, asked = list[str](), threading.Event(), 0

    def read() -> None:
        nonlocal asked
        while not done.is_set():
            try:
                with pinned(open_database()) as db:
                    base._asked.cache_clear()  # type: ignore[attr-defined]
                    first = departments(db)
                    time.sleep(0.001)
                    again = departments(open_database())
                asked += 1
            except ReplacedError:
                continue
            told = db.version if db.version in versions else ""
            if first != again or not all(name.endswith(told) for name in first):
                mixed.append(db.version)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number, file in enumerate(made):
        if number % 4 == 3:
            shutil.copyfile(file, path)  # written over in place
        else:
            os.replace(file, path)
        time.sleep(0.03)
    assert soon(lambda: open_database().version == versions[-1])
    done.set()
    for thread in threads:
        thread.join()
    assert not mixed and asked > 20


def test_a_version_just_replaced_still_answers_for_pages_that_show_it(copies: held.Held, path: Path) -> None:
    before = open_database()
    os.replace(other(path, "feedfeed"), path)
    open_database()
    assert soon(lambda: open_database().version == "feedfeed")
    kept = held.version_before(before.version)
    assert kept == before and departments(before) and held.version_before("feedfeed") is None


def test_copies_of_versions_long_gone_are_removed(
    copies: held.Held, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "KEPT", 0.0)
    first = open_database()
    for version in ("aaaaaaaa", "bbbbbbbb", "cccccccc"):
        os.replace(other(path, version), path)
        open_database()
        assert soon(lambda version=version: open_database().version == version)  # type: ignore[misc]
    assert len(list(copies.folder.glob("*.db"))) == 2 and held.version_before("bbbbbbbb") is None
    with pytest.raises(ReplacedError):
        departments(first)


def test_the_same_facts_built_again_are_no_new_version(copies: held.Held, path: Path) -> None:
    before = open_database()
    os.utime(path, (1, 1))
    open_database()
    assert soon(lambda: copies._seen is not None and copies._seen[1] == stamp_of(path))
    assert open_database() is before and before.path.exists() and len(list(copies.folder.glob("*.db"))) == 1


def test_a_question_that_takes_too_long_is_given_up(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "LONGEST", 0.2)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(TooLongError):
        db.rows(endless)


def test_damage_is_told_as_ours(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "budget.db"
    shutil.copy(db.path, path)
    opened = database_at(path)
    damage(path)
    with pytest.raises(StoreError):
        for table in ("figure", "paragraph", "target", "statement"):
            opened.rows(f"SELECT * FROM {table} WHERE 3 = 3")


@pytest.fixture
def large(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, taken for so large that copying it takes long, and as a build left it."""
    monkeypatch.setattr(kept, "LARGE", 1)
    with Kept(path) as beside:
        beside.leave(path)
    return path


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Copies are made when this is set."""
    may = threading.Event()

    def wait(source: Path, target: Path, go_on: Callable[[], bool]) -> None:
        may.wait()
        copy_file(source, target, go_on)

    monkeypatch.setattr(held, "copy_file", wait)
    yield may
    may.set()
    held.let_go()


def test_a_large_file_is_answered_from_at_once_and_from_its_copy_when_that_is_there(
    large: Path, tmp_path: Path, slow: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[Path]()
    must_be_whole = held._must_be_whole

    def look(db: sqlite3.Connection, path: Path) -> None:
        looked.append(path)
        must_be_whole(db, path)

    monkeypatch.setattr(held, "_must_be_whole", look)
    (tmp_path / "copies").mkdir()
    copies = held.hold(lambda: large, tmp_path / "copies")
    first = open_database()
    names = departments(first)
    assert first.path == large and len(names) == 5 and not looked
    slow.set()
    assert soon(lambda: open_database().path.parent == copies.folder)
    assert looked == [large] and departments(open_database()) == names and open_database().version == first.version
    assert open_database() == first  # what is kept of the file answers for its copy, so nothing is prepared twice
    assert open_database() != base.database_at(open_database().path)
    damage(large)
    open_database()
    assert soon(lambda: held.trouble() is not None)
    base._asked.cache_clear()  # type: ignore[attr-defined]
    assert departments(open_database()) == names


@pytest.mark.parametrize("harm", [delete, damage, cut, empty, older])
def test_a_file_that_is_written_to_before_its_copy_is_there_is_answered_from_no_more(
    large: Path, tmp_path: Path, slow: threading.Event, harm: Callable[[Path], None]
) -> None:
    good = other(large, "feedfeed")
    (tmp_path / "copies").mkdir()
    held.hold(lambda: large, tmp_path / "copies")
    first = open_database()
    departments(first)
    harm(large)
    base._asked.cache_clear()  # type: ignore[attr-defined]
    with pytest.raises(StoreError):
        departments(first)
    with pytest.raises(StoreError):
        open_database()
    os.replace(good, large)
    assert all(name.endswith("feedfeed") for name in departments(open_database()))
    slow.set()
    assert soon(lambda: open_database().path != large) and open_database().version == "feedfeed"


def test_a_file_written_to_in_the_middle_of_a_question_answers_nothing(large: Path) -> None:
    db = replace(database_at(large), stamp=stamp_of(large))
    connections = Connections()
    with pytest.raises(ReplacedError), connections.lent(To(large, db.version, "", False, db.stamp), lambda _: None):
        os.utime(large, (1, 1))
    with pytest.raises(ReplacedError):
        departments(db)


def test_what_the_copy_shows_to_be_damaged_is_answered_from_no_more(
    large: Path, tmp_path: Path, slow: threading.Event
) -> None:
    damage(large)
    with Kept(large) as beside:
        beside.leave(large)  # a disk that forgets: nothing says that the file was written to
    copies = held.Held(lambda: large, tmp_path)
    assert copies.current().path == large
    slow.set()
    assert soon(lambda: copies.trouble is not None)
    with pytest.raises(StoreError, match="damaged"):
        copies.current()


def test_a_large_file_that_no_build_left_is_read_from_end_to_end_first(
    path: Path, tmp_path: Path, slow: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "LARGE", 1)
    assert held.Held(lambda: path, tmp_path).current().path == path
    damage(path)
    with pytest.raises(StoreError, match="damaged"):
        held.Held(lambda: path, tmp_path).current()


def test_a_version_is_prepared_before_anybody_is_answered_from_it(path: Path, tmp_path: Path) -> None:
    """And one that cannot be prepared is served all the same."""
    prepared: list[tuple[str, str]] = []

    def prepare(db: Database) -> None:
        answering = copies._now.db.version if copies._now else ""
        prepared.append((db.version, answering))
        raise ValueError("nothing can be found")

    (tmp_path / "copies").mkdir()
    copies = held.Held(lambda: path, tmp_path / "copies", prepare)
    first = copies.current().version
    os.replace(other(path, "second"), path)
    assert soon(lambda: copies.current().version == "second")
    assert prepared == [(first, ""), ("second", first)]
