"""The lists of a sheet: categories, names and values of either side, each where it was printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sheet_lines import FOOT, FUNDS, HEAD, LISTS, TRUTH, changed, moved, noted, noted_on, parts, read_lines, unread

from budgetdata.base.facts import ANNUAL, TERM, SheetFact
from tests.helpers.words import zh


def test_a_category_printed_below_its_first_rows_holds_for_them() -> None:
    rows = [
        "\t\t\t修剪株数\t≥800株\t\t年内株数\t≥200株",
        "\t产出指标\t数量指标\t清运车次\t80次\t数量指标\t年内车次\t20次",
    ]
    sheet, problems = read_lines(*HEAD, LISTS[0], *rows, *LISTS[3:], *FOOT)
    assert parts(sheet) == TRUTH and unread(problems) == []
    assert noted(sheet, "修剪株数") == noted(sheet, "年内株数") == "类别印在后面的行"


def test_rows_above_a_label_that_is_not_the_forms_first_are_not_filed() -> None:
    rows = ["\t\t\t修剪株数\t≥800株\t\t年内株数\t≥200株"]
    sheet, problems = read_lines(*HEAD, LISTS[0], *rows, *LISTS[3:], *FOOT)
    assert parts(sheet) == TRUTH[4:] and len(unread(problems)) == 2


@pytest.mark.parametrize(("lost", "name"), [(2, "成活比例"), (5, "年内成活")])
def test_a_category_printed_on_one_side_holds_for_its_row(lost: int, name: str) -> None:
    cells = LISTS[3].split("\t")
    cells[lost] = ""
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 3, "\t".join(cells)), *FOOT)
    assert parts(sheet) == TRUTH and unread(problems) == []
    assert "另一侧" in noted(sheet, name)


def test_an_indicator_may_be_named_like_its_category() -> None:
    row = "\t满意度指标\t服务对象满意度\t游客评价\t≥88%\t服务对象满意度\t服务对象满意度\t≥85%"
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 7, row), *FOOT)
    assert parts(sheet)[-1] == (ANNUAL, "服务对象满意度", "服务对象满意度", "≥85%") and unread(problems) == []


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("可持续影响指标", "可持续影响"),
        ("可持续性影响指标", "可持续影响"),
        ("可持续发展指标", "可持续影响"),
        ("可持续影响指", "可持续影响"),
        ("服务对象满意度指", "服务对象满意度"),
        ("成 本指标", "成本"),
        ("经济效益指标", "经济效益"),
    ],
)
def test_the_spellings_of_categories(label: str, category: str) -> None:
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 7, LISTS[7].replace("服务对象满意度", label)), *FOOT)
    assert [part[1] for part in parts(sheet)[-2:]] == [category, category] and unread(problems) == []


def test_a_cost_indicator_under_benefits_counts_as_output_and_is_noted() -> None:
    row = "\t效益指标\t成本指标\t单株费用\t≤10元\t成本指标\t年内费用\t≤9元"
    sheet, _ = read_lines(*HEAD, *LISTS[:5], row, *LISTS[5:], *FOOT)
    (cost,) = [target for target in sheet.targets if target.indicator == "单株费用"]
    assert (cost.category, cost.dimension) == ("成本", "产出")
    assert any("“成本指标”印在“效益指标”之下" in zh(note) for note in sheet.notes)


def test_doubled_values_and_cut_names_are_kept_as_printed_and_noted() -> None:
    row = "\t效益指标\t社会效益指标\t年内观感好转\t改善改善\t社会效益指标\t年内观感\t提升"
    sheet, _ = read_lines(*HEAD, *changed(LISTS, 5, row), *FOOT)
    assert noted(sheet, "年内观感好转") == "值在一格内印了两遍"
    assert noted(sheet, "年内观感") == "名称截断，另一侧印作“年内观感好转”"
    assert (TERM, "社会效益", "年内观感好转", "改善改善") in parts(sheet)


def test_a_value_printed_over_two_cells_is_one_value() -> None:
    row = "\t\t时效指标\t完工时间\t2027年\t底前\t时效指标\t年内完工\t年底前"
    sheet, _ = read_lines(*HEAD, *changed(LISTS, 4, row), *FOOT)
    assert (TERM, "时效", "完工时间", "2027年底前") in parts(sheet) and noted(sheet, "完工时间") == "值分印在2格"


def test_a_value_in_pieces_is_one_where_the_other_side_prints_it_whole() -> None:
    row = "\t\t时效指标\t完工时间\t北园每年五月\t其他各园\t每年六月\t时效指标\t年内完工\t北园每年五月，其他各园每年六月"
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 4, row), *FOOT)
    assert (TERM, "时效", "完工时间", "北园每年五月其他各园每年六月") in parts(sheet) and unread(problems) == []


@pytest.mark.parametrize("extra", ["交付后10个工作日内", "≥95%", "达标"])
def test_two_complete_values_are_never_glued_together(extra: str) -> None:
    row = f"\t\t时效指标\t完工时间\t符合\t{extra}\t时效指标\t年内完工\t年底前"
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 4, row), *FOOT)
    assert parts(sheet) == [(*part[:3], "符合") if part[2] == "完工时间" else part for part in TRUTH]
    assert noted(sheet, "完工时间") == "值旁另有未能判定归属的单元格" and unread(problems) == []
    assert any(extra in zh(problem.message) and problem.place.line == 21 for problem in problems)


def test_of_several_cells_none_is_the_value_where_its_column_is_not_certain() -> None:
    row = "\t\t时效指标\t\t完工时间\t符合\t达标\t时效指标\t年内完工\t年底前"
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 4, row.replace("\t\t完工", "\t\t\t完工")), *FOOT)
    assert (TERM, "时效", "完工时间", "") in parts(sheet) and len(unread(problems)) == 1
    assert "“符合”" in unread(problems)[0] and "“达标”" in unread(problems)[0]
    assert noted(sheet, "完工时间") == "值旁另有未能判定归属的单元格"


def test_the_name_of_an_indicator_of_the_other_side_is_no_value() -> None:
    rows = ["\t\t\t清运车次总数\t80次\t\t及时性\t树木修剪株数", "\t\t\t树木修剪株数\t9株\t\t年内车次\t20次"]
    sheet, problems = read_lines(*HEAD, *LISTS[:2], *rows, *LISTS[3:], *FOOT)
    assert (ANNUAL, "数量", "树木修剪株数", "") in parts(sheet) and "及时性" not in str(parts(sheet))
    assert noted_on(sheet, "树木修剪株数", ANNUAL) == "名称印在指标值一栏；未印指标值"
    assert any("“及时性”未能判定归属" in zh(note) for note in sheet.notes) and unread(problems) == []
    rows[1] = "\t\t\t树木修剪株数\t9株\t\t树木修剪株数\t20株"
    sheet, _ = read_lines(*HEAD, *LISTS[:2], *rows, *LISTS[3:], *FOOT)
    annual = [part for part in parts(sheet) if part[0] == ANNUAL and part[2] == "树木修剪株数"]
    assert annual == [(ANNUAL, "数量", "树木修剪株数", "20株")] and "及时性" not in str(parts(sheet))
    assert any("“及时性”、“树木修剪株数”未能判定归属" in zh(note) for note in sheet.notes)


def test_rows_before_a_page_that_opens_with_another_category_are_noted() -> None:
    sheet, problems = read_lines(*HEAD, *LISTS[:3], "", *LISTS[3:], *FOOT)
    assert parts(sheet) == TRUTH and unread(problems) == []
    where = "印在页末而下页首行是另一类别，按上方所印类别"
    assert {target.indicator for target in sheet.targets if where in map(zh, target.notes)} == {"清运车次", "年内车次"}
    assert any(where in zh(problem.message) for problem in problems)
    sheet, _ = read_lines(*HEAD, *LISTS[:2], "", *LISTS[2:], *FOOT)
    assert not any(where in map(zh, target.notes) for target in sheet.targets)


@pytest.mark.parametrize("garbled", ["质里指标", "质量指栋", "质指标", "质量措标", "考核类指标"])
@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("by", [0, 1])
def test_a_garbled_category_is_no_indicator_and_ends_the_one_above(garbled: str, sides: int, by: int) -> None:
    bent = (
        moved(LISTS[3].replace("质量指标", garbled, sides), by) if by else LISTS[3].replace("质量指标", garbled, sides)
    )
    rows = [bent, "\t\t\t抽检株数\t9株\t\t年内抽检\t3株"]
    sheet, problems = read_lines(*HEAD, *LISTS[:3], *rows, *LISTS[4:], *FOOT)
    assert parts(sheet) == [part for part in TRUTH if part[1] != "质量"]
    assert len(unread(problems)) == 3 and garbled in unread(problems)[0] and "抽检株数" in "".join(unread(problems))


def test_an_indicator_may_be_named_like_a_category() -> None:
    row = "\t\t\t考核指标\t80次\t\t产量指标\t20次"
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 2, row), *FOOT)
    assert (TERM, "数量", "考核指标", "80次") in parts(sheet) and (ANNUAL, "数量", "产量指标", "20次") in parts(sheet)
    assert unread(problems) == []


@pytest.mark.parametrize("lost", [2, 3, 4, 6])
def test_a_row_that_lost_its_leading_blanks_changes_no_side(lost: int) -> None:
    """Its two cells fit both lists, or none: they are handed back, never filed under the wrong horizon."""
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 6, LISTS[6][lost:]), *FOOT)
    assert parts(sheet) in (TRUTH, [part for part in TRUTH if part[2] != "游人增减"])
    assert len(unread(problems)) == (parts(sheet) != TRUTH)


def test_the_lists_follow_the_heads_where_the_year_stands_left() -> None:
    head = [
        *HEAD[:3],
        "项目资金（元）\t\t年度资金总额：\t2,000\t\t实施期资金总额：\t8,000\t",
        *HEAD[4:6],
        "\t\t市县（区）财政资金\t2,000\t\t市县（区）财政资金\t7,000\t",
        "\t\t单位自筹\t\t\t单位自筹\t1,000\t",
        *HEAD[8:14],
        "年度目标\t\t\t\t\t实施期目标\t\t",
        "总体目标\t\t今年修完一半。\t\t\t四年修完全园。\t\t",
    ]
    sheet, problems = read_lines(*head, *LISTS, *FOOT)
    other = {TERM: ANNUAL, ANNUAL: TERM}
    assert parts(sheet) == [(other[part[0]], *part[1:]) for part in TRUTH]
    assert (sheet.term_goal, sheet.annual_goal, sheet.funds) == ("四年修完全园。", "今年修完一半。", FUNDS)
    assert any("年度目标印在左侧" in zh(note) for note in sheet.notes) and unread(problems) == []


def test_a_sheet_cut_to_its_left_half_says_that_the_year_is_missing() -> None:
    half = ["\t".join(line.split("\t")[:5]) for line in (*HEAD, *LISTS)]
    sheet, problems = read_lines(*half)
    assert parts(sheet) == [part for part in TRUTH if part[0] == TERM]
    assert {horizon for horizon, _ in sheet.funds} == {TERM} and sheet.annual_goal == ""
    assert any("没有年度资金、年度目标和年度指标" in zh(note) for note in sheet.notes) and unread(problems) == []
    assert not any("没有年度资金" in zh(note) for note in read_lines(*HEAD, *LISTS, *FOOT)[0].notes)


def goal(*cells: str) -> Callable[[], SheetFact]:
    return lambda: read_lines(*changed(HEAD, 15, "\t".join(cells)), *LISTS, *FOOT)[0]


@pytest.mark.parametrize(
    ("read", "term_goal", "annual_goal", "note"),
    [
        (goal("总体目标", "", "左"), "左", "", "总体目标只印了一段"),
        (goal("总体目标", "", "", "", "", "右"), "", "右", "总体目标只印了一段"),
        (goal("总体目标", "", "<p>修好园子</p> <p>修好园子</p>"), "修好园子", "修好园子", "相同的两段"),
        (goal("总体目标", "左", "", "", "", "右"), "左", "右", ""),
    ],
)
def test_goal_texts(read: Callable[[], SheetFact], term_goal: str, annual_goal: str, note: str) -> None:
    sheet = read()
    assert (sheet.term_goal, sheet.annual_goal) == (term_goal, annual_goal)
    assert (
        any(note in zh(text) for text in sheet.notes)
        if note
        else not any("总体目标" in zh(text) for text in sheet.notes)
    )
