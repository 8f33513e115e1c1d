"""Walk every page of the app, and every chart as an embed, over a database, and print what fails at a width or in a scheme.

    BUDGETDATA_DB=many.db python scripts/walk.py [--pictures DIR] [--english] [--quick] [PLACE…]

Each place is opened at a desk (1280 and 768 pixels) and on a phone (390 and 320), light and dark: how tall it is (6,000 pixels at
1280 and 9,000 at 390 at most), whether it scrolls sideways, words cut, over others or left in the other language, controls of
more than 50 entries, things to touch of less than 44 pixels, axe-core with contrast, on paper too, and the letters in pictures.
--english: the English pages instead. --quick: without axe. Exit 1 where anything fails. axe-core is what the browser tests have
fetched.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts import clicks, seen  # noqa: E402
from scripts.serving import served  # noqa: E402

TALLEST = {1280: 6_000, 768: 9_000, 390: 9_000, 320: 11_000}
"""Pixels that a page is high at most, by its width."""
MOST_ENTRIES = 50
SCHEMES = ("light", "dark")
EMBED_WIDTH = 560
_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_WORDS = re.compile(r"[\u4e00-\u9fff]{4,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a walk is asked to do: the app's address, axe-core's script ('' leaves it out), language, folder for pictures."""

    base: str
    axe: str
    lang: str
    pictures: Path | None


def places() -> list[str]:
    """The addresses that are walked: every page as it opens, and what its first choices lead to."""
    from budgetdata.markup.pages import HIDDEN, PAGES
    from budgetdata.queries.base import open_database
    from budgetdata.queries.choosing import newest
    from budgetdata.queries.population import regions, year_of

    db = open_database()
    document = newest(db)[0]["document_id"]
    region = quote(next(row["region"] for row in regions(db, year_of(db, "")) if row["region"]))
    sheet = db.value("SELECT sheet_id FROM sheet LIMIT 1") or ""
    return [
        *("" if name == "home" else name for name in (*PAGES, *HIDDEN)),
        f"department?d={document}", f"checks?d={document}", f"checks?r={region}", f"disclosure?r={region}",
        f"disclosure?d={document}", f"region?r={region}", "subject?code=205", "three_public?m=share",
        "questions?q=class-spenders", "questions?q=which-checks", "embeds?chart=three-public", f"?q={quote('教育')}",
        f"passport?f={document}.t01.r001.total", f"performance?s={sheet}",
    ]  # fmt: skip


def embeds() -> Iterator[str]:
    """The embeds that are walked: every chart, of the newest document or two, in both schemes and as the device is."""
    from budgetdata.charts.registered.registry import all_charts
    from budgetdata.queries.base import open_database
    from budgetdata.queries.choosing import newest

    documents = [row["document_id"] for row in newest(open_database())]
    for chart in all_charts().values():
        asked = {"department": f"d={documents[0]}", "comparison": f"d={','.join(documents[:2])}"}.get(chart.group, "")
        for scheme in (*SCHEMES, "auto"):
            yield f"embed/{chart.id}?{asked}&theme={scheme}"


@cache
def ours() -> set[str]:
    """The Chinese phrases of our own words, of four characters and more, that no document need print."""
    from budgetdata.words.catalogue import catalogue

    said = {phrase for forms in catalogue("zh").values() for form in forms for phrase in _WORDS.findall(str(form))}
    return said - {
        phrase for forms in catalogue("en").values() for form in forms for phrase in _WORDS.findall(str(form))
    }


def entries(page: Page) -> int:
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


def failing(page: Page, width: int) -> Iterator[str]:
    """What fails of a page's form at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(_FRAMES)
    tall = int(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight"))
    if tall > TALLEST[width]:
        yield f"{tall:,} px tall"
    if (wide := seen.sideways(page)) > 0:
        yield f"{wide} px too wide"
    yield from (f"cut: {words!r}" for words in seen.cut(page))
    yield from (f"over: {words}" for words in seen.overlapping(page))


def left_over(page: Page, lang: str) -> set[str]:
    """The words of the other language on a page."""
    return seen.chinese(page, ours()) if lang == "en" else seen.english(page)


def schemes(page: Page, asked: Asked, name: str) -> Iterator[str]:
    """What axe finds in each scheme; each is kept as a picture where that is asked."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(_FRAMES)
        if asked.pictures:
            tall = int(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight"))
            view = page.viewport_size or {"width": 1280, "height": 900}
            page.set_viewport_size({**view, "height": min(tall + 60, 9_000)})
            page.wait_for_timeout(700)
            page.screenshot(path=asked.pictures / f"{name}-{view['width']}-{scheme}.png")
            page.set_viewport_size(view)
        if asked.axe:
            yield from (f"{scheme}: axe {found}" for found in seen.violations(page, asked.axe))


def visit(browser: Browser, asked: Asked, place: str, widths: tuple[int, int]) -> list[str]:
    """One visit of a place at two widths, the wider a desk's or a phone's; gives what fails."""
    phone = widths[0] < clicks.PHONE
    context = browser.new_context(
        viewport={"width": widths[0], "height": 900}, has_touch=phone, locale="zh-CN", device_scale_factor=1
    )
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(f"script: {error}"))
    begun = time.monotonic()
    try:
        page.goto(f"{asked.base}/{place}" + ("&" if "?" in place else "?") + f"lang={asked.lang}", wait_until="commit")
        clicks.ready(page)
        took = time.monotonic() - begun
        wrong = [f"left over: {word}" for word in sorted(left_over(page, asked.lang))]
        name = re.sub(r"[^\w-]+", "_", place or "home")
        wrong += schemes(page, asked, name)
        if phone:
            wrong += (f"small: {found}" for found in seen.small(page))
        else:
            most = entries(page)
            wrong += [f"{most} entries"] if most > MOST_ENTRIES else []
        for width in widths:
            wrong += (f"at {width}: {what}" for what in failing(page, width))
        wrong += seen.on_paper(page, asked.axe) if asked.axe and not phone else []
        wrong = [f"{place or 'home'} at {widths[0]}: {what}" for what in [*wrong, *errors]]
        print("\n  ".join([f"{place or 'home'} at {widths}: {took:.1f} s", *wrong]), flush=True)
        return wrong
    finally:
        context.close()


def embed(browser: Browser, asked: Asked, place: str) -> list[str]:
    """One embed: axe, its width, and the letters of its drawings."""
    page = browser.new_page(viewport={"width": EMBED_WIDTH, "height": 900})
    try:
        page.goto(f"{asked.base}/{place}&lang={asked.lang}")
        wrong = [f"{wide} px too wide"] if (wide := seen.sideways(page)) > 0 else []
        wrong += (f"faint: {words}" for words in seen.faint(page))
        wrong += [*seen.violations(page, asked.axe), *seen.on_paper(page, asked.axe)] if asked.axe else []
        wrong = [f"{place}: {what}" for what in wrong]
        print("\n  ".join([place, *wrong]), flush=True)
        return wrong
    finally:
        page.close()


def walk(asked: Asked, named: list[str]) -> list[str]:
    """Every place named, or all there are; gives what fails."""
    found = subprocess.run(["sh", "scripts/find_chromium.sh"], cwd=ROOT, capture_output=True, text=True, check=True)
    wrong = list[str]()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found.stdout.strip(), args=["--no-sandbox"])
        for place in named or [*places(), *embeds()]:
            if place.startswith("embed/"):
                wrong += embed(browser, asked, place)
                continue
            for widths in ((1280, 768), (390, 320)):
                try:
                    wrong += visit(browser, asked, place, widths)
                except PlaywrightError as error:
                    wrong.append(f"{place or 'home'} at {widths[0]}: {error.message.splitlines()[0]}")
                    print(wrong[-1], flush=True)
        browser.close()
    return wrong


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    axes = [] if given.quick else sorted((ROOT / "data" / "build" / "axe").glob("*.js"))
    if not axes and not given.quick:
        parser.error("no axe-core under data/build/axe: the browser tests fetch it (or --quick)")
    axe = axes[-1].read_text("utf-8") if axes else ""
    with served() as base:
        wrong = walk(Asked(base, axe, "en" if given.english else "zh", given.pictures), given.places)
    print(f"{len(wrong)} fail")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
