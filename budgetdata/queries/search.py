"""Words and amounts over everything that is held, by the full-text index; ranked, counted truly, paged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from budgetdata.base.money import UNITS
from budgetdata.base.records import Record
from budgetdata.base.terms import asked
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of
from budgetdata.words.phrases import printed_names

LIMIT = 40
"""So many hits of a kind at once."""
NEAR = 5
MOST_NAMES = 12
"""So many printed names are looked for beside the English words that they are the names of."""
_ALIKE = 60.0  # of a hundred: names less alike are no neighbours
FACETS = ("year", "region", "document_kind")
_SOURCES = {
    "department": """SELECT document_id AS target, department AS title, '' AS text, NULL AS fen, NULL AS page, NULL AS line,
        document_id AS id FROM document""",
    "project": """SELECT coalesce(sheet_id, project_id) AS target, name AS title, office AS text, total_fen AS fen, page, line,
        project_id AS id FROM project""",
    "subject": """SELECT figure_id AS target, canonical_label AS title, code AS text, fen, page, line, figure_id AS id
        FROM figure""",
    "target": """SELECT sheet_id AS target, indicator AS title, target AS text, NULL AS fen, page, line, target_id AS id
        FROM target""",
    "sheet": """SELECT sheet_id AS target, project_name AS title, coalesce(overview, '') || ' ' || coalesce(annual_goal, '')
        || ' ' || coalesce(term_goal, '') || ' ' || coalesce(need, '') || ' ' || coalesce(basis, '') || ' '
        || coalesce(plan, '') AS text, NULL AS fen, page, line, sheet_id AS id FROM sheet""",
    "narrative": """SELECT paragraph_id AS target, section AS title, text, NULL AS fen, page, line, paragraph_id AS id
        FROM paragraph""",
}
_AMOUNT = re.compile(
    r"(?:[¥￥]|(?i:cny|rmb))?\s*(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d+)?\s*(亿元?|万元?|元|(?i:[mb]illion))?"
)
_UNITS = {**UNITS, "million": 100_000_000, "billion": 100_000_000_000}
"""Fen in each unit that an amount may be typed in."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: rows by kind, how many there are of each, how many by facet and value, and names that are alike.

    A row: kind, document_id, short (the department's name), year, title, text (a clip around the words), fen, page, line,
    target (an id). facets: year, region, document_kind. near: names of departments and accounts where nothing was found.
    also: the printed names that English words stand for, looked for with them.
    """

    rows: dict[str, list[Record]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked: the words, the SQL and values of what narrows them, and which hits of a kind are wanted."""

    words: str
    where: str
    given: Mapping[str, str]
    limit: int
    page: int

    @property
    def part(self) -> dict[str, Any]:
        """The values that every query takes."""
        return {**self.given, "limit": self.limit, "start": self.limit * (max(self.page, 1) - 1)}


def search(
    db: Database,
    words: str,
    choices: Mapping[str, str] | None = None,
    kind: str = "",
    page: int = 1,
    limit: int = LIMIT,
) -> Found:
    """What holds every one of the words, or states the amount (14,000 · 1.4亿 · 3万元).

    choices: facets with the one value that counts. kind, page: one kind only, and which `limit` of its hits.
    """
    needle = words.strip()
    if not needle:
        return Found()
    where, given = _narrowed(choices or {})
    wanted = _Asked(needle, where, given, limit, page if kind else 1)
    found = Found(facets={name: {} for name in FACETS})
    ranges = _ranges(needle)
    if ranges and (rows := _amounts(db, ranges, wanted)):
        found.counts["amount"] = _how_many(db, ranges, wanted)
        found.rows["amount"] = rows
    also = tuple(printed_names(needle)[:MOST_NAMES])
    query = " OR ".join(f"({query})" for query in map(asked, (needle, *also)) if query)
    if query:
        _count(found, _counted(db, query, wanted), kind)
        for name in _SOURCES:
            if found.counts.get(name) and kind in ("", name):
                found.rows[name] = _hits(db, name, query, wanted)
    near = () if found.counts else _near(db, needle)
    return Found(found.rows, found.counts, found.facets, near, also)


def _count(found: Found, groups: list[Record], kind: str) -> None:
    """Add up the groups: every kind, and the facets of what is shown."""
    for group in groups:
        found.counts[group["kind"]] = found.counts.get(group["kind"], 0) + group["n"]
        if kind in ("", group["kind"]):
            for name in FACETS:
                value = str(group[name] or "")
                found.facets[name][value] = found.facets[name].get(value, 0) + group["n"]


def _narrowed(choices: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    columns = {"year": "d.year", "region": "d.region", "document_kind": "d.kind"}
    chosen = {name: value for name, value in choices.items() if name in columns and value}
    where = "".join(f" AND CAST({columns[name]} AS TEXT) = :{name}" for name in chosen)
    return where, chosen


_MATCHING = """FROM search_text JOIN search_entry e ON e.entry_id = search_text.rowid JOIN document d USING (document_id)
    WHERE search_text MATCH :query"""


def _counted(db: Database, query: str, wanted: _Asked) -> list[Record]:
    """How many hits of each kind, year, region and kind of document."""
    return db.rows(
        f"""SELECT e.kind, d.year, coalesce(d.region, '') AS region, d.kind AS document_kind, count(*) AS n
            {_MATCHING}{wanted.where} GROUP BY 1, 2, 3, 4""",
        {"query": query, **wanted.given},
    )


def _hits(db: Database, kind: str, query: str, wanted: _Asked) -> list[Record]:
    """The hits of a kind, the best first."""
    ranked = f"""SELECT e.target AS found, e.document_id, d.department, d.region, d.year, rank AS worth {_MATCHING}
        AND e.kind = :kind{wanted.where} ORDER BY rank, d.year DESC, e.target LIMIT :limit OFFSET :start"""
    rows = db.rows(
        f"""SELECT r.document_id, r.department, r.region, r.year, s.*
            FROM ({ranked}) r JOIN ({_SOURCES[kind]}) s ON s.id = r.found ORDER BY r.worth, r.year DESC, r.found""",
        {"query": query, "kind": kind, **wanted.part},
    )
    return [_row(db, kind, row, wanted.words) for row in rows]


def _row(db: Database, kind: str, row: Record, needle: str) -> Record:
    first = needle.split()[0]
    shown = {name: row[name] for name in ("document_id", "year", "title", "fen", "page", "line", "target")}
    short = name_of(db, row)
    return {**shown, "kind": kind, "short": short, "text": clip(row["text"] or "", first)}


def _ranges(words: str) -> list[tuple[int, int]]:
    """The fen from and to which an amount typed so may stand for: half of its last place up and down where a unit rounds it."""
    match = _AMOUNT.fullmatch(words)
    if match is None:
        return []
    whole, part = match[1].replace(",", "").replace("，", ""), (match[2] or "")[1:]
    unit = match[3].lower() if match[3] else ""
    unit = unit if unit in _UNITS or not unit else f"{unit.removesuffix('元')}元"
    rounds = unit in ("亿元", "million", "billion") or (unit == "万元" and part)
    ranges = []
    for name in (unit,) if unit else ("万元", "元"):
        exact, rest = divmod(int(whole + part) * _UNITS[name], 10 ** len(part))
        slack = _UNITS[name] // 10 ** len(part) // 2 if rounds else 0
        if not rest or slack:
            ranges.append((exact - slack, exact + max(slack - 1, 0)))
    return ranges


def _within(ranges: list[tuple[int, int]], wanted: _Asked) -> str:
    any_of = " OR ".join(f"f.fen BETWEEN {low} AND {high}" for low, high in ranges)
    return f"""FROM figure f JOIN document d USING (document_id)
        WHERE ({any_of}) AND f."column" IN ('total', 'subtotal', 'current'){wanted.where}"""


def _how_many(db: Database, ranges: list[tuple[int, int]], wanted: _Asked) -> int:
    """How many accounts of documents print an amount in any of the ranges."""
    each = f"SELECT DISTINCT f.document_id, f.canonical_label, f.fen {_within(ranges, wanted)}"
    return int(db.value(f"SELECT count(*) FROM ({each})", wanted.given))


def _amounts(db: Database, ranges: list[tuple[int, int]], wanted: _Asked) -> list[Record]:
    """Printed amounts in any of the ranges, each account of a document once, the nearest to the middle first."""
    middle = (ranges[0][0] + ranges[0][1]) // 2
    rows = db.rows(
        f"""SELECT f.document_id, d.department, d.region, d.year, min(f.figure_id) AS target, f.canonical_label AS title,
              f.code AS text, f.fen, f.page, f.line {_within(ranges, wanted)}
            GROUP BY f.document_id, f.canonical_label, f.fen
            ORDER BY abs(f.fen - {middle}), d.year DESC, target LIMIT :limit OFFSET :start""",
        wanted.part,
    )
    return [_row(db, "amount", row, wanted.words) for row in rows]


_NAMES = """WITH RECURSIVE code_of(code) AS (
    SELECT min(code) FROM main.figure
    UNION ALL SELECT (SELECT min(code) FROM main.figure WHERE code > code_of.code) FROM code_of WHERE code IS NOT NULL)
  SELECT DISTINCT department AS name FROM document
  UNION SELECT (SELECT canonical_label FROM main.figure f WHERE f.code = code_of.code LIMIT 1) FROM code_of
    WHERE code IS NOT NULL"""
"""Every department and, code by code, every account: not from all figures, of which thousands print one."""


def _near(db: Database, words: str) -> tuple[str, ...]:
    """Names of departments and accounts that are most like words that nothing holds: a sign mistyped."""
    names = [row["name"] for row in db.rows(_NAMES)]
    alike = process.extract(words, names, scorer=fuzz.QRatio, limit=NEAR, score_cutoff=_ALIKE)
    return tuple(name for name, _, _ in alike)


def clip(text: str, needle: str, around: int = 36) -> str:
    """The text near the first occurrence of the needle, with … where it was cut; the start where it does not occur."""
    at = max(text.find(needle), 0)
    start, end = max(at - around, 0), at + len(needle) + around
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
