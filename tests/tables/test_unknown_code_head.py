"""Codes under a head that is not known: told by what they are the codes of."""

from __future__ import annotations

import pytest

from budgetdata.base.text import UNREAD
from budgetdata.forms.declared import standard_forms
from budgetdata.readers.text import parse_text
from budgetdata.tables.reading import read_table

HEAD = "某某代号\t科目名称\t合计\t基本支出\t项目支出"
AMOUNTS = "3.00\t2.00\t1.00"


@pytest.mark.parametrize(("name", "codes"), [("教育支出", [["", "205", "20502"]]), ("甲单位", [])])
def test_a_column_left_of_the_names_is_that_of_their_codes_where_most_are_so_called(
    name: str, codes: list[list[str]]
) -> None:
    rows = [HEAD, *(f"{row}\t{AMOUNTS}" for row in ("\t合计", f"205\t{name}", "20502\t普通教育"))]
    (table,) = parse_text("\n".join(rows), "a.txt").tables()
    reading = read_table(standard_forms()[3], [table], "万元", set())
    assert [[row.code for row in side] for side in reading.sides.values()] == codes
    assert bool(reading.unreadable) == (not codes)


def test_a_row_with_a_code_in_a_column_nobody_knows_is_no_rest_of_the_name_above_it() -> None:
    heads = [
        "国有资本经营预算收入\t\t\t国有资本经营预算支出\t\t\t\t",
        "项目\t\t国有资本经营\t\t\t\t\t",
        "收入科目编\t科目名称\t收入预算\t科目编码\t科目名称\t合计\t基本支出\t项目支出",
        "码" + "\t" * 7,
    ]
    rows = [
        ("", "合计", "0.00"),
        ("201", "一般公共服务支出", "0.00"),
        ("2011301", "行政运行", ""),
        ("206", "科学技术支出", "0.00"),
    ]
    lines = ["\t".join((*row, *row[:2], row[2], row[2], row[2])) for row in rows]
    (table,) = parse_text("\n".join([*heads, *lines]), "a.txt").tables()
    reading = read_table(standard_forms()[9], [table], "万元", set())
    assert [row.label for row in reading.sides["income"] if row.values] == ["合计", "一般公共服务支出", "科学技术支出"]


def test_a_row_with_an_unread_amount_under_an_unread_head_is_no_rest_of_the_name_above_it() -> None:
    first = "项目名称\t合计\t备注\n合计\t9.00\t\n道路养护\t9.00\t"
    behind = f"项目名称\t{UNREAD}\t备注\n道路绿化\t{UNREAD}\t\n桥梁检测\t{UNREAD}\t"
    parts = [table for text in (first, behind) for table in parse_text(text, "a.txt").tables()]
    reading = read_table(standard_forms()[12], parts, "万元", set())
    [rows] = reading.sides.values()
    assert [row.label for row in rows] == ["合计", "道路养护", "道路绿化", "桥梁检测"]
