"""/data/<table>.csv and .json: the public tables, filtered, paged by key; the whole database and the data package."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.records import Record
from budgetdata.base.said import said
from budgetdata.embeds.answers import Refused, answer, base_of, csv_text
from budgetdata.embeds.asked import read
from budgetdata.exports.filters import conditions
from budgetdata.exports.package import LICENCE
from budgetdata.queries.base import Database, open_database
from budgetdata.store.dictionary import Table, public_tables
from budgetdata.store.views import public_views
from budgetdata.web.asked import MOST, USUAL, rows_of
from budgetdata.web.downloads import DOWNLOADS

USUAL_ROWS = {"csv": MOST, "json": USUAL}
"""How many rows a page holds where none is asked, by suffix."""
LARGEST = 4 * 2**20
"""Characters that the rows of one answer may take; the rest is behind `next`."""
_HIDDEN_KEYS = {"statements": "statement_id"}
"""Tables whose public columns hold no key, and the key of the stored table behind the view."""


def data_index(request: Request) -> Response:
    """The tables and downloads there are, with titles, as JSON."""
    base = base_of(request)
    tables = [
        {
            "table": table.name,
            "title": table.title_zh,
            "description": table.description,
            "key": list(table.key),
            "columns": [field.name for field in table.fields],
            "csv": f"{base}data/{table.name}.csv",
            "json": f"{base}data/{table.name}.json",
        }
        for table in public_tables()
    ]
    body = {
        "tables": tables,
        "downloads": [f"{base}data/{name}" for name in DOWNLOADS],
        "openapi": f"{base}openapi.json",
        "licence": LICENCE["name"],
    }
    return answer(json.dumps(body, ensure_ascii=False, indent=1), "json", version=open_database().version)


def data_file(request: Request) -> Response:
    """Rows of a public table: ?column=value&…&columns=a,b&limit=&after=<key of the last row>. Unknown names answer 400."""
    name, _, suffix = request.path_params["file"].rpartition(".")
    tables = {table.name: table for table in public_tables()}
    db = open_database()
    if name not in tables:
        raise Refused(said("refused.table", value=(name or suffix)[:60]), [*tables, *DOWNLOADS])
    if suffix not in USUAL_ROWS:
        raise Refused(said("refused.format", value=suffix[:12]), list(USUAL_ROWS))
    return _rows(request, db, tables[name], suffix)


def _rows(request: Request, db: Database, table: Table, suffix: str) -> Response:
    pairs = request.query_params.multi_items()
    keys = keys_of(table)
    asked = read(rows_of(table, USUAL_ROWS[suffix], keys), pairs)
    shown = tuple(asked.columns) or tuple(column.name for column in table.fields)
    where, values = conditions(
        table, {column.name: wanted for column in table.fields if (wanted := getattr(asked, column.name))}
    )
    if asked.after:
        where.append(f"({_quoted(keys)}) > ({', '.join('?' * len(keys))})")
        values += _key(asked.after, keys, table)
    source = f'"{table.name}"' if table.name not in _HIDDEN_KEYS else _with_key(table.name)
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    wanted = _quoted(dict.fromkeys((*shown, *keys)))
    rows = db.rows(
        f"SELECT {wanted} FROM {source} {condition} ORDER BY {_quoted(keys)} LIMIT ?", (*values, asked.limit + 1)
    )
    following, most = "", _that_fit(rows[: asked.limit])
    if len(rows) > most:
        rows = rows[:most]
        last = ",".join(str(rows[-1][name]) for name in keys)
        kept = [(name, value) for name, value in pairs if name in type(asked).model_fields and name != "after"]
        following = f"{base_of(request)}data/{table.name}.{suffix}?{urlencode([*kept, ('after', last)])}"
    return _written(db, table, suffix, shown, rows, following)


def _that_fit(rows: list[Record]) -> int:
    """How many of some rows an answer may hold, one at least."""
    room = LARGEST
    for count, row in enumerate(rows):
        room -= sum(len(str(value)) + len(name) + 8 for name, value in row.items())
        if room < 0:
            return max(count, 1)
    return len(rows)


def keys_of(table: Table) -> tuple[str, ...]:
    """The columns that order a table's rows and that `after` names."""
    hidden = _HIDDEN_KEYS.get(table.name)
    return (hidden,) if hidden else table.key


def _with_key(name: str) -> str:
    """The view of a table with its hidden key, as a source of rows."""
    select = public_views()[name]
    return f"(SELECT {_HIDDEN_KEYS[name]}, {select.removeprefix('SELECT ')})"


def _written(
    db: Database, table: Table, suffix: str, shown: tuple[str, ...], rows: list[Record], following: str
) -> Response:
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    if suffix == "csv":
        body = csv_text(shown, ([row[name] for name in shown] for row in rows))
        return answer(
            body,
            "csv",
            version=db.version,
            headers={**headers, "Content-Disposition": f'inline; filename="{table.name}.csv"'},
        )
    units = {field.name: field.unit for field in table.fields if field.unit and field.name in shown}
    held = [{name: row[name] for name in shown} for row in rows]
    body = json.dumps(
        {"table": table.name, "version": db.version, "units": units, "rows": held, "next": following or None},
        ensure_ascii=False,
    )
    return answer(body, "json", version=db.version, headers=headers)


def _key(asked: str, keys: tuple[str, ...], table: Table) -> list[str | int]:
    integers = {column.name for column in table.fields if column.type == "integer"}
    parts = asked.split(",", len(keys) - 1)
    return [int(part) if name in integers else part for name, part in zip(keys, parts, strict=True)]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
