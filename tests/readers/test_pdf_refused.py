"""Files that are no disclosure: named in one line, bounded in time and memory."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from drawing import BODY, HEAD, HEIGHT, WIDTH, drawn, pages_of, refused, table_on, text_at, texts, worked, written
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import Place
from budgetdata.base.said import said
from budgetdata.readers.pdf.process import read_pdf


def scan_page(canvas: Canvas) -> None:
    """A page that is one picture."""
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    start = worked()
    assert "pages 1–2 have no text layer (没有文字层)" in refused(drawn(tmp_path, scan_page, scan_page))
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
