"""核对 in a real Chromium: a square opens its list, the choices stand in the address, a place leads to its figure."""

from __future__ import annotations

import re

import pytest
from browsing import WIDTHS, open_page, press, ready
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
def test_a_square_opens_its_list_and_the_address_holds_it(context: BrowserContext, address: str, width: int) -> None:
    with open_page(context, width, f"{address}/checks") as (page, errors):
        square = page.locator("table.matrix a.cell:has(.sq.different)").first
        label = square.get_attribute("aria-label") or ""
        square.click()
        page.wait_for_url(re.compile(r"/checks\?d=\w+&kind=\w+"))
        ready(page)
        count = int(re.search(r"不一致 (\d+) 条", label)[1])  # type: ignore[index]
        expect(page.locator("article.check.different")).to_have_count(count)
        assert page.locator("table.matrix a.cell[aria-current]").count() == 1
        heading = page.locator("#list")
        top = heading.bounding_box()
        assert top is not None and top["y"] < 900, "the list that was asked for is in the first screen"
        page.reload()
        ready(page)
        expect(page.locator("article.check.different")).to_have_count(count)
        assert not errors, errors


def test_choosing_a_status_writes_it_into_the_address(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/checks") as (page, errors):
        press(page, page.get_by_label("状态"))
        press(page, page.get_by_role("option").filter(has_text="尾差"))
        page.wait_for_url(re.compile("status=rounding"))
        ready(page)
        expect(page.locator("table.checks").first).to_be_visible()
        assert page.locator("article.check").count() == 0
        assert not errors, errors


def test_a_place_leads_to_the_passport_of_its_figure(context: BrowserContext, address: str) -> None:
    with open_page(context, 1280, f"{address}/checks") as (page, errors):
        link = page.locator("article.check a[href*='passport?f=']").first
        printed = re.search(r"印作“(.+?)”", link.locator("xpath=..").inner_text())
        assert printed is not None
        link.click()
        page.wait_for_url(re.compile(r"/passport\?f="))
        ready(page)
        expect(page.locator("body")).to_contain_text(f"“{printed[1]}”")
        assert not errors, errors
