"""The database before this one: kept by a build that brings other facts, put back by one command, whole whenever it is killed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from loops import ended_process

from budgetdata.__main__ import main
from budgetdata.base.errors import StoreError
from budgetdata.queries.base import Database
from budgetdata.store import before, database
from budgetdata.store.before import before_of, keeping_before, rollback
from budgetdata.store.database import read_meta

pytest_plugins = ["app_fixtures"]


@pytest.fixture
def path(db: Database, tmp_path: Path) -> Path:
    made = tmp_path / "budget.db"
    shutil.copy(db.path, made)
    return made


def with_version(path: Path, version: str, key: str = "version") -> Path:
    made = path.with_name(f"{version}.new")
    shutil.copy(path, made)
    with sqlite3.connect(made) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (version, key))
    connection.close()
    return made


def version_of(path: Path) -> str:
    return read_meta(path)["version"]


def build(path: Path, version: str) -> None:
    """As a build does it."""
    with keeping_before(path):
        os.replace(with_version(path, version), path)


def test_yesterdays_database_comes_back_and_is_undone(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = version_of(path)
    build(path, "aaaa")
    assert version_of(before_of(path)) == first
    assert (
        main(["rollback", "--db", str(path)]) == 0
        and version_of(path) == first
        and version_of(before_of(path)) == "aaaa"
    )
    assert f"version {first} again; aaaa is kept" in capsys.readouterr().out
    assert main(["rollback", "--db", str(path)]) == 0 and version_of(path) == "aaaa"
    assert sorted(each.name for each in path.parent.iterdir()) == ["budget.db", "budget.db-before"]


def test_the_same_facts_built_again_leave_the_one_before(path: Path) -> None:
    first = version_of(path)
    build(path, "aaaa")
    build(path, "aaaa")
    assert version_of(before_of(path)) == first
    build(path, "bbbb")
    assert version_of(before_of(path)) == "aaaa"


def test_a_build_that_fails_keeps_nothing_new(path: Path) -> None:
    with pytest.raises(RuntimeError), keeping_before(path):
        raise RuntimeError
    assert not before_of(path).exists() and [each.name for each in path.parent.iterdir()] == ["budget.db"]


def test_a_killed_build_leaves_the_one_it_replaced(path: Path) -> None:
    """Killed behind the swap: what it had set aside is the one before, found by the next command."""
    first = version_of(path)
    aside = path.with_name(f"{path.name}.{ended_process()}-1.before.tmp")
    shutil.copyfile(path, aside)
    os.replace(with_version(path, "aaaa"), path)
    assert rollback(path) == (first, "aaaa") and not aside.exists()
    shutil.copyfile(path, aside)  # killed before the swap: there is nothing to keep
    with keeping_before(path):
        pass
    assert not aside.exists() and version_of(before_of(path)) == "aaaa"


def test_a_deleted_or_damaged_database_is_replaced_by_the_one_before(path: Path) -> None:
    first = version_of(path)
    build(path, "aaaa")
    path.write_bytes(b"no database")
    assert rollback(path) == (first, "") and version_of(path) == first
    build(path, "aaaa")
    path.unlink()
    assert rollback(path)[0] == first and version_of(path) == first


def test_nothing_of_a_damaged_database_is_kept(path: Path) -> None:
    """Its meta table may still be read: a build writes it anew all the same."""
    assert database._stamps(path)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = os.urandom(8192)
    path.write_bytes(data)
    assert version_of(path) and database._stamps(path) == {}


def test_where_there_is_none_or_an_older_one_it_says_what_to_do(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rollback", "--db", str(path)]) == 1 and "a build keeps the one" in capsys.readouterr().err
    os.replace(with_version(path, "old", "schema_version"), before_of(path))
    with pytest.raises(StoreError, match="another version of the schema"):
        rollback(path)


@pytest.mark.parametrize("after", range(4))
@pytest.mark.parametrize("what", ["build", "rollback"])
def test_killed_anywhere_the_database_is_one_of_the_two(
    path: Path, monkeypatch: pytest.MonkeyPatch, what: str, after: int
) -> None:
    first = version_of(path)
    build(path, "aaaa")
    steps = 0
    real = {name: getattr(os, name) for name in ("replace", "link")}

    def counted(name: str) -> object:
        def step(*given: object) -> None:
            nonlocal steps
            if steps == after:
                raise KeyboardInterrupt
            steps += 1
            real[name](*given)

        return step

    for name in real:
        monkeypatch.setattr(before.os, name, counted(name))
    try:
        if what == "build":
            build(path, "bbbb")
        else:
            rollback(path)
    except KeyboardInterrupt:
        pass
    monkeypatch.undo()
    assert (
        version_of(path) in {first, "aaaa", "bbbb"} and version_of(before_of(path))
        if before_of(path).exists()
        else True
    )
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    connection.close()
