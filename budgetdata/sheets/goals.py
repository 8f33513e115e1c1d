"""Goals to be compared word for word, whatever their white space and punctuation."""

from __future__ import annotations

import hashlib

from budgetdata.base.text import key

SHORTEST_GOAL = 8
"""Goals shorter than this (促进我区产业发展) may be alike by chance."""


def folded_goal(goal: str | None) -> str:
    """A printed goal without white space, variants of punctuation and the stop at its end; '' where blank."""
    return key(goal or "").rstrip("。.;")


def goal_key(goal: str | None) -> str:
    """The folded goal, '' where it is too short to be compared."""
    folded = folded_goal(goal)
    return folded if len(folded) >= SHORTEST_GOAL else ""


def goal_hash(folded: str) -> str:
    """Sixteen hexadecimal digits by which a folded goal is found."""
    return hashlib.sha256(folded.encode()).hexdigest()[:16]
