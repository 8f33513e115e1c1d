"""Rankings over thousands of budgets: short rows tell which of them stand in the piece that is shown, and these are loaded."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from budgetdata.base.records import Record

ALL = -1
"""So many rows as there are."""


def shown(
    rows: Sequence[Record],
    key: Callable[[Record], Any],
    load: Callable[[list[Record]], list[Record]],
    start: int = 0,
    size: int = ALL,
) -> list[Record]:
    """A piece of a list that is ordered by a key, in full. load: gives some of the short rows in full, those of one key in the
    order in which they stand; all rows of a key that is shown are asked for."""
    keys = sorted(map(key, rows))
    end = len(keys) if size < 0 else min(start + size, len(keys))
    if start >= end:
        return []
    first, last = keys[start], keys[end - 1]
    found = sorted(load([row for row in rows if first <= key(row) <= last]), key=key)
    skip = start - keys.index(first)
    return found[skip : skip + end - start]


def listed(rows: Sequence[Record], name: str = "document_id") -> str:
    """The ids of rows as one value for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(dict.fromkeys(row[name] for row in rows)))


AMONG = "IN (SELECT value FROM json_each(?))"
"""The condition that a column is one of those `listed`."""


def most_first(row: Record) -> tuple[bool, int]:
    """The key of amounts (fen), the largest first, what has none last."""
    return row["fen"] is None, -(row["fen"] or 0)
