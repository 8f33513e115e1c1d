"""Pages on paper: all their pictures and figures, nothing to click, nothing beyond the edge, no letter too small."""

from __future__ import annotations

import pytest
from browsing import DOCUMENTS, PATIENCE, open_page
from playwright.sync_api import BrowserContext, Page

A4 = 794
"""The width of an A4 page in CSS pixels."""
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("place", [f"/department?d={DOCUMENTS[0]}", "/checks", "/compare", "/performance"])
def test_on_paper_there_are_figures_and_nothing_to_click(context: BrowserContext, address: str, place: str) -> None:
    with open_page(context, 1280, address + place) as (page, _):
        if place == "/performance":
            assert turned_on_paper(page)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": A4, "height": 1123})
        assert page.pdf(format="A4").startswith(b"%PDF")  # printing is what loads the pictures further down
        page.wait_for_function(
            "() => [...document.querySelectorAll('.mz img')].every(i => i.complete)", timeout=PATIENCE
        )
        bare = "all => all.filter(i => i.naturalWidth < 2).map(i => i.src)"
        assert page.locator(".mz img").evaluate_all(bare) == []
        assert place == "/checks" or page.locator(".mz img").count()
        tools = page.locator("header, nav, button, input, [role=combobox], [data-testid=stWidgetLabel]")
        shown = "all => all.filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length)"
        assert tools.evaluate_all(f"{shown}.map(e => e.outerHTML.slice(0, 90))") == []
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


def turned_on_paper(page: Page) -> bool:
    """Whether the pictures of a dark screen, whose words are light, are turned round where the browser prints those it has."""
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.querySelector('.mz .chart img').currentSrc.includes('theme=dark')")
    page.pdf(format="A4")
    dark = "all => all.length > 0 && all.every(i => i.dataset.dark === '' || !i.currentSrc.includes('theme=dark'))"
    found: bool = page.locator(".mz .chart img").evaluate_all(dark)
    page.emulate_media(color_scheme="light")
    return found and bool(page.locator(".mz .chart img[data-dark]").count())
