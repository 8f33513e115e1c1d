"""The PDF reader: every way of drawing a table gives its cells; what cannot be proved or opened is named, not guessed."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import Paragraph, Place, RawDocument, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import key, normal, squeeze
from budgetdata.layout.document import assemble
from budgetdata.layout.geometry import RawGlyph, upright
from budgetdata.layout.text import joined
from budgetdata.readers.pdf import plumber as pdf_plumber
from budgetdata.readers.pdf.process import read_pdf
from budgetdata.readers.text import read_text
from budgetdata.words.catalogue import tell

FONT = "STSong-Light"
WIDTH, HEIGHT = 595, 842
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

HEAD = ["项目", "合计", "基本支出", "项目支出"]
BODY = [["行政运行", "7.57", "7.57", ""], ["招商引资", "94.30", "", "94.30"], ["合计", "101.87", "7.57", "94.30"]]


def worked() -> float:
    """Seconds of processor time that this process and those it started have used: what a busy machine cannot change."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def drawn(tmp_path: Path, *pages: Callable[[Canvas], None], size: tuple[float, float] = (WIDTH, HEIGHT), **kw) -> Path:
    """A PDF whose pages are drawn by the given functions."""
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path), pagesize=size, **kw)
    for page in pages:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text_at(canvas: Canvas, x: float, top: float, text: str, size: float = 10) -> None:
    """Print the text with its baseline `top` points below the page's upper edge."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - top, text)


def table_on(canvas: Canvas, rows: list[list[str]], top: float, style: Iterable[tuple] = (), **kw) -> None:
    """Draw a ruled table with its upper left corner at (60, top)."""
    table = Table(rows, colWidths=kw.pop("widths", [110] * len(rows[0])), rowHeights=kw.pop("heights", 20))
    table.setStyle([("FONT", (0, 0), (-1, -1), FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, colors.black), *style])
    _, height = table.wrapOn(canvas, WIDTH, HEIGHT)
    table.drawOn(canvas, 60, HEIGHT - top - height)


def cells(document: RawDocument) -> list[list[tuple[str, ...]]]:
    """The cell texts of every table."""
    return [[row.cells for row in table.rows] for table in document.tables()]


def texts(document: RawDocument) -> list[str]:
    """The paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def expected(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Rows as the reader gives them."""
    return [tuple(row) for row in rows]


# --- drawing ---------------------------------------------------------------------------------------------------------


def test_a_ruled_table_stands_between_its_title_and_its_note(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 60, 80, "预算公开表3")
        text_at(canvas, 220, 110, "2023年预算支出总表", 16)
        text_at(canvas, 60, 130, "部门名称：某中心")
        text_at(canvas, 430, 130, "单位：万元")
        table_on(canvas, [HEAD, *BODY], 140)
        text_at(canvas, 60, 240, "注：本表无数据")

    document = read_pdf(drawn(tmp_path, page))
    kinds = [block.text if isinstance(block, Paragraph) else "TABLE" for block in document.blocks]
    assert kinds == ["预算公开表3", "2023年预算支出总表", "部门名称：某中心", "单位：万元", "TABLE", "注：本表无数据"]
    assert cells(document) == [expected([HEAD, *BODY])]
    table = next(document.tables())
    assert [(row.place.page, row.place.line) for row in table.rows] == [(1, 4), (1, 5), (1, 6), (1, 7)]
    x0, top, x1, bottom = table.rows[0].boxes[0]
    assert (round(x0), round(top), round(x1), round(bottom)) == (60, 140, 170, 160)


def test_merged_cells_hold_their_text_at_the_top_left(tmp_path: Path) -> None:
    head = [["项目", "", "预算数", ""], ["编码", "名称", "基本支出", "项目支出"]]
    rows = [*head, ["201", "服务", "7.57", ""], ["", "运行", "", "1.00"]]
    merged = [("SPAN", (0, 0), (1, 0)), ("SPAN", (2, 0), (3, 0)), ("SPAN", (0, 2), (0, 3))]
    document = read_pdf(drawn(tmp_path, lambda canvas: table_on(canvas, rows, 100, merged)))
    assert cells(document) == [expected(rows)]
    assert next(document.tables()).rows[3].boxes[0] is None


def test_thin_filled_rectangles_are_rules(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        for row in range(5):
            canvas.rect(60, HEIGHT - 100 - 20 * row, 400, 0.4, stroke=0, fill=1)
        for col in range(5):
            canvas.rect(60 + 100 * col, HEIGHT - 180, 0.4, 80, stroke=0, fill=1)
        for row, line in enumerate([HEAD, *BODY]):
            for col, text in enumerate(line):
                text_at(canvas, 64 + 100 * col, 114 + 20 * row, text)

    assert cells(read_pdf(drawn(tmp_path, page))) == [expected([HEAD, *BODY])]


def test_white_rules_do_not_count(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        table_on(canvas, [HEAD, *BODY], 100)
        canvas.setStrokeColor(colors.white)
        canvas.rect(60, HEIGHT - 100, 400, 60)
        canvas.line(110, HEIGHT - 40, 110, HEIGHT - 100)
        text_at(canvas, 62, 60, "支出总表")

    document = read_pdf(drawn(tmp_path, page))
    assert texts(document) == ["支出总表"]
    assert cells(document) == [expected([HEAD, *BODY])]


def test_wrapped_text_and_a_broken_number_are_put_together(tmp_path: Path) -> None:
    rows = [["项目", "金额"], ["机关事业单位基本\n养老保险缴费", "14,101.\n87"]]
    document = read_pdf(drawn(tmp_path, lambda canvas: table_on(canvas, rows, 100, heights=[20, 40])))
    assert cells(document) == [[("项目", "金额"), ("机关事业单位基本养老保险缴费", "14,101.87")]]


def test_text_drawn_twice_is_read_once_and_text_printed_twice_stays(tmp_path: Path) -> None:
    rows = [["指标", "目标"], ["及时性", "及时及时"]]

    def page(canvas: Canvas) -> None:
        table_on(canvas, rows, 100)
        canvas.translate(0.25, 0.1)
        table_on(canvas, rows, 100)

    assert cells(read_pdf(drawn(tmp_path, page))) == [expected(rows)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(tmp_path: Path, turn: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        if turn == 90:
            canvas.translate(0, 0)
            canvas.rotate(90)
            canvas.translate(0, -WIDTH)
        elif turn == 180:
            canvas.rotate(180)
            canvas.translate(-WIDTH, -HEIGHT)
        else:
            canvas.rotate(-90)
            canvas.translate(-WIDTH, 0)  # the page is turned: as wide as it was high
        table_on(canvas, [HEAD, *BODY], HEIGHT - 500)

    assert cells(read_pdf(drawn(tmp_path, page))) == [expected([HEAD, *BODY])]


def test_rows_that_no_rule_divides_are_rows_of_their_own(tmp_path: Path) -> None:
    stacked = ["\n".join(line[column] or " " for line in BODY) for column in range(4)]

    def page(canvas: Canvas) -> None:
        table_on(canvas, [HEAD, stacked], 100, heights=[20, 60], style=[("LEADING", (0, 1), (-1, 1), 16)])

    assert cells(read_pdf(drawn(tmp_path, page))) == [expected([HEAD, *BODY])]


def test_two_tables_on_a_page_stay_two(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        table_on(canvas, [HEAD, *BODY], 100)
        text_at(canvas, 60, 230, "2023年预算收入总表")
        table_on(canvas, [HEAD, BODY[0]], 240)

    document = read_pdf(drawn(tmp_path, page))
    assert cells(document) == [expected([HEAD, *BODY]), expected([HEAD, BODY[0]])]
    assert isinstance(document.blocks[1], Paragraph)


def test_a_diagonal_watermark_is_left_out_and_named(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        table_on(canvas, [HEAD, *BODY], 100)
        canvas.saveState()
        canvas.translate(100, HEIGHT - 200)
        canvas.rotate(40)
        canvas.setFont(FONT, 40)
        canvas.drawString(0, 0, "仅供内部审核")
        canvas.restoreState()

    document = read_pdf(drawn(tmp_path, page))
    assert cells(document) == [expected([HEAD, *BODY])]
    assert [tell("zh", mark) for _, mark in document.left_out] == ["水印：仅供内部审核"]


def test_headers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            text_at(canvas, 400, 40, "某中心部门预算公开", 8)
            text_at(canvas, 60, 100, f"第{'一二三四'[number]}部分")
            text_at(canvas, 290, 810, f"— {number + 1} —")

        return draw

    document = read_pdf(drawn(tmp_path, *(page(number) for number in range(4))))
    assert texts(document) == ["第一部分", "第二部分", "第三部分", "第四部分"]
    assert Counter(mark.code for _, mark in document.left_out) == {"readers.page_header": 4, "readers.page_number": 4}


def test_wrapped_lines_make_a_paragraph_also_over_a_page(tmp_path: Path) -> None:
    line = "本部门贯彻落实国家和省有关法律法规和方针政策负责全市招商引资工作的统筹"  # 36 characters

    def first(canvas: Canvas) -> None:
        text_at(canvas, 60, 100, "一、主要职责")
        text_at(canvas, 80, 130, line[:34])
        text_at(canvas, 60, 150, line)
        text_at(canvas, 60, 170, line)

    def second(canvas: Canvas) -> None:
        text_at(canvas, 60, 100, "到此为止。")
        text_at(canvas, 80, 120, "另起一段。")

    document = read_pdf(drawn(tmp_path, first, second))
    assert texts(document) == ["一、主要职责", line[:34] + line + line + "到此为止。", "另起一段。"]


def test_a_superscript_stays_at_its_number(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        table_on(canvas, [["面积", ""]], 100)
        text_at(canvas, 192, 114, "900m")
        text_at(canvas, 192 + pdfmetrics.stringWidth("900m", FONT, 10), 109, "2", 6)

    assert cells(read_pdf(drawn(tmp_path, page))) == [[("面积", "900m2")]]


def test_radicals_become_characters_and_a_ligature_keeps_both() -> None:
    assert normal("⽬录⻚⻋⻓（⼀）㎡①") == "目录页车长（一）㎡①"
    box = (10.0, 0.0, 28.0, 10.0)
    glyphs = [RawGlyph(text, box, box, (10.0, 0.0), 10.0, 0.0) for text in "——"]
    assert [round(glyph.x0) for glyph in upright(1, (0, 0, 100, 100), glyphs, []).glyphs] == [10, 19]
    assert joined(["市县财政资", "金", "2024", "0111", "PM", "level"]) == "市县财政资金20240111PM level"


# --- three-line tables -----------------------------------------------------------------------------------------------

COLUMNS = [(60, 120), (120, 300), (300, 380), (380, 460), (460, 530)]


def centred(canvas: Canvas, span: tuple[float, float], top: float, text: str) -> None:
    """Print the text in the middle of a span."""
    text_at(canvas, sum(span) / 2 - pdfmetrics.stringWidth(text, FONT, 10) / 2, top, text)


def three_line_head(canvas: Canvas) -> None:
    """A head of two rows: 项目 over two columns, 预算数 over three."""
    for top, thick in ((100, 1.5), (120, 0.5), (140, 0.8)):
        canvas.setLineWidth(thick)
        canvas.line(60, HEIGHT - top, 530, HEIGHT - top)
    centred(canvas, (60, 300), 113, "项目")
    centred(canvas, (300, 530), 113, "2024年预算数")
    for span, text in zip(COLUMNS, ["科目编码", "科目名称", "合计", "基本支出", "项目支出"], strict=True):
        centred(canvas, span, 133, text)


def three_line_rows(canvas: Canvas, top: float, rows: list[list[str]], last: bool = True) -> None:
    """Rows 20 points apart, a name of two lines around its row's middle; a closing rule after the last."""
    for number, row in enumerate(rows):
        base = top + 14 + 20 * number
        for column, text in enumerate(row):
            if column > 1:
                centred(canvas, COLUMNS[column], base, text)
            elif "\n" in text:
                for shift, line in zip((-5, 5), text.split("\n"), strict=True):
                    text_at(canvas, COLUMNS[column][0] + 3, base + shift, line)
            else:
                text_at(canvas, COLUMNS[column][0] + 3, base, text)
    if last:
        canvas.setLineWidth(1.5)
        bottom = HEIGHT - top - 20 * len(rows)
        canvas.line(60, bottom, 530, bottom)


HEADS = [("项目", "", "2024年预算数", "", ""), ("科目编码", "科目名称", "合计", "基本支出", "项目支出")]
LONG_NAME = "机关事业单位基本养老保险缴费的支出\n以及其他"
LISTED = [["201", "一般公共服务支出", "319.49", "116.49", "203.00"], ["208", LONG_NAME, "14.30", "", "14.30"]]


def test_a_three_line_table_is_read_by_its_centred_heads(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 60, 95, "部门名称：某中心")
        three_line_head(canvas)
        three_line_rows(canvas, 140, LISTED)
        text_at(canvas, 60, 195, "注：本表无数据")

    document = read_pdf(drawn(tmp_path, page))
    rows = [tuple(text.replace("\n", "") for text in row) for row in LISTED]
    assert cells(document) == [[*HEADS, *rows]]
    assert texts(document) == ["部门名称：某中心", "注：本表无数据"]
    assert document.unreadable == []


def test_a_three_line_table_goes_on_over_the_page_without_a_head(tmp_path: Path) -> None:
    def first(canvas: Canvas) -> None:
        three_line_head(canvas)
        three_line_rows(canvas, 140, LISTED[:1], last=False)

    document = read_pdf(drawn(tmp_path, first, lambda canvas: three_line_rows(canvas, 60, LISTED[1:])))
    second = tuple(text.replace("\n", "") for text in LISTED[1])
    assert cells(document) == [[*HEADS, tuple(LISTED[0])], [second]]


def test_a_number_over_a_column_edge_is_unreadable_not_guessed(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        three_line_head(canvas)
        three_line_rows(canvas, 140, LISTED)
        text_at(canvas, 60, 240, "一、收入预算情况说明")
        text_at(canvas, 440, 174, "1,234.56")

    document = read_pdf(drawn(tmp_path, page))
    assert cells(document) == []
    assert texts(document) == ["一、收入预算情况说明"]
    assert [place.page for place, _ in document.unreadable] == [1]
    assert document.unreadable[0][1].args["reason"] == said("readers.number_over_edge", text="1,234.56")


def test_left_aligned_heads_are_read_by_the_white_between_columns_or_not_at_all(tmp_path: Path) -> None:
    lefts = (66, 150, 310, 400)

    def page(shift: float, second: str = "7.57") -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            for top, thick in ((100, 1.5), (120, 0.7), (180, 1.5)):
                canvas.setLineWidth(thick)
                canvas.line(60, HEIGHT - top, 530, HEIGHT - top)
            for left, text in zip(lefts, ["编码", "科目名称", "合计", "基本支出"], strict=True):
                text_at(canvas, left, 113, text)
            for number, row in enumerate([["201", "服务支出", "7.57", second], ["2011301", "行政运行", "94.30", ""]]):
                for left, text in zip(lefts, row, strict=True):
                    text_at(canvas, left + (shift if left > 300 else 0), 134 + 20 * number, text)

        return draw

    table = [
        ("编码", "科目名称", "合计", "基本支出"),
        ("201", "服务支出", "7.57", "7.57"),
        ("2011301", "行政运行", "94.30", ""),
    ]
    # Amounts far to the right of their heads: two in one row leave only one way to share them out, one alone does not.
    assert cells(read_pdf(drawn(tmp_path, page(0)))) == [table]
    assert cells(read_pdf(drawn(tmp_path, page(50)))) == [table]
    document = read_pdf(drawn(tmp_path, page(50, "")))
    assert cells(document) == [] and len(document.unreadable) == 1


def test_rows_of_amounts_without_any_rule_are_named(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 60, 100, "预算支出总表")
        for number, row in enumerate(BODY):
            for column, text in enumerate(row):
                text_at(canvas, 60 + 100 * column, 130 + 20 * number, text)

    document = read_pdf(drawn(tmp_path, page))
    assert cells(document) == []
    assert [(place.page, place.line) for place, _ in document.unreadable] == [(1, 2)]
    assert document.unreadable[0][1] == said("readers.stray_rows", n=3, text="行政运行 7.57 7.57")


# --- files that are no disclosure ------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    """The one line with which the file is refused, within its limits."""
    start = worked()
    with pytest.raises(DocumentError) as caught:
        read_pdf(path)
    assert worked() - start < 12
    message = str(caught.value)
    assert message.startswith(f"{path.name}: ") and "\n" not in message
    return message


def written(tmp_path: Path, content: bytes, name: str = "bad.pdf") -> Path:
    """A file with this content."""
    path = tmp_path / name
    path.write_bytes(content)
    return path


def scan_page(canvas: Canvas) -> None:
    """A page that is one picture."""
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    start = worked()
    assert "第 1–2 页没有文字层" in refused(drawn(tmp_path, scan_page, scan_page))
    assert worked() - start < 2
    mixed = drawn(tmp_path, lambda canvas: text_at(canvas, 60, 100, "目录"), scan_page, scan_page)
    document = read_pdf(mixed)
    assert texts(document) == ["目录"]
    assert document.unreadable == [(Place(2, None), said("readers.scanned", n=2, pages="2–3"))]


def test_files_that_are_no_pdf(tmp_path: Path) -> None:
    assert "empty" in refused(written(tmp_path, b""))
    assert "not a PDF" in refused(written(tmp_path, "部门预算公开".encode()))
    assert "not a PDF" in refused(written(tmp_path, b"PK\x03\x04" + b"\0" * 500))
    assert "cannot be opened" in refused(tmp_path / "absent.pdf")
    assert "damaged" in refused(written(tmp_path, b"%PDF-1.7\n" + b"\x07garbage" * 200))


def test_an_encrypted_file_asks_for_a_copy(tmp_path: Path) -> None:
    locked = StandardEncryption("user", "owner", strength=128)
    assert "password" in refused(drawn(tmp_path, lambda canvas: text_at(canvas, 60, 100, "预算"), encrypt=locked))
    printable = StandardEncryption("", "owner", canCopy=0, strength=128)
    document = read_pdf(drawn(tmp_path, lambda canvas: text_at(canvas, 60, 100, "预算"), encrypt=printable))
    assert texts(document) == ["预算"]


def pages_of(count: int, extra: bytes = b"") -> bytes:
    """A PDF of empty pages, written by hand."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % extra] * count
    body = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(body + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def test_huge_and_nested_files_are_bounded(tmp_path: Path) -> None:
    assert "nothing is printed" in refused(written(tmp_path, pages_of(3)))
    assert "10000 pages" in refused(written(tmp_path, pages_of(10_000)))
    deep = b"/Resources<</XObject<</A " + b"[" * 200_000 + b"]" * 200_000 + b">>>>"
    refused(written(tmp_path, pages_of(1, deep)))


def test_a_page_of_endless_drawing_is_bounded(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas._code.append("1 0 0 1 0 0 cm 10 10 m 500 500 l S " * 1_500_000)

    start = worked()
    try:
        read_pdf(drawn(tmp_path, page, pageCompression=1))
    except DocumentError as error:
        assert "\n" not in str(error)
    assert worked() - start < 13


def test_damaged_copies_are_read_or_refused_in_one_line(tmp_path: Path) -> None:
    whole = drawn(tmp_path, lambda canvas: table_on(canvas, [HEAD, *BODY], 100)).read_bytes()
    outcomes: Counter[str] = Counter()
    for step in range(1, 21):
        cut = whole[: len(whole) * step // 21]
        flipped = bytearray(whole)
        for place in range(step, len(whole), 97):
            flipped[place] ^= 1 << (step % 8)
        for content in (cut, bytes(flipped)):
            start = worked()
            try:
                document = read_pdf(written(tmp_path, content))
                outcomes["read"] += 1
                assert document.pages
            except DocumentError as error:
                outcomes["refused"] += 1
                assert str(error).startswith("bad.pdf: ") and "\n" not in str(error)
            assert worked() - start < 12
    assert outcomes.total() == 40 and outcomes["refused"] > 0


# --- the second engine ------------------------------------------------------------------------------------------------


def through_pdfplumber(path: Path, pages: Iterable[int]) -> RawDocument:
    """The document's pages as read with pdfplumber under the same grid."""
    with pdfplumber.open(path) as source:
        return assemble(path.name, [pdf_plumber.read_page(source, number) for number in pages])


def test_both_engines_give_the_same_blocks(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 60, 90, "部门名称：某中心")
        table_on(canvas, [HEAD, *BODY], 100)

    path = drawn(tmp_path, page, three_line_head)
    assert cells(through_pdfplumber(path, range(2))) == cells(read_pdf(path)) != []
    assert texts(through_pdfplumber(path, range(2))) == texts(read_pdf(path)) == ["部门名称：某中心"]


# --- real material ----------------------------------------------------------------------------------------------------

AMOUNT = re.compile(r"-?[\d,]*\d\.\d\d")
TYPESET = ["chrome_hair", "lo_ruled", "rl_longtable"]


def amount_rows(document: RawDocument) -> Counter[tuple[str, ...]]:
    """For each row with an amount: its amounts in order, thousands separators dropped."""
    rows: Counter[tuple[str, ...]] = Counter()
    for table in document.tables():
        for row in table.rows:
            found = tuple(key(cell).replace(",", "") for cell in row.cells if AMOUNT.fullmatch(key(cell)))
            if found:
                rows[found] += 1
    return rows


def filled_cells(document: RawDocument) -> Counter[str]:
    """Every filled cell of every table."""
    return Counter(
        key(cell).replace(",", "")
        for table in document.tables()
        for row in table.rows
        for cell in row.cells
        if key(cell)
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", [*(f"{n:03}_{kind}" for n in range(5) for kind in TYPESET), "004_lo_three"])
def test_a_typeset_document_has_the_cells_of_its_text(shared: Path, name: str) -> None:
    text = read_text(next((shared / "disclosures").glob(f"{name[:3]}_*.txt")))
    document = read_pdf(shared / "pdf" / f"{name}.pdf")
    assert document.unreadable == []
    assert amount_rows(text) - amount_rows(document) == Counter()
    wanted = filled_cells(text)
    assert (wanted & filled_cells(document)).total() >= 0.98 * wanted.total()


@pytest.mark.shared
def test_the_scan_is_named_within_two_seconds(shared: Path) -> None:
    start = worked()
    assert "第 1–34 页没有文字层" in refused(shared / "pdf" / "000_scan_gray150.pdf")
    assert worked() - start < 2


@pytest.mark.shared
@pytest.mark.parametrize("name", ["001_chrome_hair", "003_rl_longtable", "004_lo_three"])
def test_both_engines_agree_on_typeset_pages(shared: Path, name: str) -> None:
    path = shared / "pdf" / f"{name}.pdf"
    other = through_pdfplumber(path, range(4, 12))
    rows = [tuple(map(squeeze, row.cells)) for table in other.tables() for row in table.rows]
    document = read_pdf(path)
    same = [
        tuple(map(squeeze, row.cells))
        for table in document.tables()
        for row in table.rows
        if 5 <= (row.place.page or 0) <= 12
    ]
    assert rows == same and len(rows) > 50


def number(cell: str) -> Decimal:
    """The amount in a cell; blank counts as nothing."""
    return Decimal(cell.replace(",", "") or 0)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "上海_10_2026",
        "北京_15_2026_tables",
        "深圳_07_2026",
        "烟台_03_2026",
        "苏州_05_2026",
        "杭州_14_2026",
        "西安_52_2019",
    ],
)
def test_real_files_are_read_whole(shared: Path, name: str) -> None:
    document = read_pdf(shared / "real" / f"{name}.pdf")
    assert document.unreadable == [] and document.gaps == [] and document.repeated == [] and list(document.tables())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "page", "total", "parts"),
    [
        ("上海_10_2026", 10, 4, (5, 6)),
        ("深圳_07_2026", 18, 3, (4, 5, 6, 7, 8)),
        ("烟台_03_2026", 11, 4, (5, 6, 7)),
        ("苏州_05_2026", 11, 2, (3, 4, 5, 6, 7)),
    ],
)
def test_real_rows_add_up(shared: Path, name: str, page: int, total: int, parts: tuple[int, ...]) -> None:
    document = read_pdf(shared / "real" / f"{name}.pdf")
    tables: list[RawTable] = [table for table in document.tables() if table.place.page == page]
    rows = [row.cells for table in tables for row in table.rows if re.fullmatch(r"[\d,.]+", row.cells[total])]
    assert len(rows) > 5
    for row in rows:
        assert number(row[total]) == sum(number(row[part]) for part in parts), row
