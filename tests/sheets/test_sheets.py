"""Performance sheets against hand-typed truth, against every printed cell, and bent in the ways real files are bent."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from documents import DOCUMENTS, text_of
from hypothesis import given
from hypothesis import strategies as st
from personal import NAME, PHONE, personal_data

from budgetdata.base.facts import ANNUAL, DIMENSIONS, SOURCES, TERM, SheetFact, TargetFact
from budgetdata.base.money import parse_amount, yuan
from budgetdata.base.raw import Block, Place, Problem, RawRow, RawTable
from budgetdata.base.text import key, squeeze
from budgetdata.readers.text import parse_text, read_text
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.labels import cut_label, is_furniture, label_of
from tests.helpers.words import zh

EXPECTED = Path(__file__).parents[1] / "expected" / "sheets"
SLUGS = sorted(path.parent.name for path in EXPECTED.glob("*/head.csv"))
COUNTS = {
    "4bc610c22ba9": (5, 0, 45, 59),
    "01a1d3103f45": (4, 1, 32, 55),
    "b734d3efdd82": (12, 0, 116, 123),
    "947784cd9916": (28, 0, 398, 404),
    "6ad99d98ab19": (4, 0, 37, 37),
}
"""Project sheets, department sheets, targets of the whole term, targets of the year."""
Reading = tuple[list[SheetFact], list[Problem], set[int]]
Part = tuple[str, str, str, str]


@cache
def reading_of(document: str) -> Reading:
    return read_sheets(parse_text(text_of(document), document).blocks)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(sheet: SheetFact, field: str) -> str:
    """A field of a sheet in the words of the typed truth: '' where blank, yuan for amounts."""
    if field.endswith("_yuan"):
        horizon, _, source = field.removesuffix("_yuan").partition("_")
        fen = sheet.funds.get((horizon, source or "total"))
        return "" if fen is None else yuan(fen)
    return str(getattr(sheet, field))


def unread(problems: list[Problem]) -> list[str]:
    return [f"{problem.place} {zh(problem.message)}" for problem in problems if problem.severity == "unread"]


# Truth typed by hand


def test_there_is_enough_truth() -> None:
    assert len(SLUGS) >= 6


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sheet_is_read_as_a_person_typed_it(slug: str) -> None:
    head = {row["field"]: row["value"] for row in rows_of(EXPECTED / slug / "head.csv")}
    document, line = head.pop("source_file").split("_")[1][:12], int(head.pop("first_line"))
    (sheet,) = [sheet for sheet in reading_of(document)[0] if sheet.place.line == line]
    assert {field: printed(sheet, field) for field in head} == head
    typed = [tuple(row[name] for name in ("line", "horizon", "category", "indicator", "target"))
             for row in rows_of(EXPECTED / slug / "targets.csv")]  # fmt: skip
    read = [(str(t.place.line), t.horizon, t.category, t.indicator, t.target) for t in sheet.targets]
    assert read == typed


# The five documents as a whole


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_sheet_of_a_document_is_read_and_nothing_is_left_unread(document: str) -> None:
    sheets, problems, _ = reading_of(document)
    scopes = Counter(sheet.scope for sheet in sheets)
    horizons = Counter(target.horizon for sheet in sheets for target in sheet.targets)
    assert (scopes["project"], scopes["department"], horizons[TERM], horizons[ANNUAL]) == COUNTS[document]
    assert unread(problems) == []
    for sheet in sheets:
        assert sheet.project_name and sheet.office_code and sheet.unit_name and sheet.targets
        assert sheet.listed == {target.horizon for target in sheet.targets}
        assert (ANNUAL, "total") in sheet.funds
        assert all(target.dimension == DIMENSIONS[target.category] for target in sheet.targets)
        if sheet.scope == "project":
            assert all((sheet.overview, sheet.basis, sheet.need, sheet.safeguards, sheet.plan, sheet.term_goal))
            for horizon in (TERM, ANNUAL):
                parts = [sheet.funds.get((horizon, source), 0) for source in SOURCES]
                assert sum(parts) == sheet.funds[horizon, "total"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_printed_cell_of_a_project_sheet_is_in_what_was_read(document: str) -> None:
    """Counted without the reader's columns: each filled cell is a label, an amount, or stands in a fact of its sheet."""
    blocks = parse_text(text_of(document), document).blocks
    sheets, _, taken = read_sheets(blocks)
    starts = [sheet.place.line or 0 for sheet in sheets]
    facts = {start: everything(sheet) for start, sheet in zip(starts, sheets, strict=True)}
    projects = {start for start, sheet in zip(starts, sheets, strict=True) if sheet.scope == "project"}
    lost: list[str] = []
    for row in (row for index in sorted(taken) if isinstance(block := blocks[index], RawTable) for row in block.rows):
        start = max((start for start in starts if start <= (row.place.line or 0)), default=0)
        if (
            start not in projects
            or re.search("经办人|填报日期", "".join(row.cells))
            or is_furniture("".join(row.cells))
        ):
            continue
        for _, text in row.filled:
            amount = parse_amount(text, "元")
            known = label_of(text) or cut_label(text) or text == "金"
            if not known and squeeze(text) not in facts[start][0] and (not amount or amount.fen not in facts[start][1]):
                lost.append(f"{row.place}: {text}")
    assert lost == []


def everything(sheet: SheetFact) -> tuple[str, set[int]]:
    """All the text of a sheet without white space, and all its amounts."""
    texts = [sheet.project_name, f"{sheet.office_code}-{sheet.unit_name}", sheet.attribute, sheet.term, sheet.overview]
    texts += [sheet.basis, sheet.need, sheet.safeguards, sheet.plan, sheet.term_goal + sheet.annual_goal]
    texts += [text for target in sheet.targets for text in (target.indicator, target.target)]
    return squeeze("\n".join(texts)), set(sheet.funds.values())


def test_no_name_or_number_of_staff_gets_into_any_fact_or_message(shared: Path) -> None:
    wanted = personal_data(shared)
    assert wanted
    for path in sorted((shared / "disclosures").glob("*.txt")):
        sheets, problems, _ = read_sheets(read_text(path).blocks)
        assert sheets
        seen = squeeze(repr(sheets) + repr(problems))
        assert sum(text in seen for text in wanted) == 0


def test_the_longest_document_is_read_in_a_moment() -> None:
    blocks = parse_text(text_of("947784cd9916"), "long.txt").blocks

    def seconds() -> float:
        started = time.process_time()
        read_sheets(blocks)
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.3


def test_the_masked_and_the_original_texts_give_the_same_sheets(shared: Path) -> None:
    originals = {path.name.split("_")[1][:12]: path for path in (shared / "disclosures").glob("*.txt")}
    for document in DOCUMENTS:
        assert read_sheets(read_text(originals[document]).blocks)[0] == reading_of(document)[0]


# A sheet made by hand, and bent

TITLE = "大观园项目支出绩效目标申报表"
HEAD = [
    "项目名称\t\t园林科—修剪费\t\t\t\t\t",
    "主管部门及代码\t\t123-大观园管理处\t\t\t实施单位\t大观园管理处\t",
    "项目属性\t\t一次性项目（1年结束）\t\t\t项目期\t1年\t",
    "项目资金（元）\t\t实施期资金总额：\t8,000\t\t年度资金总额：\t2,000\t",
    "\t\t其中：中央财政资金\t0\t\t其中：中央财政资金\t0\t",
    "\t\t省级财政资金\t\t\t省级财政资金\t\t",
    "\t\t市县（区）财政资金\t7,000\t\t市县（区）财政资金\t2,000\t",
    "\t\t单位自筹\t1,000\t\t单位自筹\t\t",
    "\t\t其他资金\t\t\t其他资金\t\t",
    "项目概况\t\t修剪园中树木。\t\t\t\t\t",
    "立项依据\t\t《园林办法》\t\t\t\t\t",
    "项目设立必要性\t\t树木需要修剪。\t\t\t\t\t",
    "保证项目实施的制度、措施\t\t验收制度\t\t\t\t\t",
    "项目实施计划\t\t按季修剪。\t\t\t\t\t",
    "实施期目标\t\t\t\t\t年度目标\t\t",
    "总体目标\t\t四年修完全园。\t\t\t今年修完一半。\t\t",
]
LISTS = [
    "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值",
    "\t产出指标\t数量指标\t修剪株数\t≥800株\t数量指标\t年内株数\t≥200株",
    "\t\t\t清运车次\t80次\t\t年内车次\t20次",
    "\t\t质量指标\t成活比例\t≥95%\t质量指标\t年内成活\t≥90%",
    "\t\t时效指标\t完工时间\t2027年底\t时效指标\t年内完工\t年底前",
    "\t效益指标\t社会效益指标\t园貌观感\t改善\t社会效益指标\t年内观感\t提升",
    "\t\t\t\t\t\t游人增减\t≥5%",
    "\t满意度指标\t服务对象满意度\t游客评价\t≥88%\t服务对象满意度\t年内评价\t≥85%",
]
FOOT = [f"负责人：\t\t经办人：\t{NAME}\t联系电话：\t{PHONE}\t填报日期：\t20240108090654"]
TRUTH: list[Part] = [
    (TERM, "数量", "修剪株数", "≥800株"),
    (ANNUAL, "数量", "年内株数", "≥200株"),
    (TERM, "数量", "清运车次", "80次"),
    (ANNUAL, "数量", "年内车次", "20次"),
    (TERM, "质量", "成活比例", "≥95%"),
    (ANNUAL, "质量", "年内成活", "≥90%"),
    (TERM, "时效", "完工时间", "2027年底"),
    (ANNUAL, "时效", "年内完工", "年底前"),
    (TERM, "社会效益", "园貌观感", "改善"),
    (ANNUAL, "社会效益", "年内观感", "提升"),
    (ANNUAL, "社会效益", "游人增减", "≥5%"),
    (TERM, "服务对象满意度", "游客评价", "≥88%"),
    (ANNUAL, "服务对象满意度", "年内评价", "≥85%"),
]
FUNDS = {
    (TERM, "total"): 800_000,
    (TERM, "central"): 0,
    (TERM, "local"): 700_000,
    (TERM, "self"): 100_000,
    (ANNUAL, "total"): 200_000,
    (ANNUAL, "central"): 0,
    (ANNUAL, "local"): 200_000,
}


def read_lines(*lines: str) -> tuple[SheetFact, list[Problem]]:
    (sheet,), problems, _ = read_sheets(parse_text("\n".join(lines), "bent.txt").blocks)
    return sheet, problems


def parts(sheet: SheetFact) -> list[Part]:
    return [(target.horizon, target.category, target.indicator, target.target) for target in sheet.targets]


def noted(sheet: SheetFact, indicator: str) -> str:
    (target,) = [target for target in sheet.targets if target.indicator == indicator]
    return "；".join(map(zh, target.notes))


def noted_on(sheet: SheetFact, indicator: str, horizon: str) -> str:
    (target,) = [target for target in sheet.targets if (target.indicator, target.horizon) == (indicator, horizon)]
    return "；".join(map(zh, target.notes))


def changed(lines: list[str], number: int, line: str) -> list[str]:
    return [*lines[:number], line, *lines[number + 1 :]]


def moved(line: str, by: int) -> str:
    """A row with all its cells moved: blank columns put in front, or taken from there."""
    return "\t" * by + line if by > 0 else line[-by:]


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
