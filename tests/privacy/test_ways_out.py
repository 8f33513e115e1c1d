"""Made-up persons drawn at random are masked in every form of a text, and what no person is stays; all ways out:
test_planted_everywhere.py."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import as_text
from made import TEXT
from planted import left, planted

from budgetdata.privacy.mask import mask
from budgetdata.privacy.scan import scan

SURNAMES = st.sampled_from(
    [*"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜", "欧阳", "诸葛", "上官", "司马"]
)
GIVEN = st.text(st.sampled_from("伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞刚桂英玉兰"), min_size=1, max_size=2)
NAMES = st.builds("{}{}".format, SURNAMES, GIVEN).filter(lambda name: len(name) > 2)
DIGITS = st.integers(10_000_000, 99_999_999).map(str)
MOBILES = st.builds("1{}{}7".format, st.sampled_from(["39", "58", "77", "86"]), DIGITS.map(lambda digits: digits[1:]))
LANDLINES = st.builds("0351{}{}".format, st.sampled_from(["-", "—", " "]), DIGITS.map(lambda digits: digits[1:]))
DAYS = DIGITS.map(lambda digits: f"{int(digits[:2]) % 28 + 1:02}{digits[:4]}")
IDENTITIES = st.builds("14010519{}12{}".format, st.integers(50, 99), DAYS)
CARDS = DIGITS.map(lambda digits: f"62220212{digits}123")
WORDS = [
    "经办人", "负责人", "联系人", "审签人", "项目主管", "局长", "制单", "法定代表人", "填报人（签字）", "业务联系", "姓名",
    "主要负责人审签情况",
]  # fmt: skip


@st.composite
def persons(draw: st.DrawFn) -> dict[str, str]:
    """A person nobody is: name and numbers."""
    kinds = {"name": NAMES, "mobile": MOBILES, "landline": LANDLINES, "identity": IDENTITIES, "card": CARDS}
    return {kind: draw(strategy) for kind, strategy in kinds.items()}


@settings(max_examples=60, deadline=None)
@given(persons(), st.sampled_from(WORDS))
def test_no_planted_person_is_left_in_a_text(person: dict[str, str], label: str) -> None:
    masked, count = mask(as_text(planted(["云中县", "其他"], person, label)))
    assert count and not left(masked.encode(), person)
    assert scan(masked) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from(f"{TEXT[:200]}0123456789.,-：\t\n（）元万年月"), max_size=120))
def test_what_is_masked_is_never_an_amount(text: str) -> None:
    """Digits with decimals or thousands' commas, and years, stay in any text that names nobody."""

    amounts = re.findall(r"(?<![\d.,-])\d{1,3}(?:,\d{3})+\.\d\d(?![\d.,])|(?<![\d.,-])(?:19|20)\d\d年", text)
    masked = mask(text)[0]
    assert all(masked.count(amount) >= text.count(amount) for amount in amounts)
