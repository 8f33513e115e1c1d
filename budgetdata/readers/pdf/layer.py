"""The text layer of a PDF as a search engine sees it, read in the process that opens it: for finding personal data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from budgetdata.base.errors import DocumentError
from budgetdata.readers.pdf.opened import open_here


def layer_here(path: Path) -> dict[str, Any]:
    """The text of every page, the pages that show an image and no text, and the author. Raises DocumentError."""
    texts: list[str] = []
    pictures: list[int] = []
    try:
        with open_here(path) as document:
            for number, page in enumerate(document, start=1):
                texts.append(page.get_textpage().get_text_bounded().replace("\r\n", "\n"))
                if not texts[-1].strip() and any(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])):
                    pictures.append(number)
            author = document.get_metadata_dict().get("Author", "")
    except pdfium.PdfiumError as error:
        raise DocumentError(f"damaged, its text cannot be searched ({error}); fetch the file again") from error
    return {"pages": texts, "pictures": pictures, "author": author}
