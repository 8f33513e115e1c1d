"""Targets taken apart, and how far they can be checked: every kind seen in the documents, and the rules as a registry."""

from __future__ import annotations

import pytest
from documents import DOCUMENTS, text_of
from hypothesis import given
from hypothesis import strategies as st

from budgetdata.readers.text import parse_text
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.quality import QUANTIFIED, RULES, VAGUE, VERIFIABLE, is_garbled, parse_target, quality, undoubled
from tests.helpers.words import zh


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥95%", ("≥", "95", "%")),
        ("≥ 95 ％", ("≥", "95", "%")),
        ("≤11次", ("≤", "11", "次")),
        ("2种", ("=", "2", "种")),
        ("=100%", ("=", "100", "%")),
        ("＞1家", (">", "1", "家")),
        ("<4套", ("<", "4", "套")),
        (">=3次", ("≥", "3", "次")),
        ("763元/人/月", ("=", "763", "元/人/月")),
        ("≥20天/月", ("≥", "20", "天/月")),
        ("10元/平方米", ("=", "10", "元/平方米")),
        ("3万吨/日", ("=", "3", "万吨/日")),
        ("≥30%/年", ("≥", "30", "%/年")),
        ("274840.64m2", ("=", "274840.64", "m2")),
        ("274840.64m 2", ("=", "274840.64", "m2")),
        ("≥4.5亿元", ("≥", "4.5", "亿元")),
        ("1500万元", ("=", "1500", "万元")),
        ("1,500万元", ("=", "1500", "万元")),
        ("不低于95%", ("≥", "95", "%")),
        ("不少于3场", ("≥", "3", "场")),
        ("大于等于3家", ("≥", "3", "家")),
        ("不超过2万元", ("≤", "2", "万元")),
        ("小于5件", ("<", "5", "件")),
        ("等于4条", ("=", "4", "条")),
        ("95%以上", ("≥", "95", "%")),
        ("20万元以内", ("≤", "20", "万元")),
        ("≥0%", ("≥", "0", "%")),
        ("1年", ("=", "1", "年")),
        ("5", ("=", "5", "")),
        ("20万元20万元", ("=", "20", "万元")),
        ("≥12星火", ("≥", "12", "星火")),
    ],
)
def test_a_target_that_is_one_number(text: str, parts: tuple[str, str, str]) -> None:
    assert parse_target(text) == parts
    assert quality(text) == (QUANTIFIED, "number")


@pytest.mark.parametrize(
    ("text", "grade", "rule"),
    [
        ("", VAGUE, "blank"),
        ("≥90100%", VAGUE, "garbled-number"),
        ("≥95100%", VAGUE, "garbled-number"),
        ("1.2.3%", VAGUE, "garbled-number"),
        ("2024年12月底前", VERIFIABLE, "date"),
        ("2024年12月底前2024年12月底前", VERIFIABLE, "date"),
        ("2024年", VERIFIABLE, "date"),
        ("2024", VERIFIABLE, "date"),
        ("12月", VERIFIABLE, "date"),
        ("年底前", VERIFIABLE, "date"),
        ("全年", VERIFIABLE, "date"),
        ("不低于2023年水平", VERIFIABLE, "date"),
        ("建设用地批复后30日内", VERIFIABLE, "deadline"),
        ("100%按时、及时完成", VERIFIABLE, "full-compliance"),
        ("100%通过验收", VERIFIABLE, "full-compliance"),
        ("提高175家", QUANTIFIED, "number-in-text"),
        ("1-2名", QUANTIFIED, "number-in-text"),
        ("每站约10万元", QUANTIFIED, "number-in-text"),
        ("合格", VERIFIABLE, "yes-no"),
        ("合格合格", VERIFIABLE, "yes-no"),
        ("通过验收", VERIFIABLE, "yes-no"),
        ("据实支付", VERIFIABLE, "yes-no"),
        ("按规定标准支付", VERIFIABLE, "standard"),
        ("控制在预算之内", VERIFIABLE, "standard"),
        ("较上年增长", VERIFIABLE, "comparison"),
        ("及时", VAGUE, "vague-word"),
        ("及时及时", VAGUE, "vague-word"),
        ("有效促进", VAGUE, "vague-word"),
        ("高质量完成", VAGUE, "vague-word"),
        ("以党建促转型、促发展", VAGUE, "vague-inside"),
        ("解决问题", VAGUE, "plain-text"),
        ("总销售收入目标完成及时性", VAGUE, "vague-inside"),
    ],
)
def test_a_target_that_is_no_number_is_graded_by_a_named_rule(text: str, grade: str, rule: str) -> None:
    assert parse_target(text) == ("", "", "")
    assert quality(text) == (grade, rule)


def test_the_rules_are_a_registry_and_the_last_one_always_holds() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.quality for rule in RULES} == {QUANTIFIED, VERIFIABLE, VAGUE}
    assert all(zh(rule.said).endswith("。") for rule in RULES)
    assert RULES[-1].holds("任何文字")


def test_every_target_of_the_documents_is_graded_and_a_number_survives() -> None:
    targets = [
        target
        for document in DOCUMENTS
        for sheet in read_sheets(parse_text(text_of(document), document).blocks)[0]
        for target in sheet.targets
    ]
    graded = [quality(target.target) for target in targets]
    assert {grade for grade, _ in graded} == {QUANTIFIED, VERIFIABLE, VAGUE}
    for target, (grade, rule) in zip(targets, graded, strict=True):
        assert (rule == "number") == bool(target.value), target
        if target.value:
            assert target.value in target.target.replace(",", "") and grade == QUANTIFIED
        assert not (target.value and is_garbled(target.target))


@given(
    st.integers(0, 10**9),
    st.sampled_from(["≥", "≤", ">", "<", "="]),
    st.sampled_from(["%", "次", "万元", "元/人/月", "m2"]),
)
def test_a_printed_number_comes_back_as_printed(number: int, operator: str, unit: str) -> None:
    text = f"{operator}{number}{unit}"
    expected = ("", "", "") if unit == "%" and number >= 1000 else (operator, str(number), unit)
    assert parse_target(text) == expected
    assert parse_target(text * 2) == expected


@given(st.text(max_size=40))
def test_any_text_is_graded_the_same_way_twice(text: str) -> None:
    assert quality(text) == quality(text)
    operator, value, _ = parse_target(text)
    assert bool(operator) == bool(value)


@given(st.text(alphabet="及时有效合格达标", min_size=1, max_size=6))
def test_a_doubled_text_is_judged_as_the_text(text: str) -> None:
    assert quality(text + text) == quality(undoubled(text))
