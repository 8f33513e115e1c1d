"""What a document discloses of what is asked of it: every item of the profile with a status and the evidence for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError
from budgetdata.base.facts import DisclosureFact, DocumentFacts, TableFact
from budgetdata.base.said import said
from budgetdata.checks.disclosure_text import Finding, Printed, glossary_item, text_item
from budgetdata.checks.series import LOCAL, follows_series
from budgetdata.forms.declared import standard_forms

PROFILE_FILE = Path(__file__).parent / "disclosure_profile.toml"
OF_SOME = r"重点项目[^。]{0,12}绩效|绩效[^。]{0,12}重点项目|涉密项目[^。]{0,12}不(?:予)?公开"
"""Words that say that goals are published of some projects only: the important ones, or those that are not secret."""
GROUPS = ("core", "local", "encouraged")
READ = {"data", "partial"}
NOT_IN_SERIES_ITEM = "disclosure.not_in_series"
WHOLE_GOALS = r"整体(?:支出|预算)*(?:已)?(?:纳入|实行|实施|编制|设定)?(?:预算)?绩效|部门整体[^。；，]{0,8}绩效"
"""A sheet of the whole department's goals, or a sentence about them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A declared list of what must be disclosed: its name, the source it rests on, and its items."""

    name: str
    source: str
    items: tuple[dict[str, Any], ...]


@cache
def standard_profile() -> Profile:
    """The profile this library ships."""
    return load_profile(PROFILE_FILE)


def load_profile(path: Path) -> Profile:
    """A profile from its file. Raises FormError where an item is of an unknown kind or group, or its id comes twice."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    items = tuple(data["item"])
    for item in items:
        if item["kind"] not in _KINDS or item["group"] not in GROUPS:
            raise FormError(f"{path.name}: item {item['id']} has an unknown kind or group")
    if len({item["id"] for item in items}) != len(items):
        raise FormError(f"{path.name}: an item's id is declared twice")
    return Profile(data["name"], data["source"], items)


def disclosure_items(facts: DocumentFacts, profile: Profile, printed: Printed | None = None) -> list[DisclosureFact]:
    """The status of every item of a profile on one document, with where it stands.

    status: full | partial | empty_stated | empty | missing | not_applicable | unread (printed, or perhaps printed, in a form
    that was not recognised).
    """
    return [disclosed(facts, item, printed or Printed()) for item in profile.items]


def disclosed(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> DisclosureFact:
    """The status of one item of a profile."""
    status, evidence = _KINDS[item["kind"]](facts, item, printed)
    return DisclosureFact(item["id"], item["group"], item["item"], status, evidence)


def _table_of(facts: DocumentFacts, item: dict[str, Any]) -> TableFact | None:
    return next((t for t in facts.tables if t.table_no == item["table"] and t.status != "missing"), None)


def _table(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    table = _table_of(facts, item)
    if table is None:
        return _nowhere(facts, item, "disclosure.no_table")
    if table.status == "unreadable" and table.title:
        return "unread", said("disclosure.unread_table", at=table.place.told)
    if not table.title and table.reason is not None:
        status = "unread" if table.status == "unreadable" else table.status
        return status, table.reason
    status, what = {
        "data": ("full", "data"), "partial": ("full", "partly"), "empty_stated": ("empty_stated", "empty_stated"),
        "empty": ("empty", "empty"), "unreadable": ("unread", "partly"),
    }[table.status]  # fmt: skip
    return status, said("disclosure.table", at=table.place.told, title=table.title, what=f"disclosure.{what}")


def _nowhere(facts: DocumentFacts, item: dict[str, Any], code: str) -> Finding:
    """What is said of an item that was looked for and is nowhere: a form that only some places ask for is lacking only where
    the document follows their series of tables."""
    if item["group"] == LOCAL and not follows_series(facts.tables, standard_forms()):
        return "not_applicable", said(NOT_IN_SERIES_ITEM)
    return "missing", said(code)


def _depth(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    table = _table_of(facts, item)
    if table is None or table.status not in READ:
        return _table(facts, item, printed)
    rows = [row for row in facts.rows if row.table_no == item["table"]]
    deepest = [row for row in rows if row.level >= item["level"]]
    parents = {row.parent_row_no for row in deepest}
    above = [row for row in rows if row.level == item["level"] - 1 and row.code and row.row_no not in parents]
    bare = [row for row in above if not re.match(item.get("ends", "$"), row.code)]
    short = "unread" if table.status == "partial" else "missing" if not deepest else "partial"
    if not deepest:
        return short, said("disclosure.not_this_deep", at=table.place.told)
    return short if bare else "full", said("disclosure.depth", at=deepest[0].place.told, n=len(deepest), bare=len(bare))


def _rows(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    table = _table_of(facts, item)
    rows = [row for row in facts.rows if row.table_no == item["table"] and row.role in item["roles"]]
    if table is None or (not rows and table.status == "unreadable"):
        return _table(facts, item, printed)
    short = "unread" if table.status == "partial" else "partial" if rows else "missing"
    if not rows:
        return short, said("disclosure.not_split")
    status = "full" if len({row.role for row in rows}) == len(item["roles"]) else short
    listed = [said("disclosure.row", at=row.place.told, label=row.label) for row in rows]
    return status, said("disclosure.rows", rows=listed)


def _empties(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    silent = [t for t in facts.tables if t.status == "empty"]
    stated = [t for t in facts.tables if t.status == "empty_stated" and t.title]
    if not silent and not stated:
        return "not_applicable", said("disclosure.no_empty_table")
    tables = [said("check.table", no=t.table_no) for t in (*stated, *silent)]
    if silent:
        return "partial", said(
            "disclosure.silent", tables=tables, silent=[said("check.table", no=t.table_no) for t in silent]
        )
    return "full", said("disclosure.all_stated", tables=tables)


def _sheets(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    sheets = [sheet for sheet in facts.sheets if sheet.scope == "project"]
    if not sheets:
        return printed.unread("绩效目标|绩效指标") or _nowhere(facts, item, "disclosure.no_sheets")
    some = printed.first(OF_SOME)
    if len(sheets) < len(facts.projects) and some is not None:
        counted = {"at": sheets[0].place.told, "n": len(sheets), "projects": len(facts.projects)}
        return "full", said("disclosure.sheets_of_some", **counted, text=some.shown, why=some.place.told)
    unread = any(problem.severity == "unread" and problem.subject in {"sheet", "fault"} for problem in facts.problems)
    status = "full" if len(sheets) >= len(facts.projects) else "unread" if unread else "partial"
    return status, said("disclosure.sheets", at=sheets[0].place.told, n=len(sheets), projects=len(facts.projects))


def _department_sheet(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    sheets = [sheet for sheet in facts.sheets if sheet.scope == "department"]
    if sheets:
        return "full", said("disclosure.at", at=sheets[0].place.told)
    return printed.unread(WHOLE_GOALS) or _nowhere(facts, item, "disclosure.no_department_sheet")


_KINDS: dict[str, Callable[[DocumentFacts, dict[str, Any], Printed], Finding]] = {
    "table": _table,
    "depth": _depth,
    "rows": _rows,
    "text": text_item,
    "glossary": glossary_item,
    "empties": _empties,
    "sheets": _sheets,
    "department_sheet": _department_sheet,
}


def counts(items: Sequence[DisclosureFact]) -> dict[str, dict[str, int]]:
    """How many items of each group have each status."""
    result: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
    for item in items:
        result[item.group][item.status] = result[item.group].get(item.status, 0) + 1
    return result
