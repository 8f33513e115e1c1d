"""A worksheet as its programs show it: cells with their texts, and from them tables and paragraphs in printed order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetdata.base.errors import DocumentError
from budgetdata.base.leaves import worksheet
from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import normal, strip_markup
from budgetdata.readers.office.limits import MAX_COLUMNS

Span = tuple[int, int, int, int]
"""A merged range: its first row and column and its last row and column."""

_SENTENCE, _LONG = "。", 60


@dataclass(slots=True)
class Worksheet:
    """What a worksheet shows: texts by row and column (counted from 0), merged ranges, and what is hidden.

    boxes: texts of drawn boxes by the row they stand at.
    """

    number: int
    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    boxes: list[tuple[int, str]] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """Its tables and paragraphs, from top to bottom; hidden rows and columns are not seen."""
        seen = _Seen(self)
        boxes = sorted(self.boxes)
        for run in seen.runs():
            while boxes and boxes[0][0] <= run[0]:
                yield self._paragraph(*boxes.pop(0))
            yield from self._run(seen, run)
        for row, text in boxes:
            yield self._paragraph(row, text)

    def place(self, row: int) -> Place:
        """Where a row stands."""
        return Place(worksheet(self.number), row + 1)

    def note_hidden(self, document: RawDocument) -> None:
        """Tell of its cells that hold something and are not seen."""
        hidden = [at for at in self.texts if at[0] in self.hidden_rows or at[1] in self.hidden_columns]
        if hidden:
            document.left_out.append((self.place(min(hidden)[0]), said("readers.hidden_cells", n=len(hidden))))

    def _paragraph(self, row: int, text: str) -> Paragraph:
        return Paragraph(clean(text), self.place(row))

    def _run(self, seen: _Seen, run: Sequence[int]) -> Iterator[Block]:
        """Rows without a blank one between: texts alone above and below are paragraphs, what is between is a table."""
        alone = [len(seen.rows[row]) == 1 for row in run]
        first = next((at for at, single in enumerate(alone) if not single), len(run))
        last = next((at for at in range(len(run) - 1, -1, -1) if not alone[at]), -1)
        if last >= 0 and first == last and len(run) > 1:
            first = last  # one row of cells: a table of one row between its lines
        while 0 <= last < len(run) - 1 and not _is_prose(seen, run[last + 1]):
            last += 1  # a row whose other cells are blank belongs to the table
        for row in run[:first]:
            yield self._paragraph(row, next(iter(seen.rows[row].values())))
        if first <= last:
            yield self._table(seen, run[first : last + 1])
        for row in run[max(last + 1, first) :]:
            yield self._paragraph(row, next(iter(seen.rows[row].values())))

    def _table(self, seen: _Seen, run: Sequence[int]) -> RawTable:
        columns = seen.columns(run)
        rows = []
        for row in run:
            cells = tuple(clean(seen.rows[row].get(column, "")) for column in columns)
            covered = seen.covered(row)
            boxes = tuple(
                None if column in covered and not cell else (float(column), float(row), column + 1.0, row + 1.0)
                for column, cell in zip(columns, cells, strict=True)
            )
            rows.append(RawRow(cells, self.place(row), boxes))
        return RawTable(tuple(rows))


class _Seen:
    """The rows of a worksheet that hold something seen, each with its texts by column."""

    def __init__(self, sheet: Worksheet) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self._hidden = sheet.hidden_columns
        self._rows_hidden = sheet.hidden_rows
        self._covers: dict[int, list[tuple[int, int]]] = {}
        moved = self._moved(sheet.merged)
        for at, text in sorted(sheet.texts.items()):
            row, column = moved.get(at, at)
            if text.strip() and row not in sheet.hidden_rows and column not in self._hidden:
                self.rows.setdefault(row, {})[column] = text
        self.rows = dict(sorted(self.rows.items()))
        self._merged_rows = self._covered_rows(sheet.merged)
        self._covered: dict[int, set[int]] = {}
        numbers = list(self.rows)
        for top, left, bottom, right in sheet.merged:
            if right - left <= MAX_COLUMNS:
                for row in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
                    self._covered.setdefault(row, set()).update(range(left, right + 1))

    def _moved(self, merged: Sequence[Span]) -> dict[tuple[int, int], tuple[int, int]]:
        """Where the text of a merged range shows whose first row or column is hidden: at its first cell that is not."""
        moved = {}
        for top, left, bottom, right in merged:
            if right - left <= MAX_COLUMNS:
                self._covers.setdefault(top, []).append((left, right))
            if top in self._rows_hidden or left in self._hidden:
                row = next((row for row in range(top, bottom + 1) if row not in self._rows_hidden), top)
                column = next((at for at in range(left, right + 1) if at not in self._hidden), left)
                moved[top, left] = row, column
        return moved

    def _covered_rows(self, merged: Sequence[Span]) -> set[int]:
        """Rows that hold nothing of their own and lie within a merged range of a row above: no gap is seen there."""
        covered: set[int] = set()
        for top, left, bottom, _ in merged:
            if top < bottom and left in self.rows.get(top, {}):
                covered.update(range(top, min(bottom, top + MAX_COLUMNS) + 1))
        return covered

    def covered(self, row: int) -> set[int]:
        """The columns of a row that lie in a merged range."""
        return self._covered.get(row, set())

    def runs(self) -> Iterator[list[int]]:
        """The rows in runs between which a blank row is seen."""
        run: list[int] = []
        for row in self.rows:
            if run and any(self._is_gap(between) for between in range(run[-1] + 1, min(row, run[-1] + MAX_COLUMNS))):
                yield run
                run = []
            run.append(row)
        if run:
            yield run

    def _is_gap(self, row: int) -> bool:
        return row not in self._rows_hidden and row not in self._merged_rows

    def columns(self, run: Sequence[int]) -> list[int]:
        """The columns of a table that are seen, from the first to the last in which one of its rows holds a text."""
        used = {column for row in run for column in self.rows[row]}
        wide = [right for row in run for left, right in self._covers.get(row, ()) if left in self.rows[row]]
        last = max([*used, *(right for right in wide if right <= max(used) + MAX_COLUMNS)])
        columns = [column for column in range(min(used), last + 1) if column not in self._hidden]
        if len(columns) > MAX_COLUMNS:
            raise DocumentError(
                f"a worksheet is {len(columns)} columns wide, more than a budget's table; split it first"
            )
        return columns


def _is_prose(seen: _Seen, row: int) -> bool:
    text = next(iter(seen.rows[row].values())).strip()
    return len(text) > _LONG or text.endswith(_SENTENCE)


def clean(text: str) -> str:
    """A text as every reader hands it on."""
    return strip_markup(normal(text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")))
