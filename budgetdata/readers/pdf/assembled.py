"""Pages as drawn made one document: tables and paragraphs in printed order, with what was left out and not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from budgetdata.base.raw import TEXT_CUT, Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD, squeeze
from budgetdata.layout.booktabs import open_tables
from budgetdata.layout.doubtful import certain, without_odd_decimals
from budgetdata.layout.frames import Carried
from budgetdata.layout.geometry import Page
from budgetdata.layout.grid import joined_rules
from budgetdata.layout.limits import (
    ANNOUNCES,
    MAX_RULES,
    MOST_KEPT,
    PICTURE_SHARE,
    PICTURE_SIDE,
    SCAN_SHARE,
    STAMPED_GLYPHS,
    STAMPED_SHARE,
    STRAY_GAP,
    UNMAPPED_SHARE,
)
from budgetdata.layout.rows import FoundTable, fault
from budgetdata.layout.tables import ruled_tables
from budgetdata.layout.text import Line, joined, lines_of, pieces_of, without_overlaps
from budgetdata.readers.pdf.halves import halves
from budgetdata.readers.pdf.hidden import cut_texts
from budgetdata.readers.pdf.marks import without_marks
from budgetdata.readers.pdf.paragraphs import PAGE_NUMBER, Layout, Margins, continues, furniture, parts, printed
from budgetdata.readers.pdf.sequence import gaps, repeated

_ANNOUNCED = re.compile(
    r"表(?:[（(][^（）()]*[）)])?$|单位[:：]?[百千万亿]*元"
)  # 表10 “三公”经费支出预算表, 单位：万元
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d{2,6}")


def assemble(source_file: str, pages: Iterable[Page]) -> RawDocument:
    """The document that the pages make. What fails on one page, or in one part of it, ends that part only and is named."""
    document = RawDocument(source_file=source_file, source_kind="pdf", blocks=[])
    layouts = [_layout(half, document) for page in _unmarked(pages, document) for half in halves(page)]
    document.pages = len({layout.number for layout in layouts})
    for layout, kinds in zip(layouts, furniture(layouts), strict=True):
        layout.outside = [(line, kinds[index]) for index, line in enumerate(layout.lines) if index in kinds]
        layout.lines = [line for index, line in enumerate(layout.lines) if index not in kinds]
    layouts = _in_sequence(layouts, document)
    carried = Carried()
    for layout in layouts:
        _open_tables(layout, carried, document)
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


def _unmarked(pages: Iterable[Page], document: RawDocument) -> Iterator[Page]:
    """The pages without the marks that come back on them; looked at together, as many as memory allows."""
    waiting = iter(pages)
    while chunk := list(islice(waiting, MOST_KEPT)):
        for page, texts in zip(chunk, without_marks(chunk), strict=True):
            here = Place(page.number, None)
            document.left_out += [(here, said("readers.watermark", text=text)) for text in texts]
            yield page


def _in_sequence(layouts: list[Layout], document: RawDocument) -> list[Layout]:
    """The pages, those printed before left out and named; places where the page numbers skip are named too."""
    again = dict(repeated(layouts))
    document.repeated = [
        (Place(layouts[index].number, None), said("readers.repeated", first=first)) for index, first in again.items()
    ]
    document.gaps = list(gaps(layouts, set(again)))
    return [layout for index, layout in enumerate(layouts) if index not in again]


def _open_tables(layout: Layout, carried: Carried, document: RawDocument) -> None:
    """Find the page's tables without vertical rules, and what looks like a table and is none."""
    try:
        found, layout.lines, problems = open_tables(layout.lines, layout.rules, layout.width, carried)
    except Exception as error:  # whatever it is, it is the end of this page's open tables, not of the document
        document.unreadable.append((Place(layout.number, None), fault(error)))
        carried.edges, carried.head, carried.broken = None, None, True
        found, problems = [], []
    layout.tables = sorted([*layout.tables, *found], key=lambda table: (table.box[1], table.box[0]))
    layout.problems += [*problems, *_stray_rows(layout.lines), *_pictures(layout)]


def _pictures(layout: Layout) -> list[tuple[float, Said]]:
    """A reason for each picture that stands where the lines above it announce a table."""
    found = []
    for box in layout.images:
        large = (box[2] - box[0]) * (box[3] - box[1]) >= PICTURE_SHARE * layout.width * layout.height
        if not large or min(box[2] - box[0], box[3] - box[1]) < PICTURE_SIDE or layout.scanned:
            continue
        behind = any(table.box[1] < box[3] and box[1] < table.box[3] for table in layout.tables)
        behind = behind or sum(box[1] < line.mid < box[3] for line in layout.lines) > 2
        above = sorted((line for line in layout.lines if line.mid <= box[1]), key=lambda line: -line.mid)[:ANNOUNCES]
        if not behind and any(_ANNOUNCED.search(squeeze(line.text)) for line in above):
            found.append((box[1], said("readers.picture")))
    return found


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
    layout = Layout(page.number, page.width, page.height, [], images=page.images, scanned=is_scanned(page))
    document.unreadable += [(here, reason) for reason in _unread(page)]
    document.left_out += [(here, reason) for reason in _left_out(page)]
    if page.ocr:
        document.notes.append((here, recognised(page)))
    try:
        rules = joined_rules(page.rules)
        if len(rules) > MAX_RULES:
            document.unreadable.append((here, said("readers.too_many_rules", count=len(rules))))
            rules = []
        tables, rest, layout.rules, layout.problems = ruled_tables(certain(without_overlaps(page.glyphs), rules), rules)
        layout.lines, layout.tables = lines_of(rest), tables
        document.left_out += [(here, said(TEXT_CUT, text=text)) for text in cut_texts(tables, page.cut_cells)]
    except Exception as error:  # whatever it is, it is the end of this page, not of the document
        document.unreadable.append((here, fault(error)))
    return layout


def _unread(page: Page) -> Iterator[Said]:
    """What of a page as a whole was not read."""
    if page.damage:
        yield said("readers.damaged", error=page.damage)
    if page.cut:
        yield said("readers.page_cut")
    if page.fault:
        yield said("readers.fault", error=page.fault)
    if is_unmapped(page):
        yield said("readers.unmapped", lost=page.unmapped, all=inked(page) + page.unmapped)


def _left_out(page: Page) -> Iterator[Said]:
    """What is drawn on a page and is no text of it."""
    if page.unseen:
        yield said("readers.unseen", n=page.unseen)
    for text in page.diagonal:
        yield said("readers.watermark", text=text)


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
    open_at = -1
    printed_lines: Counter[int] = Counter()  # by page: two may share a sheet
    for at, layout in enumerate(layouts):
        ordinal = printed_lines[layout.number]
        items = _items(layout)
        open_line = open_line if items else None  # what stands behind an unread page does not go on
        for item in items:
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
            above = open_line if len(pieces) == 1 else None
            edges = margins.of(layout)
            if above and isinstance(last, Paragraph) and continues(above, line, edges, open_at == at):
                document.blocks[-1] = Paragraph(joined((last.text, printed(line))), last.place)
            else:
                document.blocks.extend(Paragraph(text, place) for piece in pieces if (text := printed(piece)))
            open_line = line if len(pieces) == 1 else None
            open_at = at
        printed_lines[layout.number] = ordinal


def _items(layout: Layout) -> list[tuple[Line, str] | FoundTable | Said]:
    """What is printed on the page from top to bottom: (line, code of furniture or ''), tables, reasons of unread parts."""
    items: list[tuple[float, tuple[Line, str] | FoundTable | Said]] = [(line.mid, (line, "")) for line in layout.lines]
    items += [(line.mid, (line, kind)) for line, kind in layout.outside]
    items += [(table.box[1], table) for table in layout.tables]
    items += layout.problems
    return [item for _, item in sorted(items, key=lambda entry: entry[0])]


def _table(table: FoundTable, page: int, before: int) -> RawTable:
    rows = [RawRow(cells, Place(page, before + number), boxes) for number, (cells, boxes) in enumerate(table.rows, 1)]
    rows[-1:] = [replace(row, blank_below=table.ends_blank) for row in rows[-1:]]
    return without_odd_decimals(RawTable(tuple(rows)))
