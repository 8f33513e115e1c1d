"""What a reader of the page sees is read, and nothing else: hidden, covered, clipped, switched-off and annotated text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from budgetdata.base.raw import TEXT_CUT, RawDocument
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.layout.geometry import RawGlyph
from budgetdata.readers.pdf.child import read_here
from budgetdata.readers.pdf.hidden import only_seen, without_spilled
from budgetdata.readers.pdf.opened import has_layers

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
XS, TOP, HIGH = (60, 200, 300, 400), 700, 20
ROWS = [("项目", "合计", "基本支出"), ("行政运行", "12.50", "12.50"), ("公务接待", "2.00", ""), ("合计", "14.50", "")]
AT = (306.0, 700.0 - 2 * 20 - 14)  # where the blank cell of 公务接待 begins to print


def table(canvas: Canvas) -> None:
    """A ruled table of four rows."""
    canvas.setFont(FONT, 10)
    for number in range(len(ROWS) + 1):
        canvas.line(XS[0], TOP - HIGH * number, XS[-1], TOP - HIGH * number)
    for x in XS:
        canvas.line(x, TOP, x, TOP - HIGH * len(ROWS))
    for number, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 6, TOP - HIGH * number - 14, text)


def made(path: Path, more: Callable[[Canvas], None], before: Callable[[Canvas], None] | None = None) -> RawDocument:
    """The document of one page with the table and what is drawn before and after it."""
    canvas = Canvas(str(path), pagesize=(500, 800))
    if before:
        before(canvas)
    table(canvas)
    more(canvas)
    canvas.save()
    return read_here(path, 60)


def rows(document: RawDocument) -> list[tuple[str, ...]]:
    """The cells of the only table."""
    [found] = document.tables()
    return [row.cells for row in found.rows]


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(*AT, "9.99")


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.99, 0.97, 0.98)
    canvas.drawString(*AT, "9.99")


def white_over_black(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(207, AT[1], "9.99")


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(*AT)
    text.setTextRenderMode(3)
    text.textOut("9.99")
    canvas.drawText(text)


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(*AT, "9.99")


def tiny(canvas: Canvas) -> None:
    canvas.setFont(FONT, 0.4)
    canvas.drawString(*AT, "9.99")


def outside(canvas: Canvas) -> None:
    canvas.drawString(-40, AT[1], "9.99")
    canvas.drawString(320, -30, "8.88")


def under_a_box(canvas: Canvas) -> None:
    canvas.drawString(*AT, "9.99")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(AT[0] - 2, AT[1] - 3, 40, 14, stroke=0, fill=1)


def under_a_picture(canvas: Canvas) -> None:
    canvas.drawString(*AT, "9.99")
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), (255, 255, 255))), AT[0] - 2, AT[1] - 3, 40, 14)


def clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(10, 10, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(*AT, "9.99")
    canvas.restoreState()


def clipped_with_its_form(canvas: Canvas) -> None:
    canvas.beginForm("part", 0, 0, 500, 800)
    canvas.setFont(FONT, 10)
    canvas.drawString(*AT, "9.99")
    canvas.endForm()
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(10, 10, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.doForm("part")
    canvas.restoreState()


def behind_a_word(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(*AT, "未公开")


BESIDE = [white_over_black, outside, behind_a_word]
HIDDEN = [
    under_a_box,
    under_a_picture,
    white,
    nearly_white,
    invisible,
    transparent,
    tiny,
    clipped,
    clipped_with_its_form,
]


@pytest.mark.parametrize("hide", BESIDE, ids=[hide.__name__ for hide in BESIDE])
def test_what_cannot_be_seen_is_not_read_and_is_named(tmp_path: Path, hide: Callable[[Canvas], None]) -> None:
    document = made(tmp_path / "a.pdf", hide)
    assert rows(document) == ROWS
    assert [mark.code for _, mark in document.left_out] == ["readers.unseen"]


@pytest.mark.parametrize("hide", HIDDEN, ids=[hide.__name__ for hide in HIDDEN])
def test_a_number_that_is_drawn_and_not_seen_is_unread_not_blank(
    tmp_path: Path, hide: Callable[[Canvas], None]
) -> None:
    document = made(tmp_path / "a.pdf", hide)
    differ = [(one, other) for one, other in zip(rows(document), ROWS, strict=True) if one != other]
    assert differ == [(("公务接待", "2.00", UNREAD), ("公务接待", "2.00", ""))]
    assert [mark.code for _, mark in document.left_out] == ["readers.unseen"]


def test_a_number_under_a_white_one_is_unread_where_most_of_its_ink_is_gone(tmp_path: Path) -> None:
    def exactly_over(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(206, AT[1], "8.88")

    document = made(tmp_path / "a.pdf", exactly_over)
    assert rows(document) == [*ROWS[:2], ("公务接待", UNREAD, ""), ROWS[3]]


@pytest.mark.parametrize(("size", "angle", "shade"), [(10, 0, 0.85), (40, 45, 0.5), (40, 0, 0.3), (10, 30, 0.3)])
def test_a_watermark_over_a_number_that_is_not_seen_is_not_read_in_its_place(
    tmp_path: Path, size: int, angle: int, shade: float
) -> None:
    def watermark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(shade, shade, shade)
        canvas.setFont(FONT, size)
        canvas.translate(*AT)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    def both(canvas: Canvas) -> None:
        watermark(canvas)
        white(canvas)

    cell = rows(made(tmp_path / "made.pdf", both))[2][2]
    assert UNREAD in cell and "9" not in cell


def test_what_replaces_a_covered_number_is_read(tmp_path: Path) -> None:
    def corrected(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(202, AT[1] - 4, 90, 15, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(206, AT[1], "3.00")

    document = made(tmp_path / "a.pdf", corrected)
    assert rows(document)[2] == ("公务接待", "3.00", "")
    assert document.left_out[0][1] == said("readers.unseen", n=4)


def test_white_on_a_dark_shade_and_text_under_a_thin_veil_are_seen(tmp_path: Path) -> None:
    def dark(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(XS[2], TOP - 3 * HIGH, 100, HIGH, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)

    def veiled(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(*AT, "9.99")
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        canvas.setFillAlpha(0.2)
        canvas.rect(XS[0], TOP - 4 * HIGH, 240, 80, stroke=0, fill=1)

    document = made(tmp_path / "a.pdf", veiled, dark)
    assert rows(document) == [*ROWS[:2], ("公务接待", "2.00", "9.99"), ROWS[3]] and document.left_out == []


@pytest.mark.parametrize("place", [(206, 0), AT], ids=["over a number", "over a blank cell"])
def test_a_form_field_with_a_value_makes_its_cell_unread(tmp_path: Path, place: tuple[float, float]) -> None:
    def field(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="a", x=place[0], y=AT[1] - 2, width=60, height=13, value="3.00", fontSize=8)

    read = rows(made(tmp_path / "a.pdf", field))
    assert [row for number, row in enumerate(read) if number != 2] == [ROWS[0], ROWS[1], ROWS[3]]
    assert read[2] == (("公务接待", UNREAD, "") if place[0] == 206 else ("公务接待", "2.00", UNREAD))


def test_a_number_in_a_layer_that_is_off_is_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    body = "".join(f"{x} 620 m {x} 700 l S " for x in XS) + "".join(
        f"60 {y} m 400 {y} l S " for y in range(620, 701, 20)
    )
    words = "BT /F 10 Tf 66 686 Td (A) Tj 140 0 Td (B) Tj -140 -20 Td (1.00) Tj ET "
    off = "/OC /L BDC BT /F 10 Tf 206 666 Td (9.99) Tj ET EMC "
    on = "/OC /M BDC BT /F 10 Tf 206 646 Td (7.77) Tj ET EMC "
    path.write_bytes(layered_pdf(body + words + off + on))
    assert has_layers(path)
    assert [tuple(filter(None, row)) for row in rows(read_here(path, 60))] == [("A", "B"), ("1.00", UNREAD), ("7.77",)]


def layered_pdf(content: str) -> bytes:
    """A PDF of one page with a layer L that is off and a layer M that is on."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<</ON[7 0 R]/OFF[6 0 R]>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R"
        "/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R/M 7 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/OCG/Name(L)>>",
        "<</Type/OCG/Name(M)>>",
    ]
    data, places = b"%PDF-1.5\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj{text}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF".encode()


def test_a_point_that_is_not_seen_between_digits_that_are_makes_their_number_unread() -> None:
    glyphs = [
        RawGlyph(
            sign, (x, 0.0, x + 5, 10.0), (x + 1, 0.0, x + 4, 1.0 if sign == "." else 7.0), (x, 0.0), 10.0, 0.0, False
        )
        for x, sign in zip(range(0, 30, 5), "112.50", strict=True)
    ]
    unseen = [(glyph, glyph.text != ".") for glyph in glyphs]
    assert "".join(glyph.text for glyph in only_seen(unseen)) == f"112{UNREAD}50"
    below = (-5.0, 2.0, 50.0, 12.0)  # the clip's lower edge lies above the point
    kept, _ = without_spilled([(glyph, True) for glyph in glyphs], {3: below})
    assert "".join(glyph.text for glyph, is_seen in kept if is_seen) == f"112{UNREAD}50"
    assert len(without_spilled([(glyph, True) for glyph in glyphs[:4]], {3: below})[0]) == 3


@pytest.mark.parametrize(("text", "beside", "read"), [("12.50", "年", f"{UNREAD * 4}年"), ("12", "年", "年")])
def test_words_beside_an_amount_that_is_not_seen_are_of_the_next_cell(text: str, beside: str, read: str) -> None:
    signs = [(5.0 * n, sign) for n, sign in enumerate(text)] + [(5.0 * len(text) + 2.5, beside)]
    glyphs = [RawGlyph(sign, (x, 0.0, x + 5, 10.0), (x, 0.0, x + 4, 7.0), (x, 0.0), 10.0, 0.0) for x, sign in signs]
    seen = only_seen([*((glyph, False) for glyph in glyphs[:-1]), *[(glyphs[-1], True)] * 9])
    assert "".join(glyph.text for glyph in seen) == read + beside * 8


def spilling(canvas: Canvas) -> None:
    """A cell whose second line runs over its lower edge, into the blank cell below it, where a number stands."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(301, AT[1] + 16, 98, 18)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(350, AT[1] + 22, "万")
    canvas.drawString(316, AT[1] + 8, "说明20")
    canvas.restoreState()
    canvas.drawString(*AT, "8")


def spilling_from_a_form(canvas: Canvas) -> None:
    """The same where a form of half the size prints it and the clip is the form's."""
    canvas.beginForm("cell", 0, 0, 1000, 1600)
    canvas.setFont(FONT, 20)
    canvas.drawString(700, 2 * AT[1] + 44, "万")
    canvas.drawString(632, 2 * AT[1] + 16, "说明20")
    canvas.endForm()
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(301, AT[1] + 16, 98, 18)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.scale(0.5, 0.5)
    canvas.doForm("cell")
    canvas.restoreState()
    canvas.drawString(*AT, "8")


def stroked(canvas: Canvas) -> None:
    canvas.line(XS[0], TOP - 30, XS[-1], TOP - 30)
    canvas.line(250, TOP, 250, TOP - 80)


def filled(canvas: Canvas) -> None:
    canvas.rect(XS[0], TOP - 30, XS[-1] - XS[0], 0.5, stroke=0, fill=1)
    canvas.rect(250, TOP - 80, 0.5, 80, stroke=0, fill=1)


def shaded(canvas: Canvas) -> None:
    """Shades that end where the clip begins: nothing of them is drawn, not their edge either."""
    canvas.setFillColorRGB(0.8, 0.8, 0.8)
    canvas.rect(XS[0], TOP - 80, XS[-1] - XS[0], 50, stroke=0, fill=1)


def of_pictures(canvas: Canvas) -> None:
    black = ImageReader(Image.new("RGB", (8, 8), (0, 0, 0)))
    canvas.drawImage(black, XS[0], TOP - 30, XS[-1] - XS[0], 0.5)
    canvas.drawImage(black, 250, TOP - 80, 0.5, 80)


ELSEWHERE = (10, 10, 480, 50)


@pytest.mark.parametrize(
    ("draws", "clip"),
    [(stroked, ELSEWHERE), (filled, ELSEWHERE), (of_pictures, ELSEWHERE), (shaded, (10, TOP - 29.5, 480, 90))],
)
def test_a_rule_outside_the_clip_of_its_form_divides_nothing(
    tmp_path: Path, draws: Callable[[Canvas], None], clip: tuple[float, float, float, float]
) -> None:
    def behind_its_clip(canvas: Canvas) -> None:
        canvas.beginForm("rules", 0, 0, 500, 800)
        draws(canvas)
        canvas.endForm()
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(*clip)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.doForm("rules")
        canvas.restoreState()

    assert rows(made(tmp_path / "a.pdf", behind_its_clip)) == ROWS


@pytest.mark.parametrize("draws", [spilling, spilling_from_a_form])
def test_what_runs_over_the_edge_of_its_cell_is_no_part_of_the_next(
    tmp_path: Path, draws: Callable[[Canvas], None]
) -> None:
    document = made(tmp_path / "a.pdf", draws)
    assert rows(document)[2] == ("公务接待", "2.00", "8")
    assert [why.args["text"] for _, why in document.left_out if why.code == TEXT_CUT] == [rows(document)[1][2]]


def test_what_a_form_draws_that_draws_itself_is_not_read_and_the_page_says_so(tmp_path: Path) -> None:
    made(tmp_path / "a.pdf", lambda canvas: None)
    with pikepdf.open(tmp_path / "a.pdf") as document:
        page = document.pages[0]
        form = page.as_form_xobject()
        name = page.add_resource(form, pikepdf.Name.XObject)
        form.Resources = page.Resources
        form.write(form.read_bytes() + f"\nq 0 160 500 20 re W n 1 0 0 1 0 -{HIGH} cm {name} Do Q".encode())
        page.contents_add(f"q 1 0 0 1 0 -300 cm 0 700 500 20 re W n {name} Do Q".encode())
        document.save(tmp_path / "b.pdf")
    read = read_here(tmp_path / "b.pdf", 60)
    assert said("readers.page_cut") in [reason for _, reason in read.unreadable]
    assert sum("行政运行" in cell for table in read.tables() for row in table.rows for cell in row.cells) == 1
