"""A place is two numbers; they say by themselves whether they count pages, worksheets or paragraphs, and of which file."""

from __future__ import annotations

import pytest

from budgetdata.base import leaves
from budgetdata.base.raw import Place
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import place_text

SECOND = leaves.in_file(2, 3)


@pytest.mark.parametrize(
    ("page", "line", "chinese", "english", "short"),
    [
        (3, 12, "第 3 页 · 第 12 行", "p. 3 · line 12", "p.3 line 12"),
        (None, 12, "第 12 行", "line 12", "line 12"),
        (leaves.worksheet(2), 7, "工作表 2 · 第 7 行", "sheet 2 · line 7", "sheet 2 row 7"),
        (leaves.BODY, 40, "第 40 段", "paragraph 40", "par. 40"),
        (SECOND, 5, "文件 2 · 第 3 页 · 第 5 行", "file 2 · p. 3 · line 5", "file 2 p.3 line 5"),
        (leaves.in_file(1, None), 9, "文件 1 · 第 9 行", "file 1 · line 9", "file 1 line 9"),
        (None, None, "位置不明", "—", "place unknown"),
    ],
)
def test_a_place_says_what_it_counts(
    page: int | None, line: int | None, chinese: str, english: str, short: str
) -> None:
    assert (place_text(page, line), place_text(page, line, "en"), str(Place(page, line))) == (chinese, english, short)


def test_a_cell_is_named_by_its_letters() -> None:
    assert place_text(leaves.worksheet(1), 7, "zh", 2) == "工作表 1 · 单元格 C7"
    assert [leaves.column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_file_and_worksheet_are_named_where_they_are_known() -> None:
    page = leaves.in_file(2, leaves.worksheet(3))
    assert place_text(page, 7, "zh", 0, ("报表.xlsx", "表三")) == "文件 2“报表.xlsx” · 工作表 3“表三” · 单元格 A7"
    assert place_text(SECOND, 7, "en", None, ("b.pdf", "")) == "file 2“b.pdf” · p. 3 · line 7"


def test_places_inside_a_sentence_and_as_references() -> None:
    assert text("zh", "disclosure.at", at=Place(SECOND, 5).told) == "文件2第3页第5行"
    assert text("en", "disclosure.at", at=Place(leaves.BODY, 5).told) == "par. 5"


@pytest.mark.parametrize(
    ("page", "line", "ref", "told"),
    [
        (3, 12, "p.3", [3, 12]),
        (None, 5, "line 5", [None, 5]),
        (leaves.worksheet(2), 7, "sheet 2", {"sheet": 2, "row": 7}),
        (leaves.BODY, 5, "par. 5", {"paragraph": 5}),
        (SECOND, 5, "file 2 p.3", {"file": 2, "page": 3, "line": 5}),
        (SECOND, None, "file 2 p.3", {"file": 2, "page": 3}),
        (leaves.in_file(1, None), 9, "file 1 line 9", {"file": 1, "line": 9}),
        (leaves.in_file(2, leaves.BODY), 5, "file 2 par. 5", {"file": 2, "paragraph": 5}),
        (leaves.in_file(3, leaves.worksheet(1)), 8, "file 3 sheet 1", {"file": 3, "sheet": 1, "row": 8}),
    ],
)
def test_what_a_message_and_a_reference_say_of_a_place_leads_back_to_it(
    page: int | None, line: int | None, ref: str, told: object
) -> None:
    place = Place(page, line)
    assert (leaves.place_ref(page, line), place.told) == (ref, told)
    assert Place.of_told(place.told) == place
    assert leaves.page_and_line(ref) == (page, None if leaves.has_pages(page) else line)


def test_what_names_no_place_is_none() -> None:
    assert [leaves.page_and_line(ref) for ref in ("t01.r003e.total", "", "p.x")] == [None, None, None]
    assert leaves.place_ref(None, None) == ""
