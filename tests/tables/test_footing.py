"""Units below tables, in rows and heads; a table printed twice; codes with signs in them: what is not certain is told."""

from __future__ import annotations

import pytest

from budgetdata.base.facts import DocumentFacts, TableFact
from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import standard_forms
from budgetdata.register.sources import Source

HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = [
    ("", "合计", "12.00", "8.00", "4.00"),
    ("205", "教育支出", "12.00", "8.00", "4.00"),
    ("20502", "普通教育", "12.00", "8.00", "4.00"),
    ("2050202", "小学教育", "12.00", "8.00", "4.00"),
]
LESS = [(code, label, "9.00", "6.00", "3.00") for code, label, *_ in ROWS]
TITLES = {3: "2026年部门支出总表", 5: "2026年一般公共预算支出表"}
FOOT, NOTE, YUAN = "单位：万元", "注：本表金额单位为万元", "注：以上金额单位为元"


def blocks(*printed: str | list[tuple[str, ...]]) -> list[Block]:
    """Lines and rows in printed order, each line of its own."""
    made: list[Block] = []
    line = 0
    for piece in printed:
        if isinstance(piece, str):
            made.append(Paragraph(piece, Place(None, line + 1)))
        else:
            made.append(RawTable(tuple(RawRow(cells, Place(None, line + n)) for n, cells in enumerate(piece, 1))))
        line += 1 if isinstance(piece, str) else len(piece)
    return made


def read(*printed: str | list[tuple[str, ...]]) -> DocumentFacts:
    """What is read of a document."""
    raw = RawDocument("a.txt", "text", blocks(*printed))
    return facts_of(raw, Source("a.txt", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())


def table(facts: DocumentFacts, no: int) -> TableFact:
    """What is said of a table."""
    return next(table for table in facts.tables if table.table_no == no)


def amounts(facts: DocumentFacts, no: int) -> list[tuple[str, int]]:
    """Code and fen of the totals of a table's rows."""
    return [(f.code, f.fen) for f in facts.figures if f.table_no == no and f.column == "total"]


def why(facts: DocumentFacts, no: int) -> str:
    """The code of what is said of a table."""
    reason = table(facts, no).reason
    return "" if reason is None else reason.code


OTHER = ("第四部分 附表", "2026年政府性基金预算支出表", FOOT, [HEAD, *LESS])
"""A table that nothing is wrong with: a document of which nothing at all is read is refused."""
THREE, FIVE = (TITLES[3], [HEAD, *ROWS]), (TITLES[5], [HEAD, *ROWS])


@pytest.mark.parametrize(
    "printed",
    [
        (*THREE, FOOT, *FIVE, FOOT),
        (*THREE, NOTE, *FIVE, NOTE),
        (*THREE, "部门：某局 单位：万元", FIVE[0], FOOT, FIVE[1]),
        (TITLES[3], [HEAD, *ROWS, ("", "", "", "单位：万元", "")], *FIVE, NOTE),
        (TITLES[3], [HEAD, *ROWS, ("部门：某局", "", "", "单位：万元", "")], *FIVE, FOOT),
        (*THREE, "以上金额单位为万元", *FIVE, "注：以上各表单位：万元"),
    ],
)
def test_a_unit_below_a_table_is_that_of_the_table(printed: tuple) -> None:
    facts = read(*printed)
    for no in (3, 5):
        assert (table(facts, no).unit, table(facts, no).status) == ("万元", "data")
        assert amounts(facts, no)[0] == ("", 12_000_000)
    assert not [p for p in facts.problems if p.subject == "unit"]


def test_a_unit_that_may_be_of_the_table_above_or_below_is_said_to_be_so() -> None:
    facts = read(
        *THREE, "单位：元", TITLES[5], [HEAD, *LESS], TITLES[3].replace("支出", "收入"), "单位：万元", [HEAD, *ROWS]
    )
    assert (table(facts, 3).status, why(facts, 3)) == ("unreadable", "table.unit_between")


@pytest.mark.parametrize("note", [YUAN, "以上各表单位：元", "（以上金额单位：元）"])
def test_a_note_that_names_another_unit_for_the_tables_above_leaves_none_of_them_certain(note: str) -> None:
    for printed in (
        (TITLES[3], FOOT, THREE[1], TITLES[5], FOOT, FIVE[1], note),
        (TITLES[3], FOOT, THREE[1], TITLES[5], FOOT, [*FIVE[1], ("", note, "", "", "")]),
    ):
        facts = read(*printed, "第三部分 情况说明", "一、收支情况", "2026年收支总预算12万元。", *OTHER)
        assert {why(facts, no) for no in (3, 5)} == {"table.units_differ"}
        assert {figure.table_no for figure in facts.figures} == {8}


def test_a_row_in_another_unit_is_withheld_and_told() -> None:
    rows = [*ROWS[:3], ("2050202", "小学教育（元）", "120000.00", "80000.00", "40000.00")]
    facts = read(TITLES[3], FOOT, [HEAD, *rows])
    assert [code for code, _ in amounts(facts, 3)] == ["", "205", "20502"]
    assert table(facts, 3).status == "partial" and why(facts, 3) == "table.rows_other_unit"
    assert not [check for check in facts.checks if check.status == "different"]
    assert amounts(read(TITLES[3], FOOT, [HEAD, *ROWS[:3], (ROWS[3][0], "小学教育（万元）", *ROWS[3][2:])]), 3)[3][1]


@pytest.mark.parametrize("head", ["项目支出（元）", "项目支出/元", "项目支出（单位：元）"])
def test_a_column_in_another_unit_leaves_no_amount_certain(head: str) -> None:
    facts = read(TITLES[3], FOOT, [(*HEAD[:4], head), *ROWS], *OTHER)
    assert not amounts(facts, 3) and why(facts, 3) == "table.units_differ"


@pytest.mark.parametrize("between", [(), FIVE])
def test_a_table_printed_again_with_other_amounts_leaves_neither_certain(between: tuple) -> None:
    facts = read(TITLES[3], FOOT, THREE[1], *between, TITLES[3], FOOT, [HEAD, *LESS], *OTHER)
    assert not amounts(facts, 3) and why(facts, 3) == "table.rival"
    assert "table.again" not in {problem.message.code for problem in facts.problems}


def test_a_table_printed_twice_over_two_pages_is_one() -> None:
    labels = ((3, "初中教育"), (4, "高中教育"), (5, "高等教育"))
    rest = [(f"205020{n}", label, f"{n}.00", f"{n}.00", "") for n, label in labels]
    other = [*rest[:2], ("2050205", "高等教育", "4.00", "4.00", "")]
    pages = (TITLES[3], FOOT, THREE[1], "续表", rest)
    twice = read(*pages, *pages)
    assert amounts(twice, 3) == amounts(read(*pages), 3)
    assert why(read(*pages, *pages[:-1], other, *OTHER), 3) == "table.rival"


def test_a_page_that_repeats_title_head_and_total_goes_on_with_its_table() -> None:
    facts = read(TITLES[3], FOOT, [HEAD, *ROWS[:2]], TITLES[3], FOOT, [HEAD, ROWS[0], *ROWS[2:]])
    assert table(facts, 3).status == "data" and len({code for code, _ in amounts(facts, 3)}) == 4


@pytest.mark.parametrize("sign", [".", "-", " ", "．", "–", ". "])
def test_a_code_printed_with_signs_in_it_is_a_code(sign: str) -> None:
    parted = [(sign.join(filter(None, (code[:3], code[3:5], code[5:]))), *rest) for code, *rest in ROWS]
    for rows in (parted, [("", f"{code} {label}", *rest) for code, label, *rest in parted]):
        facts = read(TITLES[3], FOOT, [HEAD, *rows])
        assert amounts(facts, 3) == [(row[0], 12_000_000) for row in ROWS]
        assert {f.label for f in facts.figures} == {row[1] for row in ROWS}


ECONOMIC = [("301", "工资福利支出", "12.00"), ("30101", "基本工资", "9.00"), ("30102", "津贴补贴", "3.00")]


def economic(rows: list[tuple[str, ...]]) -> DocumentFacts:
    """Table 6 with a total above some rows."""
    head = ("科目编码", "科目名称", "合计", "人员经费", "公用经费")
    total = ("", "合计", "12.00", "12.00", "")
    return read("2026年一般公共预算基本支出表", FOOT, [head, total, *((*row, row[2], "") for row in rows)])


def test_a_code_of_two_levels_with_a_point_is_one_where_its_class_is_printed_above() -> None:
    facts = economic([(f"{code[:3]}.{code[3:]}" if code[3:] else code, *rest) for code, *rest in ECONOMIC])
    assert [code for code, _ in amounts(facts, 6)] == ["", "301", "30101", "30102"]


@pytest.mark.parametrize(
    "bent", [("", "3基本0101工资"), ("3", "基本0101工资"), ("301", "基本01工资"), ("", "3本项0101目")]
)
def test_a_name_with_digits_of_its_code_in_it_is_no_name(bent: tuple[str, str]) -> None:
    facts = economic([ECONOMIC[0], (*bent, "9.00"), ECONOMIC[2]])
    assert [code for code, _ in amounts(facts, 6)] == ["", "301", "30102"]
    assert table(facts, 6).status == "partial"
    assert (
        len(amounts(economic([*ECONOMIC, ("30103", "2024年奖金", "0.00"), ("30199", "30199其他支出", "0.00")]), 6)) == 6
    )
