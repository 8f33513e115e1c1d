"""A PDF opened in this process, or the reason why it cannot be."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from budgetdata.base.errors import DocumentError


def open_here(path: Path) -> pdfium.PdfDocument:
    """The PDF opened in this process. Raises DocumentError where that fails."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise DocumentError("encrypted, it asks for a password; save a copy without one") from error
        raise DocumentError(f"damaged, PDFium cannot open it ({error}); fetch the file again") from error
