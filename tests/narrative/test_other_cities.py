"""Sentences as other cities write them, invented ones: what each number is of, and what it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import made_facts

from budgetdata.base.facts import DocumentFacts, FigureFact, ParagraphFact, RowFact, TableFact
from budgetdata.base.raw import Paragraph, Place
from budgetdata.forms.running_text import running_text
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.read import read_statements
from budgetdata.narrative.spoken import spoken_facts
from budgetdata.narrative.told import told_of

AT = Place(1, None)


def told(section: str, *texts: str) -> set[tuple[str, str, str]]:
    """(kind, subject, value) of everything that some paragraphs under a heading state."""
    return {(s.kind, s.subject, s.value) for s in read_statements(facts_of(section, *texts)) if s.kind != "reason"}


def facts_of(section: str, *texts: str) -> DocumentFacts:
    """A document that prints just these paragraphs."""
    paragraphs = [ParagraphFact(3, section, text, Place(1, number)) for number, text in enumerate(texts, 1)]
    empty = replace(made_facts(), paragraphs=paragraphs, rows=[], figures=[], tables=[], sheets=[], projects=[])
    return replace(empty, checks=[], statements=[])


def test_notes_on_how_the_budget_was_made_are_accounts_not_posts() -> None:
    found = told(
        "2026年单位预算编制说明",
        "2026年，某中心收入预算1,800万元，其中：财政拨款收入1,700万元，比2025年预算增加15万元；事业收入100万元。",
        "支出预算1,800万元，其中：财政拨款支出预算1,700万元，比2025年预算增加15万元。财政拨款支出预算中，"
        "一般公共预算拨款支出预算1,650万元，比2025年预算持平；政府性基金拨款支出预算50万元，比2025年预算增加15万元。",
    )
    assert {
        ("amount", "income_total", "1800"), ("amount", "income_fiscal", "1700"), ("change", "income_fiscal", "15"),
        ("amount", "income_institution", "100"), ("amount", "expenditure_total", "1800"),
        ("amount", "expenditure_fiscal", "1700"), ("change", "expenditure_fiscal", "15"), ("amount", "general", "1650"),
        ("change", "general", "0"), ("amount", "fund", "50"), ("change", "fund", "15"),
    } <= found  # fmt: skip


def test_income_of_appropriation_is_not_all_income() -> None:
    found = told(
        "五、预算收支说明", "（二）财政拨款收支情况", "本部门财政拨款收入预算总计180.13万元，全部为一般公共预算拨款。"
    )
    assert ("amount", "income_fiscal", "180.13") in found and not any(
        subject == "income_total" for _, subject, _ in found
    )


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("（一）政府采购预算说明", "2026年货物2万元，工程3万元，服务4万元。", ("amount", "procurement_goods", "2")),
        ("（三）国有资产占用情况说明", "共有车辆7辆。", ("count", "vehicles_held", "7")),
        ("2.机关运行经费", "2026年财政拨款预算88.10万元，较上年无增减。", ("change", "", "0")),
    ],
)
def test_headings_below_a_section_say_what_is_spoken_of(
    heading: str, text: str, expected: tuple[str, str, str]
) -> None:
    found = told("五、其他情况说明", heading, text)
    assert expected in {(kind, subject if expected[1] else "", value) for kind, subject, value in found}


def test_what_stands_in_brackets_behind_a_name_is_a_remark() -> None:
    found = told("五、预算收支说明", "（1）行政运行（行政单位基本支出）26.58万元，较上年减少1.59万元。")
    assert not any(subject == "basic" for _, subject, _ in found)
    assert ("amount", "running", "9") in told("十、机关运行经费安排情况", "机关运行经费（公用经费）预算总额为9万元。")


def test_money_is_of_nothing_that_is_only_counted() -> None:
    found = told(
        "三公经费情况说明",
        "公务用车购置支出24.69万元（含购置税），主要用于经批准购置的5辆公务用车，比上年预算数增加7.97万元。",
    )
    assert {("amount", "vehicle_purchase", "24.69"), ("change", "vehicle_purchase", "7.97")} <= found


def test_what_is_to_be_bought_is_not_held() -> None:
    found = told(
        "二、国有资产占用情况",
        "共有车辆9辆，其中：其他用车9辆；单价100万元以上设备3台（套）。",
        "2026年计划购置车辆2辆、30.00万元，其中：其他用车2辆；单价100万元以上设备1台（套）、120.00万元。",
        "本年度拟购置固定资产12.1万元。",
    )
    assert {
        ("count", "vehicles_held", "9"), ("count", "vehicles_other", "9"), ("count", "equipment_over_100", "3"),
        ("count", "vehicles_planned", "2"), ("count", "vehicles_planned_part", "2"),
        ("count", "equipment_purchase_over_100", "1"), ("amount", "fixed_assets_planned", "12.1"),
    } <= found  # fmt: skip
    held = {"vehicles_held", "vehicles_other", "equipment_over_100", "fixed_assets"}
    assert len([1 for _, subject, _ in found if subject in held]) == 3


def reasons_of(text: str) -> list[tuple[str, str]]:
    return [(s.subject, s.value) for s in read_statements(facts_of("三公经费", text)) if s.kind == "reason"]


def test_a_reason_ends_where_the_next_item_of_the_list_begins() -> None:
    text = "其中：①公务接待费5万元，较上年减少1万元，原因是厉行节约；②公务用车运行维护费8万元，较上年增加2万元，原因是车辆老化。"
    assert reasons_of(text) == [("reception", "厉行节约"), ("vehicle_running", "车辆老化")]
    text = "公务接待费5万元，较上年减少1万元，原因是：一是厉行节约；二是来访减少。"
    assert reasons_of(text) == [("reception", "一是厉行节约；二是来访减少")]


def test_a_list_behind_the_word_reason_is_none() -> None:
    assert reasons_of("公务接待费5万元，较上年减少1万元。主要原因是其中：") == []
    assert reasons_of("公务接待费5万元，较上年减少1万元，主要原因是无。") == [("reception", "无")]


@pytest.mark.parametrize(
    ("section", "text", "subject", "about", "state"),
    [
        ("三公经费", "年初不编制因公出国（境）费用预算，年度执行中相应调增。", "overseas", "amount", "declared_none"),
        (
            "收支总体",
            "收、支预算总计9万元。与上年相比收、支预算总计各增加2万元。",
            "expenditure_total",
            "change",
            "stated",
        ),
        ("收支总体", "本部门当年预算收入9万元。", "income_total", "amount", "unread"),
        ("一、某局", "某局预算9万元，包括在职人员经费4万元、公用经费5万元。", "operating", "amount", "unread"),
        ("收支总体", "本部门认真履行职责。", "operating", "amount", "silent"),
    ],
)
def test_what_is_spoken_of_is_never_called_silent(
    section: str, text: str, subject: str, about: str, state: str
) -> None:
    spoken = {(s.subject, s.about): s.state for s in spoken_facts(told_of(facts_of(section, text)))}
    assert spoken[subject, about] == state


def test_purchases_kept_for_small_firms_are_a_part() -> None:
    found = told(
        "三、政府采购预算情况",
        "2024年本部门政府采购预算900.00万元。",
        "面向中小企业预留政府采购项目预算金额664.98万元，其中，预留给小型和微型企业的政府采购项目预算为465.49万元。",
    )
    assert {
        ("amount", "procurement_total", "900.00"), ("amount", "procurement_reserved", "664.98"),
        ("amount", "procurement_reserved_small", "465.49"),
    } == found  # fmt: skip


def test_projects_managed_by_their_goals() -> None:
    found = told("4.预算绩效情况说明", "2026年本部门项目均实行绩效目标管理，共计33个一级项目，涉及资金106.00万元。")
    assert {("count", "projects_managed", "33"), ("amount", "projects_managed", "106.00")} <= found
    found = told(
        "二、绩效管理", "2026年所有项目支出预算纳入部门预算绩效管理，涉及预算资金12.29万元，设置并编报6个项目绩效目标。"
    )
    assert {("amount", "projects_managed", "12.29"), ("count", "projects_with_goals", "6")} <= found


def _listed(value: str, fen: int) -> str:
    """How a list of what appropriation is spent on agrees with table 4, where table 1 prints another amount."""
    facts = facts_of("单位预算编制说明", "财政拨款支出主要内容如下：", f"1.“教育支出”科目{value}万元，主要用于教学。")
    facts.tables = [TableFact(no, "", "元", "data", None, AT) for no in (1, 4)]
    for table_no, column, amount in ((1, "total", fen + 9_000_000_00), (4, "subtotal", fen)):
        row = RowFact(table_no, "expenditure", 1, "", "一、教育支出", 1, False, "205", AT)
        facts.rows.append(row)
        facts.figures.append(
            FigureFact(
                table_no, "expenditure", 1, "", "一、教育支出", 1, False, column, "", amount, 0, "", AT, role="205"
            )
        )
        facts.columns[table_no, "expenditure"] = frozenset([column])
    return next(c.status for c in narrative_checks(facts) if c.rule == "narrative.function_class")


def test_a_list_of_appropriation_is_held_against_the_table_of_appropriation() -> None:
    assert _listed("320", 320_000_000) == "balanced"
    assert _listed("320", 319_688_000) == "rounding"
    assert _listed("1256", 1_256_579_300) == "rounding", "cut to whole 万元, not rounded"
    assert _listed("1256", 1_257_000_000) == "different"


def test_parts_beyond_the_sixth_and_their_headings_are_known() -> None:
    lines = [
        "第一部分", "部门概况", "一、主要职责", "负责某事。", "第四部分 政府采购预算情况", "共有1.30万元。", "第九部分 名词解释",
        "一、财政拨款收入", "指从财政部门取得的资金。",
    ]  # fmt: skip
    paragraphs = running_text([Paragraph(line, Place(1, n)) for n, line in enumerate(lines)], set(), [])
    assert [(p.part, p.section) for p in paragraphs] == [
        (1, "部门概况"), (1, "一、主要职责"), (4, "政府采购预算情况"), (9, "名词解释"), (9, "名词解释"),
    ]  # fmt: skip


def test_a_part_of_tables_is_no_narrative_whatever_its_number() -> None:
    lines = [
        "第一部分 部门概况",
        "负责某事。",
        "第三部分 2026年部门预算报表",
        "收入总表",
        "第四部分 预算情况说明",
        "收入预算5万元。",
    ]
    paragraphs = running_text([Paragraph(line, Place(1, n)) for n, line in enumerate(lines)], set(), [])
    assert [p.text for p in paragraphs] == ["负责某事。", "收入预算5万元。"]


SPELLINGS = [
    ("一、收支总体情况", "2024年收入总计1,000万元，支出总计900万元，与2023年相比，收入增加100万元，支出增加90万元。",
     {("amount", "income_total", "1000"), ("amount", "expenditure_total", "900"), ("change", "income_total", "100"),
      ("change", "expenditure_total", "90")}),
    ("三、财政拨款收支预算情况", "财政拨款收支总预算9万元。包括：一般公共预算拨款收入8万元、上年结转一般公共预算拨款收入1万元。",
     {("amount", "appropriation_total", "9"), ("amount", "general", "8"), ("amount", "carryover_general", "1")}),
    ("二、收入预算", "本部门收入预算1,234万元，其中，非税收入拨款34万元。收入较去年增加34万元。",
     {("amount", "income_total", "1234"), ("amount", "other", "34"), ("change", "income_total", "34")}),
    ("七、“三公”经费", "2024年“三公”经费预算10万元，降幅5%。公务接待费较2023年预算下降8%。",
     {("amount", "three_public", "10"), ("rate", "three_public", "-5"), ("rate", "reception", "-8")}),
    ("绩效目标", "2024年我单位对3个项目设置了绩效目标，涉及金额500万元。",
     {("count", "projects_with_goals", "3"), ("amount", "projects_with_goals", "500")}),
    ("二、收支", "2024年收入预算5,000万元，较上年预算数4,500万元增加500万元，增长11.11%。",
     {("amount", "income_total", "5000"), ("last_year", "income_total", "4500"), ("change", "income_total", "500"),
      ("rate", "income_total", "11.11")}),
]  # fmt: skip
"""As sentences of other provinces run: heading, text, all that is told in it."""


@pytest.mark.parametrize(("section", "text", "expected"), SPELLINGS)
def test_sentences_of_other_provinces(section: str, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {one for one in told(section, text) if not one[0].startswith("rebuilt")} == expected


def test_no_money_may_be_printed_without_a_unit() -> None:
    found = told("预算编制说明", "其他收入为0。支出预算9万元，其中：政府性基金拨款支出预算为0；共为10。")
    assert found == {("amount", "income_other", "0"), ("amount", "expenditure_total", "9"), ("amount", "fund", "0")}
