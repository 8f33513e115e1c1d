"""A side of a table is read under its own names and heads, not under those of the side beside it."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.base.text import UNREAD
from budgetdata.forms.declared import standard_forms
from budgetdata.tables.reading import TableReading, read_table

NAMES = ("支出功能分类科目（按大类）", "政府预算支出经济分类科目（按大类）")
VIEWS = [
    ("1、财政拨款", "8.00", "1、一般公共服务支出", "", "1、机关工资福利支出", "8.00"),
    ("2、事业收入", "", "2、教育支出", "8.00", "2、机关商品和服务支出", ""),
    ("本年收入合计", "8.00", "本年支出合计", "8.00", "本年支出合计", "8.00"),
    ("收入总计", "8.00", "支出总计", "8.00", "支出总计", "8.00"),
]


def read(number: int, *rows: tuple[str, ...]) -> TableReading:
    """A table of a page."""
    made = [RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)]
    return read_table(standard_forms()[number], [RawTable(tuple(made))], "万元", set())


@pytest.mark.parametrize("head", [("项目 预算数", ""), (UNREAD, "预算数"), ("项目", "预算数")])
def test_no_income_is_called_by_names_of_expenditure_where_its_own_head_is_not_known(head: tuple[str, str]) -> None:
    heads = (*head, NAMES[0], "预算数", NAMES[1], "预算数")
    reading = read(1, ("收入", "", "支出", "", "", ""), heads, *VIEWS)
    published = {row.label for row in reading.sides.get("income", []) if row.values}
    if head[0] == "项目":
        assert published == {"1、财政拨款", "本年收入合计", "收入总计"}
    else:
        assert reading.unreadable is not None and reading.unreadable.code == "table.header_unknown"
        assert not published


@pytest.mark.parametrize(("last", "unread"), [("项目支出", False), (UNREAD, True)])
def test_a_side_is_not_printed_where_its_neighbour_knows_the_heads_that_it_does_not(last: str, unread: bool) -> None:
    """国有资本经营预算支出 with a head that was not read: 小计 is no income."""
    cell = UNREAD if unread else "0.00"
    reading = read(9, ("科目编码", "科目名称", "小计", "其中：基本支出", last), ("", "合计", "0.00", "0.00", cell))
    assert [name for name, rows in reading.sides.items() if rows] == ([] if unread else ["expenditure"])
    assert (reading.unreadable is not None and reading.unreadable.code == "table.header_unknown") == unread


def test_no_amount_behind_the_names_of_another_list_is_of_the_names_before_them() -> None:
    """The heads of the amounts by function and of the names by economic class run into each other: nobody knows either column."""
    heads = ("项目", "预算数", NAMES[0], f"预算数{NAMES[1]}", "", "预算数")
    rows = [("", "", "1、一般公共服务支出", "", "1、机关工资福利支出", "8.00"), *VIEWS[:3]]
    reading = read(
        1, ("收入", "", "支出", "", "", ""), heads, *rows, ("收入总计", "8.00", "支出总计", "8.00", "", "8.00")
    )
    published = {name: [row.label for row in rows if row.values] for name, rows in reading.sides.items()}
    assert published == {
        "income": ["1、财政拨款", "本年收入合计", "收入总计"],
        "expenditure": [],  # nor are those before which no name stands
    }
    assert {row.label: row.strange for row in reading.sides["expenditure"] if row.strange} == {
        "2、教育支出": ["8.00"], "本年支出合计": ["8.00"], "支出总计": ["8.00"],
    }  # fmt: skip
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_withheld"]


@pytest.mark.parametrize("more", [(), ("",)])
def test_rows_of_a_next_page_are_called_by_the_classification_of_the_first_though_it_has_fewer_columns(
    more: tuple[str, ...],
) -> None:
    """A rule that lies elsewhere than on the pages that follow makes a column more on the first."""
    first = [
        ("政府支出经济分类科目", "部门支出经济分类科目", "合计", "人员经费", "公用经费", *more),
        ("50101-工资奖金津补贴", "30101-基本工资", "30.00", "30.00", "", *more),
        ("50201-办公经费", "30201-办公费", "4.00", "", UNREAD if more else "4.00", *more),
    ]
    second = [
        ("50203-培训费", "30216-培训费", "2.50", "", "2.50"),
        ("50205-委托业务费", "30226-劳务费", "1.50", "", "1.50"),
        ("50901-社会福利和救助", "30305-生活补助", "3.00", "3.00", ""),
        ("合计", "", "41.00", "33.00", "8.00"),
    ]
    parts = [
        RawTable(tuple(RawRow(cells, Place(page, number)) for number, cells in enumerate(rows, 1)))
        for page, rows in ((3, first), (4, second))
    ]
    rows = read_table(standard_forms()[6], parts, "万元", set()).sides[""]
    assert [row.code for row in rows] == ["30101", "30201", "30216", "30226", "30305", ""]
    assert [row.values["total"].fen // 1_000_000 for row in rows] == [30, 4, 2, 1, 3, 41]
