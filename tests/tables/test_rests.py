"""The rest of a name at the head of a page: it goes on in the column in which it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgetdata.base.raw import Paragraph, Place, RawRow, RawTable
from budgetdata.base.text import UNREAD
from budgetdata.forms.declared import standard_forms
from budgetdata.tables.outline import outline
from budgetdata.tables.reading import read_table

HEAD = ("单位名称", "项目名称", "总计", "一般公共预算")
LAST = ("某市公安局交通分局（水上", "日常保障", "3.00", "3.00")


def on_page(page: int, *rows: tuple[str, ...]) -> RawTable:
    """Rows as a table on a page."""
    return RawTable(tuple(RawRow(cells, Place(page, number)) for number, cells in enumerate(rows, 1)))


@pytest.mark.parametrize(
    ("rest", "unit", "project"),
    [
        (("治安分局）", "", "", ""), "某市公安局交通分局（水上治安分局）", "日常保障"),
        (("", "运行", "", ""), "某市公安局交通分局（水上", "日常保障运行"),
        (("　治安分局）", "", "", ""), "某市公安局交通分局（水上治安分局）", "日常保障"),
    ],
)
@pytest.mark.parametrize("headed", [True, False])
def test_the_rest_of_a_unit_is_no_rest_of_its_project(
    rest: tuple[str, ...], unit: str, project: str, headed: bool
) -> None:
    first = on_page(3, HEAD, ("", "合计", "5.00", "5.00"), ("某市公安局", "执法办案", "1.00", "1.00"), LAST)
    second = on_page(4, *[HEAD] * headed, rest, ("某市公安局", "交通治安", "1.00", "1.00"))
    rows = read_table(standard_forms()[12], [first, second], "万元", set()).sides[""]
    assert [(row.group_label, row.label) for row in rows] == [
        ("", "合计"), ("某市公安局", "执法办案"), (unit, project), ("某市公安局", "交通治安"),
    ]  # fmt: skip


def test_a_name_goes_on_in_the_cell_that_numbers_its_column() -> None:
    """No rule parts the numbers of the columns, at the head of a page, from the first row below them."""
    head = ("项目名称", "合计", "一般公共预算", "政府性基金预算")
    first = on_page(3, head, ("1", "2", "3", "4"), ("合计", "5.00", "5.00", ""), ("某路道", "3.00", "3.00", ""))
    second = on_page(4, head, ("1闸养护费", "2", "3", "4"), ("公告费", "2.00", "2.00", ""))
    title = Paragraph("预算公开表12", Place(3, 0)), Paragraph("某局2024年项目支出预算表", Place(3, 0))
    found = outline([*title, first, second], standard_forms(), set()).tables[12]
    rows = read_table(found.form, found.fragments, "万元", set()).sides[""]
    assert [(row.label, row.values["total"].fen) for row in rows] == [
        ("合计", 5_000_000), ("某路道闸养护费", 3_000_000), ("公告费", 2_000_000),
    ]  # fmt: skip


@pytest.mark.parametrize("above", ["甲项目（2023", "甲项目"])
def test_a_text_between_two_rows_that_was_not_read_whole_may_be_of_either(above: str) -> None:
    """Two rows are printed over each other: the end of one name, the beginning of the other."""
    rows = [("合计", "6.00", "6.00"), (above, "1.00", "1.00"), (f"年{UNREAD}月）乙项目一", "", ""),
            ("（二期）", "2.00", "2.00"), ("丙项目", "3.00", "3.00")]  # fmt: skip
    reading = read_table(standard_forms()[12], [on_page(3, ("项目名称", "合计", "一般公共预算"), *rows)], "万元", set())
    assert [row.label for row in reading.sides[""] if row.values] == ["合计", "丙项目"]
    assert [(lack.reason.code, lack.reason.args["n"]) for lack in reading.lacks] == [("table.rows_withheld", 2)]


@pytest.mark.parametrize(
    ("alone", "read"),
    [
        (["二期"], ["合计", "丙项目", "丁项目"]),
        (["一、某处"], ["合计", "甲项目", "乙项目", "丙项目", "丁项目"]),  # heads a part of the table
        (["某处", "某科", "某所"], ["合计", "甲项目", "乙项目", "丙项目", "丁项目"]),  # so do these
    ],
)
def test_a_name_without_amounts_may_be_a_piece_of_the_name_above_or_below(alone: list[str], read: list[str]) -> None:
    """A rule runs through a row, the amounts stand in one half of it."""
    rows = [("合计", "9.00", "9.00"), ("甲项目", "1.00", "1.00"), *((name, "", "") for name in alone),
            ("乙项目", "2.00", "2.00"), ("丙项目", "3.00", "3.00"), ("丁项目", "3.00", "3.00")]  # fmt: skip
    reading = read_table(standard_forms()[12], [on_page(3, ("项目名称", "合计", "一般公共预算"), *rows)], "万元", set())
    assert [row.label for row in reading.sides[""] if row.values] == read


@pytest.mark.parametrize(("text", "joined"), [("购置设备，特此申请", True), ("特此申请75万元。", False)])
def test_a_name_is_no_rest_of_the_one_above_where_the_text_beside_that_has_ended(text: str, joined: bool) -> None:
    head = ("单位编码", "单位（项目）名称", "项目金额", "项目简介")
    rows = [
        ("125", "某局", "95.00", ""),
        ("", "安全生产活动", "20.00", "安全月。"),
        ("", "设备购置经费", "75.00", text),
    ]
    second = [("", "驻局专项经费", "", "驻局经费单列。"), ("", "表彰经费", "21.00", "考核。")]
    reading = read_table(standard_forms()[12], [on_page(3, head, *rows), on_page(4, *second)], "万元", {"某局"})
    published = {row.label: row.values["total"].raw for row in reading.sides[""] if row.values and row.level}
    both = {"设备购置经费驻局专项经费": "75.00", "表彰经费": "21.00"} if joined else {}
    assert published == {"安全生产活动": "20.00", **both}


@pytest.mark.parametrize("blank", [False, True])
def test_no_name_goes_on_over_a_row_that_prints_nothing(blank: bool) -> None:
    """The row ends its page; what heads the next may be the end of its own name, printed so that nobody sees it."""
    head, last = ("项目名称", "合计", "一般公共预算"), ("数据交换服务费", "1.00", "1.00")
    first = on_page(3, head, ("合计", "9.00", "9.00"), ("新闻报道费", "5.00", "5.00"), last)
    first = RawTable((*first.rows[:-1], replace(first.rows[-1], blank_below=blank)))
    second = on_page(4, head, ("经费", "", ""), ("食堂外包服务费", "2.00", "2.00"), ("办公楼改造", "1.00", "1.00"))
    reading = read_table(standard_forms()[12], [first, second], "万元", set())
    published = [row.label for row in reading.sides[""] if row.values]
    joined = ["合计", "新闻报道费", "数据交换服务费经费", "食堂外包服务费", "办公楼改造"]
    assert published == (["合计", "新闻报道费", "办公楼改造"] if blank else joined)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_names_beside_amounts_without_a_name_may_hold_theirs(at: int) -> None:
    """A rule that lies below two names, or above them, is not where the one between their amounts is."""
    names = ["甲项目“双创基地”专项资金", "乙项目“知识产权交易”专项资金", "丙项目"]
    merged = ["".join(names[:2]), "", names[2]] if at else ["", "".join(names[:2]), names[2]]
    rows = [(name, "1.00", "1.00") for name in (merged if at < 2 else names)]
    head = ("项目名称", "合计", "一般公共预算")
    read = [on_page(3, head, ("合计", "5.00", "5.00"), *rows, ("丁项目", "2.00", "2.00"))]
    published = [row.label for row in read_table(standard_forms()[12], read, "万元", set()).sides[""] if row.values]
    beside = {0: [names[2]], 1: [], 2: names}
    assert published == ["合计", *beside[at], "丁项目"]


def test_names_beside_one_of_which_nothing_was_read_may_be_pieces_of_it() -> None:
    """A rule lies through the last line of a name: it stands in the cell of the next, with that one's own."""
    rows = [("西安文明网建设", "6.00", "6.00"), ("西安志愿服务信息化管", "5.00", "5.00"), (UNREAD, "2.00", "2.00"),
            ("舆情信息工作经费", "1.00", "1.00"), ("某刊物", "1.00", "1.00")]  # fmt: skip
    table = on_page(3, ("项目名称", "合计", "一般公共预算"), ("合计", "15.00", "15.00"), *rows)
    reading = read_table(standard_forms()[12], [table], "万元", set())
    assert [row.label for row in reading.sides[""] if row.values] == ["合计", "西安文明网建设", "某刊物"]
    assert [lack.reason.args["n"] for lack in reading.lacks] == [3]


def test_a_blank_beside_an_amount_without_a_name_that_was_not_read_may_hold_it() -> None:
    """A rule that was moved lies through an amount, and the cell below it holds two."""
    rows = [("合计", "9.00", "9.00"), ("甲项目", "2.00", "2.00"), ("乙项目", "", "1.00"), ("", f"{UNREAD}1.00", ""),
            ("丙项目", "3.00", "3.00"), ("丁项目", "2.00", "2.00"), ("戊项目", "1.00", "1.00")]  # fmt: skip
    head = ("项目名称", "合计", "一般公共预算")
    read = read_table(standard_forms()[12], [on_page(3, head, *rows)], "万元", set()).sides[""]
    known = {row.label: (sorted(row.values), sorted(row.broken)) for row in read if row.label}
    assert known.pop("乙项目") == (["general"], ["total"])
    assert len(known) == 5 and {*map(str, known.values())} == {str((["general", "total"], []))}


@pytest.mark.parametrize(("printed", "read"), [("28、债务付息", False), ("28、债务付息支出", True)])
def test_a_declared_name_that_lacks_a_word_has_it_perhaps_in_the_unread_cell_beside_it(
    printed: str, read: bool
) -> None:
    """A rule lies through the second line of a name: it stands in the cell below, printed over the name there."""
    rows = [
        ("26、转移性支出", "6.00"),
        ("27、债务还本支出", "2.00"),
        (printed, "1.00"),
        (UNREAD, "0.00"),
        ("本年支出合计", "9.00"),
    ]
    pairs = [("一、一般公共预算拨款", "9.00"), ("", ""), ("", ""), ("", ""), ("本年收入合计", "9.00")]
    table = on_page(3, ("收入", "", "支出", ""), ("项目", "预算数", "项目", "预算数"), *(
        (*income, *spent) for income, spent in zip(pairs, rows, strict=True)
    ))  # fmt: skip
    published = [
        row.label for row in read_table(standard_forms()[1], [table], "万元", set()).sides["expenditure"] if row.values
    ]
    assert published == ["26、转移性支出", "27、债务还本支出", *[printed] * read, "本年支出合计"]


@pytest.mark.parametrize("number", ["七、", "、"])
def test_a_name_that_begins_with_what_stands_behind_its_number_is_half_a_name(number: str) -> None:
    """A rule is drawn over the number before it."""
    rows = [("六、上级补助收入", "2.00"), (f"{number}其他收入", "1.00"), ("本年收入合计", "3.00")]
    table = on_page(3, ("收入", "", "支出", ""), ("项目", "预算数", "项目", "预算数"), *(
        (*row, "", "") for row in rows
    ))  # fmt: skip
    reading = read_table(standard_forms()[1], [table], "万元", set())
    published = [row.label for row in reading.sides["income"] if row.values]
    assert published == ["六、上级补助收入", *["七、其他收入"] * (number == "七、"), "本年收入合计"]
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_withheld"] * (number == "、")
