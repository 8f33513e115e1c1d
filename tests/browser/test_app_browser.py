"""The app in a real Chromium: a figure opens its passport, choices stand in the address, questions are three clicks away."""

from __future__ import annotations

import re

import pytest
from browsing import DOCUMENTS, WIDTHS, open_page, ready
from playwright.sync_api import Browser, BrowserContext, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_opens_its_passport_inside_the_window(context: BrowserContext, address: str, width: int) -> None:
    with open_page(context, width, f"{address}/department?d={DOCUMENTS[0]}") as (page, _):
        expect(page.locator("#first"), "what was seen first is gone").to_have_count(0)
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


def test_choices_stand_in_the_address_and_back_undoes_them(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/three_public") as (page, _):
        page.get_by_role("radio", name="2024", exact=True).or_(
            page.get_by_role("button", name="2024", exact=True)
        ).first.click()
        page.wait_for_url(re.compile(r"y=2024"))
        expect(page.locator("picture img").first).to_have_attribute("src", re.compile("y=2024"))
        link = page.url
        page.go_back()
        page.wait_for_url(re.compile(r"three_public$"))
        expect(page.locator("picture img").first).not_to_have_attribute("src", re.compile("y=2024"))
        with open_page(context, 1280, link) as (again, _):
            expect(again.locator("picture img").first).to_have_attribute("src", re.compile("y=2024"))


def test_every_ready_question_is_within_three_clicks_of_the_front_page(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/") as (page, _):
        page.get_by_role("link", name="提问", exact=True).first.click()
        expect(page.locator("h1")).to_have_text("提一个问题")
        doors = page.locator(".doors a")
        expect(doors.nth(11)).to_be_visible()
        assert doors.count() >= 12
        doors.nth(3).click()
        expect(page.locator("h2.asked")).to_be_visible()
        assert "q=" in page.url
        expect(page.locator("body")).to_contain_text("下载 CSV")


def test_an_unknown_value_is_answered_in_chinese(context: BrowserContext, address: str) -> None:
    with open_page(context, 390, f"{address}/department?d=nothing") as (page, _):
        expect(page.get_by_role("alert")).to_contain_text("不存在")
        expect(page.get_by_role("alert")).to_contain_text(DOCUMENTS[0])


def test_a_keyboard_reaches_figures_and_links(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/department?d={DOCUMENTS[0]}") as (page, _):
        summary = page.locator(".heads details.fig summary").first
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".heads details.fig[open] .passport").first).to_be_visible()


SPOT = ".spots.narrow a.spot"
SAID = "spot => getComputedStyle(spot, '::after').content"


def test_a_chart_tells_and_opens_what_is_touched(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/department?d={DOCUMENTS[0]}") as (page, errors):
        spot = page.locator(".chart:has(img[src*='spending-by-function']) .spots.wide a.spot").first
        words = spot.get_attribute("aria-label") or ""
        assert re.search(r"[\d,]+\.\d\d 万元 · [\d.]+% · 第 \d+ 行", words), words
        assert spot.evaluate(SAID) in ("none", "normal")
        spot.hover()
        assert words in spot.evaluate(SAID)
        page.mouse.move(2, 2)
        spot.focus()
        assert words in spot.evaluate(SAID) and spot.evaluate("s => getComputedStyle(s).outlineStyle") != "none"
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"code=\d+|passport\?f="))
        ready(page)
        assert not errors, errors


def test_a_finger_is_told_first_and_led_second_and_the_menu_closes(browser: Browser, address: str) -> None:
    visitor = browser.new_context(
        locale="zh-CN", has_touch=True, is_mobile=True, viewport={"width": 320, "height": 640}
    )
    page = visitor.new_page()
    try:
        page.goto(address, wait_until="commit")
        ready(page)
        spot = page.locator(SPOT).first
        spot.scroll_into_view_if_needed()
        before = page.url
        spot.tap()
        assert (spot.get_attribute("aria-label") or "-") in spot.evaluate(SAID) and page.url == before
        spot.tap()
        page.wait_for_url(re.compile(r"/department\?d=|/passport\?f="))
        ready(page)
        menu = page.get_by_role("button", name="菜单", exact=True)
        box = menu.bounding_box()
        assert box is not None and box["height"] >= 44 and box["width"] >= 44
        menu.tap()
        entries = page.locator("[data-testid=stSidebarNavLink]")
        expect(entries.first).to_be_visible()
        assert all((entry.bounding_box() or {"height": 0})["height"] >= 44 for entry in entries.all())
        entries.filter(has_text="核对").tap()
        page.wait_for_url(re.compile("/checks"))
        expect(page.locator("[data-testid=stSidebar][data-collapsed=true]")).to_have_count(1)
        ready(page)
        expect(page.locator("[data-testid=stSkipToContent]")).to_have_text("跳到正文")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        visitor.close()


def test_a_citation_is_copied_where_the_chart_is(context: BrowserContext, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    try:
        with open_page(context, 1280, f"{address}/three_public") as (page, _):
            page.locator(".cite > summary").first.click()
            page.get_by_role("button", name="复制", exact=True).first.click()
            expect(page.get_by_role("button", name="已复制")).to_be_visible()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied.startswith("明账：《三公经费各安排了多少？》") and "/embeds?chart=three-public" in copied
    finally:
        context.clear_permissions()
