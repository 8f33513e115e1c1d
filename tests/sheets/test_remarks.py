"""What is said of sheets: one line a cause, a sheet read in part says so, a self-evaluation is no target sheet, one bad sheet
is one bad sheet; labels are data."""

from __future__ import annotations

import tomllib

import pytest

from budgetdata.base.raw import Place, Problem, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.sheets import find
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.labels import LABELS_FILE, declared, label_of, plain
from budgetdata.sheets.remarks import MOST_LINES, grouped
from tests.helpers.words import zh

HEAD = (
    ("项目名称", "修剪费"),
    ("主管部门及代码", "101-大观园", "实施单位", "大观园"),
    ("项目资金（元）", "年度资金总额：", "8000"),
    ("总体目标", "修剪树木"),
)
COLUMNS = ("一级指标", "二级指标", "三级指标", "指标值")
LISTS = (COLUMNS, ("产出指标", "数量指标", "修剪株数", "≥800株"), ("效益指标", "社会效益指标", "观感", "好转"))


def table(*rows: tuple[str, ...], first: int = 1) -> RawTable:
    return RawTable(tuple(RawRow(row, Place(1, number)) for number, row in enumerate(rows, start=first)))


def problem(severity: str, code: str, line: int) -> Problem:
    return Problem(severity, "sheet", said("sheets.of", sheet="修剪费", note=said(code)), Place(1, line))


def test_what_was_not_read_has_one_line_a_cause_with_its_number_and_an_example() -> None:
    many = [problem("unread", "sheets.unread_personal", line) for line in range(40)]
    other = problem("unread", "sheets.no_beginning", 99)
    first, second = grouped([*many, other])
    assert first.place == Place(1, 0) and first.severity == "unread" and "40" in zh(first.message)
    assert "修剪费" in zh(first.message) and second == other


@pytest.mark.parametrize("count, lines", [(MOST_LINES, MOST_LINES), (MOST_LINES + 1, 1)])
def test_oddities_have_a_line_each_until_they_are_many(count: int, lines: int) -> None:
    assert len(grouped([problem("note", "sheets.no_year", line) for line in range(count)])) == lines


def test_a_sheet_with_a_cell_that_was_not_read_is_read_in_part_and_says_so() -> None:
    (sheet,), problems, _ = read_sheets([table(*HEAD, ("没有见过的栏目", "甲", "乙"), *LISTS)])
    assert [p.severity for p in problems if p.severity == "unread"] == ["unread"]
    assert sheet.unread == 1 and [note.code for note in sheet.notes][-1] == "sheets.partial"
    (whole,), _, _ = read_sheets([table(*HEAD, *LISTS)])
    assert whole.unread == 0 and "sheets.partial" not in {note.code for note in whole.notes}


def test_a_self_evaluation_is_no_target_sheet() -> None:
    rows = (*HEAD, ("", "全年预算数（A）", "全年执行数（B）", "得分"), *LISTS)
    sheets, problems, taken = read_sheets([table(*rows)])
    assert sheets == [] and taken == {0} and [p.message.code for p in problems] == ["sheets.evaluation"]


def test_a_column_of_weights_is_no_value() -> None:
    rows = (*HEAD, (*COLUMNS, "分值权重（90分）"), *((*row, "10") for row in LISTS[1:]))
    (sheet,), problems, _ = read_sheets([table(*rows)])
    assert [(t.indicator, t.target) for t in sheet.targets] == [("修剪株数", "≥800株"), ("观感", "好转")]
    assert not [p for p in problems if "“10”" in zh(p.message)]


def test_one_bad_sheet_is_one_bad_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    real = find.read_sheet

    def faulty(source: find.Source) -> object:
        if source.fragments[0][0].place.line == 1:
            raise ZeroDivisionError
        return real(source)

    monkeypatch.setattr(find, "read_sheet", faulty)
    first, second = table(*HEAD, *LISTS), table(*HEAD, *LISTS, first=50)
    sheets, problems, taken = read_sheets([first, second])
    assert [sheet.place.line for sheet in sheets] == [50] and taken == {0, 1}
    (fault,) = [p for p in problems if p.severity == "unread"]
    assert (fault.message.code, fault.message.args["error"], fault.place.line) == (
        "sheets.fault",
        "ZeroDivisionError",
        1,
    )


def test_every_declared_label_is_recognised_in_its_own_spelling() -> None:
    data = tomllib.loads(LABELS_FILE.read_text(encoding="utf-8"))
    for entry in data["label"]:
        for spelling in entry["spellings"]:
            label = label_of(spelling)
            assert label is not None and label.kind == entry["kind"], spelling
            assert plain(spelling) == spelling
    for entry in (*data["source"], *data["total"], *data["category"], *data["value_column"], *data["other"]):
        assert label_of(entry["example"]) is not None, entry["example"]
    assert all(pattern.match(data["pattern"][name]["example"]) for name, pattern in declared().patterns.items())
