"""Tables that print a 科目 code in three columns 类 款 项: the three made one, blank parts taken from the rows above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.clean import squeeze
from budgetdata.model import RawRow, RawTable

_PARTS = ("类", "款", "项")
_CODE_PART = re.compile(r"\d{2,3}")


def join_codes(fragments: Sequence[RawTable]) -> list[RawTable]:
    """The fragments of a table with split code columns joined; fragments without such a header as they came.

    A fragment on a following page without header is joined at the columns of the one before it.
    """
    joined: list[RawTable] = []
    at: int | None = None
    for fragment in fragments:
        found = _split_columns(fragment)
        at = found if found is not None else at
        joined.append(fragment if at is None else _joined(fragment, at))
    return joined


def _split_columns(fragment: RawTable) -> int | None:
    for row in fragment.rows[:4]:
        cells = [squeeze(cell) for cell in row.cells]
        for start in range(len(cells) - 2):
            if tuple(cells[start : start + 3]) == _PARTS:
                return start
    return None


def _joined(fragment: RawTable, at: int) -> RawTable:
    rows = []
    above = ["", "", ""]
    for row in fragment.rows:
        if len(row.cells) < at + 3:
            rows.append(row)
            continue
        parts = [squeeze(cell) for cell in row.cells[at : at + 3]]
        if tuple(parts) == _PARTS:
            code = ""
        elif all(_CODE_PART.fullmatch(part) or not part for part in parts) and any(parts):
            depth = max(index for index, part in enumerate(parts) if part)
            above = [part or above[index] if index <= depth else "" for index, part in enumerate(parts)]
            code = "".join(above)
        else:
            code = "".join(row.cells[at : at + 3])
        cells = (*row.cells[:at], code, *row.cells[at + 3 :])
        boxes = (*row.boxes[: at + 1], *row.boxes[at + 3 :]) if row.boxes else ()
        rows.append(RawRow(cells, row.place, boxes))
    return RawTable(tuple(rows))
