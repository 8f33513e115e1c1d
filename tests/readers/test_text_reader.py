"""The text reader: characters as the PDF reader gives them, and HTML tables that a conversion left."""

from __future__ import annotations

import time

from budgetdata.base.raw import Paragraph, Place, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.readers import text as text_reader
from budgetdata.readers.office.limits import MAX_COLUMNS
from budgetdata.readers.text import parse_text


def rows(text: str) -> list[list[tuple[str, ...]]]:
    """The cells of every table of a text."""
    return [[row.cells for row in table.rows] for table in parse_text(text, "a.md").tables()]


def test_radicals_and_invisible_characters_are_no_matter() -> None:
    plain = "目录\n项目\t合计\n行政运行\t1,207.57\n"
    odd = "⽬录\n项\u200b⽬\t合\u2060计\n⾏政运⾏\t1,2\u200c07.5\u200d7\n"
    assert parse_text(odd, "a.txt") == parse_text(plain, "a.txt")


def test_a_private_character_in_a_number_is_no_amount() -> None:
    assert rows("项目\t合计\n行政运行\t7.\ue0057\n") == [[("项目", "合计"), ("行政运行", UNREAD)]]


def test_an_html_table_is_read_with_its_merged_cells() -> None:
    text = (
        '三公经费表\n<table border=1>\n<tr><th rowspan=2>项目</th><th colspan="2">预算数</th></tr>\n'
        "<TR><td>合计</td><td>基本<br>支出</td>\n<tr><td>公务接待费&nbsp;</td><td>2.00<td></tr></table>单位：万元\n后文"
    )
    document = parse_text(text, "a.md")
    [table] = document.tables()
    assert [row.cells for row in table.rows] == [
        ("项目", "预算数", ""),
        ("", "合计", "基本\n支出"),
        ("公务接待费", "2.00", ""),
    ]
    assert [row.place for row in table.rows] == [Place(None, 3), Place(None, 4), Place(None, 5)]
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert sorted(texts) == sorted(["三公经费表", "单位：万元", "后文"])


def test_an_inner_table_and_rows_without_tags_are_read_and_an_open_table_stays_text() -> None:
    assert rows("<table><td>甲</td><td><table><tr><td>1.00</td><td>2.00</td></tr></table></td></table>") == [
        [("甲", "")],
        [("1.00", "2.00")],
    ]
    document = parse_text("<table><tr><td>甲</td>\n乙\t1.00\n", "a.md")
    assert [type(block) for block in document.blocks] == [Paragraph, RawTable]


def test_a_fault_in_one_html_table_is_that_tables_end(monkeypatch) -> None:
    def fails(*_: object) -> list[RawTable]:
        raise IndexError

    monkeypatch.setattr(text_reader, "read_html_table", fails)
    document = parse_text("上文\n<table><tr><td>1</td></tr></table>\n项目\t合计\n", "a.md")
    assert document.unreadable == [(Place(None, 2), said("readers.fault", error="IndexError"))]
    assert len(document.blocks) == 2


def test_a_row_that_a_line_break_in_a_cell_parts_is_one_row() -> None:
    whole = "甲\t1\t2\t3\t4"
    for last in (whole, "甲\t1\t2\t3\t"):  # a file that drops the blanks at the ends of rows, and one that keeps them
        (table,) = parse_text("\n".join([whole, "乙\t1.植树；", "2.修渠。\t2\t3\t4", whole, last]), "a.txt").tables()
        assert table.rows[1].cells == ("乙", "1.植树；2.修渠。", "2", "3", "4")
        assert (len(table.rows), table.rows[1].place) == (4, Place(None, 2))


def test_rows_that_line_breaks_part_may_follow_each_other() -> None:
    whole, broken = "甲\t1\t2\t3\t", ["乙项目", "一期\t1.植树；", "2.修渠；", "3.造桥。\t2\t3\t"]
    (table,) = parse_text("\n".join([whole, *broken, *broken, *[whole] * 7]), "a.txt").tables()
    assert [row.cells for row in table.rows[1:3]] == [("乙项目一期", "1.植树；2.修渠；3.造桥。", "2", "3", "")] * 2


def test_rows_of_a_narrower_part_are_no_parts_of_one_row() -> None:
    whole, narrow = "甲\t1\t2\t3\t", "乙\t1\t2"
    for middle in ([narrow] * 3, [narrow] * 2, ["乙\t1\t甲", "\t1\t2"], [narrow, "乙\t1"]):
        (table,) = parse_text("\n".join([whole, whole, *middle, whole, whole]), "a.txt").tables()
        assert [len(row.cells) for row in table.rows] == [5, 5, *(len(m.split("\t")) for m in middle), 5, 5]


def test_rows_that_end_in_blanks_are_no_parts_where_others_do_too() -> None:
    whole = "甲\t1\t2\t3\t4"
    (table,) = parse_text("\n".join([whole, "乙\t甲", "丙\t2\t3\t4", whole, whole, whole, "丁\t1"]), "a.txt").tables()
    assert [row.cells[0] for row in table.rows] == ["甲", "乙", "丙", "甲", "甲", "甲", "丁"]


def doubts(text: str) -> list[int | None]:
    """The first doubtful column of every row of a text."""
    return [row.doubt for table in parse_text(text, "a.txt").tables() for row in table.rows]


def test_rows_that_may_be_parts_of_one_are_marked_where_nothing_proves_it() -> None:
    whole, short = "甲\t1\t2\t3\t4", "戊\t1"
    assert doubts("\n".join([whole, "乙\t植树", "修渠\t2\t3", short, whole])) == [None, 1, 0, None, None]
    assert doubts("\n".join([whole, "乙项", "目\t1\t2\t3\t4", short, whole])) == [None, 0, 0, None, None]
    assert doubts("\n".join([whole, "甲\t1\t2\t3\t植树；", "修渠", whole])) == [None, 4, 0, 0]
    assert doubts("\n".join([whole, short, "丙\t2", "丁\t3", "合计\t6", whole])) == [None] * 6


def test_what_begins_with_a_closing_sign_is_the_rest_of_the_cell_above() -> None:
    (table,) = parse_text("项目\t目标\t备注\n甲\t植树\n。\n乙\t修渠\n，造桥\t无\n丙\t铺路", "a.txt").tables()
    assert [row.filled[1][1] for row in table.rows] == ["目标", "植树。", "修渠，造桥", "铺路"]


def test_a_short_line_directly_above_a_table_may_be_the_first_part_of_its_first_cell() -> None:
    assert doubts("项\n目\t合计\t备注\n甲\t1\t") == [0, None]
    assert (
        doubts("单位：万元\n项目\t合计\t备注\n甲\t1\t") == doubts("收支总表\n项目\t合计\t备注\n甲\t1\t") == [None, None]
    )


def test_a_sentence_below_a_last_cell_is_its_rest_and_a_remark_below_a_table_is_none() -> None:
    last, blank = "甲\t1\t2\t3\t植树；", "\t1\t2\t3\t4"
    for rest, below in (("修渠。", "乙\t1\t2\t3\t4"), ("修渠", blank)):
        (table,) = parse_text("\n".join([blank, last, rest, below]), "a.txt").tables()
        assert [row.cells[-1] for row in table.rows] == ["4", f"植树；{rest}", "4"]
    assert doubts("\n".join([blank, last, "修渠。", "", "乙\t1"])) == [None, 4, None]
    assert doubts("\n".join([blank, last, "注：本表无数据。"])) == [None, None]
    assert doubts("\n".join([blank, last, "渠" * 61, "造桥\t1", blank])) == [None, 4, 0, None]


def test_tables_that_are_never_closed_and_cells_over_any_number_of_columns_cost_no_more_than_their_length() -> None:
    begun = time.process_time()
    assert parse_text("<table>" * 20_000 + "甲\n" + "." * 60_000 + "乙\n", "a.txt").blocks
    (table,) = parse_text(
        "<table><tr>" + "<td colspan=1000 rowspan=900>甲</td>" * 900 + "</tr></table>", "a.md"
    ).tables()
    assert table.width == MAX_COLUMNS and time.process_time() - begun < 1
