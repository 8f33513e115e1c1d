"""Rows that cannot be told what they are of: their amounts are withheld, and the table is partial.

A rule that lies elsewhere than it was drawn for takes text of a row's label or code into a cell of its own, into that of its
neighbour, or outside each. The amounts still stand in their columns, but under a name that is not theirs, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from budgetdata.base.money import is_blank, parse_amount
from budgetdata.base.raw import RawRow
from budgetdata.base.said import Said, said
from budgetdata.base.text import TWO_UNREAD, UNREAD, folded, key, named, unnumbered
from budgetdata.forms.canonical import names_of
from budgetdata.forms.declared import Form, Side, matches
from budgetdata.forms.header import SideLayout
from budgetdata.forms.pieces import holds_amount, is_half, is_mixed, is_out_of_turn
from budgetdata.forms.plain_codes import CODE_LENGTHS, CODES_OF, holds_code
from budgetdata.forms.units import units_in
from budgetdata.tables.lacking import Lack
from budgetdata.tables.remarks import rows_alone, some
from budgetdata.tables.rows import is_declared
from budgetdata.tables.sums import ROUNDED_FEN, TableRow

_AMOUNTS = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d+\.\d{2}){2,}")
"""Several amounts in one cell: a rule between rows is not there, and an amount beside them may be of either row."""
_WORDS = re.compile(r"[一-鿿]")
_CODE_PART = re.compile(r"\d\d")
FEW_ALONE = 2
"""Rows that print a name and no amount: where more do, that is how a table heads its parts."""
LONGEST_NAME = 60
"""Characters: a longer text of a row describes what it is of, with other amounts."""


def mark_unnamed(
    sides: Mapping[str, Sequence[TableRow]], raws: Sequence[RawRow], layouts: Sequence[SideLayout], unit: str
) -> None:
    """Mark the rows that print a text where none is read, it may be of their label or code: those without a label, and
    those that print it before their amounts under no head; and those that name another unit than `unit`, that of amounts."""
    for layout in layouts:
        names = {*layout.texts, *layout.ignored}
        at = {place: row for row in sides[layout.side.name] for place in (row.place, *row.places.values())}
        for raw in raws:
            row = at.get(raw.place)
            if row is None:
                continue
            row.other_unit = row.other_unit or _other_unit(raw, layout, unit)
            astray = list(_astray(raw, layout, names, unit))
            if (astray and not row.label) or any(
                _among_names(column, raw.cells[column], layout, row) for column in astray
            ):
                row.cut = True
        held = [row for row in sides[layout.side.name] if row.values]
        if layout.side.declares_rows and 2 * sum(row.cut for row in held) > len(held):
            for row in held:  # most amounts stand behind other names: so does their column
                row.cut = True


def _other_unit(raw: RawRow, layout: SideLayout, unit: str) -> str:
    """A unit that a text of a row, within its side, names and that is not that of its table; '' for none."""
    first, last = layout.span if layout.span[1] else (0, len(raw.cells))
    named = (cell for cell in raw.cells[first:last] if "元" in cell and len(cell) <= LONGEST_NAME)
    return next((other for cell in named for other in units_in(cell) if other != unit), "")


def _astray(raw: RawRow, layout: SideLayout, names: set[int], unit: str) -> Iterator[int]:
    """The columns of a row, within its side, that print what is no amount where no name is read."""
    first, last = layout.span if layout.span[1] else (0, len(raw.cells))
    for column, text in raw.filled:
        if first <= column < last and column not in names and not matches(layout.side.total_labels, key(text)):
            bare = text.replace(UNREAD, "")
            if not is_blank(bare) and (parse_amount(bare, unit) is None or _CODE_PART.fullmatch(bare)):
                yield column


def _among_names(column: int, text: str, layout: SideLayout, row: TableRow) -> bool:
    """Whether a text stands between code and label and the amounts in a column that has no head, is an amount and what follows
    it, or is words where rows are known by their names: the amounts behind are of another list; or words stand in the first
    column of amounts, beside a name that may go on in them (a whole one prints 涉密 there, or 见附件)."""
    named = [c for c in (layout.code, layout.label) if c is not None]
    first = min(layout.values.values(), default=0)
    if not named or not min(named) < column <= first:
        return False
    if column == first:
        return column - 1 in named and bool(_WORDS.search(text)) and not _is_whole(row, layout.side)
    is_name = layout.side.declares_rows and bool(_WORDS.search(text))
    return is_name or column not in layout.strangers or holds_amount(text)


def _is_whole(row: TableRow, side: Side) -> bool:
    """Whether a row's name is a whole one: that of a declared row, or one attested for its code."""
    return bool(row.role) or key(row.label) in names_of(side.hierarchy, row.code)


def withhold(form: Form, sides: Mapping[str, Sequence[TableRow]]) -> list[Lack]:
    """Withhold the amounts of rows whose label or code was cut, of those that hold several in one cell, and of those in another
    unit; the lacks that tell of them."""
    cut: list[TableRow] = []
    joined: list[TableRow] = []
    others: list[TableRow] = []
    alone = [row.row_no for row in rows_alone(form, sides)]
    for name, rows in sides.items():
        _doubt_beside_pieces(rows, form.side(name), alone if len(alone) <= FEW_ALONE else ())
        _doubt_units_alone(rows)
        _doubt_blanks(rows)
        for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
            row.cut = row.cut or (not row.code and is_out_of_turn(above.label, row.label, below.label))
    for row, side in [
        (row, form.side(name)) for name in sides for row in sides[name] if row.values or (row.cut and row.broken)
    ]:
        if row.cut or _is_mixed(row, side) or _is_nameless(row, side) or _is_overprinted(row):
            cut.append(row)
        elif any(text == TWO_UNREAD or _AMOUNTS.fullmatch(folded(text)) for text in row.broken.values()):
            joined.append(row)
        elif row.other_unit:
            others.append(row)
    units = some(row.other_unit for row in others)
    lacks = [*_withheld("table.rows_withheld", cut), *_withheld("table.rows_joined", joined)]
    return [*lacks, *_withheld("table.rows_other_unit", others, units=units)]


def _withheld(code: str, found: Sequence[TableRow], **told: list[Said | str]) -> list[Lack]:
    for row in found:
        row.cut = True
        row.broken |= {column: amount.raw for column, amount in row.values.items()}
        row.values.clear()
        row.boxes.clear()
    if not found:
        return []
    first = found[0]
    return [Lack(said(code, n=len(found), row=first.code or first.label, at=first.place.told, **told))]


def _doubt_beside_pieces(rows: Sequence[TableRow], side: Side, alone: Sequence[int]) -> None:
    """Mark the rows known by their name alone that stand beside one that prints nothing but a name, where hardly any row does so,
    or nothing but a text that was not read whole: it may be the end of the name above, or the beginning of the one below. Below
    any name that was not read whole inside, and beside one of which nothing was, what is no total may be a piece of it; beside
    amounts of a page without a name it may hold theirs; and amounts without one beside nothing but the name of a total may be its
    own. Where most rows print their class or unit, that of a row without any may be what stands alone beside it: it heads no
    others for certain."""
    held = [row for row in rows if row.values]
    classed = 2 * sum(bool(row.group_label) or (row.of_unit and not row.values) for row in rows) > len(held)
    for above, below in pairwise(rows):
        for row, beside in ((above, below), (below, above)):
            bare = not (row.code or row.group_label or row.values or row.broken)
            inner = beside.level > 0 and not _is_named_whole(beside, side)
            may_end = inner and (row is above or not row.label.strip(UNREAD))
            piece = _is_unread_inside(row.label) and (bare or may_end)
            piece = piece or (bare and _may_be_a_piece(row, alone))
            piece = piece or (bare and not beside.label and matches(side.total_labels, key(row.label)))
            piece = piece or (bare and row.of_unit and classed and inner and not beside.group_label)
            nameless = bool(row.values) and row.place.page is not None and _is_nameless(row, side)
            piece = piece or (inner and nameless)
            beside.cut = beside.cut or (piece and not beside.code)


def _doubt_blanks(rows: Sequence[TableRow]) -> None:
    """Mark the blanks beside an amount of a page that has no name and was not read: it may be theirs, a rule lies through it."""
    for row, beside in (pair for both in pairwise(rows) for pair in (both, both[::-1])):
        if not (row.label or row.code or row.values) and row.place.page is not None and beside.values:
            beside.broken |= dict.fromkeys(row.broken.keys() - beside.values.keys() - beside.broken.keys(), UNREAD)


def _doubt_units_alone(rows: Sequence[TableRow]) -> None:
    """Mark the rows that print a unit where its others print a name beside it, unless they come to what those do, or to what all
    rows with a name do: a rule that is gone, or a cell left blank, took their name, and their amounts are not the unit's."""
    of_units: dict[str, list[TableRow]] = {}
    for row in rows:
        of_units.setdefault(row.group_label, []).append(row)
    inner = [row for row in rows if row.group_label]
    for row in rows:
        own = of_units.get(row.label, []) if row.of_unit and row.label else []
        if own and not any(all(_is_sum_of(row, parts, column) for column in row.values) for parts in (own, inner)):
            row.cut = True


def _is_sum_of(row: TableRow, parts: Sequence[TableRow], column: str) -> bool:
    """Whether an amount is the sum of those of other rows, up to a last digit of each."""
    amounts = [part.values[column] for part in parts if column in part.values]
    whole = row.values[column]
    return abs(whole.fen - sum(amount.fen for amount in amounts)) <= ROUNDED_FEN * (1 + len(amounts))


def _may_be_a_piece(row: TableRow, alone: Sequence[int]) -> bool:
    """Whether a name alone may be what a rule took from its row: on a page, and not one that heads a part of the table."""
    return (
        row.row_no in alone
        and row.place.page is not None
        and not row.of_unit
        and unnumbered(row.label) == key(row.label)
    )


def _is_unread_inside(label: str) -> bool:
    """Whether signs within a text were not read, or none was; one at its end says that it may be half a name."""
    return UNREAD in label[1:-1] or (UNREAD in label and not label.strip(UNREAD))


def _is_nameless(row: TableRow, side: Side) -> bool:
    """Whether a row prints no name where every row is known by its name, or that is no total."""
    unnamed = not row.label and not row.code
    return unnamed and (side.declares_rows or bool(row.level and not row.group_label))


def _is_named_whole(row: TableRow, side: Side) -> bool:
    """Whether a row's name is a declared one as it is printed: of 债务付息 支出 may stand elsewhere."""
    return any(spec.label.fullmatch(named(row.label)) for spec in side.rows)


def _is_overprinted(row: TableRow) -> bool:
    """Whether signs of two or more amounts were not read in a row that is known by its name alone: another may be printed over
    it, and the name be of both."""
    return not row.code and sum(UNREAD in text for text in row.broken.values()) > 1


def _is_mixed(row: TableRow, side: Side) -> bool:
    """Whether a row's code or label holds what was not read, an amount that is its neighbour's, digits of its code, or a code
    its neighbour's as well: of two in one cell that are read as one, neither is the row's for certain; or is half a name."""
    hierarchy = side.hierarchy
    return UNREAD in row.code + row.label or bool(
        is_mixed(row.code, row.label, {amount.raw for amount in row.values.values()})
        or (not row.code and is_half(row.label) and not (row.role or is_declared(side, row)))
        or (hierarchy and holds_code(row.code, row.label, hierarchy))
        or (hierarchy in CODES_OF and len(row.code) > max(CODE_LENGTHS) and row.code.isdecimal())
    )
