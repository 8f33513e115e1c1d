"""Live sessions: how many at once, in all and of one client, and how long one may do nothing.

Who finds no room gets a page that says so and stays useful: it loads again by itself. A session that is let go loses nothing:
its choices stand in the address, and the page connects again when its reader comes back.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budgetdata.gate.rates import client_of
from budgetdata.gate.settings import settings

_TRY_AGAIN_LATER, _GOING_AWAY = 1013, 1001
_LOOK = 15.0
"""Seconds between two looks for idle sessions."""


class Sessions:
    """The sessions that are open. Used from the event loop only."""

    def __init__(self) -> None:
        self.count = 0
        self.by_client: Counter[str] = Counter()

    def is_full(self, client: str = "") -> bool:
        """Whether nobody more may open one, or not this client."""
        set_to = settings()
        if set_to.sessions and self.count >= set_to.sessions:
            return True
        return bool(client and set_to.sessions_client) and self.by_client[client] >= set_to.sessions_client

    async def hold(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a session run while there is room, and let it go when nothing was chosen for long."""
        client = client_of(scope)
        if self.is_full(client):
            await receive()
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        self.count += 1
        self.by_client[client] += 1
        heard = _Heard(receive)
        try:
            await app(scope, heard, send)
        finally:
            self.count -= 1
            self.by_client[client] -= 1
            if not self.by_client[client]:
                del self.by_client[client]


class _Heard:
    """What a session's reader sends; after too long a silence, that he has gone."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.pending: asyncio.Future[Message] | None = None

    async def __call__(self) -> Message:
        """The next message."""
        idle, began = settings().idle, time.monotonic()
        if self.pending is None:
            self.pending = asyncio.ensure_future(self.receive())
        while True:
            left = idle - (time.monotonic() - began) if idle else _LOOK
            done, _ = await asyncio.wait({self.pending}, timeout=max(min(left, _LOOK), 0.01))
            if done:
                message, self.pending = self.pending.result(), None
                return message
            if idle and time.monotonic() - began >= idle:
                self.pending.cancel()
                self.pending = None
                return {"type": "websocket.disconnect", "code": _GOING_AWAY}


SESSIONS = Sessions()
