"""/data/<table>.csv and .json: the public tables, filtered, paged by key; the whole database and the data package."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from budgetdata.base.records import Record
from budgetdata.embeds.answers import Refused, answer, base_of, csv_text
from budgetdata.exports.tables import DATABASE_FILE, WORKBOOK_FILE, export
from budgetdata.queries.base import Database, open_database
from budgetdata.store.dictionary import Field, Table, public_tables

MOST, USUAL = 5000, 100
CONTROLS = ("limit", "after", "columns")
PACKAGE_FILE = "mingzhang.zip"
DOWNLOADS = (DATABASE_FILE, PACKAGE_FILE, WORKBOOK_FILE, "datapackage.json")
_HIDDEN_KEYS = {"statements": ("statement", "statement_id")}
"""Tables whose public columns hold no key: the stored table behind the view, and its key."""
_LONGEST = 18
INTEGER = f"-?[0-9]{{1,{_LONGEST}}}"
"""How a filter on a column of integers is written."""


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
        "licence": "MIT",
    }
    return answer(json.dumps(body, ensure_ascii=False, indent=1), "json", version=open_database().version)


def data_file(request: Request) -> Response:
    """Rows of a public table: ?column=value&…&columns=a,b&limit=&after=<key of the last row>. Unknown names answer 400."""
    name, _, suffix = request.path_params["file"].rpartition(".")
    tables = {table.name: table for table in public_tables()}
    db = open_database()
    if request.path_params["file"] in DOWNLOADS:
        return _download(request.path_params["file"], db, request.headers.get("if-none-match", ""))
    if name not in tables:
        raise Refused(f"没有这张表：{(name or suffix)[:60]}", [*tables, *DOWNLOADS])
    if suffix not in ("csv", "json"):
        raise Refused(f"没有这种格式：{suffix[:12]}", ["csv", "json"])
    return _rows(request, db, tables[name], suffix)


def _rows(request: Request, db: Database, table: Table, suffix: str) -> Response:
    asked = request.query_params.multi_items()
    fields = {field.name: field for field in table.fields}
    for name, _ in asked:
        if name not in fields and name not in CONTROLS:
            raise Refused(f"表 {table.name} 没有这一列：{name[:60]}", [*fields, *CONTROLS])
    limit = _limit(request.query_params.get("limit"), MOST if suffix == "csv" else USUAL)
    shown = _columns(",".join(value for name, value in asked if name == "columns"), table)
    where, values = _filters(asked, fields)
    source, keys = _HIDDEN_KEYS.get(table.name, (table.name, ""))[0], keys_of(table)
    if request.query_params.get("after"):
        after = _after(request.query_params["after"], keys, fields)
        where.append(f"({_quoted(keys)}) > ({', '.join('?' * len(keys))})")
        values += after
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    wanted = _quoted(dict.fromkeys((*shown, *keys)))
    rows = db.rows(
        f'SELECT {wanted} FROM "{source}" {condition} ORDER BY {_quoted(keys)} LIMIT ?', (*values, limit + 1)
    )
    following = ""
    if len(rows) > limit:
        rows = rows[:limit]
        last = ",".join(str(rows[-1][name]) for name in keys)
        following = (
            f"{base_of(request)}data/{table.name}.{suffix}?"
            f"{urlencode([*((n, v) for n, v in asked if n != 'after'), ('after', last)])}"
        )
    return _written(db, table, suffix, shown, rows, following)


def keys_of(table: Table) -> tuple[str, ...]:
    """The columns that order a table's rows and that `after` names."""
    hidden = _HIDDEN_KEYS.get(table.name)
    return (hidden[1],) if hidden else table.key


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


def _limit(asked: str | None, usual: int) -> int:
    if asked is None:
        return usual
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > _LONGEST or not 1 <= int(asked) <= MOST:
        raise Refused(
            f"limit 要在 1 到 {MOST} 之间；要全部数据，按 next 翻页，或下载整库：/data/{DATABASE_FILE}、/data/{PACKAGE_FILE}",
            [f"1…{MOST}"],
        )
    return int(asked)


def _columns(asked: str, table: Table) -> tuple[str, ...]:
    names = [field.name for field in table.fields]
    wanted = tuple(dict.fromkeys(name for name in asked.split(",") if name))
    for name in wanted:
        if name not in names:
            raise Refused(f"表 {table.name} 没有这一列：{name[:60]}", names)
    return wanted or tuple(names)


def _filters(asked: list[tuple[str, str]], fields: dict[str, Field]) -> tuple[list[str], list[str | int]]:
    """SQL conditions and their values: a column named twice takes either value, an empty value means blank."""
    by_name: dict[str, list[str]] = {}
    for name, value in asked:
        if name in fields:
            by_name.setdefault(name, []).append(value)
    where, values = [], list[str | int]()
    for name, wanted in by_name.items():
        given = [_typed(fields[name], value) for value in wanted if value]
        either = [f'"{name}" IN ({", ".join("?" * len(given))})'] if given else []
        if "" in wanted:
            either.append(f'"{name}" IS NULL OR "{name}" = \'\'')
        where.append(f"({' OR '.join(either)})")
        values += given
    return where, values


def _typed(field: Field, value: str) -> str | int:
    if field.type != "integer":
        return value
    if not re.fullmatch(INTEGER, value):
        raise Refused(f"{field.name} 要写成整数：{value[:20]}", list(field.values))
    return int(value)


def _after(asked: str, keys: tuple[str, ...], fields: dict[str, Field]) -> list[str | int]:
    parts = asked.split(",", len(keys) - 1)
    if len(parts) != len(keys):
        raise Refused(f"after 要写成上一页最后一行的主键：{','.join(keys)}", list(keys))
    return [_typed(fields[name], part) if name in fields else part for name, part in zip(keys, parts, strict=True)]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _download(name: str, db: Database, known: str) -> Response:
    """A whole download, or 304 where If-None-Match names the facts as they are: all files are made of those alone."""
    tag = f'"{db.version}"'
    headers = {
        "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*", "X-Data-Version": db.version, "ETag": tag,
    }  # fmt: skip
    if known.strip() == "*" or tag in known:
        return Response(status_code=304, headers=headers)
    if name == DATABASE_FILE:
        return FileResponse(db.path, filename=name, media_type="application/vnd.sqlite3", headers=headers)
    files = package(db)
    if name == PACKAGE_FILE:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for file, content in files.items():
                packed.writestr(zipfile.ZipInfo(file, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        return Response(
            out.getvalue(),
            media_type="application/zip",
            headers={**headers, "Content-Disposition": f'attachment; filename="{name}"'},
        )
    if name.endswith(".json"):
        return Response(files[name], media_type="application/json", headers=headers)
    return Response(
        files[name],
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={**headers, "Content-Disposition": f'attachment; filename="{name}"'},
    )


@lru_cache(maxsize=1)
def package(db: Database) -> dict[str, bytes]:
    """The files of the data package by name, made once for a version of the facts."""
    with tempfile.TemporaryDirectory() as place:
        return {path.name: path.read_bytes() for path in export(db.path, Path(place) / "package")}
