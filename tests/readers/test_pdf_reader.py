"""The PDF reader: every way of drawing a table gives its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from drawing import BODY, FONT, HEAD, HEIGHT, WIDTH, cells, drawn, expected, table_on, text_at, texts
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from budgetdata.base.raw import Paragraph
from budgetdata.base.text import normal
from budgetdata.layout.geometry import RawGlyph, upright
from budgetdata.layout.text import joined
from budgetdata.readers.pdf.process import read_pdf
from budgetdata.words.catalogue import tell


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
