"""A region, and a 科目 over departments: what is held of one year, in totals and in rows, a page at a time."""

from __future__ import annotations

from collections import Counter, defaultdict

from budgetdata.base.records import Record
from budgetdata.queries.accounts import NO_PLACE
from budgetdata.queries.base import Database
from budgetdata.queries.money import as_one, fen_of, that_count
from budgetdata.queries.overlap import within_others
from budgetdata.queries.population import name_of
from budgetdata.queries.ranking import ALL, AMONG, listed, most_first, shown
from budgetdata.queries.reading import absent
from budgetdata.words.phrases import account as account_name

_TOTAL = """LEFT JOIN figure f ON f.document_id = d.document_id AND f.table_no = 1 AND f.role = 'expenditure_total'
  AND f."column" = 'total'"""


def years(db: Database, region: str) -> list[Record]:
    """The years of a region, newest first: year, documents, departments, units, with_total and fen, the sum of the expenditure
    totals; state: stated, or why no total of the year is there; apart: how many documents the sum leaves out, since another one
    of their year may hold them (single units, a narrower kind)."""
    inner = within_others(db)
    rows = db.rows(
        f"SELECT d.document_id, d.department, d.kind, d.year, f.fen FROM document d {_TOTAL} WHERE d.region = ?",
        (region,),
    )
    found: list[Record] = []
    for year in sorted({row["year"] for row in rows}, reverse=True):
        own = {row["document_id"]: row for row in rows if row["year"] == year}
        counted = [row["fen"] for code, row in own.items() if code not in inner and row["fen"] is not None]
        found.append({
            "year": year, "documents": len(own), "units": sum(row["kind"] == "unit" for row in own.values()),
            "departments": len({row["department"] for row in own.values() if row["kind"] != "unit"}),
            "apart": len(own.keys() & inner), "with_total": len(counted), "fen": sum(counted) if counted else None,
            "state": "stated" if counted else Counter(_state(db, row) for row in own.values()).most_common(1)[0][0],
        })  # fmt: skip
    return found


def departments(db: Database, region: str, year: str, start: int, size: int) -> list[Record]:
    """Some of a region's documents of a year, departments before units, most expenditure first: the columns of `document`,
    short, fen, figure_id, and state: stated, or why there is no total (`reading.absent`)."""
    rows = db.rows(
        f"""SELECT d.*, f.fen, f.figure_id FROM document d {_TOTAL} WHERE d.region = ? AND d.year = ?
            ORDER BY d.kind = 'unit', f.fen IS NULL, f.fen DESC, d.department, d.document_id LIMIT ? OFFSET ?""",
        (region, int(year or 0), size, start),
    )
    return [row | {"short": name_of(db, row), "state": _state(db, row)} for row in rows]


def _state(db: Database, row: Record) -> str:
    return "stated" if row["fen"] is not None else absent(db, row["document_id"], 1)


def known(db: Database, region: str) -> bool:
    """Whether a document of the region is held."""
    return bool(db.value("SELECT 1 FROM document WHERE region = ? LIMIT 1", (region,)))


def account(db: Database, code: str, lang: str = "zh") -> Record | None:
    """A 科目 of the expenditure table by its code: code, name (in a language), level; None where no document prints it."""
    found = db.row(
        f"""SELECT code, name, level FROM main.account WHERE code = ? AND amounts > 0 AND {that_count(db)}
            ORDER BY level, year DESC, document_id LIMIT 1""",
        (code,),
    )
    return found and {**found, "name": account_name(lang, found["name"])}


def account_years(db: Database, code: str) -> list[Record]:
    """For each year, newest first, how many departments' budgets print the 科目: year, documents, regions, low, high."""
    found = db.rows(
        f"""SELECT year, count(*) AS documents, count(DISTINCT region) AS regions,
             min(CASE WHEN amounts = 1 THEN fen END) AS low, max(CASE WHEN amounts = 1 THEN fen END) AS high
           FROM main.account WHERE code = ? AND document_kind <> 'unit' AND amounts > 0 AND {that_count(db)}
           GROUP BY year ORDER BY year DESC""",
        (code,),
    )
    several: dict[int, list[int]] = defaultdict(list)
    for row in _in_several_rows(db, code):
        if row["document_kind"] != "unit" and row["fen"] is not None:
            several[row["year"]].append(row["fen"])
    for year in found:
        ends = [*several[year["year"]], *(fen for fen in (year["low"], year["high"]) if fen is not None)]
        year |= {"low": min(ends, default=None), "high": max(ends, default=None)}
    return found


def _in_several_rows(db: Database, code: str) -> list[Record]:
    """The documents that print a 科目 of table 3 more than once: document_id, year, document_kind, fen (all of it, or None)."""
    rows = db.rows(
        f"""SELECT document_id, year, region, document_kind, code FROM main.account
            WHERE code = ? AND amounts > 1 AND {that_count(db)}""",
        (code,),
    )
    return [row | {"fen": fen_of(as_one(db, row))} for row in rows]


def biggest_sides(db: Database, code: str, most: int) -> list[Record]:
    """The documents that spend most on a 项: document_id, department, region, year, fen."""
    rows = db.rows(
        f"""SELECT document_id, fen FROM main.account WHERE code = ? AND level = 3 AND amounts = 1 AND {that_count(db)}
            ORDER BY fen DESC, document_id LIMIT ?""",
        (code, most),
    )
    rows += [row for row in _in_several_rows(db, code) if row["fen"] is not None]
    rows = sorted(rows, key=lambda row: (-row["fen"], row["document_id"]))[:most]
    named = db.rows(
        f"SELECT document_id, department, region, year FROM document WHERE document_id {AMONG}", (listed(rows),)
    )
    who = {row["document_id"]: row for row in named}
    return [row | who[row["document_id"]] for row in rows]


def ranked(db: Database, code: str, year: str, region: str = "") -> list[Record]:
    """Who prints the 科目 in table 3 of a year, short, most first: document_id and fen (None where it cannot be told)."""
    rows = db.rows(
        f"""SELECT document_id, region, amounts, fen FROM main.account
            WHERE code = ? AND year = ? AND document_kind <> 'unit' AND amounts > 0 AND {that_count(db)}""",
        (code, int(year or 0)),
    )
    rows = [row for row in rows if region in ("", row["region"])]
    for row in rows:
        if row["amounts"] > 1:
            row["fen"] = fen_of(as_one(db, row | {"code": code}))
    return sorted(rows, key=most_first)


def _spent(db: Database, code: str, among: list[Record]) -> list[Record]:
    """What some documents print for a 科目 in table 3, by their departments: a figure with its document and table.

    Where a table prints the 科目 more than once, for each unit or economic class, it is its rows together
    (`accounts.together`), without figure_id; fen is None where that cannot be told.
    """
    rows = db.rows(
        f"""SELECT f.*, d.department, d.region, d.year, d.kind, d.source_file, t.title AS table_title, t.unit, count(*) AS printed
           FROM document d JOIN figure f USING (document_id)
           LEFT JOIN form_table t ON t.document_id = f.document_id AND t.table_no = f.table_no
           WHERE d.document_id {AMONG} AND f.table_no = 3 AND +f.code = ? AND f."column" = 'total' GROUP BY d.document_id""",
        (listed(among), code),
    )
    return sorted((whole_amount(db, row) for row in rows), key=lambda row: (row["department"], row["document_id"]))


def whole_amount(db: Database, row: Record) -> Record:
    """What a document prints for a 科目 in table 3, in `printed` rows, as one amount; as it is where one row prints it."""
    if row["printed"] == 1:
        return row
    return {**row, **NO_PLACE, "fen": fen_of(as_one(db, row))}


def spenders(db: Database, code: str, rows: list[Record], start: int = 0, size: int = ALL) -> list[Record]:
    """A piece of `ranked`, most first: document_id, short, year, region, fen, figure (its record), state."""
    states = {True: "stated", False: "unreadable"}
    return [
        {**row, "short": name_of(db, row), "figure": row, "state": states[row["fen"] is not None]}
        for row in shown(rows, most_first, lambda among: _spent(db, code, among), start, size)
    ]
