"""Connections are bounded, whoever says or reads nothing is let go, and the server ends in time whatever its threads do."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.sync.client import connect

from budgetdata.gate import connections
from scripts.serving import HOST, free_port

ROOT = Path(__file__).parents[2]
MOST = 20
ENDS = """
import contextlib, threading, time, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from budgetdata.gate import connections
connections.END_WITHIN, connections._ANSWER_WITHIN = 3.0, 1

def stuck(request):
    time.sleep(60)
    return PlainTextResponse("never")

def soon(request):
    time.sleep(0.7)
    return PlainTextResponse("answered")

@contextlib.asynccontextmanager
async def lifespan(app):
    assert connections.bound_server(lambda: print("last", flush=True))
    yield

routes = [Route("/stuck", stuck), Route("/soon", soon)]
uvicorn.run(Starlette(routes=routes, lifespan=lifespan), host="127.0.0.1", port=PORT, log_level="error")
"""


async def hello(_: Request) -> Response:
    return PlainTextResponse("hello")


async def endless(_: Request) -> Response:
    async def parts() -> Iterator[bytes]:  # type: ignore[misc]
        while True:
            yield b"x" * 65536
            await asyncio.sleep(0)

    return StreamingResponse(parts())


async def echo(live: WebSocket) -> None:
    await live.accept()
    await live.send_text(await live.receive_text())
    await live.close()


@pytest.fixture(params=[H11Protocol, HttpToolsProtocol], ids=["h11", "httptools"])
def port(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server whose bounds are small, with either way that uvicorn reads requests."""
    monkeypatch.setattr(connections, "HEADERS_WITHIN", 0.6)
    monkeypatch.setattr(connections, "READ_WITHIN", 0.6)
    app = Starlette(routes=[Route("/", hello), Route("/endless", endless), WebSocketRoute("/live", echo)])
    free = free_port()
    config = uvicorn.Config(app, host=HOST, port=free, log_level="error", http=connections.bounded(request.param, MOST))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield free
    server.should_exit = server.force_exit = True
    thread.join(10)


def opened(port: int, said: bytes = b"") -> socket.socket:
    made = socket.create_connection((HOST, port), timeout=5)
    made.sendall(said)
    return made


def is_closed(made: socket.socket) -> bool:
    with contextlib.suppress(ConnectionResetError):
        return made.recv(1) == b""
    return True


def told_at_last(made: socket.socket) -> bytes:
    """What still comes until the other side closes. What was sent says nothing: the system holds megabytes that nobody took."""
    got = b""
    made.settimeout(20)
    with contextlib.suppress(ConnectionResetError):
        while part := made.recv(1000):
            got += part
    return got


def answered(made: socket.socket) -> bool:
    """Whether a whole answer comes."""
    got = b""
    while not got.endswith(b"hello"):
        part = made.recv(1000)
        if not part:
            return False
        got += part
    return True


def asked(port: int) -> bytes:
    with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=5) as answer:
        return bytes(answer.read())


def test_who_says_nothing_makes_room_and_is_let_go(port: int) -> None:
    idle = [opened(port) for _ in range(3 * MOST)]
    assert asked(port) == b"hello"
    began = time.monotonic()
    assert all(is_closed(each) for each in idle) and time.monotonic() - began < 4
    assert asked(port) == b"hello"


def test_beyond_the_bound_one_is_told_to_come_again(port: int) -> None:
    busy = [opened(port, b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(MOST)]
    assert all(each.recv(1) == b"H" for each in busy)
    late = opened(port)
    assert late.recv(100).startswith(b"HTTP/1.1 503")
    for each in busy:
        each.close()


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX: "])
def test_a_head_that_never_ends_is_not_waited_for(port: int, said: bytes) -> None:
    slow, began = opened(port, said), time.monotonic()
    with contextlib.suppress(OSError):
        while time.monotonic() - began < 5:
            slow.sendall(b"y")
            time.sleep(0.1)
    assert time.monotonic() - began < 4


def test_a_head_of_any_length_is_not_taken(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lines are kept until it ends: who sends them faster than time runs out is let go too."""
    monkeypatch.setattr(connections, "HEADERS_WITHIN", 60)
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\n") as long:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for number in range(2000):
                long.sendall(b"X-%d: %s\r\n" % (number, b"y" * 500))
        assert told_at_last(long)[:10] in (b"", b"HTTP/1.1 4"), "a megabyte of head was taken"
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 20_000 + b"\r\n\r\n") as usual:
        assert answered(usual)


def test_a_connection_is_kept_for_the_next_request_and_its_head_bounded_too(port: int) -> None:
    whole = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    kept = opened(port, whole)
    for _ in range(3):
        assert answered(kept)
        time.sleep(0.3)
        kept.sendall(whole)
    assert answered(kept)
    kept.sendall(b"GET / HT")
    assert is_closed(kept)


def test_who_takes_nothing_of_what_was_sent_is_let_go(port: int) -> None:
    greedy = opened(port, b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(2)
    taken = 0
    with contextlib.suppress(ConnectionResetError):
        while part := greedy.recv(1 << 20):
            taken += len(part)
            assert taken < 1 << 28, "still sending"
    assert asked(port) == b"hello"


def test_a_live_connection_is_no_late_head(port: int) -> None:
    with connect(f"ws://{HOST}:{port}/live") as live:
        time.sleep(1.2)
        live.send("still here")
        assert live.recv() == "still here"


def test_no_more_connections_than_open_files_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 1024))
    assert connections.most_connections() == 824
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64, 64))
    assert connections.most_connections() == 50
    monkeypatch.setattr(resource, "getrlimit", lambda _: (10**6, 10**6))
    monkeypatch.setenv("BUDGETDATA_CONNECTIONS", "300")
    assert connections.most_connections() == 300


def test_told_to_end_it_answers_what_it_can_and_ends_in_time() -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", ENDS.replace("PORT", str(port))], cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                opened(port).close()
                break
            time.sleep(0.05)
        stuck = opened(port, b"GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n")
        soon = opened(port, b"GET /soon HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        got = b""
        while b"answered" not in got and (part := soon.recv(1000)):
            got += part
        assert b"answered" in got
        assert process.wait(timeout=9) in (0, -signal.SIGTERM) and time.monotonic() - began < 6
        stuck.close()
    finally:
        process.kill()
