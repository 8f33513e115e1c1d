"""A list of units that prints one unit and no total."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.forms.declared import standard_forms
from budgetdata.tables.reading import read_table


@pytest.mark.parametrize("head", [("预算单位",), ("单位代码", "单位名称")])
@pytest.mark.parametrize("total", [True, False])
def test_a_single_unit_keeps_its_name_though_no_total_stands_above_it(head: tuple[str, ...], total: bool) -> None:
    code = ("105001",) * (len(head) - 1)
    amounts = ("7.00", "4.00", "3.00")
    rows = [(*head, "合计", "一般公共预算", "政府性基金预算")]
    rows += [("合计", *[""] * len(code), *amounts)] * total
    rows.append((*code, "某某市水务局", *amounts))
    table = RawTable(tuple(RawRow(cells, Place(3, number)) for number, cells in enumerate(rows, 1)))
    reading = read_table(standard_forms()[2], [table], "万元", set())
    assert [row.label for row in reading.sides[""]] == [*["合计"] * total, "某某市水务局"]
    assert reading.form.id == "income_by_unit" and not reading.lacks
    assert {name: amount.raw for name, amount in reading.sides[""][-1].values.items()} == {
        "total": "7.00", "general": "4.00", "fund": "3.00",
    }  # fmt: skip
