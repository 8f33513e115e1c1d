"""What no form knows is named with its place: titles of tables left out, and heads of those that are known."""

from budgetdata.base.raw import Paragraph, Place, RawRow, RawTable
from budgetdata.forms.declared import standard_forms
from budgetdata.tables.outline import outline
from budgetdata.tables.unknown import not_understood


def _table(*rows: str, line: int) -> RawTable:
    return RawTable(tuple(RawRow(tuple(row.split("|")), Place(1, line + n)) for n, row in enumerate(rows)))


def test_titles_and_heads_that_no_form_knows() -> None:
    blocks = [
        Paragraph("第二部分 2031年部门预算表", Place(1, 1)),
        Paragraph("预算支出总表", Place(1, 2)),
        Paragraph("单位：万元", Place(1, 3)),
        _table("科目编码|科目名称|合计|基本支出|新设支出", "201|一般公共服务支出|3.00|1.00|2.00", line=4),
        Paragraph("预算调剂一览表", Place(1, 6)),
        _table("事项|数额", "甲|2.00", "乙|1.00", line=7),
    ]
    found = [
        (u.kind, u.text, u.place.line, u.table_no) for u in not_understood(outline(blocks, standard_forms(), set()))
    ]
    assert found == [
        ("head", "新设支出", 4, 3),
        ("title", "预算调剂一览表", 7, None),
        ("head", "事项", 7, None),
        ("head", "数额", 7, None),
    ]
