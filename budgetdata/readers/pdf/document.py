"""Pages as drawn made one document: tables and paragraphs in printed order, with what was left out and not read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD
from budgetdata.readers.pdf.booktabs import Carried, open_tables
from budgetdata.readers.pdf.geometry import Page
from budgetdata.readers.pdf.grid import joined_rules
from budgetdata.readers.pdf.limits import (
    MAX_RULES,
    SCAN_SHARE,
    STAMPED_GLYPHS,
    STAMPED_SHARE,
    STRAY_GAP,
    UNMAPPED_SHARE,
)
from budgetdata.readers.pdf.paragraphs import PAGE_NUMBER, Layout, Margins, continues, furniture, parts, printed
from budgetdata.readers.pdf.rows import FoundTable
from budgetdata.readers.pdf.tables import ruled_tables
from budgetdata.readers.pdf.text import Line, joined, lines_of, pieces_of, without_overlaps

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d{2,6}")


def assemble(source_file: str, pages: Iterable[Page]) -> RawDocument:
    """The document that the pages make."""
    document = RawDocument(source_file=source_file, source_kind="pdf", blocks=[])
    layouts = [_layout(page, document) for page in pages]
    document.pages = len(layouts)
    for layout, kinds in zip(layouts, furniture(layouts), strict=True):
        layout.outside = [(line, kinds[index]) for index, line in enumerate(layout.lines) if index in kinds]
        layout.lines = [line for index, line in enumerate(layout.lines) if index not in kinds]
    carried = Carried()
    for layout in layouts:
        found, layout.lines, problems = open_tables(layout.lines, layout.rules, layout.width, carried)
        layout.tables = sorted([*layout.tables, *found], key=lambda table: (table.box[1], table.box[0]))
        layout.problems += [*problems, *_stray_rows(layout.lines)]
    _flow(document, layouts)
    if document.notes:
        document.source_kind = "pdf_ocr"
    for first, last in ranges([layout.number for layout in layouts if layout.scanned]):
        printed_pages = f"{first}" if first == last else f"{first}–{last}"
        document.unreadable.append(
            (Place(first, None), said("readers.scanned", n=last - first + 1, pages=printed_pages))
        )
    document.unreadable.sort(key=lambda entry: (entry[0].page or 0, entry[0].line or 0))
    return document


def ranges(numbers: list[int]) -> list[tuple[int, int]]:
    """The numbers, ascending, as runs of (first, last)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _layout(page: Page, document: RawDocument) -> Layout:
    """The page's ruled tables and its other lines; what cannot be read of it is noted in the document."""
    here = Place(page.number, None)
    if page.damage:
        document.unreadable.append((here, said("readers.damaged", error=page.damage)))
    if is_unmapped(page):
        document.unreadable.append(
            (here, said("readers.unmapped", lost=page.unmapped, all=inked(page) + page.unmapped))
        )
    if page.unseen:
        document.left_out.append((here, said("readers.unseen", n=page.unseen)))
    document.left_out += [(here, said("readers.watermark", text=text)) for text in page.diagonal]
    rules = joined_rules(page.rules)
    if len(rules) > MAX_RULES:
        document.unreadable.append((here, said("readers.too_many_rules", count=len(rules))))
        rules = []
    tables, rest, loose, problems = ruled_tables(without_overlaps(page.glyphs), rules)
    layout = Layout(page.number, page.width, page.height, lines_of(rest), tables, loose, problems=problems)
    layout.scanned = is_scanned(page)
    if page.ocr:
        document.notes.append((here, recognised(page)))
    return layout


def is_scanned(page: Page) -> bool:
    """Whether the page is a picture without text, or with no more than a stamped page number."""
    count = inked(page)
    return (not count and page.image_share >= SCAN_SHARE) or (
        count < STAMPED_GLYPHS and page.image_share >= STAMPED_SHARE
    )


def is_unmapped(page: Page) -> bool:
    """Whether too many of the page's characters have no Unicode for its text to be read."""
    return page.unmapped > max(5, UNMAPPED_SHARE * (inked(page) + page.unmapped))


def inked(page: Page) -> int:
    """How many characters of the page are read."""
    return sum(1 for glyph in page.glyphs if not glyph.text.isspace() and glyph.text != UNREAD)


def recognised(page: Page) -> Said:
    """The note that names a page whose text was recognised."""
    scores = sorted(page.ocr_scores) or [0.0]
    return said(
        "readers.recognised",
        page=page.number,
        runs=len(page.ocr_scores),
        median=f"{scores[len(scores) // 2]:.2f}",
        least=f"{scores[0]:.2f}",
    )


def _stray_rows(lines: list[Line]) -> list[tuple[float, Said]]:
    """A reason for lines that look like rows of amounts but stand in no table: a table drawn without any rule."""
    rows = []
    for line in lines:
        texts = [piece.text for piece in pieces_of(line, STRAY_GAP)]
        amounts = sum(bool(_AMOUNT.fullmatch(text)) for text in texts)
        if len(texts) > 2 and amounts > 1 and not all(text.isascii() for text in texts):
            rows.append(line)
    if not rows:
        return []
    return [(rows[0].top, said("readers.stray_rows", n=len(rows), text=rows[0].text))]


def _flow(document: RawDocument, layouts: list[Layout]) -> None:
    """Put the blocks of all pages in order; paragraphs that go on are joined, over pages too."""
    margins = Margins(layouts)
    open_line: Line | None = None  # the last printed line of the last block, where that block is a paragraph
    open_page = 0
    for layout in layouts:
        ordinal = 0
        for item in _items(layout):
            if isinstance(item, FoundTable):
                document.blocks.append(_table(item, layout.number, ordinal))
                ordinal += len(item.rows)
                open_line = None
                continue
            if isinstance(item, Said):
                document.unreadable.append((Place(layout.number, ordinal + 1), item))
                open_line = None
                continue
            line, kind = item
            ordinal += 1
            place = Place(layout.number, ordinal)
            if kind:
                document.left_out.append((place, said(kind) if kind == PAGE_NUMBER else said(kind, text=line.text)))
                continue
            pieces = parts(line)
            last = document.blocks[-1] if document.blocks else None
            if (
                open_line is not None
                and isinstance(last, Paragraph)
                and len(pieces) == 1
                and continues(open_line, line, margins.of(layout), open_page == layout.number)
            ):
                document.blocks[-1] = Paragraph(joined((last.text, printed(line))), last.place)
            else:
                document.blocks.extend(Paragraph(text, place) for piece in pieces if (text := printed(piece)))
            open_line = line if len(pieces) == 1 else None
            open_page = layout.number


def _items(layout: Layout) -> list[tuple[Line, str] | FoundTable | Said]:
    """What is printed on the page from top to bottom: (line, code of furniture or ''), tables, reasons of unread parts."""
    items: list[tuple[float, tuple[Line, str] | FoundTable | Said]] = [(line.mid, (line, "")) for line in layout.lines]
    items += [(line.mid, (line, kind)) for line, kind in layout.outside]
    items += [(table.box[1], table) for table in layout.tables]
    items += layout.problems
    return [item for _, item in sorted(items, key=lambda entry: entry[0])]


def _table(table: FoundTable, page: int, before: int) -> RawTable:
    return RawTable(
        tuple(
            RawRow(cells, Place(page, before + number), boxes)
            for number, (cells, boxes) in enumerate(table.rows, start=1)
        )
    )
