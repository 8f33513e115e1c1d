"""How many checks agree and how many items are disclosed, of how many: by region or document, over one year of many documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.checks import CHECK_COLUMNS, LOOKED_AT_FIRST, shown
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


def _grouped(db: Database, part: Part, table: str, named: str, by: str, n: str = "count(*)") -> list[Record]:
    """How many rows of a table have each name and status, by region or by document; n: what counts them."""
    where, given = part.where()
    column = "coalesce(d.region, '')" if by == "region" else "d.document_id"
    return db.rows(
        f"""SELECT {column} AS whose, t.{named} AS name, t.status, {n} AS n
            FROM document d JOIN {table} t ON t.document_id = d.document_id WHERE {where} GROUP BY 1, 2, 3""",
        given,
    )


def checks(db: Database, part: Part, by: str = "region") -> dict[tuple[str, str], Numbers]:
    """(whose, kind of identity) → how many checks have each status; whose: a region or a document's id."""
    found: dict[tuple[str, str], Numbers] = {}
    for row in _grouped(db, part, "check_sum", "kind", by, "sum(t.n)"):
        found.setdefault((row["whose"], row["name"]), Counter())[row["status"]] += row["n"]
    return found


def items(db: Database, part: Part, by: str = "region") -> dict[tuple[str, str], Numbers]:
    """(whose, item that must be disclosed) → how many documents have each status."""
    found: dict[tuple[str, str], Numbers] = {}
    for row in _grouped(db, part, "disclosure_item", "item_id", by):
        found.setdefault((row["whose"], row["name"]), Counter())[row["status"]] += row["n"]
    return found


def agreed(number: Mapping[str, int]) -> tuple[int, int]:
    """(how many checks agree, rounding included, of how many that could be evaluated)."""
    same = number.get("balanced", 0) + number.get("rounding", 0)
    return same, same + number.get("different", 0)


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
    where, given = _matching(part, kind, status)
    rows = db.rows(
        f"""SELECT {CHECK_COLUMNS} FROM document d JOIN check_result c ON c.document_id = d.document_id WHERE {where}
            ORDER BY {LOOKED_AT_FIRST}, d.region, d.department, c.check_id LIMIT :size OFFSET :start""",
        given | {"size": size, "start": start},
    )
    return shown(db, rows), count(db, part, kind, status)


def count(db: Database, part: Part, kind: str, status: str) -> int:
    """How many checks match."""
    where, given = _matching(part, kind, status)
    source = f"FROM document d JOIN check_sum c ON c.document_id = d.document_id WHERE {where}"
    return int(db.value(f"SELECT coalesce(sum(c.n), 0) {source}", given))


def _matching(part: Part, kind: str, status: str) -> tuple[str, dict[str, Any]]:
    """A condition on checks (or their sums) c and their documents d, and its values."""
    where, given = part.where()
    wanted = {name: value for name, value in (("kind", kind), ("status", status)) if value}
    return " AND ".join([where, *(f"c.{name} = :{name}" for name in wanted)]), given | wanted
