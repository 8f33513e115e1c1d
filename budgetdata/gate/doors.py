"""The first thing that a request meets: who may ask what at all, what leaves with each answer, and a line in the log.

Hosts and origins that are not ours, addresses that nobody writes, and whatever Streamlit would answer but no page of ours needs
(uploads, components, metrics, agents) end here, before Streamlit sees them.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from random import getrandbits
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budgetdata.base.said import Said, said
from budgetdata.embeds.answers import refuse
from budgetdata.gate.hosts import header, headers_of, is_host_known, is_origin_known
from budgetdata.gate.logs import log_access
from budgetdata.gate.policies import Headers, leaving
from budgetdata.gate.sessions import SESSIONS
from budgetdata.gate.settings import Settings, settings

STREAM = "/_stcore/stream"
"""The one address of live sessions."""
_OPEN = frozenset({"/_stcore/health", "/_stcore/host-config"})
"""What Streamlit's own script asks of the server, beside its bundles."""
METRICS = "/_stcore/metrics"
_CLOSED = ("/_stcore", "/component", "/auth", "/oauth2callback")
"""Addresses of Streamlit that no page of ours uses."""
_FOR_MACHINES = frozenset({"/healthz", "/readyz"})
"""Asked by whoever watches the server, by any host."""
_LONGEST_PATH, _LONGEST_QUERY = 1024, 8192
_BAD_PATH = re.compile(r"[\x00-\x1f\x7f\\\ufffd\ud800-\udfff]")
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_POLICY_VIOLATION = 1008
_POLICY = b"content-security-policy"


class _Told(NamedTuple):
    """The start of an answer: its headers with those that leave with each, the version of the facts that it says, and whether
    it is a page that says nothing itself of what it may do."""

    headers: Headers
    version: str
    is_open_page: bool


class _Passage:
    """A request on its way through, and its answer on the way back: what is known of it when its line is written."""

    __slots__ = ("added", "began", "number", "page_policy", "send", "size", "status", "version")

    def __init__(self, number: str, added: Headers, page_policy: Callable[[], str] | None, send: Send) -> None:
        self.number, self.added, self.page_policy, self.send = number, added, page_policy, send
        self.began = time.perf_counter()
        self.status = self.size = 0
        self.version = ""

    async def out(self, message: Message) -> None:
        """Send what is answered, its start with what leaves with each answer."""
        if message["type"] == "http.response.start":
            message = self._headed(message)
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self.send(message)

    def _headed(self, message: Message) -> Message:
        own = message["headers"]
        start = _joined_once(own, self.added) if isinstance(own, tuple) else _joined(own, self.added)
        self.status, self.version = message["status"], start.version
        headers = [*start.headers, (b"x-request-id", self.number.encode())]
        if start.is_open_page and self.page_policy:
            headers = [pair for pair in headers if pair[0] != _POLICY]
            headers.append((_POLICY, self.page_policy().encode()))
        return {**message, "headers": headers}


def _joined(own: Iterable[tuple[bytes, bytes]], added: Headers) -> _Told:
    """An answer's own headers, and of those added the ones that it has not. Names come in small letters, as ASGI asks for."""
    own = tuple(own)
    held = dict(own)
    is_page = held.get(b"content-type", b"").startswith(b"text/html")
    headers = own + tuple(pair for pair in added if pair[0] not in held)
    return _Told(headers, held.get(b"x-data-version", b"").decode("latin-1"), is_page and _POLICY not in held)


_joined_once = lru_cache(maxsize=512)(_joined)
"""For answers that are kept, whose headers are a tuple: the same each time."""


class Doors:
    """ASGI middleware in front of everything. page_policy: what a page may do that says nothing of it itself."""

    def __init__(self, app: ASGIApp, page_policy: Callable[[], str] | None = None) -> None:
        self.app = app
        self.page_policy = page_policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in or refuse."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._session(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, set_to = headers_of(scope), settings()
        host, origin = header(headers, b"host"), header(headers, b"origin") if b"origin" in headers else None
        if scope["path"] != STREAM or not is_host_known(host, set_to) or not is_origin_known(origin, host, set_to):
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        await SESSIONS.hold(self.app, {**scope, "headers": _as_of_host(scope, host)}, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, set_to = headers_of(scope), settings()
        given = header(headers, b"x-request-id")
        number = given if given and _GIVEN_ID.fullmatch(given) else f"{getrandbits(64):016x}"
        passage = _Passage(number, leaving(scope["path"], set_to.origin), self.page_policy, send)
        try:
            why = _why_not(scope, headers, set_to)
            await (_refusal(scope, *why) if why else self.app)(scope, receive, passage.out)
        except Exception:
            logging.getLogger("budgetdata").exception("request %s failed", number)
            if passage.status:
                raise
            await refuse(said("refused.failed", id=number), status=500)(scope, receive, passage.out)
        finally:
            if set_to.logs_access:
                log_access(
                    id=number,
                    method=scope["method"],
                    path=scope["path"][:200],
                    status=passage.status,
                    ms=round(1e3 * (time.perf_counter() - passage.began), 1),
                    bytes=passage.size,
                    version=passage.version,
                )


def _as_of_host(scope: Scope, host: str) -> list[tuple[bytes, bytes]]:
    """The headers of a session that was let in, its origin written as of the host: Streamlit, where the two differ, asks a
    foreign host for this machine's address and waits for the answer."""
    scheme = "https" if scope["scheme"] in ("wss", "https") else "http"
    own = f"{scheme}://{host}".encode("latin-1")
    return [(name, own if name.lower() == b"origin" else value) for name, value in scope["headers"]]


def _why_not(scope: Scope, headers: Mapping[bytes, bytes], set_to: Settings) -> tuple[int, Said] | None:
    """Why a request is not let in, with the status that says so; None where it is."""
    path = scope["path"]
    if not is_host_known(header(headers, b"host"), set_to) and path not in _FOR_MACHINES:
        return 400, said("refused.host")
    if b"transfer-encoding" in headers and b"content-length" in headers:
        return 400, said("refused.lengths")
    if len(path) > _LONGEST_PATH or len(scope["query_string"]) > _LONGEST_QUERY:
        return 414, said("refused.long")
    if _BAD_PATH.search(path) or _is_closed(path, set_to):
        return 404, said("refused.nothing")
    return None


def _refusal(scope: Scope, status: int, why: Said) -> Response:
    response = refuse(why, status=status, lang="en" if b"lang=en" in scope["query_string"] else "zh")
    if why.code == "refused.lengths":  # what stands behind it may be a second request that a proxy did not see
        response.headers["connection"] = "close"
    return response


def _is_closed(path: str, set_to: Settings) -> bool:
    if not path.startswith(_CLOSED) or path in _OPEN or (path == METRICS and set_to.metrics):
        return False
    return any(path == each or path.startswith(f"{each}/") for each in _CLOSED)
