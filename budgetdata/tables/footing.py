"""Units that stand below a table: of it, of the next, or of all the tables above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetdata.base.raw import Block, Paragraph
from budgetdata.base.text import key, squeeze
from budgetdata.forms.running_text import LONGEST_UNIT_LINE, is_furniture
from budgetdata.forms.units import units_in
from budgetdata.tables.groups import TableGroup

_NOTE = re.compile(r"[(（]?(?:注|备注|说明)[:：]?")
_OF_ABOVE = re.compile(r"(?:^|[:：,，。;；(（、.])(?:以上|上述|上列|前述)")
_OF_THIS = re.compile(r"[(]?(?:本|此|该)表")
_EVERY_TABLE = re.compile(r"[各所全].{0,3}表")
NEAR = 4
"""Lines below a table within which its unit, or a note on it, stands."""


def is_note(text: str) -> bool:
    """True for a note on the table above it."""
    return bool(_NOTE.match(squeeze(text)) or _OF_THIS.match(key(text)) or _OF_ABOVE.search(squeeze(text)))


def noted(context: Sequence[Paragraph]) -> list[str]:
    """The units named in notes that stand below a table, above the title of the next."""
    return [unit for p in context if is_note(p.text) for unit in units_in(p.text)]


def units_above(text: str, *, of_another: bool) -> list[str]:
    """The units that a line names for the tables above it: 以上金额单位为元. `of_another`: a table that is none of the
    thirteen stands directly above, and the line may be of it alone unless it speaks of all tables."""
    bare = squeeze(text)
    if not _OF_ABOVE.search(bare) or len(bare) > LONGEST_UNIT_LINE or (of_another and not _EVERY_TABLE.search(bare)):
        return []
    return units_in(bare)


def take_below(current: TableGroup, context: Sequence[Paragraph]) -> None:
    """Take note of a line with a unit, the last of the context, where nothing but such lines stands between it and the table."""
    line = context[-1]
    if len(context) > NEAR or len(squeeze(line.text)) > LONGEST_UNIT_LINE or not units_in(line.text):
        return
    if all(is_furniture(p) or is_note(p.text) for p in context[:-1]):
        current.below.append(line)


def part_from(current: TableGroup, block: Block, *, own: bool) -> None:
    """Tell the lines below a table that may as well be of what follows, which prints a unit of its `own` or not."""
    if current.every_unit or own:
        return
    page = current.fragments[-1].rows[-1].place.page
    for line in list(current.below):
        parted = page is not None and line.place.page == page and (block.place.page or 0) > page
        if not parted and not is_note(line.text):
            current.below.remove(line)
            current.shared.append(line)


def settle(groups: Sequence[TableGroup]) -> None:
    """Give each table without a unit that of the line below it. Where one stands between two tables without, it is of the first
    only if every table, the last one too, has its unit below."""
    borrowed = {id(group) for before, group in pairwise(groups) if group.above in before.shared}
    footed = any(group.below for group in groups) and all(id(g) in borrowed or not g.units for g in groups)
    for group in groups if footed else ():
        group.units, group.above = [], None
    for group in groups:
        if group.every_unit:
            continue
        lines = [*group.below, *(group.shared if footed else ())]
        group.units += dict.fromkeys(unit for line in lines[:NEAR] for unit in units_in(line.text))
        if not lines and group.shared:
            group.unsure = units_in(group.shared[0].text)[0]
