"""What is held, table by table: whether it is printed, what of it was read, why not the rest, and which identities hold."""

from __future__ import annotations

from collections.abc import Iterable

from budgetdata.base.facts import PERHAPS
from budgetdata.base.records import Record
from budgetdata.queries.base import Database, counted_years

MOST_DOCUMENTS = 100
"""Documents of which the page tells how much was read; `budgetdata report` tells it of all."""
NOT_PRINTED = "missing"
ONLY_SAID = "table.stated_none"
"""The reason of a table that is printed nowhere, for the text says that there is nothing in it."""
READ = ("data", "partial", "empty_stated", "empty")
"""States of a table that was read, wholly or in part; an empty one is read as empty."""


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


IS_PERHAPS = (
    f"""(coalesce(t.reason_code, '') IN ({_listed(PERHAPS)}) AND t.status NOT IN ({_listed((*READ, NOT_PRINTED))}))"""
)
"""Whether a table t was not found, though it may be printed."""
_PRINTED = f"(t.status <> '{NOT_PRINTED}' AND NOT {IS_PERHAPS} AND coalesce(t.reason_code, '') <> '{ONLY_SAID}')"
_TAKEN = f"({_PRINTED} AND t.status IN ({_listed(READ)}))"
_SUMS = f"""sum({_PRINTED}) AS printed, sum({_TAKEN}) AS read, sum(t.figures) AS figures, sum(t.hold) AS hold,
  sum(t.evaluated) AS evaluated"""


def state_of(table: Record) -> str:
    """The status of a table (of `form_table`); perhaps where it was not found, though it may be printed (`IS_PERHAPS`)."""
    is_perhaps = table["reason_code"] in PERHAPS and table["status"] not in (*READ, NOT_PRINTED)
    return "perhaps" if is_perhaps else str(table["status"])


def tables(db: Database) -> list[Record]:
    """One row a document and standard table.

    document_id, department, year, table_no, title, status, layout (by which it was read), reason with its code and arguments,
    page, line; printed, read and perhaps (printed, but not found), 0 or 1 each; figures; hold and evaluated: how many of the
    identities that name it hold, of how many.
    """
    return db.rows(
        f"""SELECT t.*, d.department, d.year, {_PRINTED} AS printed, {IS_PERHAPS} AS perhaps, {_TAKEN} AS read
           FROM form_table t JOIN document d USING (document_id) ORDER BY d.department, d.year, t.document_id, t.table_no"""
    )


def layouts(db: Database) -> list[Record]:
    """The totals of `tables` by layout: layout ('' for tables of which nothing was read), printed, read, whole (nothing of it
    unread), figures, hold, evaluated; the most first."""
    where, given = counted_years(db)
    return db.rows(
        f"""SELECT t.layout, sum(t.n) AS printed, sum(t.n * {_TAKEN}) AS read, sum(t.figures) AS figures,
              sum(t.hold) AS hold, sum(t.evaluated) AS evaluated, sum(t.n * ({_TAKEN} AND t.status <> 'partial')) AS whole
            FROM layout_year t WHERE {where} AND {_PRINTED} GROUP BY t.layout ORDER BY printed DESC, t.layout""",
        given,
    )


def documents(db: Database, limit: int = -1) -> list[Record]:
    """One row a document, those with the most unread first: department, year, kind, printed, read, figures, hold, evaluated of
    its tables; projects, sheets, targets, and unread: how many lines tell of what was not read. limit: how many at most."""
    return db.rows(
        f"""SELECT d.document_id, d.department, d.year, d.kind, d.source_file, d.projects, d.sheets, d.targets, d.unread, {_SUMS}
            FROM (SELECT * FROM document JOIN document_sum USING (document_id)
                  ORDER BY unread DESC, department, year, document_id LIMIT ?) d JOIN form_table t USING (document_id)
            GROUP BY d.document_id ORDER BY d.unread DESC, d.department, d.year, d.document_id""",
        (limit,),
    )
