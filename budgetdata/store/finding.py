"""The full-text index: what of a document can be found, and by which terms.

The index holds no text: what is found is looked up where it is stored, and the terms of a document that goes are made once
more from its rows. Names of departments are found by their pinyin too, whole, from any syllable on, and by initials; and by what
such departments were called before or are called for short (other_names.csv).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from budgetdata.base import region, terms
from budgetdata.words import latin as named
from budgetdata.words import sounds

if TYPE_CHECKING:  # who asks for the schema's version alone waits for no library that writes
    from sqlite_utils import Database

INDEX = "search_text"
OTHER_NAMES = Path(__file__).with_name("other_names.csv")
_MAKE = f"CREATE VIRTUAL TABLE {INDEX} USING fts5(terms, content='', tokenize='unicode61 remove_diacritics 0')"
_SELECTS = {
    "department": "SELECT document_id, department FROM document WHERE document_id = ?",
    "project": "SELECT project_id, name FROM project WHERE document_id = ? ORDER BY project_id",
    "subject": """SELECT figure_id, canonical_label || ' ' || label || ' ' || coalesce(code, ''),
          coalesce(code, canonical_label) AS account
        FROM figure WHERE document_id = ? AND level > 0 AND "column" IN ('total', 'subtotal') AND table_no NOT IN (12, 13)
        ORDER BY table_no <> 3, table_no, side, row_no""",
    "target": "SELECT target_id, indicator || ' ' || target FROM target WHERE document_id = ? ORDER BY target_id",
    "sheet": """SELECT sheet_id, coalesce(overview, '') || ' ' || coalesce(annual_goal, '') || ' ' || coalesce(term_goal, '')
          || ' ' || coalesce(need, '') || ' ' || coalesce(basis, '') || ' ' || coalesce(plan, '')
        FROM sheet WHERE document_id = ? ORDER BY sheet_id""",
    "narrative": "SELECT paragraph_id, text FROM paragraph WHERE document_id = ? ORDER BY paragraph_id",
}
"""Each kind of what is found: its id and its text, of one document. The rows of tables 12 and 13 are projects, no accounts."""


@cache
def made_by() -> str:
    """A digest of all that decides under which terms something is found: what another made, this program could not take out."""
    told = (OTHER_NAMES, sounds.SOUNDS, named.READINGS, named.WORDS, region.DIVISIONS)
    made = (__file__, terms.__file__, sounds.__file__, named.__file__, region.__file__)
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in (*told, *made))).hexdigest()


def make(db: Database) -> None:
    """An empty index."""
    db.execute(_MAKE)


def add(db: Database, documents: Iterable[str]) -> None:
    """Everything of documents whose rows are stored already into the index."""
    [[last]] = db.execute("SELECT coalesce(max(entry_id), 0) FROM search_entry").fetchall()
    found = [(document_id, *entry) for document_id in documents for entry in _entries(db, document_id)]
    entries = [(number, *entry[:-1]) for number, entry in enumerate(found, start=last + 1)]
    words = [(number, entry[-1]) for number, entry in enumerate(found, start=last + 1)]
    db.conn.executemany("INSERT INTO search_entry (entry_id, document_id, kind, target) VALUES (?, ?, ?, ?)", entries)
    db.conn.executemany(f"INSERT INTO {INDEX} (rowid, terms) VALUES (?, ?)", words)


def remove(db: Database, document_id: str) -> None:
    """Everything of a document out of the index, while its rows are still stored."""
    named = {
        (kind, target): entry
        for entry, kind, target in db.execute(
            "SELECT entry_id, kind, target FROM search_entry WHERE document_id = ?", [document_id]
        ).fetchall()
    }
    for kind, target, words in _entries(db, document_id):
        entry = named[kind, target]
        db.execute(f"INSERT INTO {INDEX} ({INDEX}, rowid, terms) VALUES ('delete', ?, ?)", [entry, words])


def settle(db: Database) -> None:
    """The index as one piece: it was written in many."""
    db.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")


def _entries(db: Database, document_id: str) -> Iterator[tuple[str, str, str]]:
    """(kind, id, terms) of what can be found of a document; an account of several tables once."""
    for kind, select in _SELECTS.items():
        seen: set[str] = set()
        for target, text, *account in db.execute(select, [document_id]).fetchall():
            if not seen.issuperset(account):
                seen.update(account)
            elif account:
                continue
            words = terms.terms(text)
            if words:
                yield kind, target, f"{words} {_sounds(text)} {_other_names(text)}" if kind == "department" else words


@cache
def _others() -> tuple[tuple[str, str], ...]:
    """How names of departments end, and how they ended before or end for short."""
    with OTHER_NAMES.open(encoding="utf-8", newline="") as file:
        return tuple((row["name"], row["other"]) for row in csv.DictReader(file))


def _other_names(name: str) -> str:
    """The terms of a name with each other ending that it may have."""
    return " ".join(terms.terms(name.removesuffix(end) + other) for end, other in _others() if name.endswith(end))


def _sounds(name: str) -> str:
    """A name's pinyin from each syllable on, and initials from each on; and as places are called (长治), from each word on."""
    spoken, called = sounds.syllables(name), named.latin(name).lower().replace("ü", "v").replace("'", "").split()
    parts = [spoken[start:] for start in range(len(spoken))]
    found = [word for part in parts for word in ("".join(part), "".join(one[0] for one in part))]
    return " ".join(dict.fromkeys([*found, *("".join(called[start:]) for start in range(len(called)))]))
