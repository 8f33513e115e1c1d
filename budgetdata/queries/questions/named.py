"""The 科目 that somebody means who types a name, or a part of one, in place of a code."""

from __future__ import annotations

from budgetdata.queries.base import Database
from budgetdata.queries.money import that_count
from budgetdata.words.phrases import printed_names


def accounts_named(db: Database, words: str, most: int = 24) -> dict[str, str]:
    """The 科目 of expenditure whose printed names hold some words, or have them in their English: code → name, 类 before 款,
    those that most budgets print first; `most` of them at most."""
    asked = printed_names(words)[:most] or [words]
    holds = " OR ".join(["instr(name, ?)"] * len(asked))
    rows = db.rows(
        f"""SELECT code, max(name) AS name FROM main.account WHERE amounts > 0 AND ({holds}) AND {that_count(db)}
            GROUP BY code ORDER BY min(level), count(*) DESC, code LIMIT {most}""",
        tuple(asked),
    )
    return {row["code"]: row["name"] for row in rows}
