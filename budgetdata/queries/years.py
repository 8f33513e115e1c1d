"""One department over the years: its documents, and what two of them say of the same 科目, projects and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from budgetdata.base.keeping import Room
from budgetdata.base.records import Record
from budgetdata.base.text import key, unnumbered
from budgetdata.forms.canonical import plain_label
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.money import by_role, fen_of, function_tree
from budgetdata.queries.reading import absent, read_whole, state_of
from budgetdata.sheets.links import folded_name, office_of

EXACT, SIMILAR, CODE, MOVED, NEW, ENDED, UNREAD = "exact", "similar", "code", "moved", "new", "ended", "unread"
MATCHES = {
    EXACT: "同名", SIMILAR: "名称相似", CODE: "同一编码", MOVED: "同名，编码不同", NEW: "本年新列", ENDED: "本年未列",
    UNREAD: "另一年没有读全",
}  # fmt: skip
"""How what two years print was matched, in Chinese."""

SIMILAR_DEPARTMENT, SIMILAR_PROJECT = 85.0, 75.0
"""How alike (rapidfuzz ratio, 0–100) two names must be to be taken for one that changed; such a match is always marked."""

FUND_COLUMNS = ("general_fen", "fund_fen", "capital_fen", "special_fen", "own_fen")
_KEPT = Room(6 * 2**20)
_YEAR = re.compile(r"20\d\d(?:-20\d\d)?年?度?")
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十]+(?=[期批次号标段])|第[一二三四五六七八九十]+")


def years(db: Database, document_id: str) -> list[Record]:
    """The documents of a document's department, one a year, oldest first: document_id, department, year, match, ratio.

    match: exact (the same name) or similar (names alike in one region, the same numerals, never both in one year). The code
    of a department is no help: it is its authority's, which many share.
    """
    return [dict(row) for row in _years(db, document_id)]


@_KEPT.keeps
def _years(db: Database, document_id: str) -> list[Record]:
    """The same, kept: a page asks several times."""
    document = held.document(db, document_id)
    if document is None:
        return []
    own = _Named(*(document[name] for name in _Named._fields))
    named = _by_name(db, own)
    names = process.extract(
        _folded(own.department), list(named), scorer=fuzz.ratio, score_cutoff=SIMILAR_DEPARTMENT, limit=None
    )
    alike = [(ratio, other) for name, ratio, _ in names for other in named[name] if other.document_id != document_id]
    alike.sort(key=lambda found: (-found[0], -found[1].year, found[1].department, found[1].document_id))
    found = {own.year: (own, EXACT, 100.0)}
    for _, other in alike:
        if _same_department(other, own):
            found.setdefault(other.year, (other, EXACT, 100.0))
    beside = set(found)
    for ratio, other in alike:
        if other.year not in found and _may_be_renamed(other, own):
            of_that = {one.year for one in named[_folded(other.department)] if _same_department(one, other)}
            if not of_that & beside:
                found[other.year] = (other, SIMILAR, ratio)
    return [
        {**(held.document(db, one.document_id) or {}), "match": match, "ratio": ratio}
        for _, (one, match, ratio) in sorted(found.items())
    ]


def totals(db: Database, document_id: str) -> list[Record]:
    """The expenditure total of every year of a department: the rows of `years` with fen and figure (None: not stated)."""
    rows = years(db, document_id)
    for row in rows:
        figure = by_role(db, row["document_id"], 1, "total").get("expenditure_total")
        row["figure"], row["fen"] = figure, figure["fen"] if figure else None
        row["state"] = "stated" if figure else absent(db, row["document_id"], 1)
    return rows


def functions(db: Database, before_id: str, after_id: str) -> list[Record]:
    """The 科目 of two years by code, printed order: code, name, level, before_fen, after_fen, change_fen, match.

    From table 3, else 5, the same table in both. match: code, moved (one name on one level, a code each; both codes in
    `code`), new, ended, unread (not in the other year, whose table was not read whole).
    An amount that is blank is None, and a change of it is None: blank is not zero.
    """
    tables = [_coded(db, before_id, no) and _coded(db, after_id, no) and no for no in (3, 5)]
    table_no = next((no for no in tables if no), 0)
    before, after = _coded(db, before_id, table_no), _coded(db, after_id, table_no)
    rows = [_function(before[code], after[code], CODE) for code in after if code in before]
    left = [row for code, row in before.items() if code not in after]
    for code, row in after.items():
        if code in before:
            continue
        same = [
            old for old in left if (unnumbered(old["label"]), old["level"]) == (unnumbered(row["label"]), row["level"])
        ]
        if len(same) == 1:
            left.remove(same[0])
        rows.append(_function(same[0], row, MOVED) if len(same) == 1 else _function(None, row, NEW))
    rows += [_function(row, None, ENDED) for row in left]
    _only_if_read(db, rows, (before_id, after_id), (table_no,))
    return sorted(rows, key=lambda row: row["sort"])


def _only_if_read(db: Database, rows: list[Record], ids: tuple[str, str], tables: tuple[int, ...]) -> None:
    """New and ended are said only where the other year's tables were read whole; else its amount is unreadable."""
    for match, side, document_id in ((NEW, "before", ids[0]), (ENDED, "after", ids[1])):
        if read_whole(db, document_id, *tables):
            continue
        for row in rows:
            if row["match"] == match:
                row |= {"match": UNREAD, f"{side}_state": "unreadable"}


def projects(db: Database, before_id: str, after_id: str) -> list[Record]:
    """The projects of two years: name, before_name, stage, before_fen, after_fen, change_fen, match, ratio, sheet ids.

    match: exact (the same name), similar (names alike, the same office or a fund in common, the same numerals), new,
    ended. A year printed in a name is left out of the comparison, and such a name counts as similar.
    """
    before, after = _projects(db, before_id), _projects(db, after_id)
    pairs: list[tuple[float, int, int]] = []
    for a, old in enumerate(before):
        for b, new in enumerate(after):
            ratio = _project_ratio(old, new)
            if ratio is not None:
                pairs.append((ratio, a, b))
    taken: dict[int, tuple[int, float]] = {}
    for ratio, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if b not in taken and a not in {old for old, _ in taken.values()}:
            taken[b] = (a, ratio)
    rows = [_project(before[taken[b][0]], new, taken[b][1]) if b in taken else _project(None, new, 0.0)
            for b, new in enumerate(after)]  # fmt: skip
    gone = {a for a, _ in taken.values()}
    rows += [_project(old, None, 0.0) for a, old in enumerate(before) if a not in gone]
    _only_if_read(db, rows, (before_id, after_id), (12, 13))
    return rows


def targets(db: Database, before_id: str, after_id: str) -> list[Record]:
    """Annual targets of the matched projects' sheets: project, category, indicator, before, after, match (new, ended)."""
    rows: list[Record] = []
    for pair in projects(db, before_id, after_id):
        if not (pair["before_sheet_id"] and pair["after_sheet_id"]):
            continue
        before, after = _targets(db, pair["before_sheet_id"]), _targets(db, pair["after_sheet_id"])
        for name in dict.fromkeys([*before, *after]):
            old, new = before.get(name), after.get(name)
            some = new or old or {}
            rows.append({
                "project": pair["name"], "category": some["category"], "indicator": some["indicator"],
                "before": old["target"] if old else None, "after": new["target"] if new else None,
                "match": NEW if old is None else ENDED if new is None else EXACT,
            })  # fmt: skip
    return rows


def table(db: Database, before_id: str, after_id: str) -> tuple[list[str], list[list[str | int | float | None]]]:
    """Heads and rows of all of it in one table, amounts in fen: kind, name, before_name, code, amounts, match, ratio."""
    heads = ["kind", "code", "name", "before_name", "before_fen", "after_fen", "change_fen", "match", "ratio"]
    rows: Iterable[Record] = [
        *({"kind": "function", **row} for row in functions(db, before_id, after_id)),
        *({"kind": "project", **row} for row in projects(db, before_id, after_id)),
    ]
    return heads, [[row.get(head) for head in heads] for row in rows]


class _Named(NamedTuple):
    """A document by what tells whose it is."""

    document_id: str
    department: str
    region: str | None
    year: int


def _by_name(db: Database, own: _Named) -> dict[str, list[_Named]]:
    """The documents that may be of a document's department, by their departments' names: those of its region, and those of its
    own name of which one side's region is not known."""
    found, name = _of_region(db, own.region), _folded(own.department)
    of_its_name = [_Named(**row) for row in held.of_its_name(db, own.department, own.region)]
    return found | {name: found.get(name, []) + of_its_name}


@_KEPT.keeps
def _of_region(db: Database, region: str | None) -> dict[str, list[_Named]]:
    """The documents of a region by their departments' names: all documents of one share the answer."""
    found: dict[str, list[_Named]] = {}
    for row in held.of_region(db, region):
        found.setdefault(_folded(row["department"]), []).append(_Named(**row))
    return found


def _same_department(one: _Named, other: _Named) -> bool:
    same_region = not one.region or not other.region or one.region == other.region
    return same_region and _folded(one.department) == _folded(other.department)


def _may_be_renamed(one: _Named, other: _Named) -> bool:
    numerals = [_NUMERAL.findall(each.department) for each in (one, other)]
    return (one.region or "") == (other.region or "") and numerals[0] == numerals[1]


_folded = lru_cache(maxsize=8192)(key)
"""A name to compare by, kept: departments of one name are in every year."""


def _change(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _coded(db: Database, document_id: str, table_no: int) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for row in function_tree(db, document_id, table_no):
        if row["code"] is not None:
            found.setdefault(row["code"], row | {"name": row["canonical_label"], "fen": fen_of(row)})
    return found


def _function(before: Record | None, after: Record | None, match: str) -> Record:
    some = after or before or {}
    code, name = some["code"], some["name"]
    if match == MOVED and before is not None:
        code, name = f"{before['code']} → {some['code']}", plain_label(some["label"])
    old, new = before["fen"] if before else None, after["fen"] if after else None
    return {
        "code": code, "name": name, "level": some["level"], "before_fen": old, "after_fen": new,
        "change_fen": _change(old, new), "match": match, "sort": some["code"],
        "before_state": state_of(before), "after_state": state_of(after),
    }  # fmt: skip


def _projects(db: Database, document_id: str) -> list[Record]:
    return db.rows("SELECT * FROM project WHERE document_id = ? ORDER BY stage DESC, row_no", (document_id,))


def _project_ratio(old: Record, new: Record) -> float | None:
    """100 for the same name, the likeness of two names that may be one project's, None where they may not."""
    names = folded_name(old["name"]), folded_name(new["name"])
    if names[0] == names[1]:
        return 100.0
    bare = [_YEAR.sub("", name) for name in names]
    ratio = float(fuzz.ratio(*bare))
    if ratio < SIMILAR_PROJECT or _NUMERAL.findall(bare[0]) != _NUMERAL.findall(bare[1]):
        return None
    offices = [key(row["office"] or office_of(row["name"])) for row in (old, new)]
    funds = [{name for name in FUND_COLUMNS if row[name]} for row in (old, new)]
    if all(offices) and offices[0] != offices[1]:
        return None
    return min(ratio, 99.9) if (offices[0] and offices[0] == offices[1]) or funds[0] & funds[1] else None


def _project(old: Record | None, new: Record | None, ratio: float) -> Record:
    some = new or old or {}
    match = NEW if old is None else ENDED if new is None else EXACT if ratio == 100.0 else SIMILAR
    before, after = old["total_fen"] if old else None, new["total_fen"] if new else None
    return {
        "name": some["name"], "before_name": old["name"] if old else None, "stage": some["stage"], "before_fen": before,
        "after_fen": after, "change_fen": _change(before, after), "match": match,
        "ratio": round(ratio, 1) if match == SIMILAR else None,
        "before_sheet_id": old["sheet_id"] if old else None, "after_sheet_id": new["sheet_id"] if new else None,
    }  # fmt: skip


def _targets(db: Database, sheet_id: str) -> dict[str, Record]:
    rows: Sequence[Record] = db.rows(
        "SELECT * FROM target WHERE sheet_id = ? AND horizon = 'annual' ORDER BY target_id", (sheet_id,)
    )
    found: dict[str, Record] = {}
    for row in rows:
        found.setdefault(f"{row['category']}\n{key(row['indicator'])}", row)
    return found
