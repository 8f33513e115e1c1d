"""A large database that lies as a build left it is not read from end to end again; one that was written to since is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from budgetdata.queries.base import Database
from budgetdata.store import copying, database, kept
from budgetdata.store.copying import copy_file
from budgetdata.store.kept import Kept, is_as_left

pytest_plugins = ["app_fixtures"]


def test_what_a_build_left_is_taken_for_whole_until_it_is_written_to(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    shutil.copy(db.path, path)
    assert len(database._stamps(path)) == 5
    with Kept(path) as beside:
        beside.leave(path)
    assert not is_as_left(path)  # small ones are read
    monkeypatch.setattr(kept, "LARGE", 1)
    assert is_as_left(path)
    page = path.stat().st_size // 8192 * 4096
    with path.open("r+b") as file:
        file.seek(page)
        file.write(b"\xff" * page)
    assert not is_as_left(path) and database._stamps(path) == {}
    with Kept(path) as beside:
        beside.leave(path)
    shutil.copy(path, tmp_path / "b.db")
    shutil.copy(f"{path}-kept", tmp_path / "b.db-kept")
    assert is_as_left(path) and not is_as_left(tmp_path / "b.db"), "it is said of this file, not of a copy"


@pytest.mark.parametrize("by_kernel", [True, False])
def test_a_file_is_copied_whole_or_left_where_it_may_not_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_kernel: bool
) -> None:
    monkeypatch.setattr(copying, "_PIECE", 1000)
    if not by_kernel:
        monkeypatch.delattr(copying.os, "copy_file_range", raising=False)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(bytes(range(256)) * 40)
    target.write_bytes(b"longer" * 9000)
    copy_file(source, target)
    assert target.read_bytes() == source.read_bytes()
    copy_file(source, target, lambda: False)
    assert target.stat().st_size < source.stat().st_size or not by_kernel
