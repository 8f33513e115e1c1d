"""Every ready-made question of the app, registered once by id."""

from __future__ import annotations

from functools import cache

from budgetdata.queries.questions import checks, money, printed, targets
from budgetdata.queries.questions.model import Question

ORDER = (
    "biggest-projects", "class-spenders", "fund-users", "three-public-item", "change", "basic-share", "personnel",
    "carryover-projects", "shared-accounts", "empty-tables", "procurement", "assets", "targets-without-number",
    "targets-of-category", "checkable", "without-sheet", "sheet-against-row", "long-projects", "offices", "which-checks",
)  # fmt: skip
"""The order of the page."""


@cache
def all_questions() -> dict[str, Question]:
    """Every ready-made question by id, in the order of the page."""
    groups = (money.QUESTIONS, printed.QUESTIONS, targets.QUESTIONS, checks.QUESTIONS)
    known = {question.id: question for group in groups for question in group}
    return {name: known[name] for name in ORDER}
