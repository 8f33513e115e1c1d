"""One bad part is one bad part: what goes wrong inside one is that part's problem, never the document's end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from budgetdata.base.bounds import TookTooLong, part_bounds
from budgetdata.base.errors import BudgetDataError
from budgetdata.base.facts import NOWHERE, DocumentFacts
from budgetdata.base.raw import Problem
from budgetdata.base.said import Said, said

Result = TypeVar("Result")


def fault(part: Said, error: Exception) -> Said:
    """That our own program failed in a part, with the class of the error and where in the program it arose."""
    if isinstance(error, TookTooLong):
        return said("build.too_long", part=part, n=round(error.seconds))
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f" in {at.tb_frame.f_code.co_name}, line {at.tb_lineno}" if at is not None else ""
    return said("build.fault", part=part, error=f"{type(error).__name__}{where}")


def guarded(
    facts: DocumentFacts, part: Said, work: Callable[[], Result], otherwise: Result, table_no: int | None = None
) -> Result:
    """What `work` comes to; where it fails, `otherwise`, and a problem of the document that names the part.

    Errors that are meant for the user (BudgetDataError) go on.
    """
    try:
        with part_bounds():
            return work()
    except BudgetDataError:
        raise
    except Exception as error:
        facts.problems.append(Problem("unread", "fault", fault(part, error), NOWHERE, table_no))
        return otherwise
