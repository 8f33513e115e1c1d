"""Pages as pictures: what the reader saw of a PDF, for whoever adds a layout; and the clip around one printed figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path

from budgetdata.base.errors import BudgetDataError, UnknownNameError
from budgetdata.base.leaves import leaf_of
from budgetdata.base.raw import Box, Paragraph, RawDocument
from budgetdata.base.settings import DATA_DIR
from budgetdata.privacy.mask import mask_document
from budgetdata.readers import PDF_SUFFIXES, read_document
from budgetdata.readers.archive import unpacked
from budgetdata.readers.pdf.picture import clip, page_png
from budgetdata.register.sources import read_sources, stored_files
from budgetdata.show.printed import find_document, source_files
from budgetdata.store.opened import Opened


def show_pictures(
    db: Path, document: str, out: Path, table_no: int | None = None, data_dir: Path = DATA_DIR
) -> Iterator[str]:
    """Write the pages of a PDF that hold tables as PNG into `out`, every cell found framed; one line for each page.

    document is what `show` takes, or the path of a PDF that no database holds; table_no: only the pages of that table.
    Raises UnknownNameError where there is no such PDF, and DocumentError where it cannot be read.
    """
    path = Path(document)
    if path.suffix.lower() in PDF_SUFFIXES and path.is_file():
        yield from draw(path, out)
        return
    pages: set[int] | None = None
    with Opened(db) as opened:
        row = find_document(opened, document)
        files = source_files(opened, row, data_dir)
        if table_no is not None:
            found = opened.tuples(
                "SELECT DISTINCT page FROM form_row WHERE document_id = ? AND table_no = ?",
                (row["document_id"], table_no),
            )
            pages = {page for (page,) in found if page}
    drawn = [(number, file) for number, file in enumerate(files, start=1) if file.suffix in PDF_SUFFIXES]
    if not drawn:
        name = files[0].path.name
        raise UnknownNameError(f"{name}: only a PDF has pages to draw; compare its text with: show without --png")
    for number, file in drawn:
        of = number if len(files) > 1 else 0
        own = None if pages is None else {leaf_of(page).number for page in pages if leaf_of(page).file == of}
        folder = out / f"file-{of}" if of else out
        with unpacked(file.path, file.inside) if file.inside else nullcontext(file.path) as lying:
            yield from draw(lying, folder, own, row["source_kind"] == "pdf_ocr")


def draw(path: Path, out: Path, pages: set[int] | None = None, ocr: bool = False) -> Iterator[str]:
    """Write the pages of a PDF that hold tables into `out` as page-NNN.png, cells with personal data covered."""
    printed = read_document(path, ocr)
    masked, _ = mask_document(printed)
    personal = {
        block.place.page
        for block, kept in zip(printed.blocks, masked.blocks, strict=True)
        if isinstance(block, Paragraph) and block != kept
    }
    cells, hidden = _boxes(printed, masked)
    out.mkdir(parents=True, exist_ok=True)
    for page in sorted(cells):
        if pages is not None and page not in pages:
            continue
        if page in personal:
            yield f"page {page}: not drawn, it prints a person's name or number outside its tables"
            continue
        target = out / f"page-{page:03d}.png"
        target.write_bytes(page_png(path, page, cells[page], hidden.get(page, [])))
        yield f"{target}: {len(cells[page])} cells"


def _boxes(printed: RawDocument, masked: RawDocument) -> tuple[dict[int, list[Box]], dict[int, list[Box]]]:
    """The boxes of all cells by page, and those of cells that hold personal data."""
    cells: dict[int, list[Box]] = {}
    hidden: dict[int, list[Box]] = {}
    for table, kept in zip(printed.tables(), masked.tables(), strict=True):
        for row, shown in zip(table.rows, kept.rows, strict=True):
            for text, safe, box in zip(row.cells, shown.cells, row.boxes, strict=False):
                if box is None or row.place.page is None:
                    continue
                cells.setdefault(row.place.page, []).append(box)
                if text != safe:
                    hidden.setdefault(row.place.page, []).append(box)
    return cells, hidden


def figure_clip(document_id: str, page: int | None, box: str | None, data_dir: Path | None = None) -> bytes | None:
    """The strip of the page around a figure as PNG, where its document is registered as a PDF; else None.

    Only registered PDFs are shown: what is registered as a PDF holds no personal data.
    """
    if page is None or not box:
        return None
    folder = data_dir or DATA_DIR
    source = next((source for source in read_sources(folder) if source.document_id == document_id), None)
    if source is None:
        return None
    leaf = leaf_of(page)
    path = stored_files(source, folder)[max(leaf.file - 1, 0)][0]
    return _clip(path, leaf.number, box) if path.suffix.lower() in PDF_SUFFIXES else None


@lru_cache(maxsize=256)
def _clip(path: Path, page: int, box: str) -> bytes | None:
    x0, top, x1, bottom = (float(value) for value in box.split(","))
    try:
        return clip(path, page, (x0, top, x1, bottom))
    except BudgetDataError:
        return None
