"""Every ready-made question of the app, registered once by id."""

from __future__ import annotations

from functools import cache

from budgetdata.queries.questions import checks, money, targets
from budgetdata.queries.questions.model import Question


@cache
def all_questions() -> dict[str, Question]:
    """Every ready-made question by id, in the order of the page."""
    groups = (money.QUESTIONS, targets.QUESTIONS, checks.QUESTIONS)
    return {question.id: question for group in groups for question in group}
