"""Each running text of a sheet knows the line it is printed on, and checks of a text cite that line."""

from __future__ import annotations

import pytest
from documents import DOCUMENTS, read_registered

from budgetdata.base.facts import TEXT_FIELDS, SheetFact

PRINTED = [
    ("4bc610c22ba9", "overview", 458, "公务行6万元"), ("4bc610c22ba9", "basis", 459, "三定方案"),
    ("4bc610c22ba9", "term_goal", 464, "1.通过公务行6万元"), ("4bc610c22ba9", "basis", 529, "预算需求资金14000万元"),
    ("4bc610c22ba9", "overview", 565, "调研差旅费17万"), ("b734d3efdd82", "overview", 462, "企业上市奖励380万元"),
    ("b734d3efdd82", "overview", 612, "劳务派遣"), ("b734d3efdd82", "basis", 613, "劳务派遣"),
    ("b734d3efdd82", "need", 614, "劳务派遣"), ("b734d3efdd82", "overview", 786, "合计20.2万元"),
    ("6ad99d98ab19", "plan", 469, "每年2万"), ("6ad99d98ab19", "overview", 531, "共计130万元"),
    ("6ad99d98ab19", "need", 533, "经常性项目"), ("6ad99d98ab19", "plan", 535, "专题培训班25万元"),
    ("947784cd9916", "safeguards", 983, "忻政办函"), ("947784cd9916", "overview", 1319, "新建消防站工程"),
    ("947784cd9916", "need", 1370, "94个车位"), ("947784cd9916", "annual_goal", 1787, "80亩土地"),
]  # fmt: skip
"""document, text, line, words of it: read from the sources."""

ITEMISED = {
    "4bc610c22ba9": ["line 458", "line 529", "line 565"], "b734d3efdd82": [
        "line 462", "line 612", "line 613", "line 614", "line 786"], "6ad99d98ab19": ["line 531", "line 535"],
}  # fmt: skip


def sheet_with(document: str, field: str, line: int) -> SheetFact:
    [sheet] = [
        s for s in read_registered(document).sheets if field in s.text_places and s.text_places[field].line == line
    ]
    return sheet


@pytest.mark.parametrize("document, field, line, words", PRINTED)
def test_a_text_knows_its_line(document: str, field: str, line: int, words: str) -> None:
    assert words in getattr(sheet_with(document, field, line), field)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_text_has_a_place_and_no_blank_one_has(document: str) -> None:
    for sheet in read_registered(document).sheets:
        filled = {field for field in TEXT_FIELDS if getattr(sheet, field)}
        assert set(sheet.text_places) == filled
        assert all((place.line or 0) >= (sheet.place.line or 0) for place in sheet.text_places.values())


@pytest.mark.parametrize("document", ITEMISED)
def test_an_itemised_text_is_cited_at_its_own_line(document: str) -> None:
    found = [check for check in read_registered(document).checks if check.rule == "sheet.itemised_text"]
    assert [check.left_ref for check in found] == ITEMISED[document]
