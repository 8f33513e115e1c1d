"""The shortest way: an address asked a moment ago is answered from its bytes, before routing, threads or any drawing.

Only whole answers that `kept` made and keeps are found here; whatever is not goes the usual way, and gets the same bytes there.
"""

from __future__ import annotations

import asyncio
from collections import deque

from starlette.types import ASGIApp, Receive, Scope, Send

from budgetdata.base.errors import BudgetDataError
from budgetdata.web.recent import RECENT

_A_TURN = 1
"""How many answers go out in one turn of the event loop."""


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
        await send(dict(start))
        await send(dict(body))
