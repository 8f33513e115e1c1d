"""Rows of a list that a page break cuts through: joined where what both pieces make proves it, unread where nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetdata.base.raw import RawRow
from budgetdata.base.text import UNREAD, folded
from budgetdata.layout.cut_rows import completes, is_whole
from budgetdata.projects.cells import Page, has_ended, owns
from budgetdata.sheets.heads import FUNDS, ListHead

_VALUES = ("value", "term_value")
_COMPARED = (*_VALUES, "operator", "measure")
"""What a row prints of a target beside its name."""


def join_page_breaks(head: ListHead, pages: Sequence[Page]) -> None:
    """Join the first row of a page to the last of the page before where it is its rest: it prints no value, something only
    below what that row's cells print, and a piece that completes an amount or a text that the list prints whole elsewhere.

    Where it only may be one, because it prints an indicator and nothing to compare it with, neither is read, nor the project
    of either where an amount of it may be cut.
    """
    whole = _printed_whole(pages)
    above: Page | None = None
    for page in pages:
        if above is not None and page.rows:
            _join(head, above, page, whole)
        above = page if page.rows else above


def _printed_whole(pages: Sequence[Page]) -> set[tuple[int, str]]:
    """(column, text) of all that stands in rows that no page break can have cut."""
    found: set[tuple[int, str]] = set()
    for number, page in enumerate(pages):
        inner = page.rows[number > 0 : len(page.rows) - (number + 1 < len(pages))]
        found |= {(column, folded(text)) for row in inner for column, text in row.filled}
    return found


def _join(head: ListHead, above: Page, below: Page, whole: set[tuple[int, str]]) -> None:
    first, last = below.rows[0], above.rows[-1]
    owners = dict(_owners(above.rows, first))
    if _is_rest(head, above, first, owners, whole):
        for column, text in first.filled:
            above.rows[owners[column]] = _with(above.rows[owners[column]], column, text)
        del below.rows[0]
    elif _may_be_rest(head, last, first):
        named = bool(head.cell(first, "project") and head.cell(first, "total"))
        for part in ("indicator", "project")[: 1 + named]:
            column = head.columns[part]
            number = owners.get(column, len(above.rows) - 1)
            above.rows[number] = _with(above.rows[number], column, UNREAD)
            below.rows[0] = _with(below.rows[0], column, UNREAD)


def _owners(rows: Sequence[RawRow], rest: RawRow) -> Iterator[tuple[int, int]]:
    """(column, number of the row) whose cell stands at the foot of a page in each column that the rest prints in."""
    for column, _ in rest.filled:
        number = next((n for n in range(len(rows) - 1, -1, -1) if owns(rows[n], column)), None)
        if number is not None and column < len(rows[number].cells) and rows[number].cells[column].strip():
            yield column, number


def _is_rest(head: ListHead, above: Page, first: RawRow, owners: dict[int, int], whole: set[tuple[int, str]]) -> bool:
    if any(head.cell(first, part) for part in _VALUES) or len(owners) < len(first.filled):
        return False
    amounts = {head.columns[part] for part in FUNDS if part in head.columns}
    goal = head.columns.get("goal")
    proved = False
    for column, text in first.filled:
        upper = above.rows[owners[column]].cells[column]
        if column in amounts:
            others = [is_whole(amount) for other, amount in whole if other == column]
            if not (others and all(others) and completes(upper, text)):
                return False
            proved = True
        elif (column, folded(text)) in whole or (column == goal and has_ended(upper)):
            return False
        else:
            proved |= (column, folded(upper + text)) in whole
    return proved


def _may_be_rest(head: ListHead, last: RawRow, first: RawRow) -> bool:
    """Whether a row that prints an indicator and nothing to compare it with may be the rest of the one above it.

    One that begins a project, with an amount of its own below a whole one, is none.
    """
    if not head.cell(first, "indicator") or any(head.cell(first, part) for part in _COMPARED):
        return False
    totals = (head.cell(last, "total"), head.cell(first, "total"))
    return not (head.cell(first, "project") and totals[1] and all(is_whole(total) for total in totals if total))


def _with(row: RawRow, column: int, text: str) -> RawRow:
    cells = (*row.cells, *[""] * (column + 1 - len(row.cells)))
    return replace(row, cells=(*cells[:column], cells[column] + text, *cells[column + 1 :]))
