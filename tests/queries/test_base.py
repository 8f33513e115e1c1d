"""The database as the app sees it: one version of the facts for one answer, and answers kept within bounds."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from budgetdata.base.errors import ReplacedError
from budgetdata.queries.base import Database, _room, open_database

pytest_plugins = ["app_fixtures"]


def other_facts(db: Database, place: Path) -> Path:
    """A copy of the database that says it is of another version."""
    copy = place / "new.db"
    shutil.copy(db.path, copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE meta SET value = 'feedfeed' WHERE key = 'version'")
    connection.close()
    return copy


def test_of_columns_of_one_name_the_first_counts(db: Database) -> None:
    assert db.rows("SELECT 1 AS one, 2 AS two, 3 AS one") == [{"one": 1, "two": 2}]
    with sqlite3.connect(db.path) as connection:
        connection.row_factory = sqlite3.Row
        stored = [dict(row) for row in connection.execute("SELECT * FROM document ORDER BY document_id")]
    connection.close()
    assert db.rows("SELECT * FROM document ORDER BY document_id") == stored and stored


def test_a_question_is_never_answered_from_other_facts(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "budget.db"
    shutil.copy(db.path, path)
    old = open_database(path)
    assert old.value("SELECT count(*) FROM documents")
    os.replace(other_facts(db, tmp_path), path)
    with pytest.raises(ReplacedError):
        old.value("SELECT count(*) FROM figures")
    assert old.value("SELECT count(*) FROM documents"), "what was asked before is known"
    new = open_database(path)
    assert new.version == "feedfeed" and new.value("SELECT count(*) FROM figures")


def test_what_is_kept_is_measured(db: Database) -> None:
    few, many = (tuple(db.rows(f"SELECT * FROM figures LIMIT {count}")) for count in (10, 1000))
    assert _room(()) < _room(few) < _room(many) / 50
