"""Connections wait for the next question, few of them, and never answer for a file that was replaced."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from budgetdata.queries.base import Database
from budgetdata.queries.connections import Connections, To

pytest_plugins = ["app_fixtures"]


@pytest.fixture
def to(db: Database, tmp_path: Path) -> To:
    """A copy of the database."""
    shutil.copy(db.path, tmp_path / "budget.db")
    return To(tmp_path / "budget.db", db.version, "", False)


def test_the_next_question_gets_the_connection_of_the_last_prepared_once(to: To) -> None:
    prepared: list[sqlite3.Connection] = []
    connections = Connections()
    for _ in range(3):
        with connections.lent(to, prepared.append) as connection:
            assert connection.execute("SELECT count(*) FROM document").fetchone()[0]
    with connections.lent(to, prepared.append) as one, connections.lent(to, prepared.append) as other:
        assert one is not other, "a question in the middle of another has its own"
    assert len(prepared) == 2
    connections.close()


def test_one_is_closed_where_its_question_failed_or_its_file_was_replaced(to: To, tmp_path: Path) -> None:
    connections = Connections()
    with pytest.raises(sqlite3.OperationalError), connections.lent(to, lambda _: None) as failed:
        failed.execute("SELECT nothing")
    with pytest.raises(sqlite3.ProgrammingError):
        failed.execute("SELECT 1")
    with connections.lent(to, lambda _: None) as before:
        pass
    shutil.copy(to.path, tmp_path / "new.db")
    os.replace(tmp_path / "new.db", to.path)
    with connections.lent(to, lambda _: None) as after:
        assert after is not before
    with pytest.raises(sqlite3.ProgrammingError):
        before.execute("SELECT 1")
    connections.close()


def test_few_wait(to: To) -> None:
    connections = Connections()
    years = [To(to.path, to.version, str(year), True) for year in range(2000, 2020)]
    lent = []
    for each in years:
        with connections.lent(each, lambda _: None) as connection:
            lent.append(connection)
    alive = 0
    for connection in lent:
        try:
            connection.execute("SELECT 1")
            alive += 1
        except sqlite3.ProgrammingError:
            pass
    assert alive == 8
    connections.close()
