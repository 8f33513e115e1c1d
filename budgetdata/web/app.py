"""The routes, middleware and start-up of the app, for `st.App`."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import AsyncIterator
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from budgetdata.build import ensure_database
from budgetdata.charts import all_charts, picture
from budgetdata.charts.theme import LIGHT
from budgetdata.errors import BudgetDataError
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database
from budgetdata.web.answers import answer, refuse
from budgetdata.web.charts import chart_file, embed
from budgetdata.web.data import TABLES, data_file
from budgetdata.web.questions import question_file

PAGES = ("", "department", "compare", "three_public", "performance", "questions", "glossary", "about", "gallery")


def healthz(request: Request) -> Response:
    """200 with the version of the facts where the database opens, else 503 with the reason."""
    try:
        return answer(request, open_database().version, "txt", headers={"Cache-Control": "no-store"})
    except BudgetDataError as error:
        return refuse(str(error), status=503)


def robots(request: Request) -> Response:
    """All may read."""
    return answer(request, f"User-agent: *\nAllow: /\nSitemap: {request.base_url}sitemap.xml\n", "txt")


def sitemap(request: Request) -> Response:
    """Every page, every document's page."""
    db = open_database()
    places = [*PAGES, *(f"department?d={row['document_id']}" for row in held.documents(db))]
    urls = "".join(f"<url><loc>{request.base_url}{place}</loc></url>" for place in places)
    return answer(
        request,
        f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        "xml",
    )


def data_index(request: Request) -> Response:
    """The tables there are, as JSON."""
    return refuse(
        "请指名一张表，如 /data/figures.csv",
        [f"/data/{table}.{suffix}" for table in TABLES for suffix in ("csv", "json")],
        200,
    )


def routes() -> list[Route]:
    """Our addresses, in front of Streamlit's."""
    return [
        Route("/healthz", healthz),
        Route("/robots.txt", robots),
        Route("/sitemap.xml", sitemap),
        Route("/chart/{file}", chart_file, name="chart"),
        Route("/embed/{chart}", embed, name="embed"),
        Route("/answer/{file}", question_file, name="answer"),
        Route("/data/", data_index),
        Route("/data/{file}", data_file, name="data"),
    ]


def middleware() -> list[Middleware]:
    """Nothing yet in front of Streamlit's own."""
    return []


def _warm() -> None:
    """Draw what the first visitors will look at, so that they do not wait for it."""
    with contextlib.suppress(Exception):
        ensure_database()
        db = open_database()
        for chart in all_charts().values():
            for document in held.documents(db)[:12] if chart.group == "department" else [None]:
                key = (("d", document["document_id"]),) if document else ()
                for width in (912, 350):
                    picture.cached_bare(db, chart, key, LIGHT, width, "zh")


@contextlib.asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Start-up: no delay on small answers, pictures drawn in the background. Each falls back to stock behaviour."""
    with contextlib.suppress(Exception):
        _own_navigation()
    with contextlib.suppress(Exception):
        _no_delay()
    threading.Thread(target=_warm, name="warm-up", daemon=True).start()
    yield {}


def _own_navigation() -> None:
    """Streamlit takes a folder named pages for its old navigation until a first session has run st.navigation; a first
    visitor who opens a page's address would get the bare file. Said before any session, that cannot happen."""
    from streamlit.runtime.pages_manager import PagesManager

    PagesManager.uses_pages_directory = False


def _no_delay() -> None:
    """Listening sockets hand TCP_NODELAY on to the connections they accept; Streamlit's server leaves it off."""
    import gc

    for thing in gc.get_objects():
        if (
            isinstance(thing, socket.socket)
            and thing.fileno() >= 0
            and thing.type == socket.SOCK_STREAM
            and thing.family in (socket.AF_INET, socket.AF_INET6)
        ):
            with contextlib.suppress(OSError):
                thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
