"""From what a sentence speaks of to the printed figures: 1.income.income_total.total → the figure in that cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetdata.base.facts import DocumentFacts, FigureFact, RowFact, figure_key
from budgetdata.base.money import UNITS
from budgetdata.base.said import Said, said
from budgetdata.forms.canonical import plain_label

PLAIN = ("total", "subtotal")
"""Columns that need no name of their own."""

FOUND, BLANK, NO_ROW, UNREAD = "found", "blank", "no_row", "unread"
ALL_MONEY = {1, 3}
"""The tables whose classes hold money of every kind; each of the others has its own."""

OF_ONE_MONEY = {5, 8, 9}
"""The tables that list the classes of one kind of money each."""
ROWS_LACKING = said("narrative.why.rows_lacking")
"""Why what a text lists or counts is not held against rows that do not make up their total."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a link points: found (a figure), blank (a row without an amount there), no_row, unread (the table, a
    part of it that may hold the row, as where its parts are printed and it is not, or an amount in that row).

    whole: False where its table was read only in part. row: the printed row, also where its cell is blank.
    decimals counts the figure's printed decimals as they would be in 万元.
    """

    link: str
    state: str
    table_no: int
    figure: FigureFact | None = None
    decimals: int = 0
    row: RowFact | None = None
    whole: bool = True

    @property
    def key(self) -> str:
        """The figure's key, '' where there is no figure."""
        f = self.figure
        return figure_key(f.table_no, f.side, f.row_no, f.column) if f is not None else ""

    @property
    def wan(self) -> Decimal | None:
        """The figure's amount in 万元, None where there is none."""
        return Decimal(self.figure.fen) / UNITS["万元"] if self.figure is not None else None

    @property
    def said(self) -> Said:
        """How a sentence names the cell: 表1「收入总计」, 表3「合计」的基本支出."""
        return figure_said(self.figure) if self.figure is not None else said("narrative.table", table=self.table_no)


class Figures:
    """The figures and rows of a document, to be found by link."""

    def __init__(self, facts: DocumentFacts) -> None:
        self._rows: dict[tuple[int, str], list[RowFact]] = {}
        self._cells = {(f.table_no, f.side, f.row_no, f.column): f for f in facts.figures}
        self._digits = {table.table_no: _digits(table.unit) for table in facts.tables}
        self._unread = {table.table_no for table in facts.tables if table.status in {"missing", "unreadable"}}
        self._partial = {table.table_no for table in facts.tables if table.status == "partial"}
        self._columns = facts.columns
        for row in facts.rows:
            self._rows.setdefault((row.table_no, row.side), []).append(row)

    def cells(self, links: Iterable[str], code: str = "") -> list[Cell]:
        """What stands at each link, `code` being the 科目 that @class means: printed figures first, then what was not read, so
        that a cell is called blank or absent only where none of them may hold the amount unread."""
        found = [self._cell(link, code) for link in links]
        return sorted(found, key=lambda cell: (FOUND, UNREAD, BLANK, NO_ROW).index(cell.state))

    def of_class(self, links: Sequence[str], code: str) -> list[Cell]:
        """The cell that the name of a 科目 means. Two where the one asked first was not read and the one that is there stands in
        a table of other money: the second is meant only where it holds the amount."""
        best = self.cells(links, code)
        unread = [cell for cell in best if cell.state == UNREAD and links.index(cell.link) < links.index(best[0].link)]
        asked = [cell for cell in unread if not {cell.table_no, best[0].table_no} <= ALL_MONEY]
        return [*asked[:1], best[0]]

    def _cell(self, link: str, code: str) -> Cell:
        number, side, name, column = link.split(".")
        table_no = int(number)
        if table_no in self._unread:
            return Cell(link, UNREAD, table_no)
        partial = table_no in self._partial
        rows = self._rows.get((table_no, side), [])
        row = self._row(rows, name, code, partial)
        if row is None:
            parted = bool(code) and name == "@class" and any(row.code.startswith(code) for row in rows)
            return Cell(link, UNREAD if partial or parted else NO_ROW, table_no)
        figure = self._cells.get((table_no, side, row.row_no, column))
        if figure is None and column not in self._columns.get((table_no, side), {column}):
            return Cell(link, UNREAD if partial else NO_ROW, table_no)
        if figure is None:
            unread = partial or column in row.unread
            return Cell(link, UNREAD if unread else BLANK, table_no, row=row)
        return Cell(link, FOUND, table_no, figure, figure.decimals + self._digits[table_no], row, not partial)

    @staticmethod
    def _row(rows: list[RowFact], name: str, code: str, partial: bool) -> RowFact | None:
        if name == "@class":
            return next((row for row in rows if code and code in (row.code, row.role)), None)
        if name == "@total":
            tops = [row for row in rows if row.parent_row_no is None and row.level == 1]
            total = next((row for row in rows if row.level == 0), None)
            return total or (tops[0] if len(tops) == 1 and not partial else None)
        return next((row for row in rows if row.role == name), None)


def figure_said(figure: FigureFact) -> Said:
    """How a sentence names a figure: its table, its row, and its column where that is not the total."""
    row = plain_label(figure.label) or figure.code
    if figure.column in PLAIN:
        return said("narrative.cell", table=figure.table_no, row=row)
    column = said(f"narrative.column.{figure.column}")
    return said("narrative.cell_of_column", table=figure.table_no, row=row, column=column)


def _digits(unit: str) -> int:
    """How many decimals of 万元 a unit is: 元 has four."""
    return len(str(UNITS["万元"] // UNITS.get(unit, UNITS["万元"]))) - 1


def come_to_total(facts: DocumentFacts, table_no: int, column: str) -> bool:
    """Whether the rows of a table that have no parts make up the total that it prints in a column, or it prints none. Where
    they do not, others may stand on a page that was lost, though nothing says so."""
    above = {row.parent_row_no for row in facts.rows if row.table_no == table_no}
    figures = [f for f in facts.figures if (f.table_no, f.column) == (table_no, column)]
    total = next((f for f in figures if not f.level), None)
    if total is None:
        return True
    parts = [f for f in figures if f.level and f.row_no not in above]
    return abs(total.fen - sum(f.fen for f in parts)) <= _rounded(facts, table_no, [total, *parts])


def _rounded(facts: DocumentFacts, table_no: int, figures: Iterable[FigureFact]) -> int:
    """How far a sum of a table may be off because each of its amounts, in fen, is rounded as it is printed."""
    unit = next((UNITS[table.unit] for table in facts.tables if table.table_no == table_no), 0)
    return sum(unit // (2 * 10**figure.decimals) for figure in figures)


def lacks_no_row(facts: DocumentFacts, cell: Cell, code: str) -> bool:
    """Whether the row of a 科目 is known not to be printed: those that are make up the row above it, or the total of its table.
    Where they do not, its row may stand on a page that was lost, or under a code that was not read; where a table of other money
    prints as much of its code, it may be that table's.
    """
    number, side, _, column = cell.link.split(".")
    if _of_other_money(facts, int(number), code):
        return False
    rows = [row for row in facts.rows if (row.table_no, row.side) == (int(number), side)]
    fen = {f.row_no: f for f in facts.figures if (f.table_no, f.side, f.column) == (int(number), side, column)}
    above = next((row for row in reversed(rows) if row.code and code.startswith(row.code)), None)
    above = above or next((row for row in rows if row.level == 0), None)
    if above is None or above.row_no not in fen:
        return False
    tops = [row for row in rows if row.parent_row_no is None and row.level]
    parts = [row for row in rows if row.parent_row_no == above.row_no] or (tops if not above.level else [])
    amounts = [fen[row.row_no] for row in parts if row.row_no in fen]
    gap = abs(fen[above.row_no].fen - sum(figure.fen for figure in amounts))
    return bool(amounts) and gap <= _rounded(facts, int(number), [fen[above.row_no], *amounts])


def _of_other_money(facts: DocumentFacts, table_no: int, code: str) -> bool:
    """Whether a 科目 that a table of one kind of money does not print may be of another kind: of the code that it is below,
    another such table prints as much."""
    above = {no: 0 for no in OF_ONE_MONEY}
    for row in facts.rows:
        if row.code and row.table_no in above and code.startswith(row.code):
            above[row.table_no] = max(above[row.table_no], len(row.code))
    own = above.pop(table_no, None)
    return own is not None and 0 < max(above.values()) >= own
