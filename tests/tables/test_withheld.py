"""Rows whose label or code was cut, and rows under another table's head: nothing of them is published."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.base.text import TWO_UNREAD, UNREAD
from budgetdata.forms.declared import standard_forms
from budgetdata.tables.reading import TableReading, read_table

HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = [
    ("合计", "", "14.50", "14.50", ""),
    ("201", "一般公共服务支出", "14.50", "14.50", ""),
    ("20113", "商贸事务", "14.50", "14.50", ""),
    ("2011301", "行政运行", "12.50", "12.50", ""),
    ("2011302", "一般行政管理事务", "2.00", "2.00", ""),
]


def fragment(rows: list[tuple[str, ...]], page: int = 3) -> RawTable:
    """The rows as a table on a page."""
    return RawTable(tuple(RawRow(cells, Place(page, number)) for number, cells in enumerate(rows, 1)))


def read(*fragments: RawTable) -> TableReading:
    """Table 3 read from the fragments."""
    return read_table(standard_forms()[3], fragments, "万元", set())


def codes(reading: TableReading) -> list[str]:
    """The codes of the rows of which an amount is published."""
    return [row.code for row in reading.sides[""] if row.values]


@pytest.mark.parametrize(
    "bent",
    [
        ("2011302", "", "2.00", "一般行政管理事务", ""),  # the label stands in a column of amounts
        ("2011302一般", "行政管理事务", "2.00", "2.00", ""),  # half of it stands with the code
        ("2011302", f"一般{UNREAD}管理事务", "2.00", "2.00", ""),
        ("2011302", "一般行政管理事务2.00", "2.00", "", ""),  # its neighbour's amount stands with it
        ("2011302", "一般行政2.00管理事务", "", "2.00", ""),  # between its lines
        ("2011302", "10、一般行政11、管理事务", "2.00", "2.00", ""),  # two names of a numbered list
        ("2011302", "一般行政", "管理事务2.00", "2.00", ""),  # the rest of it stands with the amount
        ("2011302", "一般行政管理事", "务", "2.00", ""),
        ("2011302", "一般行政管理事", "务", "", ""),  # it has no amount that is read
        ("2011302", "一般行政", "2.00管理事务", "2.00", ""),
        ("201", "1302一般行政管理事务", "2.00", "2.00", ""),  # half of the code stands with it
        ("", "2.00", "2.00", "2.00", ""),  # it is its neighbour's amount
        ("201130226", "一般行政管理事务", "2.00", "2.00", ""),  # no rule parts its code from the next row's
    ],
)
def test_a_row_whose_label_was_cut_is_withheld_and_the_table_lacks_it(bent: tuple[str, ...]) -> None:
    reading = read(fragment([HEAD, *ROWS[:4], bent]))
    assert codes(reading) == ["", "201", "20113", "2011301"]
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_withheld"]
    assert [lack.positions(reading.sides[""]) for lack in reading.lacks] == [list(range(-1, 5))]


@pytest.mark.parametrize("printed", ["涉密", "见附件"])
def test_words_in_place_of_an_amount_behind_a_whole_name_are_unread_and_the_other_amounts_stay(printed: str) -> None:
    reading = read(fragment([HEAD, *ROWS[:4], ("2011302", "一般行政管理事务", printed, "2.00", "")]))
    assert codes(reading)[-1] == "2011302" and reading.lacks == []
    assert reading.sides[""][-1].broken == {"total": printed}


def test_an_amount_behind_one_that_stands_with_another_name_is_of_another_list() -> None:
    """The rule is gone between the amounts of a list and the names of the one beside it."""
    head = ("科目编码", "科目名称", "预算数 经济分类科目", "合计", "基本支出")
    rows = [("201", "一般公共服务支出", "0.00 1、工资福利支出", "14.50", ""), ("205", "教育支出", "", "3.00", "")]
    assert codes(read(fragment([head, *rows]))) == ["205"]


def test_a_total_whose_amounts_stand_below_its_name_is_one_row() -> None:
    reading = read(fragment([HEAD, *ROWS[1:], ("合计", "", "", "", ""), ("", "", "14.50", "14.50", "")]))
    total = reading.sides[""][-1]
    assert (total.label, total.place.line, total.values["total"].fen) == ("合计", 7, 14_500_000)
    assert (total.level, total.row_no, reading.lacks) == (0, 5, [])


def test_amounts_above_a_total_that_prints_its_name_alone_are_no_total_without_a_name() -> None:
    """A rule lies through the row of the total: its name, in a cell over two columns, falls below."""
    reading = read(fragment([HEAD, ("", "", "14.50", "14.50", ""), ("合计", "", "", "", ""), *ROWS[1:]]))
    assert codes(reading) == ["201", "20113", "2011301", "2011302"]
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_withheld"]


@pytest.mark.parametrize("below", [("", "", ""), ("1.00", "1.00", "")])
def test_names_of_two_rows_in_one_cell_are_neither_the_rest_of_the_one_above_nor_a_name(below: tuple[str, ...]) -> None:
    """A rule lies above the codes and names of two rows, and the one between them is gone."""
    names = ("20899992101103", "其他社会保障和就业支出公务员医疗补助", *below)
    rows = [("2210201", "住房公积金", "8.00", "8.00", ""), ("", "", "2.00", "2.00", ""), names]
    rest = [("2013601", "行政运行", "5.00", "5.00", ""), ("", "合计", "16.00", "16.00", "")]
    reading = read(fragment([HEAD, *rows, *rest]))
    published = [(row.code, row.label) for row in reading.sides[""] if row.values]
    assert published == [("2210201", "住房公积金"), ("2013601", "行政运行"), ("", "合计")]
    assert [lack.reason.args["n"] for lack in reading.lacks] == [1 + bool(below[0])]


def test_a_row_in_which_two_numbers_stand_in_one_cell_is_withheld_whole() -> None:
    """The rule below it is gone: an amount beside them may be of either row."""
    reading = read(fragment([HEAD, *ROWS[:4], ("2011302", "一般行政管理事务", TWO_UNREAD, "2.00", "")]))
    assert codes(reading) == ["", "201", "20113", "2011301"]
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_joined"]


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_class_in_a_row_of_its_own_may_be_that_of_the_row_beside_it_which_heads_no_others(moved: bool) -> None:
    """A rule that lies higher than the row it opens: 工会经费 without its class would head 福利费, and 商品和服务支出 lack it."""
    head = ("部门预算支出经济科目名称", "政府预算支出经济科目名称", "合计", "人员经费", "公用经费")
    amounts = {"商品和服务支出": "11.84", "办公费": "3.00", "邮电费": "0.20", "公务接待费": "1.00", "工会经费": "5.54",
               "福利费": "1.00", "其他交通费用": "1.10", "资本性支出": "1.00", "办公设备购置": "1.00"}  # fmt: skip
    heads = {"商品和服务支出", "资本性支出"}
    rows = [(name, "" if name in heads else "某类", raw, "", raw) for name, raw in amounts.items()]
    if moved:
        rows[4:5] = [("", "某类", "", "", ""), ("工会经费", "", "5.54", "", "5.54")]
    if moved == 2:  # the class of 公务接待费 stands in that row too: half of all rows print none
        rows[3:5] = [("公务接待费", "", "1.00", "", "1.00"), ("", "某类某类", "", "", "")]
    reading = read_table(
        standard_forms()[6], [fragment([head, ("合计", "", "12.84", "", "12.84"), *rows])], "万元", set()
    )
    published = {row.label for row in reading.sides[""] if row.values}
    assert published == {"合计", *amounts} - {"工会经费", "公务接待费"}.difference(
        ["公务接待费"][moved - 1 :] if moved else amounts
    )
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_withheld"] * bool(moved)


@pytest.mark.parametrize("below", ["构", "合计"])
def test_a_name_without_code_below_one_that_was_not_read_whole_inside_may_be_its_end(below: str) -> None:
    """A rule runs through the first line of a name of two: digits of its code are struck, its end heads the amounts below."""
    cut = ("2011301", f"行政运行{UNREAD}-公共就业服务和职业技能鉴定机", "18.00", "18.00", "")
    rows = [("2010301", "行政运行", "8.00", "8.00", ""), cut, ("", below, "26.00", "26.00", "")]
    published = [row.label for row in read(fragment([HEAD, *rows, ROWS[4]])).sides[""] if row.values]
    assert published == ["行政运行", *["合计"] * (below == "合计"), "一般行政管理事务"]


def test_names_of_two_rows_in_one_cell_are_no_rest_of_a_name_above() -> None:
    names = ("20899992101103", "其他社会保障和就业支出公务员医疗补助", "", "", "")
    rows = [("2210201", "住房公积金", "8.00", "8.00", ""), names, ("2013601", "行政运行", "5.00", "5.00", "")]
    assert read(fragment([HEAD, *rows])).sides[""][0].label == "住房公积金"


@pytest.mark.parametrize(("first", "whole"), [("201", "20113"), (UNREAD, "20113"), ("205", "")])
def test_two_digits_of_a_code_are_made_whole_by_the_codes_below_where_the_one_above_is_unread(
    first: str, whole: str
) -> None:
    rows = [ROWS[0], (first, *ROWS[1][1:]), ("13", *ROWS[2][1:]), *ROWS[3:]]
    [row] = [row for row in read(fragment([HEAD, *rows])).sides[""] if "商贸事务" in row.label]
    assert (row.code, bool(row.values), row.cut) == (whole, bool(whole), not whole)


def test_a_code_that_goes_on_from_one_unread_is_not_made_whole_with_an_older_one() -> None:
    head = ("类", "款", "项", *HEAD[1:])
    rows = [("", "", "", *ROWS[0][:1], *ROWS[0][2:]), ("201", "", "", *ROWS[1][1:]), ("", "13", "", *ROWS[2][1:])]
    item = ("", "", "02", "小学教育", "1.00", "1.00", "")
    for above in (UNREAD, "205"):  # of the latter no row of its 款 is printed
        bent = [*rows, (above, "", "", "教育支出", "1.00", "1.00", ""), item]
        found = codes(read(fragment([("科目编码", "", "", *HEAD[1:]), head, *bent])))
        assert found == ["", "201", "20113", *(["205"] if above == "205" else [])]


def test_a_code_that_would_go_on_from_the_page_before_is_unread_where_its_name_says_otherwise() -> None:
    head = [("科目编码", "", "", *HEAD[1:]), ("类", "款", "项", *HEAD[1:])]
    first = [("201", "", "", "一般公共服务支出"), ("", "13", "", "商贸事务"), ("", "", "01", "行政运行")]
    for number, label, code in (
        ("02", "一般行政管理事务", "2011302"),
        ("02", "事业单位医疗", ""),  # a page between is lost
        ("01", "行政运行", "2011301"),
        ("71", "某事务", "2011371"),
        ("00", "某事务", ""),
    ):
        rows = [(*row, "1.00", "1.00", "") for row in (*first, ("", "", number, label), ("", "", "72", "某支出"))]
        found = codes(read(fragment([*head, *rows[:3]]), fragment([*head, *rows[3:]], 4)))
        assert found == ["201", "20113", "2011301", *([code, "2011372"] if code else [])], label
        lost = (
            label == "事业单位医疗" or number == "00"
        )  # the 款 above it: the order goes back, and nobody knows the code
        below = [] if lost else [f"20113{number}", "2011372"]
        assert codes(read(fragment([*head, *rows]))) == ["201", "20113", "2011301", *below]


@pytest.mark.parametrize(
    ("above", "number", "label", "code"),
    [
        (("05", "01", "行政单位离退休"), "01", "儿童福利", ""),  # 2081001: the row of 20810 is lost
        (("05", "99", "其他行政事业单位养老支出"), "01", "某福利", ""),  # as is one that nobody knows by name
        (("05", "01", "行政单位离退休"), "02", "事业单位医疗", ""),  # 2101102
        (("05", "99", "其他行政事业单位养老支出"), "01", "行政单位离退休", "2080501"),  # printed in another order
        (("05", "01", "行政单位离退休"), "02", "某福利", "2080502"),
        (("05", "03", "离退休人员管理机构"), "02", "流浪乞讨人员救助支出", ""),  # 2082002
        (("07", "02", "职业培训补贴"), "03", "公务员医疗补助", ""),  # 2101103, and 2080703 is a code that nobody knows
        (("07", "02", "职业培训补贴"), "03", "行政运行", "2080703"),  # many codes that end so are called this
    ],
)
def test_a_code_is_unread_where_the_row_of_its_part_above_is_lost(
    above: tuple[str, str, str], number: str, label: str, code: str
) -> None:
    head = [("科目编码", "", "", *HEAD[1:]), ("类", "款", "项", *HEAD[1:])]
    rows = [
        ("208", "", "", "社会保障和就业支出"), ("", above[0], "", "行政事业单位养老支出"), ("", "", *above[1:]),
        ("", "", number, label), ("", "", "98", "某支出"), ("210", "", "", "卫生健康支出"), ("", "11", "", "某医疗"),
    ]  # fmt: skip
    found = codes(read(fragment([*head, *((*row, "1.00", "1.00", "") for row in rows)])))
    own = f"208{above[0]}"
    assert found == ["208", own, f"{own}{above[1]}", *([code, f"{own}98"] if code else []), "210", "21011"]


@pytest.mark.parametrize(
    ("part", "label", "code"),
    [("0", "2某事务", ""), ("1", "2某事务", ""), ("0", "某2事务", ""), ("0", "某事2", ""), ("2", "某事务", "2011302")],
)
def test_half_a_part_of_a_code_is_not_made_whole_with_a_zero(part: str, label: str, code: str) -> None:
    head = [("科目编码", "", "", *HEAD[1:]), ("类", "款", "项", *HEAD[1:])]
    first = [("201", "", "", "一般公共服务支出"), ("", "13", "", "商贸事务"), ("", "", part, label)]
    found = codes(read(fragment([*head, *((*row, "1.00", "1.00", "") for row in first)])))
    assert found == ["201", "20113", *([code] if code else [])]


def test_the_code_of_a_unit_in_one_cell_with_its_name_is_its_code() -> None:
    head = ("单位编码", "单位名称", "合计", "一般公共预算拨款")
    rows = [("合计", "", "3.00", "3.00"), ("121", "某局", "3.00", "3.00"), ("121001某局", "", "3.00", "3.00")]
    reading = read(fragment([head, *rows]))
    assert [(row.code, row.label, row.parent) for row in reading.sides[""]] == [
        ("", "合计", None), ("", "某局", None), ("", "某局", 1)
    ]  # fmt: skip


def test_labels_under_no_head_are_missed_in_every_row() -> None:
    rows = [(code, "", label, *amounts) for code, label, *amounts in ROWS]
    reading = read(fragment([("科目编码", "科目名称", "", "合计", "基本支出", "项目支出"), *rows]))
    assert codes(reading) == [""] and reading.lacks[0].reason.args["n"] == 4


def test_rows_with_an_unread_number_under_no_head_may_lack_an_amount() -> None:
    reading = read(fragment([(*HEAD[:4], ""), *((*row[:4], UNREAD) for row in ROWS)]))
    assert [row.strange for row in reading.sides[""]] == [[UNREAD]] * len(ROWS)


def test_a_whole_table_lacks_nothing() -> None:
    assert read(fragment([HEAD, *ROWS])).lacks == []


def test_rows_under_the_head_of_another_table_are_left_out_and_told() -> None:
    other = fragment(
        [("经济分类科目编码", "经济分类科目名称", "合计", "人员", "公用经费"), ("301", "工资", "9.00", "9.00", "")], 4
    )
    reading = read(fragment([HEAD, *ROWS]), other)
    assert "301" not in codes(reading) and len(codes(reading)) == 5
    assert [lack.reason.code for lack in reading.lacks] == ["table.other_head"]


def test_a_head_printed_in_a_new_way_is_no_rest_of_the_label_above() -> None:
    more = [("208", "社会保障和就业支出", "0.00", "0.00", ""), ("20805", "养老支出", "0.00", "0.00", "")]
    reading = read(fragment([HEAD, *ROWS]), fragment([("类 款", "", "", "", ""), *more], 4))
    assert reading.sides[""][4].label == "一般行政管理事务"


@pytest.mark.parametrize(("amounts", "withheld"), [((UNREAD, UNREAD, "0.00"), True), (("1.00", UNREAD, "0.00"), False)])
def test_a_row_without_code_of_which_two_amounts_are_unread_may_have_another_printed_over_it(
    amounts: tuple[str, ...], withheld: bool
) -> None:
    head = ("项目名称", "合计", "一般公共预算", "政府性基金预算")
    rows = [("合计", "4.00", "4.00", "0.00"), ("专项购置经费经费", *amounts), ("公告费", "3.00", "3.00", "0.00")]
    reading = read_table(standard_forms()[12], [fragment([head, *rows])], "万元", set())
    assert [row.label for row in reading.sides[""] if not row.values] == ["专项购置经费经费"] * withheld
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_withheld"] * withheld


@pytest.mark.parametrize(("amount", "withheld"), [("3.00", True), ("7.00", False), ("10.00", False)])
def test_a_unit_alone_in_the_row_of_a_project_has_lost_its_name_where_it_is_no_sum(amount: str, withheld: bool) -> None:
    head = ("单位名称", "项目名称", "合计", "一般公共预算", "政府性基金预算")
    rows = [
        ("", "合计", "13.00", "13.00", ""),
        ("甲中心", "会务", "4.00", "4.00", ""),
        ("甲中心", "购书", "3.00", "3.00", ""),
        ("甲中心", "", amount, amount, ""),
        ("乙中心", "修缮", "3.00", "3.00", ""),
    ]
    reading = read_table(standard_forms()[12], [fragment([head, *rows])], "万元", set())
    assert [row.label for row in reading.sides[""] if not row.values] == ["甲中心"] * withheld
    assert [lack.reason.code for lack in reading.lacks] == ["table.rows_withheld"] * withheld
