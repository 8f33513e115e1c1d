"""A quick look that says no says it only where the long pattern behind it would find nothing."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from personal import NAME

from budgetdata.privacy import view
from budgetdata.privacy.mask import mask
from budgetdata.privacy.partly import TOLD
from budgetdata.privacy.patterns import (
    DESK_LABELS,
    EMAIL_MASK,
    MAIL_SIGN,
    MOBILE,
    MOBILE_HEAD,
    NAME_MASK,
    PRIVATE_HOSTS,
    PRIVATE_MAIL,
    SPELLED_MAIL,
    STAFF_LINE,
    STAFF_MOBILE,
    STAFF_ROW,
)
from budgetdata.privacy.words import (
    DOT,
    DOUBLE_SURNAMES,
    NOT_BESIDE_PHONES,
    PERSON_LABELS,
    PHONE_LABELS,
    WHOLE_NAME,
    may_be_asked_for,
    may_be_asked_for_at,
)


def test_no_text_with_an_odd_sign_is_taken_for_an_even_one() -> None:
    texts = [f"合{chr(code) * 3}计" for code in range(0x1D800) if not 0xD800 <= code < 0xE000]
    texts += ["&#38065;", "&nbsp;", "&amp;#38065;", "\\u94b1", "%E9%92%B1", "12" + 9 * " " + "3", "1" + 5 * " \u3000"]
    odd = [text for text in texts if view._ODD.search(text)]
    assert len(odd) > 1000
    assert not [text for text in odd if not (view._MAY_BE_ODD.search(text) or view._WIDE_GAP.search(text))]


def test_a_row_of_staff_speaks_of_staff() -> None:
    for label in (*DESK_LABELS, *PERSON_LABELS, *PHONE_LABELS):
        for text in (
            label,
            " ".join(label),
            f"单位\t{label}（签字）：{NAME}",
            f"财务{label}\t",
            f"科室\t {label} \t12.00",
        ):
            assert STAFF_LINE.search(text) or not STAFF_ROW.search(text), text
    assert all(STAFF_LINE.search(" ".join(label)) for label in DESK_LABELS)


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
@pytest.mark.parametrize("point", [".", " . ", "(dot)", "。"])
def test_an_address_of_a_private_host_is_masked_however_its_point_is_written(host: str, point: str) -> None:
    written = host.replace(".", point)
    for sign in ("@", " @ ", "#", "(at)"):
        assert mask(f"来信 daiyulin77{sign}{written}，谢谢")[0] == f"来信 {EMAIL_MASK}，谢谢"


@pytest.mark.parametrize(
    "text",
    [
        "a1b2@qq.com",
        "a1b2 AT qq.com",
        "a1b2#163.com",
        "a1b2（at）qq.com",
        "ab【艾特】foo【点】com",
        "ab[@]xy.cn",
        "ab ( At ) foo.cn",
        "ab【\vAT\t】foo.cn",
    ],
)
def test_an_address_has_a_sign(text: str) -> None:
    assert any(re.search(written, text, re.IGNORECASE) for written in (PRIVATE_MAIL, SPELLED_MAIL))
    assert MAIL_SIGN.search(text)


def test_a_mobile_number_has_its_head() -> None:
    for text in (
        "+8613900001234",
        "139 0000 1234",
        "1390-000-1234",
        "139_0000_1234",
        "139-000-01234",
        "(86)139.0000.1234",
    ):
        assert any(pattern.search(text) for pattern in (MOBILE, STAFF_MOBILE)) and MOBILE_HEAD.search(text)


def test_whoever_may_be_asked_for_is_looked_at() -> None:
    drawn = random.Random(7)
    signs = f"林贾史王欧阳诸葛金全水黛玉湘云政伟业阿卜杜拉买提和时于从项目农{DOT} 12，"
    texts = ["".join(drawn.choices(signs, k=drawn.randint(2, 9))) for _ in range(20_000)]
    texts += [name + "婉清" for name in DOUBLE_SURNAMES] + [f"{word}玉" for word in NOT_BESIDE_PHONES]
    named = [text for text in texts if (match := WHOLE_NAME.match(text)) and may_be_asked_for(match[0])]
    assert len(named) > 1000
    assert not [text for text in named if not may_be_asked_for_at(text, 0)]
    assert not may_be_asked_for_at("费用问题", 0) and not may_be_asked_for_at("", 0)


def test_recipients_are_found_on_each_line_that_speaks_of_a_benefit() -> None:
    text = f"抚恤金（{NAME}）\n办公用品\n退休干部{NAME}同志丧葬费\r\n慰问金：{NAME}、贾政\n"
    masked = f"抚恤金（{NAME_MASK}）\n办公用品\n退休干部{NAME_MASK}同志丧葬费\r\n慰问金：{NAME_MASK}、{NAME_MASK}\n"
    assert mask(text)[0] == masked
    assert mask(f"补发抚 恤 金（{NAME}）")[0] == f"补发抚 恤 金（{NAME_MASK}）"


@pytest.mark.parametrize("told", TOLD, ids=range(len(TOLD)))
@settings(max_examples=5, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_pattern_of_something_told_finds_holds_the_signs_that_are_asked_for_first(told, data):
    pattern, _, signs = told
    text = data.draw(st.from_regex(re.compile(pattern)))
    assert re.search(pattern, text)
    assert all(any(sign in text for sign in group) for group in signs)
