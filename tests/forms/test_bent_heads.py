"""Heads of one year held against those of another that prints the same: where they differ a rule of the head lies elsewhere."""

from __future__ import annotations

import pytest

from budgetdata.forms.other_years import bent_heads

LAST = [
    ("上年", "合计"),
    ("上年", "三公", "小计"),
    ("上年", "三公", "接待费"),
    ("上年", "三公", "用车费"),
    ("上年", "会议费"),
    ("上年", "培训费"),
]


@pytest.mark.parametrize(
    ("heads", "bent"),
    [
        (["合计", "三公 小计", "三公 接待费", "三公 用车费", "会议费", "培训费"], set()),
        (["合计", "三公 小计", "三公 接待费", "三公 用车费", "会议费", "培训费计"], {5}),
        (["合计", "三公 小计", "三公 接待费小计", "三公 用车费", "会议费", "培训费"], {2}),
        (["合计", "小计", "接待费", "用车费", "会议费", "培训费"], {1}),  # the head over three is gone
        (["合计", "小计", "接待费", "用车费", "会议费", "培训费计"], {1, 5}),
        (["预算数", "财政拨款 小计", "财政拨款 用车", "自有资金", "其他"], set()),  # this year is printed otherwise
    ],
)
def test_heads_that_no_other_year_prints_are_bent_where_it_prints_most_of_them(
    heads: list[str], bent: set[int]
) -> None:
    paths = {column: ("当年", *head.split()) for column, head in enumerate(heads)}
    assert bent_heads(paths, [*LAST, *paths.values()], 2031) == bent


def test_heads_beside_which_no_other_year_stands_are_as_they_are() -> None:
    paths = {0: ("三公", "小计"), 1: ("会议费",)}
    assert bent_heads(paths, list(paths.values()), 2031) == set()
