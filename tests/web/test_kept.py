"""Answers are kept once, within bounds, and never for facts that are no more."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.answers import answer
from budgetdata.embeds.choices import parameters
from budgetdata.embeds.counting import is_counting
from budgetdata.embeds.figure import AskedFigure
from budgetdata.embeds.oembed import AskedOembed
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.questions.registry import all_questions
from budgetdata.store.dictionary import public_tables
from budgetdata.web.app import middleware, routes
from budgetdata.web.front import Front
from budgetdata.web.kept import Shows, kept
from budgetdata.web.recent import RECENT, Recent
from budgetdata.web.whole import Whole

pytest_plugins = ["app_fixtures"]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    RECENT.clear()
    yield
    RECENT.clear()


def test_answers_together_take_no_more_room_than_they_may() -> None:
    few = Recent(most=100_000)
    for number in range(50):
        few.keep((str(number),), Whole(b"x" * 9_000, False, "", {}))
    assert few.answers.currsize <= 100_000 and 5 < len(few.answers) < 12
    few.keep(("large",), Whole(b"x" * 200_000, False, "", {}))
    assert few.of(("large",)) is None and few.of(("49",)) is not None


@pytest.mark.parametrize(
    ("paths", "kept_once"),
    [
        (["/chart/three-public.csv", "/chart/three-public.csv?v=abcd1234", "/chart/three-public.csv?spm=1&clicktime=2"], 1),
        (["/embed/three-public", "/embed/three-public?v={version}", "/embed/three-public?utm_source=x&v={version}.00000000"], 1),
        (["/embed/three-public", "/embed/three-public?v=abcd1234", "/embed/three-public?v=abcd1234.00000000"], 3),
        (["/sitemap.xml", "/sitemap.xml?x=1", "/sitemap.xml?y=2"], 1),
        (["/oembed?url=/embed/three-public", "/oembed?url=/embed/three-public&x=1"], 1),
        (["/chart/three-public.csv?theme=dark", "/chart/three-public.csv?theme=light"], 2),
    ],
)  # fmt: skip
def test_what_shows_in_no_answer_is_kept_once(
    client: TestClient, db: Database, paths: list[str], kept_once: int
) -> None:
    answers = [client.get(path.format(version=db.version)) for path in paths]
    assert {each.status_code for each in answers} == {200}
    assert len(RECENT.answers) == kept_once and len(RECENT.ways) == len(paths)


def test_a_host_that_is_claimed_takes_room_only_where_it_shows(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for host in ("a.test", "b.test"):
        for path in ("/chart/three-public.csv", "/embed/three-public"):
            client.get(path, headers={"Host": host})
    assert len(RECENT.answers) == 3 and len(RECENT.ways) == 4
    RECENT.clear()
    monkeypatch.setenv("BUDGETDATA_URL", "https://mingzhang.example")
    monkeypatch.setenv("BUDGETDATA_HOSTS", "a.test, b.test")
    told = {client.get("/embed/three-public", headers={"Host": host}).text for host in ("a.test", "b.test")}
    assert len(told) == len(RECENT.answers) == len(RECENT.ways) == 1 and "https://mingzhang.example/" in told.pop()


def test_a_version_written_wrongly_is_refused_however_often_it_is_asked(client: TestClient) -> None:
    for path in ("/chart/three-public.csv?v=<b>", "/chart/three-public.csv", "/chart/three-public.csv?v=<b>"):
        assert client.get(path).status_code == (400 if "v=" in path else 200)
    assert client.get("/chart/three-public.csv?v=abcd1234&v=abcd1235").status_code == 400


def test_no_parameter_of_ours_is_taken_for_one_that_counts_readers(db: Database) -> None:
    ours = {column.name for table in public_tables() for column in table.fields} | {"limit", "after", "columns"}
    ours |= {slot for question in all_questions().values() for slot in question.slots}
    for model in (AskedFigure, AskedOembed, *(parameters(chart, db, True) for chart in all_charts().values())):
        ours |= set(model.model_fields)
    assert not {name for name in ours if is_counting(name)}


def test_rows_and_version_of_an_answer_are_of_one_file(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, new = tmp_path / "budget.db", tmp_path / "new.db"
    for copy in (path, new):
        shutil.copy(db.path, copy)
    with sqlite3.connect(new) as connection:
        connection.execute("UPDATE meta SET value = 'feedfeed' WHERE key = 'version'")
    connection.close()
    monkeypatch.setenv("BUDGETDATA_DB", str(path))
    asked = 0

    def handler(_: Request) -> Response:
        nonlocal asked
        asked += 1
        facts = open_database()
        if asked == 1:
            os.replace(new, path)  # a build ends between the version and the rows
        count = facts.value("SELECT count(*) FROM figures WHERE 2 = 2")
        return answer(str(count), "txt", version=facts.version)

    client = TestClient(Starlette(routes=[Route("/count", kept(handler, Shows()))]))
    answered = client.get("/count")
    assert answered.status_code == 200 and asked == 2
    assert answered.headers["x-data-version"] == "feedfeed" and int(answered.text) > 0


async def _streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    await Response("Streamlit's")(scope, receive, send)


def test_an_address_of_ours_is_answered_before_streamlits_layers() -> None:
    def said(request: Request) -> Response:
        return Response(f"ours {request.path_params}")

    def file(_request: Request) -> Response:
        return Response("to be packed")

    own = [Route("/own/file", file), Route("/own/{name}", said)]
    client = TestClient(Front(_streamlit, own=own, packed=(file,)))
    told = {path: client.get(path).text for path in ("/own/a", "/own/file", "/_stcore/health")}
    assert told == {"/own/a": "ours {'name': 'a'}", "/own/file": "Streamlit's", "/_stcore/health": "Streamlit's"}
    assert client.get("/nowhere").status_code == 404 and client.post("/own/a").status_code == 405
    assert client.head("/own/a").text == ""


def test_all_of_ours_but_files_are_answered_there() -> None:
    given: Any = next(each.kwargs for each in middleware() if each.cls is Front)
    packed = {route.path for route in given["own"] if route.endpoint in given["packed"]}
    assert "/source/{name}" in packed and all(path.startswith(("/source/", "/data/")) for path in packed)
    assert [route.path for route in given["own"]] == [route.path for route in routes()]
