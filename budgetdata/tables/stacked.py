"""Tables of two sides printed one below the other: income first, then expenditure, in the same columns under one head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import named
from budgetdata.forms.declared import Form, head_key, matches
from budgetdata.forms.header import resolve, split_header


def beside_each_other(form: Form, fragments: Sequence[RawTable]) -> Sequence[RawTable]:
    """The fragments with the rows of the second side, where they follow those of the first, in columns of their own beside them;
    as they are where the sides are printed otherwise."""
    if len(form.sides) != 2 or len({fragment.width for fragment in fragments}) != 1:
        return fragments
    width, head = fragments[0].width, fragments[0].rows
    count, leaves = split_header(fragments[0].rows, form)
    labels = [c for c, text in leaves.items() if any(matches(side.label_heads, head_key(text)) for side in form.sides)]
    both = resolve(form, leaves | {width + c: text for c, text in leaves.items()}, 2 * width) if count else None
    if len(labels) != 1 or both is None or not all(x.values and x.label == labels[0] + x.span[0] for x in both):
        return fragments
    repeated = {row.cells for row in head[:count]}
    rows = [row for fragment in fragments for row in fragment.rows if row.cells not in repeated]
    kinds = [_side_of(form, row, labels[0]) for row in rows]
    start = next((number for number, kind in enumerate(kinds) if kind == 1), 0)
    if 0 not in kinds[:start] or 0 in kinds[start:]:
        return fragments
    heads = [replace(row, cells=row.cells * 2, boxes=row.boxes * 2) for row in head[:count]]
    return [RawTable((*heads, *(_at(row, number >= start) for number, row in enumerate(rows))))]


def _side_of(form: Form, row: RawRow, column: int) -> int | None:
    """The number of the one side that knows a row by its label, None for a row that neither knows, or both."""
    label = named(row.cells[column]) if column < len(row.cells) else ""
    known = [number for number, side in enumerate(form.sides) if label and side.knows(label)]
    return known[0] if len(known) == 1 else None


def _at(row: RawRow, right: bool) -> RawRow:
    """A row at the left or the right of as many blank cells."""
    cells, boxes = ("",) * len(row.cells), (None,) * len(row.boxes)
    if not right:
        return replace(row, cells=(*row.cells, *cells), boxes=(*row.boxes, *boxes))
    doubt = None if row.doubt is None else row.doubt + len(cells)
    return replace(row, cells=(*cells, *row.cells), boxes=(*boxes, *row.boxes), doubt=doubt)
