"""What the numbers of the narratives are linked to: how many by kind, and those without any counterpart."""

from __future__ import annotations

from collections.abc import Mapping

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of
from budgetdata.words.catalogue import text

LINKS = ("figure", "blank_cell", "sum", "derived", "project", "sheet", "statement", "none")
"""The kinds of links from the firmest to none; each is called statement_link.<kind>."""

TABLED = ("figure", "blank_cell", "sum", "derived", "project", "sheet")
"""Kinds that lead to a table or a sheet."""


def counts(db: Database, document_id: str = "") -> dict[str, int]:
    """How many numbers of a document's narrative (of all where '') have each kind of link, in the order of LINKS."""
    where, values = ("AND document_id = ?", (document_id,)) if document_id else ("", ())
    rows = db.rows(
        f"SELECT link, count(*) AS numbers FROM statement_link WHERE position = 1 {where} GROUP BY link", values
    )
    found = {row["link"]: row["numbers"] for row in rows}
    return {link: found.get(link, 0) for link in LINKS}


def unlinked(db: Database, document_id: str = "") -> list[Record]:
    """The numbers without counterpart: the columns of statement_link, department, year, short; in printed order."""
    where, values = ("AND l.document_id = ?", (document_id,)) if document_id else ("", ())
    rows = db.rows(
        f"""SELECT l.*, d.department, d.year, d.region FROM statement_link l JOIN document d USING (document_id)
            WHERE l.link = 'none' {where} ORDER BY d.year DESC, d.department, l.page, l.line, l.link_id""",
        values,
    )
    for row in rows:
        row["short"] = name_of(db, row)
    return rows


def summary(number: Mapping[str, int], lang: str = "zh") -> str:
    """One line on a narrative: how many numbers, how many lead to a table or sheet, to another number, to nothing."""
    return text(
        lang, "statement_link.summary", n=sum(number.values()), tabled=sum(number[link] for link in TABLED),
        statement=number["statement"], none=number["none"],
    )  # fmt: skip
