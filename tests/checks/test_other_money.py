"""Identities that hold where nothing but fiscal appropriation pays: what table 1 prints tells where they apply. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.facts import TableFact
from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.checks.between import between
from budgetdata.checks.index import Index
from budgetdata.forms.declared import standard_forms
from budgetdata.forms.identities import standard_identities
from budgetdata.tables.reading import TableReading, read_table
from tests.helpers.words import en

FUNCTION = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")


def read(no: int, *rows: tuple[str, ...]) -> TableReading:
    """The rows as a table of this number."""
    table = RawTable(tuple(RawRow(cells, Place(no, number)) for number, cells in enumerate(rows, 1)))
    return read_table(standard_forms()[no], [table], "万元", set())


@pytest.mark.parametrize(
    ("own", "total", "said"),
    [
        ("4.00", "10.00", "check.other_money"),
        ("0.00", "6.00", "check.different"),
        ("", "6.00", "check.different"),
        ("", "10.00", "check.income_open"),  # what pays the other four stands nowhere
    ],
)
def test_basic_expenditure_of_a_department_is_that_of_its_appropriation_where_nothing_else_pays(
    own: str, total: str, said: str
) -> None:
    income = [("一、一般公共预算拨款收入", "6.00"), ("五、其他收入", own), ("本年收入合计", total)]
    tables = [
        read(1, ("收入", "", "支出", ""), ("项目", "预算数", "项目", "预算数"), *((*row, "", "") for row in income)),
        read(3, FUNCTION, ("", "合计", total, total, ""), ("201", "一般公共服务支出", total, total, "")),
        read(5, FUNCTION, ("", "合计", "5.00", "5.00", ""), ("201", "一般公共服务支出", "5.00", "5.00", "")),
        read(8, FUNCTION, ("", "合计", "0.00", "0.00", ""), ("212", "城乡社区支出", "0.00", "0.00", "")),
    ]
    facts = [TableFact(each.form.no, each.form.title, "万元", "data", None, Place(each.form.no, 0)) for each in tables]
    index = Index(facts, {each.form.no: each for each in tables})
    [identity] = [each for each in standard_identities() if each.id == "t03.basic_equals_t05_t08"]
    [check] = between(index, identity)
    assert check.explanation.code == said and en(check.explanation)
