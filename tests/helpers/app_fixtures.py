"""Fixtures of the app's tests: the database of the registered documents, and each document in turn."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from skeleton import PATIENCE
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.pages_manager import PagesManager

from budgetdata.base.settings import DATA_DIR
from budgetdata.build.current import ensure_database
from budgetdata.gate.lanes import LANES
from budgetdata.queries.base import Database, open_database
from budgetdata.register.sources import read_sources
from budgetdata.ui import shell
from budgetdata.web import middleware, routes

Changed = Callable[..., Database]
DOCUMENT_IDS = [source.document_id for source in read_sources(DATA_DIR)]


@pytest.fixture(scope="session")
def db() -> Database:
    """The database of the registered documents, built where it is not current."""
    return open_database(ensure_database())


@pytest.fixture(params=DOCUMENT_IDS)
def document_id(request: pytest.FixtureRequest) -> str:
    """Each registered document."""
    return str(request.param)


@pytest.fixture(scope="module")
def client(db: Database) -> Iterator[TestClient]:
    """Our own addresses, without Streamlit behind them; nobody is sent away (503) because the machine is busy."""
    with pytest.MonkeyPatch.context() as patch:
        for lane in LANES:
            patch.setattr(lane, "patience", PATIENCE)
        yield TestClient(Starlette(routes=routes(), middleware=middleware()), base_url="http://mingzhang.test")


_OF_IT = "(SELECT fen FROM figure f WHERE f.figure_id = {table}.figure_id)"
_AS_FIGURES_SAY = (
    "DELETE FROM headline WHERE figure_id NOT IN (SELECT figure_id FROM figure)",
    *(f"UPDATE {table} SET fen = {_OF_IT.format(table=table)}" for table in ("headline", "three_public_item")),
)


@pytest.fixture
def changed(db: Database, tmp_path: Path) -> Changed:
    """A copy of the database after some statements of SQL, of a version of its own; what is ranked is as the figures then say."""

    def made(*statements: str) -> Database:
        path = tmp_path / "changed.db"
        copyfile(db.path, path)
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            for statement in _AS_FIGURES_SAY:
                connection.execute(statement)
            version = hashlib.sha256("\n".join((db.version, *statements)).encode()).hexdigest()[: len(db.version)]
            connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", (version,))
            connection.commit()
        return open_database(path)

    return made


@pytest.fixture
def own_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's old navigation stays off, as `shell.own_navigation` sees to it in the running app."""
    made = PagesManager.__init__

    def init(self: PagesManager, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        shell.own_navigation()

    monkeypatch.setattr(PagesManager, "__init__", init)
