"""The code and label columns of rows that have no header, told by what stands in them. No amount column is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.base.money import is_blank, is_number
from budgetdata.base.raw import RawRow
from budgetdata.base.text import folded, unnumbered
from budgetdata.forms.declared import Form
from budgetdata.tables.header import SideLayout
from budgetdata.tables.rows import CODE


def guess_layouts(form: Form, rows: Sequence[RawRow], width: int) -> list[SideLayout] | None:
    """Code and label columns of a fragment without header, by what stands in them; no amount column yet."""
    texts = [c for c in range(width) if is_text_column(rows, c)]
    if len(form.sides) == 1:
        side = form.sides[0]
        codes = [c for c in range(width) if is_code_column(rows, c)] if side.code_heads else []
        code = codes[0] if codes else None
        labels = [c for c in texts if c != code]
        if not labels:
            return None
        group = labels[1] if side.group_heads and len(labels) > 1 else None
        return [SideLayout(side, code, labels[0], group, {}, {}, {}, (0, width), "sums")]
    return _guess_two_sides(form, rows, width, texts)


def _guess_two_sides(form: Form, rows: Sequence[RawRow], width: int, texts: list[int]) -> list[SideLayout] | None:
    if any(side.code_heads for side in form.sides) or not texts:
        return None
    owners: dict[int, int] = {}
    for column in texts:
        labels = [unnumbered(r.cells[column]) for r in rows if column < len(r.cells) and r.cells[column]]
        scores = [sum(any(s.label.fullmatch(x) for s in side.rows) for x in labels) for side in form.sides]
        if max(scores) and scores.count(max(scores)) == 1:
            owners.setdefault(scores.index(max(scores)), column)
    layouts = []
    for index, side in enumerate(form.sides):
        start = owners.get(index)
        later = [c for i, c in owners.items() if i > index]
        end = min(later) if later else width
        span = (start, end) if start is not None else (0, 0)
        layouts.append(SideLayout(side, None, start, None, {}, {}, {}, span, "sums"))
    return layouts if owners else None


def is_text_column(rows: Sequence[RawRow], column: int) -> bool:
    """True where most of what a column prints is Chinese text."""
    cells = [r.cells[column] for r in rows if column < len(r.cells) and not is_blank(r.cells[column])]
    texts = [c for c in cells if not is_number(c) and re.search(r"[\u4e00-\u9fff]", c)]
    return bool(cells) and 2 * len(texts) > len(cells)


def is_code_column(rows: Sequence[RawRow], column: int) -> bool:
    """True where most of what a column prints are 科目 codes."""
    cells = [folded(r.cells[column]) for r in rows if column < len(r.cells) and r.cells[column]]
    return bool(cells) and 2 * sum(bool(CODE.fullmatch(c)) for c in cells) > len(cells)
