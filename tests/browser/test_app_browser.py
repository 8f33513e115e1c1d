"""The app in a real Chromium: a figure opens its passport, choices stand in the address, questions are three clicks away."""

from __future__ import annotations

import re

import pytest
from browsing import DOCUMENTS, WIDTHS, open_page, ready
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_opens_its_passport_inside_the_window(context: BrowserContext, address: str, width: int) -> None:
    page, _ = open_page(context, width, f"{address}/department?d={DOCUMENTS[0]}")
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


def test_choices_stand_in_the_address_and_back_undoes_them(context: BrowserContext, address: str) -> None:
    page, _ = open_page(context, 1280, f"{address}/three_public")
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
        again, _ = open_page(context, 1280, link)
        expect(again.locator("picture img").first).to_have_attribute("src", re.compile("y=2024"))
        again.close()
    finally:
        page.close()


def test_every_ready_question_is_within_three_clicks_of_the_front_page(context: BrowserContext, address: str) -> None:
    page, _ = open_page(context, 1280, f"{address}/")
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


def test_an_unknown_value_is_answered_in_chinese(context: BrowserContext, address: str) -> None:
    page, _ = open_page(context, 390, f"{address}/department?d=nothing")
    try:
        expect(page.get_by_role("alert")).to_contain_text("不存在")
        expect(page.get_by_role("alert")).to_contain_text(DOCUMENTS[0])
    finally:
        page.close()


def test_a_keyboard_reaches_figures_and_links(context: BrowserContext, address: str) -> None:
    page, _ = open_page(context, 1280, f"{address}/department?d={DOCUMENTS[0]}")
    try:
        summary = page.locator(".heads details.fig summary").first
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".heads details.fig[open] .passport").first).to_be_visible()
    finally:
        page.close()
