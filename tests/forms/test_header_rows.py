"""Where the head of a table ends: a total whose amounts are blank stands below it. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.forms.declared import standard_forms
from budgetdata.tables.reading import read_table

UNITS = [("121", "某市信访局", "9.00", ""), ("121001", "某市信访局", "9.00", ""), ("", "物业服务", "9.00", "")]


@pytest.mark.parametrize("total", ["9.00", ""])
def test_a_total_without_amounts_below_the_head_of_codes_is_no_head(total: str) -> None:
    """It would make the column of codes that of the total, and 121 an amount."""
    rows = [("单位编码", "单位（项目）名称", "项目金额", "项目简介"), ("合计", "", total, ""), *UNITS]
    table = RawTable(tuple(RawRow(cells, Place(29, number)) for number, cells in enumerate(rows, 1)))
    reading = read_table(standard_forms()[12], [table], "万元", {"某市信访局"})
    published = [(row.label, row.values["total"].raw) for row in reading.sides[""] if row.values]
    units = [("某市信访局", "9.00"), ("某市信访局", "9.00"), ("物业服务", "9.00")]
    assert published == [*[("合计", "9.00")] * bool(total), *units]
