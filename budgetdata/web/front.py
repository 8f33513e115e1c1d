"""In front of Streamlit: the first HTML of every page, its packed bundles, and a real 404."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.said import said
from budgetdata.embeds.answers import Refused, language_of, refuse
from budgetdata.gate.lanes import PAGES as LANE
from budgetdata.gate.rates import client_of
from budgetdata.gate.sessions import SESSIONS
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.markup.templates import render
from budgetdata.web.bundles import bundle_response, static_directory
from budgetdata.web.heads import page_response
from budgetdata.words.catalogue import text

STREAMLIT_PREFIXES = ("_stcore", "media", "component", "static")
READING = ("GET", "HEAD")
_AGAIN = 20
"""Seconds after which a page that found no room loads again."""


@cache
def page_names() -> frozenset[str]:
    """The pages that have an address; '' is the first page."""
    return frozenset({"", *(name for name in (*PAGES, *HIDDEN) if name != "home")})


class Front:
    """ASGI middleware: answers pages, bundles, addresses of ours and unknown ones itself; everything else, and any failure, is
    Streamlit's.

    own: our routes, which are answered here. Streamlit's layers for its sessions and for packing stand before the same routes
    behind: of what the event loop spends on a request that waits for an answer under way, they were a fifth. packed: handlers
    among them whose answers Streamlit packs.
    """

    def __init__(self, app: ASGIApp, own: Sequence[Route] = (), packed: Collection[Callable[..., Any]] = ()) -> None:
        self.app = app
        self.own, self.packed = own, packed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "http" and scope["method"] not in (*READING, "OPTIONS"):
            await _only_read(Request(scope))(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] not in READING or scope.get("root_path"):
            await self.app(scope, receive, send)
            return
        answering: ASGIApp | None = None
        try:
            with contextlib.suppress(OSError, BudgetDataError):
                answering = await self._answer(Request(scope))
        except Refused as refused:
            answering = refused.response(language_of(Request(scope)))
        await (answering or self.app)(scope, receive, send)

    def _own(self, scope: Scope) -> ASGIApp | None:
        """What answers an address of ours; a route of its own finds in the scope what of the path is a parameter."""
        for route in self.own:
            match, found = route.matches(scope)
            if match is Match.FULL:
                if route.endpoint in self.packed:
                    return self.app
                scope.update(found)
                return route.handle
        return None

    async def _answer(self, request: Request) -> ASGIApp | None:
        path, static = request.url.path, static_directory()
        name = path.removeprefix("/")
        first = name.split("/", 1)[0]
        if name in page_names() and static is not None:
            if SESSIONS.is_full(client_of(request.scope)):
                return full(request)
            return await LANE.run(partial(page_response, request, name or "home", static))
        if name == "home":
            return RedirectResponse("./" + (f"?{request.url.query}" if request.url.query else ""), 308)
        if first == "static":
            return await run_in_threadpool(bundle_response, request, name)
        if own := self._own(request.scope):
            return own
        if first in STREAMLIT_PREFIXES or path.startswith("//") or path.endswith("/"):
            return None
        if static is not None and "/" not in name and (static / name).is_file() and name != "index.html":
            return None
        return not_found(request)


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


def full(request: Request) -> Response:
    """A page that says that there is no room for one more live page now, and loads again by itself."""
    lang = language_of(request)
    body = render("web/full.html", lang, seconds=_AGAIN)
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store", "Retry-After": str(_AGAIN)}
    return Response(body, 503, media_type="text/html", headers=headers)


def _only_read(request: Request) -> Response:
    response = refuse(said("refused.read_only"), READING, 405, language_of(request))
    response.headers["Allow"] = ", ".join(READING)
    return response


def not_found(request: Request) -> Response:
    """A page that says that there is none here, with where to go, as 404."""
    lang = language_of(request)
    pages = [("/" if name == "home" else f"/{name}", text(lang, f"nav.{name}")) for name in PAGES]
    body = render("web/not_found.html", lang, path=request.url.path[:80], pages=pages)
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return Response(body, 404, media_type="text/html", headers=headers)
