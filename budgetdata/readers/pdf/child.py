"""The process that opens an unknown PDF, so that a hostile one can be stopped: `python -m budgetdata.readers.pdf.child`.

Prints one line of JSON: {"document": …} or {"error": "…"}. With the argument `ocr` scanned pages are recognised; with
`picture` and a task as JSON a page is drawn: {"png": …}; with `layer` its text layer is given: {"layer": …}; with `redacted`
and texts as JSON on its input a copy without them: {"pdf": …}.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import RawDocument
from budgetdata.base.rubbish import seldom_collected
from budgetdata.layout.geometry import Page
from budgetdata.readers.bounded import answer_with, limit, plain_of
from budgetdata.readers.pdf.assembled import assemble, is_scanned, is_unmapped
from budgetdata.readers.pdf.limits import MAX_MEMORY, MAX_PAGES, OCR_MEMORY
from budgetdata.readers.pdf.opened import has_layers, open_here
from budgetdata.readers.pdf.pdfium import read_page
from budgetdata.words.catalogue import tell


@seldom_collected()
def read_here(path: Path, seconds: float, ocr: bool = False) -> RawDocument:
    """The document at `path`, read in this process. Raises DocumentError, also where it takes longer than `seconds`."""
    deadline = time.process_time() + seconds
    with open_here(path) as opened:
        count = len(opened)
        if not count:
            raise DocumentError("damaged, it has no pages; fetch the file again")
        if count > MAX_PAGES:
            raise DocumentError(f"{count} pages, more than the {MAX_PAGES} a disclosure may have; split it first")
        empty: list[int] = []
        failed: list[tuple[int, str]] = []
        pages = _pages(opened, path, deadline, empty, failed)
        document = assemble(path.name, _recognised(opened, pages) if ocr else pages)
    if len(failed) == count:
        raise DocumentError(f"damaged, none of its {count} pages can be read ({failed[0][1]}); fetch the file again")
    _refuse_textless(document, count, empty)
    return document


def _pages(
    opened: pdfium.PdfDocument, path: Path, deadline: float, empty: list[int], failed: list[tuple[int, str]]
) -> Iterator[Page]:
    layered = has_layers(path)
    for index in range(len(opened)):
        if time.process_time() > deadline:
            where = f"stopped at page {index + 1} of {len(opened)}"
            raise DocumentError(f"reading took too long ({where}); split it or print it anew")
        try:
            page = read_page(opened, index, layered)
            if page.hidden_text or page.unmapped > len(page.glyphs) - page.unmapped:
                page = _second_opinion(path, index, page)
        except pdfium.PdfiumError as error:
            failed.append((index + 1, str(error)))
            page = Page(index + 1, 1.0, 1.0, damage=str(error))
        except (MemoryError, DocumentError):
            raise
        except Exception as error:  # whatever a page makes our code do, it is the end of that page, not of the document
            page = Page(index + 1, 1.0, 1.0, fault=type(error).__name__)
        if not any(not glyph.text.isspace() for glyph in page.glyphs):
            empty.append(index + 1)
        yield page


def _recognised(opened: pdfium.PdfDocument, pages: Iterator[Page]) -> Iterator[Page]:
    """The pages, those without readable text as OCR reads them."""
    from budgetdata.readers.pdf.ocr import Recogniser

    recogniser: Recogniser | None = None
    for page in pages:
        if is_scanned(page) or is_unmapped(page):
            recogniser = recogniser or Recogniser()
            page = recogniser.read_page(opened, page.number - 1)
        yield page


def _second_opinion(path: Path, index: int, page: Page) -> Page:
    """The page as pdfplumber reads it, where that gives more text than PDFium gave."""
    import pdfplumber

    from budgetdata.readers.pdf import plumber as pdf_plumber

    try:
        with pdfplumber.open(path, pages=[index + 1]) as document:
            other = pdf_plumber.read_page(document, 0)
    except MemoryError:
        raise
    except Exception:  # pdfplumber lets through whatever its parser meets in a broken file
        return page
    other.number = page.number
    return other if len(other.glyphs) > len(page.glyphs) else page


def _refuse_textless(document: RawDocument, count: int, empty: list[int]) -> None:
    """Raise where no page has text; a document with text is handed on, with what is unreadable in it."""
    if document.blocks or (document.unreadable and len(empty) < count):
        return
    if document.unreadable:
        raise DocumentError("; ".join(tell("en", reason) for _, reason in document.unreadable))
    raise DocumentError(f"nothing is printed on its {count} page{'s' * (count != 1)}; fetch the file again")


def main(argv: list[str]) -> int:
    """Read argv[1] within argv[2] seconds, or do the task of argv[3:] on it, and print the result."""
    sys.setrecursionlimit(2000)
    task, path, seconds = argv[3:], Path(argv[1]), float(argv[2])
    most = OCR_MEMORY if task == ["ocr"] else MAX_MEMORY
    limit(most, seconds)
    return answer_with(lambda: _done(path, seconds, task), most)


def _done(path: Path, seconds: float, task: list[str]) -> dict[str, Any]:
    if task[:1] == ["picture"]:
        from budgetdata.readers.pdf.drawing import draw_here

        return {"png": draw_here(path, json.loads(task[1]))}
    if task == ["layer"]:
        from budgetdata.readers.pdf.layer import layer_here

        return {"layer": layer_here(path)}
    if task == ["redacted"]:
        from budgetdata.readers.pdf.redacted import redacted_here

        return {"pdf": base64.b64encode(redacted_here(path, json.load(sys.stdin))).decode()}
    return {"document": plain_of(read_here(path, seconds, task == ["ocr"]))}


if __name__ == "__main__":
    sys.exit(main(sys.argv))
