"""What is not whole of what must be disclosed: how often an item is not, and in which documents."""

from __future__ import annotations

from collections.abc import Mapping

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.signals.rates import Part

LACKING = ("missing", "partial", "unread")
"""Statuses of what is not whole, in the order it is told: looked for and not found, in part, not read (ours)."""


def is_whole(number: Mapping[str, int]) -> bool:
    """Whether every one of some items is published and was read; so are those of which nothing is asked."""
    return not any(number.get(status, 0) for status in LACKING)


def falls_short(number: Mapping[str, int]) -> bool:
    """Whether any of some items was looked for and not found, or is there in part: not what could not be read alone."""
    return bool(number.get("missing", 0) or number.get("partial", 0))


def lacking(db: Database, part: Part, item: str, start: int, size: int) -> list[Record]:
    """Some of the documents where an item is not whole, in the order of `LACKING`: the item's row, the document's name, place."""
    where, given = part.where()
    order = " ".join(f"WHEN '{status}' THEN {number}" for number, status in enumerate(LACKING))
    return db.rows(
        f"""SELECT i.*, d.department, d.region, d.year FROM document d JOIN disclosure_item i USING (document_id)
            WHERE {where} AND i.item_id = :item AND i.status IN {LACKING}
            ORDER BY CASE i.status {order} END, d.region, d.department, d.document_id LIMIT :size OFFSET :start""",
        given | {"item": item, "size": size, "start": start},
    )
