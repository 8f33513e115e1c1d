"""Sheets that break over pages, and other forms of the sheet."""

from __future__ import annotations

import re

import pytest
from documents import DOCUMENTS, text_of
from sheet_lines import FOOT, FUNDS, HEAD, LISTS, TRUTH, changed, parts, read_lines, reading_of, unread

from budgetdata.base.facts import ANNUAL, TERM, TargetFact
from budgetdata.base.raw import Block, Place, RawRow, RawTable
from budgetdata.readers.text import parse_text
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.labels import is_furniture
from tests.helpers.words import zh

# Pages


def paged(*pages: list[str]) -> list[Block]:
    """Tables as a PDF gives them, one a page."""
    return [
        RawTable(
            tuple(RawRow(tuple(line.split("\t")), Place(page, number)) for number, line in enumerate(lines, start=1))
        )
        for page, lines in enumerate(pages, start=1)
    ]


@pytest.mark.parametrize("after", range(1, len(HEAD) + len(LISTS)))
def test_a_page_may_end_after_any_row(after: int) -> None:
    lines = [*HEAD, *LISTS, *FOOT]
    (sheet,), problems, taken = read_sheets(paged(lines[:after], lines[after:]))
    assert parts(sheet) == TRUTH and sheet.funds == FUNDS and sheet.annual_goal == "今年修完一半。"
    assert unread(problems) == [] and taken == {0, 1}


@pytest.mark.parametrize(
    ("number", "upper", "lower"),
    [
        (1, "主管部门\t\t123-大观园\t\t\t实施单位\t大观园", "及代码\t\t管理处\t\t\t\t管理处"),
        (12, "保证项目实施的\t\t验收", "制度、措施\t\t制度"),
        (13, "项目实施计划\t\t按季", "\t\t修剪。"),
        (15, "总体目标\t\t四年修完\t\t\t今年修完", "\t\t全园。\t\t\t一半。"),
        (18, "\t\t\t清运\t80次\t\t年内\t20次", "\t\t\t车次\t\t\t车次\t"),
        (20, "\t\t时效指标\t完工时间\t2027\t时效指标\t年内完工\t年底", "\t\t\t\t年底\t\t\t前"),
        (23, "\t满意度\t服务对象\t游客评价\t≥88%\t服务对象\t年内评价\t≥85%", "\t指标\t满意度\t\t\t满意度\t\t"),
        (24, "负责\t\t经办人：\t\t联系电话：\t\t填报日期：\t2024010809", "人：\t\t\t\t\t\t\t0654"),
    ],
)
def test_a_page_may_end_within_a_row(number: int, upper: str, lower: str) -> None:
    lines = [*HEAD, *LISTS, *FOOT]
    width = len(LISTS[0].split("\t"))
    split = [line + "\t" * (width - len(line.split("\t"))) for line in (upper, lower)]
    (sheet,), problems, _ = read_sheets(paged([*lines[:number], split[0]], [split[1], *lines[number + 1 :]]))
    assert parts(sheet) == TRUTH and sheet.funds == FUNDS and unread(problems) == []
    assert (sheet.unit_name, sheet.safeguards, sheet.plan) == ("大观园管理处", "验收制度", "按季修剪。")
    assert (sheet.term_goal, sheet.annual_goal, sheet.filed_on) == (
        "四年修完全园。",
        "今年修完一半。",
        "20240108090654",
    )


# Other forms


def test_a_department_wide_sheet() -> None:
    lines = [
        "大观园部门（单位）整体支出绩效目标申报表", "", "(2024)年度", "",
        "部门基本信息\t部门名称\t123-大观园管理处\t\t",
        "\t内设职能部门数\t2个\t所属预算单位数\t0个",
        "部门职责\t管理园子。\t\t\t",
        "年度预算情况\t按资金来源划分\t资金总额(万元)\t按资金方向划分\t资金总额(万元)",
        "\t合计\t12.34\t合计\t12.34",
        "\t其中:一般公共预算资金\t12.34\t其中:基本支出\t2.34",
        "年度重点任务\t核心职能\t\t重点任务\t",
        "\t修园子\t\t修剪\t",
        "年度绩效目标\t园子整洁。\t\t\t",
        "年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值",
        "\t产出指标\t数量指标\t修剪株数\t≥800株",
        "\t\t\t清运车次\t80次",
        "满意度指标\t服务对象满意度指标\t游客评价\t≥88%\t",
    ]  # fmt: skip
    sheet, problems = read_lines(*lines)
    assert (sheet.scope, sheet.project_name, sheet.office_code) == ("department", "大观园管理处", "123")
    assert sheet.funds == {(ANNUAL, "total"): 12_340_000} and sheet.listed == {ANNUAL}
    assert (sheet.overview, sheet.annual_goal, sheet.term_goal) == ("管理园子。", "园子整洁。", "")
    assert parts(sheet) == [
        (ANNUAL, "数量", "修剪株数", "≥800株"),
        (ANNUAL, "数量", "清运车次", "80次"),
        (ANNUAL, "服务对象满意度", "游客评价", "≥88%"),
    ]
    assert unread(problems) == [] and any(
        "内设职能部门数" in zh(note) and "年度重点任务" in zh(note) for note in sheet.notes
    )


def test_a_form_with_one_list_for_the_year() -> None:
    lines = [
        "项目名称\t\t\t修剪费\t\t",
        "主管部门及代码\t\t\t231_大观园管理处\t实施单位\t大观园",
        "项目资金（万元）\t\t\t年度预算资金总额：\t31.00\t",
        "\t\t\t其中：财政拨款\t30.00\t",
        "\t\t\t其他资金\t1.00\t",
        "总体目标\t修好园子。\t\t\t\t",
        "\t一级指标\t二级指标\t三级指标\t指标值\t",
        "绩效指标\t成本指标\t经济成本\t总成本\t≤31万元\t",
        "绩效指标\t产出指标\t数量指标\t修剪株数\t≥800株\t",
        "\t\t\t清运车次\t80次\t",
    ]
    sheet, problems = read_lines(*lines)
    assert parts(sheet) == [
        (ANNUAL, "成本", "总成本", "≤31万元"),
        (ANNUAL, "数量", "修剪株数", "≥800株"),
        (ANNUAL, "数量", "清运车次", "80次"),
    ]
    assert sheet.funds == {(ANNUAL, "total"): 31_000_000, (ANNUAL, "other"): 1_000_000}
    assert (sheet.annual_goal, sheet.term_goal, sheet.office_code) == ("修好园子。", "", "231")
    assert any("财政拨款 300000 元未分级次" in zh(note) for note in sheet.notes) and unread(problems) == []


ONE_LIST = [
    "绩效指标\t一级指标\t二级指标\t三级指标\t指标值",
    "\t产出指标\t数量指标\t修剪株数\t≥800株",
    "\t\t质量指标\t成活比例\t≥95%",
]


@pytest.mark.parametrize(
    ("head", "horizon", "goal"),
    [
        (["年度目标\t\t\t", "总体目标\t\t修完一半。\t"], ANNUAL, ANNUAL),
        (["\t\t年度绩效目标\t", "总体目标\t\t修完一半。\t"], ANNUAL, ANNUAL),
        (["\t\t当年目标\t", "总体目标\t\t修完一半。\t"], ANNUAL, ANNUAL),
        (["本年度绩效目标\t\t修完一半。\t"], ANNUAL, ANNUAL),
        (["年度目标\t修完一半。\t\t"], ANNUAL, ANNUAL),
        (["实施期目标\t\t\t", "总体目标\t\t修完一半。\t"], TERM, TERM),
        (["中期绩效目标\t\t\t", "总体目标\t\t修完一半。\t"], TERM, TERM),
        (["总体目标\t\t修完一半。\t", "年度绩效指标\t\t\t"], ANNUAL, TERM),
        (["总体目标\t\t修完一半。\t", "总体绩效指标\t\t\t"], TERM, TERM),
        (["总体目标\t\t修完一半。\t"], TERM, TERM),
        (["实施期目标\t\t年度目标\t", "总体目标\t\t修完一半。\t"], TERM, ""),
    ],
)
def test_the_head_above_one_list_says_which_horizon_it_is(head: list[str], horizon: str, goal: str) -> None:
    """The sheet has money of both horizons; where its head names neither or both, the list is the left one's."""
    sheet, problems = read_lines(*HEAD[:11], *head, *ONE_LIST)
    assert parts(sheet) == [(horizon, "数量", "修剪株数", "≥800株"), (horizon, "质量", "成活比例", "≥95%")]
    goals = {TERM: sheet.term_goal, ANNUAL: sheet.annual_goal}
    assert not goal or goals == {TERM: "", ANNUAL: "", goal: "修完一半。"}
    assert unread(problems) == []


def test_one_list_without_any_head_follows_the_money() -> None:
    funds = ["项目资金（元）\t\t年度资金总额：\t2,000\t"]
    for lines, horizon in ((funds, ANNUAL), (["项目资金（元）\t\t实施期资金总额：\t2,000\t"], TERM)):
        sheet, _ = read_lines("项目名称\t\t修剪费\t", *lines, "总体目标\t\t修完一半。\t", *ONE_LIST)
        assert (
            sheet.listed == {horizon} and (sheet.annual_goal if horizon == ANNUAL else sheet.term_goal) == "修完一半。"
        )


FUNDS_OF_THE_YEAR = ["项目名称\t\t修剪费\t", "项目资金（元）\t\t年度资金总额：\t2,000\t"]


def test_what_stands_under_a_head_of_goals_that_is_not_known_is_no_goal() -> None:
    heads = ["年度目标\t\t远景总目标\t", "总体目标\t\t修完一半。\t"]
    sheet, problems = read_lines(*FUNDS_OF_THE_YEAR, *heads, *ONE_LIST)
    assert (sheet.term_goal, sheet.annual_goal) == ("", "") and len(unread(problems)) == 2


def test_the_year_is_not_assumed_where_an_unknown_label_speaks_of_a_term() -> None:
    sheet, problems = read_lines(*FUNDS_OF_THE_YEAR, "\t\t规划期总盘子\t5,000\t", *ONE_LIST)
    assert sheet.targets == [] and any("规划期总盘子" in told for told in unread(problems))
    assert len(read_lines(*FUNDS_OF_THE_YEAR, "\t\t别的盘子\t5,000\t", *ONE_LIST)[0].targets) == 2


def test_one_known_head_of_goals_beside_an_unknown_one_of_a_term_does_not_make_the_list_of_the_year() -> None:
    heads = ["年度目标\t\t实施期之愿景目标\t", "总体目标\t\t修完一半。\t"]
    sheet, problems = read_lines(*FUNDS_OF_THE_YEAR, *heads, *ONE_LIST)
    assert sheet.targets == [] and any("实施期之愿景目标" in told for told in unread(problems))


def test_a_sentence_in_a_section_of_amounts_is_told_with_the_label_that_is_not_known() -> None:
    section = [
        "部门名称\t\t大观园管理处\t",
        "总体资金情况（万元）\t\t2,000\t",
        "全园所愿\t\t修好园子，养好花木，不误节令。\t",
    ]
    sheet, problems = read_lines(*section, *ONE_LIST)
    assert sheet.annual_goal == "" and ["全园所愿" in told for told in unread(problems)] == [True]
    known = read_lines(section[0], section[1], section[2].replace("全园所愿", "整体绩效目标"), *ONE_LIST)
    assert known[0].annual_goal == "修好园子，养好花木，不误节令。" and unread(known[1]) == []


def test_a_form_does_not_go_on_under_the_title_of_another_table() -> None:
    above = "项目名称\t\t修剪费\t\n总体目标\t\t修完一半。\t\n" + "\n".join(ONE_LIST)
    below = "所办何事\t\t养花费\t\n总体目标\t\t养好花木。\t\n" + "\n".join(ONE_LIST)
    [sheet], problems, _ = read_sheets(parse_text(f"{above}\n\n园中养花一应开销明细表\n\n{below}\n", "a.txt").blocks)
    assert len(sheet.targets) == 2 and unread(problems) != []


def test_a_form_with_two_values_behind_one_indicator() -> None:
    lines = [
        "部门名称\t\t大观园管理处\t\t\t",
        "总体绩效目标\t\t修好园子。\t\t\t",
        "\t一级指标\t二级指标\t三级指标\t实施周期指标值\t年度指标值",
        "绩效指标\t产出指标\t数量指标\t修剪株数\t≥800株\t≥200株",
        "\t\t\t清运车次\t80次\t",
    ]
    sheet, problems = read_lines(*lines)
    assert parts(sheet) == [
        (TERM, "数量", "修剪株数", "≥800株"),
        (ANNUAL, "数量", "修剪株数", "≥200株"),
        (TERM, "数量", "清运车次", "80次"),
    ]
    assert unread(problems) == []


def test_an_empty_form_is_noted_and_is_no_sheet() -> None:
    lines = [
        "项目名称\t\t\t",
        "主管部门\t\t\t",
        "\t一级指标\t二级指标\t三级指标\t指标值",
        "\t产出指标\t数量指标\t指标1：\t",
    ]
    sheets, problems, taken = read_sheets(parse_text("\n".join(lines), "empty.txt").blocks)
    assert sheets == [] and taken == {0} and [problem.severity for problem in problems] == ["note"]


def test_problems_say_where_and_which_project() -> None:
    for document in DOCUMENTS:
        for problem in reading_of(document)[1]:
            assert (
                problem.subject == "sheet" and problem.place.line and re.match(r"《.+》绩效表：.+", zh(problem.message))
            )


def test_facts_hold_no_paragraph_of_another_block() -> None:
    for document in DOCUMENTS:
        blocks = parse_text(text_of(document), document).blocks
        for index in reading_of(document)[2]:
            block = blocks[index]
            assert isinstance(block, RawTable) or is_furniture(block.text)


def test_a_target_is_a_fact_of_its_own() -> None:
    sheet, _ = read_lines(*HEAD, *LISTS, *FOOT)
    assert all(isinstance(target, TargetFact) and target.place.line for target in sheet.targets)


def test_goals_in_rows_of_their_own_and_remarks_behind_the_values() -> None:
    lines = [
        "项目名称\t\t修剪费\t\t\t",
        "项目资金（万元）\t\t年度资金总额：\t31.00\t\t",
        "实施期目标\t\t四年修完全园。\t\t\t",
        "年度目标\t\t今年修完一半。\t\t\t",
        "年度绩效指标\t一级指标\t二级指标\t指标内容\t指标值\t备注",
        "\t产出指标\t数量指标\t修剪株数\t≥800株\t含补栽",
    ]
    sheet, problems = read_lines(*lines)
    assert (sheet.term_goal, sheet.annual_goal) == ("四年修完全园。", "今年修完一半。")
    assert parts(sheet) == [(ANNUAL, "数量", "修剪株数", "≥800株")]
    assert len(unread(problems)) == 1 and "含补栽" in unread(problems)[0]


def test_an_indicator_may_be_called_like_a_word_of_the_last_row() -> None:
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 2, "\t\t\t电话\t80次\t\t年内车次\t20次"), *FOOT)
    assert (TERM, "数量", "电话", "80次") in parts(sheet) and unread(problems) == []


def test_a_title_in_two_paragraphs_belongs_to_its_sheet_and_the_line_above_does_not() -> None:
    lines = [
        "（项目绩效目标表公开情况见附件）",
        "",
        "大观园县（区）级预算部门项目支出绩",
        "",
        "效目标申报表",
        "",
        "(2024年度)",
        "",
    ]
    _, problems, taken = read_sheets(parse_text("\n".join([*lines, *HEAD, *LISTS, *FOOT]), "title.txt").blocks)
    assert taken == {1, 2, 3, 4} and unread(problems) == []


def test_a_left_value_without_its_name_before_a_repeated_right_label_stays_without() -> None:
    row = "\t\t\t\t80次\t数量指标\t年内车次\t20次"
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 2, row), *FOOT)
    assert (TERM, "数量", "", "80次") in parts(sheet) and unread(problems) == []
