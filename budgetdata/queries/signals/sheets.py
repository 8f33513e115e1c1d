"""Signals on a whole sheet: its goals, its two horizons against each other, what it leaves out, and money without a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from budgetdata.base.facts import ANNUAL, DIMENSIONS, TERM
from budgetdata.base.records import Record
from budgetdata.base.said import Said, said
from budgetdata.base.text import key
from budgetdata.queries.projects import CATEGORY_CODES
from budgetdata.queries.signals.material import (
    HORIZONS,
    Hit,
    Material,
    Sheet,
    full_name,
    horizon_key,
    noted,
    same_name,
    same_value,
    subject_of,
)
from budgetdata.sheets.goals import goal_key
from budgetdata.sheets.quality import undoubled

RUN = 8
"""So many characters in a row of another project's name are no chance."""
OWN_TEXTS = ("project_name", "overview", "basis", "need", "safeguards", "plan")
_EXPECTED = ("数量", "质量", "时效", "成本", "效益", "服务对象满意度")
_DOCUMENT_NO = re.compile(r"(?<!\d)(\d{2,4})号")
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?年度?")
"""A year in a name or a goal: two that name the same one have nothing in common by it."""
_OFFICE = re.compile(r"(?:局|委员会|委|中心|办公室|街道|政府|支队|大队|站|院|所|处)$")
"""How the name of a body ends: a goal that names a body says nothing of another project."""
_ADDITIVE = "数量"
_SPLIT = "sheets.target.split_value"
"""The note on a target that the form prints over several cells."""
_RATE_UNITS = re.compile(r"%|‰|/|年|月|分$|度$")


def same_goal(material: Material) -> Iterator[Hit]:
    """Goals that sheets of the same year, of one department or of several, print word for word."""
    groups: dict[tuple[object, str], list[tuple[Sheet, str]]] = {}
    own = {sheet.row["sheet_id"] for sheet in material.sheets}
    for sheet in sorted([*material.sheets, *material.alike], key=lambda sheet: str(sheet.row["sheet_id"])):
        for horizon in HORIZONS:
            goal = goal_key(sheet.row[f"{horizon}_goal"])
            if goal:
                groups.setdefault((sheet.row["year"], goal), []).append((sheet, horizon))
    for members in groups.values():
        names = list(dict.fromkeys((s.row["document_id"], s.row["sheet_id"], s.name) for s, _ in members))
        if len(names) < 2:
            continue
        for sheet, horizon in members:
            if sheet.row["sheet_id"] not in own:
                continue
            others = [said("signal.quoted", name=name) for name in _of_others(names, sheet)]
            if not others:
                continue
            yield sheet.hit(said("signal.seen.same_goal", horizon=horizon_key(horizon), others=others), horizon)


def _of_others(names: Iterable[tuple[str, str, str]], sheet: Sheet) -> list[str]:
    """The names among (document, sheet, name) of other sheets that are for another project than a sheet's own: one project may
    have a sheet for each unit, or for each year."""
    own = subject_of(sheet.name)
    return [name for _, number, name in names if number != sheet.row["sheet_id"] and subject_of(name) != own]


def goal_of_another(material: Material) -> Iterator[Hit]:
    """Goals that speak of what another project of the same department is about."""
    names: dict[str, list[str]] = {}
    for project in material.projects:
        names.setdefault(project["document_id"], []).append(project["name"])
    for document_id, sheets in material.documents.items():
        every = list(dict.fromkeys([*(sheet.name for sheet in sheets), *names.get(document_id, [])]))
        subjects = {_YEAR.sub("", subject_of(name)): name for name in every}
        runs = _runs(subjects)
        numbers = {number: name for name in every for number in _DOCUMENT_NO.findall(name)}
        for sheet in sheets:
            own = "".join(key(sheet.row[field] or "") for field in OWN_TEXTS) + key(sheet.row["department"])
            own = _YEAR.sub("", own)
            for horizon in HORIZONS:
                goal = _YEAR.sub("", sheet.goal(horizon))
                found = _named_in(goal, own, runs) or _numbered_in(goal, sheet.name, numbers)
                if found:
                    piece, other = found
                    seen = said("signal.seen.goal_of_another", horizon=horizon_key(horizon), piece=piece, other=other)
                    yield sheet.hit(seen, horizon)


def _runs(subjects: dict[str, str]) -> dict[str, set[str]]:
    """Every run of RUN characters in a subject → the project names it stands in."""
    found: dict[str, set[str]] = {}
    for subject, name in subjects.items():
        for start in range(len(subject) - RUN + 1):
            found.setdefault(subject[start : start + RUN], set()).add(name)
    return found


def _named_in(goal: str, own: str, runs: dict[str, set[str]]) -> tuple[str | Said, str] | None:
    for start in range(len(goal) - RUN + 1):
        piece = goal[start : start + RUN]
        if piece in runs and len(runs[piece]) == 1 and piece not in own:
            (name,) = runs[piece]
            end = start + RUN
            subject = _YEAR.sub("", subject_of(name))
            while end < len(goal) and goal[start : end + 1] in subject:
                end += 1
            if not _OFFICE.search(goal[start:end]):
                return goal[start:end], name
    return None


def _numbered_in(goal: str, name: str, numbers: dict[str, str]) -> tuple[Said, str] | None:
    """A document number (188号) that is in the name of another project, where the own name states a different one."""
    own = set(_DOCUMENT_NO.findall(name))
    for number in _DOCUMENT_NO.findall(goal) if own else ():
        if number not in own and numbers.get(number, name) != name:
            return said("signal.document_no", no=number), numbers[number]
    return None


def _runs_for(sheet: Sheet, code: str, **args: Any) -> Said:
    """What is seen on a sheet, with how long its project runs."""
    return said(f"signal.seen.{code}", term=sheet.row["term"], **args)


def year_equals_term(material: Material) -> Iterator[Hit]:
    """Sheets of projects longer than a year whose two lists are the same line by line."""
    for sheet in material.sheets:
        if not sheet.years or sheet.years < 2 or not all(sheet.lists.values()):
            continue
        term, annual = ({(t["category"], same_name(t), same_value(t)) for t in sheet.lists[h]} for h in (TERM, ANNUAL))
        if term == annual:
            yield sheet.hit(_runs_for(sheet, "year_equals_term", n=len(sheet.lists[ANNUAL])))


def goal_year_equals_term(material: Material) -> Iterator[Hit]:
    """Sheets of projects longer than a year whose goal for the year is the goal for the term."""
    for sheet in material.sheets:
        goal = sheet.goal(ANNUAL)
        if sheet.years and sheet.years > 1 and goal and goal == sheet.goal(TERM):
            yield sheet.hit(_runs_for(sheet, "goal_year_equals_term"))


def funds_year_equals_term(material: Material) -> Iterator[Hit]:
    """Sheets of projects longer than a year whose money for the year is the money for the term."""
    for sheet in material.sheets:
        fen = sheet.fen(ANNUAL)
        if sheet.years and sheet.years > 1 and fen and fen == sheet.fen(TERM):
            yield sheet.hit(_runs_for(sheet, "funds_year_equals_term", fen=fen))


def one_year_more_money(material: Material) -> Iterator[Hit]:
    """Sheets of one-year projects that state more money for the term than for that year."""
    for sheet in material.sheets:
        term, year = sheet.fen(TERM), sheet.fen(ANNUAL)
        if sheet.years == 1 and term is not None and year is not None and term != year:
            yield sheet.hit(_runs_for(sheet, "one_year_more_money", whole=term, year=year))


def one_year_lists_differ(material: Material) -> Iterator[Hit]:
    """Indicators of one-year projects that have one target for the term and another for that year."""
    for sheet in material.sheets:
        for term, year in _pairs(sheet) if sheet.years == 1 else ():
            split = any(noted(target, "note", _SPLIT) for target in (term, year))
            if not split and same_value(term) and same_value(year) and same_value(term) != same_value(year):
                values = {"whole": undoubled(term["target"]), "year": undoubled(year["target"])}
                seen = _runs_for(sheet, "one_year_lists_differ", name=full_name(year), **values)
                yield sheet.hit(seen, target=year)


def annual_over_term(material: Material) -> Iterator[Hit]:
    """Counts that add up over the years, with more of them in the year than in the whole term."""
    for sheet in material.sheets:
        for term, year in _pairs(sheet):
            same = year["category"] == term["category"] == _ADDITIVE and year["unit"] == term["unit"]
            if not same or not year["value"] or not term["value"] or _RATE_UNITS.search(year["unit"] or ""):
                continue
            if Decimal(year["value"]) > Decimal(term["value"]):
                values = {"whole": term["target"], "year": year["target"]}
                yield sheet.hit(said("signal.seen.annual_over_term", name=full_name(year), **values), target=year)


def _pairs(sheet: Sheet) -> Iterator[tuple[Record, Record]]:
    """The indicators that stand once in both lists under the same category and name: (term, year)."""
    keyed: dict[str, dict[tuple[str, str], list[Record]]] = {}
    for horizon, targets in sheet.lists.items():
        keyed[horizon] = {}
        for target in targets:
            keyed[horizon].setdefault((target["category"], same_name(target)), []).append(target)
    for place, years in keyed[ANNUAL].items():
        terms = keyed[TERM].get(place, [])
        if len(years) == len(terms) == 1:
            yield terms[0], years[0]


def missing_category(material: Material) -> Iterator[Hit]:
    """Lists that leave a category of the form without any indicator; lists of which the print lost a part stay out."""
    for sheet in material.sheets:
        if sheet.is_cut or not sheet.targets:
            continue
        document = sheet.row["document_id"]
        horizons = material.horizons.get(document, set()) if sheet.row["scope"] == "project" else {ANNUAL}
        printed = {kind for other in material.documents[document] for kind in _kinds(other.targets)}
        for horizon, targets in sheet.lists.items():
            if horizon not in horizons:
                continue
            lacking = [name for name in _EXPECTED if name in printed - _kinds(targets)]
            if not targets:
                yield sheet.hit(said("signal.seen.list_empty", horizon=horizon_key(horizon)), horizon)
            elif lacking:
                kinds = [said(f"target_category.{CATEGORY_CODES[name]}") for name in lacking]
                seen = said("signal.seen.missing_category", horizon=horizon_key(horizon), categories=kinds)
                yield sheet.hit(seen, horizon)


def _kinds(targets: list[Record]) -> set[str]:
    """The categories that have a target; those of 效益 count as one, for no project has effects of every kind."""
    return {"效益" if DIMENSIONS[t["category"]] == "效益" else t["category"] for t in targets}


def money_without_sheet(material: Material) -> Iterator[Hit]:
    """Project rows with money for which the document prints no performance sheet; none where one may be printed and unread."""
    for project in material.projects:
        without = project["sheet_id"] is None and project["document_id"] not in material.unread
        if without and (project["total_fen"] or 0) > 0:
            stage = f"question.stage.{project['stage']}"
            yield Hit(
                project["document_id"],
                said("signal.seen.money_without_sheet", stage=stage, fen=project["total_fen"]), project["name"],
                project_id=project["project_id"], page=project["page"], line=project["line"],
            )  # fmt: skip
