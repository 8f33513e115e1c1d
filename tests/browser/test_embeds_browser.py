"""Six charts, and figures, in a page of another origin, in a real Chromium: heights follow, nothing foreign, no script needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from browsing import DOCUMENTS, PATIENCE, overheard, violations
from playwright.sync_api import Browser, BrowserContext, Page

from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.heights import height_of
from budgetdata.queries.base import open_database

DOCUMENT = DOCUMENTS[0]
SIX = [
    f"spending-by-function?d={DOCUMENT}",
    f"spending-icicle?d={DOCUMENT}",
    f"projects-by-money?d={DOCUMENT}&theme=dark",
    "three-public?theme=auto",
    "departments-by-fund?v=abcd1234",
    f"targets-by-category?d={DOCUMENT}&lang=en",
]
CELL = f"figure?id={DOCUMENT}.t03.r001"
CHIPS = [f"{CELL}.total", f"{CELL}.total&theme=dark", f"{CELL}.total&lang=en", f"{CELL}.project&theme=auto&v=abcd1234"]
WIDTHS = [280, 390, 1280]
pytestmark = pytest.mark.browser


@pytest.fixture
def app(address: str) -> str:
    """The app's address."""
    return address


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Who reads pages of others that embed: a visitor whose browser keeps what it fetched, and no cookie."""
    visitor = browser.new_context()
    yield visitor
    assert visitor.cookies() == []
    visitor.close()


def sized(page: Page, width: int) -> None:
    """Make the window so wide."""
    page.set_viewport_size({"width": width, "height": 900})


def article(
    reader: BrowserContext, app: str, host: tuple[str, Path], places: list[str], width: int
) -> tuple[Page, list[str], list[str]]:
    """A page of another origin that embeds some places, once every frame is as tall as what it holds and nothing wider.

    With it, what its console says (and any websocket), and every address it asks for.
    """
    origin, folder = host
    frames = "".join(
        f'<iframe src="{app}/embed/{place.replace("&", "&amp;")}"'
        f' width="100%" height="150" style="border:0" title="{n}"></iframe>'
        for n, place in enumerate(places)
    )
    body = (
        '<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><link rel="icon"'
        f' href="data:,"><title>host</title><body style="margin:0"><h1>文章</h1>{frames}'
    )
    (folder / "article.html").write_text(f'{body}<script async src="{app}/embed.js"></script></body></html>', "utf-8")
    page = reader.new_page()
    sized(page, width)
    said, asked = overheard(page)
    page.on("websocket", lambda opened: said.append(f"a websocket: {opened.url}"))
    page.goto(f"{origin}/article.html", wait_until="load")
    page.wait_for_function("Array.from(document.querySelectorAll('iframe')).every(f => f.style.height)", timeout=20_000)
    assert len(page.frames) == len(places) + 1
    for frame in page.frames[1:]:
        frame.frame_element().scroll_into_view_if_needed()  # a browser lets frames out of sight sleep
        frame.wait_for_function(
            "() => Math.abs(document.documentElement.scrollHeight - innerHeight) <= 2", timeout=PATIENCE
        )
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the iframe"
    return page, said, asked


def hosts_of(asked: list[str]) -> set[str]:
    """The hosts of addresses; what a page carries in itself has none."""
    return {url.split("/")[2] for url in asked if not url.startswith("data:")}


@pytest.mark.parametrize("width", WIDTHS)
def test_six_embeds_on_another_origin(reader: BrowserContext, app: str, host: tuple[str, Path], width: int) -> None:
    page, said, asked = article(reader, app, host, SIX, width)
    element = page.frames[1].frame_element()  # the order of frames is that of their coming, not of the page
    element.scroll_into_view_if_needed()
    before = element.evaluate("frame => frame.clientHeight")
    page.frames[1].locator("details.more > summary").click()
    page.wait_for_function("([frame, before]) => frame.clientHeight > before", arg=[element, before])
    drawing = page.frames[1].locator(".drawing:visible")
    drawing.hover()
    page.frames[1].wait_for_selector("main[data-live]", timeout=15_000)
    assert page.frames[1].locator(".drawing:visible svg").get_attribute("aria-label")
    assert said == []
    assert hosts_of(asked) <= {app.split("/")[2], host[0].split("/")[2]}
    assert [url for url in asked if "/embed/" in url and len([u for u in asked if u == url]) > 1] == []
    assert page.context.cookies() == []
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_on_another_origin(reader: BrowserContext, app: str, host: tuple[str, Path], width: int) -> None:
    page, said, asked = article(reader, app, host, CHIPS, width)
    for frame in page.frames[1:]:
        assert frame.locator("h1").is_visible()
        cut = frame.evaluate(
            "() => [...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1 && "
            "getComputedStyle(e).overflow === 'hidden').map(e => e.outerHTML.slice(0, 80))"
        )
        assert cut == []
    assert said == [] and hosts_of(asked) <= {app.split("/")[2], host[0].split("/")[2]} and page.context.cookies() == []
    page.close()


def test_a_page_opened_from_a_file_embeds_too(reader: BrowserContext, app: str, tmp_path: Path) -> None:
    (tmp_path / "draft.html").write_text(
        f'<!DOCTYPE html><title>x</title><iframe src="{app}/embed/{SIX[0]}"></iframe>', "utf-8"
    )
    page = reader.new_page()
    page.goto((tmp_path / "draft.html").as_uri())
    page.frames[1].wait_for_selector("h1", timeout=PATIENCE)
    page.close()


def test_an_embed_without_script_shows_picture_and_table(browser: Browser, app: str, axe: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    said, asked = overheard(page)
    written = dict[str, str]()
    for place in SIX:
        page.goto(f"{app}/embed/{place}")
        for width in WIDTHS:
            sized(page, width)
            assert page.locator(".drawing:visible svg[role=img]").count() == 1
            page.locator("details.more > summary").click()
            assert page.locator("table.cards tbody tr").first.is_visible()
            written[place] = page.content()
            page.locator("details.more > summary").click()
    for place in CHIPS:
        page.goto(f"{app}/embed/{place}")
        for width in WIDTHS:
            sized(page, width)
            assert page.locator("h1").is_visible()
        written[place] = page.content()
    assert len([url for url in asked if not url.startswith("data:")]) == len(SIX + CHIPS), "one request an embed"
    assert said == []
    context.close()
    page = browser.new_page()  # axe is a script itself, the page has none of its own
    for place, html in written.items():
        page.set_content(re.sub(r"<script\b.*?</script>|</?noscript>", "", html, flags=re.DOTALL))
        for width in WIDTHS:
            sized(page, width)
            assert violations(page, axe) == [], (place, width)
    page.close()


def test_axe_finds_nothing(browser: Browser, app: str, axe: str) -> None:
    page = browser.new_page(bypass_csp=True)
    for place in (*(f"embed/{place}" for place in (*SIX, *CHIPS)), "api", "no-such-page"):
        page.goto(f"{app}/{place}")
        if page.locator("details.more > summary").count():
            page.locator("details.more > summary").first.click()
        for width in WIDTHS:
            sized(page, width)
            assert violations(page, axe) == [], (place, width)
    page.close()


HEIGHT = """([width, address]) => new Promise((done, failed) => {
    const frame = Object.assign(document.createElement('iframe'), {width, height: 400, src: address});
    frame.style.border = 0;
    frame.onload = () => {
        const inside = frame.contentDocument;
        inside ? done(inside.body.getBoundingClientRect().height) : failed(address);
        frame.remove();
    };
    document.body.append(frame);
})"""
"""How tall an address is in a frame of a width."""


@pytest.mark.parametrize(("width", "lang"), [(280, "zh"), (390, "en"), (720, "zh")])
def test_the_height_that_is_told_without_script_is_enough(
    reader: BrowserContext, app: str, width: int, lang: str
) -> None:
    page, db = reader.new_page(), open_database()
    sized(page, 800)
    page.route(
        f"{app}/frames", lambda route: route.fulfill(content_type="text/html", body="<!DOCTYPE html><title>x</title>")
    )
    page.goto(f"{app}/frames")
    keys = {chart.id: (("d", DOCUMENT),) if chart.group == "department" else () for chart in all_charts().values()}
    addresses = [f"{app}/embed/{name}?{urlencode([*key, ('lang', lang)])}" for name, key in keys.items()]
    for (name, key), address in zip(keys.items(), addresses, strict=True):
        real = page.evaluate(HEIGHT, [width, address])
        assert 40 < real <= height_of(db, all_charts()[name], key, lang, width) <= 1.3 * real + 60, name
    page.close()
