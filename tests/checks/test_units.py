"""A list of units under their department is called that, not a list of 科目."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place
from budgetdata.checks.inside import UNITS_KIND, words_of
from budgetdata.tables.sums import SumIdentity, TableRow


@pytest.mark.parametrize(
    ("rule", "code", "label", "below", "kind"),
    [
        ("hierarchy", "", "某某市公安局", "某某市公安局交警支队", UNITS_KIND),
        ("hierarchy", "", "　某某市考试服务中心", "一分站", UNITS_KIND),
        ("hierarchy", "", "工资福利支出", "基本工资", "check.kind.hierarchy"),
        ("hierarchy", "20131", "党委办公厅（室）及相关机构事务", "行政运行", "check.kind.hierarchy"),
        ("hierarchy", "", "公务用车运行维护费", "公务用车运行维护费", UNITS_KIND),
        ("row", "", "某某市公安局", "某某市公安局", "check.kind.row"),
    ],
)
def test_rows_that_are_bodies_are_units(rule: str, code: str, label: str, below: str, kind: str) -> None:
    rows = [TableRow(1, code, label, "", Place(21, 5), 0), TableRow(2, code, below, "", Place(21, 6), 0)]
    assert words_of(SumIdentity(rule, (0, "total"), ((1, "total"),)), rows) == kind
