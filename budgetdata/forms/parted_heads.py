"""Heads that a line break within a cell parts: made whole where that makes one that is known, else not believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.money import is_number
from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import unnumbered
from budgetdata.forms.declared import Form, head_key, matches
from budgetdata.forms.other_years import year_marked
from budgetdata.forms.units import is_counted

FEWEST_KNOWN = 2
"""Heads that a row below one in doubt must hold to show that this one is of the head."""


def is_foreign(text: str, form: Form) -> bool:
    """True for the head of a fund that is no column of a form, nor known to it otherwise."""
    bare = head_key(text)
    return matches(form.foreign, bare) and not matches(form.heads, bare)


def is_head(text: str, form: Form) -> bool:
    """Whether a text is a head that a form knows, by itself."""
    known = matches(form.heads, head_key(text)) or bool(year_marked(text, None))
    return known or is_foreign(text, form) or is_counted(text)


def whole_heads(form: Form, fragment: RawTable) -> RawTable | None:
    """The fragment, rows of its head put together where they are parts of one; None where its head may be read in part only.

    Only a reader of texts says that rows may be parts of one.
    """
    rows = fragment.rows
    end = next((n for n, row in enumerate(rows) if _holds_amounts(row)), len(rows))
    if not any(row.doubt is not None for row in rows[:end]):
        return fragment
    if rows[0].doubt == 0 and not _is_head(rows[0].cells[0], form):
        return None
    whole: list[RawRow] = [rows[0]]
    for number, row in enumerate(rows[1:end], start=1):
        above = whole[-1]
        met = _meeting(above, row, form)
        if met is None or all(_is_head(text, form) for text in met) or _is_whole(above, row, met[0], form, fragment):
            whole.append(row)
        elif _is_head("".join(met), form):
            whole[-1] = _joined(above, row)
        elif _knows(row, form) or any(_knows(other, form, FEWEST_KNOWN) for other in rows[number + 1 : end]):
            return None
        else:
            whole.append(row)
    width = max(len(row.cells) for row in whole)
    if width <= fragment.width or len({len(row.cells) for row in rows}) > 1:
        return RawTable((*whole, *rows[end:]))
    return RawTable(tuple(_as_wide(row, width) for row in (*whole, *rows[end:])))


def _is_head(text: str, form: Form) -> bool:
    """Whether a form knows a text as a head, or as a row that it may print as one."""
    rows = (spec for side in form.sides if side.sideways for spec in side.rows)
    return is_head(text, form) or any(spec.label.fullmatch(unnumbered(text)) for spec in rows)


def _holds_amounts(row: RawRow) -> bool:
    return any(is_number(text) for _, text in row.filled)


def _knows(row: RawRow, form: Form, fewest: int = 1) -> bool:
    return sum(_is_head(text, form) for _, text in row.filled) >= fewest


def _meeting(above: RawRow, row: RawRow, form: Form) -> tuple[str, str] | None:
    """The texts of two rows, one of them of heads, that may be parts of one cell."""
    if row.doubt != 0 or above.doubt is None or not (above.filled and row.cells[0]):
        return None
    return (above.filled[-1][1], row.cells[0]) if _knows(above, form) or _knows(row, form) else None


def _is_whole(above: RawRow, row: RawRow, text: str, form: Form, fragment: RawTable) -> bool:
    """Whether a row ends in a head, and would be wider than its table with the next one."""
    return _is_head(text, form) and above.filled[-1][0] + row.filled[-1][0] >= fragment.width


def _joined(above: RawRow, row: RawRow) -> RawRow:
    """Two rows as one, as wide as both together, or as one of them where its last cells are blank."""
    end = above.filled[-1][0]
    cells = (*above.cells[:end], above.cells[end] + row.cells[0], *row.cells[1 : row.filled[-1][0] + 1])
    joined = replace(above, cells=cells, doubt=row.doubt and row.doubt + end)
    return _as_wide(joined, max(len(above.cells), len(row.cells)))


def _as_wide(row: RawRow, width: int) -> RawRow:
    return replace(row, cells=(*row.cells, *[""] * (width - len(row.cells))))


def whole_headed(form: Form, fragments: Sequence[RawTable]) -> list[RawTable] | None:
    """The fragments with whole heads; None where one of them may be read in part."""
    whole = [whole_heads(form, fragment) for fragment in fragments]
    return None if None in whole else [fragment for fragment in whole if fragment is not None]
