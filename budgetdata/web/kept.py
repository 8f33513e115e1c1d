"""How our addresses are answered again: kept by (database version, address), with ETag, 304 and gzip."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError
from budgetdata.embeds.answers import Refused, base_of, unavailable
from budgetdata.queries.base import open_database
from budgetdata.web.quick import RECENT, Whole

_SMALL = 500
_MOST_KEPT = 96 * 2**20


@dataclass(slots=True)
class Kept:
    """Answers by key, the least used let go when they take too much room. Used from the event loop only."""

    most: int = _MOST_KEPT
    held: OrderedDict[tuple[str, ...], Whole] = field(default_factory=OrderedDict)
    size: int = 0

    def find(self, key: tuple[str, ...]) -> Whole | None:
        """The answer of a key, or None."""
        found = self.held.get(key)
        if found is not None:
            self.held.move_to_end(key)
        return found

    def keep(self, key: tuple[str, ...], kept: Whole) -> None:
        """Keep an answer, where it is small enough to be worth its room."""
        room = len(kept.body)
        if room > self.most // 8 or key in self.held:
            return
        self.held[key] = kept
        self.size += room
        while self.size > self.most:
            _, old = self.held.popitem(last=False)
            self.size -= len(old.body)


KEPT = Kept()
Handler = Callable[[Request], Response]


def kept(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A handler whose good answers are kept for a version of the facts and an address, revalidated and compressed.

    The handler runs in a thread; it may raise Refused, and any BudgetDataError answers 503.
    """

    async def endpoint(request: Request) -> Response:
        try:
            version = open_database().version
        except BudgetDataError:
            version = ""
        key = (
            handler.__name__,
            version,
            base_of(request),
            request.url.path,
            *(f"{k}={v}" for k, v in sorted(request.query_params.multi_items(), key=lambda pair: pair[0])),
        )
        found = KEPT.find(key) if version else None
        if found is None:
            response = await run_in_threadpool(_run, handler, request)
            if response.status_code != 200 or response.headers.get("cache-control", "") in ("no-store", "no-cache"):
                return response
            found = await run_in_threadpool(_pack, response)
            KEPT.keep(key, found)
        if version:
            RECENT.keep(request.scope, version, found)
        return _Sent(found, request)

    return endpoint


def _run(handler: Handler, request: Request) -> Response:
    try:
        return handler(request)
    except Refused as refused:
        return refused.response
    except BudgetDataError as error:
        return unavailable(error)


def _pack(response: Response) -> Whole:
    plain = bytes(response.body)
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    text = not headers.get("content-type", "").startswith(("image/png", "application/zip", "application/vnd"))
    packs = text and len(plain) > _SMALL
    tag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'
    body = gzip.compress(plain, 6, mtime=0) if packs else plain
    return Whole(body, packs, tag, {**headers, "etag": tag, "vary": "Accept-Encoding"})


class _Sent(Response):
    """A whole answer as a response to a request."""

    def __init__(self, whole: Whole, request: Request) -> None:
        asked = request.headers.get("if-none-match", "")
        start, body = whole.messages(asked, request.headers.get("accept-encoding", ""))
        super().__init__(body["body"], status_code=start["status"])
        self.raw_headers = list(start["headers"])
