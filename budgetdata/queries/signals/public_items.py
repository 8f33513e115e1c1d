"""Whether the items of the three public expenses make their printed total."""

from __future__ import annotations

from collections.abc import Iterable

from budgetdata.base.records import Record
from budgetdata.words.numbers import wan_text

_PARTS, _OF_VEHICLES = ("overseas", "reception", "vehicles"), ("vehicle_purchase", "vehicle_running")
ROUNDING = 20_000
"""In fen: three items and their total, each printed to 0.01 万元, may differ by so much."""


def apart(rows: list[Record]) -> list[str]:
    """Documents whose printed items do not add up to the printed total, rounding left aside, named with the difference.

    Vehicles of which no sum is printed are their purchase and running; where an item that the sum lacks was left blank or not
    read, nothing can be told."""
    said = []
    for row in rows:
        amounts = {item: (row.get(item) or {}).get("fen") for item in (*_PARTS, *_OF_VEHICLES)}
        if amounts["vehicles"] is None:
            amounts["vehicles"] = _sum(amounts[item] for item in _OF_VEHICLES)
        parts, total = [amounts[item] for item in _PARTS], row.get("fen")
        gap = (_sum(parts) or 0) - total if isinstance(total, int) else 0
        if abs(gap) > ROUNDING and (gap > 0 or None not in parts):
            said.append(f"{row['name']} {wan_text(gap)}")
    return said


def _sum(amounts: Iterable[int | None]) -> int | None:
    """The sum of those that are there; None where none is."""
    known = [fen for fen in amounts if fen is not None]
    return sum(known) if known else None
