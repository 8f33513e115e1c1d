"""A sheet made by hand, and bent: what was not printed together is never paired, what cannot be decided is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from personal import NAME, PHONE
from sheet_lines import FOOT, FUNDS, HEAD, LISTS, TITLE, TRUTH, changed, moved, noted, parts, read_lines, unread

from budgetdata.base.facts import ANNUAL, TERM
from budgetdata.base.raw import Place
from budgetdata.base.text import key
from budgetdata.readers.text import parse_text
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.labels import label_of
from tests.helpers.words import zh


def test_the_made_sheet_is_read_whole() -> None:
    sheet, problems = read_lines(TITLE, "", "(2024年度)", "", *HEAD, *LISTS, *FOOT)
    assert parts(sheet) == TRUTH and sheet.funds == FUNDS and sheet.listed == {TERM, ANNUAL}
    assert (sheet.project_name, sheet.office, sheet.office_code, sheet.unit_name) == (
        "园林科—修剪费", "园林科", "123", "大观园管理处",
    )  # fmt: skip
    assert (sheet.attribute, sheet.term, sheet.overview) == ("一次性项目（1年结束）", "1年", "修剪园中树木。")
    assert (sheet.basis, sheet.need, sheet.safeguards, sheet.plan) == (
        "《园林办法》", "树木需要修剪。", "验收制度", "按季修剪。",
    )  # fmt: skip
    assert (sheet.term_goal, sheet.annual_goal, sheet.filed_on) == (
        "四年修完全园。",
        "今年修完一半。",
        "20240108090654",
    )
    assert [zh(problem.message) for problem in problems if problem.severity == "unread"] == []
    assert (sheet.targets[0].operator, sheet.targets[0].value, sheet.targets[0].unit) == ("≥", "800", "株")
    assert sheet.targets[0].raw_category == "数量指标" and sheet.targets[0].place == Place(None, 22)


def test_names_and_numbers_are_nowhere_even_where_the_last_row_is_bent() -> None:
    for foot in (
        FOOT[0],
        moved(FOOT[0], 1),
        FOOT[0].replace("\t", " ") + "\t\t",
        FOOT[0].replace("\t填报日期", f"\n\t\t\t{NAME}\t填报日期"),
        FOOT[0].replace("负责人：", ""),
        f"\t\t{NAME}\t{PHONE}\t",
    ):
        sheet, problems = read_lines(*HEAD, *LISTS, foot)
        assert NAME not in repr(sheet) + repr(problems)
        assert PHONE not in repr(sheet) + repr(problems)
        assert parts(sheet)[: len(TRUTH)] == TRUTH


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("number", [2, 6])
def test_a_row_moved_by_a_column_is_read_alike(number: int, by: int) -> None:
    sheet, problems = read_lines(*HEAD, *changed(LISTS, number, moved(LISTS[number], by)), *FOOT)
    assert parts(sheet) == TRUTH and unread(problems) == []


@pytest.mark.parametrize("number", [1, 3, 5, 7])
def test_a_labelled_row_moved_by_two_columns_is_read_alike(number: int) -> None:
    sheet, problems = read_lines(*HEAD, *changed(LISTS, number, moved(LISTS[number], 2)), *FOOT)
    assert parts(sheet) == TRUTH and unread(problems) == []


def test_a_lost_right_hand_value_leaves_the_indicator_with_an_empty_target() -> None:
    sheet, problems = read_lines(*HEAD, *changed(LISTS, 2, "\t\t\t清运车次\t80次\t\t年内车次\t"), *FOOT)
    assert parts(sheet) == [(*part[:3], "") if part[2] == "年内车次" else part for part in TRUTH]
    assert noted(sheet, "年内车次") == "未印指标值" and unread(problems) == []


def test_a_lost_indicator_leaves_its_value_with_no_name() -> None:
    sheet, _ = read_lines(*HEAD, *changed(LISTS, 2, "\t\t\t\t80次\t\t年内车次\t20次"), *FOOT)
    assert (TERM, "数量", "", "80次") in parts(sheet) and (ANNUAL, "数量", "年内车次", "20次") in parts(sheet)


@settings(deadline=None)
@given(st.data())
def test_blanked_cells_never_pair_what_was_not_printed_together(data: st.DataObject) -> None:
    """Any cells of the lists but the labels may be lost: what is left keeps its side, its category and its partner."""
    lines, gone = [LISTS[0]], set()
    for line in LISTS[1:]:
        cells = line.split("\t")
        for column, text in enumerate(cells):
            if text and not label_of(text) and data.draw(st.booleans(), label=text):
                gone.add(text)
                cells[column] = ""
        lines.append("\t".join(cells))
    sheet, problems = read_lines(*HEAD, *lines, *FOOT)
    kept = [(h, c, "" if name in gone else name, "" if value in gone else value) for h, c, name, value in TRUTH]
    assert parts(sheet) == [part for part in kept if part[2] or part[3]]
    assert unread(problems) == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 8), max_size=4))
def test_blank_columns_anywhere_change_nothing(columns: list[int]) -> None:
    def widened(line: str) -> str:
        cells = line.split("\t")
        for column in columns:
            cells.insert(min(column, len(cells)), "")
        return "\t".join(cells)

    sheet, problems = read_lines(*HEAD, *map(widened, LISTS), *FOOT)
    assert parts(sheet) == TRUTH and unread(problems) == []


@pytest.mark.parametrize("swap", ["：:", "（(", "）)", "，,", "、、", "≥≥"])
def test_the_width_of_signs_does_not_matter(swap: str) -> None:
    bent = [line.replace(swap[0], swap[1]) for line in (*HEAD, *LISTS, *FOOT)]
    sheet, problems = read_lines(*bent)
    assert [tuple(map(key, part)) for part in parts(sheet)] == [tuple(map(key, part)) for part in TRUTH]
    assert sheet.funds == FUNDS and unread(problems) == []


def test_digits_and_letters_of_full_width_are_amounts_as_well() -> None:
    wide = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)} | {",": "，"})
    sheet, _ = read_lines(*(line.translate(wide) for line in HEAD), *LISTS, *FOOT)
    assert sheet.funds == FUNDS and sheet.office_code == "123"


def test_a_label_cut_in_two_lines_is_one_label() -> None:
    row = HEAD[6].replace("市县（区）财政资金", "市县（区）财政资", 1)
    sheet, problems = read_lines(*HEAD[:6], row, "\t\t金\t\t\t\t\t", *HEAD[7:], *LISTS, *FOOT)
    assert sheet.funds == FUNDS and unread(problems) == []


def test_the_rest_of_a_label_takes_its_meaning_from_the_right_only_in_the_forms_order() -> None:
    cut = HEAD[6].replace("市县（区）财政资金", "市县（区）财政资", 1)
    agreed = "\t\t金\t1,000\t\t单位自筹\t\t"
    sheet, problems = read_lines(*HEAD[:6], cut, agreed, HEAD[8], *HEAD[9:], *LISTS, *FOOT)
    assert sheet.funds == FUNDS and unread(problems) == []
    disagreed = "\t\t金\t1,000\t\t其他资金\t\t"
    sheet, problems = read_lines(*HEAD[:6], cut, disagreed, *HEAD[9:], *LISTS, *FOOT)
    assert (TERM, "other") not in sheet.funds and (TERM, "self") not in sheet.funds
    assert len(unread(problems)) == 1 and "1,000" in unread(problems)[0]


def test_sources_that_do_not_add_up_are_kept_and_noted() -> None:
    sheet, problems = read_lines(*changed(HEAD, 6, HEAD[6].replace("7,000", "6,000")), *LISTS, *FOOT)
    assert sheet.funds == FUNDS | {(TERM, "local"): 600_000}
    assert any("各来源合计 7000 元，总额印作 8000 元" in zh(note) for note in sheet.notes) and unread(problems) == []


def test_the_unit_comes_from_the_label_and_without_one_no_amount_is_read() -> None:
    sheet, _ = read_lines(*(line.replace("（元）", "（万元）") for line in HEAD), *LISTS, *FOOT)
    assert sheet.funds == {at: 10_000 * fen for at, fen in FUNDS.items()}
    sheet, problems = read_lines(*(line.replace("（元）", "") for line in HEAD), *LISTS, *FOOT)
    assert sheet.funds == {} and len(unread(problems)) == 4


def test_an_unreadable_amount_is_reported() -> None:
    sheet, problems = read_lines(*changed(HEAD, 4, HEAD[4].replace("资金\t0", "资金\t零", 1)), *LISTS, *FOOT)
    assert (TERM, "central") not in sheet.funds and (ANNUAL, "central") in sheet.funds
    assert len(unread(problems)) == 1 and "零" in unread(problems)[0] and "园林科—修剪费" in unread(problems)[0]


def test_a_sheet_cut_off_in_the_middle_is_read_to_where_it_ends() -> None:
    for end in range(1, len(LISTS)):
        sheet, problems = read_lines(*HEAD, *LISTS[:end])
        assert parts(sheet) == TRUTH[: len(sheet.targets)] and sheet.funds == FUNDS
        assert unread(problems) == [] and sheet.filed_on == ""
    sheet, problems = read_lines(*HEAD[:5])
    assert sheet.targets == [] and sheet.listed == set() and unread(problems) == []


def test_an_unknown_row_is_reported_and_not_taken_for_something_else() -> None:
    row = "特别说明事项\t\t此处另有安排\t\t\t\t\t"
    sheet, problems = read_lines(*HEAD[:10], row, *HEAD[10:], *LISTS, *FOOT)
    assert (
        len(unread(problems)) == 1 and "特别说明事项" in unread(problems)[0] and "此处另有安排" in unread(problems)[0]
    )
    assert parts(sheet) == TRUTH and sheet.funds == FUNDS
    sheet, problems = read_lines(*HEAD, *LISTS, "备注\t\t见附件\t\t\t\t\t", *FOOT)
    assert parts(sheet) == TRUTH and len(unread(problems)) == 1
    six = "\t\t其他指标\t甲\t1个\t其他指标\t乙\t2个"
    sheet, problems = read_lines(*HEAD, *LISTS[:4], six, *LISTS[4:], *FOOT)
    assert parts(sheet) == TRUTH and len(unread(problems)) == 1 and "其他指标" in unread(problems)[0]


def test_a_label_with_a_foreign_character_spoils_its_row_and_says_so() -> None:
    bent = LISTS[3].replace("质量指标", "仅质量指标", 1)
    sheet, problems = read_lines(*HEAD, *LISTS[:3], bent, "\t\t\t抽检株数\t9株\t\t年内抽检\t3株", *LISTS[4:], *FOOT)
    assert parts(sheet) == [part for part in TRUTH if part[1] != "质量"]
    assert len(unread(problems)) == 3 and "仅质量指标" in unread(problems)[0]


def test_a_row_that_cannot_be_decided_is_reported() -> None:
    lists = [LISTS[1], "甲\t乙\t丙\t丁\t戊", *LISTS[2:]]
    sheet, problems = read_lines(*HEAD, LISTS[0], *lists, *FOOT)
    assert parts(sheet) == TRUTH and len(unread(problems)) == 1


def test_a_right_hand_list_cut_off_leaves_the_left_one() -> None:
    cut = [LISTS[0], *("\t".join(line.split("\t")[:6]) for line in LISTS[1:])]
    sheet, problems = read_lines(*HEAD, *cut, *FOOT)
    assert parts(sheet) == [part for part in TRUTH if part[0] == TERM] and sheet.listed == {TERM}
    assert unread(problems) == []


@pytest.mark.parametrize(
    "between", [("",), ("", TITLE, "", "(2024年度)", ""), ("", "（2024）年度", ""), ("", "- 12 -", "")]
)
def test_the_pieces_of_a_sheet_are_joined(between: tuple[str, ...]) -> None:
    lines = [TITLE, "", *HEAD, *between, *LISTS[:3], "", *LISTS[3:], *FOOT, "", "十一、国有资产占有使用情况"]
    blocks = parse_text("\n".join(lines), "bent.txt").blocks
    (sheet,), problems, taken = read_sheets(blocks)
    assert parts(sheet) == TRUTH and unread(problems) == []
    assert taken == set(range(len(blocks) - 1))


def test_two_sheets_in_one_table_are_two_sheets() -> None:
    second = [line.replace("修剪费", "浇水费") for line in HEAD]
    lines = [*HEAD, *LISTS, *FOOT, "(2024年度)\t\t", *second, *LISTS, *FOOT]
    sheets, problems, _ = read_sheets(parse_text("\n".join(lines), "bent.txt").blocks)
    assert [sheet.project_name for sheet in sheets] == ["园林科—修剪费", "园林科—浇水费"]
    assert [parts(sheet) for sheet in sheets] == [TRUTH, TRUTH] and unread(problems) == []


def test_text_between_two_pieces_stays_in_the_narrative_and_is_noted() -> None:
    lines = [*HEAD, "", "大观园部门预算公开", "", *LISTS, *FOOT]
    (sheet,), problems, taken = read_sheets(parse_text("\n".join(lines), "bent.txt").blocks)
    assert parts(sheet) == TRUTH and taken == {0, 2}
    assert any("留在正文中" in zh(problem.message) for problem in problems) and unread(problems) == []


def test_a_piece_without_a_head_is_reported() -> None:
    sheets, problems, taken = read_sheets(parse_text("\n".join(["前言", *LISTS]), "bent.txt").blocks)
    assert sheets == [] and taken == set() and len(unread(problems)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["项目名称\t合计\t财政拨款\t其他资金", "修剪费\t1.00\t1.00\t", "浇水费\t2.00\t2.00\t"],
        ["单位名称\t项目名称\t金额\t绩效目标", "大观园\t修剪费\t1.00\t修好"],
        ["项目名称\t一级指标\t二级指标\t三级指标\t指标值", "修剪费\t产出\t数量\t株数\t8"],
        ["项目\t2024年\t项目\t2024年合计", "合计\t1.00\t合计\t1.00"],
    ],
)
def test_other_tables_are_left_alone(lines: list[str]) -> None:
    assert read_sheets(parse_text("\n".join(lines), "other.txt").blocks) == ([], [], set())
