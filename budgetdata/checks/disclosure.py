"""What a document discloses of what is asked of it: every item of the profile with a status and the evidence for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError
from budgetdata.base.facts import DisclosureFact, DocumentFacts, ParagraphFact, TableFact
from budgetdata.base.raw import Place
from budgetdata.base.said import plain
from budgetdata.base.text import squeeze

PROFILE_FILE = Path(__file__).parent / "disclosure_profile.toml"
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(]?\d+[)）.、])")
_TERM = re.compile(
    r"^(?:[^：:。；;，,]{2,30}[：:](?:是|即|特|专)?指|[^：:。；;，,]{2,30}[：:，,]?(?:是指|指的是)).{4,}"
)
"""A word explained without a number before it: 基本支出：指为保障…, 基本支出是指…"""
GROUPS = ("core", "local", "encouraged")


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


def disclosure_items(facts: DocumentFacts, profile: Profile) -> list[DisclosureFact]:
    """The status of every item of a profile on one document, with where it stands.

    status: full | partial | empty_stated | empty | missing | not_applicable.
    """
    found = []
    for item in profile.items:
        status, evidence = _KINDS[item["kind"]](facts, item)
        found.append(DisclosureFact(item["id"], item["group"], item["item"], status, plain(evidence)))
    return found


def _at(place: Place) -> str:
    parts = [f"第{place.page}页" if place.page else "", f"第{place.line}行" if place.line else ""]
    return "".join(parts)


def _table_of(facts: DocumentFacts, item: dict[str, Any]) -> TableFact | None:
    return next((t for t in facts.tables if t.table_no == item["table"] and t.status != "missing"), None)


def _table(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    table = _table_of(facts, item)
    if table is None:
        return "missing", "没有找到这张表"
    if table.status == "unreadable":
        return "partial", f"{_at(table.place)}：有表，未能可靠读出"
    status = {"data": "full", "empty_stated": "empty_stated", "empty": "empty"}[table.status]
    words = {"full": "有数据", "empty_stated": "空表，有说明", "empty": "空表，没有说明"}[status]
    return status, f"{_at(table.place)}「{table.title}」：{words}"


def _depth(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    table = _table_of(facts, item)
    status, evidence = _table(facts, item)
    if table is None or table.status != "data":
        return status, evidence
    rows = [row for row in facts.rows if row.table_no == item["table"]]
    deepest = [row for row in rows if row.level >= item["level"]]
    parents = {row.parent_row_no for row in deepest}
    bare = [row for row in rows if row.level == item["level"] - 1 and row.row_no not in parents]
    if not deepest:
        return "missing", f"{_at(table.place)}：没有列到这一级"
    return (
        "partial" if bare else "full"
    ), f"{_at(deepest[0].place)}起：列到这一级 {len(deepest)} 行，未列到 {len(bare)} 行"


def _rows(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    rows = [row for row in facts.rows if row.table_no == item["table"] and row.role in item["roles"]]
    if not rows:
        return _table(facts, item) if _table_of(facts, item) is None else ("missing", "没有分列")
    status = "full" if len({row.role for row in rows}) == len(item["roles"]) else "partial"
    return status, "、".join(f"{_at(row.place)}「{row.label}」" for row in rows)


def _section(facts: DocumentFacts, pattern: str) -> list[ParagraphFact]:
    return [p for p in facts.paragraphs if re.search(pattern, squeeze(p.section)) and len(squeeze(p.text)) > 1]


def _text(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    paragraphs = _section(facts, item["section"])
    if not paragraphs:
        return "missing", "没有找到这一节"
    text = squeeze("".join(p.text for p in paragraphs))
    met = [need for need in item["needs"] if re.search(need, text)]
    where = f"{_at(paragraphs[0].place)}「{squeeze(paragraphs[0].section)}」"
    if _says_none(text):
        return "empty_stated", f"{where}：写明没有"
    if not met:
        return "partial", f"{where}：有这一节，没有要求的内容"
    status = "full" if len(met) == len(item["needs"]) else "partial"
    return status, f"{where}：要求的 {len(item['needs'])} 点写到 {len(met)} 点"


def _says_none(text: str) -> bool:
    return len(text) <= 60 and bool(re.search(r"(?:无|没有|不涉及)", text)) and not re.search(r"\d", text)


def _glossary(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    headed = [p for p in facts.paragraphs if p.part == 4 or "名词" in p.section]
    terms = [p for p in headed if _NUMBERED.match(squeeze(p.text)) or _TERM.match(squeeze(p.text))]
    sections = {squeeze(p.section) for p in headed if _NUMBERED.match(squeeze(p.section)) and "名词" not in p.section}
    count = len(terms) + len(sections)
    if not count:
        return "missing", "没有名词解释"
    return ("full" if count >= item["terms"] else "partial"), f"{_at(headed[0].place)}起：解释了 {count} 个名词"


def _empties(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    silent = [t for t in facts.tables if t.status == "empty"]
    stated = [t for t in facts.tables if t.status == "empty_stated"]
    if not silent and not stated:
        return "not_applicable", "没有空表"
    names = "、".join(f"表{t.table_no}" for t in (*stated, *silent))
    if silent:
        return "partial", f"空表 {names}；其中{'、'.join(f'表{t.table_no}' for t in silent)}没有说明"
    return "full", f"空表 {names} 都有说明"


def _sheets(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    sheets = [sheet for sheet in facts.sheets if sheet.scope == "project"]
    if not sheets:
        return "missing", "没有项目绩效目标表"
    status = "full" if len(sheets) >= len(facts.projects) else "partial"
    return status, f"{_at(sheets[0].place)}起：{len(sheets)} 张表，项目 {len(facts.projects)} 个"


def _department_sheet(facts: DocumentFacts, item: dict[str, Any]) -> tuple[str, str]:
    sheets = [sheet for sheet in facts.sheets if sheet.scope == "department"]
    return ("full", _at(sheets[0].place)) if sheets else ("missing", "没有整体支出绩效目标表")


_KINDS = {
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
