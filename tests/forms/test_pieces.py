"""Names from which a rule has taken a piece, by how they are spelled; beside them names that are whole. All invented."""

from __future__ import annotations

import pytest

from budgetdata.forms.pieces import is_half, is_mixed, is_out_of_turn


@pytest.mark.parametrize(
    ("label", "half"),
    [
        ("、其他收入", True),
        ("）公务用车运行维护费", True),
        ("：公务用车购置费", True),
        ("七、", True),
        ("（一）", True),
        ("28、", True),
        ("科学、", True),
        ("某某系统（", True),
        ("关于“", True),
        ("七、其他收入", False),
        ("（一）公务接待费", False),
        ("其中：", False),
        ("某某系统（二期）", False),
        ("“双创”资金", False),
        ("2024年", False),
        ("", False),
    ],
)
def test_a_name_neither_begins_with_what_stands_behind_nor_ends_with_what_stands_before(label: str, half: bool) -> None:
    assert is_half(label) is half


@pytest.mark.parametrize(
    ("code", "label", "mixed"),
    [
        ("2011302", "一般行政管理事务2.00", True),
        ("2011302", "一般行政2.00管理事务", True),
        ("201", "1302一般行政管理事务", True),
        ("", "10、卫生健康11、节能环保", True),
        ("", "10、卫生健康", False),
        ("", "某3.00级地震台", False),
    ],
)
def test_a_name_that_holds_more_than_itself(code: str, label: str, mixed: bool) -> None:
    assert is_mixed(code, label, {"2.00"}) is mixed


@pytest.mark.parametrize(
    ("labels", "out"),
    [
        (("二十、商业支出", "十一、金融支出", "二十二、援助支出"), True),
        (("（一）工资", "二）津贴", "（三）奖金"), True),
        (("27、还本", "8、付息", "29、费用"), True),
        (("六、上级补助", "其他收入", "八、附属单位"), True),
        (("六、上级补助", "七、其他收入", "八、附属单位"), False),
        (("六、上级补助", "六、其他收入", "七、附属单位"), False),
        (("六、上级补助", "八、其他收入", "八、附属单位"), False),
        (("一、基本支出", "其中：人员", "二、项目支出"), False),
        (("1.1 期", "系统", "3.1 期"), False),
        (("一、工资", "2、津贴", "3、奖金"), False),
    ],
)
def test_a_name_between_two_that_leave_one_number_out_has_that(labels: tuple[str, str, str], out: bool) -> None:
    assert is_out_of_turn(*labels) is out
