"""Addresses that people type, shorten or copy: what is not there is said so, and nothing is said that is not so."""

from __future__ import annotations

import pytest
from opening import alerts, html_of, opened, text_of

pytest_plugins = ["app_fixtures"]
pytestmark = pytest.mark.usefixtures("own_navigation", "db")


@pytest.mark.parametrize(("asked", "lang"), [("科学技术", "zh"), ("science", "en")])
def test_an_account_asked_by_its_name_is_found(asked: str, lang: str) -> None:
    """It was said that no department prints it."""
    page = opened("subject", code=asked, lang=lang)
    assert "code=206" in html_of(page) and "code=208" not in html_of(page)
    assert "没有部门" not in text_of(page) and "No department" not in text_of(page)


def test_an_account_that_is_not_there_is_said_to_be_missing_by_what_was_asked() -> None:
    assert "没有部门在支出表里印出编码为 999 的科目" in text_of(opened("subject", code="999"))
    unnamed = opened("subject", code="航天发射")
    assert "名称里有“航天发射”的科目" in text_of(unnamed) and "code=206" in html_of(unnamed)


def test_a_year_that_a_place_does_not_have_is_named_where_it_has_one_alone() -> None:
    """The other year was shown under an address that named this one."""
    page = opened("region", r="山西转型综合改革示范区", y="1999")
    assert any("y=1999" in told and "2024" in told for told in alerts(page))
    assert not alerts(opened("region", r="山西转型综合改革示范区", y="2024"))
