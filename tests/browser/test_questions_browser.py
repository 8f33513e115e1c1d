"""Every row of docs/questions.md, clicked through from the front page: as many clicks as it says, and the answer stands there."""

from __future__ import annotations

import re

import pytest
from browsing import PATIENCE, ROOT, open_page, ready
from playwright.sync_api import BrowserContext, Page, expect

ROW = re.compile(r"^\| (?P<question>[^|]+？) \| (?P<way>[^|]+) \| (?P<clicks>\d+) \| (?P<answer>[^|]+) \|$", re.M)
ROWS = [match.groupdict() for match in ROW.finditer((ROOT / "docs" / "questions.md").read_text("utf-8"))]
pytestmark = pytest.mark.browser


def click(page: Page, step: str) -> None:
    """One click of a way: its kind, and the words of what is clicked."""
    kind, words = step.split(" ", 1)
    if kind == "nav":
        page.get_by_role("link", name=words, exact=True).first.click()
    elif kind in ("door", "ask"):
        page.locator(".doors a").filter(has_text=words).first.click()
    elif kind == "open":
        page.locator("details.more > summary").filter(has_text=words).first.click()
    elif kind == "figure":
        page.locator(".head").filter(has_text=words).locator("details.fig > summary").click()
    else:
        raise AssertionError(f"docs/questions.md names a click that nobody knows: {step}")


def test_there_are_twelve_and_none_takes_more_than_three_clicks() -> None:
    assert len(ROWS) >= 12 and all(int(row["clicks"]) <= 3 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["question"] for row in ROWS])
def test_a_row_is_answered_in_its_clicks(context: BrowserContext, address: str, row: dict[str, str]) -> None:
    page, errors = open_page(context, 1280, f"{address}/")
    try:
        way = [step.strip() for step in row["way"].split("→")]
        assert len(way) == int(row["clicks"])
        answer = page.locator("[data-testid=stMain]").get_by_text(row["answer"]).locator("visible=true").first
        for step in way:
            assert not answer.is_visible(), "the answer stands there before the last click"
            before = page.url
            click(page, step)
            if step.split()[0] in ("nav", "door", "ask"):
                page.wait_for_url(lambda url, before=before: url != before, wait_until="commit")
                ready(page)
        expect(answer).to_be_visible(timeout=PATIENCE)
        assert not errors, errors
    finally:
        page.close()
