"""Choices made with the mouse: they stand in the address, a fresh session shows the same page, Back returns; and on paper."""

from __future__ import annotations

import re

import pytest
from browsing import DOCUMENTS, open_page, ready
from playwright.sync_api import Browser, Page, expect

PAGES_WITH_CHOICES = (
    "department", "compare", "three_public", "performance", "checks", "questions", "embeds",
)  # fmt: skip
A4 = 794
"""The width of an A4 page in CSS pixels."""
pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str]:
    """What a page says, apart from its language switch."""
    ready(page)
    return page.locator("[data-testid=stMain] .mz:not(:has(> .lang))").all_inner_texts()


def choose_another(page: Page) -> None:
    """Pick, with the mouse, something that is not chosen: the last option of the first list, or the last segment."""
    segments = page.locator("[data-testid=stButtonGroup]").first
    lists = page.locator("[data-testid=stSelectbox]:visible")
    if segments.count() and not lists.count():
        segments.get_by_role("radio").or_(segments.get_by_role("button")).last.click()
        return
    lists.first.scroll_into_view_if_needed()
    box = lists.first.get_by_role("combobox").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    option = page.get_by_role("option").last
    expect(option).to_be_visible()
    place = option.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + place["width"] / 3, place["y"] + place["height"] / 2)


@pytest.mark.parametrize("name", PAGES_WITH_CHOICES)
def test_a_choice_is_an_address_and_back_undoes_it(browser: Browser, address: str, name: str) -> None:
    page, errors = open_page(browser, 1280, f"{address}/{name}")
    try:
        first, before = page.url, shown(page)
        choose_another(page)
        page.wait_for_function("first => location.href !== first", arg=first)
        link = page.url
        page.wait_for_function(
            "before => document.querySelector('[data-testid=stMain]').innerText.length && "
            "[...document.querySelectorAll('[data-testid=stMain] .mz')].map(e => e.innerText).join() !== before.join()",
            arg=before,
        )
        chosen = shown(page)
        fresh, more = open_page(browser, 1280, link)
        assert shown(fresh) == chosen and fresh.url == link
        fresh.close()
        page.go_back()
        page.wait_for_function("first => location.href === first", arg=first)
        expect(page.locator("[data-testid=stMain] .mz:not(:has(> .lang))")).to_have_text(
            [re.compile(".*", re.S)] * len(before), timeout=8_000
        )
        page.wait_for_function(
            "before => [...document.querySelectorAll('[data-testid=stMain] .mz:not(:has(> .lang))')]"
            ".map(e => e.innerText).join() === before.join()",
            arg=before,
            timeout=8_000,
        )
        assert not errors + more, errors + more
    finally:
        page.close()


@pytest.mark.parametrize("edge", [0.1, 0.5, 0.97])
def test_a_list_opens_wherever_the_mouse_clicks_it(browser: Browser, address: str, edge: float) -> None:
    page, _ = open_page(browser, 1280, f"{address}/checks")
    try:
        frame = page.get_by_label("状态").locator("xpath=ancestor::*[@data-testid='stSelectbox']//input/..")
        frame.first.scroll_into_view_if_needed()
        box = frame.first.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] * edge, box["y"] + box["height"] / 2)
        expect(page.get_by_role("option").first).to_be_visible()
    finally:
        page.close()


@pytest.mark.parametrize("place", [f"/department?d={DOCUMENTS[0]}", "/checks", "/compare", "/performance"])
def test_on_paper_there_are_figures_and_nothing_to_click(browser: Browser, address: str, place: str) -> None:
    page, _ = open_page(browser, 1280, address + place)
    try:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": A4, "height": 1123})
        page.wait_for_function("() => [...document.querySelectorAll('.mz img')].every(i => i.complete)")
        tools = page.locator("header, nav, button, input, [role=combobox], [data-testid=stWidgetLabel]")
        assert [tool.evaluate("e => e.outerHTML.slice(0, 90)") for tool in tools.all() if tool.is_visible()] == []
        wide = page.evaluate(
            """() => [...document.querySelectorAll('.mz *')].filter(e => !e.closest('details:not([open])')
            && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90))"""
        )
        assert wide == []
        assert page.locator("h1").is_visible() and page.locator("footer.page").is_visible()
        small = page.evaluate(
            """() => [...document.querySelectorAll('.mz summary, .mz td')].filter(e => e.offsetParent
            && parseFloat(getComputedStyle(e).fontSize) < 10).map(e => e.outerHTML.slice(0, 90))"""
        )
        assert small == []
        assert page.pdf(format="A4").startswith(b"%PDF")
    finally:
        page.close()
