"""Codes under a head that is not known: told by what they are the codes of."""

from __future__ import annotations

import pytest

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
