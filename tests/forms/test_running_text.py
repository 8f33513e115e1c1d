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


WITHOUT_PARTS = """某某中心主要职能
承办交办的其他事项。
某某中心机构设置
某某中心设6个内设机构。
2026年单位预算编制说明
2026年，某某中心收入预算180.00万元。
2026年单位财务收支预算总表
单位：万元

本年收入\t\t本年支出\t
项目\t预算数\t项目\t预算数
一、财政拨款收入\t180.00\t一、一般公共服务支出\t180.00
收入总计\t180.00\t支出总计\t180.00

2026年单位收入预算总表
编制部门：某某中心

功能分类科目编码\t功能分类科目名称\t合计\t一般公共预算
201\t一般公共服务支出\t180.00\t180.00
合计\t\t180.00\t180.00

其他相关情况说明
一、2026年“三公”经费预算情况说明
2026年“三公”经费预算数为0万元。
"""


def test_a_document_without_parts_is_read_by_its_headings() -> None:
    assert sections(WITHOUT_PARTS) == [
        (1, "某某中心主要职能", "承办交办的其他事项。"),
        (1, "某某中心机构设置", "某某中心设6个内设机构。"),
        (1, "2026年单位预算编制说明", "2026年，某某中心收入预算180.00万元。"),
        (1, "一、2026年“三公”经费预算情况说明", "2026年“三公”经费预算数为0万元。"),
    ]


def test_its_table_titles_are_no_running_text() -> None:
    assert not any("总表" in text for _, _, text in sections(WITHOUT_PARTS))
