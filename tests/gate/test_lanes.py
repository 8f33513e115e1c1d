"""Kinds of work keep out of each other's way; the impatient are told when to come again; sessions are bounded."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from loops import run
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from budgetdata.embeds.answers import Refused, answer
from budgetdata.gate import sessions
from budgetdata.gate.lanes import Lane
from budgetdata.gate.rates import Often, admit, client_of, forget
from budgetdata.gate.sessions import Sessions
from budgetdata.queries.base import Database, open_database
from budgetdata.web.kept import EMBED, Shows, kept
from budgetdata.web.recent import RECENT

pytest_plugins = ["app_fixtures"]
SCOPE = {"client": ("203.0.113.5", 5)}


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    forget()
    RECENT.clear()
    yield
    forget()
    RECENT.clear()


def lane(**how: float) -> Lane:
    return Lane("test", **{"at_once": 1, "waiting": 5, "patience": 5.0, **how})  # type: ignore[arg-type]


async def ask(app: Starlette, paths: list[str]) -> list[httpx.Response]:
    transport = httpx.ASGITransport(app=app, client=("203.0.113.5", 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://mingzhang.test") as client:
        return list(await asyncio.gather(*(client.get(path) for path in paths)))


@pytest.mark.usefixtures("db")
def test_who_asks_for_the_same_waits_for_the_same() -> None:
    made: list[str] = []

    def slowly(request: Request) -> Response:
        made.append(str(request.url))
        threading.Event().wait(0.1)
        return answer("made", "txt", version=open_database().version)

    app = Starlette(routes=[Route("/made", kept(slowly, Shows(lane=lane())))])
    answers = run(ask(app, ["/made"] * 50 + ["/made?utm_source=x"] * 50))
    assert {each.text for each in answers} == {"made"} and len(made) == 1


@pytest.mark.usefixtures("db")
def test_dear_work_takes_no_place_of_quick_work_and_ends_though_nobody_waits() -> None:
    go, done = threading.Event(), list[str]()

    def dear(request: Request) -> Response:
        go.wait(10)
        done.append(request.url.path)
        return answer("dear", "txt", version=open_database().version)

    def quick(_: Request) -> Response:
        return answer("quick", "txt")

    slow = Shows(lane=lane(waiting=2, patience=0.2))
    routes = [Route("/dear/{n}", kept(dear, slow)), Route("/quick", kept(quick, Shows(lane=lane())))]

    async def both() -> tuple[list[httpx.Response], list[httpx.Response]]:
        app = Starlette(routes=routes)
        answers = await ask(app, [*(f"/dear/{n}" for n in range(32)), "/quick"])
        go.set()
        for _ in range(500):
            if len(done) == 3:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        return answers, await ask(app, ["/dear/0"])

    answers, again = run(both())
    assert [each.status_code for each in answers] == [503] * 32 + [200]
    assert all(int(each.headers["retry-after"]) > 0 for each in answers[:32])
    assert sorted(done) == ["/dear/0", "/dear/1", "/dear/2"] and again[0].text == "dear"


def test_a_client_who_asks_too_often_is_told_when_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_RATE", "5")
    for _ in range(5):
        admit(SCOPE)
    with pytest.raises(Often) as refused:
        admit(SCOPE)
    assert refused.value.status == 429 and 1 <= int(refused.value.headers["Retry-After"]) <= 60
    admit({"client": ("203.0.113.6", 5)})


def test_all_together_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_RATE_ALL", "3")
    for number in range(3):
        admit({"client": (f"203.0.113.{number}", 5)})
    with pytest.raises(Refused):
        admit({"client": ("198.51.100.1", 5)})


@pytest.mark.usefixtures("db")
def test_what_is_kept_is_never_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_RATE", "2")
    app = Starlette(routes=[Route("/{n}", kept(lambda _: answer("x", "txt"), Shows()))])
    app.routes[0].endpoint.__name__ = "x"  # type: ignore[attr-defined]
    answers = run(ask(app, ["/1", *["/1"] * 20]))
    assert {each.status_code for each in answers} == {200}
    told = run(ask(app, ["/2", "/3"]))
    assert sorted(each.status_code for each in told) == [200, 429]
    assert next(each for each in told if each.status_code == 429).headers["retry-after"]


@pytest.mark.usefixtures("db")
def test_an_article_shows_a_refusal_as_a_page_that_loads_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_RATE", "1")
    app = Starlette(routes=[Route("/embed/{n}", kept(lambda _: answer("x", "html"), replace(EMBED, beside=False)))])
    refused = next(each for each in run(ask(app, ["/embed/1?lang=en", "/embed/2?lang=en"])) if each.status_code == 429)
    assert refused.headers["content-type"].startswith("text/html") and "Too many requests" in refused.text
    assert int(refused.headers["refresh"]) >= int(refused.headers["retry-after"]) > 0
    assert (
        refused.headers["cache-control"] == "no-store"
        and "default-src 'none'" in refused.headers["content-security-policy"]
    )


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("testclient", ""),
    ],
)
def test_who_is_counted_together(address: str, counted: str) -> None:
    assert client_of({"client": (address, 1)}) == counted


def test_sessions_are_bounded_in_all_and_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_SESSIONS", "3")
    monkeypatch.setenv("BUDGETDATA_SESSIONS_CLIENT", "2")
    held = Sessions()

    async def all_of() -> list[str]:
        end, told = asyncio.Event(), list[str]()

        async def app(*_: object) -> None:
            told.append("open")
            await end.wait()

        async def send(message: Message) -> None:
            told.append(f"{message['type']} {message['code']}")

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def come(client: str) -> None:
            await held.hold(app, {"client": (client, 1)}, receive, send)

        tasks = [asyncio.create_task(come(each)) for each in ("203.0.113.1",) * 3 + ("203.0.113.2",) * 2]
        await asyncio.sleep(0.01)
        assert held.count == 3 and held.is_full()
        end.set()
        await asyncio.gather(*tasks)
        return told

    told = run(all_of())
    assert told.count("open") == 3 and told.count("websocket.close 1013") == 2
    assert held.count == 0 and not held.by_client and not held.is_full()


def test_a_session_that_does_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_IDLE", "1")
    monkeypatch.setattr(sessions, "_LOOK", 0.05)
    heard: list[Message] = []

    async def app(_scope: object, receive: sessions.Receive, _send: object) -> None:
        while not heard or heard[-1]["type"] != "websocket.disconnect":
            heard.append(await receive())

    async def talk() -> None:
        words = iter([{"type": "websocket.connect"}, {"type": "websocket.receive", "bytes": b"x"}])

        async def receive() -> Message:
            return next(words, None) or await asyncio.get_running_loop().create_future()

        await asyncio.wait_for(Sessions().hold(app, {"client": None}, receive, receive), 10)  # type: ignore[arg-type]

    run(talk())
    assert [each["type"].partition(".")[2] for each in heard] == ["connect", "receive", "disconnect"]


def test_a_full_house_is_a_polite_page(client: httpx.Client, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions.SESSIONS, "count", 10**6)
    answered = client.get("/department?lang=en")
    assert answered.status_code == 503 and answered.headers["retry-after"] and "too many readers" in answered.text
    assert 'http-equiv="refresh"' in answered.text and db.path.name not in answered.text
    assert client.get("/embed/three-public").status_code == 200
