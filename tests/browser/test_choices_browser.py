"""Choices made with the mouse: they stand in the address, a fresh session shows the same page, and Back returns."""

from __future__ import annotations

import pytest
from browsing import DOCUMENTS, PATIENCE, open_page, press, ready
from playwright.sync_api import BrowserContext, Page, expect

from scripts.seen import overlapping

PAGES_WITH_CHOICES = (
    "department", "compare", "three_public", "performance", "checks", "questions", "embeds",
)  # fmt: skip
OURS = "[data-testid=stMain] .mz:not(:has(> .lang))"
SHOWS = f"{OURS}, [data-testid=stMain] pre, [data-testid=stMain] iframe, {OURS} img"
SAYS = f"() => [...document.querySelectorAll('{SHOWS}')].map(e => e.src || e.innerText)"
"""What a page says, apart from its language switch, with what is there to copy and the addresses of pictures and embeds."""
IN_FRAMES = """() => [...document.querySelectorAll('[data-testid=stMain] iframe')]
.every(frame => frame.contentWindow.location.href === frame.src)"""
"""Every preview shows what its address names."""
pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str]:
    ready(page)
    said: list[str] = page.evaluate(SAYS)
    return said


def choose_another(page: Page) -> None:
    """Pick, with the mouse, something that is not chosen: the last option of the first list, or the last segment."""
    segments = page.locator("[data-testid=stButtonGroup]").first
    lists = page.locator("[data-testid=stSelectbox]:visible")
    if segments.count() and not lists.count():
        press(page, segments.get_by_role("radio").or_(segments.get_by_role("button")).last)
        return
    press(page, lists.first.get_by_role("combobox"))
    expect(page.get_by_role("option").last).to_be_visible()
    press(page, page.get_by_role("option").last, 1 / 3)


@pytest.mark.parametrize("name", PAGES_WITH_CHOICES)
def test_a_choice_is_an_address_and_back_undoes_it(context: BrowserContext, address: str, name: str) -> None:
    with open_page(context, 1280, f"{address}/{name}") as (page, errors):
        before = shown(page)  # by then its address says what it shows
        first = page.url
        choose_another(page)
        page.wait_for_function("first => location.href !== first", arg=first)
        link = page.url
        page.wait_for_function(f"before => ({SAYS})().join() !== before.join()", arg=before)
        chosen = shown(page)
        with open_page(context, 1280, link) as (fresh, more):
            assert shown(fresh) == chosen and fresh.url == link
        # One Back undoes one choice. `history.length` is not asked: a frame that loads beside a choice makes it stale.
        page.go_back()
        page.wait_for_function("first => location.href === first", arg=first)
        page.wait_for_function(f"before => ({SAYS})().join() === before.join()", arg=before, timeout=PATIENCE)
        page.wait_for_function(IN_FRAMES, timeout=PATIENCE)
        page.go_forward()  # and one Forward makes it again: it left one entry
        page.wait_for_function("link => location.href === link", arg=link)
        page.wait_for_function(f"chosen => ({SAYS})().join() === chosen.join()", arg=chosen, timeout=PATIENCE)
        assert not errors + more, errors + more


def test_a_list_opens_wherever_the_mouse_clicks_it(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/checks") as (page, _):
        frame = page.get_by_label("状态").locator("xpath=ancestor::*[@data-testid='stSelectbox']//input/..").first
        for edge in (0.1, 0.5, 0.97):
            press(page, frame, edge)
            expect(page.get_by_role("option").first, f"clicked at {edge} of its width").to_be_visible()
            page.keyboard.press("Escape")
            expect(page.get_by_role("option")).to_have_count(0)


def test_a_preview_that_grows_on_a_phone_covers_nothing(context: BrowserContext, address: str) -> None:
    """A phone makes it narrower than it was asked for, so taller: it lay over the heading below."""
    with open_page(context, 320, f"{address}/embeds?chart=income-by-source&d={DOCUMENTS[0]}") as (page, _):
        frame = page.locator("[data-testid=stMain] iframe")
        frame.wait_for(timeout=PATIENCE)
        page.wait_for_function(
            "() => document.querySelector('[data-testid=stMain] iframe').style.height", timeout=PATIENCE
        )
        box, below = frame.bounding_box(), page.get_by_role("heading", name="嵌入网页").bounding_box()
        assert box is not None and below is not None and below["y"] >= box["y"] + box["height"]
        assert overlapping(page) == []
