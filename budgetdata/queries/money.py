"""Amounts of the standard tables. A figure is a row of `figure` with its document's name: everything a passport needs."""

from __future__ import annotations

from collections.abc import Sequence

from budgetdata.base.leaves import in_file, leaf_of
from budgetdata.base.records import Record
from budgetdata.queries.accounts import together
from budgetdata.queries.base import Database
from budgetdata.queries.population import name_of
from budgetdata.queries.ranking import AMONG, listed
from budgetdata.queries.reading import read_whole

FISCAL_ROLES = ("general", "fund", "capital")
OWN_ROLES = ("own", "business", "operation", "superior", "subordinate", "other")
INCOME_ROLES = (*FISCAL_ROLES, "special", *OWN_ROLES, "reserves", "cash", "carryover")
"""The income rows of table 1 that are not sums, as any layout prints them; what is left from earlier years last.
Where own money is the sum of its kinds beside it, its row is marked as a sum, and they stand for it."""

THREE_PUBLIC_ITEMS = ("overseas", "reception", "vehicle_purchase", "vehicle_running")
"""The four items that are not sums of one another."""

_BY_ECONOMIC_CLASS = (6,)
"""Tables whose codes are economic classes: one of the department's may stand under several of the government's."""

_SELECT = """SELECT f.*, d.department, d.year, d.region, d.source_file, d.source_sha256, t.title AS table_title, t.unit
  FROM figure f JOIN document d USING (document_id)
  LEFT JOIN form_table t ON t.document_id = f.document_id AND t.table_no = f.table_no"""


def _figures(db: Database, where: str, parameters: tuple[object, ...]) -> list[Record]:
    rows = db.rows(f"{_SELECT} WHERE {where} ORDER BY f.document_id, f.table_no, f.side, f.row_no", parameters)
    for row in rows:
        row["short"] = name_of(db, row)
    return rows


def figure(db: Database, figure_id: str) -> Record | None:
    """One printed amount with its document and table, the names of its file (of several) and worksheet; or None."""
    return figures(db, [{"figure_id": figure_id}]).get(figure_id)


def figures(db: Database, rows: Sequence[Record]) -> dict[str, Record]:
    """The amounts that some rows name by figure_id (None: none), each by its id as `figure` gives it."""
    wanted = [row for row in rows if row["figure_id"]]
    found = figures_of(db, wanted) if wanted else []
    leaves = db.rows(f"SELECT document_id, page, name FROM leaf WHERE document_id {AMONG}", (listed(found),))
    names = {(leaf["document_id"], leaf["page"]): leaf["name"] for leaf in leaves}
    full = {}
    for row in found:
        own, page = row["document_id"], row["page"] or 0
        file = in_file(leaf_of(page).file, None)
        sheet = names.get((own, page)) if page != file else None
        full[row["figure_id"]] = {**row, "file": names.get((own, file)), "worksheet": sheet}
    return full


def table_figures(db: Database, document_id: str, table_no: int, side: str | None = None) -> list[Record]:
    """Every printed amount of a table in printed order, of one side where given."""
    if side is None:
        return _figures(db, "f.document_id = ? AND f.table_no = ?", (document_id, table_no))
    return _figures(db, "f.document_id = ? AND f.table_no = ? AND f.side = ?", (document_id, table_no, side))


def table_rows(db: Database, document_id: str, table_no: int) -> list[Record]:
    """Every printed row of a table, also those whose amounts are all blank."""
    return db.rows(
        "SELECT * FROM form_row WHERE document_id = ? AND table_no = ? ORDER BY side, row_no", (document_id, table_no)
    )


def alike_on_line(db: Database, figure: Record) -> list[str]:
    """The ids of the figures of a table that are printed alike on a figure's line, itself among them, in the order read."""
    rows = db.rows(
        """SELECT figure_id FROM figure
           WHERE document_id = ? AND table_no = ? AND line = ? AND page IS ? AND raw = ? ORDER BY rowid""",
        (figure["document_id"], figure["table_no"], figure["line"], figure["page"], figure["raw"]),
    )
    return [row["figure_id"] for row in rows]


def row_figures(db: Database, document_id: str, table_no: int, side: str, row_no: int) -> list[Record]:
    """The amounts of one printed row, for a passport that shows the figure in its row."""
    return _figures(
        db,
        "f.document_id = ? AND f.table_no = ? AND f.side = ? AND f.row_no = ?",
        (document_id, table_no, side, row_no),
    )


def by_role(db: Database, document_id: str, table_no: int, column: str = "total") -> dict[str, Record]:
    """The figures of one column of a table by the role of their row; rows without a role are left out."""
    rows = table_figures(db, document_id, table_no)
    return {row["role"]: row for row in rows if row["role"] and row["column"] == column}


def headline(db: Database, document_id: str) -> dict[str, Record | None]:
    """The figures a department page opens with: total and income_total (table 1), basic and project (total row of table 3)."""
    balance = by_role(db, document_id, 1)
    short = db.rows("SELECT figure_id FROM headline WHERE document_id = ? AND table_no = 3", (document_id,))
    totals = {row["column"]: row for row in figures_of(db, short)}
    return {
        "total": balance.get("expenditure_total") or balance.get("expenditure_current"),
        "income_total": balance.get("income_total"),
        "basic": totals.get("basic"),
        "project": totals.get("project"),
        "expenditure": totals.get("total"),
    }


def income(db: Database, document_id: str) -> tuple[list[Record], Record | None]:
    """The income rows of table 1 that are no sums, by role, with fen None where blank; and the printed total.

    The fiscal appropriation stands for its parts where none of them is printed.
    """
    figures = by_role(db, document_id, 1)
    rows = {row["role"]: row for row in table_rows(db, document_id, 1) if row["side"] == "income"}
    parts = []
    whole = () if rows.keys() & set(FISCAL_ROLES) else ("appropriation",)
    for role in (*whole, *INCOME_ROLES):
        if role == "own" and rows.get(role, {}).get("is_sum"):
            continue
        if role in figures:
            parts.append(figures[role])
        elif role in rows:
            parts.append({**rows[role], "fen": None, "column": "total", "figure_id": None})
    return parts, figures.get("income_total")


def function_tree(db: Database, document_id: str, table_no: int = 3) -> list[Record]:
    """The rows of a table by 科目, one record each: code, label, canonical_label, level, is_sum, parent_row_no, row_no and a
    figure (or None) under each column's name. The total row has level 0. A 科目 of expenditure that is printed for each unit or
    economic class is one record, its amounts added up (`accounts.together`)."""
    rows: dict[int, Record] = {}
    columns: set[str] = set()
    for row in table_rows(db, document_id, table_no):
        rows[row["row_no"]] = dict(row)
    for figure_row in table_figures(db, document_id, table_no):
        record = rows.get(figure_row["row_no"])
        if record is not None:
            record[figure_row["column"]] = figure_row
            columns.add(figure_row["column"])
    if table_no in _BY_ECONOMIC_CLASS:
        return list(rows.values())
    return together(list(rows.values()), columns, whole=read_whole(db, document_id, table_no))


def headlines(db: Database, table_no: int, item: str, among: list[Record] | None = None) -> list[Record]:
    """One amount of each document (or of some), short, by document: document_id, fen, figure_id. item: an income row of table 1
    by its role, or a column of the total row of table 3."""
    only, given = ("", tuple[object, ...]()) if among is None else (f"AND document_id {AMONG}", (listed(among),))
    return db.rows(
        f"""SELECT document_id, fen, figure_id FROM headline WHERE table_no = ? AND item = ? {only}
            ORDER BY document_id, number""",
        (table_no, item, *given),
    )


def figures_of(db: Database, rows: Sequence[Record]) -> list[Record]:
    """The amounts that some rows (such as those of `headlines`) name by figure_id, by document as they are printed."""
    return _figures(db, f"f.figure_id {AMONG}", (listed(rows, "figure_id"),))


def accounts(db: Database, code: str) -> list[Record]:
    """Who prints a 科目 in table 3, short: document_id, and fen, its amount or None, as `account_rows` gives it."""
    rows = db.rows(
        f"""SELECT document_id, printed, amounts, fen FROM main.account
            WHERE code = ? AND printed > 0 AND {that_count(db)}""",
        (code,),
    )
    for row in rows:
        if row["printed"] > 1:
            row["fen"] = fen_of(as_one(db, row | {"code": code}))
        elif not row["amounts"]:
            row["fen"] = None
    return rows


def that_count(db: Database) -> str:
    """The condition on rows of `main.account` that `db` speaks of their documents: by its index, not document by document."""
    whose = f"year = {int(db.year)} AND document_kind <> 'unit' AND " if db.year else ""
    return f"{whose}document_id NOT IN (SELECT document_id FROM main.document WHERE counts = 0)"


def account_rows(db: Database, code: str, among: list[Record]) -> list[Record]:
    """Who of some documents prints a 科目 in table 3, newest year first: document_id, department, short, year, unread, and
    `total`, its figure or None; where the table prints it in several rows, these added up (`accounts.together`), and fen."""
    ids = listed(among)
    own = f"""f.figure_id IN (SELECT figure_id FROM main.figure WHERE document_id {AMONG} AND +code = ? AND table_no = 3
      AND "column" = 'total')"""
    figures = {figure["document_id"]: figure for figure in _figures(db, own, (ids, code))}
    rows = db.rows(
        f"""SELECT d.document_id, d.department, d.region, d.year, r.code, r.unread, min(r.row_no) AS row_no, count(*) AS printed
           FROM document d JOIN form_row r ON r.document_id = d.document_id AND r.table_no = 3
           WHERE d.document_id {AMONG} AND r.code = ?
           GROUP BY d.document_id ORDER BY d.year DESC, d.department, d.document_id""",
        (ids, code),
    )
    for row in rows:
        row["short"], row["total"] = name_of(db, row), figures.get(row["document_id"])
        if row["printed"] > 1:
            one = as_one(db, row)
            row["total"], row["unread"] = one.get("total"), one["unread"]
        row["fen"] = fen_of(row)
    return rows


def incomes(db: Database, among: list[Record]) -> list[Record]:
    """The income rows of table 1 of some documents that are no sums, and their total, short: document_id, role, fen, figure_id.

    The fiscal appropriation stands for its parts where none of them is printed, as in `income`.
    """
    roles = ("appropriation", *INCOME_ROLES, "income_total")
    found = [
        row
        for row in db.rows(
            f"""SELECT document_id, item AS role, fen, figure_id FROM main.headline WHERE document_id {AMONG} AND table_no = 1
                ORDER BY document_id, number""",
            (listed(among),),
        )
        if row["role"] in roles
    ]
    in_parts = {row["document_id"] for row in found if row["role"] in FISCAL_ROLES}
    return [row for row in found if row["role"] != "appropriation" or row["document_id"] not in in_parts]


def completed(db: Database, rows: Sequence[Record]) -> list[Record]:
    """Rows in which each figure that is short (figure_id, not what is printed) has all that a passport needs beside its own."""
    values = [value for row in rows for value in row.values() if isinstance(value, dict)]
    short = [value for value in values if value.get("figure_id") and "raw" not in value]
    if not short:
        return list(rows)
    figures = {row["figure_id"]: row for row in figures_of(db, short)}

    def full(value: object) -> object:
        return (
            figures[value["figure_id"]] | value
            if isinstance(value, dict) and value.get("figure_id") in figures
            else value
        )

    return [{name: full(value) for name, value in row.items()} for row in rows]


def as_one(db: Database, row: Record, table_no: int = 3) -> Record:
    """The record of `function_tree` for a 科目 (code) of a document (document_id) that the table may print in several rows."""
    tree = function_tree(db, row["document_id"], table_no)
    return next(found for found in tree if found["code"] == row["code"])


def children(tree: list[Record], parent_row_no: int | None) -> list[Record]:
    """The direct parts of a row of `function_tree`; of the whole table where None: the rows of the first level."""
    if parent_row_no is None:
        top = min((row["level"] for row in tree if row["level"] > 0), default=0)
        total = next((row["row_no"] for row in tree if row["level"] == 0), None)
        return [row for row in tree if row["level"] == top and row["parent_row_no"] in (None, total)]
    return [row for row in tree if row["parent_row_no"] == parent_row_no]


def fen_of(record: Record | None, column: str = "total") -> int | None:
    """The fen under a column of a `function_tree` record, None where it is blank."""
    value = record.get(column) if record else None
    return value["fen"] if value else None


def _of(year: str, document_id: str) -> tuple[str, tuple[object, ...]]:
    """The condition of documents d of a year, or of one document; of all where both are ''."""
    if document_id:
        return "d.document_id = ?", (document_id,)
    return ("d.year = ?", (int(year),)) if year else ("1 = 1", ())


def three_public(db: Database, year: str = "", document_id: str = "") -> list[Record]:
    """Six items for every document (of a year, or one): document_id, department, short, region, year, item, fen, status, and
    the figure's place."""
    return _three_public(db, *_of(year, document_id))


def three_public_amounts(db: Database, item: str) -> list[Record]:
    """One item of every document, short: document_id, fen, status."""
    return db.rows("SELECT document_id, fen, status FROM three_public_item WHERE item = ?", (item,))


def three_public_lines(db: Database, among: list[Record], only: str = "") -> list[Record]:
    """The six items of some documents (or one of them), short: document_id, item, fen, status, figure_id."""
    return db.rows(
        f"""SELECT document_id, item, fen, status, figure_id FROM main.three_public_item
            WHERE document_id {AMONG} AND ? IN ('', item) ORDER BY document_id, number""",
        (listed(among), only),
    )


def of_three_public(db: Database, item: str, rows: list[Record]) -> list[Record]:
    """Some of `three_public_amounts` as `three_public` gives them, newest year first."""
    wanted = {(row["document_id"], row["fen"]) for row in rows}
    found = _three_public(db, f"d.document_id {AMONG} AND v.item = ?", (listed(rows), item))
    return [row for row in found if (row["document_id"], row["fen"]) in wanted]


def _three_public(db: Database, where: str, given: tuple[object, ...]) -> list[Record]:
    rows = db.rows(
        f"""
        SELECT d.document_id, d.department, d.region, d.year, d.source_file, v.item, v.status,
          f.fen, f.figure_id, f.label, f.raw, f.page,
          f.line, f.table_no, f.row_no, f."column", f.column_label, t.reason AS table_reason,
          t.reason_code AS table_reason_code, t.reason_args AS table_reason_args, t.title AS table_title, t.unit
        FROM document d JOIN three_public_item v USING (document_id)
        JOIN form_table t ON t.document_id = d.document_id AND t.table_no = 10
        LEFT JOIN figure f ON f.figure_id = v.figure_id
        WHERE {where} ORDER BY d.year DESC, d.department, d.document_id, v.number
    """,
        given,
    )
    for row in rows:
        row["short"] = name_of(db, row)
    return rows


def add_up(parts: list[int | None], total: int | None) -> int | None:
    """How much the stated parts differ from the printed total in fen; None where there is no total. Blank parts count nothing."""
    if total is None:
        return None
    return sum(part for part in parts if part is not None) - total
