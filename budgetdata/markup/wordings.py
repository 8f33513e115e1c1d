"""The explanations of words that documents print, each wording once. Grouped once for a version of the facts: they are thousands
of paragraphs of which a page shows twelve wordings.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from budgetdata.base.keeping import Room
from budgetdata.base.records import Record
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database

NAMED = 3
"""So many of those who print a wording are named where many documents are held."""
_KEPT = Room(2**20)
_LAYOUT = re.compile(r"[*\s#]")
"""What differs between prints of one wording: spaces, line breaks, marks of headings."""
_EXPLAINS = re.compile(r"^(?!\W*(?:备?注|说明)[:：])[^。]{1,90}?(?:[:：]|指|反映|是[^。]{3})")
"""How an explanation begins: with the word that it explains (“基本支出：指…”). Under the same heading may stand titles of
tables, notes (“注：…”) and the second half of an explanation that went on over the page."""


class Wording(NamedTuple):
    """A wording, the first of those who print it (department, year, page, line), and how many documents do."""

    words: str
    places: list[Record]
    by: int


def printed(db: Database) -> dict[str, list[Record]]:
    """Every wording with who prints it where, once for each document, in printed order."""
    found: dict[str, dict[str, Record]] = {}
    for row in held.glossary(db):
        if _EXPLAINS.match(wording := _LAYOUT.sub("", row["text"])):
            found.setdefault(wording, {}).setdefault(row["document_id"], row)
    return {wording: list(rows.values()) for wording, rows in found.items()}


def common(db: Database) -> list[Wording]:
    """The wordings that most documents print first, of each the first `NAMED` who do."""
    return [Wording(*each) for each in json.loads(_common(db))]


@_KEPT.keeps_on_disk
def _common(db: Database) -> str:
    ordered = sorted(printed(db).items(), key=lambda pair: -len(pair[1]))
    told = [(wording, [_place(row) for row in rows[:NAMED]], len(rows)) for wording, rows in ordered]
    return json.dumps(told, ensure_ascii=False)


def _place(row: Record) -> Record:
    return {name: row[name] for name in ("department", "year", "page", "line")}
