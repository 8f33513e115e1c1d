"""Category labels of merged cells that a page break cuts: the label printed on one page, rows of it on both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.raw import RawRow
from budgetdata.sheets.labels import label_of


def with_late_labels(fragments: Sequence[Sequence[RawRow]]) -> list[list[RawRow]]:
    """The fragments of a sheet, rows at the foot of a page with the label of their cell that the next page prints.

    It is so where the last cell of a column of categories begins there and prints nothing, no other such cell of the page
    is blank, and the page shows that its cells of categories span rows. The reader must know where cells begin.
    """
    found = [list(rows) for rows in fragments]
    for rows, below in zip(found, fragments[1:], strict=False):
        labels = [text for _, text in below[0].filled if _is_category(text)] if below else []
        columns = _columns(rows)
        if len(columns) != len(labels):
            continue
        for column, text in zip(columns, labels, strict=True):
            number = _last_blank(rows, column)
            if number is not None:
                cells = list(rows[number].cells)
                cells[column] = text
                rows[number] = replace(rows[number], cells=tuple(cells))
    return found


def _is_category(text: str) -> bool:
    label = label_of(text)
    return label is not None and label.kind == "category"


def _columns(rows: Sequence[RawRow]) -> list[int]:
    """The columns in which a page prints labels of categories, left to right."""
    return sorted({column for row in rows for column, text in row.filled if _is_category(text)})


def _owns(row: RawRow, column: int) -> bool:
    return column < len(row.boxes) and row.boxes[column] is not None


def _last_blank(rows: Sequence[RawRow], column: int) -> int | None:
    """The row at which the last cell of a column begins, where that one alone prints nothing; else None."""
    first = next(n for n, row in enumerate(rows) if column < len(row.cells) and _is_category(row.cells[column]))
    owners = [n for n in range(first, len(rows)) if _owns(rows[n], column)]
    blank = [n for n in owners if not rows[n].cells[column].strip()]
    spans = len(owners) < len(rows) - first
    if not spans or len(blank) != 1 or blank[0] != owners[-1]:
        return None
    row = rows[blank[0]]
    return blank[0] if len(row.filled) >= 2 and not any(label_of(text) for _, text in row.filled) else None
