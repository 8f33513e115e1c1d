"""The process beside the server: answers as the server's own, its ends, what ended it, and nobody left when it is over."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from loops import run
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from budgetdata.base.errors import NoRendererError
from budgetdata.base.kept_on_disk import Disk, keep_on, kept_on
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.gate.lanes import Busy
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.web import beside, beside_child
from budgetdata.web.beside import Beside
from budgetdata.web.recent import RECENT
from budgetdata.web.whole import Whole, unpacked

pytest_plugins = ["app_fixtures"]
STAND_IN = """
import json, os, socket, sys, time
channel = socket.socket(fileno=os.dup(0))
incoming, out = channel.makefile("rb"), channel.makefile("wb")
out.write(b"here\\n"); out.flush()
for line in incoming:
    job = json.loads(line)
    if job["path"] == "/poison" or (job["path"] == "/once" and not os.path.exists(sys.argv[1])):
        open(sys.argv[1], "w").close()
        os._exit(1)
    while job["path"] == "/slow": time.sleep(1)
    told = json.dumps({"status": 200, "headers": []}).encode() + b"\\n" + job["path"].encode()
    kind = "not here" if job["path"] == "/renderer" else "plain"
    out.write(json.dumps({"number": job["number"], "kind": kind, "size": len(told), "stored": 0}).encode() + b"\\n" + told)
    out.flush()
"""
"""A process that starts at once and speaks as the real one does."""


def job(path: str) -> dict[str, Any]:
    return {"handler": "embed", "path": path, "query": ""}


def of(found: Any) -> str:
    return bytes(found.body).decode()


def beside_it(work: Any, tmp_path: Path) -> Any:
    """What some work gives back that has a process beside it; that is gone then."""

    async def all_of() -> Any:
        one = Beside(str(tmp_path / "died"))
        one.command[1:3] = ["-S", "-E", "-c", STAND_IN]
        try:
            await asyncio.wait_for(one._is_here.wait(), 20)
            return await work(one)
        finally:
            process = one.process
            await one.close()
            assert process is not None and process.poll() is not None, "no orphan"

    return run(all_of())


def test_jobs_are_answered_each_its_own_and_what_needs_the_renderer_is_made_here(tmp_path: Path) -> None:
    async def work(one: Beside) -> None:
        paths = [f"/{number}" for number in range(20)]
        assert [of(each) for each in await asyncio.gather(*(one.ask(job(path)) for path in paths))] == paths
        assert await one.ask(job("/renderer")) is None

    beside_it(work, tmp_path)


def test_it_comes_back_where_it_was_killed_and_answers_are_made_here_meanwhile(tmp_path: Path) -> None:
    async def work(one: Beside) -> None:
        before = one.process
        assert before is not None
        before.send_signal(signal.SIGKILL)
        while one.is_here:
            await asyncio.sleep(0.01)
        assert await one.ask(job("/a")) is None, "made here"
        await asyncio.wait_for(one._is_here.wait(), 20)
        assert of(await one.ask(job("/a"))) == "/a" and one.process is not before

    beside_it(work, tmp_path)


def test_what_ends_it_is_asked_once_more_then_refused_and_never_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "_PAUSE", 0.05)

    async def work(one: Beside) -> None:
        assert of(await one.ask(job("/once"))) == "/once", "it ended by chance"
        poison = asyncio.gather(*(one.ask(job("/poison")) for _ in range(3)), return_exceptions=True)
        assert [type(each) for each in await poison] == [Busy] * 3
        with pytest.raises(Busy):
            await one.ask(job("/poison"))
        await asyncio.wait_for(one._is_here.wait(), 20)
        assert of(await one.ask(job("/a"))) == "/a"

    beside_it(work, tmp_path)


def test_what_takes_too_long_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LONGEST", "_LOOK", "_PAUSE"):
        monkeypatch.setattr(beside, name, 0.05)

    async def work(one: Beside) -> None:
        with pytest.raises(Busy):
            await one.ask(job("/slow"))

    beside_it(work, tmp_path)


def test_where_it_cannot_start_answers_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetdata.web.beside.sys.executable", "/nowhere/python")

    async def work() -> None:
        beside.start()
        await asyncio.sleep(0.01)
        assert beside.state() == "starting" and await beside.asked(job("/a")) is None
        await beside.end()
        assert beside.state() == "here"

    run(work())


def _asked(db: Database, path: str, query: str, **more: Any) -> dict[str, Any]:
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "server": None, "path": path, "root_path": "",
        "headers": [(b"host", b"mingzhang.test")], "query_string": query.encode(),
        "path_params": {"chart": path.rpartition("/")[2]},
    }  # fmt: skip
    name = "figure_embed" if path.endswith("figure") else "embed"
    return {**json.loads(json.dumps(beside.job_of(name, Request(scope), db, ("an", "answer")))), **more}


def test_an_answer_made_beside_is_the_servers_own(
    db: Database, client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_is_elsewhere", True)
    chart, document, before = "/embed/basic-and-project", held.documents(db)[0]["document_id"], kept_on()
    figure = db.value("SELECT figure_id FROM figures ORDER BY 1")
    keep_on(Disk(tmp_path / "drawings"))
    try:
        for path, query in ((chart, f"d={document}"), ("/embed/figure", f"id={figure}"), (chart, "d=nope&lang=en")):
            RECENT.clear()
            here = client.get(f"{path}?{query}")
            asked = _asked(db, path, query, key=[path, query])
            kind, body = beside_child.answer_of(asked)
            found = unpacked(body) if kind == beside_child.WHOLE else beside._answer(kind, body)
            assert isinstance(found, Whole) == (here.status_code == 200) and found is not None
            plain = found.plain if isinstance(found, Whole) else bytes(found.body)
            assert plain == here.content and found.headers["content-security-policy"]
            if isinstance(found, Response):
                assert found.status_code == here.status_code == 400 and found.headers["cache-control"] == "no-store"
            else:
                disk = kept_on()
                assert found.tag == here.headers["etag"] and disk and disk.held > 0
        assert beside_child.answer_of(_asked(db, chart, f"d={document}", version="another"))[0] == beside_child.NOT_HERE
        monkeypatch.setattr(picture, "written", lambda *_: "")
        picture.PICTURES.clear()
        assert beside_child.answer_of(_asked(db, chart, f"d={document}"))[0] == beside_child.NOT_HERE
        with pytest.raises(NoRendererError):
            engine.svg("{}")
    finally:
        keep_on(before)
        picture.PICTURES.clear()


def test_the_process_knows_no_streamlit_obeys_no_signal_but_ends_with_who_asks(
    db: Database, repo: Path, tmp_path: Path
) -> None:
    ours, theirs = socket.socketpair()
    environment = {**os.environ, "PYTHONPATH": str(repo)}
    command = [sys.executable, "-X", "importtime", "-m", beside._MODULE, ""]
    with (
        theirs,
        (tmp_path / "loaded").open("w") as said,
    ):  # a pipe that nobody reads holds less than it says of its imports
        process = subprocess.Popen(command, stdin=theirs.fileno(), stderr=said, env=environment)
    incoming = ours.makefile("rb")
    assert incoming.readline() == b"here\n"
    process.send_signal(signal.SIGTERM)
    document = held.documents(db)[0]["document_id"]
    asked = {**_asked(db, "/embed/spending-by-function", f"d={document}"), "number": 7}
    ours.sendall(json.dumps(asked).encode() + b"\n")
    head = json.loads(incoming.readline())
    assert head["number"] == 7 and head["kind"] == "whole" and len(incoming.read(head["size"])) == head["size"]
    began = time.monotonic()
    incoming.close()
    ours.close()
    process.wait(timeout=20)
    loaded = (tmp_path / "loaded").read_text()
    assert time.monotonic() - began < 10 and process.returncode == 0
    names = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
    assert "budgetdata.embeds.live" in names and not names & {"streamlit", "altair", "vl_convert"}
