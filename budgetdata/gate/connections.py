"""The connections of the server: never more than the system's limit of open files allows, none kept by who says or reads nothing.

uvicorn bounds neither; its own protocol is given both here, where the server that runs this program is one (any other keeps its
own ways). The same place sees to it that the server ends in time when it is told to.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from budgetdata.gate.settings import settings

HEADERS_WITHIN = 15.0
"""Seconds within which the whole head of a request is here, from the start of the connection or of the request."""
READ_WITHIN = 60.0
"""Seconds within which a reader takes some of what was sent."""
MOST_HEAD = 64 * 1024
"""Bytes of a head that has not ended: more is taken from nobody."""
_KNOWN = ("H11Protocol", "HttpToolsProtocol")  # without httptools, with it
"""The protocols of uvicorn that are bounded alike."""
_SPARE_FILES = 200
"""Open files that are no connections: databases, bundles, pipes, what Python loads."""
_AT_A_TIME = 128
"""Connections that are accepted in one go, before the first of them can be turned away: fewer than the spare files."""
_LEAST = 50
END_WITHIN = 9.0
"""Seconds from the signal to the end, whatever still runs."""
_ANSWER_WITHIN = 6
"""Seconds of those for which requests under way are answered."""
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 5\r\n\r\nfull\n"
)


def most_connections() -> int:
    """How many connections may be open: the setting, but never more than the open files allowed, with some to spare."""
    allowed = 10**6
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = min(65536, hard) if hard != resource.RLIM_INFINITY else 65536
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        allowed = soft if soft != resource.RLIM_INFINITY else allowed
    room = max(allowed - _SPARE_FILES, _LEAST)
    return min(settings().connections or 5000, room)


def bound_server(last: Callable[[], None]) -> bool:
    """Bound the uvicorn server that runs this program, before its first connection; whether there is one.

    The server that calls a program does not hand itself over: it is looked for among what is in memory. last: what is done where
    the process has to be ended though threads still run.
    """
    import uvicorn

    server = next((each for each in gc.get_objects() if isinstance(each, uvicorn.Server)), None)
    if server is None or not server.config.loaded or server.config.http_protocol_class.__name__ not in _KNOWN:
        return False
    server.config.http_protocol_class = bounded(server.config.http_protocol_class, most_connections())
    server.config.backlog = _AT_A_TIME
    server.config.timeout_graceful_shutdown = _ANSWER_WITHIN
    server.config.encoded_headers = [(k, v) for k, v in server.config.encoded_headers if k.lower() != b"server"]
    threading.Thread(target=_end_in_time, args=(server, last), name="ends in time", daemon=True).start()
    return True


def _end_in_time(server: Any, last: Callable[[], None]) -> None:
    """Once the server was told to end, end the process, whatever its threads still do; nothing of it is lost by that."""
    while not server.should_exit:
        time.sleep(0.2)
    time.sleep(END_WITHIN)
    with contextlib.suppress(Exception):
        last()
    os._exit(0)


def bounded(protocol: type[asyncio.Protocol], most: int) -> type[asyncio.Protocol]:
    """uvicorn's protocol with a bound of connections, and with bounds of time for what comes and what is taken."""
    return type("Bounded", (_Bounds, protocol), {"most": most, "silent": {}})


class _Bounds(asyncio.Protocol):
    """What is put before uvicorn's protocol: the clocks of one connection."""

    most: int
    silent: dict[_Bounds, None]
    """The connections of this server whose head is waited for, the longest first."""
    connections: set[Any]
    loop: asyncio.AbstractEventLoop
    cycle: Any
    _late: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _wire: asyncio.Transport | None = None
    _is_live = False
    _head = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, or turn it away where there are too many."""
        super().connection_made(transport)
        self._wire = transport  # type: ignore[assignment]  # TCP's
        if len(self.connections) > self.most and self.silent:
            next(iter(self.silent))._end()  # who said nothing for longest makes room
            self._await_head()
        elif len(self.connections) <= self.most:
            self._await_head()
        elif self._wire is not None:
            self._wire.write(_FULL)
            self._wire.close()
            self.loop.call_later(1, self._wire.abort)

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that has begun is waited for only so long, and only so long a one."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._head = 0
            self._hurry_not()
        elif not self._is_live and (before is None or before.response_complete):
            self._head += len(data)
            if self._head > MOST_HEAD:
                self._end()
            elif self._late is None:
                self._await_head()

    def handle_websocket_upgrade(self, *event: Any) -> None:
        """Hand the connection on to a live session, which has clocks of its own."""
        self._is_live = True
        self._hurry_not()
        super().handle_websocket_upgrade(*event)  # type: ignore[misc]  # uvicorn's

    def pause_writing(self) -> None:
        """Nothing more is taken: wait only so long."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(READ_WITHIN, self._end)

    def resume_writing(self) -> None:
        """Something was taken."""
        super().resume_writing()
        self._calm()

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is no more, nor are its clocks."""
        self._hurry_not()
        self._calm()
        super().connection_lost(error)

    def _await_head(self) -> None:
        self._hurry_not()
        self._late = self.loop.call_later(HEADERS_WITHIN, self._end)
        self.silent[self] = None

    def _hurry_not(self) -> None:
        self.silent.pop(self, None)
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _calm(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _end(self) -> None:
        self.silent.pop(self, None)
        if self._wire is not None:
            self._wire.abort()
