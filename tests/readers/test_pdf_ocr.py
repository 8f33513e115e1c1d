"""Scanned pages: recognised only where asked for, and published only where their sums prove them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from documents import path_of, read_registered, sources
from invented import as_text, invented
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from budgetdata.__main__ import main
from budgetdata.base.errors import DocumentError
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import Place, RawDocument
from budgetdata.base.said import said
from budgetdata.build.document import facts_of, read_facts
from budgetdata.forms.declared import standard_forms
from budgetdata.readers.pdf import ocr as pdf_ocr
from budgetdata.readers.pdf.process import read_pdf
from budgetdata.readers.text import parse_text, read_text
from budgetdata.register.sources import Source
from tests.helpers.words import en, zh

SAMPLE = Path(__file__).parents[1] / "samples" / "invented_spreadsheet.pdf"
SCANNED = (0, 5, 6)  # pages with tables 1, 10 and 12
SCAN_DPI = 200
NOTE = (Place(1, None), said("readers.recognised", page=1, runs=9, median="0.98", least="0.71"))
needs_extra = pytest.mark.skipif(not pdf_ocr.is_installed(), reason=pdf_ocr.INSTALL)


def as_if_recognised(raw: RawDocument) -> DocumentFacts:
    """The facts of a document as if its text had been recognised."""
    raw = replace(raw, source_kind="pdf_ocr", notes=[NOTE])
    return facts_of(raw, Source(raw.source_file, "0" * 64), standard_forms())


def recognised(text: str) -> DocumentFacts:
    """The facts of a text as if it had been recognised."""
    return as_if_recognised(parse_text(text, "scan.pdf"))


def status(facts: DocumentFacts) -> dict[int, str]:
    """The tables that are there, and their status."""
    return {table.table_no: table.status for table in facts.tables if table.status != "missing"}


def test_what_sums_prove_is_kept_and_named_as_recognised() -> None:
    facts = recognised(as_text(invented()))
    assert facts.source_kind == "pdf_ocr" and facts.status == "partial"
    assert status(facts) == dict.fromkeys((1, 3, 5, 10, 12), "data")
    plain = facts_of(parse_text(as_text(invented()), "a.txt"), Source("a.txt", "0" * 64), standard_forms())
    assert facts.figures == plain.figures and facts.projects == plain.projects
    assert [sheet.funds for sheet in facts.sheets] == [sheet.funds for sheet in plain.sheets]
    assert NOTE[1] in [problem.message for problem in facts.problems if problem.severity == "note"]


def test_targets_have_no_sum_and_are_not_kept() -> None:
    facts = recognised(as_text(invented()))
    assert facts.sheets and not any(sheet.targets for sheet in facts.sheets)
    assert any("14 条指标没有合计可证" in zh(problem.message) for problem in facts.problems)


@pytest.mark.parametrize(
    ("printed", "misread", "table_no"),
    [("12.50", "12.60", 10), ("2.50", "250", 10), ("2.50", "2.S0", 10), ("3,756.38", "8,756.38", 12)],
)
def test_one_amount_misread_makes_its_table_unreadable(printed: str, misread: str, table_no: int) -> None:
    text = as_text(invented())
    at = text.rindex(f"\t{printed}")
    facts = recognised(text[:at] + f"\t{misread}" + text[at + 1 + len(printed) :])
    assert status(facts)[table_no] == "unreadable" and facts.status == "partial"
    assert not [figure for figure in facts.figures if figure.table_no == table_no]
    assert not [check for check in facts.checks if check.status == "different"]


def test_an_amount_that_stands_alone_is_not_kept() -> None:
    text = as_text(invented())
    at = text.index("合计\t12.50\n")
    facts = recognised(text[:at] + text[at + len("合计\t12.50\n") :])
    table = next(table for table in facts.tables if table.table_no == 10)
    assert table.status == "unreadable" and "no sum proves" in en(table.reason)


def test_sheet_amounts_that_do_not_add_up_are_not_kept() -> None:
    facts = recognised(as_text(invented()).replace("市县（区）财政资金\t37,563,800", "市县（区）财政资金\t37,563,808"))
    assert {horizon for sheet in facts.sheets for horizon, _ in sheet.funds} <= {"annual", "term"}
    kept = [sheet.funds for sheet in facts.sheets]
    plain = recognised(as_text(invented()))
    assert kept != [sheet.funds for sheet in plain.sheets]
    assert any("个金额" in zh(problem.message) for problem in facts.problems if problem.severity == "unread")


@pytest.mark.parametrize("document", list(sources()))
def test_nothing_unproved_of_a_real_document_would_be_kept(document: str) -> None:
    facts = as_if_recognised(read_text(path_of(document)))
    whole = {(f.table_no, f.side, f.row_no, f.column): f.fen for f in read_registered(document).figures}
    kept = {(f.table_no, f.side, f.row_no, f.column): f.fen for f in facts.figures}
    assert kept.items() <= whole.items() and len(kept) > 0.5 * len(whole)
    assert not facts.statements and not any(sheet.targets for sheet in facts.sheets)


def test_without_the_extra_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf_ocr, "EXTRA", ("no_such_module",))
    (tmp_path / "a.txt").write_text(as_text(invented()), encoding="utf-8")
    assert main(["build", "--ocr", "--from", str(tmp_path), "--db", str(tmp_path / "a.db")]) == 2
    error = capsys.readouterr().err
    assert "requirements-ocr.txt" in error and error.count("\n") == 1
    with pytest.raises(DocumentError, match="requirements-ocr"):
        pdf_ocr.Recogniser()


def scan_of(path: Path, target: Path, cover: tuple[str, str] | None = None) -> Path:
    """A grey, slightly turned and speckled picture of some pages; `cover` prints a wrong amount over one."""
    random = np.random.default_rng(4)
    canvas = Canvas(str(target))
    with pdfium.PdfDocument(path) as source:
        for index in SCANNED:
            page = source[index]
            picture = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
            if cover and cover[0] in (text := page.get_textpage().get_text_bounded()):
                _print_over(page, picture, text.index(cover[0]), cover)
            picture = picture.rotate(0.4, resample=Image.Resampling.BICUBIC, fillcolor=255)
            noise = random.normal(0, 6, (picture.height, picture.width))
            speckled = Image.fromarray(np.clip(np.asarray(picture, dtype=float) + noise, 0, 255).astype(np.uint8))
            buffer = io.BytesIO()
            speckled.save(buffer, "JPEG", quality=80)
            size = page.get_size()
            canvas.setPageSize(size)
            canvas.drawImage(ImageReader(buffer), 0, 0, *size)
            canvas.showPage()
    canvas.save()
    return target


def _print_over(page: pdfium.PdfPage, picture: Image.Image, at: int, cover: tuple[str, str]) -> None:
    text = page.get_textpage()
    boxes = [text.get_charbox(number) for number in range(at, at + len(cover[0]))]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = (page.get_height() - value for value in (max(box[3] for box in boxes), min(box[1] for box in boxes)))
    scale = SCAN_DPI / 72
    draw = ImageDraw.Draw(picture)
    draw.rectangle(((left - 1) * scale, (top - 1) * scale, (right + 1) * scale, (bottom + 1) * scale), fill=255)
    draw.text((left * scale, (top - 2) * scale), cover[1], fill=0, font=ImageFont.load_default(8 * scale))


@needs_extra
def test_a_scan_gives_the_amounts_of_the_document(tmp_path: Path) -> None:
    scan = scan_of(SAMPLE, tmp_path / "scan_2031.pdf")
    with pytest.raises(DocumentError, match="没有文字层"):
        read_pdf(scan)
    raw = read_pdf(scan, ocr=True)
    assert raw.source_kind == "pdf_ocr" and len(raw.notes) == len(SCANNED)
    facts = facts_of(raw, Source(scan.name, "0" * 64), standard_forms())
    whole = read_facts(SAMPLE, Source(SAMPLE.name, "0" * 64))
    wanted = {(f.table_no, f.side, f.row_no, f.column): f.fen for f in whole.figures if f.table_no in (1, 10, 12)}
    assert {(f.table_no, f.side, f.row_no, f.column): f.fen for f in facts.figures} == wanted


@needs_extra
def test_a_wrong_amount_on_a_scan_is_not_published(tmp_path: Path) -> None:
    scan = scan_of(SAMPLE, tmp_path / "scan_2031.pdf", ("12.50", "18.50"))
    facts = read_facts_with_ocr(scan)
    assert status(facts)[10] == "unreadable" and status(facts)[12] == "data"
    assert not [figure for figure in facts.figures if figure.table_no == 10]


def read_facts_with_ocr(path: Path) -> DocumentFacts:
    """The facts of a scan."""
    return facts_of(read_pdf(path, ocr=True), Source(path.name, "0" * 64), standard_forms())
