"""Pages as pictures: found cells framed, personal data covered, and a passport's clip of the place around its figure."""

from __future__ import annotations

import io
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from drawing import BODY, HEAD, drawn, table_on, text_at
from made import NAME, PHONE
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from streamlit.testing.v1 import AppTest

from budgetdata.__main__ import main
from budgetdata.base.errors import DocumentError
from budgetdata.build.build import build
from budgetdata.readers.pdf.drawing import AROUND, CLIP_DPI, DPI, FRAME, HIDDEN, MARK
from budgetdata.readers.pdf.picture import clip, page_png
from budgetdata.readers.pdf.process import read_pdf
from budgetdata.register.sources import Source, document_id_of, sha256_of, write_sources
from budgetdata.show import pictures as show_pictures
from budgetdata.show.pictures import draw, figure_clip
from budgetdata.store.database import open_readonly

SAMPLE = Path(__file__).parents[1] / "samples" / "invented_spreadsheet.pdf"
BOX = (60.0, 100.0, 170.0, 120.0)


def opened(png: bytes) -> Image.Image:
    """A PNG as an image."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def at(image: Image.Image, x: float, y: float, dpi: int) -> tuple[int, ...]:
    """The colour at a point of the page."""
    pixel = image.getpixel((round(x * dpi / 72), round(y * dpi / 72)))
    assert isinstance(pixel, tuple)
    return pixel


def one_table(canvas: Canvas) -> None:
    """A page with a table at (60, 100)."""
    table_on(canvas, [HEAD, *BODY], 100)


def test_found_cells_are_framed_where_they_stand(tmp_path: Path) -> None:
    path = drawn(tmp_path, one_table)
    lines = list(draw(path, tmp_path / "out"))
    assert lines == [f"{tmp_path / 'out' / 'page-001.png'}: 16 cells"]
    image = Image.open(tmp_path / "out" / "page-001.png").convert("RGB")
    assert abs(image.width - 595 * DPI / 72) <= 1 and abs(image.height - 842 * DPI / 72) <= 1
    boxes = [box for row in next(read_pdf(path).tables()).rows for box in row.boxes if box]
    assert len(boxes) == 16
    for x0, top, x1, bottom in boxes:
        middle = (x0 + x1) / 2
        assert FRAME in [at(image, middle, top + step / 2, DPI) for step in range(-3, 4)]
        assert at(image, x1 - 4, bottom - 4, DPI) == (255, 255, 255)


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_a_turned_page_is_drawn_as_its_boxes_count(tmp_path: Path, turn: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        if turn == 90:
            canvas.rotate(90)
            canvas.translate(0, -595)
        elif turn == 270:
            canvas.rotate(-90)
            canvas.translate(-595, 0)
        one_table(canvas) if turn == 0 else table_on(canvas, [HEAD, *BODY], 342)

    path = drawn(tmp_path, page)
    rows = next(read_pdf(path).tables()).rows
    box = rows[2].boxes[1]
    assert rows[2].cells[1] == "94.30" and box is not None
    image = opened(page_png(path, 1, [], [box]))
    assert at(image, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, DPI) == HIDDEN
    left = rows[2].boxes[0]
    assert left is not None
    dark = [
        at(image, x / 2, (left[1] + left[3]) / 2, DPI) for x in range(round(2 * left[0]) + 4, round(2 * left[2]) - 4)
    ]
    assert min(min(pixel) for pixel in dark) < 120, "the neighbour's text stands where its box says"


def test_personal_data_are_covered_or_the_page_is_not_drawn(tmp_path: Path) -> None:
    rows = [["负责人：", NAME, "联系电话：", PHONE], ["项目", "一", "二", "三"]]

    def inside(canvas: Canvas) -> None:
        table_on(canvas, rows, 100)

    def outside(canvas: Canvas) -> None:
        one_table(canvas)
        text_at(canvas, 60, 400, f"经办人：{NAME} 联系电话：{PHONE}")

    lines = list(draw(drawn(tmp_path, inside, outside), tmp_path))
    assert lines[0].endswith("page-001.png: 8 cells") and lines[1].startswith("page 2: not drawn")
    image = Image.open(tmp_path / "page-001.png").convert("RGB")
    assert at(image, 200, 110, DPI) == at(image, 420, 110, DPI) == HIDDEN
    assert HIDDEN not in [at(image, x, 130, DPI) for x in range(62, 480)]
    assert not (tmp_path / "page-002.png").exists()


def test_a_clip_shows_the_figure_and_what_stands_around_it(tmp_path: Path) -> None:
    path = drawn(tmp_path, one_table)
    image = opened(clip(path, 1, BOX))
    assert abs(image.width - 595 * CLIP_DPI / 72) <= 1
    assert abs(image.height - (20 + 2 * AROUND) * CLIP_DPI / 72) <= 2
    assert MARK in [at(image, 115, AROUND + step / 4, CLIP_DPI) for step in range(-8, 9)]
    assert opened(clip(path, 1, (0.0, 0.0, 20.0, 5.0))).height < image.height
    with pytest.raises(DocumentError, match="page 9"):
        clip(path, 9, BOX)


def test_the_command_draws_a_stored_document_and_any_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, db = tmp_path / "in", tmp_path / "a.db"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "invented_2031.pdf")
    build(db, from_dir=folder, jobs=1)
    command = ["show", "云中县虚构局", "--db", str(db), "--png"]
    assert main([*command, str(tmp_path / "one"), "--table", "12"]) == 0
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["page-007.png"]
    assert main(["show", str(SAMPLE), "--db", str(tmp_path / "none.db"), "--png", str(tmp_path / "all")]) == 0
    assert len(list((tmp_path / "all").iterdir())) == 8
    assert "cells" in capsys.readouterr().out
    (folder / "a.txt").write_text("云中县虚构局\n2031年度部门预算公开\n", encoding="utf-8")
    assert main([*command[:1], str(tmp_path / "absent.pdf"), *command[2:], str(tmp_path / "no")]) == 2


@pytest.fixture
def registered(tmp_path: Path) -> tuple[Path, Path]:
    """A data directory in which the invented PDF is registered, and the database built from it."""
    data = tmp_path / "data"
    sha256 = sha256_of(SAMPLE.read_bytes())
    name = f"{document_id_of(sha256)}.pdf"
    (data / "disclosures").mkdir(parents=True)
    shutil.copy(SAMPLE, data / "disclosures" / name)
    source = Source(
        SAMPLE.name, sha256, document_id_of(sha256), "云中县虚构局", year=2031, region="云中县", source_kind="pdf",
        stored_as=name, registered_on="2031-01-01",
    )  # fmt: skip
    write_sources(data, [source])
    db = data / "budget.db"
    assert build(db, data_dir=data, jobs=1).exit_code == 0
    return data, db


def test_a_pdf_figure_knows_its_box_and_a_view_does_not_show_it(registered: tuple[Path, Path]) -> None:
    data, db = registered
    with closing(open_readonly(db)) as connection:
        figures = connection.execute("SELECT * FROM figure ORDER BY rowid").fetchall()
        public = [column[0] for column in connection.execute("SELECT * FROM figures").description]
    assert figures and all(figure["box"] for figure in figures) and "box" not in public
    stored = next((data / "disclosures").iterdir())
    rows = {(row.place.page, row.place.line): row for table in read_pdf(stored).tables() for row in table.rows}
    for figure in figures:
        row = rows[figure["page"], figure["line"]]
        boxes = {
            ",".join(f"{value:.1f}" for value in box): text
            for text, box in zip(row.cells, row.boxes, strict=True)
            if box
        }
        assert boxes[figure["box"]] == figure["raw"]


def test_the_clip_of_a_registered_pdf(registered: tuple[Path, Path]) -> None:
    data, db = registered
    with closing(open_readonly(db)) as connection:
        figure = connection.execute("SELECT * FROM figure WHERE table_no = 10 LIMIT 1").fetchone()
    png = figure_clip(figure["document_id"], figure["page"], figure["box"], data)
    assert png is not None and opened(png).width > 500
    assert figure_clip(figure["document_id"], figure["page"], None, data) is None
    assert figure_clip("no such document", figure["page"], figure["box"], data) is None
    assert figure_clip(figure["document_id"], 999, figure["box"], data) is None


def test_the_passport_shows_the_place_in_the_pdf(
    registered: tuple[Path, Path], repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, db = registered
    monkeypatch.setattr(show_pictures, "DATA_DIR", data)
    monkeypatch.setenv("BUDGETDATA_DB", str(db))
    with closing(open_readonly(db)) as connection:
        figure_id = connection.execute("SELECT figure_id FROM figure WHERE table_no = 12 LIMIT 1").fetchone()[0]

    def passport() -> None:
        import os
        from pathlib import Path

        from budgetdata.queries.base import open_database
        from budgetdata.ui import passport

        passport.show(open_database(Path(os.environ["BUDGETDATA_DB"])), "zh")

    app = AppTest.from_function(passport, default_timeout=60)
    app.query_params["f"] = figure_id
    app.run()
    assert not app.exception
    assert len(app.get("image")) == 1
    assert any("原文件的这一处" in element.proto.body for element in app.get("html"))
