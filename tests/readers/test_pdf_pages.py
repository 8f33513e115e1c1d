"""Pages: marks that come back, pages printed twice or lost, pictures of tables, numbers that a rule spoils, and faults."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from test_pdf_seen import AT, FONT, ROWS, XS, made, rows, table

from budgetdata.base.raw import Place, RawDocument
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.layout import tables as pdf_tables
from budgetdata.readers.pdf import assembled as pdf_document
from budgetdata.readers.pdf import calls
from budgetdata.readers.pdf.child import read_here
from budgetdata.readers.pdf.process import read_pdf

Draw = Callable[[Canvas], None]


def booklet(path: Path, *pages: Draw) -> RawDocument:
    """The document of these pages."""
    canvas = Canvas(str(path), pagesize=(500, 800))
    for page in pages:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(path)


def tiled(text: str, grey: float, slant: float = 0) -> Draw:
    """A mark all over the page."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.setFont(FONT, 9)
        for x in range(30, 480, 90):
            for y in range(30, 780, 12):
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(slant)
                canvas.drawString(0, 0, text)
                canvas.restoreState()
        canvas.restoreState()

    return draw


@pytest.mark.parametrize(("text", "grey", "slant"), [("10.24.3.7", 0.8, 0), ("某市财政", 0, 0), ("某市财政", 0.7, 2)])
def test_a_tiled_mark_is_left_out_whatever_its_slant_and_colour(
    tmp_path: Path, text: str, grey: float, slant: float
) -> None:
    document = made(tmp_path / "a.pdf", tiled(text, grey, slant))
    assert rows(document) == ROWS
    assert document.left_out == [(Place(1, None), said("readers.watermark", text=text))]


def test_a_mark_at_one_place_of_every_page_is_left_out(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(60, 760, f"预算表{'一二三四'[number]}")
            table(canvas)
            canvas.setFont(FONT, 30)
            canvas.drawString(180, 634, "内部资料")

        return draw

    document = booklet(tmp_path / "a.pdf", *(page(number) for number in range(4)))
    assert [[row.cells for row in found.rows] for found in document.tables()] == [ROWS] * 4
    assert {mark for _, mark in document.left_out} == {said("readers.watermark", text="内部资料")}


def test_heads_and_amounts_that_come_back_are_no_marks(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(60, 760, f"预算表{'一二三四'[number]}")
            canvas.drawString(330, 740, "单位：万元")
            for at in range(31):
                canvas.line(60, 720 - 20 * at, 460, 720 - 20 * at)
                for column in range(4 if at < 30 else 0):
                    canvas.drawString(66 + 100 * column, 706 - 20 * at, "小计" if at % 7 == 0 else "0.00")
            for x in range(60, 461, 100):
                canvas.line(x, 720, x, 120)

        return draw

    document = booklet(tmp_path / "a.pdf", *(page(number) for number in range(4)))
    assert document.left_out == []
    assert [len(found.rows) for found in document.tables()] == [30] * 4
    assert all(all(row.cells) for found in document.tables() for row in found.rows)


def numbered(number: int, text: str) -> Draw:
    """A page of text with its printed number."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, f"（一）{text}，共计二十万元，用于保障机关运行和开展业务工作。")
        canvas.drawString(240, 20, f"- {number} -")

    return draw


def test_a_page_printed_twice_is_read_once_and_named(tmp_path: Path) -> None:
    pages = [numbered(1, "甲项目"), numbered(2, "乙项目"), numbered(2, "乙项目"), numbered(3, "丙项目")]
    document = booklet(tmp_path / "a.pdf", *pages)
    assert len(document.blocks) == 3 and document.pages == 4 and document.gaps == []
    assert document.repeated == [(Place(3, None), said("readers.repeated", first=2))]


def test_two_tables_that_go_on_over_like_pages_are_both_read(tmp_path: Path) -> None:
    def titled(text: str) -> Draw:
        return lambda canvas: (canvas.drawString(60, 760, text), table(canvas))[1]

    document = booklet(tmp_path / "a.pdf", titled("支出总表"), table, titled("一般公共预算支出表"), table)
    assert document.repeated == [] and len(list(document.tables())) == 4


def test_a_copy_far_behind_is_told_by_its_page_number(tmp_path: Path) -> None:
    pages = [numbered(n, f"项目{n}") for n in (1, 2, 3, 4, 5, 6, 7, 2)]
    assert [place.page for place, _ in booklet(tmp_path / "a.pdf", *pages).repeated] == [8]


@pytest.mark.parametrize(
    ("x", "y", "with_table", "is_number"),
    [
        (248, 100, True, True),  # 0.12 of the page above its foot
        (248, 150, True, False),
        (60, 100, True, False),  # it may be a note of the table
        (248, 100, False, False),  # it may be the end of the text
    ],
)
def test_the_number_of_a_page_may_stand_higher_in_the_middle_below_a_table(
    tmp_path: Path, x: int, y: int, with_table: bool, is_number: bool
) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 760, "支出总表")
        if with_table:
            table(canvas)
        canvas.drawString(x, y, "31")

    marks = [mark.code for _, mark in booklet(tmp_path / "a.pdf", page).left_out]
    assert marks == ["readers.page_number"] * is_number


@pytest.mark.parametrize(
    ("printed", "missing"),
    [
        ((1, 2, 3, 4, 5, 7, 8, 9), [(5, 1)]),
        ((4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17), [(5, 2)]),
        ((1, 2, 3, 1, 2, 3, 4, 5), []),
        ((1, 2, 3, 4, 5, 60, 61, 62), []),
        ((3, 8, 2, 9), []),
    ],
)
def test_a_skip_of_the_printed_page_numbers_is_a_gap(
    tmp_path: Path, printed: tuple[int, ...], missing: list[tuple[int, int]]
) -> None:
    document = booklet(tmp_path / "a.pdf", *(numbered(n, f"项目{i}") for i, n in enumerate(printed)))
    assert [(place.page, reason.args["n"]) for place, reason in document.gaps] == missing


@pytest.mark.parametrize("above", [["“三公”经费支出预算表"], ["支出情况", "单位：万元"], ["内设机构图"]])
def test_a_picture_under_a_tables_title_is_an_unread_table(tmp_path: Path, above: list[str]) -> None:
    def page(canvas: Canvas) -> None:
        for number, text in enumerate(above):
            canvas.drawString(60, 760 - 20 * number, text)
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 30), (180, 200, 180))), 60, 400, 380, 300)

    document = booklet(tmp_path / "a.pdf", page)
    announced = above != ["内设机构图"]
    assert document.unreadable == ([(Place(1, len(above) + 1), said("readers.picture"))] if announced else [])


def wide(canvas: Canvas) -> None:
    canvas.drawString(XS[2] - 18, AT[1], "1234.56")


def struck(canvas: Canvas) -> None:
    canvas.drawString(*AT, "45.60")
    canvas.line(AT[0] - 1, AT[1] + 3.4, AT[0] + 30, AT[1] + 3.4)


def raised(canvas: Canvas) -> None:
    canvas.drawString(*AT, "10.5")
    canvas.setFont(FONT, 6)
    canvas.drawString(AT[0] + 20, AT[1] + 4.5, "1")


def twice_over(canvas: Canvas) -> None:
    canvas.drawString(*AT, "45.60")
    canvas.drawString(AT[0] + 1, AT[1], "38.17")


@pytest.mark.parametrize("spoil", [wide, struck, raised, twice_over], ids=["cut", "struck", "raised", "twice"])
def test_a_number_with_a_spoiled_sign_is_unread(tmp_path: Path, spoil: Draw) -> None:
    read = rows(made(tmp_path / "a.pdf", spoil))
    assert [row for number, row in enumerate(read) if number != 2] == [ROWS[0], ROWS[1], ROWS[3]]
    assert read[2][0] == "公务接待" and UNREAD in read[2][2]
    assert spoil is wide or read[2][1] == "2.00"


def test_a_third_decimal_among_two_is_unread(tmp_path: Path) -> None:
    amounts = ["12.50", "4.001", *["1.25"] * 8]

    def page(canvas: Canvas) -> None:
        for number, amount in enumerate(amounts):
            canvas.drawString(66, 686 - 20 * number, f"项目{number}")
            canvas.drawString(166, 686 - 20 * number, amount)
        for number in range(len(amounts) + 1):
            canvas.line(60, 700 - 20 * number, 260, 700 - 20 * number)
        for x in (60, 160, 260):
            canvas.line(x, 700, x, 700 - 20 * len(amounts))

    [found] = booklet(tmp_path / "a.pdf", page).tables()
    assert [row.cells[1] for row in found.rows] == [UNREAD if amount == "4.001" else amount for amount in amounts]


def test_flat_rules_side_by_side_end_nothing(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 760, "一、职责")
        canvas.line(60, 700, 240, 700)
        canvas.line(260, 650, 440, 650)

    document = booklet(tmp_path / "a.pdf", page)
    assert len(document.blocks) == 1 and document.unreadable == []


@pytest.mark.parametrize(
    "module, name", [(pdf_document, "lines_of"), (pdf_document, "open_tables"), (pdf_tables, "_rows")]
)
def test_a_fault_in_one_part_is_that_parts_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    path = tmp_path / "a.pdf"
    booklet(path, numbered(1, "甲项目"), table, numbered(3, "丙项目"))
    right, calls = getattr(module, name), []

    def fails(*given: object) -> object:
        calls.append(given)
        if name == "_rows" or len(calls) == 2:
            raise KeyError
        return right(*given)

    monkeypatch.setattr(module, name, fails)
    document = read_here(path, 60)
    assert [(place.page, reason) for place, reason in document.unreadable] == [
        (2, said("readers.fault", error="KeyError"))
    ]
    assert len([block for block in document.blocks if block.place.page != 2]) == 2


def test_a_page_that_ends_in_an_exception_is_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from budgetdata.readers.pdf import child

    path = tmp_path / "a.pdf"
    booklet(path, *(numbered(n, f"项目{n}") for n in (1, 2, 3)))
    right = child.read_page
    monkeypatch.setattr(
        child, "read_page", lambda opened, index, layers: right(opened, index, layers) if index else 1 / 0
    )
    document = read_here(path, 60)
    assert document.unreadable == [(Place(1, None), said("readers.fault", error="ZeroDivisionError"))]
    assert len(document.blocks) == 2


def test_numbers_that_pdfium_fills_are_read_from_where_it_wrote_them() -> None:
    held = calls.filled("ddfIi")
    for place, kind, value in zip(
        held.at, (ctypes.c_double, ctypes.c_double, ctypes.c_float, ctypes.c_uint, ctypes.c_int), (1.25, -2.5, 0.5, 7, -9),
        strict=True,
    ):  # fmt: skip
        kind.from_address(place).value = value
    assert held.read() == (1.25, -2.5, 0.5, 7, -9)
