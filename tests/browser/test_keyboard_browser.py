"""By keyboard alone: what opens takes who opened it in, Escape closes it and leaves them where they were; rings are seen."""

from __future__ import annotations

import pytest
from browsing import open_page
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser
WITHIN = "() => Boolean(document.activeElement.closest('[data-testid=stSidebar]'))"
RING = """() => [...document.querySelectorAll('[role=group],[data-testid=stTextInputRootElement]')].filter(one =>
one.contains(document.activeElement)).map(one => getComputedStyle(one).outlineWidth + ' ' + getComputedStyle(one).outlineStyle)"""


def test_the_menu_of_a_phone_takes_in_and_gives_back_the_keyboard(context: BrowserContext, address: str) -> None:
    with open_page(context, 390, f"{address}/glossary") as (page, _):
        button = page.get_by_role("button", name="菜单", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(WITHIN)
        for _ in range(14):  # more than it has entries
            page.keyboard.press("Tab")
            page.wait_for_function(WITHIN)
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        expect(page.locator("[data-testid=stSidebar][data-collapsed=true]")).to_have_count(1)


def test_escape_closes_a_passport_and_leads_back_to_its_amount(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/department") as (page, _):
        amount = page.locator("details.fig > summary").first
        amount.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("details.fig[open] a")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("details.fig[open]")).to_have_count(0)
        expect(amount).to_be_focused()


@pytest.mark.parametrize(("page_name", "field"), [("department", "[role=combobox]"), ("subject", "input[type=search]")])
def test_a_field_that_is_typed_into_has_a_ring(
    context: BrowserContext, address: str, page_name: str, field: str
) -> None:
    with open_page(context, 1280, f"{address}/{page_name}") as (page, _):
        page.locator("[data-testid=stMain]").locator(field).first.focus()
        assert page.evaluate(RING) == ["2px solid"]
