"""Lists of projects: merged cells over page breaks, amounts, goals in sentences, targets in columns. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.facts import ANNUAL, SheetFact
from budgetdata.base.raw import Block, Box, Paragraph, Place, RawRow, RawTable
from budgetdata.base.text import UNREAD
from budgetdata.projects.read import ListsRead, read_lists
from budgetdata.sheets.heads import half_named

HEAD = [
    "项目名称",
    "项目总额",
    "其中：",
    "",
    "绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "度量单位",
]
BELOW = ["", "", "财政资金", "其他资金", "", "", "", "", "", "", ""]
BOX: Box = (0.0, 0.0, 1.0, 1.0)


def table(page: int, *rows: list[str], own: dict[int, set[int]] | None = None) -> RawTable:
    """A table as a PDF's reader hands it on: a blank cell is covered by the one above, but those in `own` (by row)."""
    raws = []
    for number, cells in enumerate(rows):
        boxes = tuple(
            BOX if text or column in (own or {}).get(number, set()) else None for column, text in enumerate(cells)
        )
        raws.append(RawRow(tuple(cells), Place(page, number + 1), boxes))
    return RawTable(tuple(raws))


def row(name: str = "", total: str = "", goal: str = "", target: str = "数量指标 栽树 ≥ 5 棵") -> list[str]:
    """A row of the list whose head is HEAD; the parts of a target are parted by blanks."""
    category, indicator, operator, value, measure = target.split(" ")
    return [name, total, total, "", goal, "产出指标", category, indicator, operator, value, measure]


def read(*blocks: Block) -> ListsRead:
    return read_lists([Paragraph("项目支出绩效目标表", Place(1, 1)), Paragraph("金额单位：万元", Place(1, 2)), *blocks])


def told(read: ListsRead) -> list[str]:
    return [problem.message.code for problem in read.problems]


def summary(sheet: SheetFact) -> tuple[str, int | None, int]:
    return sheet.project_name, sheet.funds.get((ANNUAL, "total")), len(sheet.targets)


def test_a_merged_cell_names_the_project_of_all_its_rows() -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"), row(), row("乙渠项目", "2.50", "修渠。")))
    assert [summary(sheet) for sheet in done.sheets] == [("甲林项目", 10_000_000, 2), ("乙渠项目", 2_500_000, 1)]
    target = done.sheets[0].targets[0]
    assert (target.category, target.dimension, target.indicator) == ("数量", "产出", "栽树")
    assert (target.target, target.operator, target.value, target.unit) == ("≥5棵", "≥", "5", "棵")
    assert done.sheets[0].annual_goal == "植树。"
    assert not done.problems and done.blocks == {2}


def test_each_amount_of_a_project_is_a_sheet_of_its_own() -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"), row("", "4.00", "护林。"), row()))
    assert [summary(sheet) for sheet in done.sheets] == [("甲林项目", 10_000_000, 1), ("甲林项目", 4_000_000, 2)]
    assert [sheet.annual_goal for sheet in done.sheets] == ["植树。", "护林。"]


def test_a_project_whose_name_is_printed_behind_the_page_break() -> None:
    last = {3: {0, 1, 4}}
    first = table(1, HEAD, BELOW, row("11000022T000000000001-甲林项目", "10.00", "植树。"), row(goal="修"), own=last)
    second = table(
        2, HEAD, BELOW, row("11000022T000000000002-乙渠项目", "2.00", "渠。"), row("3-丙路项目", "1.00", "铺路。")
    )
    done = read(first, second)
    assert [summary(sheet)[:2] for sheet in done.sheets][:2] == [("甲林项目", 10_000_000), ("乙渠项目", 2_000_000)]
    assert done.sheets[1].annual_goal == "修渠。" and len(done.sheets[1].targets) == 2


def test_rows_at_the_head_of_a_page_go_on_where_the_next_project_begins_on_it() -> None:
    first = table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"))
    second = table(2, HEAD, BELOW, row(), row("乙渠项目", "2.00", "修渠。"), own={2: {0, 1, 4}})
    done = read(first, second)
    assert [summary(sheet) for sheet in done.sheets] == [("甲林项目", 10_000_000, 2), ("乙渠项目", 2_000_000, 1)]


def test_another_amount_at_the_head_of_a_page_is_of_the_project_above() -> None:
    first = table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"))
    second = table(2, HEAD, BELOW, row(total="3.00", goal="护林。"), row("乙渠项目", "2.00", "修渠。"), own={2: {0}})
    assert [summary(s)[:2] for s in read(first, second).sheets] == [
        ("甲林项目", 10_000_000),
        ("甲林项目", 3_000_000),
        ("乙渠项目", 2_000_000),
    ]


def test_a_name_broken_over_two_pages_is_one_and_two_names_are_two() -> None:
    first = table(1, HEAD, BELOW, row("11000022T000000000001-档案整理及", "10.00", "整理"))
    rest = table(2, HEAD, BELOW, row("其保管", goal="档案。"), row("11000022T000000000002-乙渠项目", "2.00", "修渠。"))
    assert [summary(s) for s in read(first, rest).sheets] == [
        ("档案整理及其保管", 10_000_000, 2),
        ("乙渠项目", 2_000_000, 1),
    ]
    other = table(2, HEAD, BELOW, row("11000022T000000000002-乙渠项目", "2.00", "修渠。"))
    assert [summary(s)[0] for s in read(first, other).sheets] == ["档案整理及", "乙渠项目"]


def test_what_cannot_be_told_is_not_read_and_said_so() -> None:
    first = table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"))
    second = table(2, HEAD, BELOW, row("项目", goal="护林。"), own={2: {0, 1, 4}})
    done = read(first, second)
    assert done.sheets == [] and told(done) == ["lists.project_unclear"]


def test_an_amount_cut_by_the_edge_is_unread_and_its_project_is_kept() -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", UNREAD, "植树。")))
    assert summary(done.sheets[0]) == ("甲林项目", None, 1) and told(done) == ["lists.amount_unread"]


def test_a_value_that_does_not_fit_its_operator_is_no_target() -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。", "数量指标 栽树 ≥ 推介30 棵"), row()))
    assert len(done.sheets[0].targets) == 1 and told(done) == ["lists.value_unclear"]


def test_a_word_in_place_of_an_operator_is_left() -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。", "质量指标 成活情况 定性 优 级")))
    target = done.sheets[0].targets[0]
    assert (target.target, target.operator, target.value) == ("优级", "", "")


def test_an_unknown_category_is_unread() -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。", "奇怪指标 栽树 ≥ 5 棵")))
    assert done.sheets[0].targets == [] and told(done) == ["lists.category_unread"]


@pytest.mark.parametrize(
    ("dimension", "category", "stored"),
    [
        ("成本指标", "经济成本指标", ("成本", "成本")),
        ("成本指标(20分)", "成本指标", ("成本", "成本")),
        ("产出指标", "成本指标", ("产出", "成本")),
        ("产出指标", "经济成本指标", ("产出", "成本")),
        ("", "生态环境成本", ("成本", "成本")),
    ],
)
def test_cost_is_of_the_dimension_that_is_printed_above_it(
    dimension: str, category: str, stored: tuple[str, str]
) -> None:
    cells = row("甲林项目", "10.00", "植树。", f"{category} 费用 ≤ 5 元")
    cells[5] = dimension
    [target] = read(table(1, HEAD, BELOW, cells)).sheets[0].targets
    assert (target.dimension, target.category) == stored


@pytest.mark.parametrize("dimension", ["履职效能", "满意度指标"])
def test_a_target_under_another_label_of_the_first_level_is_unread(dimension: str) -> None:
    cells = row("甲林项目", "10.00", "植树。")
    cells[5] = dimension
    done = read(table(1, HEAD, BELOW, cells))
    assert done.sheets[0].targets == [] and told(done) == ["lists.dimension_unread"]


def test_without_a_unit_no_amount_is_read() -> None:
    done = read_lists([table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"))])
    assert done.sheets[0].funds == {} and told(done) == ["lists.no_unit"]


GOALS = ["单位名称", "项目名称", "预算数（万元）", "绩效目标"]


def test_goals_in_sentences_with_their_amounts() -> None:
    first = table(1, GOALS, ["林业局", "甲林项目", "10.00", "植树5棵，"], own={1: {0, 1, 2, 3}})
    second = table(2, ["", "", "", "成活率达到90%。"], ["林业局", "乙渠项目", "2.00", "修渠。"], own={0: {0, 1, 2}})
    done = read_lists([Paragraph("重点项目绩效目标情况如下：", Place(1, 1)), first, second])
    assert [(s.project_name, s.office, s.annual_goal) for s in done.sheets] == [
        ("甲林项目", "林业局", "植树5棵，成活率达到90%。"),
        ("乙渠项目", "林业局", "修渠。"),
    ]
    assert [s.funds[ANNUAL, "total"] for s in done.sheets] == [10_000_000, 2_000_000]


def test_totals_and_rows_without_goal_are_no_sheets() -> None:
    done = read_lists(
        [
            table(
                1,
                GOALS,
                ["", "合计", "12.00", ""],
                ["林业局", "小计", "12.00", ""],
                ["林业局", "甲林项目", "12.00", "植树。"],
            )
        ]
    )
    assert [sheet.project_name for sheet in done.sheets] == ["甲林项目"]


def test_an_evaluation_of_a_year_that_is_over_is_no_list_of_promises() -> None:
    head = ["项目名称", "全年预算数", "全年执行数", "得分", "绩效目标"]
    assert read_lists([table(1, head, ["甲林项目", "10.00", "9.00", "98", "植树。"])]).sheets == []


def test_a_head_that_is_not_known_is_told() -> None:
    head = [*GOALS, "看不懂的栏目"]
    done = read_lists([table(1, head, ["林业局", "甲林项目", "10.00", "植树。", "甲"])])
    assert told(done) == ["lists.heads_unknown"]


@pytest.mark.parametrize("column", [5, 6])
def test_what_stands_under_a_head_that_is_not_known_is_not_blank(column: int) -> None:
    head = ["项目名称", "资金总额", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]
    row = ["甲林项目", "10.00", "植树。", "产出指标", "数量指标", "栽树", "≥5棵"]
    (sheet,) = read_lists([table(1, head, row)]).sheets
    assert [(target.indicator, target.target) for target in sheet.targets] == [("栽树", "≥5棵")]
    head[column] = "看不懂的栏目"
    done = read_lists([table(1, head, row)])
    assert [(sheet.project_name, sheet.targets, sheet.unread) for sheet in done.sheets] == [("甲林项目", [], 1)]
    assert {"lists.half_unknown", "lists.heads_unknown"} <= set(told(done))


def test_an_empty_list_is_a_list_without_projects() -> None:
    done = read(table(1, HEAD, BELOW))
    assert done.sheets == [] and done.problems == [] and done.blocks == {2}


def test_the_last_page_of_a_list_can_only_go_on() -> None:
    first = table(1, GOALS, ["林业局", "甲林项目", "10.00", "植树。"], own={1: {0, 1, 2, 3}})
    second = table(2, ["", "", "", "护林。"], own={0: {0, 1, 2}})
    assert [s.annual_goal for s in read_lists([first, second]).sheets] == ["植树。护林。"]


def test_a_project_that_a_second_list_prints_once_more_is_kept_once() -> None:
    one = table(1, GOALS, ["林业局", "甲林项目", "10.00", "植树。"], ["林业局", "乙渠项目", "2.00", "修渠。"])
    title = Paragraph("重点项目绩效目标表", Place(3, 1))
    again = table(3, GOALS, ["林业局", "甲林项目", "10.00", "植树。"], ["林业局", "乙渠项目", "2.00", "修渠2条。"])
    done = read_lists([one, title, again])
    assert [(s.project_name, s.annual_goal) for s in done.sheets] == [
        ("甲林项目", "植树。"),
        ("乙渠项目", "修渠。"),
        ("乙渠项目", "修渠2条。"),
    ]
    assert [(problem.severity, problem.message.code) for problem in done.problems] == [("note", "lists.twice")]


def test_a_list_of_another_province_with_its_labels_in_merged_cells_and_no_boxes() -> None:
    above = ["单位名称", "项目名称", "预算数", "年度目标", "绩效指标", "", "", "", "", "", ""]
    below = ["", "", "", "", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"]
    rows = [
        ["林业局", "甲林项目", "12.50", "植树。", "产出指标", "数量指标", "栽树", "≥", "50", "亩", "20"],
        ["", "", "", "", "", "", "浇水", "≥", "3", "次", "20"],
        ["", "", "", "", "满意度指标", "满意度指标", "群众满意度", "≥", "95", "%", "10"],
    ]
    block = RawTable(
        tuple(RawRow(tuple(cells), Place(None, n + 9), ()) for n, cells in enumerate([above, below, *rows]))
    )
    sheet = read(block).sheets[0]
    assert summary(sheet) == ("甲林项目", 12_500_000, 3) and sheet.office == "林业局"
    assert [(t.category, t.target) for t in sheet.targets] == [
        ("数量", "≥50亩"),
        ("数量", "≥3次"),
        ("服务对象满意度", "≥95%"),
    ]


def test_names_in_the_middle_of_their_rows_name_none_for_certain() -> None:
    done = read(
        table(
            1, HEAD, BELOW, row(), row("甲林项目", "10.00", "植树。"), row(), row(), row("乙渠项目", "2.50", "修渠。")
        )
    )
    assert (done.sheets, told(done)) == ([], ["lists.names_within"])


def test_an_indicator_that_a_page_break_cuts_is_no_indicator() -> None:
    rest = row(target="数量指标 率 ≥ 5 棵")
    rest[8:] = ["", "", ""]
    first = table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"), row(target="数量指标 成活 ≥ 90 %"))
    done = read(first, table(2, rest, row(target="数量指标 护林 ≥ 7 亩")))
    assert [target.indicator for sheet in done.sheets for target in sheet.targets] == ["栽树", "护林"]
    assert told(done) == ["lists.target_cut"]


def test_a_list_that_names_its_project_in_each_row_sets_one_sheet_a_project() -> None:
    head = ["序号", "项目名称", "项目总额（万元）", "绩效指标层级", "指标名称", "指标方向", "指标值", "单位"]
    rows = [
        ["1", "甲林项目", "10.00", "产出指标/数量指标", "栽树", "大于等于", "5", "棵"],
        ["2", "甲林项目", "10.00", "成本指标/经济成本指标", "单价", "小于等于", "3", "元/棵"],
        ["3", "乙渠项目", "10.00", "产出-质量", "合格率", "等于", "98", "%"],
        ["4", "乙渠项目", "2.50", "产出-质量", "达标率", "等于", "97", "%"],
    ]
    done = read(table(1, head, *rows))
    assert [summary(sheet) for sheet in done.sheets] == [
        ("甲林项目", 10_000_000, 2), ("乙渠项目", 10_000_000, 1), ("乙渠项目", 2_500_000, 1),
    ]  # fmt: skip
    aims = [(t.dimension, t.category, t.operator, t.value, t.unit) for sheet in done.sheets for t in sheet.targets]
    assert aims[:3] == [
        ("产出", "数量", "≥", "5", "棵"), ("成本", "成本", "≤", "3", "元/棵"), ("产出", "质量", "=", "98", "%"),
    ]  # fmt: skip


def test_the_project_is_named_by_the_deepest_of_two_levels() -> None:
    head = ["一级项目", "二级项目", "本年预算数（万元）", "指标类型", "", "指标名称", "计算符号", "指标值", "计量单位"]
    below = ["", "", "", "一级", "二级", "", "", "", ""]
    rows = [
        ["林业", "甲林项目", "10.00", "产出指标", "数量指标", "栽树", "≥", "5", "棵"],
        ["", "", "", "满意度指标", "服务对象满意度指标", "受众", "≥", "90", "%"],
        ["", "", "", "效益指标", "经济效益指标", "无", "/", "/", "/"],
        ["", "乙渠项目", "2.50", "产出指标", "数量指标", "修渠", "定性", "优良中低差", "/"],
    ]
    done = read(table(1, head, below, *rows))
    assert [summary(sheet) for sheet in done.sheets] == [("甲林项目", 10_000_000, 2), ("乙渠项目", 2_500_000, 1)]
    assert not told(done) and done.sheets[1].targets[0].target == "优良中低差"


def test_levels_of_a_directory_are_no_heads_of_targets() -> None:
    assert (
        half_named(
            table(1, ["指导性目录", "", "", "预算金额"], ["一级", "二级", "三级", ""], ["甲", "乙", "丙", "1"]).rows
        )
        is None
    )


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("数量指标 栽树 ≥ 5 12.5", "lists.value_unclear"),
        ("数量指标 ≥ 5 棵 12.5", "lists.value_unclear"),
        ("数量指标 大于等于 定性 5 棵", "lists.value_unclear"),
    ],
)
def test_a_row_whose_cells_stand_in_other_columns_sets_no_target(target: str, code: str) -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。", target), row()))
    assert [summary(sheet) for sheet in done.sheets] == [("甲林项目", 10_000_000, 1)] and told(done) == [code]


def test_an_amount_is_no_name_of_a_project() -> None:
    done = read(table(1, HEAD, BELOW, row("甲林项目", "10.00", "植树。"), row("849.30", "2.50", "修渠。")))
    assert len(done.sheets) == 1 and told(done) == ["lists.project_unclear"]
