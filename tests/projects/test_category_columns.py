"""Lists of projects whose categories head columns: the indicators of each cell, one sheet a row. All invented."""

from __future__ import annotations

from typing import Any

import pytest

from budgetdata.base.facts import ANNUAL, SheetFact
from budgetdata.base.raw import Paragraph, Place, RawRow, RawTable
from budgetdata.projects import columns
from budgetdata.projects.columns import read_columns
from budgetdata.projects.read import ListsRead
from budgetdata.sheets.quality import sentence_target

HEADS = [
    ["序号", "项目名称", "预算金额", "年度绩效目标", "产出指标", "", "成本指标", "满意度指标"],
    ["", "", "", "", "数量指标", "质量指标", "经济成本指标", "服务对象满意度指标"],
]
ROW = [
    "1",
    "甲林项目",
    "10.00",
    "植树。",
    "栽树≥5棵；浇水3次",
    "1.合格率达到95%2.存活率≥9%",
    "单价≤3元/棵",
    "受众满意度90%",
]


def table(page: int, *rows: list[str]) -> RawTable:
    return RawTable(tuple(RawRow(tuple(cells), Place(page, number + 1)) for number, cells in enumerate(rows)))


def read(*tables: RawTable) -> ListsRead:
    return read_columns(
        [Paragraph("项目支出绩效目标汇总表", Place(1, 1)), Paragraph("单位：万元", Place(1, 2)), *tables]
    )


def test_each_cell_holds_the_indicators_of_its_category() -> None:
    done = read(table(1, *HEADS, ROW, ["2", "合计", "10.00", "", "", "", "", ""]))
    [sheet] = done.sheets
    assert (sheet.project_name, sheet.funds, sheet.annual_goal) == (
        "甲林项目",
        {(ANNUAL, "total"): 10_000_000},
        "植树。",
    )
    assert [(t.dimension, t.category, t.indicator, t.operator, t.value, t.unit) for t in sheet.targets] == [
        ("产出", "数量", "栽树", "≥", "5", "棵"), ("产出", "数量", "浇水", "=", "3", "次"),
        ("产出", "质量", "合格率", "=", "95", "%"), ("产出", "质量", "存活率", "≥", "9", "%"),
        ("成本", "成本", "单价", "≤", "3", "元/棵"), ("满意度", "服务对象满意度", "受众满意度", "=", "90", "%"),
    ]  # fmt: skip
    assert not done.problems


def test_a_row_that_a_page_parts_is_one() -> None:
    rest = ["", "", "", "", "树≥5棵；浇水3次", "", "", ""]
    done = read(table(1, *HEADS, [*ROW[:4], "栽", *ROW[5:]]), table(2, *HEADS, rest))
    assert [target.indicator for target in done.sheets[0].targets[:2]] == ["栽树", "浇水"] and len(done.sheets) == 1


def test_one_bad_list_is_one_bad_list(monkeypatch: pytest.MonkeyPatch) -> None:
    real = columns.sheet_of

    def faulty(*of: Any) -> SheetFact:
        if of[0].place.page == 1:
            raise ZeroDivisionError
        return real(*of)

    monkeypatch.setattr(columns, "sheet_of", faulty)
    below = Paragraph("第二批项目", Place(2, 1)), Paragraph("单位：万元", Place(2, 2))
    done = read_columns([table(1, *HEADS, ROW), *below, table(2, *HEADS, ROW)])
    assert [(sheet.project_name, sheet.place.page) for sheet in done.sheets] == [("甲林项目", 2)]
    [told] = done.problems
    assert (told.severity, told.message.code, told.place.page) == ("unread", "lists.fault", 1)


def test_targets_that_run_together_are_told() -> None:
    done = read(table(1, *HEADS, [*ROW[:4], "栽树≥5棵浇水≥3次", *ROW[5:]]))
    assert len(done.sheets[0].targets) == 4 and done.sheets[0].unread == 1
    assert [problem.message.code for problem in done.problems] == ["lists.target_cut"]


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("巡查长度不少于30公里", "巡查长度", "不少于30公里"),
        ("保障运转", "保障运转", ""),
        ("完成率：100%", "完成率", "100%"),
    ],
)
def test_an_indicator_in_one_run(text: str, name: str, target: str) -> None:
    found = sentence_target(text)
    assert found is not None and found[:2] == (name, target)
