"""The 科目 that somebody means who types a name, or a part of one, in place of a code."""

from __future__ import annotations

from budgetdata.queries.base import Database
from budgetdata.queries.population import regions
from budgetdata.words.phrases import printed_names


def accounts_named(db: Database, words: str, most: int = 24) -> dict[str, str]:
    """The 科目 of expenditure whose printed names hold some words, or have them in their English: code → name, 类 before 款,
    those that most budgets print first; `most` of them at most. By what the years come to, not by each budget's rows."""
    asked = printed_names(words)[:most] or [words]
    holds = " OR ".join(["instr(name, ?)"] * len(asked))
    of_year = f"AND year = {int(db.year)}" if db.year else ""
    rows = db.rows(
        f"""SELECT code, max(name) AS name FROM main.account_year WHERE ({holds}) AND document_kind <> 'unit' {of_year}
            GROUP BY code ORDER BY min(level), sum(n) DESC, code LIMIT {most}""",
        tuple(asked),
    )
    return {row["code"]: row["name"] for row in rows}


def regions_named(db: Database, asked: str, most: int = 10) -> list[str]:
    """Regions whose name holds what is asked, or is the beginning of it: those that begin with it first."""
    held = [row["region"] for row in regions(db) if row["region"]]
    near = [name for name in held if asked.strip() and (asked.strip() in name or asked.startswith(name))]
    return sorted(near, key=lambda name: (not name.startswith(asked), name))[:most]
