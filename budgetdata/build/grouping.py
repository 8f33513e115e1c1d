"""Lines worth reading: problems of one cause are one problem that counts them and shows the first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from budgetdata.base.raw import Problem
from budgetdata.base.said import said

UNCODED = "plain"
GROUPED_ELSEWHERE = {"sheet"}
"""Subjects whose room has grouped its problems itself."""


def grouped(problems: Sequence[Problem]) -> list[Problem]:
    """The problems in order, those that say the same of the same table with one code made one, at the place of the first.

    Notes stay as they are: they are read beside what they speak of. So does what is not coded: its cause cannot be told.
    """
    groups: dict[Hashable, list[Problem]] = {}
    for number, problem in enumerate(problems):
        code = problem.message.code
        alone = problem.severity != "unread" or code == UNCODED or problem.subject in GROUPED_ELSEWHERE
        groups.setdefault(number if alone else (problem.subject, problem.table_no, code), []).append(problem)
    return [_one(group) for group in groups.values()]


def _one(group: Sequence[Problem]) -> Problem:
    first = group[0]
    if len(group) == 1:
        return first
    return replace(first, message=said("build.several", first=first.message, n=len(group)))
