"""What each document discloses of what is asked of it: the profile's items with status and evidence."""

from __future__ import annotations

from collections import Counter

from budgetdata.base.records import Record
from budgetdata.checks.disclosure import GROUPS, Profile, standard_profile
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text
from budgetdata.words.phrases import as_printed, told

STATUSES = ("full", "partial", "empty_stated", "empty", "missing", "not_applicable", "unread")
TOLD = ("full", "empty_stated", "empty")
"""Statuses of what is published: an empty table is; that nothing says why it is empty counts once, at the item that asks it."""
ASIDE = ("unread", "not_applicable")
"""Statuses of what is not counted: not read, or not asked of this document."""

FEWEST_TO_RANK = 10
"""Fewer documents than this are never put in an order."""


def profile() -> Profile:
    """The profile that the items were assessed by: its name, source and declared items."""
    return standard_profile()


def source(lang: str) -> str:
    """What the profile rests on: as it is cited, in English in words with that behind them."""
    return as_printed(lang, text(lang, "disclosure.source"), profile().source)


def items(db: Database, document_id: str = "") -> list[Record]:
    """Items of a document (of all where '') in the profile's order: document_id, item_id, group, item, status, evidence."""
    order = {item["id"]: number for number, item in enumerate(profile().items)}
    where, values = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
    rows = db.rows(f"SELECT * FROM disclosure_item {where}", values)
    return sorted(rows, key=lambda row: (row["document_id"], order.get(row["item_id"], len(order)), row["item_id"]))


def in_words(row: Record, lang: str) -> Record:
    """An item as it is told: item, group_name, state and evidence in words, beside its codes."""
    return {
        **row,
        "item": text(lang, f"disclosure.item.{row['item_id']}"),
        "group_name": text(lang, f"disclosure_group.{row['group']}"),
        "state": text(lang, f"disclosure_state.{row['status']}"),
        "evidence": told(lang, row, "evidence"),
    }


def items_of(db: Database, document_ids: list[str]) -> list[Record]:
    """The same of some documents."""
    return [row for document_id in document_ids for row in items(db, document_id)]


def counts(rows: list[Record]) -> dict[str, dict[str, int]]:
    """How many items of each group have each status, groups and statuses in their order, zeros left out."""
    found: dict[str, dict[str, int]] = {}
    for group in GROUPS:
        number = Counter(row["status"] for row in rows if row["group"] == group)
        found[group] = {status: number[status] for status in STATUSES if number[status]}
    return found
