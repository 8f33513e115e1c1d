"""核对 and 公开度 in a real Chromium: they fit, a square opens its list, the choices stand in the address, no English is left."""

from __future__ import annotations

import re

import pytest
from browsing import DOCUMENTS, WIDTHS, open_page, ready, sideways
from playwright.sync_api import Browser, expect

PLACES = {
    "checks": ("/checks", "条勾稽关系"),
    "checks-different": (f"/checks?d={DOCUMENTS[0]}&status=different", "原文："),
    "checks-kind": ("/checks?kind=levels", "类款项逐级"),
    "disclosure": ("/disclosure", "核心：必须公开"),
    **{f"disclosure-{code}": (f"/disclosure?d={code}", "逐项的依据") for code in DOCUMENTS},
}
ALLOWED = {"English", "CSV", "SHA", "python", "rule", "budgetdata", "targets", "py", "LED", "APP", "PPP", "EPC"}
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(PLACES))
def test_page_fits_and_is_chinese(browser: Browser, address: str, name: str, width: int) -> None:
    path, key_text = PLACES[name]
    page, errors = open_page(browser, width, address + path)
    try:
        expect(page.locator("body")).to_contain_text(key_text)
        assert page.locator("h1").count() == 1
        assert sideways(page) <= 0, f"scrolls sideways by {sideways(page)} px"
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.mz table.matrix th, .mz .side b, .mz table.checks td')]
            .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"""
        )
        assert not cut, cut
        said = re.sub(r"“[^”]*”|<[^>]*>", "", " ".join(page.locator(".mz").all_inner_texts()))
        words = set(re.findall(r"[A-Za-z]{3,}", said)) - ALLOWED
        printed = " ".join(page.locator(".mz blockquote, .mz table.rules, .mz code, .mz footer").all_inner_texts())
        assert not {word for word in words if word not in printed}, words
        assert not errors, errors
    finally:
        page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_square_opens_its_list_and_the_address_holds_it(browser: Browser, address: str, width: int) -> None:
    page, errors = open_page(browser, width, f"{address}/checks")
    try:
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
    finally:
        page.close()


def test_choosing_a_status_writes_it_into_the_address(browser: Browser, address: str) -> None:
    page, errors = open_page(browser, 1280, f"{address}/checks")
    try:
        page.get_by_label("状态").click()
        page.get_by_role("option").filter(has_text="尾差").click()
        page.wait_for_url(re.compile("status=rounding"))
        ready(page)
        expect(page.locator("table.checks").first).to_be_visible()
        assert page.locator("article.check").count() == 0
        assert not errors, errors
    finally:
        page.close()


def test_a_place_leads_to_the_passport_of_its_figure(browser: Browser, address: str) -> None:
    page, errors = open_page(browser, 1280, f"{address}/checks")
    try:
        link = page.locator("article.check a[href*='passport?f=']").first
        printed = re.search(r"印作“(.+?)”", link.locator("xpath=..").inner_text())
        assert printed is not None
        link.click()
        page.wait_for_url(re.compile(r"/passport\?f="))
        ready(page)
        expect(page.locator("body")).to_contain_text(f"“{printed[1]}”")
        assert not errors, errors
    finally:
        page.close()
