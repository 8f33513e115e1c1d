"""What the rows of one document come to, stored beside them: pages over many documents read these instead of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from budgetdata.base.facts import ANNUAL, TERM
from budgetdata.base.records import Row, Rows
from budgetdata.sheets.goals import goal_hash, goal_key
from budgetdata.store.ranked import accounts, headlines
from budgetdata.store.three_public import three_public

_QUALITIES = ("quantified", "verifiable", "vague")
HORIZONS = (TERM, ANNUAL)
_HOLD = ("balanced", "rounding")
_EVALUATED = (*_HOLD, "different")
ROUNDING = 10_000
"""Fen that two amounts in 万元 with two decimals may differ by and be the same."""


def with_sums(rows: Rows) -> Rows:
    """The rows of a document with what they come to.

    That is tables document_sum, headline, account, class_sum, three_public_item, check_sum, target_sum and sheet_goal, and
    columns of its tables (figures; hold and evaluated: identities that name it) and of its sheets (targets by quality, money of
    both horizons).
    """
    return {
        **rows,
        "form_table": list(_tables(rows)),
        "sheet": list(_sheets(rows)),
        "sheet_goal": list(_goals(rows)),
        "document_sum": [_document(rows, document["document_id"]) for document in rows["document"]],
        "headline": list(headlines(rows)),
        "account": accounts(rows),
        "class_sum": _classes(rows),
        "three_public_item": list(three_public(rows)),
        "check_sum": _counted(rows["check_result"], lambda row: (row["kind"], row["status"]), ("kind", "status")),
        "target_sum": _counted(
            rows["target"],
            lambda row: (row["horizon"], row["category"], row["quality"]),
            ("horizon", "category", "quality"),
        ),
    }


def _document(rows: Rows, document_id: str) -> Row:
    totals = [
        row["fen"] for row in rows["figure"]
        if (row["table_no"], row["role"], row["column"]) == (1, "expenditure_total", "total")
    ]  # fmt: skip
    return {
        "document_id": document_id, **_projects(rows["project"]), **_against_sheets(rows),
        **{name: sum(row["quality"] == name for row in rows["target"]) for name in _QUALITIES},
        "sheets": len(rows["sheet"]), "project_sheets": sum(row["scope"] == "project" for row in rows["sheet"]),
        "targets": len(rows["target"]), "figures": len(rows["figure"]),
        "unread": sum(row["severity"] == "unread" for row in rows["problem"]),
        "expenditure_fen": sum(totals) if totals else None, "sheets_known": int(_sheets_known(rows)),
    }  # fmt: skip


def _projects(projects: Iterable[Row]) -> Row:
    """How many projects there are, are carried over, or have no sheet; and the money of each."""
    every = list(projects)
    carried, bare = [row for row in every if row["stage"] == "carryover"], [row for row in every if not row["sheet_id"]]
    named = (("projects", "project_fen", every), ("carryover_projects", "carryover_fen", carried))
    found: dict[str, int] = {}
    for count, money, kept in (*named, ("without_sheet", "without_sheet_fen", bare)):
        found |= {count: len(kept), money: sum(row["total_fen"] or 0 for row in kept)}
    return found


def _against_sheets(rows: Rows) -> Row:
    """How many projects have money that can be held against their sheet's (one sheet has its name), and how many differ."""
    named = Counter(row["project_name"] for row in rows["sheet"])
    alone = {row["sheet_id"] for row in rows["sheet"] if named[row["project_name"]] == 1}
    annual = {
        row["sheet_id"]: row["fen"]
        for row in rows["sheet_fund"]
        if (row["horizon"], row["source"]) == (ANNUAL, "total") and row["sheet_id"] in alone
    }
    gaps = [
        abs(annual[row["sheet_id"]] - row["total_fen"])
        for row in rows["project"]
        if row["sheet_id"] in annual and row["total_fen"] is not None
    ]
    return {
        "compared": len(gaps),
        "unequal": sum(gap > 0 for gap in gaps),
        "differs": sum(gap > ROUNDING for gap in gaps),
    }


def _sheets_known(rows: Rows) -> bool:
    """Whether it is known of each project if its sheet is printed: no sheet, and no piece of one, was left unread, none belongs
    to a project that was not found, and the document does not say that it prints some only."""
    linked = {row["sheet_id"] for row in rows["project"]}
    return not (
        any(
            row["item_id"] == "sheets"
            and (row["status"] == "unread" or row["evidence_code"] == "disclosure.sheets_of_some")
            for row in rows["disclosure_item"]
        )
        or any((row["severity"], row["subject"]) == ("unread", "sheet") for row in rows["problem"])
        or any(row["scope"] == "project" and row["sheet_id"] not in linked for row in rows["sheet"])
    )


def _classes(rows: Rows) -> list[Row]:
    found: dict[tuple[str, str], Row] = {}
    for row in rows["figure"]:
        if row["code"] and (row["table_no"], row["level"], row["column"]) == (3, 1, "total"):
            place = row["document_id"], row["code"]
            fen = row["fen"] + (found[place]["fen"] if place in found else 0)
            found[place] = {
                "document_id": row["document_id"], "code": row["code"], "name": row["canonical_label"], "fen": fen
            }  # fmt: skip
    return list(found.values())


def _tables(rows: Rows) -> Iterable[Row]:
    figures = Counter(row["table_no"] for row in rows["figure"])
    hold: Counter[int] = Counter()
    evaluated: Counter[int] = Counter()
    for row in rows["check_result"]:
        for no in _tables_of(row) if row["status"] in _EVALUATED else ():
            evaluated[no] += 1
            hold[no] += row["status"] in _HOLD
    for row in rows["form_table"]:
        no = row["table_no"]
        yield {**row, "figures": figures[no], "hold": hold[no], "evaluated": evaluated[no]}


def _tables_of(check: Row) -> set[int]:
    """The tables in which a side of an identity is printed."""
    refs = f"{check['left_ref'] or ''};{check['right_ref'] or ''}".split(";")
    return {int(ref[1:3]) for ref in refs if ref[:1] == "t" and ref[1:3].isdecimal()}


def _sheets(rows: Rows) -> Iterable[Row]:
    graded = Counter((row["sheet_id"], row["quality"]) for row in rows["target"])
    money = {(row["sheet_id"], row["horizon"]): row["fen"] for row in rows["sheet_fund"] if row["source"] == "total"}
    for row in rows["sheet"]:
        own = row["sheet_id"]
        counts = {quality: graded[own, quality] for quality in _QUALITIES}
        funds = {f"{horizon}_fen": money.get((own, horizon)) for horizon in HORIZONS}
        yield {**row, "targets": sum(counts.values()), **counts, **funds}


def _goals(rows: Rows) -> Iterable[Row]:
    year = {row["document_id"]: row["year"] for row in rows["document"]}
    for row in rows["sheet"]:
        for horizon in HORIZONS:
            goal = goal_key(row[f"{horizon}_goal"])
            if goal:
                own = {"sheet_id": row["sheet_id"], "horizon": horizon, "document_id": row["document_id"]}
                yield {**own, "year": year[row["document_id"]], "goal": goal_hash(goal)}


def _counted(rows: Iterable[Row], key: Any, names: tuple[str, ...]) -> list[Row]:
    """How many rows of each document have each key: document_id, the key's parts by their names, n."""
    found = Counter((row["document_id"], *key(row)) for row in rows)
    columns = ("document_id", *names)
    return [{**dict(zip(columns, values, strict=True)), "n": n} for values, n in sorted(found.items())]
