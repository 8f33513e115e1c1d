"""/data/<table>.csv and .json: the public views of the database, filtered and paged."""

from __future__ import annotations

import json
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.errors import BudgetDataError
from budgetdata.queries.base import Database, open_database
from budgetdata.web.answers import answer, csv_text, refuse

TABLES = ("documents", "tables", "figures", "projects", "sheets", "targets", "three_public", "statements", "checks", "disclosure")
MOST, USUAL = 5000, 100


@cache
def columns_of(db: Database, table: str) -> tuple[str, ...]:
    """The columns of a public table in their order."""
    return tuple(row["name"] for row in db.rows(f'PRAGMA table_info("{table}")'))


def data_file(request: Request) -> Response:
    """Rows of a public table: ?column=value&…&limit=&after= (after: how many rows to leave out)."""
    table, _, suffix = request.path_params["file"].rpartition(".")
    if table not in TABLES:
        return refuse(f"没有这张表：{table[:60]}", TABLES, 404)
    if suffix not in ("csv", "json"):
        return refuse(f"没有这种格式：{suffix[:12]}", ["csv", "json"], 404)
    try:
        db = open_database()
        columns = columns_of(db, table)
        return _rows(request, db, table, suffix, columns)
    except BudgetDataError as error:
        return refuse(str(error), status=503)


def _rows(request: Request, db: Database, table: str, suffix: str, columns: tuple[str, ...]) -> Response:
    usual = MOST if suffix == "csv" else USUAL
    conditions, values = [], []
    numbers = {"limit": usual, "after": 0}
    for name, value in request.query_params.multi_items():
        if name in numbers:
            if not value.isdecimal() or len(value) > 9:
                return refuse(f"{name} 要写成数字", [str(usual)])
            numbers[name] = int(value)
        elif name in columns:
            conditions.append(f'CAST("{name}" AS TEXT) = ?')
            values.append(value)
        else:
            return refuse(f"表 {table} 没有这一列：{name[:60]}", [*columns, "limit", "after"])
    limit = min(numbers["limit"], MOST)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = db.rows(f'SELECT * FROM "{table}" {where} LIMIT ? OFFSET ?', (*values, limit + 1, numbers["after"]))
    more, rows = len(rows) > limit, rows[:limit]
    headers = {}
    following = ""
    if more:
        query = request.url.include_query_params(limit=limit, after=numbers["after"] + limit)
        following = str(query)
        headers["Link"] = f'<{following}>; rel="next"'
    if suffix == "csv":
        body = csv_text(columns, ([row[name] for name in columns] for row in rows))
        return answer(request, body, "csv", version=db.version, headers={**headers, "Content-Disposition": f'inline; filename="{table}.csv"'})
    body = json.dumps({"table": table, "version": db.version, "rows": rows, "next": following or None}, ensure_ascii=False)
    return answer(request, body, "json", version=db.version, headers=headers)
