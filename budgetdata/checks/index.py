"""The tables of a document as they were read, to be found by what an identity names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from budgetdata.base.facts import TableFact, figure_key
from budgetdata.base.money import tolerance_fen
from budgetdata.base.said import Said, said
from budgetdata.checks.verdicts import Half, added, place_ref
from budgetdata.forms.declared import RowSum
from budgetdata.forms.identities import Term
from budgetdata.tables.lacking import Lack
from budgetdata.tables.reading import TableReading
from budgetdata.tables.sums import Cell, TableRow, counted_in, is_untold

UNKNOWN = {"missing", "unreadable", "perhaps"}


class Index:
    """The rows of every table that was read. `readings` are by number; `tables` say what came of each."""

    def __init__(self, tables: Iterable[TableFact], readings: Mapping[int, TableReading]) -> None:
        self.status = {table.table_no: "perhaps" if table.is_perhaps else table.status for table in tables}
        self.readings = readings
        self._unproved: dict[int, list[Lack]] = {}

    def readable(self, table_no: int) -> bool:
        """True where a table was found and read."""
        return table_no in self.readings and self.status.get(table_no) not in UNKNOWN

    def rows(self, table_no: int, side: str) -> Sequence[TableRow]:
        """The rows of a side in printed order; none where it prints none."""
        reading = self.readings.get(table_no)
        return reading.sides.get(side, []) if reading else []

    def half(self, table_no: int, side: str, cells: Iterable[Cell]) -> Half:
        """What some cells of a side come to; a cell is an index into its rows and a column."""
        rows = self.rows(table_no, side)
        return added(self._cell(table_no, side, rows[index], column) for index, column in cells)

    def _cell(self, table_no: int, side: str, row: TableRow, column: str) -> Half:
        amount = row.values.get(column)
        reading = self.readings[table_no]
        if amount is None:
            printed = column in reading.columns.get(side, ())
            return Half(None, 0, (), (place_ref(row.place),) if printed else ())
        tolerance = tolerance_fen([amount], reading.unit)
        return Half(amount.fen, tolerance, (figure_key(table_no, side, row.row_no, column),))

    def is_unread(self, table_no: int, side: str, cells: Iterable[Cell]) -> bool:
        """True where one of the cells holds what could not be read, or is blank in a row with an amount under no known head or
        with other cells that could not be read."""
        rows = self.rows(table_no, side)
        return any(
            column in rows[i].broken or ((rows[i].strange or rows[i].broken) and column not in rows[i].values)
            for i, column in cells
        )

    def prints(self, term: Term) -> bool:
        """True where the document has the column and, if the term names one row, the row that a term speaks of."""
        rows = self.rows(term.table_no, term.side)
        named = term.row.startswith("@") or any(row.role == term.row for row in rows)
        reading = self.readings.get(term.table_no)
        columns = reading.columns.get(term.side, frozenset()) if reading else frozenset()
        return not rows or (named and term.column in columns)

    def is_one_sided(self, term: Term) -> bool:
        """True where a term's side of a two-sided table is not printed, and the other is."""
        reading = self.readings.get(term.table_no)
        sides = reading.sides if reading else {}
        return (
            len(sides) > 1 and not sides.get(term.side) and any(row.values for rows in sides.values() for row in rows)
        )

    def lists_funds(self, term: Term) -> bool:
        """True where a term asks for the total of a table whose rows are kinds of money: some contain others."""
        reading = self.readings.get(term.table_no)
        return term.row == "@total" and reading is not None and reading.form.side(term.side).declares_rows

    def counts_more(self, term: Term) -> bool:
        """True where a term's column is a total into which this table counts what others print beside it (结转)."""
        return any(counted_in(rule, self.rows(term.table_no, term.side)) for rule in self._open_sums(term))

    def counts_unread(self, term: Term) -> bool:
        """True where what the table counts into a term's column cannot be told, for amounts that were not read."""
        return any(is_untold(rule, self.rows(term.table_no, term.side)) for rule in self._open_sums(term))

    def _open_sums(self, term: Term) -> list[RowSum]:
        """The sums of a row into which some tables count more, of a term's column."""
        rules = self.readings[term.table_no].form.side(term.side).row_sums
        return [rule for rule in rules if rule.total == term.column and rule.perhaps]

    def lacks(self, table_no: int, side: str) -> list[tuple[int, Said]]:
        """(index of the row behind which rows may be lacking, the reason) of a side."""
        rows = self.rows(table_no, side)
        reading = self.readings.get(table_no)
        return [(at, lack.reason) for lack in (reading.lacks if reading else []) for at in lack.positions(rows)]

    def unproved(self, table_no: int, side: str) -> list[tuple[int, Said]]:
        """As `lacks`, where nothing says that rows are lacking, and nothing that none are."""
        rows = self.rows(table_no, side)
        reading = self.readings.get(table_no)
        if table_no not in self._unproved:
            self._unproved[table_no] = reading.unproved() if reading else []
        return [(at, lack.reason) for lack in self._unproved[table_no] for at in lack.positions(rows)]

    def why_lacking(self, table_no: int, side: str) -> Said | None:
        """Why rows of a side may be lacking, None where it was read whole."""
        found = self.lacks(table_no, side)
        return said("check.rows_lacking", no=table_no, why=found[0][1]) if found else None

    def is_partial(self, table_no: int) -> bool:
        """True where something of a table was not read: what looks blank in it may be that."""
        return self.status.get(table_no) == "partial"
