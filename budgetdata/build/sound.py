"""Work over a document's blocks, one of which may make it fail: that one is left out and named, the rest is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from budgetdata.base.bounds import TookTooLong
from budgetdata.base.errors import BudgetDataError
from budgetdata.base.raw import Block, RawDocument
from budgetdata.base.said import Said
from budgetdata.build.guard import fault

Result = TypeVar("Result")
MOST_FAULTY = 12
"""Blocks that may be left out; a document in which more fail fails as a whole."""


def sound(raw: RawDocument, part: Said, work: Callable[[RawDocument], Result]) -> tuple[RawDocument, Result]:
    """What `work` comes to, and the document it was done on: without the blocks that made it fail, which are unreadable.

    A text or table is found by halves: the shortest beginning of the document that fails ends with it. Raises what `work`
    raises where that is meant for the user, where time is over, or where leaving blocks out does not help.
    """
    for _ in range(MOST_FAULTY):
        try:
            return raw, work(raw)
        except (BudgetDataError, TookTooLong, MemoryError):
            raise
        except Exception as error:
            at = _first_faulty(raw, work)
            if at is None:
                raise
            unread = [*raw.unreadable, (raw.blocks[at].place, fault(part, error))]
            raw = replace(raw, blocks=[*raw.blocks[:at], *raw.blocks[at + 1 :]], unreadable=unread)
    return raw, work(raw)


def _first_faulty(raw: RawDocument, work: Callable[[RawDocument], Result]) -> int | None:
    """The index of the block with which the document begins to fail; None where it fails without any."""
    if _fails(raw, [], work):
        return None
    good, bad = 0, len(raw.blocks)
    while bad - good > 1:
        middle = (good + bad) // 2
        if _fails(raw, raw.blocks[:middle], work):
            bad = middle
        else:
            good = middle
    return bad - 1


def _fails(raw: RawDocument, blocks: Sequence[Block], work: Callable[[RawDocument], Result]) -> bool:
    try:
        work(replace(raw, blocks=list(blocks)))
    except (TookTooLong, MemoryError):
        raise
    except Exception as error:
        return not isinstance(error, BudgetDataError)
    return False
