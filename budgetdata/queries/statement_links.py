"""What the numbers of the narratives are linked to: how many by kind, and those without any counterpart."""

from __future__ import annotations

from collections.abc import Mapping

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.words.numbers import short_name

LINKS: dict[str, tuple[str, str]] = {
    "figure": ("对应表中一格", "a cell of a table"),
    "blank_cell": ("对应表中空格（原表空白）", "a blank cell"),
    "sum": ("对应几格之和", "a sum of cells"),
    "derived": ("由表中的数和文字算出（占比、增减、上年数）", "computed from figures (shares, changes, last year)"),
    "project": ("对应项目行", "project rows"),
    "sheet": ("对应绩效目标表", "performance sheets"),
    "statement": ("只对应文中另一个数（如采购分项与总额）", "another number of the text only"),
    "none": ("没有对应，列在下面", "no counterpart, listed below"),
}
"""The kinds of links with how they are called, from the firmest to none."""

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
        row["short"] = short_name(row["department"], row["region"])
    return rows


def summary(number: Mapping[str, int]) -> str:
    """One line on a narrative: how many numbers, how many lead to a table or sheet, to another number, to nothing."""
    whole = sum(number.values())
    tabled = sum(number[link] for link in TABLED)
    return (
        f"{whole:,} 个文字中的数：{tabled:,} 个对应表或绩效目标表，{number['statement']:,} 个只对应文中另一个数，"
        f"{number['none']:,} 个没有对应"
    )
