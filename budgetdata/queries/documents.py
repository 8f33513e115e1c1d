"""What is held: documents, their tables, and what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.population import many, name_of, year_of
from budgetdata.queries.ranking import AMONG, listed
from budgetdata.queries.reported import IS_PERHAPS


def documents(db: Database, year: str = "") -> list[Record]:
    """Every document that counts (of a year, where given), newest year first: the columns of `document`; `short`, its name."""
    where, given = ("WHERE year = ?", (int(year),)) if year.isdecimal() else ("", ())
    rows = db.rows(f"SELECT * FROM document {where} ORDER BY year DESC, department, document_id", given)
    for row in rows:
        row["short"] = name_of(db, row)
    return rows


def named(db: Database) -> list[Record]:
    """The same documents in the same order, short: document_id, department, year. Of ten thousand the others take 16 MiB."""
    return db.rows("SELECT document_id, department, year FROM document ORDER BY year DESC, department, document_id")


_STATE = f"""CASE WHEN t.reason_code = 'table.not_in_series' THEN 'not_in_series' WHEN {IS_PERHAPS} THEN 'perhaps'
  ELSE t.status END"""
"""The state of a table t as pages say it: one that its place's series does not hold is not lacking, and one that was not found,
though the text speaks of it, is not one that was found and could not be read."""


_SHORT = "SELECT document_id, department, region, year FROM document"


def of_region(db: Database, region: str | None) -> list[Record]:
    """The documents of a region (None: of those whose region is not known), short: document_id, department, region, year."""
    return db.once(f"{_SHORT} WHERE region IS ?", (region,))


def of_its_name(db: Database, department: str, region: str | None) -> list[Record]:
    """The documents of a department that are of no region, or, where its own is not known (None), of any: as `of_region`."""
    unknown = "region IS NULL" if region else "region IS NOT NULL"
    return db.rows(f"{_SHORT} WHERE department = ? AND {unknown}", (department,))


def _of(document_id: str) -> tuple[str, tuple[str, ...]]:
    """The condition of a document d, and its value; '' is any."""
    return ("d.document_id = ?", (document_id,)) if document_id else ("1 = 1", ())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which documents the catalogue lists: those whose name, region or file holds the words; of a year and region where given."""

    words: str = ""
    year: str = ""
    region: str = ""

    def where(self) -> tuple[str, dict[str, Any]]:
        """The condition and its values."""
        parts, given = ["1 = 1"], dict[str, Any]()
        for number, word in enumerate(self.words.split()[:4]):
            like = f"LIKE :word{number} ESCAPE '\\'"
            parts.append(f"(department {like} OR region {like} OR source_file {like} OR document_id = :exact{number})")
            plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            given |= {f"word{number}": f"%{plain}%", f"exact{number}": word}
        if self.year.isdecimal():
            parts.append("year = :year")
            given["year"] = int(self.year)
        if self.region:
            parts.append("region = :region")
            given["region"] = self.region
        return " AND ".join(parts), given


def catalogue(db: Database, asked: Catalogue, start: int, size: int) -> list[Record]:
    """Some of the documents of the catalogue, newest year first: the columns of `document` and short."""
    where, given = asked.where()
    rows = db.rows(
        f"""SELECT * FROM document WHERE {where} ORDER BY year DESC, region, department, document_id
            LIMIT :size OFFSET :start""",
        given | {"size": size, "start": start},
    )
    return [row | {"short": name_of(db, row)} for row in rows]


def catalogue_count(db: Database, asked: Catalogue) -> int:
    """How many documents the catalogue lists."""
    where, given = asked.where()
    return int(db.value(f"SELECT count(*) FROM document WHERE {where}", given))


def chosen(db: Database, ids: str, year: str, most: int = -1) -> list[Record]:
    """The documents named by their ids parted by commas; where there are none all, or where many are held those of one year
    (the newest where none is given), without single units, so many at most. A year keeps that year's only. Of those of many no
    more is given than document_id, department, region, kind, year and short."""
    wanted = list(dict.fromkeys(code for code in ids.split(",") if code))
    if wanted:
        named = [row for code in wanted if (row := document(db, code)) is not None]
        return [row for row in named if not year or str(row["year"]) == year]
    shown = year_of(db, year)
    if not many(db):
        return documents(db, shown)
    sql = """SELECT document_id, department, region, kind, year FROM document WHERE year = ? AND kind <> 'unit'
      ORDER BY department, document_id LIMIT ?"""
    rows = db.rows(sql, (int(shown or 0), most))
    return [row | {"short": name_of(db, row)} for row in rows]


def document(db: Database, document_id: str) -> Record | None:
    """One document with `short`, or None where there is none of that id; also one that counts nowhere."""
    row = db.row("SELECT * FROM document WHERE document_id = ?", (document_id,))
    return row and row | {"short": name_of(db, row)}


def beside(db: Database, document: Record) -> list[Record]:
    """The other documents of the same body and year, also those that count nowhere: the columns of `document` and relation:
    newer (it corrects this one), older (this one corrects it), part (of one disclosure), kind (a unit beside its department),
    version (of the same, one of which counts)."""
    rows = db.rows(
        "SELECT * FROM main.document WHERE department = ? AND year = ? AND document_id <> ? ORDER BY document_id",
        (document["department"], document["year"], document["document_id"]),
    )
    return [row | {"relation": _relation(row, document)} for row in rows]


def _relation(row: Record, document: Record) -> str:
    if document["replaced_by"] == row["document_id"]:
        return "newer"
    if row["replaced_by"] == document["document_id"]:
        return "older"
    if (row["part"] or "") != (document["part"] or ""):
        return "part"
    return "kind" if row["kind"] != document["kind"] else "version"


def overview(db: Database, year: str = "") -> Record:
    """What is held (of a year, where given): departments, units (budgets of single units), documents, regions, first_year,
    last_year, projects, sheets (of projects), whole_sheets (of whole departments), targets, figures; carried_projects, how many
    of the projects are carried over.

    total_fen is the sum of the expenditure totals of `with_total` departments' budgets. Budgets of single units are not added
    (where any department's is held), nor those that another one held may contain (`apart` counts them); `unread` have no total
    that was read.
    """
    where, given = ("WHERE d.year = :year", {"year": int(year)}) if year else ("", {})
    row = db.row(
        f"""SELECT count(DISTINCT CASE WHEN d.kind <> 'unit' THEN d.department END) AS departments,
          count(DISTINCT d.department) AS bodies, count(*) AS documents, coalesce(sum(d.kind = 'unit'), 0) AS units,
          min(d.year) AS first_year, max(d.year) AS last_year, count(DISTINCT d.region) AS regions,
          coalesce(sum(s.projects), 0) AS projects, coalesce(sum(s.carryover_projects), 0) AS carried_projects,
          coalesce(sum(s.project_sheets), 0) AS sheets, coalesce(sum(s.sheets - s.project_sheets), 0) AS whole_sheets,
          coalesce(sum(s.targets), 0) AS targets,
          coalesce(sum(s.figures), 0) AS figures
        FROM document d JOIN document_sum s USING (document_id) {where}""",
        given,
    )
    held = row or {}
    if held["units"] == held["documents"]:
        held |= {"units": 0, "departments": held["bodies"]}
    summed = db.row(
        f"""SELECT sum(CASE WHEN w.document_id IS NULL THEN s.expenditure_fen END) AS total_fen,
              count(*) - count(w.document_id) AS with_total, count(w.document_id) AS apart
            FROM document d JOIN document_sum s USING (document_id) LEFT JOIN within_other w USING (document_id)
            {where or "WHERE 1"} AND s.expenditure_fen IS NOT NULL {"AND d.kind <> 'unit'" if held["units"] else ""}""",
        given,
    ) or {}  # fmt: skip
    summed["unread"] = held["documents"] - held["units"] - summed["with_total"] - summed["apart"]
    return held | summed


def tables(db: Database, document_id: str) -> list[Record]:
    """The thirteen tables of a document with status, reason and place.

    state: the status, but not_in_series for a missing one that the place's own series of tables does not hold, and perhaps for
    an unreadable one that was not found."""
    return db.rows(
        f"SELECT t.*, {_STATE} AS state FROM form_table t WHERE document_id = ? ORDER BY table_no", (document_id,)
    )


def table_states(db: Database) -> list[Record]:
    """For every document, how many of its tables are in each state (see `tables`): document_id, status, tables."""
    return db.rows(f"SELECT document_id, {_STATE} AS status, count(*) AS tables FROM form_table t GROUP BY 1, 2")


def problems(db: Database, document_id: str, severity: str = "unread") -> list[Record]:
    """What could not be read in a document (severity unread), or its oddities (note)."""
    return db.rows(
        "SELECT * FROM problem WHERE document_id = ? AND severity = ? ORDER BY table_no, line", (document_id, severity)
    )


def paragraphs(db: Database, document_id: str, section_like: str) -> list[Record]:
    """The narrative paragraphs whose section heading contains a word: section, text, page, line, in printed order."""
    return db.rows(
        "SELECT * FROM paragraph WHERE document_id = ? AND section LIKE ? ORDER BY paragraph_id",
        (document_id, f"%{section_like}%"),
    )


SHORTEST = 12
"""Paragraphs of so few characters say nothing: headings, 无。"""


def printed_under(db: Database, section_like: str, document_id: str = "") -> list[Record]:
    """The paragraphs of a document (of all where '') whose section heading contains a word, newest year first: the columns of
    `paragraph`, department, year, short."""
    where, given = _of(document_id)
    rows = db.rows(
        f"""SELECT p.*, d.department, d.region, d.year FROM document d JOIN paragraph p USING (document_id)
            WHERE {where} AND p.section LIKE ? AND length(p.text) > {SHORTEST}
            ORDER BY d.year DESC, d.department, d.document_id, p.paragraph_id""",
        (*given, f"%{section_like}%"),
    )
    return [row | {"short": name_of(db, row)} for row in rows]


_TELLS_CHANGE = """(p.text LIKE '%比%' OR p.text LIKE '%较%') AND (p.text LIKE '%增%' OR p.text LIKE '%减%' OR p.text LIKE '%降%')
  AND (p.text LIKE '%原因%' OR p.text LIKE '%主要是%' OR p.text LIKE '%由于%')
  AND (p.text LIKE '%收入%' OR p.text LIKE '%支出%' OR p.text LIKE '%拨款%')
  AND p.section NOT LIKE '%三公%' AND p.section NOT LIKE '%名词%' AND p.section NOT LIKE '%机关运行%'
  AND p.section NOT LIKE '%委托业务%'"""
"""A paragraph that tells a change of income or expenditure and its reason, and not one of running costs or commissions alone."""


def changes(db: Database, document_id: str = "") -> list[Record]:
    """What a document (all where '') says of its change from last year and the reason: the paragraphs of the section named after
    it, where there is none those of the narrative that tell a change and a reason; the columns of `printed_under`."""
    found = printed_under(db, "变动情况", document_id)
    where, given = _of(document_id)
    rows = db.rows(
        f"""SELECT p.*, d.department, d.region, d.year FROM document d JOIN paragraph p USING (document_id)
            WHERE {where} AND NOT d.document_id {AMONG} AND {_TELLS_CHANGE}
            ORDER BY d.year DESC, d.department, d.document_id, p.paragraph_id""",
        (*given, listed(found)),
    )
    found += [row | {"short": name_of(db, row)} for row in rows]
    return sorted(
        found, key=lambda row: (-(row["year"] or 0), row["department"], row["document_id"], row["paragraph_id"])
    )


def number_without_data(db: Database, document_id: str = "") -> dict[str, int]:
    """How many of `tables_without_data` there are, by status."""
    where, given = _of(document_id)
    rows = db.rows(
        f"""SELECT t.status, count(*) AS n FROM document d JOIN form_table t USING (document_id)
            WHERE {where} AND {_STATE} NOT IN ('data', 'not_in_series') GROUP BY 1""",
        given,
    )
    return {row["status"]: row["n"] for row in rows}


def first_without_data(db: Database, number: int) -> list[Record]:
    """The first of `tables_without_data`, from no more documents than that takes."""
    documents = number
    while True:
        rows = _without_data(
            db,
            "d.document_id IN (SELECT document_id FROM document ORDER BY year DESC, department, document_id LIMIT ?)",
            (documents,),
        )
        if len(rows) >= number or documents > db.documents:
            return rows[:number]
        documents *= 4


def tables_without_data(db: Database, document_id: str = "") -> list[Record]:
    """The standard tables of a document (of all where '') that hold no data, or not all of it, those left out that its place's
    series does not hold: the columns of `form_table`, state (see `tables`), department, year, short."""
    return _without_data(db, *_of(document_id))


def _without_data(db: Database, where: str, given: tuple[Any, ...]) -> list[Record]:
    rows = db.rows(
        f"""SELECT t.*, {_STATE} AS state, d.department, d.region, d.year FROM document d JOIN form_table t USING (document_id)
           WHERE {where} AND {_STATE} NOT IN ('data', 'not_in_series')
           ORDER BY d.year DESC, d.department, d.document_id, t.table_no""",
        given,
    )
    return [row | {"short": name_of(db, row)} for row in rows]


def glossary(db: Database) -> list[Record]:
    """The paragraphs that explain words (名词解释) of every document: document_id, department, year, text, page, line."""
    return db.rows(
        """SELECT p.*, d.department, d.year FROM paragraph p JOIN document d USING (document_id)
           WHERE (p.section LIKE '%名词解释%' OR p.section LIKE '%术语解释%' OR (p.part = 4 AND p.section = ''))
             AND length(p.text) > 12 ORDER BY d.year DESC, p.paragraph_id"""
    )


def checks(db: Database, document_id: str) -> list[Record]:
    """The identities of a document with both sides in fen and their status; empty where none were evaluated."""
    return db.rows("SELECT * FROM check_result WHERE document_id = ? ORDER BY check_id", (document_id,))
