"""In front of Streamlit: the first HTML of every page, its packed bundles, and a real 404."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.said import said
from budgetdata.embeds.answers import language_of, refuse
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.markup.templates import render
from budgetdata.web.bundles import bundle_response, static_directory
from budgetdata.web.heads import page_response
from budgetdata.words.catalogue import text

STREAMLIT_PREFIXES = ("_stcore", "media", "component", "static")
READING = ("GET", "HEAD")


@cache
def page_names() -> frozenset[str]:
    """The pages that have an address; '' is the first page."""
    return frozenset({"", *(name for name in (*PAGES, *HIDDEN) if name != "home")})


class Front:
    """ASGI middleware: answers pages, bundles and unknown addresses itself; everything else, and any failure, is Streamlit's."""

    def __init__(self, app: ASGIApp, own: Sequence[BaseRoute] = ()) -> None:
        self.app = app
        self.own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "http" and scope["method"] not in (*READING, "OPTIONS"):
            await _only_read(Request(scope))(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] not in READING or scope.get("root_path"):
            await self.app(scope, receive, send)
            return
        response: Response | None = None
        with contextlib.suppress(OSError, BudgetDataError):
            response = await self._answer(Request(scope))
        await (response or self.app)(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is not Match.NONE for route in self.own)

    async def _answer(self, request: Request) -> Response | None:
        path, static = request.url.path, static_directory()
        name = path.removeprefix("/")
        first = name.split("/", 1)[0]
        if name in page_names() and static is not None:
            return await run_in_threadpool(page_response, request, name or "home", static)
        if first == "static":
            return await run_in_threadpool(bundle_response, request, name)
        if self._is_own(request.scope) or first in STREAMLIT_PREFIXES or path.startswith("//") or path.endswith("/"):
            return None
        if static is not None and "/" not in name and (static / name).is_file() and name != "index.html":
            return None
        return not_found(request)


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


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
