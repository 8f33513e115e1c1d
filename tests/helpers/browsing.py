"""Steps that every browser test of the app takes: open a page, wait until it stands, press with the mouse, ask axe, look."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from budgetdata.build.current import ensure_database
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database
from scripts.clicks import PATIENCE, ready
from scripts.seen import cut, english, overlapping, sideways, violations

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "screenshots"
WIDTHS = (1280, 390)
HEIGHT = 900
DATABASE = open_database(ensure_database())
DOCUMENTS = [row["document_id"] for row in held.documents(DATABASE)]
_OPEN_FOLDS = """() => { document.querySelectorAll('.mz details:not(.fig)').forEach(fold => fold.open = true);
const figure = [...document.querySelectorAll('.mz details.fig')].find(f => f.offsetParent); if (figure) figure.open = true }"""
_OPEN_SECTIONS = """() => document.querySelectorAll('[data-testid=stExpander] > details:not([open]) > summary')
.forEach(summary => summary.click())"""
_SECTIONS_STAND = """() => [...document.querySelectorAll('[data-testid=stExpander] > details')]
.every(section => section.open && [...section.querySelectorAll('.mz')].every(part => part.offsetParent))"""
_PICTURES = "() => [...document.querySelectorAll('.mz img')].every(i => i.complete && i.naturalWidth > 1)"
_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


IN_DARK = ("home", "compare", "three_public", "checks", "questions", "embeds", "passport")
"""Places that axe sees in dark too: between them all that pages are made of."""


_FREE: WeakKeyDictionary[BrowserContext, list[Page]] = WeakKeyDictionary()
"""Tabs that no test is in: a tab that is new starts processes, and parses all of Streamlit again, half of what a visit costs."""


@contextmanager
def tab(context: BrowserContext) -> Iterator[Page]:
    """A tab of a visitor, new or left behind by another visit as a new one is; closed where what is done in it fails."""
    free = _FREE.setdefault(context, [])
    page = free.pop() if free else context.new_page()
    try:
        yield page
        page.mouse.move(0, 0)
        page.emulate_media(media="null", color_scheme="null")
        page.goto(urljoin(page.url, "/healthz"))  # its session of the app ends here; what stands there is three words
        page.evaluate("sessionStorage.clear()")
    except BaseException:
        page.close()
        raise
    free.append(page)


@contextmanager
def _listening(page: Page, to: dict[Any, Callable[[Any], None]]) -> Iterator[None]:
    for event, heard in to.items():
        page.on(event, heard)
    yield
    for event, heard in to.items():
        page.remove_listener(event, heard)


@contextmanager
def watched(page: Page) -> Iterator[list[str]]:
    """What a page's console and answers complain of meanwhile (Streamlit's own probing for its base path is not ours)."""
    errors: list[str] = []

    def answered(got: Response) -> None:
        if got.status >= 400 and "/_stcore/" not in got.url:
            errors.append(f"{got.status} {got.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    with _listening(
        page, {"pageerror": lambda error: errors.append(str(error)), "response": answered, "console": said}
    ):
        yield errors


def overheard(page: Page) -> tuple[list[str], list[str]]:
    """What the console of a page says of errors and warnings from now on, and every address it asks for."""
    said, asked = list[str](), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked


@contextmanager
def open_page(context: BrowserContext, width: int, url: str) -> Iterator[tuple[Page, list[str]]]:
    """A page in a fresh session of the app, and what its console complains of; of others it shares what the browser keeps."""
    with tab(context) as page, watched(page) as errors:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(url, wait_until="commit")
        ready(page)
        yield page, errors


def press(page: Page, what: Locator, across: float = 0.5) -> None:
    """Press the mouse on something, so far across it, as a person does: scrolled to, standing still, and in sight.

    A list of Streamlit's closes at any scrolling, also at that which brought it into view: hence the two frames between.
    """
    what.scroll_into_view_if_needed()
    page.evaluate(_FRAMES)
    box = what.bounding_box()
    assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= page.evaluate("innerHeight"), box
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] / 2)


def _settled(page: Page, measure: Callable[[Page], list[str]]) -> list[str]:
    """What is found once parts that were moving stand: measured again for two seconds at most."""
    found = measure(page)
    for _ in range(10):
        if not found:
            break
        page.wait_for_timeout(200)
        found = measure(page)
    return found


def look(page: Page, width: int, picture: str = "") -> None:
    """The page at a width: fits, nothing cut, one title, every picture drawn and named; SCREENSHOTS=1 keeps it as a picture."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    assert page.locator("h1").count() == 1
    tall = int(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight"))
    assert sideways(page) <= 0, f"at {width} px it scrolls sideways by {sideways(page)} px"
    ended = cut(page)
    assert not ended, (width, ended)
    over = _settled(page, overlapping)
    assert not over, (width, over)
    page.set_viewport_size({"width": width, "height": min(tall + 100, 14_000)})
    page.wait_for_function(_PICTURES, timeout=PATIENCE)
    assert all(page.locator(".mz img").evaluate_all("all => all.map(one => one.alt)"))
    if picture and os.environ.get("SCREENSHOTS") == "1":
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{picture}-{width}.png")


def visit(
    context: BrowserContext,
    url: str,
    key_text: str,
    axe: str,
    *,
    first: int,
    picture: str = "",
    axe_at_both: bool = True,
) -> None:
    """One visit of a place: its words stand there, no English is left, it is whole at both widths, axe finds nothing.

    first: the width at which it is opened; then it is made as wide as the other. axe sees it with folds and a passport open,
    at the first width alone where the other is another visit's of such a place.
    """
    with open_page(context, first, url) as (page, errors):
        expect(page.locator("body")).to_contain_text(key_text)
        page.evaluate(_OPEN_SECTIONS)
        page.wait_for_function(_SECTIONS_STAND, timeout=PATIENCE)
        left = set() if "lang=en" in url else english(page)
        assert not left, left
        widths = sorted(WIDTHS, key=lambda width: width != first)
        for width in widths:
            look(page, width, picture)
        page.evaluate(_OPEN_FOLDS)
        for width in reversed(widths if axe_at_both else widths[:1]):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found = violations(page, axe, colours=width == first)
            assert found == [], (width, found)
        if picture in IN_DARK:
            page.emulate_media(color_scheme="dark")
            page.evaluate(_FRAMES)
            found = violations(page, axe)
            assert found == [], ("dark", found)
        assert not errors, errors
