"""The first thing that a request meets: who may ask what at all, what leaves with each answer, and a line in the log.

Hosts and origins that are not ours, addresses that nobody writes, and whatever Streamlit would answer but no page of ours needs
(uploads, components, metrics, agents) end here, before Streamlit sees them.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budgetdata.base.said import Said, said
from budgetdata.embeds.answers import refuse
from budgetdata.gate.hosts import headers_of, is_host_known, is_origin_known
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


@dataclass(slots=True)
class _Passage:
    """A request on its way through: what is known of it when its line is written."""

    scope: Scope
    headers: Mapping[str, str]
    number: str
    began: float = field(default_factory=time.perf_counter)
    status: int = 0
    size: int = 0
    version: str = ""


class Doors:
    """ASGI middleware in front of everything. page_policy: what a page may do that says nothing of it itself."""

    def __init__(self, app: ASGIApp, page_policy: Callable[[], str] | None = None) -> None:
        self.app = app
        self.page_policy = page_policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in or refuse."""
        if scope["type"] == "websocket":
            await self._session(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, set_to = headers_of(scope), settings()
        host = headers.get("host", "")
        if (
            scope["path"] != STREAM
            or not is_host_known(host, set_to)
            or not is_origin_known(headers.get("origin"), host, set_to)
        ):
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        await SESSIONS.hold(self.app, {**scope, "headers": _as_of_host(scope, host)}, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, set_to = headers_of(scope), settings()
        given = headers.get("x-request-id", "")
        passage = _Passage(scope, headers, given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8))
        added = (*leaving(scope["path"], set_to.origin), (b"x-request-id", passage.number.encode()))

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = self._headed(message, added, passage)
            elif message["type"] == "http.response.body":
                passage.size += len(message.get("body", b""))
            await send(message)

        try:
            refused = _refused(scope, headers, set_to)
            await (refused or self.app)(scope, receive, out)
        except Exception:
            logging.getLogger("budgetdata").exception("request %s failed", passage.number)
            if passage.status:
                raise
            await refuse(said("refused.failed", id=passage.number), status=500)(scope, receive, out)
        finally:
            if set_to.logs_access:
                log_access(
                    id=passage.number,
                    method=scope["method"],
                    path=scope["path"][:200],
                    status=passage.status,
                    ms=round(1e3 * (time.perf_counter() - passage.began), 1),
                    bytes=passage.size,
                    version=passage.version,
                )

    def _headed(self, message: Message, added: Headers, passage: _Passage) -> Message:
        """The start of an answer with what leaves with each. Names of headers come in small letters, as ASGI asks for."""
        headers = list(message["headers"])
        held = dict(headers)
        passage.status = message["status"]
        passage.version = held.get(b"x-data-version", b"").decode("latin-1")
        if self.page_policy and held.get(b"content-type", b"").startswith(b"text/html") and _POLICY not in held:
            held[_POLICY] = policy = self.page_policy().encode()
            headers.append((_POLICY, policy))
        headers += [pair for pair in added if pair[0] not in held]
        return {**message, "headers": headers}


def _as_of_host(scope: Scope, host: str) -> list[tuple[bytes, bytes]]:
    """The headers of a session that was let in, its origin written as of the host: Streamlit, where the two differ, asks a
    foreign host for this machine's address and waits for the answer."""
    scheme = "https" if scope["scheme"] in ("wss", "https") else "http"
    own = f"{scheme}://{host}".encode("latin-1")
    return [(name, own if name.lower() == b"origin" else value) for name, value in scope["headers"]]


def _refused(scope: Scope, headers: Mapping[str, str], set_to: Settings) -> Response | None:
    """Why a request is not let in, as an answer; None where it is."""
    path, lang = scope["path"], "en" if b"lang=en" in scope["query_string"] else "zh"

    def no(status: int, message: Said) -> Response:
        return refuse(message, status=status, lang=lang)

    if path not in _FOR_MACHINES and not is_host_known(headers.get("host", ""), set_to):
        return no(400, said("refused.host"))
    if "content-length" in headers and "transfer-encoding" in headers:
        response = no(400, said("refused.lengths"))
        response.headers["connection"] = (
            "close"  # what stands behind it may be a second request that a proxy did not see
        )
        return response
    if len(path) > _LONGEST_PATH or len(scope["query_string"]) > _LONGEST_QUERY:
        return no(414, said("refused.long"))
    if _BAD_PATH.search(path) or _is_closed(path, set_to):
        return no(404, said("refused.nothing"))
    return None


def _is_closed(path: str, set_to: Settings) -> bool:
    if not path.startswith(_CLOSED) or path in _OPEN or (path == METRICS and set_to.metrics):
        return False
    return any(path == each or path.startswith(f"{each}/") for each in _CLOSED)
