"""A server over many documents: first HTML of every page, /data/ and the search, reruns, and memory after a long walk."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from websockets.asyncio.client import connect

from benchmarks.asked import Example, examples
from benchmarks.sessions import memory, percentile, rerun
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.queries.base import database_at
from budgetdata.store.dictionary import public_tables
from scripts import serving

WALK = 500
"""Departments that one visitor looks at, one after the other."""
START = 600.0
"""Seconds that a server may take to copy and check a large file before it answers."""
WORDS = ("培训", "教育 局", "2050201", "14,101.87", "jiaoyu", "项目运行维护", "阳泉招伤中心")


def serve_pages(database: Path, walk: int = WALK) -> Iterator[tuple[str, str]]:
    """(what was measured, what came of it), line by line."""
    db = database_at(database)
    chosen = list(examples(db, 20))
    walked = [row["document_id"] for row in db.rows("SELECT document_id FROM document WHERE counts <> 0")][
        :: max(db.documents // walk, 1)
    ]
    os.environ["BUDGETDATA_DB"] = str(database)
    port = serving.free_port()
    address = f"http://{serving.HOST}:{port}"
    began = time.perf_counter()
    with serving.running(serving.streamlit("app.py", port), serving.ROOT, f"{address}/readyz", START) as process:
        yield "ready", f"{time.perf_counter() - began:.1f} s after its start"
        yield "memory at start", memory(process)
        yield from _html(address)
        yield from _data(address, chosen)
        yield (
            "reruns of pages",
            _said(asyncio.run(_visit(port, [(page, "") for page in ("", *PAGES, *HIDDEN) if page != "home"] * 3))),
        )
        yield (
            "reruns of the search",
            _said(asyncio.run(_visit(port, [("", f"q={urllib.parse.quote(word)}") for word in WORDS]))),
        )
        times = asyncio.run(_visit(port, [("department", f"d={document}") for document in walked[:walk]]))
        yield f"reruns over {len(times)} departments", _said(times)
        yield "memory after the walk", memory(process)


def _html(address: str) -> Iterator[tuple[str, str]]:
    for name in (*PAGES, *HIDDEN):
        times = [_get(f"{address}/{'' if name == 'home' else name}?n={number}") for number in range(5)]
        yield f"first HTML of {name}", _said(times)


def _data(address: str, chosen: list[Example]) -> Iterator[tuple[str, str]]:
    for table in public_tables():
        asks = [f"limit=100&document_id={one.id}" for one in chosen] + ["limit=100"]
        yield f"/data/{table.name}.json", _said([_get(f"{address}/data/{table.name}.json?{ask}") for ask in asks])


def _get(url: str) -> float:
    """Seconds until an answer is there: one that is turned away, for the server has too much to do, asks again."""
    began = time.perf_counter()
    while True:
        try:
            with urllib.request.urlopen(url, timeout=120) as answer:
                answer.read()
            return time.perf_counter() - began
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.perf_counter() - began > START:
                raise
        time.sleep(1)


async def _visit(port: int, pages: list[tuple[str, str]]) -> list[float]:
    """One visitor who opens pages one after the other; seconds of each."""
    async with connect(
        f"ws://{serving.HOST}:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None
    ) as socket:  # type: ignore[list-item]
        return [await rerun(socket, page, query) for page, query in pages]


def _said(times: list[float]) -> str:
    middle, late, slowest = statistics.median(times), percentile(times, 0.95), max(times)
    return f"median {1e3 * middle:.0f} ms, p95 {1e3 * late:.0f} ms, slowest {1e3 * slowest:.0f} ms"
