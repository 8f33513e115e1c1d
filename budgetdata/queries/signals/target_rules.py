"""The rules that say how far a target can be checked, run again over every target that is held."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.sheets.quality import RULES, quality


@lru_cache(maxsize=16)
def rule_hits(db: Database, document_id: str = "") -> tuple[tuple[Record, ...], int, int]:
    """The rules in the order they are tried, how many targets there are, and how many the rules grade as the database does.

    A rule: rule, quality, said (a coded message), hits, and examples, its most frequent printed texts as (text, how often).
    """
    where, values = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
    texts: dict[str, Counter[str]] = {rule.id: Counter() for rule in RULES}
    same = total = 0
    for row in db.rows(f"SELECT target, quality, rule FROM target {where}", values):
        grade, rule_id = quality(row["target"] or "")
        texts[rule_id][row["target"] or ""] += 1
        total += 1
        same += (grade, rule_id) == (row["quality"], row["rule"])
    found = tuple(
        {
            "rule": rule.id, "quality": rule.quality, "said": rule.said,
            "hits": sum(texts[rule.id].values()), "examples": texts[rule.id].most_common(3),
        }
        for rule in RULES
    )  # fmt: skip
    return found, total, same
