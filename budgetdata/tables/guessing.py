"""The code and label columns of rows that have no header, told by what stands in them. No amount column is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.money import is_blank, is_number
from budgetdata.base.raw import RawRow
from budgetdata.base.text import folded, key, unnumbered
from budgetdata.forms.canonical import names_of
from budgetdata.forms.declared import Form
from budgetdata.forms.header import SideLayout
from budgetdata.tables.rows import CODE

FEWEST_NAMED = 2
"""Rows that must print the name of their code before a column is taken for that of the codes."""


def guess_layouts(
    form: Form, rows: Sequence[RawRow], width: int, before: SideLayout | None = None
) -> list[SideLayout] | None:
    """Code and label columns of a fragment without header, by what stands in them; no amount column yet. `before`: how the header
    before it places a one-sided form, whose label may stand right of its group."""
    texts = [c for c in range(width) if is_text_column(rows, c)]
    if len(form.sides) == 1:
        side = form.sides[0]
        codes = [c for c in range(width) if is_code_column(rows, c)] if side.code_heads else []
        code = codes[0] if codes else None
        labels = [c for c in texts if c != code]
        if not labels:
            return None
        if labels[1:2] == [labels[0] + _behind_group(before)]:
            labels[:2] = reversed(labels[:2])
        group = labels[1] if side.group_heads and len(labels) > 1 else None
        return [SideLayout(side, code, labels[0], group, {}, {}, {}, (0, width), "sums")]
    return _guess_two_sides(form, rows, width, texts)


def _behind_group(layout: SideLayout | None) -> int:
    """How many columns behind the group the label stands; 0 where it stands before it, or there are not both."""
    if layout is None or layout.group is None or layout.label is None:
        return 0
    return max(0, layout.label - layout.group)


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


def with_codes(layout: SideLayout, rows: Sequence[RawRow]) -> SideLayout:
    """The layout with the column of codes, where it stands left of the names under a head that is not known: it prints codes, and
    most of the names are those of their codes."""
    if layout.code is not None or layout.label is None or not layout.side.code_heads:
        return layout
    columns = [c for c in layout.strangers if c < layout.label and is_code_column(rows, c)]
    if len(columns) != 1 or not _are_named(rows, columns[0], layout.label, layout.side.hierarchy):
        return layout
    strangers = {column: text for column, text in layout.strangers.items() if column != columns[0]}
    return replace(layout, code=columns[0], strangers=strangers)


def _are_named(rows: Sequence[RawRow], code: int, label: int, hierarchy: str) -> bool:
    """Whether most rows with a code print its name, and no less than two."""
    coded = [row.cells for row in rows if len(row.cells) > max(code, label) and row.cells[code]]
    named = [key(unnumbered(cells[label])) in names_of(hierarchy, folded(cells[code])) for cells in coded]
    return sum(named) >= FEWEST_NAMED and 2 * sum(named) > len(named)


def is_text_column(rows: Sequence[RawRow], column: int) -> bool:
    """True where most of what a column prints is Chinese text."""
    cells = [r.cells[column] for r in rows if column < len(r.cells) and not is_blank(r.cells[column])]
    texts = [c for c in cells if not is_number(c) and re.search(r"[\u4e00-\u9fff]", c)]
    return bool(cells) and 2 * len(texts) > len(cells)


def is_code_column(rows: Sequence[RawRow], column: int) -> bool:
    """True where most of what a column prints are 科目 codes."""
    cells = [folded(r.cells[column]) for r in rows if column < len(r.cells) and r.cells[column]]
    return bool(cells) and 2 * sum(bool(CODE.fullmatch(c)) for c in cells) > len(cells)
