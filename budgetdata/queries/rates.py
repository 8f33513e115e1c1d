"""How many checks agree and how many items are disclosed, of how many: by region or document, over one year of many documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.checks import CHECK_COLUMNS, LOOKED_AT_FIRST, kind_of, shown
from budgetdata.queries.disclosure import TOLD

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


def _grouped(db: Database, part: Part, table: str, named: str, by: str) -> list[Record]:
    """How many rows of a table have each name and status, by region or by document."""
    where, given = part.where()
    column = "coalesce(d.region, '')" if by == "region" else "d.document_id"
    return db.rows(
        f"""SELECT {column} AS whose, t.{named} AS name, t.status, count(*) AS n
            FROM document d JOIN {table} t ON t.document_id = d.document_id WHERE {where} GROUP BY 1, 2, 3""",
        given,
    )


def checks(db: Database, part: Part, by: str = "region") -> dict[tuple[str, str], Numbers]:
    """(whose, kind of identity) → how many checks have each status; whose: a region or a document's id."""
    found: dict[tuple[str, str], Numbers] = {}
    for row in _grouped(db, part, "check_result", "rule", by):
        found.setdefault((row["whose"], kind_of(row["name"])), Counter())[row["status"]] += row["n"]
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
    """(how many items leave nothing open, of how many that were read)."""
    read = sum(count for status, count in number.items() if status != "unread")
    return sum(number.get(status, 0) for status in TOLD), read


def total(cells: Mapping[tuple[str, str], Numbers], name: str = "", whose: str = "") -> Numbers:
    """The sum of the cells of one name, of one column, or of all."""
    found: Numbers = Counter()
    for (who, what), number in cells.items():
        if name in ("", what) and whose in ("", who):
            found += number
    return found


def listed(
    db: Database, part: Part, rules: Sequence[str] | None, status: str, start: int, size: int
) -> tuple[list[Record], int]:
    """(some of the checks that match, those that need a look first; how many match). rules: None for all."""
    source, given = _matching(part, rules, status)
    rows = db.rows(
        f"""SELECT {CHECK_COLUMNS} {source}
            ORDER BY {LOOKED_AT_FIRST}, d.region, d.department, c.check_id LIMIT :size OFFSET :start""",
        given | {"size": size, "start": start},
    )
    return shown(db, rows), count(db, part, rules, status)


def count(db: Database, part: Part, rules: Sequence[str] | None, status: str) -> int:
    """How many checks match."""
    source, given = _matching(part, rules, status)
    return int(db.value(f"SELECT count(*) {source}", given))


def _matching(part: Part, rules: Sequence[str] | None, status: str) -> tuple[str, dict[str, Any]]:
    """From where the checks c that match are selected, with their documents d, and the values."""
    where, given = part.where()
    if status:
        where, given = f"{where} AND c.status = :status", given | {"status": status}
    if rules is not None:
        where += f" AND c.rule IN ({', '.join(f':rule{number}' for number in range(len(rules)))})"
        given |= {f"rule{number}": rule for number, rule in enumerate(rules)}
    return f"FROM document d JOIN check_result c ON c.document_id = d.document_id WHERE {where}", given
