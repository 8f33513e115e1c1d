"""The shortest way: an address asked a moment ago is answered from its bytes, before routing, threads or any drawing.

Only whole answers that `answers.kept` made and keeps are held here, each for one version of the facts; whatever is not
found goes the usual way, and gets the same bytes there.
"""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from budgetdata.base.errors import BudgetDataError
from budgetdata.queries.base import open_database

Address = tuple[str, str, str, bytes]
"""Scheme, host, path and query as they were sent."""
_MOST = 4096
_A_TURN = 1
"""How many answers go out in one turn of the event loop."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole answer: packed where that pays, else plain; its tag, and its headers without length and coding."""

    body: bytes
    is_packed: bool
    tag: str
    headers: dict[str, str]

    @property
    def plain(self) -> bytes:
        """The body as it is read."""
        return gzip.decompress(self.body) if self.is_packed else self.body

    def is_known(self, asked: str) -> bool:
        """Whether an If-None-Match names what is still so."""
        return bool(asked) and (asked.strip() == "*" or self.tag.removeprefix("W/") in asked)

    def messages(self, known: str, coding: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The two ASGI messages for a request with this If-None-Match and Accept-Encoding."""
        if self.is_known(known):
            return _start(304, ((k, v) for k, v in self.headers.items() if k != "content-type")), _body(b"")
        packed = self.is_packed and "gzip" in accepted(coding)
        body = self.body if packed or not self.is_packed else self.plain
        more = [("content-encoding", "gzip")] if packed else []
        return _start(200, [*self.headers.items(), *more, ("content-length", str(len(body)))]), _body(body)


def accepted(coding: str) -> set[str]:
    """The codings that an Accept-Encoding takes: named without q=0; gzip also by * where it is not named."""
    taken = {}
    for part in coding.lower().replace(" ", "").split(","):
        name, _, weight = part.partition(";q=")
        taken[name] = weight.strip("0.") != "" if weight else True
    taken["gzip"] = taken.get("gzip", taken.get("x-gzip", taken.get("*", False)))
    return {name for name, wanted in taken.items() if wanted}


def _start(status: int, headers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": raw}


def _body(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data}


@dataclass(slots=True)
class Recent:
    """What was asked lately: for each address the version it was answered for, and the answer. Event loop only."""

    held: OrderedDict[Address, tuple[str, Whole, tuple[dict[str, Any], dict[str, Any]]]] = field(
        default_factory=OrderedDict
    )

    def keep(self, scope: Scope, version: str, whole: Whole) -> None:
        """Keep the answer of an address for a version."""
        address = address_of(scope)
        if address is not None:
            self.held[address] = (version, whole, whole.messages("", "gzip"))
            if len(self.held) > _MOST:
                self.held.popitem(last=False)

    def find(self, scope: Scope) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The messages that answer a request; None where its address is not held for the facts as they are now."""
        address = address_of(scope)
        found = self.held.get(address) if address is not None else None
        if address is None or found is None:
            return None
        version, whole, usual = found
        if version != open_database().version:
            del self.held[address]
            return None
        headers = dict(scope["headers"])
        coding, known = headers.get(b"accept-encoding", b""), headers.get(b"if-none-match", b"")
        if not known and whole.is_packed and b"gzip" in coding and b"q=0" not in coding:
            return usual
        return whole.messages(known.decode("latin-1"), coding.decode("latin-1"))


RECENT = Recent()


def address_of(scope: Scope) -> Address | None:
    """What names an answer; None for what is no plain GET of ours."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope.get("root_path"):
        return None
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    return scope["scheme"], host, scope["path"], scope["query_string"]


class Turnstile:
    """Lets a few answers through in each turn of the event loop, in the order they came, so that live sessions get theirs.

    A session's page goes out as some forty messages, one a turn: with 64 readers served in every turn it would take seconds.
    """

    def __init__(self, width: int = _A_TURN) -> None:
        self.width = width
        self.room = width
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.is_turning = False

    async def through(self) -> None:
        """Wait for one's turn."""
        loop = asyncio.get_running_loop()
        if not self.is_turning:
            self.is_turning = True
            loop.call_soon(self._turn, loop)
        if self.room > 0 and not self.waiting:
            self.room -= 1
            return
        place = loop.create_future()
        self.waiting.append(place)
        await place

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        self.room = self.width
        while self.waiting and self.room > 0:
            place = self.waiting.popleft()
            if not place.done():
                place.set_result(None)
                self.room -= 1
        self.is_turning = bool(self.waiting) or self.room < self.width
        if self.is_turning:
            loop.call_soon(self._turn, loop)


class Quick:
    """ASGI middleware in front of everything: answers what is held, hands on the rest, and any doubt."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.turnstile = Turnstile()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        try:
            found = RECENT.find(scope)
        except (OSError, BudgetDataError, ValueError):
            found = None
        if found is None:
            await self.app(scope, receive, send)
            return
        await self.turnstile.through()
        start, body = found
        await send({**start, "headers": list(start["headers"])})
        await send(dict(body))
