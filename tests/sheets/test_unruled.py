"""Indicators printed in lines of text: told as unread, and a sheet that begins there is read in part."""

from __future__ import annotations

from budgetdata.base.facts import SheetFact
from budgetdata.base.raw import Paragraph, Place, RawRow, RawTable
from budgetdata.sheets.unruled import run_together, unruled

PRINTED = [
    Paragraph("产出指标 数量指标 培训人数 ≥31人", Place(3, 4)),
    Paragraph("质量指标 合格率 ≥90%", Place(3, 5)),
    Paragraph("效益指标社会效益指标服务人次 ≥92人次", Place(3, 6)),
]


def test_pages_that_print_indicators_as_text_are_told_once() -> None:
    again = [Paragraph(block.text, Place(4, block.place.line)) for block in PRINTED]
    (problem,) = unruled([*PRINTED, *again], [])
    assert (problem.severity, problem.message.args["n"], problem.place) == ("unread", 2, Place(3, 4))


def test_a_sheet_without_targets_on_such_a_page_is_read_in_part() -> None:
    there, elsewhere = SheetFact("栽树项目", "project", Place(3, 1)), SheetFact("修路项目", "project", Place(9, 1))
    unruled(PRINTED, [there, elsewhere])
    assert (there.unread, elsewhere.unread) == (1, 0)


def test_sentences_and_a_few_words_are_no_list() -> None:
    sentence = Paragraph("绩效指标分为产出指标 数量指标 质量指标 效益指标 社会效益指标等。", Place(3, 1))
    assert unruled([sentence, PRINTED[1]], []) == []


def test_labels_run_together_in_a_cell_of_no_sheet_are_told() -> None:
    row = RawRow(("序号12", "一级指标产出指标效益指标", "二级指标数量指标"), Place(1, 1))
    assert [one.severity for one in run_together([RawTable((row,))], ())] == ["unread"]
    assert not run_together([RawTable((row,))], {0})
