"""What no form knows is named with its place: titles of tables left out, and heads of those that are known."""

from budgetdata.base.raw import Paragraph, Place, RawRow, RawTable
from budgetdata.forms.declared import standard_forms
from budgetdata.show.unknown import not_understood
from budgetdata.tables.outline import outline


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
        (u.kind, u.text, u.place.line, u.table_no)
        for u in not_understood(outline(blocks, standard_forms(), set()), standard_forms())
    ]
    assert found == [
        ("head", "新设支出", 4, 3),
        ("title", "预算调剂一览表", 7, None),
        ("head", "事项", 7, None),
        ("head", "数额", 7, None),
    ]


def test_a_known_other_table_is_told_by_a_title_in_two_lines_or_above_a_unit_that_is_cut_off() -> None:
    bought = _table("采购项目|数量|金额", "甲|2|2.00", "乙|1|1.00", line=7)
    for lines in (
        ["2031年部门综合预算政府采购（资产配置、购买服务）", "预算表（不含上年结转）", "单位：万元"],
        ["2031年部门综合预算政府采购预算表", "单位：万"],
    ):
        above = [Paragraph(text, Place(1, 4 + number)) for number, text in enumerate(["第二部分 预算表", *lines])]
        parts = outline([*above, bought], standard_forms(), set())
        assert not_understood(parts, standard_forms()) == [] and [left.amounts for left in parts.left_out] == [0]
        assert parts.left_out[0].title == "".join(lines[:-1])
