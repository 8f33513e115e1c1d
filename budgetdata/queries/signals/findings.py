"""docs/findings.md as text: every check that differs, both sides with places and printed text, and what was seen by eye."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment

from budgetdata.base.records import Record
from budgetdata.base.settings import DATA_DIR
from budgetdata.checks.kinds import all_kinds
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.signals.check_places import places
from budgetdata.queries.signals.check_sides import Sides
from budgetdata.queries.signals.check_sides import sides as sides_of
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import place_text, wan_text
from budgetdata.words.templates import made

CONFIRMED_FILE = DATA_DIR / "findings_confirmed.csv"
TEMPLATES = Path(__file__).parent / "templates"
UNSEEN = "还没有人对照原文看过。"
Key = tuple[str, str, str, str]
"""A finding by its document, rule, and the code and arguments of its label."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """A check that differs, as the document lists it."""

    kind: str
    rule: str
    sides: Sides
    gap: str
    allowed: str
    left: list[Record]
    right: list[Record]
    texts: list[Record]
    seen: Record | None


@cache
def _environment() -> Environment:
    environment = made(TEMPLATES, escapes=False)
    environment.filters["plain"] = lambda printed: re.sub(r"\s+", " ", printed).strip()
    environment.globals |= {"at": _at, "place": place_text, "unseen_words": UNSEEN}
    return environment


def key_of(row: Record) -> Key:
    """What a finding is known by: no wording is part of it."""
    return row["document_id"], row["rule"], row["label_code"], row["label_args"]


def confirmed(path: Path = CONFIRMED_FILE) -> dict[Key, Record]:
    """What was seen by eye, by `key_of`: seen_on and note."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {key_of(row): dict(row) for row in csv.DictReader(file)}


def findings_text(db: Database, path: Path = CONFIRMED_FILE) -> str:
    """The whole document as Markdown."""
    rows = identities.checks(db, status="different")
    where, seen = places(db, rows), confirmed(path)
    found: dict[str, list[_Finding]] = {}
    for row in rows:
        found.setdefault(row["document_id"], []).append(_finding(row, where[row["check_id"]], seen.get(key_of(row))))
    known = [seen[key_of(row)] for row in rows if key_of(row) in seen]
    whole = _environment().get_template("findings.md").render(
        documents=[(document, found.get(document["document_id"], [])) for document in held.documents(db)],
        summary=identities.summary(identities.number(db)),
        dates=sorted({entry["seen_on"] for entry in known}), unseen=len(rows) - len(known),
    )  # fmt: skip
    return whole.rstrip() + "\n"


def _finding(row: Record, where: dict[str, list[Record]], seen: Record | None) -> _Finding:
    return _Finding(
        all_kinds()[row["kind"]].name("zh"), row["rule"], sides_of(row), identities.gap_text(row),
        "" if row["tolerance_fen"] is None else wan_text(row["tolerance_fen"]),
        where["left"], where["right"], [printed for printed in where["texts"] if printed["text"]], seen,
    )  # fmt: skip


def _at(found: list[Record]) -> str:
    """The places of a side, each once."""
    shown = []
    for place in found:
        at = place_text(place["page"], place["line"])
        if place["figure_id"]:
            label = re.sub(r"\s+", "", place["label"])
            words = text(
                "zh", "checks.place.figure", no=place["table_no"], row=label, column=place["column_label"] or ""
            )
            at = text("zh", "findings.at", words=words, at=at, raw=place["raw"])
        shown.append(at)
    return text("zh", "question.separator").join(dict.fromkeys(shown)) or text("zh", "findings.not_printed")
