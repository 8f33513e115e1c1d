"""Ways a conversion spoils a document, found by people who tried: nothing is lost in silence, nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from documents import DOCUMENTS, facts_of_text, read_registered, text_of

from budgetdata.base.facts import DocumentFacts
from tests.helpers.words import en

LONG = "947784cd9916"


def cells(facts: DocumentFacts) -> set[tuple]:
    """What a document's figures say, without their places."""
    return {(f.table_no, f.side, f.code, f.label, f.group_label, f.column, f.fen, f.row_no) for f in facts.figures}


def unread(facts: DocumentFacts) -> list[str]:
    """The messages of what was not read."""
    return [en(p.message) for p in facts.problems if p.severity == "unread"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_rows_whose_trailing_tabs_were_stripped(document: str) -> None:
    facts = facts_of_text(re.sub(r"\t+$", "", text_of(document), flags=re.M))
    assert cells(facts) == cells(read_registered(document))
    assert [t.status for t in facts.tables] == [t.status for t in read_registered(document).tables]
    assert unread(facts) == []


def test_full_width_digits_everywhere() -> None:
    wide = {ord("0") + i: ord("０") + i for i in range(10)}
    facts = facts_of_text(text_of(LONG).translate(wide))
    figures = {(f.table_no, f.side, f.code, f.column, f.fen, f.row_no) for f in facts.figures}
    assert figures == {(f.table_no, f.side, f.code, f.column, f.fen, f.row_no) for f in read_registered(LONG).figures}
    assert [p.name for p in facts.projects if len(p.name) < 3] == []


def inserted(line: str, after: str) -> str:
    """The long text with a line of its own put after the row that begins with `after`."""
    lines = text_of(LONG).split("\n")
    spot = next(i for i, text in enumerate(lines) if text.startswith(after))
    return "\n".join([*lines[: spot + 1], *line.split("\n"), *lines[spot + 1 :]])


BETWEEN = ["\n注：金额四舍五入\n", "\n---\n", "\n示例单位内部网 第12页\n", "\n（续）\n", "注：金额四舍五入"]


@pytest.mark.parametrize("line", BETWEEN)
@pytest.mark.parametrize(
    "after", ["2010399\t", "基本工资\t", "建设环保管理部—路灯运行维护费\t", "		五、教育支出"]
)
def test_a_line_of_text_inside_a_table_loses_nothing(line: str, after: str) -> None:
    facts = facts_of_text(inserted(line, after))
    assert cells(facts) == cells(read_registered(LONG))
    assert len(facts.projects) == 132


def test_a_line_that_may_be_half_a_name_is_named_and_joined_to_none() -> None:
    facts = facts_of_text(inserted("示例半个名字", "建设环保管理部—路灯运行维护费\t"))
    assert not any("示例半个名字" in p.name for p in facts.projects)
    assert len(facts.projects) == 132 and len(unread(facts)) == 1 and "示例半个名字" in unread(facts)[0]


def test_an_open_bracket_is_closed_by_the_next_line() -> None:
    whole = "第一招商服务中心—招商引资经费（差旅费、租车费、培训费）"
    cut = text_of(LONG).replace(
        f"{whole}\t31.00\t31.00\t\t\t\t",
        "第一招商服务中心—招商引资经费（差旅费、\t31.00\t31.00\t\t\t\t\n租车费、培训费）" + "\t" * 6,
    )
    assert cut != text_of(LONG)
    facts = facts_of_text(cut)
    assert cells(facts) == cells(read_registered(LONG)) and unread(facts) == []


def headless(table: str, swap: Callable[[list[str]], list[str]]) -> str:
    """The text of a short document in which a table has no header and its cells are rearranged."""
    lines = text_of("6ad99d98ab19").split("\n")
    start = next(i for i, line in enumerate(lines) if line.endswith(table) and "....." not in line)
    first = next(i for i in range(start, len(lines)) if "\t" in lines[i])
    body = next(i for i in range(first, len(lines)) if lines[i].startswith("合计\t"))
    last = next(i for i in range(body, len(lines)) if not lines[i].strip())
    rows = ["\t".join(swap(line.split("\t"))) for line in lines[body:last]]
    return "\n".join([*lines[:first], *rows, *lines[last:]])


@pytest.mark.parametrize("table", ["基本支出分经济科目表（不含上年结转）", "2024年预算支出总表"])
def test_columns_without_any_header_are_refused(table: str) -> None:
    """Interchangeable columns cannot be told apart by sums alone, in their usual order or in another."""
    for swap in (lambda row: row, lambda row: [*row[:3], row[4], row[3]]):
        facts = facts_of_text(headless(table, swap))
        no = 6 if "经济" in table else 3
        assert next(t.status for t in facts.tables if t.table_no == no) == "unreadable"
        assert len(unread(facts)) == 1


def test_a_table_without_unit_is_noted_and_one_out_of_scale_refused() -> None:
    text = text_of(LONG)
    head, _, rest = text.partition("## 2024年预算支出总表")
    bare = head + "## 2024年预算支出总表" + rest.replace("单位：万元\n", "", 1)
    facts = facts_of_text(bare)
    assert cells(facts) == cells(read_registered(LONG))
    assert [p.table_no for p in facts.problems if p.subject == "unit"] == [3]
    body, _, after = rest.replace("单位：万元\n", "", 1).partition("## 2024年财政拨款收支总表")
    yuan = re.sub(r"(\d+)\.(\d\d)", r"\g<1>\g<2>00.00", body)
    facts = facts_of_text(head + "## 2024年预算支出总表" + yuan + "## 2024年财政拨款收支总表" + after)
    assert next(t for t in facts.tables if t.table_no == 3).status == "unreadable"


def test_a_header_cut_in_two_by_a_watermark() -> None:
    text = text_of("6ad99d98ab19").replace(
        "2024年预算数\t\t\n\t\t合计\t人员经费", "2024年预算数\t\t\n\n内部资料\n\n" + "\t\t合计\t人员经费"
    )
    text = "\n内部资料\n\n内部资料\n\n内部资料\n" + text
    facts = facts_of_text(text)
    assert cells(facts) == cells(read_registered("6ad99d98ab19")) and unread(facts) == []


def test_a_second_three_public_table_is_named_and_the_one_of_part_two_is_read() -> None:
    early = "“三公”经费支出表\n单位：万元\n\n项目\t合计\n因公出国（境）费\t\n公务接待费\t99.00\n合计\t99.00\n\n"
    text = text_of("6ad99d98ab19").replace("### 二、机构设置情况", early + "### 二、机构设置情况", 1)
    facts = facts_of_text(text)
    assert cells(facts) == cells(read_registered("6ad99d98ab19"))
    assert len(unread(facts)) == 1 and "once more" in unread(facts)[0]


def test_amounts_under_an_unknown_title_are_named() -> None:
    extra = "\n\n2024年某某资金明细\n\n单位：万元\n\n名称\t金额\n甲\t12.30\n乙\t45.60\n\n"
    text = text_of("6ad99d98ab19").replace("### 第三部分", extra + "### 第三部分", 1)
    facts = facts_of_text(text)
    assert cells(facts) == cells(read_registered("6ad99d98ab19"))
    assert len(unread(facts)) == 1 and "某某资金明细" in unread(facts)[0]


def test_markdown_pipes_read_as_tabs() -> None:
    lines = [
        "|" + line.replace("\t", "|") + "|" if "\t" in line and "....." not in line else line
        for line in text_of("6ad99d98ab19").split("\n")
    ]
    assert cells(facts_of_text("\n".join(lines))) == cells(read_registered("6ad99d98ab19"))
