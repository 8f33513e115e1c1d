"""Why checks could not be evaluated: the reasons in words, each with how often and in checks of which kinds."""

from __future__ import annotations

from collections import Counter

from budgetdata.queries.base import Database
from budgetdata.queries.signals.check_sides import sides
from budgetdata.queries.signals.rates import Part

Reasons = list[tuple[str, Counter[str]]]
"""Each reason in words with how many checks of each kind have it, the most frequent first."""


def reasons(db: Database, part: Part, lang: str) -> Reasons:
    """The reasons for which checks of a part of the documents could not be evaluated."""
    where, given = part.where()
    rows = db.rows(
        f"""SELECT c.*, count(*) AS n FROM document d JOIN check_result c USING (document_id)
            WHERE {where} AND c.status = 'not_evaluable'
            GROUP BY c.kind, c.explanation_code, c.explanation_args ORDER BY min(c.check_id)""",
        given,
    )
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(sides(row, lang).remark, Counter())[row["kind"]] += row["n"]
    return sorted(found.items(), key=lambda one: -one[1].total())
