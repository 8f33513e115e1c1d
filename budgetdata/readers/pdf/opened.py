"""A PDF opened in this process, or the reason why it cannot be."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from budgetdata.base.errors import DocumentError
from budgetdata.readers.pdf.limits import MOST_PACKED, MOST_UNPACKED

_OBJECT_STREAM = re.compile(rb"/ObjStm\b[^>]{0,200}(?:>[^>]{1,200})?>>\s*stream\r?\n")


def open_here(path: Path) -> pdfium.PdfDocument:
    """The PDF opened in this process. Raises DocumentError where that fails."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise DocumentError("encrypted, it asks for a password; save a copy without one") from error
        raise DocumentError(f"damaged, PDFium cannot open it ({error}); fetch the file again") from error


def has_layers(path: Path) -> bool:
    """Whether the file may hold layers (optional content), which a viewer shows or not: in doubt, True."""
    data = path.read_bytes()
    if b"/OCProperties" in data or b"/Encrypt" in data:
        return True
    return any(b"/OCProperties" in inner for inner in _object_streams(data))


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The contents of the file's object streams, in which a catalogue may be packed."""
    for found in _OBJECT_STREAM.finditer(data):
        unpacked = zlib.decompressobj()
        try:
            yield unpacked.decompress(data[found.end() :][:MOST_PACKED], MOST_UNPACKED)
        except zlib.error:
            continue
