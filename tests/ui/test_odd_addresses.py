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


@pytest.mark.parametrize(("asked", "said"), [("x,3223a2c0af31", "没有列入"), ("x,y", "已改用“")])
def test_budgets_that_are_not_held_are_named_in_one_line_with_what_is_shown(asked: str, said: str) -> None:
    """Of each it was said that “—” is shown instead."""
    (told,) = alerts(opened("compare", d=asked))
    assert said in told and "“—”" not in told and "“d=x" in told


def test_a_place_that_is_not_held_has_those_of_such_a_name_beside_it() -> None:
    page = opened("region", r="阳泉")
    assert "没有收录“阳泉”" in alerts(page)[0] and "名称相近的：" in text_of(page)
    near = html_of(page).partition("名称相近的：")[2].partition("</p>")[0]
    assert "阳泉市" in near and "忻州" not in near
    assert "名称相近的" not in text_of(opened("region", r="乌有乡"))
