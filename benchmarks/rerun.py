"""Reruns and first pictures beside a stock Streamlit page with one chart, in the same run: `python benchmarks/rerun.py`.

Prints the median and 95th percentile of a rerun of each page (Streamlit's own test runner, one user) and of a stock page,
and with --browser the time from an empty browser profile to the first chart of the home page and of the stock page.
Ratios against the stock page are what to quote; milliseconds depend on the machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

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

    from budgetdata.build import ensure_database

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


def first_picture(script: Path, ready: str, chromium: str) -> float:
    """Seconds from an empty profile to the first element `ready` of a freshly served script."""
    from playwright.sync_api import sync_playwright

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        times = []
        with sync_playwright() as play:
            for _ in range(4):
                browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                start = time.perf_counter()
                page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
                page.wait_for_selector(ready, timeout=60_000)
                times.append(time.perf_counter() - start)
                browser.close()
        return statistics.median(times[1:])
    finally:
        server.terminate()
        server.wait(timeout=10)


def main() -> None:
    """Read the options and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=30, help="reruns of each page")
    parser.add_argument("--browser", action="store_true", help="time the first chart in Chromium too")
    options = parser.parse_args()
    rerun_table(options.count)
    if options.browser:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
        with tempfile.TemporaryDirectory() as folder:
            stock_file = Path(folder) / "stock.py"
            stock_file.write_text(STOCK, encoding="utf-8")
            stock = first_picture(
                stock_file, "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg", chromium
            )
        own = first_picture(ROOT / "app.py", "figure picture img, picture img", chromium)
        print(f"empty browser to first chart: stock {stock:.2f} s, home page {own:.2f} s, ratio {own / stock:.2f}")


if __name__ == "__main__":
    main()
