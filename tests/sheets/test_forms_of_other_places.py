"""Forms of other places: labels a page break cuts, projects named in the title, sums of the department, weights. All invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgetdata.base.facts import ANNUAL, TERM, SheetFact
from budgetdata.base.raw import Block, Box, Paragraph, Place, RawRow, RawTable
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.titled import named_in
from budgetdata.words.catalogue import tell

BOX: Box = (0.0, 0.0, 1.0, 1.0)
HEAD = ["一级指标", "二级指标", "指标内容", "指标值"]


def table(page: int, *rows: list[str], own: dict[int, set[int]] | None = None) -> RawTable:
    """A table of a PDF: a blank cell is covered by the one above, but those in `own` (by row)."""
    return RawTable(
        tuple(
            RawRow(
                tuple(cells),
                Place(page, number + 1),
                tuple(
                    BOX if text or column in (own or {}).get(number, set()) else None
                    for column, text in enumerate(cells)
                ),
            )
            for number, cells in enumerate(rows)
        )
    )


def read(*blocks: Block) -> list[SheetFact]:
    return read_sheets(blocks)[0]


def found(sheet: SheetFact) -> list[tuple[str, str, str]]:
    return [(target.category, target.indicator, target.target) for target in sheet.targets]


OPENING = [["专项（项目）名称", "甲林项目", "", ""], ["资金金额（万元）", "年度资金总额", "10", ""], HEAD]


def test_rows_at_the_foot_of_a_page_have_the_label_that_the_next_page_prints() -> None:
    first = table(
        1,
        *OPENING,
        ["产出指标", "数量指标", "栽树", "5棵"],
        ["", "", "浇水", "3次"],
        ["", "", "苗木费", "2万元"],
        ["", "", "人工费", "1万元"],
        own={5: {1, 2, 3}},
    )
    second = table(2, ["", "成本指标", "运费", "1万元"], ["效益指标", "社会效益指标", "绿化", "提高"])
    assert found(read(first, second)[0]) == [
        ("数量", "栽树", "5棵"),
        ("数量", "浇水", "3次"),
        ("成本", "苗木费", "2万元"),
        ("成本", "人工费", "1万元"),
        ("成本", "运费", "1万元"),
        ("社会效益", "绿化", "提高"),
    ]


def test_a_form_under_another_title_is_no_part_of_the_one_before() -> None:
    one = table(1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"], ["", "质量指标", "成活率", "90%"])
    other = table(2, ["转移支付名称", "乙渠资金", "", ""], HEAD, ["产出指标", "数量指标", "修渠", "2条"])
    title = Paragraph("转移支付资金绩效目标表", Place(2, 1))
    sheets = read(Paragraph("项目支出绩效目标表", Place(1, 1)), one, title, other)
    assert [(sheet.project_name, len(sheet.targets)) for sheet in sheets] == [("甲林项目", 2), ("乙渠资金", 1)]


def test_label_and_value_in_one_cell_begin_a_sheet() -> None:
    one = table(1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"])
    other = table(1, ["项目名称 乙渠项目", "", "", ""], HEAD, ["产出指标", "数量指标", "修渠", "2条"])
    assert [(s.project_name, found(s)) for s in read(one, other)] == [
        ("甲林项目", [("数量", "栽树", "5棵")]),
        ("乙渠项目", [("数量", "修渠", "2条")]),
    ]


def test_the_title_names_a_project_that_its_form_does_not() -> None:
    form = table(
        1,
        HEAD,
        ["产出指标", "数量指标", "栽树", "5棵"],
        ["", "质量指标", "成活率", "90%"],
        ["效益指标", "社会效益指标", "绿化", "提高"],
    )
    title = Paragraph("2031年度栽树护林项目绩效目标表", Place(1, 1))
    sheets = read(title, form)
    assert [(sheet.project_name, sheet.scope, len(sheet.targets)) for sheet in sheets] == [
        ("栽树护林项目", "project", 3)
    ]
    assert read(Paragraph("2031年度部门预算项目绩效目标表", Place(1, 1)), form) == []


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("2031年栽树项目绩效目标表", ("project", "栽树项目")),
        ("附件3：老旧小区改造补助资金绩效目标申报表", ("project", "老旧小区改造补助资金")),
        ("某某局2031年部门整体支出绩效目标表", ("department", "某某局")),
        ("部门（单位）预算项目支出绩效目标表", ("", "")),
        ("一般公共预算项目绩效目标表", ("", "")),
        ("某某局项目支出绩效目标表", ("", "")),
        ("财政项目支出绩效目标填报表", ("", "")),
    ],
)
def test_what_a_title_names(title: str, named: tuple[str, str]) -> None:
    assert named_in(title) == named


def test_the_money_of_a_department_is_the_sum_of_its_tasks() -> None:
    form = table(
        1,
        ["部门（单位）名称", "林业局", "", "", ""],
        ["年度主要任务", "任务名称", "预算金额（万元）", "", ""],
        ["", "", "总额", "财政拨款", "其他资金"],
        ["", "栽树", "7.5", "7.5", ""],
        ["", "金额合计", "10.5", "7.5", "3"],
        ["年度总体目标", "栽树。", "", "", ""],
        ["一级指标", "二级指标", "指标内容", "指标值", ""],
        ["产出指标", "数量指标", "栽树", "5棵", ""],
    )
    sheet = read(form)[0]
    assert (sheet.scope, sheet.funds) == ("department", {(ANNUAL, "total"): 10_500_000})


def test_a_weight_is_no_value_on_a_page_without_a_head() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值", "分值权重（90分）"]
    first = table(1, ["项目名称", "甲林项目", "", "", ""], head, ["产出指标", "数量指标", "栽树", "5", "10"])
    narrow = table(2, ["质量指标", "成活率", "≥90", "20"])
    alike = table(
        3, ["", "时效指标", "按时", "12月", "5"], ["满意度指标", "服务对象满意度指标", "满意度", "≥95%", "10"]
    )
    assert found(read(first, narrow, alike)[0])[1:] == [
        ("质量", "成活率", "≥90"),
        ("时效", "按时", "12月"),
        ("服务对象满意度", "满意度", "≥95%"),
    ]


def test_an_amount_with_its_own_unit_and_money_carried_over() -> None:
    form = table(
        1,
        ["项目名称", "甲林项目", "", ""],
        ["资金（元）", "年度资金申请总额", "12万元", ""],
        ["", "当年财政拨款", "100000", ""],
        ["", "上年结转资金", "20000", ""],
        HEAD,
        ["产出指标", "数量指标", "栽树", "-"],
        ["", "质量指标", "-", "-"],
    )
    sheet = read(form)[0]
    assert sheet.funds == {(ANNUAL, "total"): 12_000_000}
    assert not any(note.code == "sheets.sources_differ" for note in sheet.notes)
    assert found(sheet) == [("数量", "栽树", "-")]


def test_operator_value_and_unit_in_columns_of_a_form() -> None:
    form = table(
        1,
        ["部门名称", "林业局", "", "", ""],
        ["整体绩效目标", "栽树。", "", "", ""],
        ["活动", "绩效指标", "指标性质", "指标值", "度量单位"],
        ["造林", "产出指标数量指标栽树", "≥", "5", "棵"],
        ["造林", "效益指标社会效益指标绿化", "定性", "优", ""],
    )
    assert found(read(form)[0]) == [("数量", "栽树", "≥5棵"), ("社会效益", "绿化", "优")]


def test_the_satisfaction_of_others_is_a_category_only_before_an_indicator_with_its_value() -> None:
    one = ["满意度指标", "企业满意度指标", "回访满意率", "≥85%"]
    other = ["", "", "企业满意度指标", "≥90%"]
    form = table(1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"], one, other)
    assert found(read(form)[0])[1:] == [
        ("服务对象满意度", "回访满意率", "≥85%"),
        ("服务对象满意度", "企业满意度指标", "≥90%"),
    ]


def test_a_row_behind_another_dimension_is_not_of_the_category_above() -> None:
    form = table(
        1,
        *OPENING,
        ["产出指标", "数量指标", "栽树", "5棵"],
        ["效益指标", "可持续影响指标", "管护", "长期"],
        ["满意度指标", "看不清", "受众满意", "90%"],
    )
    sheets, problems, _ = read_sheets([form])
    assert found(sheets[0]) == [("数量", "栽树", "5棵"), ("可持续影响", "管护", "长期")]
    assert sheets[0].unread == 1 and any(problem.severity == "unread" for problem in problems)


def dimensions(sheet: SheetFact) -> list[tuple[str, str, str]]:
    """(dimension, category, indicator) of each target."""
    return [(target.dimension, target.category, target.indicator) for target in sheet.targets]


def test_cost_is_a_dimension_where_the_form_sets_it_apart() -> None:
    form = table(
        1,
        *OPENING,
        ["成本指标(20分)", "经济成本指标", "单价", "≤9元"],
        ["", "社会成本指标", "占道", "≤2天"],
        ["产出指标", "数量指标", "栽树", "5棵"],
    )
    assert dimensions(read(form)[0]) == [("成本", "成本", "单价"), ("成本", "成本", "占道"), ("产出", "数量", "栽树")]
    other = table(1, *OPENING, ["成本指标", "成本指标", "单价", "≤9元"], ["产出指标", "数量指标", "栽树", "5棵"])
    assert dimensions(read(other)[0])[0] == ("成本", "成本", "单价")


def test_cost_among_what_is_put_out_stays_there() -> None:
    form = table(1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"], ["", "成本指标", "单价", "≤9元"])
    assert dimensions(read(form)[0])[1] == ("产出", "成本", "单价")
    form = table(1, *OPENING, ["产出", "数量指标", "栽树", "5棵"], ["", "经济成本指标", "单价", "≤9元"])
    assert dimensions(read(form)[0]) == [("产出", "数量", "栽树"), ("产出", "成本", "单价")]


def test_what_stands_under_an_unknown_label_of_the_first_level_is_under_none_of_ours() -> None:
    form = table(
        1,
        *OPENING,
        ["产出指标", "数量指标", "栽树", "5棵"],
        ["预算执行", "数量指标", "执行率", "100%"],
        ["", "质量指标", "结余率", "≤5%"],
        ["履职效能", "林业管护", "巡山", "12次"],
        ["满意度指标", "服务对象满意度指标", "受众", "90%"],
    )
    sheets, problems, _ = read_sheets([form])
    assert dimensions(sheets[0]) == [("产出", "数量", "栽树"), ("满意度", "服务对象满意度", "受众")]
    assert sheets[0].unread == 3 and any(problem.severity == "unread" for problem in problems)


def test_the_rest_of_a_row_over_a_page_break_with_the_rest_of_its_label() -> None:
    first = table(
        1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"], ["效益指标", "可持续影响指", "管护资金", "持续"]
    )
    second = table(2, ["", "标", "到位", ""], ["满意度指标", "服务对象满意度指标", "满意度", "≥95%"])
    assert found(read(first, second)[0])[1:] == [
        ("可持续影响", "管护资金到位", "持续"),
        ("服务对象满意度", "满意度", "≥95%"),
    ]


def test_a_list_of_projects_above_a_sheet_is_none_for_what_the_sheet_below_it_prints() -> None:
    listed = table(
        1,
        ["项目名称", "功能科目", "合计", "一般公共预算"],
        ["甲林项目", "2130207", "10.00", "10.00"],
    )
    sheet = table(2, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"])
    assert [each.project_name for each in read(listed, sheet)] == ["甲林项目"]


def test_a_form_that_prints_the_code_before_the_name_and_explains_its_indicators() -> None:
    form = table(
        1,
        ["项目编码", "13000033P000014100", "项目名称", "", "甲林项目", ""],
        ["预算规模及资金用途", "预算数", "10.00", "其中：财政资金", "8.00", ""],
        ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", ""],
        ["", "25.00", "50.00", "80.00", "100.00", ""],
        ["绩效目标", "栽五棵树。", "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["产出指标", "数量指标", "栽树", "年内栽的树", "≥5棵", "工作计划"],
    )
    unit = Paragraph("单位：万元", Place(1, 0))
    title = Paragraph("甲林项目绩效目标表", Place(1, 0))
    sheets, problems, _ = read_sheets([title, unit, form])
    assert [problem for problem in problems if problem.severity == "unread"] == []
    assert (sheets[0].project_name, sheets[0].funds, sheets[0].term_goal or sheets[0].annual_goal) == (
        "甲林项目",
        {(ANNUAL, "total"): 10_000_000},
        "栽五棵树。",
    )
    assert found(sheets[0]) == [("数量", "栽树", "≥5棵")]


def test_titles_and_page_numbers_set_into_the_grid_are_no_part_of_the_form() -> None:
    forms = [
        table(
            page,
            [f"{page}.{name}绩效目标表", "", "", ""],
            ["部门编码及名称：[356]某局", "", "", ""],
            ["单位：万元", "", "", ""],
            ["项目编码", "1300", "项目名称", name],
            ["年度资金总额", "10", "", ""],
            HEAD,
            ["产出指标", "数量指标", "栽树", "5棵"],
            ["满意度指标", "服务对象满意度指标", "受众", "90%"],
            [f"第 {page} 页", "", "", ""],
        )
        for page, name in ((1, "甲林项目"), (2, "乙林项目"))
    ]
    sheets, problems, _ = read_sheets(forms)
    assert [(each.project_name, each.funds, len(each.targets)) for each in sheets] == [
        (name, {(ANNUAL, "total"): 10_000_000}, 2) for name in ("甲林项目", "乙林项目")
    ]
    assert [problem for problem in problems if problem.severity == "unread"] == []


def test_heads_of_goals_may_name_the_years_of_their_horizon() -> None:
    form = table(
        1,
        ["项目名称", "甲林项目", "", "", ""],
        ["项目总投资（万元）", "30", "", "本年度预算（万元）", "10"],
        ["总体目标", "实施期目标（2032年—2034年）", "", "年度目标", ""],
        ["", "三年栽树。", "", "当年栽树。", ""],
        ["一级指标", "二级指标", "三级指标（单位）", "中期指标值", "年度指标值"],
        ["产出指标", "数量指标", "栽树（棵）", "15", "5"],
    )
    sheet = read(form)[0]
    assert (sheet.term_goal, sheet.annual_goal) == ("三年栽树。", "当年栽树。")
    assert sheet.funds == {(TERM, "total"): 30_000_000, (ANNUAL, "total"): 10_000_000} and not sheet.unread
    assert [(t.horizon, t.value) for t in sheet.targets] == [(TERM, "15"), (ANNUAL, "5")]


def test_a_field_behind_an_amount_is_a_field() -> None:
    form = table(
        1,
        ["项目名称", "甲林项目", "", ""],
        ["预算数", "10万元", "项目期限", "1年"],
        HEAD,
        ["产出指标", "数量指标", "栽树", "5棵"],
    )
    sheet = read(form)[0]
    assert (sheet.term, sheet.funds, sheet.unread) == ("1年", {(ANNUAL, "total"): 10_000_000}, 0)


def test_a_row_that_prints_that_there_is_none_is_no_indicator() -> None:
    form = table(1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"], ["效益指标", "经济效益指标", "无", "/"])
    assert found(read(form)[0]) == [("数量", "栽树", "5棵")]


def test_the_characters_of_a_label_set_upright_are_no_indicators() -> None:
    first, second, third, fourth = ([sign, "", "", ""] for sign in "成本指标")
    upright = [first, second, ["", "经济成本指标", "单价", "≤3元"], third, fourth]
    lone = [["满", "", "", ""], ["意", "", "", ""], ["", "质量指标", "合格率", "98%"]]
    sheet = read(table(1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"], *upright))[0]
    assert [t.dimension + t.indicator for t in sheet.targets] == ["产出栽树", "成本单价"] and not sheet.unread
    sheet = read(table(1, *OPENING, ["产出指标", "数量指标", "栽树", "5棵"], *lone))[0]
    assert found(sheet) == [("数量", "栽树", "5棵"), ("质量", "合格率", "98%")] and sheet.unread == 2


def test_what_a_form_in_columns_leaves_unread_is_told_in_words() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    rows = [
        ["产出指标", "数量指标", "栽树", "≥", "5", "棵"],
        ["效益指标", "质量指标", "收入", "≥", "9", "元"],
        ["", "", "≥", "9", "元", ""],
    ]
    form = table(
        1, ["项目名称", "甲林项目", "", "", "", ""], ["年度资金总额（万元）", "10", "", "", "", ""], head, *rows
    )
    sheets, problems, _ = read_sheets([form])
    assert found(sheets[0]) == [("数量", "栽树", "≥5棵")] and sheets[0].unread == 2
    assert all(tell(lang, problem.message) for problem in problems for lang in ("zh", "en"))


def test_a_value_that_a_line_break_parts_is_none() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "备注"]
    first, rest = ["产出指标", "时效指标", "及时率", "=", "10"], ["0", "%", ""]
    form = table(
        1,
        ["项目名称", "甲林项目", "", "", "", "", ""],
        ["年度资金总额（万元）", "10", "", "", "", "", ""],
        *(head, first, rest),
    )
    rows = [replace(row, doubt={3: 4, 4: 0}.get(number), boxes=()) for number, row in enumerate(form.rows)]
    assert not read(RawTable(tuple(rows)))[0].targets


@pytest.mark.parametrize("head", ["上年实际值", "基期数值"])
def test_what_stands_under_another_head_than_that_of_the_targets_is_no_target(head: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", head, "目标值", "分值"]
    row = ["产出指标", "数量指标", "栽树", "4棵", "5棵", "10"]
    form = table(
        1, ["合计（万元）", "10", "财政拨款", "10", "", ""], heads, row, ["", "质量指标", "合格率", "90%", "95%", "10"]
    )
    sheet = read(Paragraph("甲林造林项目绩效目标表", Place(1, 1)), Paragraph("编报部门：乙局", Place(1, 2)), form)[0]
    assert (sheet.project_name, sheet.funds) == ("甲林造林项目", {(ANNUAL, "total"): 10_000_000})
    assert found(sheet) == [("数量", "栽树", "5棵"), ("质量", "合格率", "95%")] and sheet.unread == (
        head != "上年实际值"
    )


def test_of_two_columns_under_heads_that_are_not_known_none_is_taken_for_the_targets() -> None:
    heads = ["一级指标", "二级指标", "三级指标", "2032年", "2033年"]
    form = table(
        1,
        ["项目名称", "甲林项目", "", "", ""],
        ["年度资金总额（万元）", "10", "", "", ""],
        heads,
        ["产出指标", "数量指标", "栽树", "4棵", "5棵"],
    )
    assert not read(form)[0].targets and read(form)[0].unread == 2
