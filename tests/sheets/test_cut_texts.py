"""Names and values that their cells cut off are noted as cut at their targets, and nowhere else."""

from __future__ import annotations

from budgetdata.base.facts import SheetFact, TargetFact
from budgetdata.base.raw import TEXT_CUT, Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import standard_forms
from budgetdata.register.sources import Source
from budgetdata.sheets.cells import Cell
from budgetdata.sheets.drafts import Draft, Noted, settled
from budgetdata.sheets.remarks import mark_cut


def target(name: str, value: str, page: int) -> TargetFact:
    """An indicator on a page."""
    return TargetFact("annual", "数量", "产出", name, value, "", "", "", Place(page, 2))


def test_a_target_is_said_to_be_cut_where_its_cell_cut_it() -> None:
    sheet = SheetFact("示范项目", "project", Place(4, 1))
    sheet.targets = [
        target("年节能量（吨标准", "600吨", 4),
        target("年节能量", "优，提高行政审批", 4),
        target("年节能量（吨标准", "1", 5),
    ]
    mark_cut([sheet], {(4, "年节能量（吨标准"), (4, "优，提高行政审批")})
    found = [[note.code for note in each.notes] for each in sheet.targets]
    assert found == [["sheets.target.cut"], ["sheets.target.value_cut"], []]


def test_texts_that_are_cut_off_are_one_line() -> None:
    head, total = ("科目编码", "科目名称", "合计", "基本支出", "项目支出"), ("", "合计", "2.00", "2.00", "")
    rows = [
        RawRow(cells, Place(3, n)) for n, cells in enumerate((head, total, ("205", "教育支出", "2.00", "2.00", "")), 3)
    ]
    titles = [Paragraph(text, Place(3, n)) for n, text in enumerate(("2026年部门支出总表", "单位：万元"), 1)]
    raw = RawDocument("a.pdf", "pdf", [*titles, RawTable(tuple(rows))], pages=5)
    raw.left_out = [(Place(page, None), said(TEXT_CUT, text=text)) for page, text in ((4, "甲（乙"), (5, "丙（丁"))]
    facts = facts_of(raw, Source("a.pdf", "0" * 64, "0" * 12, department="某局", year=2026), standard_forms())
    told = [problem for problem in facts.problems if problem.subject == "cell"]
    assert [(p.severity, p.message.args["n"], p.message.args["text"], p.place.page) for p in told] == [
        ("note", 2, "甲（乙", 4)
    ]
    assert facts.figures


def test_a_target_with_a_text_that_was_not_read_is_told_and_left_out() -> None:
    """The row above runs over its edge into the name of this one."""
    rows = [(UNREAD, "17000辆"), ("线路正常运行率", "100%"), ("在线时间", f"2{UNREAD}小时")]
    drafts = [
        Draft("annual", [Cell(1, 1, name, None), Cell(2, 2, value, None)], Place(5, line), None, [])
        for line, (name, value) in enumerate(rows, 1)
    ]
    doubts: list[Noted] = []
    assert [draft.cells[0].text for draft in settled(drafts, [], doubts)] == ["线路正常运行率"]
    assert [(place.line, doubt.code) for place, doubt in doubts] == [
        (1, "sheets.unread_cells"),
        (3, "sheets.unread_cells"),
    ]
