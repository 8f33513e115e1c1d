"""Sides that are one amount under two of the units that a document prints: a unit is printed wrong, nobody knows which."""

from __future__ import annotations

from collections.abc import Iterable

from budgetdata.base.facts import CheckFact
from budgetdata.base.said import said
from budgetdata.checks.verdicts import not_evaluable
from budgetdata.tables.reading import TableReading

OF_NARRATIVE = "万元"
"""The unit that sentences are held to."""
FACTORS = (100, 1_000, 10_000, 100_000_000)
"""百元, 千元, 万元 and 亿元 in 元: two sides so far apart are the same amount under another unit."""


def without_slips_of_units(checks: Iterable[CheckFact], readings: Iterable[TableReading]) -> list[CheckFact]:
    """The checks, disagreements not evaluable where both sides are one amount under two of the units that are printed."""
    units = {reading.unit for reading in readings if reading.amounts}
    return [
        not_evaluable(check.rule, check.label, said("check.unit_slip"))
        if check.status == "different" and _is_slip(check, units)
        else check
        for check in checks
    ]


def _is_slip(check: CheckFact, units: set[str]) -> bool:
    known = units | {OF_NARRATIVE} if check.rule.startswith("narrative.") else units
    if len(known) < 2 or not check.left_fen or not check.right_fen:
        return False
    small, large = sorted((abs(check.left_fen), abs(check.right_fen)))
    return any(abs(large - small * factor) <= (check.tolerance_fen or 0) for factor in FACTORS)
