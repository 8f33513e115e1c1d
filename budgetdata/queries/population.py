"""Of whom a list, a chart or a share over documents speaks: one year of them, where many are held; and how their names read."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetdata.base.records import Record
from budgetdata.base.region import within_region
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import short_name

MANY = 12
"""With more documents than this nothing on a page lists them all."""
PAGE = 20
"""So many rows of a list stand on a page; the rest is on its next pages and in its file."""
OF_DEPARTMENTS = "count(DISTINCT CASE WHEN kind <> 'unit' THEN department END)"
"""How many departments documents are of: single units' budgets are of none."""
RANKED = 3
"""With fewer amounts than this none is called the most or the least."""


def many(db: Database) -> bool:
    """Whether too many documents are held for a page to list them all."""
    return db.documents > MANY


def name_of(db: Database, row: Mapping[str, Any]) -> str:
    """A department's name as lists show it: without its region where few are held, with it where many are."""
    department, region = str(row["department"]), str(row["region"] or "")
    if not many(db):
        return short_name(department, region)
    return within_region(department, region)


def years(db: Database) -> dict[str, int]:
    """How many documents each year has, the newest year first."""
    rows = db.rows("SELECT year, count(*) AS n FROM document GROUP BY year ORDER BY year DESC")
    return {str(row["year"]): int(row["n"]) for row in rows}


def year_of(db: Database, asked: str) -> str:
    """The year that a list over documents shows: the one asked for, else the newest where many are held; '' for all."""
    return asked or (next(iter(years(db)), "") if many(db) else "")


def one_year(db: Database) -> str:
    """The year that the first page adds up and ranks where few documents are held: the newest with several of them, else the
    newest; '' where many are held, of whom every list is of the newest anyway (`year_of`)."""
    held = {} if many(db) else years(db)
    return next((year for year, n in held.items() if n > 1), next(iter(held), ""))


def regions(db: Database, year: str = "") -> list[Record]:
    """The regions of a year (of all where ''), most documents first: region, n, departments, units."""
    where, given = ("WHERE year = ?", (int(year),)) if year.isdecimal() else ("", ())
    return db.rows(
        f"""SELECT coalesce(region, '') AS region, count(*) AS n, {OF_DEPARTMENTS} AS departments,
             coalesce(sum(kind = 'unit'), 0) AS units FROM document {where}
            GROUP BY 1 ORDER BY n DESC, region""",
        given,
    )


@dataclass(frozen=True, slots=True)
class Population:
    """The documents of a year or of all (of one region, where given) that a list speaks of, and how many it leaves out.

    within: so many of them are single units' budgets. blank: so many more, left out too, print it blank, or the table empty.
    """

    years: tuple[str, ...]
    region: str
    documents: int
    departments: int
    regions: int
    units: int
    unread: int = 0
    within: int = 0
    blank: int = 0

    def said(self, lang: str) -> str:
        """In a sentence: year, regions, departments, what is left out."""
        where = "region" if self.region else "bare" if not self.regions else "all" if self.regions > 1 else "one"
        key = f"population.{where}{'_units' if self.within else ''}"
        told = text(
            lang, key, years=self.years, n=self.documents, region=self.region, regions=self.regions, units=self.within
        )
        left = []
        if self.units:
            left.append(text(lang, "population.units", n=self.units))
        for name, number in (("blank", self.blank), ("unread", self.unread)):
            if number:
                left.append(text(lang, f"population.{name}", n=number))
        return (
            text(lang, "population.left", told=told, left=left) if left else text(lang, "population.whole", told=told)
        )


def population(
    db: Database, year: str, region: str = "", *, units_apart: bool = False, unread: int = 0, blank: int = 0
) -> Population:
    """Of whom a list of a year ('': of all) speaks. units_apart: single units are no part of it and are told; unread, blank: so
    many of the rest were not read, or print it blank or in an empty table."""
    row = db.row(
        """SELECT count(*) AS documents, count(DISTINCT department) AS departments, count(DISTINCT region) AS regions,
             coalesce(sum(kind = 'unit'), 0) AS units, group_concat(DISTINCT year) AS years
           FROM document WHERE (:year = 0 OR year = :year) AND (:region = '' OR region = :region)""",
        {"year": int(year or 0), "region": region},
    ) or {}  # fmt: skip
    units = int(row["units"])
    apart, within = (units, 0) if units_apart else (0, units)
    documents = int(row["documents"]) - apart - unread - blank
    years = (year,) if year else tuple(sorted(str(row["years"] or "").split(",")))
    return Population(years, region, documents, row["departments"], row["regions"], apart, unread, within, blank)


def places(rows: Iterable[Record], key: str = "fen") -> list[str]:
    """The place of each row in a list ordered by a value, largest first: equal values share theirs, as 2= ; '' for none."""
    values = [row.get(key) for row in rows]
    first = {value: len(values) - number for number, value in enumerate(reversed(values))}
    shared = Counter(values)
    return ["" if value is None else f"{first[value]}{'=' if shared[value] > 1 else ''}" for value in values]


def some_of(names: Sequence[str], most: int = 3) -> list[str]:
    """The first of some names, and … where there are more."""
    return [*names[:most], *(["…"] if len(names) > most else [])]


def spread(values: Iterable[int]) -> tuple[int, int, int] | None:
    """Lower quartile, median and upper quartile of amounts, the quartiles each one of them; None for fewer than eight."""
    found = sorted(values)
    if len(found) < 8:
        return None
    low, high = (found[max(math.ceil(len(found) * part / 4) - 1, 0)] for part in (1, 3))
    return low, round(statistics.median(found)), high
