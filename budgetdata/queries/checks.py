"""The identities as the 核对 page asks for them: by kind, by document, by status, each with its two sides in words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import wan_text

STATUSES = ("different", "not_evaluable", "rounding", "balanced")
"""In the order of the page: what needs a look first."""

OTHER = "other"
KINDS_FILE = Path(__file__).with_name("check_kinds.toml")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of identity: public id, and the rules that belong to it; its words are check_kind.<id> and ….what."""

    id: str
    rules: tuple[str, ...]

    def name(self, lang: str) -> str:
        """What it is called."""
        return text(lang, f"check_kind.{self.id}")

    def what(self, lang: str) -> str:
        """What is compared, in plain words."""
        return text(lang, f"check_kind.{self.id}.what")


@cache
def all_kinds() -> dict[str, Kind]:
    """The declared kinds by id, in the order of the page; OTHER, for rules that none names, is the last."""
    entries = tomllib.loads(KINDS_FILE.read_text(encoding="utf-8"))["kind"]
    found = [Kind(entry["id"], tuple(entry["rules"])) for entry in entries]
    found.append(Kind(OTHER, (r".*",)))
    return {kind.id: kind for kind in found}


@cache
def kind_of(rule: str) -> str:
    """The id of the kind that a rule belongs to."""
    return next(kind.id for kind in all_kinds().values() if any(re.fullmatch(p, rule) for p in kind.rules))


@lru_cache(maxsize=4)
def _every(db: Database) -> tuple[Record, ...]:
    rows = db.rows(
        """SELECT c.*, d.department, d.year, d.region, d.source_file FROM check_result c JOIN document d USING (document_id)
           ORDER BY d.year DESC, d.department, c.document_id, c.check_id"""
    )
    for row in rows:
        row["short"] = name_of(db, row)
        row["kind"] = kind_of(row["rule"])
    return tuple(rows)


@lru_cache(maxsize=4)
def _different(db: Database) -> tuple[Record, ...]:
    return tuple(row for row in _every(db) if row["status"] == "different")


def checks(db: Database, document_id: str = "", kind: str = "", status: str = "") -> list[Record]:
    """Checks that match, those that need a look first: the columns of check_result (amounts in fen), department, year,
    short, kind. An empty value keeps all."""
    found = [
        row for row in _every(db)
        if document_id in ("", row["document_id"]) and kind in ("", row["kind"]) and status in ("", row["status"])
    ]  # fmt: skip
    return sorted(found, key=lambda row: STATUSES.index(row["status"]))


def counts(rows: list[Record]) -> dict[str, int]:
    """How many of some checks have each status, all four named."""
    number = Counter(row["status"] for row in rows)
    return {status: number[status] for status in STATUSES}


def matrix(db: Database, document_ids: list[str]) -> dict[tuple[str, str], dict[str, int]]:
    """(document_id, kind) → how many checks have each status; a pair without any check is absent."""
    cells: dict[tuple[str, str], list[Record]] = {}
    for row in _every(db):
        if row["document_id"] in document_ids:
            cells.setdefault((row["document_id"], row["kind"]), []).append(row)
    return {pair: counts(rows) for pair, rows in cells.items()}


def used_kinds(db: Database) -> list[Kind]:
    """The kinds of which the database holds a check, in their order."""
    used = {row["kind"] for row in _every(db)}
    return [kind for kind in all_kinds().values() if kind.id in used]


def state_of(number: dict[str, int] | None) -> str:
    """The state of a cell of the matrix: different where one is; not_evaluable where none could be evaluated; rounding
    where that is all there is besides agreement; balanced; '' where there is no check."""
    if not number or not sum(number.values()):
        return ""
    if number["different"]:
        return "different"
    if number["rounding"]:
        return "rounding"
    return "balanced" if number["balanced"] else "not_evaluable"


def gap_text(row: Record) -> str:
    """By how much the sides differ, or '' where they are no money."""
    if row["left_fen"] is None and row["right_fen"] is None:
        return ""
    return wan_text(abs((row["left_fen"] or 0) - (row["right_fen"] or 0)))


def touching(db: Database, document_id: str, table_nos: set[int]) -> list[Record]:
    """The 'different' checks of a document of which a side is printed in one of some tables."""
    marks = tuple(f"t{no:02d}." for no in sorted(table_nos))
    return [
        row for row in _different(db)
        if row["document_id"] == document_id
        and any(ref.startswith(marks) for ref in references(row))
    ]  # fmt: skip


def touching_figures(db: Database, document_id: str, figure_ids: set[str]) -> list[Record]:
    """The 'different' checks of a document of which a side is one of some figures."""
    return [
        row
        for row in _different(db)
        if row["document_id"] == document_id and any(f"{document_id}.{ref}" in figure_ids for ref in references(row))
    ]


def total_figures(db: Database, document_id: str, table_nos: set[int]) -> set[str]:
    """The ids of the figures in the total rows and total columns of some tables of a document."""
    marks = ",".join("?" * len(table_nos))
    rows = db.rows(
        f"""SELECT figure_id FROM figure WHERE document_id = ? AND table_no IN ({marks}) AND level = 0
            AND "column" IN ('total', 'subtotal')""",
        (document_id, *sorted(table_nos)),
    )
    return {row["figure_id"] for row in rows}


def references(row: Record, side: str = "") -> list[str]:
    """The references of a check's side ('left' or 'right'; both where ''): figure keys, 'line N', 'p.N'; each once."""
    texts = [row[f"{name}_ref"] or "" for name in ("left", "right") if side in ("", name)]
    return list(dict.fromkeys(ref for text in texts for ref in text.split(";") if ref))


def summary(number: dict[str, int], lang: str = "zh") -> str:
    """The sentence that the page opens with."""
    return text(lang, "checks.summary", n=sum(number.values()), counts=counts_said(number, lang), **number)


def counts_said(number: Mapping[str, int], lang: str) -> str:
    """How many checks have each status, in words, those without any left out: 一致 12 条，无法核对 3 条."""
    order = ("balanced", "rounding", "different", "not_evaluable")
    return text(lang, "checks.separator").join(
        text(lang, "checks.count", n=number[state], state=text(lang, f"check_state.{state}"))
        for state in order if number[state]
    )  # fmt: skip
