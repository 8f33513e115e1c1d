"""What an embed costs and how quickly data answers, against a stock Streamlit page and Datasette: one run, loopback only.

    python benchmarks/serve.py [--seconds 3] [--load 5000] [--runs 5] [--sessions 20] [--rest 60]

Prints sizes, requests, times and ratios, each against a peer in the same run: the time until the whole first HTML is here
(server), and until the browser has painted the picture (its own clock, from the start of the navigation), beside what it
takes to paint one word from a server that does nothing; the same while others ask for the page without pause, as readers of
one article do. Then embeds at 64 connections, alone and while sessions are live.
Datasette is measured where DATASETTE names it or PATH has it; a Chromium where
CHROMIUM names it or one is found. Nothing but 127.0.0.1 is ever asked.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.pictures import CHART_DRAWN, PAINTED, print_first_html, print_in_a_crowd, print_pictures  # noqa: E402 - needs the line above
from benchmarks.sessions import memory, readers  # noqa: E402
from scripts import serving  # noqa: E402

HOST = serving.HOST
OTHERS = 16
"""Connections of those who read the same article."""
STOCK = """import altair as alt, pandas as pd, streamlit as st
st.title("Spending by function")
frame = pd.DataFrame({"name": [f"item {n}" for n in range(9)], "amount": [2 ** n for n in range(9)]})
st.altair_chart(alt.Chart(frame).mark_bar().encode(x="amount", y="name"))
"""


def address(port: int) -> str:
    """Where a port answers."""
    return f"http://{HOST}:{port}"


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as sent, packed or not."""
    request = urllib.request.Request(f"{address(port)}{path}", headers={"Accept-Encoding": "gzip", **headers})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


async def _ask(
    port: int, paths: list[str], until: float, most: int, found: tuple[list[float], list[str]], counter: list[int]
) -> None:
    times, errors = found
    reader, writer = await asyncio.open_connection(HOST, port)
    while time.perf_counter() < until and counter[0] < most:
        path = paths[counter[0] % len(paths)]
        counter[0] += 1
        start = time.perf_counter()
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head.split(b" ", 2)[1])
            length = next(
                (
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                ),
                None,
            )
            if length is not None:
                await reader.readexactly(length)
            else:
                while size := int(await reader.readline(), 16):
                    await reader.readexactly(size + 2)
                await reader.readline()
            if status != 200:
                errors.append(f"{status} {path}")
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            errors.append(f"{type(error).__name__} {path}")
            reader, writer = await asyncio.open_connection(HOST, port)
        times.append(time.perf_counter() - start)
    writer.close()


def load(
    port: int, paths: list[str], connections: int, seconds: float, most: int = 10**9
) -> tuple[float, list[float], list[str]]:
    """Requests a second, every time and every error, over kept connections."""
    times: list[float] = []
    errors: list[str] = []

    async def all_of() -> None:
        until, counter = time.perf_counter() + seconds, [0]
        await asyncio.gather(*(_ask(port, paths, until, most, (times, errors), counter) for _ in range(connections)))

    start = time.perf_counter()
    asyncio.run(all_of())
    return len(times) / (time.perf_counter() - start), sorted(times), errors


@contextlib.contextmanager
def asking(page: str) -> Iterator[None]:
    """A process of its own that asks for a page over OTHERS connections without pause until the block ends."""
    parts = urlsplit(page)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    crowd = multiprocessing.Process(target=load, args=(parts.port, [path], OTHERS, 3600.0), daemon=True)
    crowd.start()
    time.sleep(1)
    try:
        yield
    finally:
        crowd.terminate()
        crowd.join()
        time.sleep(1)


def main() -> int:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--load", type=int, default=5_000, help="embed requests at 64 connections")
    parser.add_argument("--runs", type=int, default=7, help="visits of each page")
    parser.add_argument("--sessions", type=int, default=20, help="live sessions beside the embeds")
    parser.add_argument("--rest", type=float, default=60, help="seconds for the warm-up before anything is measured")
    options = parser.parse_args()
    from budgetdata.build.current import ensure_database
    from budgetdata.queries import documents as held
    from budgetdata.queries.base import open_database

    db = open_database(ensure_database())
    documents = [row["document_id"] for row in held.documents(db)]
    datasette = os.environ.get("DATASETTE") or shutil.which("datasette")
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        process, ports = _started(Path(folder), db.path, datasette, running)
        time.sleep(options.rest)
        _measured(ports, documents, process, options)
    return 0


def _started(
    folder: Path, database: Path, datasette: str | None, running: contextlib.ExitStack
) -> tuple[subprocess.Popen[bytes], tuple[int, int, int]]:
    """The app, a plain Streamlit chart and Datasette where it is installed, each on a port of its own (0: not there)."""
    (folder / "stock.py").write_text(STOCK, encoding="utf-8")
    shutil.copy(database, folder / "mingzhang.db")
    app, stock, other = (serving.free_port() for _ in range(3))
    process = running.enter_context(serving.running(serving.streamlit("app.py", app), ROOT, f"{address(app)}/healthz"))
    running.enter_context(
        serving.running(serving.streamlit("stock.py", stock), folder, f"{address(stock)}/_stcore/health")
    )
    if datasette:
        command = [datasette, "serve", "mingzhang.db", "-h", HOST, "-p", str(other)]
        running.enter_context(serving.running(command, folder, f"{address(other)}/-/versions.json"))
    return process, (app, stock, other if datasette else 0)


def _measured(
    ports: tuple[int, int, int], documents: list[str], process: subprocess.Popen[bytes], options: argparse.Namespace
) -> None:
    """Print sizes, first answers, pictures, what a crowd waits for, requests a second, memory."""
    app, stock, other = ports
    embed = f"/embed/spending-by-function?d={documents[0]}"
    _sizes(app, embed, documents[0])
    pages = {
        "embed": (address(app) + embed, PAINTED),
        "stock Streamlit": (f"{address(stock)}/", CHART_DRAWN),
    }
    if other:
        pages["Datasette table"] = (f"{address(other)}/mingzhang/figures", PAINTED)
    print_first_html({name: (urlsplit(at).port or 0, at.split("/", 3)[3]) for name, (at, _) in pages.items()}, get)
    print_pictures(pages, options.runs)
    print_in_a_crowd(pages, max(options.runs // 2, 1), OTHERS, asking)
    _data(app, other, options.seconds)
    print(f"memory at rest: {memory(process)}")
    _crowd(app, embed, documents, process, options)


def _sizes(app: int, embed: str, document: str) -> None:
    status, headers, body = get(app, embed)
    plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    vega, spec = get(app, "/embed/vega.js")[2], get(app, f"/embed/spending-by-function.vega.json?d={document}&w=720")[2]
    print(
        f"embed: {status}, {len(body):,} bytes packed ({len(plain):,} plain), picture in the first response: {b'<svg' in plain}; "
        f"with Vega after a touch: 3 requests, {len(body) + len(vega) + len(spec):,} bytes"
    )
    for chart, query in (
        ("spending-by-function", f"?d={document}"),
        ("spending-icicle", f"?d={document}"),
        ("three-public", ""),
    ):
        svg = get(app, f"/chart/{chart}.svg{query}")
        again = get(app, f"/chart/{chart}.svg{query}", **{"If-None-Match": svg[1]["etag"]})
        print(f"/chart/{chart}.svg: {len(svg[2]):,} bytes packed; revalidated: {again[0]}, {len(again[2])} bytes")


def _data(app: int, other: int, seconds: float) -> None:
    kept, times, errors = load(app, ["/data/figures.json?limit=100"], 16, seconds)
    fresh, fresh_times, more = load(
        app,
        [f"/data/figures.json?limit=100&columns=figure_id,amount_wan&row_no={n}&level={n % 4}" for n in range(20_000)],
        16,
        seconds,
    )
    print(
        f"/data/figures.json, 100 rows, 16 connections: {kept:,.0f} req/s,"
        f" p50 {1e3 * times[len(times) // 2]:.2f} ms, {len(errors)} errors; "
        f"never asked before: {fresh:,.0f} req/s, p50 {1e3 * fresh_times[len(fresh_times) // 2]:.2f} ms, {len(more)} errors"
    )
    if not other:
        return
    for what in ("figures", "figure"):
        theirs, their_times, their_errors = load(other, [f"/mingzhang/{what}.json?_size=100"], 16, seconds)
        print(
            f"Datasette, 100 rows of {'the same view' if what == 'figures' else 'its plain table'}: {theirs:,.0f} req/s, "
            f"p50 {1e3 * their_times[len(their_times) // 2]:.2f} ms, {len(their_errors)} errors; "
            f"ours {kept / theirs:.1f} ×, never asked before {fresh / theirs:.1f} ×"
        )


def _crowd(
    app: int, embed: str, documents: list[str], process: subprocess.Popen[bytes], options: argparse.Namespace
) -> None:
    """Embeds at 64 connections alone, live sessions alone, then both at once; the load comes from a process of its own."""
    first, second = documents[0], documents[1 % len(documents)]
    pages = [
        ("", ""),
        ("department", f"d={first}"),
        ("department", f"d={second}"),
        ("three_public", ""),
        ("checks", f"d={first}"),
        ("compare", f"d={first},{second}"),
    ]
    count, seconds = options.sessions, max(10.0, 4 * options.seconds)
    with ProcessPoolExecutor(1) as pool:
        before = memory(process)
        _crowd_said(
            pool.submit(load, app, [embed], 64, 3600, options.load).result(), "", f"{before} → {memory(process)}"
        )
        if count:
            readers(app, pages, count, seconds)
            alone = readers(app, pages, count, seconds)
            print(f"{count} live sessions, no embeds asked: {alone.said()}; memory {memory(process)}")
            burden = pool.submit(load, app, [embed], 64, seconds + 2)
            beside = readers(app, pages, count, seconds)
            _crowd_said(burden.result(), f"beside {count} sessions: ", memory(process))
            both = bool(beside.times and alone.times)
            ratio = f"; p95 {beside.percentile(0.95) / alone.percentile(0.95):.1f} × alone" if both else ""
            print(f"{count} live sessions meanwhile: {beside.said()}{ratio}")


def _crowd_said(found: tuple[float, list[float], list[str]], where: str, held: str) -> None:
    rate, times, errors = found
    print(
        f"{where}{len(times):,} embeds at 64 connections: {rate:,.0f} req/s, p50 {1e3 * times[len(times) // 2]:.1f} ms, "
        f"p99 {1e3 * times[int(len(times) * 0.99)]:.1f} ms, {len(errors)} errors; memory {held}"
    )


if __name__ == "__main__":
    sys.exit(main())
