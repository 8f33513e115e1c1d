"""One set of characters for all readers: what looks the same is the same, and what is not known is never part of a number."""

from __future__ import annotations

import re

import pytest

from budgetdata.base.money import is_blank, parse_amount
from budgetdata.base.text import UNREAD, half_width, is_page_number, normal, squeeze, strip_markup, without_translation


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("⽬录⻚⻋⻓（⼀）㎡①", "目录页车长（一）㎡①"),
        ("\uf9d1\u2f00", "六一"),
        ("2\u200c.\u200d0\u20600", "2.00"),
        ("\ufeff合\u00ad计\u202e\u200f", "合计"),
        ("１２．３", "12．3"),
        ("𝟏𝟐.٣", "12.3"),
        ("\uf0b7 项目", "• 项目"),
        ("合\ufe0f计\u3164", "合计"),
        ("\ue123项目", "\ue123项目"),
    ],
)
def test_what_looks_the_same_becomes_the_same(printed: str, read: str) -> None:
    assert normal(printed) == read and normal(read) == read


@pytest.mark.parametrize(
    "printed", ["2\ue000.00", "\ue00012.50", "1,\ufffd00.00", "12.5\u0336", "3\u20dd", "7.5\U000f0001"]
)
def test_a_number_with_a_sign_that_is_not_known_is_no_number_and_not_blank(printed: str) -> None:
    assert normal(printed) == UNREAD
    assert normal(f"比上年增加{printed}万元，增长3.5%") == f"比上年增加{UNREAD}万元，增长3.5%"
    assert parse_amount(normal(printed), "万元") is None and not is_blank(normal(printed))


@pytest.mark.parametrize("minus", ["-", "−", "﹣", "－", "–", "‑", "⁻"])
def test_every_minus_is_one(minus: str) -> None:
    amount = parse_amount(f"{minus}2.50", "万元")
    assert amount is not None and amount.fen == -2_500_000


@pytest.mark.parametrize("dash", ["—", "――"])
def test_a_long_dash_before_a_number_is_no_minus(dash: str) -> None:
    assert parse_amount(f"{dash}2.50", "万元") is None and is_blank("—")


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("项目名称 Project name", "项目名称"),
        ("一级指标\nFirst-level", "一级指标"),
        ("预算数 ᠲᠥᠰᠥᠪ", "预算数"),
        ("PPP项目", "PPP项目"),
        ("项目名称 UNDP", "项目名称 UNDP"),
        ("Project 项目", "Project 项目"),
    ],
)
def test_a_translation_behind_a_label_is_left_off(printed: str, bare: str) -> None:
    assert without_translation(printed) == bare


@pytest.mark.parametrize(
    ("text", "alone", "named"),
    [
        ("- 3 -", True, False), ("12/30", True, False), ("第 3 页", True, True), ("－第3页－", True, True),
        ("第3页，共9页", True, True), ("第3页/共9页", True, True), ("3页", True, True), ("1,234", False, False),
        ("第3页起的项目", False, False), ("12.50", False, False),
    ],
)  # fmt: skip
def test_the_number_of_a_page_is_told_by_one_rule(text: str, alone: bool, named: bool) -> None:
    assert (is_page_number(text), is_page_number(text, named=True)) == (alone, named)


def test_all_white_space_goes_and_nothing_else() -> None:
    every = [chr(code) for code in range(0x11000)]
    gone = {sign for sign in every if not squeeze(sign)}
    assert gone == {sign for sign in every if re.fullmatch(r"\s", sign)} | {"\u200b", "\ufeff", "\u00ad"}
    assert squeeze(" 合\u3000计\n\u200b（万 元）\u00ad ") == "合计（万元）" and squeeze("") == ""


def test_full_width_letters_digits_and_marks_become_half_width() -> None:
    assert half_width("（Ａ１，％～）\u3000①²￥、。") == "(A1,%~) ①²￥、。"
    changed = [chr(code) for code in range(0x11000) if half_width(chr(code)) != chr(code)]
    assert changed == ["\u3000", *(chr(code) for code in range(0xFF01, 0xFF5F))]


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("", ""),
        ("合计", "合计"),
        (" 合计 ", "合计"),
        ("<b>合计</b>", "合计"),
        ("**合计**", "合计"),
        ("A&amp;B", "A&B"),
        ("合\u200b计", "合计"),
        ("1<br/>2", "1\n2"),
    ],
)
def test_markup_of_a_conversion_goes(printed: str, bare: str) -> None:
    assert strip_markup(printed) == bare
