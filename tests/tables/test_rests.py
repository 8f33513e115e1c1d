"""The rest of a name at the head of a page: it goes on in the column in which it stands."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.forms.declared import standard_forms
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
