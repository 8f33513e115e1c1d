"""A list of units under their department is called that, not a list of 科目."""

from __future__ import annotations

import pytest

from budgetdata.base.raw import Place
from budgetdata.checks.inside import UNITS_KIND, words_of
from budgetdata.tables.sums import SumIdentity, TableRow


@pytest.mark.parametrize(
    ("rule", "code", "label", "kind"),
    [
        ("hierarchy", "", "某某市公安局", UNITS_KIND),
        ("hierarchy", "", "　某某市考试服务中心", UNITS_KIND),
        ("hierarchy", "", "工资福利支出", "check.kind.hierarchy"),
        ("hierarchy", "20131", "党委办公厅（室）及相关机构事务", "check.kind.hierarchy"),
        ("row", "", "某某市公安局", "check.kind.row"),
    ],
)
def test_rows_that_are_bodies_are_units(rule: str, code: str, label: str, kind: str) -> None:
    row = TableRow(1, code, label, "", Place(21, 5), 0)
    assert words_of(SumIdentity(rule, (0, "total"), ((1, "total"),)), row) == kind
