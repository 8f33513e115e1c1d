"""The app in a real Chromium at 1280 and 390 px: opens, fits, draws, remembers its choices in the address."""

from __future__ import annotations

import re

import pytest
from browsing import DOCUMENTS, SCREENSHOTS, WIDTHS, open_page, ready, sideways
from playwright.sync_api import Browser, expect

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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(PLACES))
def test_page_stands_whole(browser: Browser, address: str, name: str, width: int) -> None:
    path, key_text = PLACES[name]
    page, errors = open_page(browser, width, address + path)
    try:
        expect(page.locator("body")).to_contain_text(key_text)
        assert page.locator("h1").count() == 1
        assert sideways(page) <= 0, f"scrolls sideways by {sideways(page)} px"
        tall = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(int(tall) + 100, 14_000)})
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
