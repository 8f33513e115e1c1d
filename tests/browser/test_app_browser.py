"""The app in a real Chromium at 1280 and 390 px: opens, fits, draws, remembers its choices in the address."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright

from budgetdata.build import ensure_database
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "screenshots"
WIDTHS = (1280, 390)
DOCUMENTS = [row["document_id"] for row in held.documents(open_database(ensure_database()))]
PLACES = {
    "home": ("/", "把部门预算，读成一本明账"),
    "search": ("/?q=培训", "“培训”找到"),
    "compare": ("/compare", "两家的钱花在同样的方面吗？"),
    "three_public": ("/three_public", "三公经费各安排了多少？"),
    "performance": ("/performance", "哪类指标写了数字？"),
    "sheet": (f"/performance?s={DOCUMENTS[0]}.s01", "实施期目标"),
    "questions": ("/questions", "【全部部门】里，钱最多的【10】个项目是哪些？"),
    "glossary": ("/glossary", "这里用到的词"),
    "about": ("/about", "每个数字都有出处"),
    "passport": (f"/passport?f={DOCUMENTS[0]}.t03.r002.total", "同一行的其他数字"),
    "gallery": ("/gallery", "嵌入网页"),
    **{f"department-{code}": (f"/department?d={code}", "比上年变了多少") for code in DOCUMENTS},
}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The app, started as a user starts it, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ}
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                with urllib.request.urlopen(f"{base}/healthz", timeout=2):
                    break
            except (urllib.error.URLError, OSError):
                assert server.poll() is None, "the app ended at its start"
                time.sleep(0.2)
        else:
            pytest.fail("the app did not answer /healthz within 30 s")
        yield base
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for the module."""
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield found
        found.close()


def ready(page: Page) -> None:
    """Wait until the page stands and its script has ended."""
    page.wait_for_selector("footer.page", timeout=12_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=12_000)


def open_page(browser: Browser, width: int, url: str) -> tuple[Page, list[str]]:
    """A page in a fresh session, and what its console complains of (Streamlit's own probing for its base path is not ours)."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def answered(got: Response) -> None:
        if got.status >= 400 and "/_stcore/" not in got.url:
            errors.append(f"{got.status} {got.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    page.on("response", answered)
    page.on("console", said)
    page.goto(url)
    ready(page)
    return page, errors


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(PLACES))
def test_page_stands_whole(browser: Browser, address: str, name: str, width: int) -> None:
    path, key_text = PLACES[name]
    page, errors = open_page(browser, width, address + path)
    try:
        expect(page.locator("body")).to_contain_text(key_text)
        assert page.locator("h1").count() == 1
        sizes = page.evaluate(
            """() => { const main = document.querySelector('[data-testid=stMain]');
            const whole = document.documentElement;
            return [main.scrollWidth - main.clientWidth, whole.scrollWidth - innerWidth, main.scrollHeight] }"""
        )
        assert sizes[0] <= 0 and sizes[1] <= 0, f"scrolls sideways by {max(sizes[:2])} px"
        page.set_viewport_size({"width": width, "height": min(int(sizes[2]) + 100, 14_000)})
        page.wait_for_function(
            "() => [...document.querySelectorAll('.mz img')].every(i => i.complete && i.naturalWidth > 1)",
            timeout=20_000,
        )
        assert all(page.locator(".mz img").nth(n).get_attribute("alt") for n in range(page.locator(".mz img").count()))
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
        assert not errors, errors
    finally:
        page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_opens_its_passport_inside_the_window(browser: Browser, address: str, width: int) -> None:
    page, _ = open_page(browser, width, f"{address}/department?d={DOCUMENTS[0]}")
    try:
        page.locator(".heads details.fig summary").first.click()
        passport = page.locator(".heads details.fig[open] .passport").first
        expect(passport).to_be_visible()
        expect(passport).to_contain_text("原文印作")
        box = passport.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width + 1
        passport.locator("a").click()
        ready(page)
        assert "/passport?f=" in page.url
        expect(page.locator("body")).to_contain_text("同一行的其他数字")
    finally:
        page.close()


def test_choices_stand_in_the_address_and_back_undoes_them(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, 1280, f"{address}/three_public")
    try:
        page.get_by_role("radio", name="2024", exact=True).or_(
            page.get_by_role("button", name="2024", exact=True)
        ).first.click()
        page.wait_for_url(re.compile(r"y=2024"))
        expect(page.locator("picture img").first).to_have_attribute("src", re.compile("y=2024"))
        link = page.url
        page.go_back()
        page.wait_for_url(re.compile(r"three_public$"))
        expect(page.locator("picture img").first).not_to_have_attribute("src", re.compile("y=2024"))
        again, _ = open_page(browser, 1280, link)
        expect(again.locator("picture img").first).to_have_attribute("src", re.compile("y=2024"))
        again.close()
    finally:
        page.close()


def test_every_ready_question_is_within_three_clicks_of_the_front_page(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, 1280, f"{address}/")
    try:
        page.get_by_role("link", name="提问", exact=True).first.click()
        expect(page.locator("h1")).to_have_text("提一个问题")
        doors = page.locator(".doors a")
        expect(doors.nth(11)).to_be_visible()
        assert doors.count() >= 12
        doors.nth(3).click()
        expect(page.locator("h2.asked")).to_be_visible()
        assert "q=" in page.url
        expect(page.locator("body")).to_contain_text("下载 CSV")
    finally:
        page.close()


def test_an_unknown_value_is_answered_in_chinese(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, 390, f"{address}/department?d=nothing")
    try:
        expect(page.get_by_role("alert")).to_contain_text("不存在")
        expect(page.get_by_role("alert")).to_contain_text(DOCUMENTS[0])
    finally:
        page.close()


def test_a_keyboard_reaches_figures_and_links(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, 1280, f"{address}/department?d={DOCUMENTS[0]}")
    try:
        summary = page.locator(".heads details.fig summary").first
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".heads details.fig[open] .passport").first).to_be_visible()
    finally:
        page.close()


def test_pages_left_no_english_of_ours(browser: Browser, address: str) -> None:
    for path in ("/", f"/department?d={DOCUMENTS[0]}", "/performance", "/questions", "/compare"):
        page, _ = open_page(browser, 1280, address + path)
        said = " ".join(page.locator(".mz:not(:has(footer.page)), label, button, input").all_inner_texts())
        said += " ".join(page.locator("input").evaluate_all("all => all.map(one => one.placeholder)"))
        page.close()
        words = set(re.findall(r"[A-Za-z]{4,}", said)) - {"English", "search", "txt"}
        assert not words, (path, words)
