"""The identities of a database as lines: each that is not balanced, and how many there are."""

from __future__ import annotations

from collections import Counter

from budgetdata.base.records import Record
from budgetdata.base.text import one_line
from budgetdata.store.opened import Opened


def check_lines(db: Opened) -> list[str]:
    """One line for each identity that is not balanced, what differs first, and a line that counts them all."""
    rows = db.rows(
        "SELECT c.*, d.department, d.year FROM checks c JOIN documents d USING (document_id) ORDER BY c.check_id"
    )
    order = ("different", "rounding", "not_evaluable")
    lines = []
    for status in order:
        for row in (row for row in rows if row["status"] == status):
            what = row["explanation"] if status == "not_evaluable" else _both_sides(row)
            lines.append(f"{status} {row['department']} {row['year']} {row['rule']} {row['label']}: {what}")
    counts = Counter(row["status"] for row in rows)
    counted = ", ".join(f"{counts[status]} {status.replace('_', ' ')}" for status in ("balanced", *order))
    return [one_line(line) for line in (*lines, *_narrative_lines(db), f"{len(rows)} checks: {counted}")]


def _narrative_lines(db: Opened) -> list[str]:
    """One line a document: how many numbers of its narrative there are and what each kind of link holds."""
    rows = db.rows(
        """SELECT d.department, d.year, l.link, count(*) AS numbers FROM statement_link l JOIN document d USING (document_id)
           WHERE l.position = 1 GROUP BY d.department, d.year, l.document_id, l.link
           ORDER BY d.department, d.year, numbers DESC"""
    )
    told: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        told.setdefault((row["department"], row["year"]), []).append(
            f"{row['numbers']} {row['link'].replace('_', ' ')}"
        )
    return [f"narrative {name} {year}: numbers linked to {', '.join(parts)}" for (name, year), parts in told.items()]


def _both_sides(row: Record) -> str:
    """Both sides with their places; for what is no money the explanation carries both."""
    left, right = (f"{row[f'{side}_wan'] or '未填 blank'} ({row[f'{side}_ref']})" for side in ("left", "right"))
    if row["left_wan"] is None and row["right_wan"] is None:
        return f"{row['explanation']} ({row['left_ref']}; {row['right_ref']})"
    return f"{left} ≠ {right}, by {row['difference_wan'] or ''} 万元"
