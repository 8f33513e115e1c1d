"""Rows of which the amounts tell which are parts of which: 三公 of a department and its units, projects; and what heads tell."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.base.text import UNREAD
from budgetdata.checks.index import Index
from budgetdata.checks.inside import inside
from budgetdata.forms.declared import standard_forms
from budgetdata.forms.header import split_header
from budgetdata.tables.reading import TableReading, read_table
from budgetdata.tables.sums import identities, judge

HEADS = ("单位名称", "“三公”经费合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "会议费")
LED = [
    ("合计", "6.00", "1.00", "2.00", "3.00", "9.00"),
    ("某局", "6.00", "1.00", "2.00", "3.00", "9.00"),
    ("某局本级", "4.00", "1.00", "1.00", "2.00", "5.00"),
    ("某中心", "2.00", "0.00", "1.00", "1.00", "4.00"),
]


def read(rows: list[tuple[str, ...]]) -> TableReading:
    """Table 10 read from rows of units."""
    made = RawTable(tuple(RawRow(cells, Place(3, number)) for number, cells in enumerate([HEADS, *rows], 1)))
    return read_table(standard_forms()[10], [made], "万元", set())


def different(reading: TableReading) -> int:
    """How many sums inside the table are told to differ."""
    found = inside(Index([], {10: reading}), reading.form, reading.form.sides[0])
    return sum(check.status == "different" for check in found)


@pytest.mark.parametrize("column", [3, 5])
def test_one_cell_unread_does_not_make_each_unit_a_part_of_the_whole(column: int) -> None:
    bent = [*LED[:3], tuple(UNREAD if n == column else cell for n, cell in enumerate(LED[3]))]
    reading = read(bent)
    assert sum(bool(row.broken) for row in reading.sides[""]) == 1
    assert different(read(LED)) == different(reading) == 0


@pytest.mark.parametrize("name", [UNREAD, "某局本级"])
def test_a_unit_of_which_no_amount_was_read_is_missing_from_no_sum(name: str) -> None:
    whole, other = ("合计", "6.00", "0.00", "6.00", "0.00", "0.00"), ("某中心", "1.00", "0.00", "1.00", "0.00", "0.00")
    reading = read([whole, (name, *[UNREAD] * 5), other])
    found = [*inside(Index([], {10: reading}), reading.form, reading.form.sides[0])]
    assert found and {check.status for check in found if check.rule == "t10.hierarchy"} == {"not_evaluable"}
    assert different(reading) == 0 and different(read([whole, other])) > 0


def test_units_that_all_make_up_the_whole_are_its_parts_though_one_row_differs() -> None:
    apart = [("合计", *LED[1][1:5], "9.50"), *LED[2:]]
    assert different(read([LED[0], *LED[2:]])) == 0
    assert different(read(apart)) == 1


def test_what_the_amounts_told_of_the_order_of_rows_is_doubtful_where_one_was_not_read() -> None:
    form, side = standard_forms()[12], standard_forms()[12].sides[0]
    rows = [
        ("项目名称", "合计"),
        ("合计", UNREAD),
        ("某局", "6.00"),
        ("通用", "4.00"),
        ("物业", "4.00"),
        ("专用", "2.00"),
    ]
    made = RawTable(tuple(RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)))
    reading = read_table(form, [made], "万元", {"某局"})
    sums = [judge(one, reading.sides[""], "万元").status for one in identities(form, side, reading.sides[""])]
    assert "different" in sums and not different(reading)


@pytest.mark.parametrize("unit", ["", "（元）", "(万元)"])
def test_a_sum_below_the_head_of_its_columns_may_name_its_unit(unit: str) -> None:
    rows = (("科目编码", "科目名称", "合计", "财政拨款", ""), ("", "", "", f"小计{unit}", "一般公共预算"))
    header = [RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)]
    count, leaves = split_header(header, standard_forms()[2])
    assert (count, leaves[3]) == (2, f"财政拨款小计{unit}")


@pytest.mark.parametrize(("whole", "head"), [("总计", "本年收入合计"), ("一般公共预算", "合计")])
def test_the_whole_below_a_head_is_its_own_where_the_table_has_one_apart(whole: str, head: str) -> None:
    rows = (("科目编码", "科目名称", whole, "本年收入", ""), ("", "", "", "合计", "政府性基金预算"))
    header = [RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)]
    assert split_header(header, standard_forms()[2])[1][3] == head


@pytest.mark.parametrize(("amounts", "published"), [(("3.00", "0.00"), False), (("3.00", ""), True)])
def test_of_two_amounts_under_one_head_that_nobody_knows_neither_is_published(
    amounts: tuple[str, str], published: bool
) -> None:
    """Rules between heads are lost, and their words are one cell's."""
    heads = ("单位名称", "“三公”经费合计", "因公出国（境）费", "公务接待费", "购置运行公务用车费费", "")
    rows = [heads, ("合计", "6.00", "1.00", "2.00", *amounts)]
    made = RawTable(tuple(RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)))
    reading = read_table(standard_forms()[10], [made], "万元", set())
    known = {row.role: row.values["total"].fen for row in reading.sides[""] if row.role and row.values}
    assert known == {"total": 6_000_000, "overseas": 1_000_000, "reception": 2_000_000}
    assert any(row.values for row in reading.sides[""] if not row.role) == published
    assert bool(reading.lacks) != published


@pytest.mark.parametrize(("bought", "known"), [("公务用车购置费", True), ("公务用车车运购置费费", False)])
def test_a_part_of_a_declared_row_that_no_declaration_knows_has_lost_words(bought: str, known: bool) -> None:
    heads = [
        ("单位名称", "“三公”经费合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "", ""),
        ("", "", "", "", "小计", bought, "公务用车运行费"),
    ]
    rows = [*heads, ("合计", "6.00", "1.00", "2.00", "3.00", "1.50", "1.50")]
    made = RawTable(tuple(RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)))
    reading = read_table(standard_forms()[10], [made], "万元", set())
    published = {row.label for row in reading.sides[""] if row.values}
    assert (bought in published) == known and len(published) == 5 + known and bool(reading.lacks) != known
