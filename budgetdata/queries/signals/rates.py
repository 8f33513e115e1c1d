"""How many checks agree and how many items are disclosed, of how many: by region or document, over one year of many documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgetdata.base.records import Record
from budgetdata.queries.base import Database, counted_years
from budgetdata.queries.checks import CHECK_COLUMNS, STATUSES, shown
from budgetdata.queries.disclosure import ASIDE, TOLD

Numbers = Counter[str]
"""How many checks or items have each status."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the documents that is counted: a year, and in it a region or a document where given."""

    year: str = ""
    region: str = ""
    document_id: str = ""

    def where(self) -> tuple[str, dict[str, Any]]:
        """The condition on documents d, and its values."""
        if self.document_id:
            return "d.document_id = :document", {"document": self.document_id}
        given = {"year": int(self.year or 0), "region": self.region}
        narrowed = {name: value for name, value in given.items() if value}
        return " AND ".join(f"d.{name} = :{name}" for name in narrowed) or "1 = 1", narrowed


_STORED = {"check": ("check_sum", "kind", "sum(t.n)"), "item": ("disclosure_item", "item_id", "count(*)")}
"""Of checks and items: the table of each document's, what they are named by, and what counts them."""


def _grouped(db: Database, part: Part, what: str, by: str) -> list[Record]:
    """How many checks or items have each name and status, by region or by document."""
    table, named, n = _STORED[what]
    if by == "region" and not part.document_id:
        return _by_region(db, part, f"{what}_year", named)
    where, given = part.where()
    column = "coalesce(d.region, '')" if by == "region" else "d.document_id"
    return db.rows(
        f"""SELECT {column} AS whose, t.{named} AS name, t.status, {n} AS n
            FROM document d JOIN {table} t ON t.document_id = d.document_id WHERE {where} GROUP BY 1, 2, 3""",
        given,
    )


def _by_region(db: Database, part: Part, table: str, named: str) -> list[Record]:
    """The same by region, from what the years come to."""
    where, given = counted_years(db, part.year, part.region)
    return db.rows(
        f"SELECT region AS whose, {named} AS name, status, sum(n) AS n FROM {table} WHERE {where} GROUP BY 1, 2, 3",
        given,
    )


def checks(db: Database, part: Part, by: str = "region") -> dict[tuple[str, str], Numbers]:
    """(whose, kind of identity) → how many checks have each status; whose: a region or a document's id."""
    found: dict[tuple[str, str], Numbers] = {}
    for row in _grouped(db, part, "check", by):
        found.setdefault((row["whose"], row["name"]), Counter())[row["status"]] += row["n"]
    return found


def items(db: Database, part: Part, by: str = "region") -> dict[tuple[str, str], Numbers]:
    """(whose, item that must be disclosed) → how many documents have each status."""
    found: dict[tuple[str, str], Numbers] = {}
    for row in _grouped(db, part, "item", by):
        found.setdefault((row["whose"], row["name"]), Counter())[row["status"]] += row["n"]
    return found


def agreed(number: Mapping[str, int]) -> tuple[int, int]:
    """(how many checks agree, rounding included, of how many that could be evaluated)."""
    same = number.get("balanced", 0) + number.get("rounding", 0)
    return same, same + number.get("different", 0)


def agrees(number: Mapping[str, int]) -> bool:
    """Whether some checks could be evaluated, and none of them differs."""
    same, checked = agreed(number)
    return 0 < checked == same


def told(number: Mapping[str, int]) -> tuple[int, int]:
    """(how many items are published, of how many that were read and are asked of the document)."""
    read = sum(count for status, count in number.items() if status not in ASIDE)
    return sum(number.get(status, 0) for status in TOLD), read


def total(cells: Mapping[tuple[str, str], Numbers], name: str = "", whose: str = "") -> Numbers:
    """The sum of the cells of one name, of one column, or of all."""
    found: Numbers = Counter()
    for (who, what), number in cells.items():
        if name in ("", what) and whose in ("", who):
            found += number
    return found


def listed(db: Database, part: Part, kind: str, status: str, start: int, size: int) -> tuple[list[Record], int]:
    """(some of the checks that match, those that need a look first; how many match). An empty kind or status keeps all."""
    rows: list[Record] = []
    before, whole = 0, 0
    for each in (status,) if status else STATUSES:
        number = count(db, part, kind, each)
        first, last = max(start - before, 0), start + size - before
        if number and first < number and last > 0:
            rows += _some(db, part, kind, each, first, last - first)
        before, whole = before + number, whole + number
    return shown(db, rows), whole


def _some(db: Database, part: Part, kind: str, status: str, start: int, size: int) -> list[Record]:
    """So many checks of one status, from the one on with so many before it: those of the documents among which they are."""
    where, given = _matching(part, kind, status)
    place = "ORDER BY d.region, d.department, d.document_id"
    among = db.rows(
        f"""SELECT document_id, before FROM (
              SELECT d.document_id, sum(c.n) AS n, sum(sum(c.n)) OVER ({place}) - sum(c.n) AS before
              FROM document d JOIN check_sum c ON c.document_id = d.document_id WHERE {where} GROUP BY d.document_id)
            WHERE before < :last AND before + n > :start ORDER BY before""",
        given | {"start": start, "last": start + size},
    )
    if not among:
        return []
    marks = {f"d{number}": row["document_id"] for number, row in enumerate(among)}
    named = ", ".join(f":{mark}" for mark in marks)
    return db.rows(
        f"""SELECT {CHECK_COLUMNS} FROM document d JOIN check_result c ON c.document_id = d.document_id
            WHERE {where} AND d.document_id IN ({named})
            ORDER BY d.region, d.department, c.check_id LIMIT :size OFFSET :skipped""",
        given | marks | {"size": size, "skipped": start - among[0]["before"]},
    )


def count(db: Database, part: Part, kind: str, status: str) -> int:
    """How many checks match."""
    if part.document_id:
        where, given = _matching(part, kind, status)
        source = f"FROM document d JOIN check_sum c ON c.document_id = d.document_id WHERE {where}"
        return int(db.value(f"SELECT coalesce(sum(c.n), 0) {source}", given))
    counted, values = counted_years(db, part.year, part.region)
    wanted = {name: value for name, value in (("kind", kind), ("status", status)) if value}
    where = " AND ".join([counted, *(f"{name} = ?" for name in wanted)])
    return int(db.value(f"SELECT coalesce(sum(n), 0) FROM check_year WHERE {where}", (*values, *wanted.values())))


def _matching(part: Part, kind: str, status: str) -> tuple[str, dict[str, Any]]:
    """A condition on checks (or their sums) c and their documents d, and its values."""
    where, given = part.where()
    wanted = {name: value for name, value in (("kind", kind), ("status", status)) if value}
    return " AND ".join([where, *(f"c.{name} = :{name}" for name in wanted)]), given | wanted
