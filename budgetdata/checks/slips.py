"""Sides that are one amount under two of the units that a document prints: a unit is printed wrong, nobody knows which."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from budgetdata.base.facts import CheckFact
from budgetdata.base.said import said
from budgetdata.checks.verdicts import not_evaluable
from budgetdata.tables.reading import TableReading

SLIP = "check.unit_slip"
_TABLE = re.compile(r"(?<![a-z])t(\d\d)(?!\d)")
OF_NARRATIVE = "万元"
"""The unit that sentences are held to."""
FACTORS = (100, 1_000, 10_000, 100_000_000)
"""百元, 千元, 万元 and 亿元 in 元: two sides so far apart are the same amount under another unit."""


def without_slips_of_units(checks: Iterable[CheckFact], readings: Collection[TableReading]) -> list[CheckFact]:
    """The checks, disagreements not evaluable where both sides are one amount under two of the units that are printed, or one of
    their tables is in such a disagreement with another and they rest on its unit."""
    printed = {reading.form.no: reading.unit for reading in readings if reading.amounts}
    units = {reading.unit for reading in readings if reading.amounts}
    told = [_slip(check) if check.status == "different" and _is_slip(check, units) else check for check in checks]
    doubtful = {no for check in told if check.explanation.code == SLIP for no in _tables(check)}
    return [
        _slip(check) if check.status == "different" and _rests_on(doubtful, _tables(check), printed) else check
        for check in told
    ]


def _slip(check: CheckFact) -> CheckFact:
    return not_evaluable(check.rule, check.label, said(SLIP))


def _tables(check: CheckFact) -> set[int]:
    """The tables that a check between tables is named by."""
    return {int(no) for no in _TABLE.findall(check.rule)}


def _rests_on(doubtful: set[int], tables: set[int], printed: dict[int, str]) -> bool:
    """Whether a check holds tables under different units against each other, the unit of one of which may be printed wrong."""
    return bool(doubtful & tables) and len({printed[no] for no in tables if no in printed}) > 1


def _is_slip(check: CheckFact, units: set[str]) -> bool:
    known = units | {OF_NARRATIVE} if check.rule.startswith("narrative.") else units
    if len(known) < 2 or not check.left_fen or not check.right_fen:
        return False
    small, large = sorted((abs(check.left_fen), abs(check.right_fen)))
    return any(abs(large - small * factor) <= (check.tolerance_fen or 0) for factor in FACTORS)
