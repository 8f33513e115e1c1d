"""The identities as the 核对 page asks for them: by kind, by document, by status, each with its two sides in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from budgetdata.base.records import Record
from budgetdata.checks.kinds import Kind, all_kinds
from budgetdata.queries.base import Database, counted_years
from budgetdata.queries.population import name_of
from budgetdata.queries.ranking import AMONG
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import exact

STATUSES = ("different", "not_evaluable", "rounding", "balanced")
"""In the order of the page: what needs a look first."""


def _where(document_id: str, kind: str, status: str) -> tuple[str, list[str]]:
    """A condition on check_result or check_sum c, and its values; an empty value keeps all."""
    wanted = {
        column: value for column, value in (("document_id", document_id), ("kind", kind), ("status", status)) if value
    }
    return " AND ".join(f"c.{column} = ?" for column in wanted) or "1", list(wanted.values())


_RANKS = " ".join(f"WHEN '{status}' THEN {rank}" for rank, status in enumerate(STATUSES))
CHECK_COLUMNS = "c.*, d.department, d.year, d.region, d.source_file"
"""What is selected of a check c and its document d for `shown`."""
LOOKED_AT_FIRST = f"CASE c.status {_RANKS} END"
"""Sorts checks c: those that need a look first."""


def checks(db: Database, document_id: str = "", kind: str = "", status: str = "", limit: int = -1) -> list[Record]:
    """Checks that match, those that need a look first: the columns of check_result (amounts in fen), department, year,
    short, kind. An empty value keeps all."""
    where, values = _where(document_id, kind, status)
    rows = db.rows(
        f"""SELECT {CHECK_COLUMNS} FROM check_result c JOIN document d USING (document_id)
            WHERE {where} ORDER BY {LOOKED_AT_FIRST}, d.year DESC, d.department, c.document_id, c.check_id LIMIT ?""",
        (*values, limit),
    )
    return shown(db, rows)


def shown(db: Database, rows: list[Record]) -> list[Record]:
    """Checks as they were selected, each with `short`, its department's name."""
    return [row | {"short": name_of(db, row)} for row in rows]


def number(db: Database, document_id: str = "", kind: str = "") -> dict[str, int]:
    """How many checks that match have each status, all four named."""
    where, values = _where(document_id, kind, "")
    if document_id:
        rows = db.rows(f"SELECT c.status, sum(c.n) AS n FROM check_sum c WHERE {where} GROUP BY 1", values)
    else:
        counted, given = counted_years(db)
        rows = db.rows(
            f"SELECT c.status, sum(c.n) AS n FROM check_year c WHERE {counted} AND {where} GROUP BY 1",
            (*given, *values),
        )
    return dict.fromkeys(STATUSES, 0) | {row["status"]: row["n"] for row in rows}


def counts(rows: list[Record]) -> dict[str, int]:
    """How many of some checks have each status, all four named."""
    found = Counter(row["status"] for row in rows)
    return {status: found[status] for status in STATUSES}


def matrix(db: Database, document_ids: list[str]) -> dict[tuple[str, str], dict[str, int]]:
    """(document_id, kind) → how many checks have each status; a pair without any check is absent."""
    cells: dict[tuple[str, str], dict[str, int]] = {}
    ids = (json.dumps(document_ids),)
    for row in db.rows(f"SELECT document_id, kind, status, n FROM check_sum WHERE document_id {AMONG}", ids):
        cells.setdefault((row["document_id"], row["kind"]), dict.fromkeys(STATUSES, 0))[row["status"]] += row["n"]
    return cells


def differing(db: Database, document_ids: list[str]) -> set[str]:
    """Those of some documents of which a check differs."""
    if len(document_ids) == 1:  # whose page asks how many differ, too: one question
        return set(document_ids) if number(db, document_ids[0])["different"] else set()
    which = f"document_id {AMONG} AND status = 'different' AND n > 0"
    rows = db.rows(f"SELECT DISTINCT document_id FROM check_sum WHERE {which}", (json.dumps(document_ids),))
    return {row["document_id"] for row in rows}


def used_kinds(db: Database) -> list[Kind]:
    """The kinds of which the database holds a check, in their order."""
    one = f"SELECT 1 FROM check_result WHERE status IN ({', '.join('?' * len(STATUSES))}) AND kind = ? LIMIT 1"
    return [kind for kind in all_kinds().values() if db.value(one, (*STATUSES, kind.id))]


def state_of(counted: dict[str, int] | None) -> str:
    """The state of a cell of the matrix: different where one is; not_evaluable where none could be evaluated; rounding
    where that is all there is besides agreement; balanced; '' where there is no check."""
    if not counted or not sum(counted.values()):
        return ""
    if counted["different"]:
        return "different"
    if counted["rounding"]:
        return "rounding"
    return "balanced" if counted["balanced"] else "not_evaluable"


def gap_text(row: Record, lang: str = "zh") -> str:
    """By how much the sides differ, or '' where they are no money."""
    if row["left_fen"] is None and row["right_fen"] is None:
        return ""
    return exact(abs((row["left_fen"] or 0) - (row["right_fen"] or 0)), lang)


def touching(db: Database, document_id: str, table_nos: set[int]) -> list[Record]:
    """The 'different' checks of a document of which a side is printed in one of some tables."""
    marks = tuple(f"t{no:02d}." for no in sorted(table_nos))
    rows = checks(db, document_id, status="different")
    return [row for row in rows if any(ref.startswith(marks) for ref in references(row))]


def touching_figures(db: Database, document_id: str, figure_ids: set[str]) -> list[Record]:
    """The 'different' checks of a document of which a side is one of some figures."""
    rows = checks(db, document_id, status="different")
    return [row for row in rows if any(f"{document_id}.{ref}" in figure_ids for ref in references(row))]


def total_figures(db: Database, document_id: str, table_nos: set[int]) -> set[str]:
    """The ids of the figures in the total rows and total columns of some tables of a document."""
    marks = ",".join("?" * len(table_nos))
    rows = db.rows(
        f"""SELECT figure_id FROM figure WHERE document_id = ? AND table_no IN ({marks}) AND level = 0
            AND "column" IN ('total', 'subtotal')""",
        (document_id, *sorted(table_nos)),
    )
    return {row["figure_id"] for row in rows}


def references(row: Record, side: str = "") -> list[str]:
    """The references of a check's side ('left' or 'right'; both where ''): figure keys, 'line N', 'p.N'; each once."""
    texts = [row[f"{name}_ref"] or "" for name in ("left", "right") if side in ("", name)]
    return list(dict.fromkeys(ref for text in texts for ref in text.split(";") if ref))


def summary(counted: dict[str, int], lang: str = "zh") -> str:
    """The sentence that the page opens with."""
    return text(lang, "checks.summary", n=sum(counted.values()), counts=counts_said(counted, lang), **counted)


def counts_said(counted: Mapping[str, int], lang: str) -> str:
    """How many checks have each status, in words, those without any left out: 一致 12 条，无法核对 3 条."""
    order = ("balanced", "rounding", "different", "not_evaluable")
    return text(lang, "checks.separator").join(
        text(lang, "checks.count", n=counted[state], state=text(lang, f"check_state.{state}"))
        for state in order if counted[state]
    )  # fmt: skip
