"""What the signals look at: sheets with their two lists of targets, and projects, read once from a built database."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from budgetdata.base.facts import ANNUAL, TERM
from budgetdata.base.records import Record
from budgetdata.base.said import Said
from budgetdata.base.text import key
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of
from budgetdata.queries.reading import sheets_known
from budgetdata.sheets.goals import folded_goal
from budgetdata.sheets.links import office_of
from budgetdata.sheets.quality import undoubled

HORIZONS = (TERM, ANNUAL)
_YEARS = re.compile(r"(\d+)年?")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing seen: a sentence as a code, and what it was seen on; target is the row of `target` where it is about one."""

    document_id: str
    seen: Said
    project: str
    sheet_id: str | None = None
    project_id: str | None = None
    horizon: str = ""
    target: Record | None = None
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A performance sheet: its row (with department, year, notes), its money in fen, and its targets in printed order."""

    row: Record
    funds: dict[tuple[str, str], int]
    targets: list[Record] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The project's name as the sheet prints it."""
        return str(self.row["project_name"])

    @property
    def years(self) -> int | None:
        """How many years the project runs by its own 项目期, or None."""
        match = _YEARS.fullmatch((self.row["term"] or "").strip())
        return int(match[1]) if match else None

    @property
    def is_cut(self) -> bool:
        """True where the source prints only a part of the indicator lists."""
        return noted(self.row, "notes", "sheets.cut_off") is not None

    @cached_property
    def lists(self) -> dict[str, list[Record]]:
        """The targets of each horizon, in printed order."""
        return {horizon: [t for t in self.targets if t["horizon"] == horizon] for horizon in HORIZONS}

    def fen(self, horizon: str) -> int | None:
        """The total money of a horizon, None where it is blank."""
        return self.funds.get((horizon, "total"))

    def goal(self, horizon: str) -> str:
        """The goal of a horizon to compare by, without white space and punctuation variants; '' where blank."""
        return folded_goal(self.row[f"{horizon}_goal"])

    def hit(self, seen: Said, horizon: str = "", target: Record | None = None) -> Hit:
        """A hit on this sheet, at the place of the target where there is one."""
        place = target if target is not None and (target["line"] or target["page"]) else self.row
        return Hit(
            self.row["document_id"], seen, self.name, self.row["sheet_id"], None, horizon or (target or {}).get("horizon", ""),
            target, place["page"], place["line"],
        )  # fmt: skip


@dataclass(frozen=True)
class Material:
    """The sheets and projects of one document, or of all, in the order of their ids."""

    sheets: list[Sheet]
    projects: list[Record]
    unread: frozenset[str] = frozenset()
    """The documents of which a performance sheet, or a piece of one, was not read."""
    alike: list[Sheet] = field(default_factory=list)
    """Sheets of other documents that print a goal of one of these sheets."""

    @cached_property
    def horizons(self) -> dict[str, set[str]]:
        """The horizons that the form of each document's projects prints: those of which most of its sheets list a target."""
        counts: dict[str, Counter[str]] = {}
        for sheet in self.sheets:
            if sheet.targets and sheet.row["scope"] == "project":
                printed = {target["horizon"] for target in sheet.targets}
                counts.setdefault(sheet.row["document_id"], Counter()).update([*printed, ""])
        return {code: {h for h in HORIZONS if 2 * number[h] > number[""]} for code, number in counts.items()}

    @cached_property
    def documents(self) -> dict[str, list[Sheet]]:
        """The sheets of each document."""
        found: dict[str, list[Sheet]] = {}
        for sheet in self.sheets:
            found.setdefault(sheet.row["document_id"], []).append(sheet)
        return found


@lru_cache(maxsize=16)
def material(db: Database, document_id: str = "") -> Material:
    """What the signals look at, of one document or of all (''), read once for each version of the database."""
    where, given = ("WHERE s.document_id = ?", (document_id,)) if document_id else ("", ())
    funds: dict[str, dict[tuple[str, str], int]] = {}
    for row in db.rows(f"SELECT f.* FROM sheet s JOIN sheet_fund f USING (sheet_id) {where}", given):
        funds.setdefault(row["sheet_id"], {})[row["horizon"], row["source"]] = row["fen"]
    targets: dict[str, list[Record]] = {}
    for row in db.rows(f"SELECT s.* FROM target s {where} ORDER BY target_id", given):
        targets.setdefault(row["sheet_id"], []).append(row)
    sheets = db.rows(f"{_SHEETS} {where} ORDER BY s.sheet_id", given)
    found = [Sheet(row, funds.get(row["sheet_id"], {}), targets.get(row["sheet_id"], [])) for row in sheets]
    projects = db.rows(f"SELECT s.* FROM project s {where} ORDER BY project_id", given)
    unread = {row["document_id"] for row in projects if row["sheet_id"] is None}
    alike = db.rows(f"{_SHEETS} {_ALIKE}", given * 2) if document_id and document_id not in db.superseded else []
    return Material(
        found, projects, frozenset(number for number in unread if not sheets_known(db, number)),
        [Sheet(row, {}) for row in alike],
    )  # fmt: skip


_SHEETS = "SELECT s.*, d.department, d.region, d.year FROM sheet s JOIN document d USING (document_id)"
_ALIKE = """WHERE s.sheet_id IN (SELECT other.sheet_id FROM sheet_goal own JOIN sheet_goal other USING (goal, year)
    WHERE own.document_id = ? AND other.document_id <> ?)"""


def departments(db: Database, document_id: str = "") -> dict[str, Record]:
    """document_id → department, year, region, short; of one document, or of all ('')."""
    where, given = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
    rows = db.rows(f"SELECT document_id, department, year, region FROM document {where}", given)
    return {row["document_id"]: {**row, "short": name_of(db, row)} for row in rows}


def horizon_key(horizon: str) -> str:
    """The key of a horizon's name."""
    return f"signal.horizon.{horizon}"


def full_name(target: Record) -> str:
    """The indicator's name, where it is cut off as the other list prints it whole."""
    whole = noted(target, "note", "sheets.target.cut_name")
    return str(whole.args["name"] if whole else target["indicator"])


def noted(row: Record, column: str, code: str) -> Said | None:
    """The note of a code on a row of `sheet` (column notes) or `target` (column note), None where there is none."""
    if not row[f"{column}_code"]:
        return None
    told = Said.from_json(row[f"{column}_code"], row[f"{column}_args"])
    return next((note for note in told.args.get("notes", [told]) if note.code == code), None)


def same_name(target: Record) -> str:
    """The indicator's whole name to compare by."""
    return key(full_name(target))


def same_value(target: Record) -> str:
    """The printed value to compare by, once where it is printed twice."""
    return undoubled(key(target["target"]))


def subject_of(project_name: str) -> str:
    """What a project is about, to compare by: its name without the office in front."""
    return key(project_name.strip()[len(office_of(project_name)) :]).lstrip("-一")
