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
from budgetdata.base.facts import DisclosureFact, DocumentFacts, ParagraphFact, TableFact
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.base.text import squeeze
from budgetdata.tables.printed import Line, first_mention

PROFILE_FILE = Path(__file__).parent / "disclosure_profile.toml"
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(]?\d+[)）.、])")
_TERM = re.compile(
    r"^(?:[^：:。；;，,]{2,30}[：:](?:是|即|特|专)?指|[^：:。；;，,]{2,30}[：:，,]?(?:是指|指的是)).{4,}"
)
"""A word explained without a number before it: 基本支出：指为保障…, 基本支出是指…"""
GROUPS = ("core", "local", "encouraged")
READ = {"data", "partial"}
WHOLE_SHEET = "整体(?:支出)?绩效目标(?:申报|批复)?表"

Finding = tuple[str, Said]
"""A status and the evidence for it."""


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


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything a document prints, to look for what was not recognised; `unread_page` is where a page could not be read."""

    lines: Sequence[Line] = ()
    unread_page: Place | None = None

    def unread(self, pattern: str) -> Finding | None:
        """What speaks for it that something is printed though it was not recognised, None where nothing does."""
        line = first_mention(self.lines, re.compile(pattern))
        if line is not None:
            return "unread", said("disclosure.mentioned", at=line.place.told, text=line.shown)
        if self.unread_page is not None:
            return "unread", said("disclosure.page_unread", at=self.unread_page.told)
        return None


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
        return "missing", said("disclosure.no_table")
    if table.status == "unreadable" and table.title:
        return "unread", said("disclosure.unread_table", at=table.place.told)
    if not table.title and table.reason is not None:
        status = "unread" if table.status == "unreadable" else table.status
        return status, said("disclosure.perhaps", why=table.reason)
    status, what = {
        "data": ("full", "data"), "partial": ("full", "partly"), "empty_stated": ("empty_stated", "empty_stated"),
        "empty": ("empty", "empty"), "unreadable": ("unread", "partly"),
    }[table.status]  # fmt: skip
    return status, said("disclosure.table", at=table.place.told, title=table.title, what=f"disclosure.{what}")


def _depth(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    table = _table_of(facts, item)
    if table is None or table.status not in READ:
        return _table(facts, item, printed)
    rows = [row for row in facts.rows if row.table_no == item["table"]]
    deepest = [row for row in rows if row.level >= item["level"]]
    parents = {row.parent_row_no for row in deepest}
    bare = [row for row in rows if row.level == item["level"] - 1 and row.row_no not in parents]
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


def _section(facts: DocumentFacts, pattern: str) -> list[ParagraphFact]:
    return [p for p in facts.paragraphs if re.search(pattern, squeeze(p.section)) and len(squeeze(p.text)) > 1]


def _text(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    paragraphs = _section(facts, item["section"])
    if not paragraphs:
        return printed.unread(item["section"]) or ("missing", said("disclosure.no_section"))
    text = squeeze("".join(p.text for p in paragraphs))
    met = [need for need in item["needs"] if re.search(need, text)]
    where = {"at": paragraphs[0].place.told, "section": squeeze(paragraphs[0].section)}
    if _says_none(text):
        return "empty_stated", said("disclosure.stated_none", **where)
    if not met:
        return "partial", said("disclosure.section_only", **where)
    status = "full" if len(met) == len(item["needs"]) else "partial"
    return status, said("disclosure.points", **where, all=len(item["needs"]), met=len(met))


def _says_none(text: str) -> bool:
    return len(text) <= 60 and bool(re.search(r"(?:无|没有|不涉及)", text)) and not re.search(r"\d", text)


def _glossary(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    headed = [p for p in facts.paragraphs if p.part == 4 or "名词" in p.section]
    terms = [p for p in headed if _NUMBERED.match(squeeze(p.text)) or _TERM.match(squeeze(p.text))]
    sections = {squeeze(p.section) for p in headed if _NUMBERED.match(squeeze(p.section)) and "名词" not in p.section}
    count = len(terms) + len(sections)
    if not count:
        return printed.unread("名词解释|术语解释") or ("missing", said("disclosure.no_glossary"))
    status = "full" if count >= item["terms"] else "partial"
    return status, said("disclosure.glossary", at=headed[0].place.told, n=count)


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
        return printed.unread("绩效目标|绩效指标") or ("missing", said("disclosure.no_sheets"))
    unread = any(problem.severity == "unread" and problem.subject in {"sheet", "fault"} for problem in facts.problems)
    status = "full" if len(sheets) >= len(facts.projects) else "unread" if unread else "partial"
    return status, said("disclosure.sheets", at=sheets[0].place.told, n=len(sheets), projects=len(facts.projects))


def _department_sheet(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> Finding:
    sheets = [sheet for sheet in facts.sheets if sheet.scope == "department"]
    if sheets:
        return "full", said("disclosure.at", at=sheets[0].place.told)
    return printed.unread(WHOLE_SHEET) or ("missing", said("disclosure.no_department_sheet"))


_KINDS: dict[str, Callable[[DocumentFacts, dict[str, Any], Printed], Finding]] = {
    "table": _table,
    "depth": _depth,
    "rows": _rows,
    "text": _text,
    "glossary": _glossary,
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
