"""How an answer is made: a handler run over one version of the facts, and what it made kept on disk where that is wanted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError, ReplacedError
from budgetdata.base.kept_on_disk import kept_on, name_of
from budgetdata.embeds.answers import Refused, language_of, unavailable
from budgetdata.queries.base import Database, open_database, pinned
from budgetdata.web.recent import Key
from budgetdata.web.whole import Whole, unpacked, whole

Handler = Callable[[Request], Response]
Runs = Callable[[Handler, Request, Database | None], Response]


def ran(handler: Handler, request: Request, db: Database | None) -> Response:
    """What a handler answers; where the facts were built anew meanwhile, once more, all of it of the new version."""
    try:
        with contextlib.suppress(ReplacedError):
            return ran_once(handler, request, db)
        return ran_once(handler, request, open_database())
    except Refused as refused:
        return refused.response(language_of(request))
    except BudgetDataError as error:
        return unavailable(error, language_of(request))


def ran_once(handler: Handler, request: Request, db: Database | None) -> Response:
    """What a handler answers with the facts of one version. Raises what it raises."""
    with pinned(db) if db else contextlib.nullcontext():
        return handler(request)


def made(handler: Handler, request: Request, db: Database | None, key: Key = (), run: Runs = ran) -> Whole | Response:
    """An answer; where a key is given, the one that is kept on disk for it, or from now on."""
    disk = kept_on() if key and db and db.version else None
    name = name_of("answer", *key)
    before = disk.get(name) if disk else None
    if isinstance(before, bytes):
        return unpacked(before)
    response = run(handler, request, db)
    if response.status_code != 200 or response.headers.get("cache-control", "") in ("no-store", "no-cache"):
        return response
    found = whole(response)
    if disk and db and is_of(found, db.version):
        disk.put(name, found.packed())
    return found


def is_of(found: Whole, version: str) -> bool:
    """Whether an answer is of a version of the facts, or of none in particular."""
    return found.headers.get("x-data-version", version) == version
