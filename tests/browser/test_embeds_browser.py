"""Six embeds in a page of another origin, in a real Chromium: heights follow, nothing foreign; also without script."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import DOCUMENTS, violations
from playwright.sync_api import Browser, Page

from budgetdata.queries.base import open_database
from budgetdata.web.site import export_site

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


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A folder served on another origin: its address and place."""
    folder = tmp_path_factory.mktemp("host")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", folder
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


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


def watched(page: Page) -> tuple[list[str], list[str]]:
    said, asked = list[str](), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked


@pytest.mark.parametrize("width", [280, 390, 1280])
def test_six_embeds_on_another_origin(browser: Browser, app: str, served: tuple[str, Path], width: int) -> None:
    host, folder = served
    host_page(app, folder)
    page = browser.new_page(viewport={"width": width, "height": 900})
    said, asked = watched(page)
    sockets: list[str] = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.goto(f"{host}/article.html", wait_until="load")
    page.wait_for_function("Array.from(document.querySelectorAll('iframe')).every(f => f.style.height)", timeout=20_000)
    for frame in page.frames[1:]:
        frame.frame_element().scroll_into_view_if_needed()  # a browser lets frames out of sight sleep
        for _ in range(100):
            off = frame.evaluate("Math.abs(document.documentElement.scrollHeight - innerHeight)")
            if off <= 2:
                break
            page.wait_for_timeout(100)
        assert off <= 2, "the iframe is as tall as what it holds"
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
        host.split("/")[2],
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
    for width in (280, 1280):
        for place in (*(f"embed/{place}" for place in (*SIX, figure)), "api", "no-such-page"):
            page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
            page.goto(f"{app}/{place}")
            if page.locator("details.more > summary").count():
                page.locator("details.more > summary").first.click()
            assert violations(page, axe) == [], (place, width)
            page.close()


def test_the_static_site_works_from_a_folder_and_after_a_move(
    browser: Browser, served: tuple[str, Path], tmp_path: Path
) -> None:
    host, folder = served
    report = export_site(open_database().path, tmp_path / "site")
    again = export_site(open_database().path, tmp_path / "site")
    assert report.drawn > 20 and again.drawn == 0 and again.kept == report.drawn
    shutil.move(tmp_path / "site", folder / "moved")
    for base in (f"{host}/moved", (folder / "moved").as_uri()):
        page = browser.new_page(viewport={"width": 390, "height": 900})
        said, asked = watched(page)
        page.goto(f"{base}/index.html")
        links = page.eval_on_selector_all("a", "all => all.map(a => a.href)")
        assert len(links) > 100 and all(link.startswith(base) for link in links)
        missing = [
            link
            for link in links
            if not (folder / "moved" / link.removeprefix(base).split("#")[0].lstrip("/")).exists()
        ]
        assert missing == []
        page.goto(next(link for link in links if link.endswith(".html") and "projects" in link))
        assert page.locator(".drawing:visible svg").count() == 1
        frozen = next((folder / "moved" / "frozen").iterdir()).name
        page.goto(f"{base}/frozen/{frozen}")
        assert page.locator("h1").count() == 1
        assert said == [] and all(url.startswith((base, "data:")) for url in asked)
        page.close()
