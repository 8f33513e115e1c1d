"""The database that commands and server find: built once, again where its documents changed, and only then."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from budgetdata.base.settings import DATA_DIR
from budgetdata.build.build import build
from budgetdata.build.current import ensure_database, is_current
from budgetdata.register.inputs import UsageError
from budgetdata.register.sources import read_sources, stored_path
from budgetdata.store.database import open_readonly, read_meta

SMALLEST = min(
    (stored_path(source, DATA_DIR) for source in read_sources(DATA_DIR)), key=lambda path: path.stat().st_size
)

ENSURE = "from pathlib import Path; import sys; from budgetdata.build.current import ensure_database; " \
         "path = ensure_database(Path(sys.argv[1]), data_dir=Path(sys.argv[2])); print(path, path.stat().st_ino)"  # fmt: skip


def test_two_processes_make_one_database(tmp_path: Path) -> None:
    target = tmp_path / "sub" / "b.db"
    arguments = [sys.executable, "-c", ENSURE, str(target), str(DATA_DIR)]
    started = [subprocess.Popen(arguments, cwd=DATA_DIR.parent, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = [process.communicate()[0].strip() for process in started]
    assert set(answers) == {f"{target} {target.stat().st_ino}"}, "built once; the others waited for it"
    assert [process.returncode for process in started] == [0, 0, 0]
    assert sorted(path.name for path in target.parent.iterdir()) == ["b.db", "b.db-kept", "b.db-lock"]
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM document").fetchone() == (5,)


def test_the_database_is_rebuilt_when_its_documents_change_and_only_then(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "b.db"
    shutil.copytree(DATA_DIR / "disclosures", data / "disclosures")
    register = (DATA_DIR / "sources.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "sources.csv").write_text("".join(register[:2]), encoding="utf-8")
    ensure_database(target, data_dir=data)
    first = target.stat().st_mtime_ns
    ensure_database(target, data_dir=data)
    assert target.stat().st_mtime_ns == first, "nothing changed, so nothing is built"
    (data / "sources.csv").write_text("".join(register[:3]), encoding="utf-8")
    assert not is_current(target, data)
    ensure_database(target, data_dir=data)
    with closing(open_readonly(target)) as connection:
        assert connection.execute("SELECT count(*) FROM document").fetchone()[0] == 2
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema_version'")
    assert not is_current(target, data)
    (tmp_path / "other.db").write_bytes(b"")
    assert is_current(ensure_database(tmp_path / "other.db", data_dir=data), data), "an empty file is no database"
    assert is_current(tmp_path / "other.db", tmp_path / "none"), (
        "a database brought without its documents is all there is"
    )
    (data / "sources.csv").write_text(register[0], encoding="utf-8")
    with pytest.raises(
        UsageError, match="no document is registered"
    ):  # all were taken down: what held them is not served
        is_current(tmp_path / "other.db", data)


def test_a_database_built_from_a_directory_stays_its_own(tmp_path: Path) -> None:
    target, directory = tmp_path / "b.db", tmp_path / "in"
    directory.mkdir()
    shutil.copy(SMALLEST, directory / "a.txt")
    build(target, from_dir=directory, jobs=1)
    assert is_current(target)
    (directory / "b.txt").write_text(SMALLEST.read_text(encoding="utf-8") + "又一行\n", encoding="utf-8")
    assert not is_current(target)
    ensure_database(target)
    with closing(open_readonly(target)) as connection:
        assert [row[0] for row in connection.execute("SELECT source_file FROM documents ORDER BY 1")] == [
            "a.txt",
            "b.txt",
        ]
    shutil.rmtree(directory)
    version = read_meta(target)["version"]
    assert read_meta(ensure_database(target))["version"] == version, "all there is of them is kept"
