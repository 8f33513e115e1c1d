"""Tables that print a 科目 code in three columns 类 款 项: the three made one, blank parts taken from the rows above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import UNREAD, folded, squeeze

_PARTS = ("类", "款", "项")
_CODE_PART = re.compile(r"[0-9]{2,3}")
_AMOUNT = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+\.[0-9]+")
"""What is no part of a code: in a row whose code columns are one cell, amounts stand where codes do in others."""
Spans = list[tuple[int, int]]
"""Where codes are split: (first column, number of columns) from left to right."""


def join_codes(fragments: Sequence[RawTable]) -> list[RawTable]:
    """The fragments of a table with split code columns joined; fragments without such a header as they came.

    A fragment on a following page without header is joined at the columns of the one before it.
    """
    joined: list[RawTable] = []
    spans: Spans = []
    above: dict[int, list[str]] = {}
    for fragment in fragments:
        spans = _split_columns(fragment) or spans
        joined.append(_joined(fragment, spans, above) if spans else fragment)
    return joined


def _split_columns(fragment: RawTable) -> Spans:
    for row in fragment.rows[:4]:
        cells = [squeeze(cell) for cell in row.cells]
        spans = []
        for start in range(len(cells)):
            if tuple(cells[start : start + 3]) == _PARTS:
                spans.append((start, 3))
            elif tuple(cells[start : start + 2]) == _PARTS[:2] and cells[start + 2 : start + 3] != ["项"]:
                spans.append((start, 2))
        if spans:
            return spans
    return []


def _joined(fragment: RawTable, spans: Spans, above: dict[int, list[str]]) -> RawTable:
    rows = []
    for row in fragment.rows:
        cells, boxes = list(row.cells), list(row.boxes)
        for at, count in reversed(spans):
            if len(cells) < at + count or any(_AMOUNT.fullmatch(folded(cell)) for cell in cells[at : at + count]):
                continue
            cells[at : at + count] = [_code(cells[at : at + count], above.setdefault(at, [""] * count))]
            if boxes:
                boxes[at : at + count] = boxes[at : at + 1]
        rows.append(RawRow(tuple(cells), row.place, tuple(boxes)))
    return RawTable(tuple(rows))


def _code(cells: Sequence[str], above: list[str]) -> str:
    """One code from its parts; a part left blank is that of the row above, which `above` keeps."""
    parts = [folded(cell) for cell in cells]
    parts[1:] = [part.zfill(2) if part.isdecimal() else part for part in parts[1:]]
    if tuple(parts) == _PARTS[: len(parts)]:
        return ""
    if not any(parts) or not all(_CODE_PART.fullmatch(part) or not part for part in parts):
        if UNREAD in "".join(parts):
            above[:] = [UNREAD] * len(above)  # a part of it may have been the code that the rows below go on with
        return "".join(cells)
    depth = max(index for index, part in enumerate(parts) if part)
    above[:] = [part or above[index] if index <= depth else "" for index, part in enumerate(parts)]
    if "" in above[bool(depth == 1) : depth]:
        return UNREAD + "".join(above)  # the row of a 款 is not printed, or neither it nor that of the 类
    return "".join(above)
