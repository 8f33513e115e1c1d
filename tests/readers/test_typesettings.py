"""Typesettings made here by other means than those of ../shared: a browser and a spreadsheet print an invented document.

Its facts must be those of its text form, in every public field.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from invented import as_html, as_text, as_workbook, invented
from parity import Rows, differences, public_rows

from budgetdata.build.document import read_facts
from budgetdata.register.sources import Source

SAMPLE = Path(__file__).parents[1] / "samples" / "invented_spreadsheet.pdf"
SECONDS = 120
PAPERS = {
    "wide margins, sans, shaded head": """
        @page { size: A4; margin: 26mm 18mm }
        body { font: 9pt/1.35 'WenQuanYi Micro Hei', sans-serif } p { margin: 4pt 0; text-align: center }
        table { border-collapse: collapse; width: 100% } td { border: 0.4pt solid #777; padding: 2pt 3pt }
        tr:nth-child(-n+2) td { background: #dde6f0; font-weight: bold; text-align: center }""",
    "landscape, large type, thick frame, numbers to the right": """
        @page { size: A4 landscape; margin: 12mm }
        body { font: 11pt/1.2 monospace } p { margin: 8pt 0 }
        table { border-collapse: collapse; border: 1.5pt solid black; width: 92%; margin: 0 auto }
        td { border: 0.75pt solid black; padding: 4pt 6pt } td:nth-child(n+3) { text-align: right }
        tr { break-inside: avoid }""",
}


def rows_of(path: Path, folder: Path) -> Rows:
    """The public rows of a document read on its own."""
    return public_rows(read_facts(path, Source(path.name, "0" * 64)), folder)


@pytest.fixture(scope="module")
def text_rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The public rows of the text form, all of it read and every sum balanced."""
    folder = tmp_path_factory.mktemp("invented")
    path = folder / "invented.txt"
    path.write_text(as_text(invented()), encoding="utf-8")
    facts = read_facts(path, Source(path.name, "0" * 64))
    assert facts.status == "read" and not [check for check in facts.checks if check.status == "different"]
    rows = public_rows(facts, folder)
    assert len(rows["figures"]) > 250 and len(rows["projects"]) == 2 and len(rows["targets"]) == 14
    return rows


@pytest.mark.browser
@pytest.mark.parametrize("paper", PAPERS)
def test_a_browser_prints_the_same_facts(chromium_path: str, tmp_path: Path, text_rows: Rows, paper: str) -> None:
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(as_html(invented(), PAPERS[paper]), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", profile]
    command = [chromium_path, *flags, f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    assert differences(text_rows, rows_of(printed, tmp_path)) == {}


def test_a_spreadsheet_prints_the_same_facts(tmp_path: Path, text_rows: Rows) -> None:
    assert differences(text_rows, rows_of(SAMPLE, tmp_path)) == {}


def test_a_spreadsheet_printed_now_gives_the_same_facts(tmp_path: Path, text_rows: Rows) -> None:
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        pytest.skip(f"LibreOffice is not installed; what it prints is kept as {SAMPLE.name} and read in the test above")
    book = tmp_path / "book.xlsx"
    as_workbook(invented(), book)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    assert differences(text_rows, rows_of(tmp_path / "book.pdf", tmp_path)) == {}
