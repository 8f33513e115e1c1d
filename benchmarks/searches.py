"""Forty searches typed by hand (searches.csv), whose answers stand in the first disclosures of the invented country of seed 11.

What each finds must be among the first ten of its kind, however many others are held: `finds` is a title, with * what every
title or text holds, of an amount the file it stands in, of a sign mistyped a name that is offered.
"""

from __future__ import annotations

import csv
from pathlib import Path

from budgetdata.queries import documents
from budgetdata.queries.base import Database
from budgetdata.queries.search import search

FILE = Path(__file__).with_name("searches.csv")
SEED = 11
FIRST = 10


def searches() -> list[dict[str, str]]:
    """The searches: words, kind, finds, about."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_found(db: Database, row: dict[str, str]) -> bool:
    """Whether a search finds what it should among the first ten."""
    found = search(db, row["words"])
    if row["kind"] == "near":
        return row["finds"] in found.near
    first = found.rows.get(row["kind"], [])[:FIRST]
    if row["kind"] == "amount":
        files = [(documents.document(db, hit["document_id"]) or {}).get("source_file") for hit in first]
        return row["finds"] in files
    if row["finds"].startswith("*"):
        return bool(first) and all(row["finds"][1:] in f"{hit['title']} {hit['text']}" for hit in first)
    return row["finds"] in [hit["title"] for hit in first]
