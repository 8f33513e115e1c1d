"""What a reader hands on: blocks in printed order, each with its page and line.

A reader decides nothing about budgets. It says where text stands and which cells stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from budgetdata.base.leaves import KIND, PAGE, PARAGRAPHS, WORKSHEET, in_file, leaf_of
from budgetdata.base.said import Said
from budgetdata.base.text import UNREAD

Box = tuple[float, float, float, float]

_NAMES = {PAGE: ("page", "line"), WORKSHEET: ("sheet", "row"), PARAGRAPHS: ("body", "paragraph")}
"""What the two numbers of a place are called in a message, by the kind of its page; a body of paragraphs has no number."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: page (1-based, None where the source has no pages) and line (1-based).

    Of a worksheet, of paragraphs, and of one file among several the page is a number that says so (see `base.leaves`).
    """

    page: int | None
    line: int | None

    def __str__(self) -> str:
        file, kind, number = leaf_of(self.page or 0)
        leaf, line = ("sheet ", "row ") if kind == WORKSHEET else ("p.", "par. " if kind == PARAGRAPHS else "line ")
        parts = [
            f"file {file}" if file else "",
            f"{leaf}{number}" if number else "",
            f"{line}{self.line}" if self.line else "",
        ]
        return " ".join(part for part in parts if part) or "place unknown"

    @property
    def told(self) -> list[int | None] | dict[str, int]:
        """The place as an argument of a message: [page, line]; where a page is one of several files or of an office file, each
        number by its name: file, page or sheet, line, row or paragraph."""
        file, kind, number = leaf_of(self.page or 0)
        if not file and kind == PAGE:
            return [self.page, self.line]
        leaf, line = _NAMES[kind]
        named = {"file": file, leaf: number, line: self.line or 0}
        return {name: count for name, count in named.items() if count}

    @classmethod
    def of_told(cls, told: Sequence[int | None] | Mapping[str, int]) -> Place:
        """The place that `told` wrote."""
        if not isinstance(told, Mapping):
            return cls(*told)
        kind = next(
            (kind for kind, (leaf, line) in _NAMES.items() if kind != PAGE and told.keys() & {leaf, line}), PAGE
        )
        leaf, line = _NAMES[kind]
        page = in_file(told.get("file", 0), kind * KIND + told.get(leaf, 0))
        return cls(page or None, told.get(line))


@dataclass(frozen=True, slots=True)
class RawRow:
    """One printed row: its cells left to right, '' where a cell is blank or covered by a merged neighbour.

    `boxes` gives each cell's box in PDF points (x0, top, x1, bottom), or is empty where the source has no geometry.
    `doubt` is the first column whose text may be a part of a cell that a line break parts, or stand in another column than its
    own: what is printed there and behind it proves nothing of a name or a goal. None where nothing speaks for it.
    `blank_below`: the last row that prints something, a ruled one that prints nothing below it: no text of it goes on elsewhere.
    """

    cells: tuple[str, ...]
    place: Place
    boxes: tuple[Box | None, ...] = ()
    doubt: int | None = None
    blank_below: bool = False

    @property
    def filled(self) -> list[tuple[int, str]]:
        """The (column index, text) pairs of the cells that are not blank."""
        return [(index, text) for index, text in enumerate(self.cells) if text]

    def marked(self, text: str, column: int | None) -> str:
        """What the row prints in a column, marked as not read whole where that is in doubt."""
        if self.doubt is None or column is None or column < self.doubt:
            return text
        return text + UNREAD if self.doubt else UNREAD + text

    def spans(self, width: int) -> list[tuple[range, str]]:
        """Every text with the columns that it heads where the row is a header: up to the next text, the last to `width`."""
        filled = self.filled
        ends = [*(column for column, _ in filled[1:]), width]
        return [(range(first, end), text) for (first, text), end in zip(filled, ends, strict=False)]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One run of rows as printed, not yet joined with its continuation on the next page."""

    rows: tuple[RawRow, ...]

    @property
    def place(self) -> Place:
        return self.rows[0].place

    @property
    def width(self) -> int:
        """The largest number of cells in a row."""
        return max(len(row.cells) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text outside tables. `heading` is the heading depth where the source marks one, else 0."""

    text: str
    place: Place
    heading: int = 0


Block = Paragraph | RawTable
TEXT_CUT = "readers.text_cut"
"""What a reader says of the text of a cell that the cell cuts off: the rest of it was not seen."""


@dataclass(slots=True)
class RawDocument:
    """A source as its reader saw it: the blocks in printed order, and what the reader left out, did not read, or missed.

    source_kind: text, pdf, docx, xlsx, xls, html, or pdf_ocr where some of its pages are pictures whose text was recognised;
    `notes` name them; mixed where it is several files of different kinds.
    left_out: furniture of the pages and what cannot be seen on them. unreadable: what is printed and was not read; its
    place has no line where that is a whole page. gaps: places behind which pages are missing, by the page numbers that
    are printed; a table that stands on that page or goes on behind it may lack rows. repeated: pages printed before, left
    out the second time. A cell that is printed but was not read holds `base.text.UNREAD`.
    """

    source_file: str
    source_kind: str
    blocks: list[Block]
    pages: int | None = None
    left_out: list[tuple[Place, Said]] = field(default_factory=list)
    unreadable: list[tuple[Place, Said]] = field(default_factory=list)
    notes: list[tuple[Place, Said]] = field(default_factory=list)
    gaps: list[tuple[Place, Said]] = field(default_factory=list)
    repeated: list[tuple[Place, Said]] = field(default_factory=list)
    leaves: dict[int, str] = field(default_factory=dict)

    def tables(self) -> Iterator[RawTable]:
        """The tables in printed order."""
        return (block for block in self.blocks if isinstance(block, RawTable))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader of a document must be told: severity 'unread' (we could not read it) or 'note'.

    'unread' makes a build end with exit 1; 'note' records an oddity of the source that was read as what it is.
    """

    severity: str
    subject: str
    message: Said
    place: Place
    table_no: int | None = None
    raw: str = ""
