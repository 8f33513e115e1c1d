"""What counts as disclosed: sections and points wherever they stand, explained words however printed, series of tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made import made_facts

from budgetdata.base.facts import ParagraphFact, TableFact
from budgetdata.base.raw import Place
from budgetdata.base.said import said
from budgetdata.checks.disclosure import disclosure_items, standard_profile
from budgetdata.checks.disclosure_text import Printed
from budgetdata.checks.printed import Line
from budgetdata.queries.signals.rates import told
from tests.helpers.words import zh


def glossary(part: int, section: str, *texts: str) -> tuple[str, str]:
    """The status of the glossary, and its evidence, in a document of these paragraphs."""
    facts = made_facts()
    facts.paragraphs = [ParagraphFact(part, section, text, Place(9, n)) for n, text in enumerate(texts, 1)]
    [item] = [item for item in disclosure_items(facts, standard_profile()) if item.item_id == "glossary"]
    return item.status, zh(item.evidence)


BASIC, PROJECT = (
    "基本支出：指为保障机构正常运转而发生的支出。",
    "“三公”经费是指因公出国（境）费、公务用车费和公务接待费。",
)


@pytest.mark.parametrize(
    "texts",
    [
        (BASIC, PROJECT),
        (f"一、{BASIC}", f"二、{PROJECT}"),
        ("1.基本支出：为保障机构正常运转而发生的支出。", "2.项目支出：为完成特定任务而发生的支出。"),
        (
            "基本支出，是指为保障机构正常运转而发生的支出。",
            "项目支出：特指为完成特定任务而发生的支出。",
            "以上供参考。",
        ),
    ],
)
@pytest.mark.parametrize(("part", "section"), [(4, ""), (3, "十一、专业名词解释")])
def test_two_explained_words_are_a_glossary(texts: tuple[str, ...], part: int, section: str) -> None:
    assert glossary(part, section, *texts) == ("full", "第9页第1行起：解释了 2 个名词")


def test_five_explained_words_are_a_whole_one() -> None:
    words = ("基本支出", "项目支出", "事业收入", "上年结转", "其他收入")
    assert glossary(4, "", *(f"{word}：指某一项收入或者支出。" for word in words))[0] == "full"


@pytest.mark.parametrize(
    "text", ["本部门没有需要说明的名词。", "收入预算：2024年为12.30万元。", "本部门的各项指标，均已完成。"]
)
def test_prose_of_the_last_part_is_none(text: str) -> None:
    assert glossary(4, "", text) == ("missing", "没有名词解释")
    assert glossary(3, "二、收入预算", BASIC) == ("missing", "没有名词解释")


@pytest.mark.parametrize(
    "texts",
    [
        (
            "（一）财政拨款收入：是市级预算主管部门本年度从本级财政部门取得的财政拨款。",
            "（二）事业收入：指开展专业业务活动取得的收入。",
        ),
        ("政府采购：各级国家机关、事业单位和团体组织采购货物、工程和服务的行为。", "基本支出是指保障机构运转的支出。"),
        (
            "（一）、基本支出预算：是为保障其机构正常运转而编制的计划。",
            "其中：因公出国费主要安排人员的国际旅费。",
            "2、“三公”经费：见上。",
        ),
    ],
)
def test_words_are_counted_in_whatever_form_they_are_numbered(texts: tuple[str, ...]) -> None:
    assert glossary(1, "名词解释", *texts) == ("full", "第9页第1行起：解释了 2 个名词")


def item(code: str, *paragraphs: tuple[str, str], lines: Sequence[Line] = ()) -> tuple[str, str]:
    """The status of an item, and its evidence, in a document of these (section, text)."""
    facts = made_facts()
    facts.tables, facts.sheets, facts.projects = [], [], []
    facts.paragraphs = [ParagraphFact(1, section, text, Place(6, n)) for n, (section, text) in enumerate(paragraphs, 1)]
    [found] = [each for each in disclosure_items(facts, standard_profile(), Printed(lines)) if each.item_id == code]
    return found.status, zh(found.evidence)


GENERAL = ("（一）收支预算情况的总体说明", "按照综合预算的原则，所有收入和支出均纳入部门预算管理。")
INCOME = ("（二）收入预算情况说明", "2026年收入预算40万元，比上年执行数增加15万元，增长3.9%，主要原因是人员增加。")


def test_a_change_and_its_reason_count_wherever_they_stand() -> None:
    assert item("changes", GENERAL, INCOME) == ("full", "第6页第2行「（二）收入预算情况说明」：要求的 2 点写到 2 点")
    spoken = ("二、支出", "2026年支出预算309.12万元，比2025年年初预算数882.71万元减少573.59万元。主要是工程竣工。")
    assert item("changes", GENERAL, spoken)[0] == "full"
    other = ("五、“三公”经费", "“三公”经费较上年增加1万元，主要原因是购车。")
    assert item("changes", GENERAL, other) == (
        "partial",
        "第6页第1行「（一）收支预算情况的总体说明」：有这一节，没有要求的内容",
    )
    none = ("一、收支变动情况及原因", "预算收入32万元，比上年增加19万元，主要原因是无。")
    assert item("changes", none, INCOME)[1].endswith("没有写到：原因")


def test_a_section_may_be_a_numbered_line_within_another() -> None:
    lines = (
        ("一、部门情况", "（一）本部门职责情况"),
        ("一、部门情况", "本办公室作为建设主体，统筹行政办公区的规划建设。"),
    )
    assert item("duties", *lines)[0] == "full"
    assert item("organisation", *lines)[0] == "missing"


def test_a_sentence_broken_over_paragraphs_is_read_over_them() -> None:
    section = "五、国有资产占有使用情况"
    lines = (section, "本部门共有车辆3辆，办公用"), (section, "房100平方米，单价100万元以上设备0台。")
    assert item("assets", *lines)[0] == "full"


def test_what_is_not_written_is_named() -> None:
    assets = ("五、国有资产占有使用情况", "本部门共有车辆3辆，单价100万元以上设备0台。")
    assert item("assets", assets) == (
        "partial",
        "第6页第1行「五、国有资产占有使用情况」：要求的 3 点写到 2 点，没有写到：房屋",
    )


@pytest.mark.parametrize("code", ["t07", "t13", "department_sheet"])
def test_a_local_form_is_lacking_only_in_its_own_series(code: str) -> None:
    assert item(code)[0] == "not_applicable"
    facts = made_facts()
    facts.sheets = []
    facts.tables = [TableFact(no, f"表{no}", "万元", "data", None, Place(3, no)) for no in range(1, 13) if no != 7]
    facts.tables += [
        TableFact(no, "", "", "missing", said("table.not_found", title=""), Place(None, None)) for no in (7,)
    ]
    facts.tables += [TableFact(13, "表13", "万元", "data", None, Place(3, 13))]
    states = {each.item_id: each.status for each in disclosure_items(facts, standard_profile())}
    assert states["t07"] == states["department_sheet"] == "missing"


def test_goals_of_the_whole_department_that_the_text_speaks_of_are_not_missing() -> None:
    line = Line("2026年度，本部门整体支出纳入绩效目标管理，涉及财政性资金4,651.67万元。", Place(30, 20))
    assert item("department_sheet", lines=[line])[0] == "unread"


def test_an_empty_table_is_published_and_what_is_not_asked_is_not_counted() -> None:
    assert told({"full": 2, "empty": 1, "not_applicable": 4, "unread": 3, "missing": 1}) == (3, 4)
