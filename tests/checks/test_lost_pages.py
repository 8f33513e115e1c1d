"""A sum that does not hold is no disagreement where a page of its table may be lost."""

from __future__ import annotations

import pytest

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.build.document import facts_of
from budgetdata.checks.printed import every_line
from budgetdata.forms.declared import standard_forms
from budgetdata.narrative.figures import NO_ROW, Cell, lacks_no_row
from budgetdata.register.sources import Source
from budgetdata.tables.groups import TableGroup
from budgetdata.tables.lacking import lost_parts, unproved_pages
from budgetdata.tables.outline import outline
from budgetdata.tables.reading import read_table

HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
FIRST = [
    HEAD,
    ("", "合计", "9.00", "9.00", ""),
    ("201", "一般公共服务支出", "2.00", "2.00", ""),
    ("20113", "商贸事务", "2.00", "2.00", ""),
]
NEXT = [("205", "教育支出", "3.00", "3.00", ""), ("20502", "普通教育", "3.00", "3.00", "")]


def part(page: int, rows: list[tuple[str, ...]]) -> RawTable:
    """Rows as a table on a page."""
    boxes = [(50.0 + 100 * column, 0.0, 150.0 + 100 * column, 20.0) for column in range(5)]
    made = [
        RawRow(cells, Place(page, 2 + n), tuple((b[0], 60.0 + 20 * n, b[2], 80.0 + 20 * n) for b in boxes))
        for n, cells in enumerate(rows)
    ]
    return RawTable(tuple(made))


def document(*tables: RawTable, title: str = "2026年部门支出总表") -> RawDocument:
    """The tables under a title, and before it one that reaches further down its page."""
    titles = [Paragraph(text, Place(3, 1)) for text in (title, "单位：万元")]
    return RawDocument("a.pdf", "pdf", [part(2, [("说明", "", "", "", "")] * 9), *titles, *tables], pages=6)


def status_of(raw: RawDocument, numbered: tuple[int, ...], rule: str) -> set[str]:
    """What a rule came to in a document that prints page numbers on some pages."""
    raw.left_out = [(Place(page, 30), said("readers.page_number")) for page in numbered]
    facts = facts_of(raw, Source("a.pdf", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())
    return {check.status for check in facts.checks if check.rule == rule}


@pytest.mark.parametrize(
    ("numbered", "status"),
    [((), "not_evaluable"), ((3,), "not_evaluable"), ((2, 5), "different")],  # the last leave no page out between them
)
def test_a_total_over_pages_without_numbers_may_lack_one(numbered: tuple[int, ...], status: str) -> None:
    assert status_of(document(part(3, FIRST), part(4, [HEAD, *NEXT])), numbered, "t03.total") == {status}


@pytest.mark.parametrize(
    ("title", "columns", "status"),
    [
        ("支出总（情元况）表", 5, "not_evaluable"),
        ("国有资产情况表", 5, "different"),
        ("支出总（情元况）表", 3, "different"),
    ],
)
def test_a_total_may_lack_the_rows_behind_it_that_stand_under_a_title_nobody_can_read(
    title: str, columns: int, status: str
) -> None:
    rest = part(4, [row[:columns] for row in (HEAD, *NEXT)])
    raw = document(part(3, FIRST), rest)
    raw.blocks.insert(-1, Paragraph(title, Place(4, 1)))
    assert status_of(raw, (2, 5), "t03.total") == {status}


@pytest.mark.parametrize(("title", "lacks"), [("项目支出绩效目标表", False), ("续", True)])
def test_what_is_unread_under_the_title_of_targets_is_no_part_of_the_table_before(title: str, lacks: bool) -> None:
    table = part(3, FIRST)
    raw = document(table)
    raw.blocks.append(Paragraph(title, Place(4, 1)))
    raw.unreadable = [(Place(4, 2), said("readers.texts_meet", text="9.00"))]
    group = TableGroup(standard_forms()[3], "部门支出总表", Place(3, 1), [table])
    assert bool(lost_parts(raw, group, standard_forms())) == lacks


@pytest.mark.parametrize(("pages", "listed"), [((5, 6, 7, 8), False), ((5, 5, 5, 5), True), ((5, 5, 6, 6), True)])
def test_titles_of_empty_tables_that_have_a_page_each_are_no_contents(pages: tuple[int, ...], listed: bool) -> None:
    forms = standard_forms()
    blocks = [Paragraph(forms[no].title, Place(page, no)) for no, page in zip((7, 8, 9, 11), pages, strict=True)]
    lines = every_line(RawDocument("a.pdf", "pdf", list(blocks), pages=8), forms)
    assert {line.in_contents for line in lines} == {listed}


def test_a_table_that_goes_on_under_heads_it_does_not_have_is_another_one() -> None:
    """The page with the title of table 3 is lost: its rows stood behind those of table 2, 合计 under 合计."""
    incomes = [("科目编码", "科目名称", "合计", "一般公共预算", "政府性基金"), ("205", "教育支出", "9.00", "9.00", "")]
    known = ("科目编码", "科目名称", "合计", "政府性基金", "上年结转")
    for head, lacks in ((HEAD, True), (known, True), (incomes[0], False)):
        parts = [part(3, incomes), part(4, [head, ("208", "社会保障和就业支出", "3.00", "3.00", "")])]
        reading = read_table(standard_forms()[2], parts, "万元", set())
        assert [why.reason.code for why in reading.lacks if why.reason.code == "table.other_head"] == (
            ["table.other_head"] if lacks else []
        )
        assert {row.code for row in reading.sides[""]} == ({"205"} if lacks else {"205", "208"})


@pytest.mark.parametrize(
    ("title", "head", "goes_on"),
    [
        ("一般公共预算支出表", HEAD, False),  # its own pages may be those behind the missing one
        ("一般公共预算支出表", (*HEAD[:3], "人员经费", "公用经费"), True),
        ("国有资产情况表", HEAD, False),
    ],
)
def test_behind_missing_pages_a_head_that_another_table_has_tells_no_table(
    title: str, head: tuple[str, ...], goes_on: bool
) -> None:
    forms = {no: form for no, form in standard_forms().items() if no in (3, 5)}
    other = [
        Paragraph(title, Place(6, 1)),
        part(6, [head, *FIRST[1:]]),
        Paragraph("一般公共预算支出表", Place(7, 1)),
        part(7, [head, *FIRST[1:]]),
    ]
    raw = document(part(3, FIRST), part(5, [HEAD, *NEXT]))
    found = outline([*raw.blocks, *other], forms, set(), breaks=[3]).tables[3]
    assert (len(found.fragments), found.cut) == ((2, False) if goes_on else (1, True))


BALANCE = ("收入", "预算数", "支出", "预算数")
INCOME = [("一般公共预算拨款收入", "6.00", "教育支出", "9.00"), ("政府性基金预算拨款收入", "1.00", "", "")]
CLOSED = [("本年收入合计", "9.00", "本年支出合计", "9.00"), ("收入总计", "9.00", "支出总计", "9.00")]
PUBLIC = ("项目", "预算数")
SPENT = [("因公出国（境）费", "1.00"), ("公务接待费", "1.00"), ("公务用车购置及运行费", "2.00"), ("合计", "5.00")]


@pytest.mark.parametrize(
    ("title", "rule", "first", "rest", "numbered", "statuses"),
    [
        ("收支总表", "t01.declared", [BALANCE, *INCOME], [BALANCE, *CLOSED], (), {"not_evaluable", "balanced"}),
        ("收支总表", "t01.declared", [BALANCE, *INCOME], [BALANCE, *CLOSED], (2, 5), {"different", "balanced"}),
        (
            "收支总表",
            "t01.declared",
            [BALANCE, *INCOME, CLOSED[0]],
            [BALANCE, CLOSED[1]],
            (),
            {"different", "balanced"},
        ),
        ("“三公”经费支出预算表", "t10.declared", [PUBLIC, *SPENT[:2]], [PUBLIC, *SPENT[2:]], (), {"different"}),
        ("“三公”经费支出预算表", "t10.declared", [PUBLIC, *SPENT[:1]], [PUBLIC, *SPENT[2:]], (), {"not_evaluable"}),
    ],
)
def test_a_declared_total_may_lack_a_row_of_a_lost_page_unless_each_is_printed_or_it_stands_above(
    title: str,
    rule: str,
    first: list[tuple[str, ...]],
    rest: list[tuple[str, ...]],
    numbered: tuple[int, ...],
    statuses: set[str],
) -> None:
    assert status_of(document(part(3, first), part(4, rest), title=title), numbered, rule) == statuses


def test_money_that_a_place_may_count_in_is_known_not_to_be_printed_only_where_no_page_may_be_lost() -> None:
    listed = [(*HEAD[:3], "一般公共预算"), ("", "合计", "6.00", "6.00"), ("205", "教育支出", "6.00", "6.00")]
    for numbered, status in (((), "not_evaluable"), ((1, 6), "different")):
        raw = document(part(3, [BALANCE, INCOME[0]]), part(4, [BALANCE, *CLOSED]), title="收支总表")
        titles = [Paragraph(text, Place(5, 1)) for text in ("收入总表", "单位：万元")]
        raw.blocks = [*raw.blocks[1:], *titles, part(5, listed)]
        assert status_of(raw, numbered, "t02.total_equals_t01") == {status}


def test_a_skip_among_pages_without_numbers_may_lie_anywhere_between_those_that_print_one() -> None:
    raw = document(part(3, FIRST), part(4, [HEAD, *NEXT]))
    raw.gaps = [(Place(5, None), said("readers.out_of_order", before=2, after=7))]
    assert status_of(raw, (2, 6), "t03.total") == {"not_evaluable"}


def test_a_row_that_goes_on_over_the_end_of_its_page_proves_that_none_is_lost() -> None:
    first, form = part(3, FIRST), standard_forms()[3]
    for rest, lost in (([], [3]), ([("", "（款）", "", "", "")], [])):
        parts = [first, part(4, [*rest, *NEXT])]
        group = TableGroup(form, form.title, Place(3, 1), parts)
        assert [lack.page for lack in unproved_pages(document(*parts), group)] == lost
    low = part(3, [*FIRST, *[("", "", "1.00", "1.00", "")] * 5])
    group = TableGroup(form, form.title, Place(3, 1), [low])
    assert [lack.page for lack in unproved_pages(document(low), group)] == [3], "it ends at the foot of its page"


def facts_with(*blocks: RawTable | Paragraph, unread: Place | None = None) -> DocumentFacts:
    """What is read of blocks, of which a part at `unread` was not."""
    raw = RawDocument("a.pdf", "pdf", list(blocks), pages=6)
    raw.unreadable = [(unread, said("readers.rows_meet", text="0.00"))] if unread else []
    return facts_of(raw, Source("a.pdf", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())


def test_what_was_not_read_under_a_title_is_part_of_the_table_under_the_same_title_behind_it() -> None:
    titles = [Paragraph(text, Place(page, 1)) for page in (3, 4) for text in ("2026年部门支出总表", "单位：万元")]
    for unread, status in ((Place(3, 4), "partial"), (Place(2, 4), "data"), (None, "data")):
        facts = facts_with(*titles, part(4, [HEAD, ("", "合计", "3.00", "3.00", ""), *NEXT]), unread=unread)
        assert next(table.status for table in facts.tables if table.table_no == 3) == status


def test_a_row_is_known_not_to_be_printed_only_where_those_that_are_make_up_the_one_above_it() -> None:
    titles = [Paragraph(text, Place(3, 1)) for text in ("2026年部门支出总表", "单位：万元")]
    facts = facts_with(*titles, part(3, [*FIRST, *NEXT[:1], ("20502", "普通教育", "1.00", "1.00", "")]))
    cell = Cell("3..@class.total", NO_ROW, 3)
    known = {code: lacks_no_row(facts, cell, code) for code in ("210", "20114", "20503")}
    assert known == {"210": False, "20114": True, "20503": False}


def test_a_row_is_not_called_missing_of_one_kind_of_money_where_a_table_of_another_prints_what_it_is_below() -> None:
    head = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    general = [
        ("", "合计", "9.00", "", "9.00"),
        ("212", "城乡社区支出", "9.00", "", "9.00"),
        ("21203", "设施", "9.00", "", "9.00"),
    ]
    fund = [
        ("", "合计", "7.00", "", "7.00"),
        ("212", "城乡社区支出", "7.00", "", "7.00"),
        ("21214", "污水", "7.00", "", "7.00"),
    ]
    titled = [
        [Paragraph(title, Place(page, 1)), Paragraph("单位：万元", Place(page, 1)), part(page, [head, *rows])]
        for title, page, rows in (
            ("2026年一般公共预算支出表", 3, general), ("2026年政府性基金预算支出表", 4, fund)
        )
    ]  # fmt: skip
    cell = Cell("5..@class.total", NO_ROW, 5)
    asked = ("20101", "21201", "2120399", "2121401")
    for known, facts in (
        ((True, False, False, False), facts_with(*titled[0], *titled[1])),
        ((True, True, False, True), facts_with(*titled[0])),
    ):
        assert [row.table_no for row in facts.rows if row.code == "21203"] == [5]
        assert tuple(lacks_no_row(facts, cell, code) for code in asked) == known


@pytest.mark.parametrize(
    ("lost", "rest", "label"),
    [
        (False, ("", "事务", "", "", ""), "商贸事务"),
        (True, ("", "事务", "", "", ""), "商贸"),
        (True, ("", "", "5.00", "5.00", ""), "商贸"),
    ],
)
def test_a_row_before_lost_pages_has_no_rest_behind_them(lost: bool, rest: tuple[str, ...], label: str) -> None:
    head = (*HEAD[:4], "上缴上级支出")  # no other table has it
    raw = document(part(3, [head, *FIRST[1:3], ("20113", "商贸", "2.00", "2.00", "")]), part(4, [head, rest, *NEXT]))
    raw.gaps = [(Place(3, None), said("readers.out_of_order", before=3, after=9))] if lost else []
    facts = facts_of(raw, Source("a.pdf", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())
    assert {(f.label, f.fen) for f in facts.figures if f.code == "20113"} == {(label, 2_000_000)}
    assert {f.code for f in facts.figures if f.place.page == 4} == {"205", "20502"}


def test_a_part_of_a_code_behind_a_lost_page_is_not_of_the_class_that_follows() -> None:
    heads = [("科目编码", "", "", "科目名称", "合计"), ("类", "款", "项", "", "")]
    lost = [("", "01", "", "城乡社区管理事务", "7.00"), ("", "", "01", "行政运行", "7.00")]
    rows = [("213", "", "", "农林水支出", "5.00"), ("", "01", "", "农业农村", "5.00"), ("", "", "02", "其他", "5.00")]
    raw = document(part(3, [*heads, *lost, *rows]))
    facts = facts_of(raw, Source("a.pdf", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())
    assert {(f.code, f.label) for f in facts.figures} == {
        ("213", "农林水支出"),
        ("21301", "农业农村"),
        ("2130102", "其他"),
    }


@pytest.mark.parametrize(
    ("first", "status"),
    [("乙中心", "not_evaluable"), ("合计", "different")],  # the page with 合计, 甲中心 and some of its rows is missing
)
def test_the_sum_of_a_unit_is_not_the_total_where_the_rows_above_it_may_be_lost(first: str, status: str) -> None:
    rows = [HEAD, ("2050201", "学前教育", "6.00", "6.00", ""), ("", first, "3.00", "3.00", ""), *NEXT]
    titled = [
        [Paragraph(title, Place(page, 1)), Paragraph("单位：万元", Place(page, 1)), part(page, printed)]
        for title, page, printed in (("2026年收支总表", 2, [BALANCE, *INCOME, *CLOSED]), ("2026年支出总表", 4, rows))
    ]
    raw = RawDocument("a.pdf", "pdf", [*titled[0], *titled[1]], pages=6)
    raw.gaps = [(Place(3, None), said("readers.out_of_order", before=3, after=5))]
    assert status_of(raw, (), "t03.total_equals_t01") == {status}
