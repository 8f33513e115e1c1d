"""The routes, middleware and start-up of the app, for `st.App`."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import socket
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from budgetdata.base.kept_on_disk import Disk, keep_on
from budgetdata.base.said import said
from budgetdata.base.scratch import close_scratch, scratch
from budgetdata.base.settings import default_database
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.embeds.answers import Refused, answer, base_of
from budgetdata.embeds.figure import figure_embed
from budgetdata.embeds.files import chart_file
from budgetdata.embeds.live import embed, host_script
from budgetdata.embeds.oembed import AskedOembed, oembed
from budgetdata.embeds.site_index import sitemaps
from budgetdata.embeds.vega import VEGA_ADDRESS, vega_file, vega_script
from budgetdata.gate.connections import bound_server
from budgetdata.gate.doors import Doors
from budgetdata.gate.lanes import DRAWING
from budgetdata.gate.logs import no_floods
from budgetdata.gate.memory import give_back
from budgetdata.gate.policies import NOTHING, page_policy
from budgetdata.gate.settings import settings
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.markup.style import SCRIPT_FILE
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database
from budgetdata.queries.held import hold, let_go
from budgetdata.queries.logbook import corrected
from budgetdata.web import beside
from budgetdata.web.ahead import charts_with_keys, embed_address, keep_ahead, prepare
from budgetdata.web.api import api_page
from budgetdata.web.bundles import static_directory
from budgetdata.web.data import data_file, data_index
from budgetdata.web.downloads import DOWNLOADS, download_file, stop_making
from budgetdata.web.feed import feed
from budgetdata.web.front import Front
from budgetdata.web.health import healthz, readyz
from budgetdata.web.kept import EMBED, Shows, kept
from budgetdata.web.openapi import openapi
from budgetdata.web.questions import question_file
from budgetdata.web.quick import Quick
from budgetdata.web.source import source_file

RUBBISH = 7_000, 10, 10
"""After how many new objects rubbish is looked for: ten times as many as Python's, for a page makes ten times as many, and a look
at all there are takes as long as a page."""
SWITCH = 0.0005
"""Seconds after which a thread that computes lets another on: the one that answers must not wait 5 ms for each script."""


def robots(request: Request) -> Response:
    """All may read."""
    return answer(f"User-agent: *\nAllow: /\nSitemap: {base_of(request)}sitemap.xml\n", "txt")


def sitemap(request: Request) -> Response:
    """Every page, every document's page, every chart's embed; where one may not name them all, an index, or a part of them."""
    db = open_database()
    places = [
        "" if name == "home" else name for name in (*PAGES, "embeds", "api") if name not in HIDDEN or name == "embeds"
    ]
    places += [f"department?d={row['document_id']}" for row in held.named(db)]
    places += [embed_address(chart, key) for chart, key in charts_with_keys(db)]
    files = sitemaps(list(dict.fromkeys(places)), base_of(request), db.built_at[:10])
    wanted = request.url.path.rpartition("/")[2]
    if wanted not in files:
        raise Refused(said("refused.sitemap", value=wanted), list(files), 404)
    return answer(files[wanted], "xml", version=db.version)


def page_script(_request: Request) -> Response:
    """/page.js: what our pages do beyond Streamlit."""
    return answer(SCRIPT_FILE.read_text("utf-8"), "js", headers={"Cache-Control": "public, max-age=0, must-revalidate"})


_PLACE = Shows(parameters=())
"""Names our public address, and asks nothing."""
_SCRIPT = Shows(base=False, parameters=())
_FILE = Shows(base=False, lane=DRAWING)
_FIGURE = Shows(version=True, lane=DRAWING, beside=True, frame=True)


def routes() -> list[Route]:
    """Our addresses, in front of Streamlit's."""
    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/robots.txt", kept(robots, _PLACE)),
        Route("/sitemap.xml", kept(sitemap, _PLACE)),
        Route("/sitemap-{number:int}.xml", kept(sitemap, _PLACE)),
        Route("/chart/{file}", kept(chart_file, _FILE), name="chart"),
        Route("/feed.xml", kept(feed, Shows(parameters=("lang",), also=corrected))),
        Route("/source/{name}", source_file, name="source"),
        Route("/page.js", kept(page_script, _SCRIPT)),
        Route("/embed.js", kept(host_script, _SCRIPT)),
        Route(VEGA_ADDRESS, kept(vega_script, _SCRIPT)),
        Route("/embed/figure", kept(figure_embed, _FIGURE)),
        Route("/embed/{chart}.vega.json", kept(vega_file, _FILE)),
        Route("/embed/{chart}", kept(embed, EMBED), name="embed"),
        Route("/oembed", kept(oembed, Shows(parameters=tuple(AskedOembed.model_fields), lane=DRAWING))),
        Route("/openapi.json", kept(openapi, _PLACE)),
        Route("/api", kept(api_page, Shows(parameters=("lang",)))),
        Route("/answer/{file}", kept(question_file, Shows(base=False)), name="answer"),
        Route("/data/", kept(data_index, _PLACE)),
        Route("/data", kept(data_index, _PLACE)),
        *(Route(f"/data/{name}", download_file, name=f"data-{name}") for name in DOWNLOADS),
        Route("/data/{file}", kept(data_file, Shows()), name="data"),
    ]


def middleware() -> list[Middleware]:
    """Ours in front of Streamlit's own: who is let in, what was asked a moment ago, first HTML of pages, packed bundles, 404."""
    front = Middleware(Front, own=routes(), packed=(source_file, download_file))
    return [Middleware(Doors, page_policy=_page_policy), Middleware(Quick), front]


def _page_policy() -> str:
    """What a page of Streamlit's may do, where ours could not be made."""
    static = static_directory()
    return page_policy(static / "index.html", settings()) if static else NOTHING


@contextlib.asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Start-up: no delay on small answers, pictures drawn in the background and apart. Each falls back to stock behaviour."""
    if settings().draws_beside:
        beside.start(str(_drawings()))
    engine.apart()
    sys.setswitchinterval(SWITCH)
    with contextlib.suppress(Exception):
        _no_delay()
    no_floods()
    give_back()
    with contextlib.suppress(Exception):
        bound_server(_last)
    with contextlib.suppress(OSError):
        keep_on(Disk(_drawings()))
    with contextlib.suppress(OSError):  # without a folder to write to, the file itself is answered from
        await asyncio.to_thread(hold, default_database, scratch().folder, prepare)
    picture.trust(True)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RUBBISH)
    stop = threading.Event()
    threading.Thread(target=keep_ahead, args=(stop,), name="made ahead", daemon=True).start()
    try:
        yield {}
    finally:
        stop.set()
        await beside.end()
        engine.here()
        picture.trust(False)
        keep_on(None)
        let_go()
        _last()


def _drawings() -> Path:
    """Where drawings are kept from one start of the server to the next."""
    named = os.environ.get("BUDGETDATA_CACHE")
    return (Path(named) if named else default_database().absolute().parent / "build") / "drawings"


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


def _last() -> None:
    """What is done at the very end: nothing of ours runs on, and nothing lies about."""
    stop_making()
    close_scratch()
