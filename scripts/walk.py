"""Walk every page of the app over a database of many budgets and measure it: how tall, how wide, how many entries a control has.

    BUDGETDATA_DB=many.db python scripts/walk.py [--port 8990] [--pictures DIR] [PAGE…]

Starts the app on that database, opens each page at 1280 and 390 pixels, prints a line for each, and says at the end which are
taller than 6,000 or 9,000 pixels, scroll sideways, or hold a control of more than 50 entries. Exit 1 where any does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
TALLEST = {1280: 6_000, 390: 9_000}
MOST_ENTRIES = 50
PATIENCE = 120_000
"""Milliseconds that a page may take on a machine that has other work too."""


def places() -> list[str]:
    """The addresses that are walked: every page as it opens, and what its first choices lead to."""
    from budgetdata.markup.pages import HIDDEN, PAGES
    from budgetdata.queries.base import open_database
    from budgetdata.queries.choosing import newest
    from budgetdata.queries.population import regions, year_of

    db = open_database()
    document = newest(db)[0]["document_id"]
    region = next(row["region"] for row in regions(db, year_of(db, "")) if row["region"])
    return [
        *("" if name == "home" else name for name in (*PAGES, *HIDDEN)),
        f"department?d={document}", f"checks?d={document}", f"checks?r={region}", f"disclosure?r={region}",
        f"disclosure?d={document}", f"region?r={region}", "subject?code=205", "three_public?m=share",
        "questions?q=class-spenders", "questions?q=which-checks", "embeds?chart=three-public", "?q=教育",
    ]  # fmt: skip


def _entries(page: Page) -> int:
    """How many entries the fullest control of a page has: of every list, opened in turn, and every row of buttons."""
    most = 0
    for control in page.locator("[data-testid=stSelectbox] input, [data-testid=stMultiSelect] input").all():
        if not control.is_visible():
            continue
        control.click()
        page.wait_for_timeout(250)
        size = page.locator("[role=option]").evaluate_all(
            "all => Math.max(all.length, ...all.map(one => +(one.getAttribute('aria-setsize') || 0)))"
        )
        most = max(most, int(size))
        page.keyboard.press("Escape")
    groups = page.locator("[data-testid=stButtonGroup]").evaluate_all(
        "all => Math.max(0, ...all.map(one => one.querySelectorAll('button').length))"
    )
    return max(most, int(groups))


def measure(browser: Browser, url: str, width: int, picture: Path | None) -> tuple[int, int, int, float]:
    """A page at a width: its height, by how much it is too wide, its fullest control, seconds until it stood."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    try:
        begun = time.monotonic()
        page.goto(url, wait_until="commit")
        page.wait_for_selector("footer.page", timeout=PATIENCE)
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE)
        took = time.monotonic() - begun
        tall, wide = page.evaluate(
            """() => { const main = document.querySelector('[data-testid=stMain]');
            return [main.scrollHeight, main.scrollWidth - main.clientWidth] }"""
        )
        if picture is not None:
            page.set_viewport_size({"width": width, "height": min(tall + 60, 9_000)})
            page.wait_for_timeout(1_000)
            page.screenshot(path=picture)
        return tall, wide, _entries(page) if width == max(TALLEST) else 0, took
    finally:
        page.close()


def walk(base: str, asked: list[str], pictures: Path | None) -> list[str]:
    """Every place at every width; gives what is too tall, too wide or too full."""
    wrong = []
    with sync_playwright() as play:
        found = subprocess.run(["sh", "scripts/find_chromium.sh"], cwd=ROOT, capture_output=True, text=True, check=True)
        browser = play.chromium.launch(executable_path=found.stdout.strip(), args=["--no-sandbox"])
        for place in asked:
            for width, tallest in TALLEST.items():
                name = (place or "home").translate(str.maketrans("?&=", "___"))
                picture = pictures / f"{name}-{width}.png" if pictures else None
                tall, wide, entries, took = measure(browser, f"{base}/{place}", width, picture)
                print(f"{place or 'home'} at {width}: {tall:,} px, {entries} entries, {took:.1f} s", flush=True)
                if tall > tallest or wide > 0 or entries > MOST_ENTRIES:
                    wrong.append(
                        f"{place or 'home'} at {width}: {tall:,} px tall, {wide} px too wide, {entries} entries"
                    )
        browser.close()
    return wrong


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*")
    parser.add_argument("--port", type=int, default=8990)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(given.port),
        "--server.headless=true",
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{given.port}"
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=5).read()
                break
            except OSError:
                time.sleep(0.5)
        wrong = walk(base, given.places or places(), given.pictures)
    finally:
        server.terminate()
        server.wait(20)
    print(f"{len(wrong)} too tall, too wide or too full" + "".join(f"\n  {each}" for each in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
