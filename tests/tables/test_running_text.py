"""Which paragraphs are running text: those of a second part that tells of the budget too, never those among the tables."""

from __future__ import annotations

import pytest

from budgetdata.forms.declared import standard_forms
from budgetdata.readers.text import parse_text
from budgetdata.tables.outline import outline

TOLD = "本部门收入预算12.00万元。"


def sections(text: str) -> list[tuple[int, str, str]]:
    """(part, section, text) of every paragraph of running text."""
    found = outline(parse_text(text, "made.txt").blocks, standard_forms(), set()).paragraphs
    return [(one.part, one.section, one.text) for one in found]


@pytest.mark.parametrize(
    "title", ["第二部分 收支情况", "第二部分：部门预算收支情况说明", "第二部分 部门预算收支总体情况"]
)
def test_a_second_part_that_tells_is_read(title: str) -> None:
    assert sections(f"第一部分 部门概况\n{title}\n五、收入预算情况\n{TOLD}\n") == [(2, "五、收入预算情况", TOLD)]


@pytest.mark.parametrize(
    "title", ["第二部分 2024年度部门预算表", "第二部分", "第二部分 部门预算收支情况表", "第二部分 预算报表及说明"]
)
def test_a_second_part_of_tables_is_not(title: str) -> None:
    assert sections(f"第一部分 部门概况\n{title}\n五、收入预算情况\n{TOLD}\n") == []
