"""Six embeds in a page of another origin, in a real Chromium: heights follow, nothing foreign; also without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import DOCUMENTS, PATIENCE, overheard, violations
from playwright.sync_api import Browser

DOCUMENT = DOCUMENTS[0]
SIX = [
    f"spending-by-function?d={DOCUMENT}",
    f"spending-icicle?d={DOCUMENT}",
    f"projects-by-money?d={DOCUMENT}&theme=dark",
    "three-public?theme=auto",
    "departments-by-fund?v=abcd1234",
    f"targets-by-category?d={DOCUMENT}&lang=en",
]
pytestmark = pytest.mark.browser


@pytest.fixture
def app(address: str) -> str:
    """The app's address."""
    return address


def host_page(app: str, folder: Path) -> None:
    frames = "".join(
        f'<iframe src="{app}/embed/{place.replace("&", "&amp;")}"'
        f' width="100%" height="150" style="border:0" title="{n}"></iframe>'
        for n, place in enumerate(SIX)
    )
    body = (
        '<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><link rel="icon"'
        f' href="data:,"><title>host</title><body style="margin:0"><h1>文章</h1>{frames}'
    )
    (folder / "article.html").write_text(f'{body}<script async src="{app}/embed.js"></script></body></html>', "utf-8")


@pytest.mark.parametrize("width", [280, 390, 1280])
def test_six_embeds_on_another_origin(browser: Browser, app: str, host: tuple[str, Path], width: int) -> None:
    origin, folder = host
    host_page(app, folder)
    page = browser.new_page(viewport={"width": width, "height": 900})
    said, asked = overheard(page)
    sockets: list[str] = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.goto(f"{origin}/article.html", wait_until="load")
    page.wait_for_function("Array.from(document.querySelectorAll('iframe')).every(f => f.style.height)", timeout=20_000)
    for frame in page.frames[1:]:
        frame.frame_element().scroll_into_view_if_needed()  # a browser lets frames out of sight sleep
        frame.wait_for_function(  # the iframe is as tall as what it holds
            "() => Math.abs(document.documentElement.scrollHeight - innerHeight) <= 2", timeout=PATIENCE
        )
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the iframe"
    element = page.frames[1].frame_element()  # the order of frames is that of their coming, not of the page
    element.scroll_into_view_if_needed()
    before = element.evaluate("frame => frame.clientHeight")
    page.frames[1].locator("details.more > summary").click()
    page.wait_for_function("([frame, before]) => frame.clientHeight > before", arg=[element, before])
    drawing = page.frames[1].locator(".drawing:visible")
    drawing.hover()
    page.frames[1].wait_for_selector("main[data-live]", timeout=15_000)
    assert page.frames[1].locator(".drawing:visible svg").get_attribute("aria-label")
    assert said == [] and sockets == []
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} <= {
        app.split("/")[2],
        origin.split("/")[2],
    }
    assert [url for url in asked if "/embed/" in url and len([u for u in asked if u == url]) > 1] == []
    assert page.context.cookies() == []
    page.close()


@pytest.mark.parametrize("width", [280, 1280])
def test_an_embed_without_script_shows_picture_and_table(browser: Browser, app: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for place in SIX:
        page.goto(f"{app}/embed/{place}")
        assert page.locator(".drawing:visible svg[role=img]").count() == 1
        page.locator("details.more > summary").click()
        assert page.locator("table.cards tbody tr").first.is_visible()
    assert len([url for url in asked if not url.startswith("data:")]) == len(SIX), "one request an embed"
    context.close()


def test_axe_finds_nothing(browser: Browser, app: str, axe: str) -> None:
    figure = f"figure?id={DOCUMENT}.t03.r001.total"
    page = browser.new_page(bypass_csp=True)
    for width in (280, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for place in (*(f"embed/{place}" for place in (*SIX, figure)), "api", "no-such-page"):
            page.goto(f"{app}/{place}")
            if page.locator("details.more > summary").count():
                page.locator("details.more > summary").first.click()
            assert violations(page, axe) == [], (place, width)
    page.close()
