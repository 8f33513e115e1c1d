"""From what a sentence speaks of to the printed figures: 1.income.income_total.total → the figure in that cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgetdata.facts import DocumentFacts, FigureFact, RowFact, figure_key

FOUND, BLANK, NO_ROW, UNREAD = "found", "blank", "no_row", "unread"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a link points: found (a figure), blank (a row without an amount there), no_row, unread (the table)."""

    link: str
    state: str
    table_no: int
    figure: FigureFact | None = None

    @property
    def key(self) -> str:
        """The figure's key, '' where there is no figure."""
        f = self.figure
        return figure_key(f.table_no, f.side, f.row_no, f.column) if f is not None else ""

    @property
    def said(self) -> str:
        """How a sentence names the cell: 表1「收入总计」."""
        f = self.figure
        return f"表{self.table_no}「{f.label or f.code}」" if f is not None else f"表{self.table_no}"


class Figures:
    """The figures and rows of a document, to be found by link."""

    def __init__(self, facts: DocumentFacts) -> None:
        self._rows: dict[tuple[int, str], list[RowFact]] = {}
        self._cells = {(f.table_no, f.side, f.row_no, f.column): f for f in facts.figures}
        self._unread = {table.table_no for table in facts.tables if table.status in {"missing", "unreadable"}}
        for row in facts.rows:
            self._rows.setdefault((row.table_no, row.side), []).append(row)

    def cells(self, links: Iterable[str], code: str = "") -> list[Cell]:
        """What stands at each link, `code` being the 科目 that @class means; printed figures first."""
        found = [self._cell(link, code) for link in links]
        return sorted(found, key=lambda cell: (FOUND, BLANK, NO_ROW, UNREAD).index(cell.state))

    def _cell(self, link: str, code: str) -> Cell:
        number, side, name, column = link.split(".")
        table_no = int(number)
        if table_no in self._unread:
            return Cell(link, UNREAD, table_no)
        row = self._row(self._rows.get((table_no, side), []), name, code)
        if row is None:
            return Cell(link, NO_ROW, table_no)
        figure = self._cells.get((table_no, side, row.row_no, column))
        return Cell(link, FOUND if figure is not None else BLANK, table_no, figure)

    @staticmethod
    def _row(rows: list[RowFact], name: str, code: str) -> RowFact | None:
        if name == "@class":
            return next((row for row in rows if code and code in (row.code, row.role)), None)
        if name == "@total":
            tops = [row for row in rows if row.parent_row_no is None and row.level == 1]
            total = next((row for row in rows if row.level == 0), None)
            return total or (tops[0] if len(tops) == 1 else None)
        return next((row for row in rows if row.role == name), None)
