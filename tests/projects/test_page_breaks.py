"""Rows of a list of projects that a page break cuts through every cell of: joined where proved, else unread. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.facts import ANNUAL
from budgetdata.base.raw import Box, Paragraph, Place, RawRow, RawTable
from budgetdata.projects.read import ListsRead, read_lists

HEAD = ["项目名称", "资金总额", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "评分标准", "度量单位"]
BOX: Box = (0.0, 0.0, 1.0, 1.0)
GROVE = ["甲林项目", "126.86", "植树。", "产出指标", "数量指标", "栽树", "≥5", "未完成扣分", "棵"]
CANAL = ["乙渠项目", "88.00", "修渠。", "产出指标", "数量指标", "修渠长度", "≥9", "未完成扣分", "米"]
ABOVE = ["住宅", "410.", "完成", "产出", "数量", "任务", "≥25", "未完", "项"]
BELOW = ["建设项目", "99", "住宅建设。", "指标", "指标", "完成数", "", "成扣分", ""]
UNDER = ["", "", "", "", "质量指标", "达标率", "≥90", "未完成扣分", "%"]


def page(number: int, *rows: list[str], all_own: bool = True) -> RawTable:
    """A page of the list; the cells of its first row are its own, also blank ones: a printer closes each cell at a break."""
    raws = [
        RawRow(
            tuple(cells),
            Place(number, line),
            tuple(BOX if cell or (line == 2 and all_own) else None for cell in cells),
        )
        for line, cells in enumerate([HEAD, *rows], 1)
    ]
    return RawTable(tuple(raws))


def read(*pages: RawTable) -> ListsRead:
    return read_lists([Paragraph("项目支出绩效目标表", Place(1, 1)), Paragraph("金额单位：万元", Place(1, 2)), *pages])


def told(done: ListsRead) -> list[str]:
    return [problem.message.code for problem in done.problems]


def test_a_row_cut_through_every_cell_is_joined_where_its_amount_is_completed() -> None:
    done = read(page(1, GROVE, UNDER, ABOVE), page(2, BELOW, UNDER, CANAL))
    assert [(s.project_name, s.funds.get((ANNUAL, "total")), s.annual_goal) for s in done.sheets] == [
        ("甲林项目", 126_860_000, "植树。"),
        ("住宅建设项目", 410_990_000, "完成住宅建设。"),
        ("乙渠项目", 88_000_000, "修渠。"),
    ]
    cut = done.sheets[1]
    assert [(t.category, t.indicator, t.target) for t in cut.targets] == [
        ("数量", "任务完成数", "≥25项"),
        ("质量", "达标率", "≥90%"),
    ]
    assert told(done) == []


def test_a_cut_indicator_is_joined_where_its_kind_is_printed_whole_elsewhere() -> None:
    foot = ["", "", "", "", "质量", "验收", "≥52", "未完", "%"]
    rest = ["", "", "", "", "指标", "合格率", "", "成扣分", ""]
    done = read(page(1, GROVE, UNDER, foot), page(2, rest, CANAL))
    assert [t.indicator for t in done.sheets[0].targets] == ["栽树", "达标率", "验收合格率"] and told(done) == []


@pytest.mark.parametrize("amount", ["410.", "410", "41"])
def test_a_name_whose_rest_is_not_proved_is_not_read(amount: str) -> None:
    rest = ["建设项目", "9", "住宅建设。", "指标", "指标", "完成数", "", "成扣分", ""]
    done = read(page(1, GROVE, UNDER, [ABOVE[0], amount, *ABOVE[2:]]), page(2, rest, UNDER, CANAL))
    names = [sheet.project_name for sheet in done.sheets]
    assert names == ["甲林项目", "乙渠项目"] and "lists.project_unclear" in told(done)


def test_a_new_project_at_the_head_of_a_page_is_no_rest() -> None:
    whole = [*CANAL[:1], "0.99", *CANAL[2:6], "", "", ""]
    done = read(page(1, GROVE, ["丙路项目", "41", "修路。", *GROVE[3:]]), page(2, whole, UNDER))
    assert not any("丙路项目乙渠" in sheet.project_name for sheet in done.sheets)
    assert all(sheet.funds.get((ANNUAL, "total")) != 410_990_000 for sheet in done.sheets)


def test_a_project_is_another_one_where_its_list_begins_with_output_again() -> None:
    def unpriced(name: str, dimension: str, category: str) -> list[str]:
        return [name, "", f"完成{name}。", dimension, category, "数", "≥5", "未完成扣分", "棵"]

    served = ["", "", "", "满意度指标", "服务对象满意度指标", "满意率", "≥90", "未完成扣分", "%"]
    done = read(
        page(1, unpriced("甲林项目", "产出指标", "数量指标"), served),
        page(2, unpriced("乙渠项目", "产出指标", "数量指标")),
    )
    assert [sheet.project_name for sheet in done.sheets] == ["甲林项目", "乙渠项目"] and told(done) == []


@pytest.mark.parametrize("name", ["产出指标", "2.修渠。"])
def test_a_label_or_the_end_of_a_sentence_is_no_project(name: str) -> None:
    shifted = [name, "12.00", "数量指标", "", "", "", "", "", ""]
    done = read(page(1, GROVE, shifted))
    assert [sheet.project_name for sheet in done.sheets] == ["甲林项目"]
    assert told(done) == ["lists.project_unclear"]
