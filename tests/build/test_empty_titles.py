"""Tables of which nothing but title and heads is printed: empty where a sentence below says so, unreadable where that is open."""

from __future__ import annotations

import time

import pytest
from documents import facts_of_text

from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.build.document import facts_of
from budgetdata.build.empty_titles import said_below
from budgetdata.build.tables import report_left_out
from budgetdata.checks.printed import Line
from budgetdata.forms.declared import standard_forms
from budgetdata.register.sources import Source
from budgetdata.tables.groups import LeftOut, Outline

FUND = 8
HEADS = ("部门：某局 单位：万元", "科目编码 科目名称 2026年预算数", "合计 基本支出 项目支出", "1 2 3=4+5 4 5")


def without_rows(*below: str, unread: tuple[int, ...] = ()) -> Line | None:
    """What is said below the title of table 8 in a document that prints nothing of it but that, and texts."""
    lines = [Line("政府性基金预算支出表", Place(5, 1), table=FUND)]
    lines += [Line(text, Place(5, number), table=9 if text == "表九" else None) for number, text in enumerate(below, 2)]
    raw = RawDocument("a.pdf", "pdf", [], unreadable=[(Place(page, 3), said("readers.may_go_on")) for page in unread])
    return said_below(standard_forms()[FUND], lines, raw)


@pytest.mark.parametrize(
    "text",
    [
        "本单位无政府性基金预算支出，此表为空。",
        "注：本表无数据",
        "空表",
        "注：本部门没有政府性基金支出，故本表公开空表。",
    ],
)
def test_a_title_over_heads_alone_is_an_empty_table_where_the_sentence_below_says_so(text: str) -> None:
    line = without_rows(*HEADS, text)
    assert line is not None and line.text == text


@pytest.mark.parametrize(
    "below",
    [
        (*HEADS, "212 城乡社区支出 3.00 1.00 2.00", "本表无数据"),
        (*HEADS, "合计 3 1 2", "本表无数据"),
        (*HEADS, "表九", "本表无数据"),
        (*HEADS, "政府采购预算表", "本表无数据"),
        (*HEADS, "此表非空表。"),
        (*HEADS, "本部门无国有资本经营预算支出。"),
        (*HEADS, "本表无数据", "政府性基金预算支出12万元。"),
        HEADS,
    ],
)
def test_it_is_unreadable_where_amounts_another_title_or_nothing_stands_below(below: tuple[str, ...]) -> None:
    assert without_rows(*below) is None
    assert without_rows(*HEADS, "本表无数据", unread=(5,)) is None


def test_a_line_of_nothing_but_digits_takes_time_by_its_length() -> None:
    began = time.process_time()
    assert without_rows(*HEADS, "1234567.00 " * 20_000, "本表无数据") is None
    assert time.process_time() - began < 2


def test_such_a_table_is_empty_in_the_document() -> None:
    rows = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| --- | --- | --- | --- | --- |\n"
    for code, name in (("205", "教育支出"), ("20502", "普通教育"), ("", "合计")):
        rows += f"| {code} | {name} | 3.00 | 1.00 | 2.00 |\n"
    text = f"# 云中县虚构局2031年部门预算\n\n2031年预算支出总表\n\n单位：万元\n\n{rows}\n2031年政府性基金预算支出表\n\n"
    text += "\n\n".join([*HEADS[1:], "注：本表无数据"])
    told = {table.table_no: (table.status, table.reason) for table in facts_of_text(text).tables}
    assert told[3][0] == "data" and told[FUND][0] == "empty_stated"
    assert told[FUND][1] is not None and told[FUND][1].args["text"] == "注：本表无数据"


def test_targets_under_a_title_that_no_cell_could_be_read_of_are_told_as_unread() -> None:
    left = [
        LeftOut(title, Place(8, 1), Place(8, 3), 2, head=(RawRow((text, text), Place(8, 2)),))
        for title, text in (("甲项目绩效目标表", UNREAD), ("乙项目绩效目标表", UNREAD), ("丙项目绩效目标表", "无"))
    ]
    rows = "| 科目编码 | 科目名称 | 合计 |\n| --- | --- | --- |\n| 205 | 教育支出 | 3.00 |\n"
    facts = facts_of_text(f"# 云中县虚构局2031年部门预算\n\n2031年预算支出总表\n\n单位：万元\n\n{rows}")
    facts.problems.clear()
    report_left_out(facts, Outline(left_out=left))
    assert [(problem.severity, problem.message.code) for problem in facts.problems] == [
        ("unread", "table.promises_illegible"),
        ("note", "table.left_out"),
    ]
    assert facts.problems[0].message.args["n"] == 2


def state_of_fund_table(gap: int) -> str:
    """The state of table 8 of which page 5 prints the head alone, in a document that skips behind page `gap`."""
    heads = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    blocks = [
        Paragraph("虚构市水务局2026年部门预算公开", Place(1, 1)),
        Paragraph("第二部分 2026年部门预算表", Place(4, 1)),
        *(Paragraph(text, Place(4, n)) for n, text in ((2, "部门支出总表"), (3, "单位：万元"))),
        RawTable((RawRow(heads, Place(4, 4)), RawRow(("213", "农林水支出", "5.00", "", "5.00"), Place(4, 5)))),
        *(Paragraph(text, Place(5, n)) for n, text in ((1, "政府性基金预算支出表"), (2, "单位：万元"))),
        RawTable((RawRow(heads, Place(5, 3)), RawRow(("", "", "", "", ""), Place(5, 4)))),
    ]
    skip = (Place(gap, None), said("readers.gap", n=1, before=gap, after=gap + 2))
    facts = facts_of(RawDocument("a.pdf", "pdf", blocks, gaps=[skip]), Source("a.pdf", "0" * 64), standard_forms())
    return next(table.status for table in facts.tables if table.table_no == FUND)


def test_a_head_without_rows_is_no_empty_table_where_the_page_behind_it_is_missing() -> None:
    assert (state_of_fund_table(5), state_of_fund_table(3)) == ("unreadable", "empty")
