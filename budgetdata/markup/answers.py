"""The sentences with which the pages of a place and of a 科目 answer, for the pages themselves and for their first HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetdata.base.records import Record
from budgetdata.queries import population, regions
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import unread_said
from budgetdata.words.catalogue import text

NAMED = 4
"""So many of the first are looked at for who shares the first place."""


def of_region(db: Database, region: str, now: Record, lang: str) -> str:
    """How many budgets a place has in a year and what they come to. now: a row of `regions.years`."""
    whom = population.population(db, str(now["year"]), region).said(lang)
    args = {"n": now["with_total"], "fen": now["fen"], "apart": now["apart"]}
    key = "region.total" if now["apart"] else "region.total_all"
    told = text(lang, key, **args) if now["fen"] is not None else text(lang, "region.no_total")
    return text(lang, "chart.sentences", one=whom, other=told)


def of_account(db: Database, rows: Sequence[Record], whose: Mapping[str, str], lang: str) -> str:
    """Who prints a 科目: how many, the first (those of one place all named), the middle, how many could not be read.

    rows: `regions.ranked`, not empty. whose: code, year, name and region ('' for all).
    """
    said = _spread(db, rows, whose, lang)
    unread = unread_said(db.of_year(whose["year"]), (3,), lang)
    return text(lang, "chart.sentences", one=said, other=unread) if unread else said


def _spread(db: Database, rows: Sequence[Record], whose: Mapping[str, str], lang: str) -> str:
    named = {name: whose[name] for name in ("year", "name", "region")}
    if rows[0]["fen"] is None:
        return text(lang, "subject.unread", n=len(rows), year=named["year"], name=named["name"])
    spenders = regions.spenders(db, whose["code"], list(rows), 0, NAMED)
    first = [row["short"] for row in spenders if row["fen"] == rows[0]["fen"]]
    args = {**named, "n": len(rows), "who": population.some_of(first), "fen": rows[0]["fen"]}
    few = "_few" if len(rows) < population.RANKED else ""
    said = text(lang, f"subject.said{'_region' if named['region'] else ''}{few}", **args)
    middle = population.spread(int(row["fen"]) for row in rows if row["fen"] is not None)
    if middle is None:
        return said
    low, half, high = middle
    other = text(lang, "population.spread", low=low, middle=half, high=high)
    return text(lang, "chart.sentences", one=said, other=other)
