"""Projects, performance sheets and their targets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from budgetdata.base.records import Record
from budgetdata.queries.base import Database, counted_years
from budgetdata.queries.population import name_of
from budgetdata.queries.ranking import AMONG, listed
from budgetdata.queries.reading import state_of
from budgetdata.store.sums import ROUNDING
from budgetdata.words.catalogue import text

FUNDS = ("general", "fund", "capital", "special", "own")
CATEGORY_CODES = {
    "数量": "quantity", "质量": "quality", "时效": "timeliness", "成本": "cost", "经济效益": "economic", "社会效益": "social",
    "生态效益": "ecological", "可持续影响": "lasting", "服务对象满意度": "satisfaction", "效益": "effect",
}  # fmt: skip
"""The categories of targets as the form prints them, and effects of any kind: the code of each in the catalogues."""
CATEGORIES = tuple(CATEGORY_CODES)[:9]


def category_name(category: str, lang: str) -> str:
    """A category in words; as it is printed where the form is of another kind."""
    code = CATEGORY_CODES.get(category)
    return text(lang, f"target_category.{code}") if code else category


MOST_ROWS = 5000
"""So many rows of a list over many documents are loaded at most; the tables under /data have them all."""
_COMPARED = """s.annual_fen IS NOT NULL AND p.total_fen IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sheet o
  WHERE o.document_id = p.document_id AND o.project_name = s.project_name AND o.sheet_id <> s.sheet_id)"""
"""A project p and its sheet s whose money can be held against one another: both are stated, and one sheet has that name."""
_KEPT = {
    "": "1 = 1",
    "carryover": "p.stage = 'carryover'",
    "without_sheet": "p.sheet_id IS NULL",
    "with_sheet": "p.sheet_id IS NOT NULL",
    "compared": _COMPARED,
    "unequal": f"{_COMPARED} AND s.annual_fen <> p.total_fen",
    "differs": f"{_COMPARED} AND abs(s.annual_fen - p.total_fen) > {ROUNDING}",
}
"""Which projects p are kept, with their sheets s."""
_TABLE = """CASE p.source WHEN 'project_table' THEN CASE p.stage WHEN 'current' THEN 12 ELSE 13 END
    WHEN 'expenditure_leaf' THEN CASE WHEN p.general_fen IS NULL THEN 3 ELSE 5 END END"""
"""The table in which a project p is a row; of expenditure 5 where its money is told as of the general budget; NULL for none."""


def projects(db: Database, document_id: str | None = None, which: str = "", limit: int = -1) -> list[Record]:
    """Project rows, most money first: the columns of `project`, department, year, short, the sheet's attribute and annual money
    (sheet_fen), and `figure`, the printed total behind total_fen (None where it is not there: state). sheet_state: yes, no, or
    unread where the document has sheets that were not read, one of which may be its own. which: '' all, carryover,
    without_sheet, with_sheet, compared (its sheet's annual money and its own are stated), unequal (of these), differs (by more
    than rounding); limit: how many at most."""
    where, parameters = _projects_kept(document_id, which)
    joined = "LEFT JOIN sheet s ON s.sheet_id = p.sheet_id" if "s." in _KEPT[which] else ""
    rows = db.rows(
        f"""SELECT p.*, d.department, d.year, d.region, d.source_file, s.attribute, s.term,
              s.line AS sheet_line, s.page AS sheet_page, s.annual_fen AS sheet_fen,
              coalesce(s.targets, 0) AS targets, coalesce(s.quantified, 0) AS quantified,
              f.figure_id, f.raw, f.label, f.table_no, f."column", f.column_label, f.fen, t.title AS table_title, t.unit,
              (SELECT r.unread FROM form_row r WHERE r.document_id = p.document_id AND r.row_no = p.row_no
                AND r.table_no = {_TABLE}) AS row_unread, k.sheets_known
            FROM project p JOIN document d USING (document_id) JOIN document_sum k USING (document_id)
            LEFT JOIN sheet s ON s.sheet_id = p.sheet_id
            LEFT JOIN figure f ON f.document_id = p.document_id AND f.row_no = p.row_no AND f."column" = 'total'
              AND f.table_no = {_TABLE}
            LEFT JOIN form_table t ON t.document_id = p.document_id AND t.table_no = f.table_no
            WHERE p.project_id IN (SELECT p.project_id FROM project p {joined} WHERE {where}
              ORDER BY p.total_fen DESC, p.project_id LIMIT ?)
            ORDER BY p.total_fen DESC, p.project_id""",
        (*parameters, limit),
    )
    for row in rows:
        row["figure"] = dict(row) if row["figure_id"] else None
        row["state"] = "stated" if row["figure_id"] else state_of({"unread": row["row_unread"]})
        row["sheet_state"] = "yes" if row["sheet_id"] else "no" if row.pop("sheets_known") else "unread"
    return _with_short(db, rows)


def _projects_kept(document_id: str | None, which: str) -> tuple[str, tuple[str, ...]]:
    if document_id:  # the plus keeps SQLite from going through all projects without a sheet for those of one document
        return f"p.document_id = ? AND +({_KEPT[which]})", (document_id,)
    return _KEPT[which], ()


_SUMMED = {
    "": ("projects", "project_fen"), "carryover": ("carryover_projects", "carryover_fen"),
    "without_sheet": ("without_sheet", "without_sheet_fen"), "compared": ("compared", "NULL"), "unequal": ("unequal", "NULL"),
    "differs": ("differs", "NULL"),
}  # fmt: skip
"""How many projects of a kind a document has, and their money: columns of document_sum."""


def summed(db: Database, document_id: str = "", which: str = "") -> tuple[int, int, int]:
    """(how many projects there are, which: as in `projects`; their money, '' of all documents without those that another one may
    contain; how many documents that leaves out)."""
    n, fen = _SUMMED[which]
    inner = "0" if document_id else "w.document_id IS NOT NULL"
    row = db.row(
        f"""SELECT coalesce(sum(s.{n}), 0) AS n, coalesce(sum(CASE WHEN NOT {inner} THEN {fen} END), 0) AS fen,
              coalesce(sum({inner}), 0) AS apart
            FROM document_sum s LEFT JOIN within_other w ON w.document_id = s.document_id
            WHERE s.{n} > 0 {"AND s.document_id = ?" if document_id else ""}""",
        (document_id,) if document_id else (),
    ) or {}  # fmt: skip
    return int(row["n"]), int(row["fen"]), int(row["apart"])


def perhaps_with_sheet(db: Database, document_id: str = "") -> bool:
    """Whether a project without a sheet (of a document) may have one that was not read, or is not printed with the rest."""
    own, given = ("AND document_id = ?", (document_id,)) if document_id else ("", ())
    kept = "without_sheet > 0 AND NOT sheets_known"
    return bool(db.value(f"SELECT 1 FROM document_sum WHERE {kept} {own} LIMIT 1", given))


def how_many(db: Database, document_id: str) -> int:
    """How many projects a document lists."""
    return int(db.value("SELECT count(*) FROM project WHERE document_id = ?", (document_id,)))


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """What to keep of the sheets; an empty value keeps all. least_fen ≤ annual funds < most_fen; attribute is how it begins."""

    document_id: str = ""
    year: int | None = None
    office: str = ""
    attribute: str = ""
    category: str = ""
    horizon: str = ""
    quality: str = ""
    words: str = ""
    least_fen: int | None = None
    most_fen: int | None = None
    scope: str = ""
    ids: tuple[str, ...] = ()
    longer: bool = False
    """Only those that state more money for the term than for the year."""


_MULTIPLE_FIRST = "CAST(s.term_fen AS REAL) / s.annual_fen DESC,"
OWN_PROJECT = """LEFT JOIN project p
    ON p.project_id = (SELECT min(o.project_id) FROM project o WHERE o.sheet_id = s.sheet_id)"""
"""Joins a sheet s with its project p, the first where several rows print it."""


def sheets(db: Database, chosen: SheetFilter | None = None, limit: int = -1) -> list[Record]:
    """Sheets that match a filter, most annual money first: the columns of `sheet`, department, year, short, annual_fen,
    term_fen, targets, quantified, verifiable, vague, project_id and office of the linked project."""
    keep = chosen or SheetFilter()
    where, parameters = conditions(keep)
    rows = db.rows(
        f"""SELECT s.*, d.department, d.year, d.region, d.source_file, p.project_id, p.name AS row_name, p.stage,
              p.total_fen AS row_fen,
              p.link, p.line AS row_line, p.page AS row_page, coalesce(nullif(p.office, ''), s.office, '') AS office_name
            FROM sheet s JOIN document d USING (document_id)
            {OWN_PROJECT}
            {where} ORDER BY {_MULTIPLE_FIRST if keep.longer else ""}
              s.scope = 'department' DESC, s.annual_fen IS NULL, s.annual_fen DESC, s.sheet_id LIMIT ?""",
        (*parameters, limit),
    )
    return _with_short(db, rows)


_TEXTS = (
    "project_name", "overview", "basis", "need", "safeguards", "plan", "term_goal", "annual_goal",
)  # fmt: skip
"""The columns of a sheet in which words are looked for."""


def conditions(keep: SheetFilter) -> tuple[str, tuple[object, ...]]:
    """The SQL condition of a filter on sheets s, documents d and projects p, and its values."""
    wanted: list[tuple[str, tuple[object, ...]]] = [
        *((f"{column} = ?", (value,)) for column, value in _plain(keep).items() if value),
        *((f"s.annual_fen {sign} ?", (fen,)) for sign, fen in _bounds(keep) if fen is not None),
    ]
    if keep.ids:
        wanted.append((f"s.sheet_id IN ({', '.join('?' for _ in keep.ids)})", keep.ids))
    if keep.longer:
        wanted.append(("s.term_fen > s.annual_fen AND s.annual_fen > 0", ()))
    if keep.attribute:
        wanted.append(("s.attribute LIKE ? ESCAPE '\\'", (f"{escape_like(keep.attribute)}%",)))
    inner = {"category": keep.category, "horizon": keep.horizon, "quality": keep.quality}
    of_target = {column: value for column, value in inner.items() if value}
    if of_target:
        same = " AND ".join(f"x.{column} = ?" for column in of_target)
        wanted.append(
            (f"EXISTS (SELECT 1 FROM target x WHERE x.sheet_id = s.sheet_id AND {same})", (*of_target.values(),))
        )
    if keep.words:
        wanted.append(_has_words(keep.words))
    where = " AND ".join(part for part, _ in wanted)
    return f"WHERE {where}" if wanted else "", tuple(value for _, values in wanted for value in values)


def _plain(keep: SheetFilter) -> dict[str, object]:
    """Columns that must be a value of the filter, where it has one."""
    return {
        "s.document_id": keep.document_id, "d.year": keep.year, "s.scope": keep.scope,
        "coalesce(nullif(p.office, ''), s.office, '')": keep.office,
    }  # fmt: skip


def _bounds(keep: SheetFilter) -> tuple[tuple[str, int | None], ...]:
    return (">=", keep.least_fen), ("<", keep.most_fen)


def _has_words(words: str) -> tuple[str, tuple[object, ...]]:
    """The condition that a text of a sheet s, or one of its targets, holds some words."""
    like = f"%{escape_like(words)}%"
    texts = " OR ".join(f"s.{column} LIKE ? ESCAPE '\\'" for column in _TEXTS)
    targets = "x.indicator LIKE ? ESCAPE '\\' OR x.target LIKE ? ESCAPE '\\'"
    where = f"({texts} OR EXISTS (SELECT 1 FROM target x WHERE x.sheet_id = s.sheet_id AND ({targets})))"
    return where, (like,) * (len(_TEXTS) + 2)


def escape_like(words: str) -> str:
    """Words for a LIKE … ESCAPE '\\' in which % and _ mean themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def sheet(db: Database, sheet_id: str) -> Record | None:
    """One sheet as `sheets` gives it, or None."""
    document_id = sheet_id.partition(".")[0]
    return next((row for row in sheets(db, SheetFilter(document_id=document_id)) if row["sheet_id"] == sheet_id), None)


def sheet_funds(db: Database, sheet_id: str) -> dict[tuple[str, str], int]:
    """The money of a sheet: (horizon, source) → fen; a key that is absent is blank in the source."""
    rows = db.rows("SELECT horizon, source, fen FROM sheet_fund WHERE sheet_id = ?", (sheet_id,))
    return {(row["horizon"], row["source"]): row["fen"] for row in rows}


def sheet_targets(db: Database, sheet_id: str) -> list[Record]:
    """The targets of a sheet in printed order, both horizons."""
    return db.rows("SELECT * FROM target WHERE sheet_id = ? ORDER BY target_id", (sheet_id,))


@dataclass(frozen=True, slots=True)
class TargetFilter:
    """What to keep of the targets; an empty value keeps all. quality: quantified, verifiable, vague, or 'unnumbered': not the
    first of them."""

    document_id: str = ""
    quality: str = ""
    horizon: str = ""
    category: str = ""

    def where(self, of: str = "t") -> tuple[str, tuple[str, ...]]:
        """The condition on targets or their sums, called `of` in the statement, and its values."""
        given = {"document_id": self.document_id, "horizon": self.horizon, "category": self.category}
        parts = [f"{of}.{column} = ?" for column, value in given.items() if value]
        values = [value for value in given.values() if value]
        if self.quality == "unnumbered":
            parts.append(f"{of}.quality <> 'quantified'")
        elif self.quality:
            parts.append(f"{of}.quality = ?")
            values.append(self.quality)
        return " AND ".join(parts) or "1 = 1", tuple(values)


def targets_by_quality(db: Database, keep: TargetFilter) -> dict[str, int]:
    """How many targets that match a filter have each quality."""
    table, (counted, given) = "target_sum", ("1 = 1", tuple[Any, ...]())
    if not keep.document_id:
        table, (counted, given) = "target_year", counted_years(db)
    where, values = keep.where(table)
    rows = db.rows(
        f"SELECT quality, sum(n) AS n FROM {table} WHERE {counted} AND {where} GROUP BY 1", (*given, *values)
    )
    return {row["quality"]: row["n"] for row in rows}


def targets(db: Database, keep: TargetFilter, limit: int = -1) -> list[Record]:
    """Targets that match a filter with project_name, department, year, short and annual_fen of their sheet, most money first; of
    those without a number the vague ones before the rest."""
    if keep.quality != "unnumbered":
        return _targets(db, keep, limit)
    number = targets_by_quality(db, keep)
    vague = _targets(db, replace(keep, quality="vague"), limit) if number.get("vague") else []
    left = limit if limit < 0 else max(limit - len(vague), 0)
    return vague + _targets(db, replace(keep, quality="verifiable"), left)


def _targets(db: Database, keep: TargetFilter, limit: int) -> list[Record]:
    where, values = keep.where()
    source = (
        "sheet s JOIN" if keep.document_id else "main.sheet s INDEXED BY idx_sheet_annual_fen CROSS JOIN"
    )  # by their money, not document by document
    rows = db.rows(
        f"""SELECT t.*, s.project_name, d.department, d.year, d.region, s.annual_fen
            FROM target t JOIN sheet s USING (sheet_id) JOIN document d ON d.document_id = t.document_id
            WHERE t.target_id IN (SELECT t.target_id FROM {source} target t ON t.sheet_id = s.sheet_id WHERE {where}
              ORDER BY s.annual_fen DESC, t.target_id LIMIT ?)
            ORDER BY s.annual_fen DESC, t.target_id""",
        (*values, limit),
    )
    return _with_short(db, rows)


def quality_by_category(db: Database, document_id: str = "", year: str = "") -> list[Record]:
    """How many targets of each category have each quality: category, quality, targets; of a document or a year."""
    table, (where, values) = "target_sum", ("document_id = ?", (document_id,))
    if not document_id:
        table, (where, values) = "target_year", counted_years(db, year)
    return db.rows(f"SELECT category, quality, sum(n) AS targets FROM {table} WHERE {where} GROUP BY 1, 2", values)


def graded(db: Database) -> list[Record]:
    """How many targets each document that has any has, and how many carry a number: document_id, targets, quantified."""
    return db.rows("SELECT document_id, targets, quantified FROM document_sum WHERE targets > 0")


def quality_by_document(db: Database, year: str = "", among: list[Record] | None = None) -> list[Record]:
    """How many targets each document (of a year, or of some) that has any has, and of each quality: document_id, short, year,
    targets, quantified, verifiable, vague."""
    only, given = ("AND d.year = ?", (int(year),)) if year else ("", tuple[object, ...]())
    if among is not None:
        only, given = f"{only} AND d.document_id {AMONG}", (*given, listed(among))
    rows = db.rows(
        f"""SELECT d.document_id, d.department, d.region, d.year, s.targets, s.quantified, s.verifiable, s.vague
           FROM document d JOIN document_sum s USING (document_id) WHERE s.targets > 0 {only}
           ORDER BY d.year DESC, d.department, d.document_id""",
        given,
    )
    return _with_short(db, rows)


def offices(db: Database, document_id: str = "") -> list[str]:
    """The offices that own a project with a sheet (of a document), by name."""
    return sorted({row["office_name"] for row in sheets(db, SheetFilter(document_id=document_id))} - {""})


def attributes(db: Database) -> list[str]:
    """The kinds of project (项目属性) that sheets print."""
    return [
        r["attribute"]
        for r in db.rows("SELECT DISTINCT attribute FROM sheet WHERE coalesce(attribute, '') <> '' ORDER BY 1")
    ]


def _with_short(db: Database, rows: list[Record]) -> list[Record]:
    for row in rows:
        row["short"] = name_of(db, row)
    return rows
