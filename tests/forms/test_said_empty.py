"""What documents say of tables that hold nothing, as real ones do: in a list of tables, a sentence, an amount of 0."""

from __future__ import annotations

import re

import pytest
from documents import facts_of_text

from budgetdata.base.facts import TableFact
from budgetdata.base.raw import Paragraph, Place, RawRow, RawTable
from budgetdata.checks.printed import Line, first_mention, said_empty, said_none
from budgetdata.forms.declared import standard_forms
from budgetdata.forms.said_empty import is_listed, listed_empty, says_none

FUND, CAPITAL, RUNNING = 8, 9, 11


@pytest.mark.parametrize(
    ("no", "text"),
    [
        (FUND, "本部门无当年政府性基金预算收支，并已公开空表。"),
        (FUND, "2.政府性基金预算拨款收入 0.00 万元。"),
        (FUND, "一般公共预算拨款支出预算17883万元，比上年增加156万元；政府性基金拨款支出预算为0；"),
        (CAPITAL, "本部门2026年没有使用国有资本经营预算拨款安排的支出，与上年持平。"),
        (CAPITAL, "上级专项转移支付支出预算393.23万元。无政府性基金预算支出、国有资本经营预算支出。"),
        (RUNNING, "本单位无机关运行经费。"),
        (FUND, "本部门无政府性基金预算收支，并已公开空表，也无结转。"),
        (CAPITAL, "国有资本经营预算支出情况，本部门无此项支出。"),
    ],
)
def test_a_sentence_says_that_there_is_none(no: int, text: str) -> None:
    assert says_none(text, standard_forms()[no])


@pytest.mark.parametrize(
    ("no", "text"),
    [
        (FUND, "政府性基金预算拨款收入 0.50 万元。"),
        (FUND, "政府性基金预算支出100万元，国有资本经营预算支出0万元。"),
        (FUND, "没有使用政府性基金预算拨款安排的“三公”经费支出。"),
        (FUND, "政府性基金预算与上年相比没有变化。"),
        (CAPITAL, "国有资本经营预算支出10万元，政府性基金预算支出0万元。"),
        (RUNNING, "本单位无“三公”经费。"),
        (FUND, "上年结转结余的政府性基金预算收入0万元，占0%；"),
        (FUND, "无政府性基金预算财政拨款收入支出的，仍保留该表格式，并在本表下方作下述说明：本部门本年度"),
        (FUND, "本部门无下属单位，政府性基金预算支出见表八。"),
        (FUND, "上年政府性基金预算支出0万元。"),
    ],
)
def test_another_sentence_does_not(no: int, text: str) -> None:
    assert not says_none(text, standard_forms()[no])


def row(line: int, *cells: str) -> RawRow:
    return RawRow(cells, Place(2, line))


def test_a_list_of_tables_marks_the_empty_ones() -> None:
    rows = (
        row(1, "报表", "报表名称", "是否空表", "公开空表理由"),
        row(2, "表1", "2026年部门综合预算收支总表", "否", ""),
        row(3, "表9", "2026年部门综合预算政府性基金收支表", "是", "不涉及"),
        row(4, "表11", "2026年部门综合预算上年结转资金支出表", "√", "无结转"),
    )
    listed = listed_empty([RawTable(rows)])
    assert [line.place.line for line in listed] == [3, 4]
    found = is_listed("2026年部门综合预算政府性基金收支表（不含上年结转）", listed)
    assert found is not None and found.text == "表9 | 2026年部门综合预算政府性基金收支表 | 是 | 不涉及"
    assert is_listed("2026年部门综合预算收支总表", listed) is None
    lines = [
        "报表 报表名称 是否空表 表格为空的理由",
        "表8 政府性基金预算支出表 是 不涉及",
        "表9 国有资本经营预算收支表",
    ]
    told = listed_empty([Paragraph(text, Place(2, number)) for number, text in enumerate(lines)])
    assert [line.title for line in told] == ["表8政府性基金预算支出表"]


def fund_table(said: str, note: str = "") -> TableFact:
    """Table 8 of a document that prints it empty and says something of it in its narrative."""
    facts = facts_of_text(
        "# 阳泉市招商中心2026年部门预算\n\n第二部分 表\n\n2026年政府性基金预算支出表\n\n单位：万元\n\n"
        "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| --- | --- | --- | --- | --- |\n| | | | | |\n| | 合计 | | | |\n\n"
        f"{note}\n\n"
        "2026年预算支出总表\n\n单位：万元\n\n"
        "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| --- | --- | --- | --- | --- |\n"
        "| 205 | 教育支出 | 3.00 | 1.00 | 2.00 |\n| 20502 | 普通教育 | 3.00 | 1.00 | 2.00 |\n| | 合计 | 3.00 | 1.00 | 2.00 |\n\n"
        f"第三部分 说明\n\n一、政府性基金预算支出情况\n\n{said}\n"
    )
    return next(table for table in facts.tables if table.table_no == FUND)


def test_an_empty_table_is_declared_by_a_sentence_far_from_it() -> None:
    table = fund_table("本部门无政府性基金预算收支，并已公开空表。")
    assert table.status == "empty_stated" and table.reason is not None
    assert "本部门无政府性基金预算收支" in str(table.reason.args)
    assert fund_table("见附表。").status == "empty"


def test_what_is_quoted_is_the_sentence_that_it_is_quoted_for() -> None:
    long = "2026年收入预算18037万元，比上年增加156万元，都按照综合预算的原则纳入部门预算管理。"
    tail = "财政拨款支出预算中，一般公共预算拨款支出预算17883万元；政府性基金拨款支出预算为0；国有资本经营预算拨款支出预算为0。"
    line = said_none(standard_forms()[FUND], [Line(long + tail, Place(6, 4))])
    assert line is not None and line.shown == "政府性基金拨款支出预算为0"
    found = first_mention(
        [Line(long + "车辆" * 30 + "本部门整体支出纳入绩效目标管理。", Place(6, 5))], re.compile("整体支出")
    )
    assert found is not None and found.shown == "…辆车辆车辆车辆本部门整体支出纳入绩效目标管理"


def test_a_note_in_a_cell_is_a_sentence_and_a_rows_name_is_none() -> None:
    form = standard_forms()[CAPITAL]
    note = Line("注：本单位无国有资本经营预算，故本表为空。", Place(16, 9), in_row=True)
    assert said_none(form, [note]) is not None
    assert said_none(form, [Line("无国有资本经营预算支出", Place(7, 22), in_row=True)]) is None


def test_a_sentence_of_the_tables_own_side_is_quoted_and_none_where_another_tells_an_amount() -> None:
    income, spent = Line("政府性基金预算拨款收入0万元。", Place(3, 1)), Line("政府性基金预算支出0万元。", Place(3, 9))
    forms = standard_forms()
    quoted = [said_none(forms[no], lines) for no in (7, FUND) for lines in ([income, spent], [income], [spent])]
    assert [line and line.place.line for line in quoted] == [1, 1, None, 9, None, 9]
    empty = [said_empty(forms[no], title, [income], []) for no, title in ((FUND, "政府性基金预算支出表"), (7, ""))]
    assert [words and words.code for words in empty] == ["table.said_no_income", "table.said_empty"]
    capital = Line("国有资本经营预算拨款收入0万元。", Place(3, 2))
    told = [said_empty(forms[CAPITAL], f"国有资本经营预算{side}表", [capital], []) for side in ("收支", "支出")]
    assert [words and words.code for words in told] == ["table.said_empty", "table.said_no_income"]
    some = Line("（2）政府性基金预算拨款收入44,003.26万元，与上年相比增加13,424.11万元。", Place(4, 1))
    assert said_none(forms[7], [income, some]) is None
    less = Line("政府性基金预算支出0万元，比2025年政府性基金预算支出100万元减少100万元。", Place(4, 2))
    assert said_none(forms[FUND], [less]) is not None


def test_a_note_that_another_fund_is_not_there_declares_nothing() -> None:
    assert fund_table("见附表。", "注：本部门无国有资本经营预算支出。").status == "empty"
    assert fund_table("见附表。", "注：本部门无政府性基金预算支出。").status == "empty_stated"
