"""Titles of the thirteen tables as places all over the country print them, and of tables that are none of them."""

from __future__ import annotations

import time

import pytest

from budgetdata.forms.declared import standard_forms
from budgetdata.forms.titles import form_titled, is_like_title, is_other_table

TITLES = {
    1: [
        "收支总表（部门）",
        "收支预算总表（公开表一）",
        "部门收支总体情况表",
        "部门收支预算总表",
        "收支预算总表",
        "部门预算收支总表",
        "预算收支总体情况表",
        "单位收支总表",
        "收入支出预算总表",
        "部门收支情况表",
        "2026年市级部门收支预算总表",
        "部门财务收支预算总表",
        "附表1部门收支总表",
        "部门预算收支情况总表",
    ],
    2: [
        "部门收入总体情况表",
        "部门收入预算总表",
        "收入预算总体情况表",
        "部门预算收入总表",
        "收入总体情况表",
        "部门收入表",
        "收入预算情况表",
        "1-1部门收入总表",
    ],
    3: [
        "支出总表（按功能科目）",
        "部门支出总体情况表",
        "部门支出预算总表",
        "部门预算支出总表",
        "支出总体情况表",
        "本年支出总体情况表",
        "部门支出表",
        "支出预算情况表",
        "1-2部门支出总表",
    ],
    4: [
        "财政拨款收支总体情况表",
        "财政拨款收支预算总表",
        "财政拨款预算收支总表",
        "财政拨款收入支出总表",
        "财政拨款收支情况表",
        "部门财政拨款收支总表",
        "财政拨款收支表",
    ],
    5: [
        "一般公共预算支出情况表",
        "一般公共预算拨款支出情况表",
        "一般公共预算财政拨款支出预算表",
        "一般公共预算支出表",
        "一般公共预算当年财政拨款支出情况表",
        "一般公共预算支出预算明细表（按功能科目）",
        "一般公共预算财政拨款支出情况表（按功能分类科目）",
        "一般公共预算支出明细表",
        "一般公共预算支出预算总表",
        "一般公共预算财政拨款支出表（按支出功能分类）",
    ],
    6: [
        "一般公共预算基本支出情况表",
        "一般公共预算财政拨款基本支出预算表",
        "一般公共预算基本支出表",
        "一般公共预算基本支出经济分类情况表",
        "一般公共预算基本支出部门预算经济分类预算表",
        "一般公共预算拨款基本支出明细表",
        "一般公共预算基本支出表（按部门预算经济分类）",
        "一般公共预算财政拨款基本支出情况表（经济分类）",
        "一般公共预算基本支出预算表（按经济科目）",
        "一般公共预算基本支出情况表（一）",
    ],
    8: [
        "政府性基金预算支出情况表",
        "政府性基金拨款支出预算表",
        "政府性基金预算财政拨款支出表",
        "政府性基金支出预算表",
        "政府性基金预算支出预算表",
        "政府性基金预算支出表",
        "政府性基金财政拨款支出情况表",
        "4政府性基金支出预算表",
    ],
    9: [
        "国有资本经营预算支出情况表",
        "国有资本经营预算拨款支出预算表",
        "国有资本经营预算财政拨款支出表",
        "国有资本经营支出预算表",
        "国有资本经营预算支出表",
    ],
    10: [
        "一般公共预算“三公”经费支出情况表",
        "财政拨款“三公”经费支出预算表",
        "“三公”经费预算表",
        "3-3一般公共预算“三公”经费支出预算表",
        "部门“三公”经费情况表",
    ],
    11: [
        "机关运行经费预算表",
        "一般公共预算机关运行经费支出预算表",
        "机关运行经费情况表",
    ],
    12: [
        "项目支出预算表",
        "项目支出总表",
        "部门预算项目支出表",
        "项目支出预算明细表",
        "项目支出情况表",
        "本级项目支出预算表",
        "部门项目支出预算表",
        "部门预算项目支出明细表",
    ],
    13: [
        "财政拨款结转项目支出表",
        "财政拨款上年结转资金支出表",
        "项目支出预算表（上年结转）",
    ],
    0: [
        "政府性基金“三公”经费支出预算表",
        "政府采购预算表",
        "部门整体支出绩效目标表",
        "项目支出绩效目标表",
        "一般公共预算支出表（按经济分类）",
        "基本支出预算表",
        "政府购买服务预算表",
        "国有资产占有使用情况表",
        "财政拨款支出预算表（部门经济分类科目）",
        "会议费支出表",
        "工资福利支出预算表",
        "部门专项资金管理清单目录",
        "支出经济分类汇总表",
        "按政府经济分类支出表",
    ],
}
"""Table number (0: none of the thirteen) → titles."""


@pytest.mark.parametrize(("table_no", "title"), [(no, title) for no, titles in TITLES.items() for title in titles])
def test_a_title_names_its_table(table_no: int, title: str) -> None:
    form = form_titled(title, standard_forms())
    assert (form.no if form else 0) == table_no


@pytest.mark.parametrize(
    "title", ["政府采购预算表", "基本支出预算表", "财政拨款支出表（功能科目）", "一般公共预算支出表（按经济分类）"]
)
def test_tables_that_are_none_of_the_thirteen_are_known(title: str) -> None:
    assert is_other_table(title)
    assert not is_other_table("一般公共预算支出表")


@pytest.mark.parametrize("text", ["立项依据虚构〔2030〕7号文件。", "表(", "政府采购", "支出总表(按"])
def test_a_line_of_any_length_is_told_to_be_no_title_in_no_time(text: str) -> None:
    begun = time.process_time()
    assert not (
        is_other_table(text * 9_000) or is_like_title(text * 9_000) or form_titled(text * 9_000, standard_forms())
    )
    assert time.process_time() - begun < 1
