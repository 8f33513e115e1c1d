"""HTML tables that a conversion left in a text: their rows as printed, merged cells in their first row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from budgetdata.base.raw import Place, RawRow, RawTable
from budgetdata.readers.office.limits import MAX_COLUMNS

_ENDS = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "li"})
_MOST_SPAN = 1000  # rows or columns, as browsers bound them


def table_ends(text: str) -> dict[int, int]:
    """Where each table that opens in a text is closed, its inner tables counted, by where it opens; none that is not closed."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for tag in _ENDS.finditer(text):
        if not tag[1]:
            waiting.append(tag.start())
        elif waiting:
            ends[waiting.pop()] = tag.end()
    return ends


def read_html_table(source: str, page: int | None, line: int) -> list[RawTable]:
    """The tables in an HTML fragment that begins on `line`, an inner one after the one that holds it.

    A cell over several columns or rows stands in the first of them; the others are ''.
    """
    parser = _Tables(page, line)
    parser.feed(source)
    parser.close()
    tables = sorted((table for table in parser.done if table.rows), key=lambda table: table.order)
    return [RawTable(tuple(table.padded())) for table in tables]


@dataclass(slots=True)
class _Cell:
    """A cell being read: the columns and rows it covers, and its text so far."""

    wide: int
    high: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class _Table:
    """A table being read; `covered` holds for each column in how many further rows a cell from above stands there."""

    order: int
    rows: list[RawRow] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    cells: list[_Cell] | None = None
    cell: _Cell | None = None
    place: Place = field(default_factory=lambda: Place(None, None))

    def begin_row(self, place: Place) -> None:
        """Close the row that is open and begin another."""
        self.end_row()
        self.cells, self.place = [], place

    def begin_cell(self, cell: _Cell, place: Place) -> None:
        """Begin a cell in the row that is open, or in a new one where a conversion lost the row's tag."""
        if self.cells is None:
            self.begin_row(place)
        self.end_cell()
        self.cell = cell

    def end_cell(self) -> None:
        """Put the open cell into its row."""
        if self.cell is not None and self.cells is not None:
            self.cells.append(self.cell)
        self.cell = None

    def end_row(self) -> None:
        """Put the open row into the table: each cell in the first column that no cell from above covers."""
        self.end_cell()
        if self.cells is None:
            return
        texts: dict[int, str] = {}
        below = {column: left - 1 for column, left in self.covered.items() if left > 1}
        column = 0
        for cell in self.cells:
            while self.covered.get(column, 0) > 0:
                column += 1
            if column >= MAX_COLUMNS:
                break
            texts[column] = cell.text
            end = min(column + cell.wide, MAX_COLUMNS)
            if cell.high > 1:
                below |= dict.fromkeys(range(column, end), cell.high - 1)
            column = end
        width = max([column, *(over + 1 for over in self.covered)], default=0)
        self.covered, self.cells = below, None
        if any(texts.values()):
            self.rows.append(RawRow(tuple(texts.get(number, "") for number in range(width)), self.place))

    def padded(self) -> list[RawRow]:
        """The rows, all as wide as the widest: what an HTML row lacks at its end is blank."""
        width = max(len(row.cells) for row in self.rows)
        return [RawRow(row.cells + ("",) * (width - len(row.cells)), row.place) for row in self.rows]


class _Tables(HTMLParser):
    """Gathers the tables of a fragment."""

    def __init__(self, page: int | None, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._page, self._line = page, line
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, row or cell; a break is a line of its own in the cell."""
        if tag == "table":
            self._open.append(_Table(self._count))
            self._count += 1
        if not self._open:
            return
        table = self._open[-1]
        place = Place(self._page, self._line + self.getpos()[0] - 1)
        if tag == "tr":
            table.begin_row(place)
        elif tag in ("td", "th"):
            given = dict(attrs)
            table.begin_cell(_Cell(_span(given.get("colspan")), _span(given.get("rowspan"))), place)
        elif tag in _BREAKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a table, row or cell."""
        if not self._open:
            return
        table = self._open[-1]
        if tag == "table":
            table.end_row()
            self.done.append(self._open.pop())
        elif tag == "tr":
            table.end_row()
        elif tag in ("td", "th"):
            table.end_cell()

    def handle_data(self, data: str) -> None:
        """Add text to the cell that is open."""
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.parts.append(data)


def _span(given: str | None) -> int:
    return min(max(int(given), 1), _MOST_SPAN) if given and given.strip().isdecimal() else 1
