"""Lists of goals or indicators whose heads are not known: they are unread, and that is told."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from budgetdata.base.raw import Block, Place, Problem, RawTable
from budgetdata.base.said import said
from budgetdata.sheets.cells import one_line
from budgetdata.sheets.heads import half_named, head_of
from budgetdata.sheets.remarks import SUBJECT


@dataclass(frozen=True, slots=True)
class Unheaded:
    """A head of a list that no declaration knows, with its place; rows: how many the table prints; read: whether the rest is."""

    text: str
    place: Place
    rows: int
    read: bool = False


def unknown_heads(blocks: Sequence[Block], read: Container[int] = ()) -> Iterator[Unheaded]:
    """The heads that are not known of every list of goals or indicators; read: the blocks of those that sheets were made of."""
    for index, block in enumerate(blocks):
        if not isinstance(block, RawTable):
            continue
        head = head_of(block.rows)
        if head is not None:
            yield from (Unheaded(one_line(text), block.place, len(block.rows), True) for text in head.unknown.values())
        elif index not in read and (found := half_named(block.rows)) is not None:
            yield from (Unheaded(one_line(text), found[0], len(block.rows)) for text in found[1])


def unheaded(blocks: Sequence[Block], read: Container[int]) -> list[Problem]:
    """One problem for all lists that were not read because heads of theirs are not known."""
    found = [one for one in unknown_heads(blocks, read) if not one.read]
    if not found:
        return []
    rows = sum({one.place: one.rows for one in found}.values())
    message = said("lists.unheaded", n=rows, heads=list(dict.fromkeys(one.text for one in found)))
    return [Problem("unread", SUBJECT, message, found[0].place)]
