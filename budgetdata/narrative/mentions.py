"""A number that the narrative states: kind, subject, the figures meant, the sentence and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetdata.base.raw import Place
from budgetdata.narrative.figures import FOUND, Cell
from budgetdata.sentences.measures import MONEY

UNKNOWN_WHOLE = "?"
"""What a share is a share of where the words name something that no phrase declares."""

UNREAD, UNREAD_CHANGE = "unread", "unread_change"
"""Kinds of numbers that stand there and were not read whole: an amount or share, and a change or rate."""

QUOTA = "staff_quota"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number the narrative states. value is signed for changes and rates and in the printed unit.

    kind: amount, share, change, rate, count, area, threshold, last_year, about_unchanged, reason, or reason_ and one of
    these for what stands inside a reason; unread and unread_change for numbers that were not read whole. cells are the
    places in the tables that it speaks of, the first the nearest. words: said in words (与上年相同). before: the words
    before it. whole: what a share is a share of ('' where the sentence does not say, UNKNOWN_WHOLE where it says something
    unknown), whole_cells where that is printed. scope: why the number may be of something else than the tables' (see
    `scope`), '' where nothing says so. anchor: (passage, start) of the number that a change, rate or share speaks of, where
    its sentence names nothing else.
    """

    section: str
    section_kind: str
    kind: str
    subject: str
    value: Decimal
    printed: str
    decimals: int
    unit: str
    text: str
    place: Place
    passage: int
    start: int
    cells: tuple[Cell, ...] = ()
    any_of: bool = False
    code: str = ""
    words: bool = False
    before: str = ""
    whole: str = ""
    whole_cells: tuple[Cell, ...] = ()
    scope: str = ""
    anchor: tuple[int, int] | None = None

    @property
    def wan(self) -> Decimal:
        """The value in 万元, for money."""
        return self.value * MONEY[self.unit]

    @property
    def cell(self) -> Cell | None:
        """The cell it speaks of: where an amount may be that of any, the one that holds it; else the first, None for none."""
        first = self.cells[0] if self.cells else None
        if not self.any_of or self.kind != "amount":
            return first
        return next((cell for cell in self.cells if cell.wan == self.wan), first)

    @property
    def links(self) -> tuple[str, ...]:
        """The keys of the printed figures it speaks of."""
        return tuple(cell.key for cell in self.cells if cell.state == FOUND)

    @property
    def is_read(self) -> bool:
        """False where the number stands there and was not read whole."""
        return self.kind not in (UNREAD, UNREAD_CHANGE)

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands: passage and position."""
        return self.passage, self.start


def one_quota(found: Sequence[Mention]) -> list[Mention]:
    """The mentions; where posts of one sort are all that a document states, they are its posts."""
    sorts = {m.subject for m in found if m.kind == "count" and m.subject.startswith(QUOTA)}
    if len(sorts) != 1 or QUOTA in sorts:
        return list(found)
    return [replace(m, subject=QUOTA) if m.kind == "count" and m.subject in sorts else m for m in found]
