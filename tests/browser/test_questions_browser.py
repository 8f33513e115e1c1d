"""Every row of docs/questions.md, clicked through from the front page: as many clicks as it says, and the answer stands there."""

from __future__ import annotations

import re

import pytest
from browsing import PATIENCE, ROOT, open_page
from playwright.sync_api import BrowserContext, expect

from scripts.clicks import clicks, steps, take

ROW = re.compile(r"^\| (?P<question>[^|]+？) \| (?P<way>[^|]+) \| (?P<clicks>\d+) \| (?P<answer>[^|]+) \|$", re.M)
ROWS = [match.groupdict() for match in ROW.finditer((ROOT / "docs" / "questions.md").read_text("utf-8"))]
pytestmark = pytest.mark.browser


def test_there_are_twelve_and_none_takes_more_than_three_clicks() -> None:
    assert len(ROWS) >= 12 and all(int(row["clicks"]) <= 3 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["question"] for row in ROWS])
def test_a_row_is_answered_in_its_clicks(context: BrowserContext, address: str, row: dict[str, str]) -> None:
    with open_page(context, 1280, f"{address}/") as (page, errors):
        assert clicks(row["way"], 1280) == int(row["clicks"])
        answer = page.locator("[data-testid=stMain]").get_by_text(row["answer"]).locator("visible=true").first
        for step in steps(row["way"]):
            assert not answer.is_visible(), "the answer stands there before the last click"
            take(page, step)
        expect(answer).to_be_visible(timeout=PATIENCE)
        assert not errors, errors
