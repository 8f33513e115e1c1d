"""Three-line tables of a PDF: read by their heads, over pages, and never guessed where a number stands over an edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from drawing import BODY, FONT, HEAD, HEIGHT, cells, drawn, table_on, text_at, texts, through_pdfplumber
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from budgetdata.base.said import said
from budgetdata.readers.pdf.process import read_pdf

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


def test_both_engines_give_the_same_blocks(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 60, 90, "部门名称：某中心")
        table_on(canvas, [HEAD, *BODY], 100)

    path = drawn(tmp_path, page, three_line_head)
    assert cells(through_pdfplumber(path, range(2))) == cells(read_pdf(path)) != []
    assert texts(through_pdfplumber(path, range(2))) == texts(read_pdf(path)) == ["部门名称：某中心"]


def test_the_scale_of_a_framed_chart_is_no_table(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(60, HEIGHT - 300, 470, 200)
        text_at(canvas, 150, 118, "支出（按功能科目分）")
        text_at(canvas, 330, 118, "金额（万元）")
        for number in range(6):
            text_at(canvas, 80, 150 + 25 * number, str(50_000 - 10_000 * number))
            canvas.line(120, HEIGHT - 146 - 25 * number, 500, HEIGHT - 146 - 25 * number)

    document = read_pdf(drawn(tmp_path, page))
    assert cells(document) == [] and document.unreadable == []
