"""Labels that a form sets upright, one character a line (成 / 本 / 指 / 标), where each line of them became a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from budgetdata.base.raw import RawRow
from budgetdata.base.text import squeeze
from budgetdata.sheets.labels import label_of, plain

_FEWEST = 2


def with_upright_labels(rows: Sequence[RawRow]) -> list[RawRow]:
    """The rows, a label whose characters stand below each other in the first column whole, in the first row beside it; rows
    with nothing but one character that make no label are doubtful."""
    found: list[RawRow] = []
    for upright, group in groupby(rows, key=_may_be_beside):
        part = list(group)
        found += _joined(part) if upright else part
    return found


def _may_be_beside(row: RawRow) -> bool:
    """Whether a row prints one character in its first column, or nothing."""
    return bool(row.cells) and len(squeeze(row.cells[0])) <= 1


def _joined(rows: list[RawRow]) -> list[RawRow]:
    if sum(map(_is_lone, rows)) < _FEWEST:
        return rows
    found: list[RawRow] = []
    for inside in _parts(rows):
        text = "".join(squeeze(row.cells[0]) for row in inside)
        kept = [row for row in inside if not _is_lone(row)]
        if kept and _is_dimension(text):
            found += [replace(row, cells=("" if n else text, *row.cells[1:])) for n, row in enumerate(kept)]
        else:
            found += [replace(row, doubt=0) if row.cells[0].strip() else row for row in inside]
    return found


def _parts(rows: Sequence[RawRow]) -> Iterator[Sequence[RawRow]]:
    """The rows parted by label, from its first character to its last, and those between two labels."""
    start, text = 0, ""
    for number, row in enumerate(rows):
        sign = squeeze(row.cells[0])
        if sign and not text:
            yield rows[start:number]
            start = number
        text += sign
        if sign and _is_dimension(text) and not _is_dimension(text + _next(rows, number)):
            yield rows[start : number + 1]
            start, text = number + 1, ""
    yield rows[start:]


def _next(rows: Sequence[RawRow], number: int) -> str:
    return next((squeeze(row.cells[0]) for row in rows[number + 1 :] if row.cells[0].strip()), "")


def _is_lone(row: RawRow) -> bool:
    return [(column, len(squeeze(text))) for column, text in row.filled] == [(0, 1)]


def _is_dimension(text: str) -> bool:
    label = label_of(text)
    return plain(text) == "成本指标" or (label is not None and label.kind == "dimension")
