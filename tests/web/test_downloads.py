"""Whole downloads are made once a version however many ask, by a process apart; the watch is answered meanwhile."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from loops import run
from starlette.applications import Starlette
from starlette.testclient import TestClient

from budgetdata.base import scratch
from budgetdata.base.scratch import Scratch, clear_left
from budgetdata.charts.drawing import engine
from budgetdata.gate.lanes import FILES, READING
from budgetdata.queries.base import Database
from budgetdata.store.dictionary import public_tables
from budgetdata.web import data, downloads, health, middleware, routes

pytest_plugins = ["app_fixtures"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """The commands that make downloads, in a fresh folder."""
    commands: list[str] = []
    run = subprocess.Popen

    def counted(command: list[str], **how: Any) -> Any:
        commands.append(command[3])
        return run(command, **how)

    monkeypatch.setattr(downloads.subprocess, "Popen", counted)
    own = Scratch(tmp_path)
    monkeypatch.setattr(downloads, "scratch", lambda: own)
    yield commands
    own.close()


def asked(paths: list[str], before: Callable[[], None] = lambda: None) -> list[httpx.Response]:
    """The answers to requests that come at once."""
    transport = httpx.ASGITransport(app=Starlette(routes=routes(), middleware=middleware()))

    async def all_of() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=transport, base_url="http://mingzhang.test", timeout=60) as client:
            return list(await asyncio.gather(*(client.get(path) for path in paths)))

    before()
    return run(all_of())


def test_many_who_ask_at_once_get_what_was_made_once(
    db: Database, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FILES, "patience", 120)
    names = ["mingzhang.xlsx", "mingzhang.zip", "datapackage.json", "mingzhang.db"]
    answers = asked([f"/data/{name}" for name in names * 8])
    assert {each.status_code for each in answers} == {200} and made == ["export"]
    assert {each.headers["x-data-version"] for each in answers} == {db.version}
    assert len({each.content for each in answers}) == len(names)
    with zipfile.ZipFile(io.BytesIO(answers[1].content)) as packed:
        assert {"figures.csv", "datapackage.json", "mingzhang.xlsx"} <= set(
            packed.namelist()
        ) and packed.testzip() is None
    assert answers[3].content == db.path.read_bytes()
    again = asked(["/data/mingzhang.xlsx"])[0]
    assert again.content == answers[0].content and made == ["export"]
    assert "attachment" in again.headers["content-disposition"]


def test_who_waits_too_long_comes_again_and_the_watch_is_answered(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FILES, "patience", 0.05)
    answers = asked(["/data/mingzhang.xlsx"] * 32 + ["/healthz", "/readyz", "/robots.txt"])
    refused, others = answers[:32], answers[32:]
    assert {each.status_code for each in refused} == {503} and {each.headers["retry-after"] for each in refused} == {
        "5"
    }
    assert {each.status_code for each in others} == {200} and len(made) <= 1


def test_downloads_that_cannot_be_made_are_told_without_places(
    client: TestClient, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise subprocess.CalledProcessError(1, ["/srv/secret"])

    monkeypatch.setattr(downloads.subprocess, "Popen", fails)
    answered = client.get("/data/mingzhang.zip")
    assert answered.status_code == 503 and "secret" not in answered.text
    monkeypatch.undo()


def test_what_a_killed_server_left_is_cleared_and_what_runs_is_not(tmp_path: Path) -> None:
    running = Scratch(tmp_path)
    left, foreign = tmp_path / f"{scratch.PREFIX}left", tmp_path / "mingzhang-notes"
    for folder in (left, foreign):
        folder.mkdir()
        (folder / "x").write_bytes(b"x")
    (left / "lock").touch()
    assert clear_left(tmp_path) == 1
    assert running.folder.is_dir() and foreign.is_dir() and not left.exists()
    running.close()
    assert not running.folder.exists()


def test_the_watch_is_told_what_is_served(client: TestClient, db: Database) -> None:
    told = client.get("/healthz").json()
    assert told["status"] == "ok" and told["version"] == db.version and told["documents"] == db.documents == 5
    assert told["age_seconds"] >= 0 and told["renderer"] == "here" and told["database"] == "ok"
    assert client.get("/readyz").json() == {"status": "ready"}


def test_the_watch_is_told_of_a_database_that_cannot_be_answered_from(
    client: TestClient, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "budget.db"
    whole = db.path.read_bytes()
    bad.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    monkeypatch.setenv("BUDGETDATA_DB", str(bad))
    for path in ("/healthz", "/readyz"):
        answered = client.get(path)
        assert answered.status_code == 503 and str(tmp_path) not in answered.text
    assert json.loads(client.get("/healthz").text)["status"] == "failing"


def test_the_watch_is_told_of_a_full_house(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(READING, "waiting", -READING.at_once)
    answered = client.get("/readyz")
    assert answered.status_code == 503 and answered.json()["status"] == "busy"
    assert client.get("/data/figures.json?limit=7").headers["retry-after"] == "5"
    monkeypatch.setattr(engine, "state", lambda: "stuck")
    assert client.get("/healthz").json()["status"] == "degraded"
    assert health.engine is engine


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_table_by_pages_is_the_table_as_it_is_exported(client: TestClient, db: Database, suffix: str) -> None:
    """Every public table, its hidden keys too: the same columns and values as its view."""
    for table in public_tables():
        names = [field.name for field in table.fields]
        told = client.get(f"/data/{table.name}.{suffix}?limit=50")
        assert told.status_code == 200, table.name
        if suffix == "json":
            listed = ", ".join(f'"{name}"' for name in names)
            view = db.rows(f'SELECT {listed} FROM "{table.name}"')
            for row in told.json()["rows"]:
                assert row in view, table.name


def test_a_page_of_rows_is_bounded_in_bytes(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "LARGEST", 5_000)
    address, seen = "/data/documents.json?limit=100&columns=document_id", list[str]()
    while address:
        page = client.get(address).json()
        seen += [row["document_id"] for row in page["rows"]]
        assert page["rows"]
        address = (page["next"] or "").replace("http://mingzhang.test", "")
    assert len(seen) == len(set(seen)) == 5
    page = client.get("/data/figures.json?limit=5000").json()
    assert 0 < len(page["rows"]) < 60 and page["next"]


def test_what_makes_downloads_ends_with_the_server(made: list[str], tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def make() -> None:
        try:
            downloads._run([sys.executable, "-c", "import time; time.sleep(60)", "long"], tmp_path)
        except subprocess.CalledProcessError as error:
            failed.append(error)

    at_work = threading.Thread(target=make)
    at_work.start()
    while at_work.is_alive():
        downloads.stop_making()
        at_work.join(0.1)
    assert failed and made == ["long"]
