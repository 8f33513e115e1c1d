"""Read a PDF disclosure: the same blocks as the text reader gives, with pages, printed lines and cell boxes.

The file is opened in a process of its own, bounded in time and memory, because a PDF from the web may be damaged or
made to harm. What is read there comes back as plain data.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import RawDocument
from budgetdata.readers.bounded import ask, document_of, head_and_size, refuse_too_large

MAX_BYTES = 256 * 1024 * 1024
SECONDS = 8.0  # of processor time, so that a busy machine reads what an idle one does
SECONDS_PER_BYTE = (
    16e-6  # a long document needs longer: sixteen seconds more for each megabyte, three times what the slowest takes, …
)
MOST_SECONDS = 60.0  # … up to this
OCR_SECONDS = 1800.0
_CHILD = "budgetdata.readers.pdf.child"
_HEADER_WITHIN = 1024  # a PDF may begin with some bytes of something else


def read_pdf(path: Path, seconds: float = SECONDS, ocr: bool = False) -> RawDocument:
    """The blocks of a PDF; of scanned pages only where `ocr` is asked for and installed.

    Raises DocumentError where it cannot be read, or not in `seconds` of work (more for a large file, and for OCR).
    """
    size = _refuse_what_is_no_pdf(path)
    seconds = OCR_SECONDS if ocr else min(seconds + SECONDS_PER_BYTE * size, max(seconds, MOST_SECONDS))
    return document_of(ask_child(path, seconds, *(["ocr"] if ocr else []))["document"], path.name)


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A PDF's text page by page, its author, and the pages that show an image and no text."""

    pages: tuple[str, ...]
    author: str
    pictures: tuple[int, ...]

    @property
    def text(self) -> str:
        """All of it, pages parted by form feeds."""
        return "\f".join(self.pages)


def read_text_layer(path: Path) -> TextLayer:
    """The text layer of a PDF. Raises DocumentError where it cannot be opened or takes too long."""
    size = _refuse_what_is_no_pdf(path)
    layer = ask_child(path, min(SECONDS + SECONDS_PER_BYTE * size, MOST_SECONDS), "layer")["layer"]
    return TextLayer(tuple(layer["pages"]), layer["author"], tuple(layer["pictures"]))


def redacted(path: Path, texts: Sequence[str]) -> bytes:
    """The PDF without the given texts, and without all that is not seen on its pages. Raises DocumentError."""
    size = _refuse_what_is_no_pdf(path)
    seconds = min(3 * (SECONDS + SECONDS_PER_BYTE * size), MOST_SECONDS)
    answer = ask(_CHILD, path, seconds, "redacted", given=json.dumps(list(texts)).encode())
    return base64.b64decode(answer["pdf"])


def ask_child(path: Path, seconds: float, *task: str) -> dict[str, Any]:
    """What the child process answers about a file; it is stopped after `seconds` of work. Raises DocumentError."""
    return ask(_CHILD, path, seconds, *task)


def _refuse_what_is_no_pdf(path: Path) -> int:
    """The file's size in bytes; raises DocumentError where it is no PDF or too large."""
    head, size = head_and_size(path, _HEADER_WITHIN)
    if b"%PDF-" not in head:
        raise DocumentError(f"{path.name}: not a PDF (it begins with {head[:8]!r}); give the file its right ending")
    refuse_too_large(path, size, MAX_BYTES)
    return size
