"""How soon a reader sees a picture: the first HTML as a server sends it, and what a browser paints by its own clock."""

from __future__ import annotations

import contextlib
import http.server
import os
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
SLOW_CPU = 4
FLOOR = "one word"

PAINTED = """() => new Promise(done => { const look = () => {
 const found = performance.getEntriesByName("first-contentful-paint")[0];
 found ? done(found.startTime) : setTimeout(look, 4) }; look() })"""
"""Milliseconds from the start of the navigation to the first paint, for pages whose first paint shows what they are for."""

CHART_DRAWN = """() => new Promise(done => { const look = () => {
 const box = document.querySelector("[data-testid=stVegaLiteChart]"), canvas = box && box.querySelector("canvas");
 const drawn = box && (box.querySelector("svg path") || (canvas && canvas.width &&
 canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(v => v)));
 drawn ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 4) }; look() })"""
"""The same for a page whose script draws its chart later."""

Seen = dict[str, list[tuple[float, int, int]]]


def print_first_html(pages: dict[str, tuple[int, str]], get: Callable[..., tuple[int, dict[str, str], bytes]]) -> None:
    """Print how long the first HTML of each (port, path) takes to be here whole, asked turn by turn, and the ratio."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    holds: dict[str, bool] = {}
    for _ in range(30):
        for name, (port, path) in pages.items():
            start = time.perf_counter()
            body = get(port, f"/{path}", **{"Accept-Encoding": "identity"})[2]
            times[name].append(time.perf_counter() - start)
            holds[name] = b"<svg" in body or b"rows-and-columns" in body
    own = statistics.median(times["embed"])
    for name, found in times.items():
        what = "with what it shows in it" if holds[name] else "nothing to see in it"
        middle = statistics.median(found)
        print(
            f"server: {name}: whole first HTML after {1e3 * middle:.1f} ms ({what}); {middle / own:.1f} × the embed's time"
        )


def print_pictures(pages: dict[str, tuple[str, str]], runs: int) -> None:
    """Print, for each page (address, script that says when it is seen), the browser's own time to the picture, and ratios.

    Every visit is a new browser context with an empty cache; pages take turns. `one word` is a page of one word from
    a server that does nothing: what Chromium itself takes, so no page can be quicker; `at best` is the ratio that it would have.
    """
    with _word() as floor:
        pages = {**pages, FLOOR: (floor, PAINTED)}
        _print(_visits(pages, runs, slow=False), "loopback")
        _print(_visits(pages, max(runs // 3, 1), slow=True), "1.6 Mbps, 150 ms, CPU ÷ 4")


def print_in_a_crowd(
    pages: dict[str, tuple[str, str]],
    runs: int,
    others: int,
    crowd: Callable[[str], contextlib.AbstractContextManager[object]],
) -> None:
    """The same on loopback while others ask for the same page without pause: `crowd(address)` is that, until its block ends."""
    seen: Seen = {}
    for name, page in pages.items():
        with crowd(page[0]):
            seen |= _visits({name: page}, runs, slow=False)
    middles = {name: statistics.median(taken[0] for taken in visits) for name, visits in seen.items()}
    for name, middle in middles.items():
        print(
            f"browser, loopback, while {others} others ask for the same page: {name}: seen after {middle:,.0f} ms; "
            f"{middle / middles['embed']:.1f} × the embed's time"
        )


def _print(found: Seen, where: str) -> None:
    middles = {name: statistics.median(taken[0] for taken in visits) for name, visits in found.items()}
    own, floor = middles["embed"], middles[FLOOR]
    for name, visits in found.items():
        above, soonest = middles[name] - floor, min(taken[0] for taken in visits)
        more = "" if name == FLOOR else f"; {above:,.0f} ms above {FLOOR}"
        if name not in (FLOOR, "embed"):
            more += f" ({above / (own - floor):.1f} × the embed's)" if own - floor >= 1 else " (the embed: none)"
            more += f"; {middles[name] / own:.1f} × the embed's time, at best {middles[name] / floor:.1f}"
        print(
            f"browser, {where}: {name}: seen after {middles[name]:,.0f} ms (soonest {soonest:,.0f}), "
            f"{visits[-1][1]} requests, {visits[-1][2]:,} bytes{more}"
        )


def _visits(pages: dict[str, tuple[str, str]], runs: int, slow: bool) -> Seen:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    seen: Seen = {name: [] for name in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for turn in range(runs + 1):
            for name, (address, script) in pages.items():
                visit = _visit(browser, address, script, slow)
                if turn:
                    seen[name].append(visit)
        browser.close()
    return seen


def _visit(browser: Browser, address: str, script: str, slow: bool) -> tuple[float, int, int]:
    """Milliseconds until a page's picture is seen, requests and bytes, in a new context."""
    context = browser.new_context()
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        if slow:
            session.send("Network.emulateNetworkConditions", SLOW_LINE)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
        counted = [0, 0]
        session.on("Network.requestWillBeSent", lambda _: counted.__setitem__(0, counted[0] + 1))
        session.on(
            "Network.loadingFinished",
            lambda said: counted.__setitem__(1, counted[1] + int(said["encodedDataLength"])),
        )
        page.set_default_timeout(120_000)
        page.goto(address, wait_until="commit", timeout=120_000)
        took = float(page.evaluate(script))
        if not slow:
            page.wait_for_timeout(300)
        return took, counted[0], counted[1]
    finally:
        context.close()


class _OneWord(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>x</title><p>word'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _word() -> Iterator[str]:
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _OneWord)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{served.server_address[1]}/"
    finally:
        served.shutdown()
        served.server_close()
