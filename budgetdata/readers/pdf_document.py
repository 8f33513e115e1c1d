"""Pages as drawn made one document: tables and paragraphs in printed order, with what was left out and not read."""

from __future__ import annotations

from collections.abc import Iterable

from budgetdata.model import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.readers.pdf_geometry import Page
from budgetdata.readers.pdf_grid import MAX_RULES, joined_rules
from budgetdata.readers.pdf_paragraphs import Layout, Margins, continues, furniture, parts, printed
from budgetdata.readers.pdf_tables import ruled_tables
from budgetdata.readers.pdf_text import Line, joined, lines_of, without_overlaps

SCAN_SHARE = 0.3  # of the page under images: with no text at all it is a scanned page
STAMPED_SHARE, STAMPED_GLYPHS = 0.8, 12  # a scanned page may still carry a printed page number
UNMAPPED_SHARE = 0.3


def assemble(source_file: str, pages: Iterable[Page]) -> RawDocument:
    """The document that the pages make."""
    document = RawDocument(source_file=source_file, source_kind="pdf", blocks=[])
    layouts: list[Layout] = []
    scanned: list[int] = []
    for page in pages:
        inked = sum(1 for glyph in page.glyphs if not glyph.text.isspace())
        if page.unmapped > UNMAPPED_SHARE * (inked + page.unmapped) and page.unmapped > 5:
            reason = f"{page.unmapped} of {inked + page.unmapped} characters have no Unicode (文字无法还原); read it by OCR"
            document.unreadable.append((Place(page.number, None), reason))
        if (not inked and page.image_share >= SCAN_SHARE) or (
            inked < STAMPED_GLYPHS and page.image_share >= STAMPED_SHARE
        ):
            scanned.append(page.number)
        if page.damage:
            reason = f"the page is damaged ({page.damage}); fetch the file again"
            document.unreadable.append((Place(page.number, None), reason))
        for text in page.diagonal:
            document.left_out.append((Place(page.number, None), f"watermark 水印: {text}"))
        layouts.append(_layout(page, document))
    document.pages = len(layouts)
    for first, last in ranges(scanned):
        document.unreadable.append((Place(first, None), no_text_layer(first, last)))
    _flow(document, layouts)
    return document


def no_text_layer(first: int, last: int) -> str:
    """The sentence that names scanned pages."""
    pages = f"{first}" if first == last else f"{first}–{last}"
    return f"第 {pages} 页没有文字层 (no text layer on page{'s' * (first != last)} {pages}): a scan; run OCR and read the result"


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
    rules = joined_rules(page.rules)
    if len(rules) > MAX_RULES:
        reason = f"{len(rules)} separate lines are drawn on the page, more than a table has; its tables were not read"
        document.unreadable.append((Place(page.number, None), reason))
        rules = []
    tables, rest, _ = ruled_tables(page, without_overlaps(page.glyphs), rules)
    tables.sort(key=lambda table: (table.box[1], table.box[0]))
    return Layout(page.number, page.width, page.height, lines_of(rest), tables)


def _flow(document: RawDocument, layouts: list[Layout]) -> None:
    """Put the blocks of all pages in order; paragraphs that go on are joined, over pages too."""
    outside = furniture(layouts)
    margins = Margins(layouts)
    open_line: Line | None = None  # the last printed line of the last block, where that block is a paragraph
    open_page = 0
    for layout in layouts:
        ordinal = 0
        items: list[tuple[float, int, Line | int]] = [(line.mid, index, line) for index, line in enumerate(layout.lines)]
        items += [(table.box[1], -1, index) for index, table in enumerate(layout.tables)]
        for _, index, item in sorted(items, key=lambda entry: entry[:2]):
            if isinstance(item, int):
                rows = []
                for cells, boxes in layout.tables[item].rows:
                    ordinal += 1
                    rows.append(RawRow(cells, Place(layout.number, ordinal), boxes))
                document.blocks.append(RawTable(tuple(rows)))
                open_line = None
                continue
            ordinal += 1
            place = Place(layout.number, ordinal)
            kind = outside.get((layout.number, index))
            if kind is not None:
                document.left_out.append((place, f"{kind}: {item.text}"))
                continue
            pieces = parts(item)
            last = document.blocks[-1] if document.blocks else None
            if (
                open_line is not None
                and isinstance(last, Paragraph)
                and len(pieces) == 1
                and continues(open_line, item, margins.of(layout), open_page == layout.number)
            ):
                document.blocks[-1] = Paragraph(joined((last.text, printed(item))), last.place)
            else:
                document.blocks.extend(
                    Paragraph(text, place) for piece in pieces if (text := printed(piece))
                )
            open_line = item if len(pieces) == 1 else None
            open_page = layout.number
