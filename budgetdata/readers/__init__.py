"""A path in, a RawDocument out. Nothing here knows what a budget is."""

from __future__ import annotations

from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import RawDocument

TEXT_SUFFIXES = {".txt", ".md"}
PDF_SUFFIXES = {".pdf"}
OFFICE_SUFFIXES = {".docx", ".xlsx", ".xls", ".html", ".htm"}
SUFFIXES = TEXT_SUFFIXES | PDF_SUFFIXES | OFFICE_SUFFIXES


def read_document(path: Path, ocr: bool = False) -> RawDocument:
    """The document at `path` as blocks in printed order; scanned pages are recognised only where `ocr` asks for it.

    Raises DocumentError with what to do where it cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        from budgetdata.readers.text import read_text

        return read_text(path)
    if suffix in PDF_SUFFIXES:
        from budgetdata.readers.pdf.process import read_pdf

        return read_pdf(path, ocr=ocr)
    if suffix in OFFICE_SUFFIXES:
        from budgetdata.readers.office.process import read_office

        return read_office(path)
    raise DocumentError(
        f"{path.name}: unknown kind of file '{suffix}'; a disclosure is one of {', '.join(sorted(SUFFIXES))}"
    )
