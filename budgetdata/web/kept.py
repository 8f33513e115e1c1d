"""How our addresses are answered again: kept by the facts and by what of an address shows in the answer; ETag, 304 and gzip."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError
from budgetdata.embeds.answers import Refused, base_of, language_of
from budgetdata.embeds.choices import VERSION
from budgetdata.embeds.counting import is_counting
from budgetdata.embeds.live import no_embed
from budgetdata.gate.lanes import DRAWING, READING, Lane
from budgetdata.gate.rates import admit
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.held import version_before
from budgetdata.web import beside
from budgetdata.web.making import Handler, is_of, made
from budgetdata.web.recent import RECENT, Key
from budgetdata.web.whole import Whole

_PAGES_OWN = "bare"
"""The parameter of pictures that only pages of ours ask for."""
_UNDER_WAY: dict[tuple[int, Key], asyncio.Task[Whole | Response]] = {}
"""The answers that are being made, by event loop and what they depend on: who asks for the same waits for the same."""


@dataclass(frozen=True, slots=True)
class Shows:
    """What of an address shows in its answers beside the path: our public address, parameters (None: all), the version in v.

    lane: where its answers are made. also: what shows beside the facts, a word that changes with it; such an answer is asked
    for each time, since the shortest way (`quick`) knows the facts alone. stored: whether its answers are kept on disk too.
    beside: whether they are made in the process beside this one, where it is there. frame: whether they stand in an iframe of an
    article, where a refusal is a page too.
    """

    base: bool = True
    parameters: tuple[str, ...] | None = None
    version: bool = False
    lane: Lane = READING
    also: Callable[[], str] | None = None
    stored: bool = False
    beside: bool = False
    frame: bool = False


EMBED = Shows(version=True, lane=DRAWING, stored=True, beside=True, frame=True)
"""An embed: it notes the version it was copied at, and the same one is asked for over years."""


def kept(handler: Handler, shows: Shows) -> Callable[[Request], Awaitable[Response]]:
    """A handler whose good answers are kept for a version of the facts and what shows in them, revalidated and compressed.

    The handler runs in a thread of its lane, with the database of one version pinned; it may raise Refused, and any
    BudgetDataError answers 503. Many who ask for the same at once wait for one answer.
    """

    async def endpoint(request: Request) -> Response:
        db = _facts(request)
        version = db.version if db else ""
        key = key_of(handler.__name__, request, version, shows)
        found: Whole | Response | None = RECENT.of(key) if version else None
        try:
            if found is None:
                found = await _found(handler, request, db, key, shows)
        except Refused as refused:
            return no_embed(refused, request) if shows.frame else refused.response(language_of(request))
        if isinstance(found, Response):
            return found
        if version and shows.also is None:
            RECENT.lead(request.scope, version, key)
        return _Sent(found, request)

    return endpoint


def _facts(request: Request) -> Database | None:
    """The database that an answer is of: as it is now, or, for a picture of a page drawn a moment ago, as it was then."""
    query = request.query_params
    if query.get(_PAGES_OWN) == "1" and (before := version_before(query.get("v", "").partition(".")[0])) is not None:
        return before
    try:
        return open_database()
    except BudgetDataError:
        return None


async def _found(handler: Handler, request: Request, db: Database | None, key: Key, shows: Shows) -> Whole | Response:
    """An answer made anew, or the one for the same that is being made. Raises Refused where that cannot be now."""
    place = (id(asyncio.get_running_loop()), key)
    task = _UNDER_WAY.get(place)
    if task is None:
        admit(request.scope)
        task = shows.lane.take(partial(_anywhere, handler, request, db, key, shows))
        _UNDER_WAY[place] = task
        task.add_done_callback(partial(_keep, place))
    return await shows.lane.wait(task)


async def _anywhere(
    handler: Handler, request: Request, db: Database | None, key: Key, shows: Shows
) -> Whole | Response:
    """An answer made beside this process where that may be, else by a thread of its lane."""
    kept_as = key if shows.stored else ()
    found = await beside.asked(beside.job_of(handler.__name__, request, db, kept_as)) if shows.beside and db else None
    return found if found is not None else await shows.lane.run_in_thread(partial(made, handler, request, db, kept_as))


def _keep(place: tuple[int, Key], task: asyncio.Task[Whole | Response]) -> None:
    """Keep an answer that was made for the facts that it says."""
    _UNDER_WAY.pop(place, None)
    if task.cancelled() or task.exception() is not None:
        return
    found, version = task.result(), place[1][1]
    if isinstance(found, Whole) and version and is_of(found, version):
        RECENT.keep(place[1], found)


def stored_ahead(handler: Handler, shows: Shows, address: str, names: Mapping[str, str], db: Database) -> int:
    """Make the answer of an address of ours ahead, as the first who asks for it would have it made; the bytes that it takes.

    names: what of its path is a parameter. Needs a public address of ours where that shows in the answer.
    """
    path, _, query = address.partition("?")
    scope: dict[str, Any] = {
        "type": "http", "method": "GET", "scheme": "http", "server": None, "path": path, "root_path": "", "headers": [],
        "query_string": query.encode(), "path_params": dict(names),
    }  # fmt: skip
    request = Request(scope)
    key = key_of(handler.__name__, request, db.version, shows)
    found = beside.asked_by_a_thread(beside.job_of(handler.__name__, request, db, key)) if shows.beside else None
    found = found if found is not None else made(handler, request, db, key)
    return found.room if isinstance(found, Whole) else 0


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
    beside = shows.also() if shows.also else ""
    return name, version, base_of(request) if shows.base else "", beside, request.url.path, *said


def _says_nothing(embedded: str, version: str, shows: Shows) -> bool:
    """Whether the version that an address names changes nothing: well written, and the same as now or noted by no answer."""
    return bool(re.fullmatch(VERSION, embedded)) and (not shows.version or embedded.partition(".")[0] == version)


class _Sent(Response):
    """A whole answer as a response to a request."""

    def __init__(self, whole: Whole, request: Request) -> None:
        asked = request.headers.get("if-none-match", "")
        start, body = whole.messages(asked, request.headers.get("accept-encoding", ""))
        super().__init__(body["body"], status_code=start["status"])
        self.raw_headers = list(start["headers"])
