"""Reruns and first pictures beside a stock Streamlit page with one chart, in the same run: `python benchmarks/rerun.py`.

Prints the median and 95th percentile of a rerun of each page (Streamlit's own test runner, one user) and of a stock page,
and with --browser the time from an empty browser profile to the first drawn chart of the home page and of the stock page,
in turns, on loopback and on an emulated slow line. --count 0 leaves the first table out.
--sessions N has N live sessions come within a second and act once in five seconds, at the app and at the stock page.
Ratios against the stock page are what to quote; milliseconds depend on the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.sessions import memory, readers  # noqa: E402 - needs the line above
from scripts import serving  # noqa: E402
from scripts.serving import served  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOW_CPU = 4
IMAGE_DRAWN = "() => [...document.querySelectorAll('picture img')].some(i => i.complete && i.naturalWidth > 0)"
CANVAS_DRAWN = """() => { const c = document.querySelector('[data-testid=stVegaLiteChart] canvas');
if (!c || !c.width) return !!document.querySelector('[data-testid=stVegaLiteChart] svg path');
return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v) }"""

STOCK = """
import altair as alt, pandas as pd, streamlit as st
choice = st.selectbox("choice", ["a", "b"])
frame = pd.DataFrame({"x": list("abcdefgh"), "y": range(8)})
st.altair_chart(alt.Chart(frame).mark_bar().encode(x="y", y="x"))
st.dataframe(frame)
"""


def percentiles(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile of some times, in milliseconds."""
    ordered = sorted(times)
    return 1000 * statistics.median(ordered), 1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def reruns(test: object, count: int) -> list[float]:
    """Seconds of each of `count` reruns after the first two."""
    for _ in range(2):
        test.run(timeout=60)  # type: ignore[attr-defined]
    times = []
    for _ in range(count):
        start = time.perf_counter()
        test.run(timeout=60)  # type: ignore[attr-defined]
        times.append(time.perf_counter() - start)
    return times


def rerun_table(count: int) -> None:
    """Print a line for every page and the stock page, with the ratio of medians."""
    from streamlit.testing.v1 import AppTest

    from budgetdata.build.current import ensure_database

    ensure_database()
    os.chdir(ROOT)
    stock = percentiles(reruns(AppTest.from_string(STOCK), count))
    print(f"{'stock page with one chart':28} median {stock[0]:7.1f} ms   p95 {stock[1]:7.1f} ms   1.00")
    for page in sorted(ROOT.glob("pages/*.py")):
        test = AppTest.from_file(str(ROOT / "app.py"))
        test.run(timeout=60)
        test.switch_page(f"pages/{page.name}")
        median, late = percentiles(reruns(test, count))
        print(f"{page.stem:28} median {median:7.1f} ms   p95 {late:7.1f} ms   {median / stock[0]:.2f}")


def drawn(browser: Browser, address: str, condition: str, slow: bool) -> float:
    """Seconds from an empty profile to the first picture of an address that is really drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        if slow:
            link = context.new_cdp_session(page)
            link.send("Network.enable")
            link.send("Network.emulateNetworkConditions", SLOW_LINE)
            link.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
        start = time.perf_counter()
        page.goto(address, wait_until="commit", timeout=120_000)
        page.wait_for_function(condition, timeout=120_000)
        return time.perf_counter() - start
    finally:
        context.close()


def first_pictures(rounds: int, slow_rounds: int, chromium: str) -> None:
    """Print the medians and ratio of both pages, round about: stock, own, stock, own …, both servers up all the time."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        script = Path(folder) / "stock.py"
        script.write_text(STOCK, encoding="utf-8")
        pages = {
            "stock": (running.enter_context(served(script, "/_stcore/health")), CANVAS_DRAWN),
            "home page": (running.enter_context(served()), IMAGE_DRAWN),
        }
        play = running.enter_context(sync_playwright())
        for slow, count in ((False, rounds), (True, slow_rounds)):
            times: dict[str, list[float]] = {name: [] for name in pages}
            for number in range(count + 1):
                for name, (address, condition) in pages.items():
                    browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                    took = drawn(browser, f"{address}/", condition, slow)
                    browser.close()
                    if number:
                        times[name].append(took)
            medians = {name: statistics.median(found) for name, found in times.items()}
            said = ", ".join(f"{name} {median:.2f} s" for name, median in medians.items())
            line = "1.6 Mbps, 150 ms, CPU 4x slower" if slow else "loopback"
            ratio = medians["home page"] / medians["stock"]
            spread = " ".join(
                f"{own / stock:.2f}" for stock, own in zip(times["stock"], times["home page"], strict=True)
            )
            print(f"empty browser to first picture, {line}: {said}, ratio {ratio:.2f}  (round by round: {spread})")


def live_sessions(count: int, seconds: float, rest: float) -> None:
    """Print first pages, reruns and memory of `count` live sessions at the stock page and at the app, one after the other."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        (Path(folder) / "stock.py").write_text(STOCK, encoding="utf-8")
        servers = {}
        for name, script, cwd, health, pages in (
            ("stock page", "stock.py", Path(folder), "/_stcore/health", [("", "")]),
            (
                "app",
                "app.py",
                ROOT,
                "/healthz",
                [(page, "") for page in ("", "department", "three_public", "checks", "compare")],
            ),
        ):
            port = serving.free_port()
            process = serving.running(serving.streamlit(script, port), cwd, f"http://{serving.HOST}:{port}{health}")
            servers[name] = (port, running.enter_context(process), pages)
        time.sleep(rest)
        for name, (port, process, pages) in servers.items():
            readers(port, pages, len(pages), 3)
            found = readers(port, pages, count, seconds, think=5)
            print(f"{count} live sessions, {name}: {found.said()}; memory {memory(process)}")


def main() -> None:
    """Read the options and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=30, help="reruns of each page")
    parser.add_argument("--browser", action="store_true", help="time the first chart in Chromium too")
    parser.add_argument("--rounds", type=int, default=9, help="timed rounds of each page on loopback")
    parser.add_argument("--slow-rounds", type=int, default=3, help="timed rounds of each page on the slow line")
    parser.add_argument("--sessions", type=int, default=0, help="live sessions at once; 0: none")
    parser.add_argument("--seconds", type=float, default=30, help="how long the sessions act")
    parser.add_argument("--rest", type=float, default=20, help="seconds for the warm-up before the sessions come")
    options = parser.parse_args()
    if options.count:
        rerun_table(options.count)
    if options.sessions:
        live_sessions(options.sessions, options.seconds, options.rest)
    if options.browser:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
        first_pictures(options.rounds, options.slow_rounds, chromium)


if __name__ == "__main__":
    main()
