"""How our addresses are answered again: kept by the facts and by what of an address shows in the answer; ETag, 304 and gzip."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError, ReplacedError
from budgetdata.embeds.answers import Refused, base_of, language_of, unavailable
from budgetdata.embeds.choices import VERSION
from budgetdata.embeds.counting import is_counting
from budgetdata.queries.base import open_database
from budgetdata.web.recent import RECENT, Key
from budgetdata.web.whole import Whole, whole

Handler = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class Shows:
    """What of an address shows in its answers beside the path: our public address, parameters (None: all), the version in v."""

    base: bool = True
    parameters: tuple[str, ...] | None = None
    version: bool = False


def kept(handler: Handler, shows: Shows) -> Callable[[Request], Awaitable[Response]]:
    """A handler whose good answers are kept for a version of the facts and what shows in them, revalidated and compressed.

    The handler runs in a thread; it may raise Refused, and any BudgetDataError answers 503.
    """

    async def endpoint(request: Request) -> Response:
        try:
            version = open_database().version
        except BudgetDataError:
            version = ""
        key = key_of(handler.__name__, request, version, shows)
        found = RECENT.of(key) if version else None
        if found is None:
            response = await run_in_threadpool(_run, handler, request)
            if response.status_code != 200 or response.headers.get("cache-control", "") in ("no-store", "no-cache"):
                return response
            found = await run_in_threadpool(whole, response)
            if response.headers.get("x-data-version", version) == version:
                RECENT.keep(key, found)
        if version:
            RECENT.lead(request.scope, version, key)
        return _Sent(found, request)

    return endpoint


def key_of(name: str, request: Request, version: str, shows: Shows) -> Key:
    """What an answer depends on. What only counts readers is none of it, nor a version that is noted by no answer."""
    pairs = request.query_params.multi_items()
    once = sum(name == "v" for name, _ in pairs) == 1
    said = []
    for parameter, value in sorted(pairs, key=lambda pair: pair[0]):
        if is_counting(parameter) or (shows.parameters is not None and parameter not in shows.parameters):
            continue
        if parameter == "v" and once and _says_nothing(value, version, shows):
            continue
        said.append(f"{parameter}={value}")
    return name, version, base_of(request) if shows.base else "", request.url.path, *said


def _says_nothing(embedded: str, version: str, shows: Shows) -> bool:
    """Whether the version that an address names changes nothing: well written, and the same as now or noted by no answer."""
    return bool(re.fullmatch(VERSION, embedded)) and (not shows.version or embedded.partition(".")[0] == version)


def _run(handler: Handler, request: Request) -> Response:
    try:
        with contextlib.suppress(ReplacedError):
            return handler(request)
        return handler(request)  # the database was built anew meanwhile: rows and version of one file, the new one
    except Refused as refused:
        return refused.response(language_of(request))
    except BudgetDataError as error:
        return unavailable(error, language_of(request))


class _Sent(Response):
    """A whole answer as a response to a request."""

    def __init__(self, whole: Whole, request: Request) -> None:
        asked = request.headers.get("if-none-match", "")
        start, body = whole.messages(asked, request.headers.get("accept-encoding", ""))
        super().__init__(body["body"], status_code=start["status"])
        self.raw_headers = list(start["headers"])
