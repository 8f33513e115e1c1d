"""The routes, middleware and start-up of the app, for `st.App`."""

from __future__ import annotations

import contextlib
import gc
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator
from html import escape
from typing import Any
from urllib.parse import urlencode

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from budgetdata.base.errors import BudgetDataError
from budgetdata.build.build import ensure_database
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.theme import LIGHT
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.answers import answer, base_of, unavailable
from budgetdata.embeds.choices import Key
from budgetdata.embeds.figure import figure_embed
from budgetdata.embeds.files import chart_file
from budgetdata.embeds.oembed import oembed
from budgetdata.embeds.page import embed, host_script
from budgetdata.embeds.vega import VEGA_ADDRESS, vega_file, vega_script
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.web import front
from budgetdata.web.data import data_file, data_index
from budgetdata.web.kept import kept
from budgetdata.web.openapi import api_page, openapi
from budgetdata.web.questions import question_file
from budgetdata.web.quick import Quick

PAUSE = 3
"""How many times as long as a picture took the warm-up waits before the next: visitors come first."""
SWITCH = 0.0005
"""Seconds after which a thread that computes lets another on: the one that answers must not wait 5 ms for each script."""


def healthz(_request: Request) -> Response:
    """200 with the version of the facts where the database opens, else 503; the reason is in the log."""
    try:
        return answer(open_database().version, "txt", headers={"Cache-Control": "no-store"})
    except BudgetDataError as error:
        return unavailable(error)


def robots(request: Request) -> Response:
    """All may read."""
    return answer(f"User-agent: *\nAllow: /\nSitemap: {base_of(request)}sitemap.xml\n", "txt")


def sitemap(request: Request) -> Response:
    """Every page, every document's page, every chart's embed."""
    db = open_database()
    places = [
        "" if name == "home" else name for name in (*PAGES, "embeds", "api") if name not in HIDDEN or name == "embeds"
    ]
    places += [f"department?d={row['document_id']}" for row in held.documents(db)]
    places += [f"embed/{chart.id}" + (f"?{urlencode(key)}" if key else "") for chart, key in charts_with_keys(db)]
    day = db.built_at[:10]
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    urls = "".join(
        f"<url><loc>{escape(base_of(request) + place)}</loc>{changed}</url>" for place in dict.fromkeys(places)
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return answer(body, "xml", version=db.version)


def charts_with_keys(db: Database) -> list[tuple[Any, Key]]:
    """Every registered chart with every document it is drawn for, by itself."""
    documents = [row["document_id"] for row in held.documents(db)]
    return [
        (chart, key)
        for chart in all_charts().values()
        for key in ([(("d", document),) for document in documents] if chart.group == "department" else [()])
    ]


def routes() -> list[Route]:
    """Our addresses, in front of Streamlit's."""
    return [
        Route("/healthz", healthz),
        Route("/robots.txt", kept(robots)),
        Route("/sitemap.xml", kept(sitemap)),
        Route("/chart/{file}", kept(chart_file), name="chart"),
        Route("/embed.js", kept(host_script)),
        Route(VEGA_ADDRESS, kept(vega_script)),
        Route("/embed/figure", kept(figure_embed)),
        Route("/embed/{chart}.vega.json", kept(vega_file)),
        Route("/embed/{chart}", kept(embed), name="embed"),
        Route("/oembed", kept(oembed)),
        Route("/openapi.json", kept(openapi)),
        Route("/api", kept(api_page)),
        Route("/answer/{file}", kept(question_file), name="answer"),
        Route("/data/", kept(data_index)),
        Route("/data", kept(data_index)),
        Route("/data/{file}", kept(data_file), name="data"),
    ]


def middleware() -> list[Middleware]:
    """Ours in front of Streamlit's own: what was asked a moment ago, first HTML of pages, packed bundles, 404."""
    return [Middleware(Quick), Middleware(front.Front, own=routes())]


def _warm() -> None:
    """Put what stays out of the collector's way, then draw what the first visitors will look at, giving way to them."""
    with contextlib.suppress(Exception):
        ensure_database()
        front.warm_bundles()
    gc.collect()
    gc.freeze()
    with contextlib.suppress(Exception):
        db = open_database()
        for chart, key in charts_with_keys(db)[:200]:
            for width in (912, 350):
                began = time.perf_counter()
                picture.cached_bare(db, chart, key, LIGHT, width, "zh")
                time.sleep(PAUSE * (time.perf_counter() - began))


@contextlib.asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Start-up: no delay on small answers, pictures drawn in the background and apart. Each falls back to stock behaviour."""
    engine.apart()
    sys.setswitchinterval(SWITCH)
    with contextlib.suppress(Exception):
        _no_delay()
    threading.Thread(target=_warm, name="warm-up", daemon=True).start()
    try:
        yield {}
    finally:
        engine.here()


def _no_delay() -> None:
    """Listening sockets hand TCP_NODELAY on to the connections they accept; Streamlit's server leaves it off."""
    for thing in gc.get_objects():
        if (
            isinstance(thing, socket.socket)
            and thing.fileno() >= 0
            and thing.type == socket.SOCK_STREAM
            and thing.family in (socket.AF_INET, socket.AF_INET6)
        ):
            with contextlib.suppress(OSError):
                thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
