"""/openapi.json and /api: every address of ours described, drawn from the registries of tables and charts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.version import VERSION as PROGRAM_VERSION
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.answers import answer, base_of
from budgetdata.embeds.choices import (
    LANGUAGES,
    MOST_DOCUMENTS,
    SIZES,
    VERSION,
    WIDTHS,
    Look,
    known_codes,
    valid_choices,
)
from budgetdata.embeds.files import SUFFIXES
from budgetdata.embeds.oembed import FORMATS
from budgetdata.embeds.page import THEMES_OF_EMBEDS, Links, document
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.store.dictionary import Field, Table, public_tables
from budgetdata.web.data import INTEGER, MOST, USUAL, keys_of

_KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv", "json": "application/json"}
_HELD = {"integer": "integer", "number": "string", "string": "string"}
"""A column's values in JSON: amounts are decimals as text, so that nothing is lost."""
_FILTERS = {
    "integer": {"type": "string", "pattern": f"^({INTEGER})?$"},
    "number": {"type": "string"},
    "string": {"type": "string"},
}
"""What a column is compared with: a decimal as it is written; empty is blank."""


def openapi(request: Request) -> Response:
    """The description of the addresses by OpenAPI 3.1."""
    db = open_database()
    body = json.dumps(described(db, base_of(request)), ensure_ascii=False)
    return answer(body, "json", version=db.version)


def described(db: Database, base: str) -> dict[str, Any]:
    """The OpenAPI document for a database."""
    paths: dict[str, Any] = {
        "/healthz": _path("state", "数据版本", {"200": _answers("text/plain"), "503": _refusal()}),
        "/data/": _path("tables", "有哪些表和下载", {"200": _answers("application/json")}),
        "/oembed": _path(
            "oembed",
            "oEmbed 1.0",
            _codes("application/json", 404, also="application/xml"),
            [
                _query("url", {"type": "string"}, required=True),
                _query("format", _either(FORMATS)),
                *(
                    _query(name, {"type": "integer", "minimum": 200, "maximum": 10_000})
                    for name in ("maxwidth", "maxheight")
                ),
            ],
        ),
        "/embed/figure": _path(
            "figure",
            "一个数字，带出处",
            _codes("text/html", 404, 503),
            [_query("id", {"type": "string", "minLength": 1}, required=True, description="figure_id"), *_look()],
        ),
    }
    for table in public_tables():
        for suffix in ("csv", "json"):
            paths[f"/data/{table.name}.{suffix}"] = _path(
                f"{table.name}_{suffix}",
                table.title_zh,
                _codes(_KINDS[suffix], json_schema=_page_of(table)),
                _table_parameters(table, suffix),
                table.description,
            )
    ids = [row["document_id"] for row in held.documents(db)]
    own_choices = valid_choices(db) | {"code": known_codes(db)}
    for chart in all_charts().values():
        own = [_own(name, ids, own_choices, chart.group == "department") for name in chart.parameters]
        for suffix in SUFFIXES:
            sizes = [
                _query("w", _either([str(width) for width in WIDTHS]), description="宽，像素"),
                _query("size", _either(SIZES)),
            ]
            paths[f"/chart/{chart.id}.{suffix}"] = _path(
                f"{chart.id}-{suffix}",
                chart.question("zh"),
                _codes(_KINDS[suffix], 503),
                [*own, *sizes, *_look(("light", "dark"))],
            )
        paths[f"/embed/{chart.id}"] = _path(
            f"{chart.id}-embed", chart.question("zh"), _codes("text/html", 503), [*own, *_look()]
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "明账 Mingzhang",
            "version": PROGRAM_VERSION,
            "summary": "部门预算公开：图、嵌入、数据",
            "license": {"name": "MIT", "identifier": "MIT"},
            "description": f"数据版本 {db.version}。金额单位见列名：_wan 万元，_yuan 元。未知的名字答 400 并列出现有的。",
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": {
                "Refusal": {
                    "type": "object",
                    "required": ["error", "valid"],
                    "properties": {
                        "error": {"type": "string"},
                        "valid": {"type": "array", "items": {"type": "string"}},
                    },
                }
            }
        },
    }


def _path(
    name: str,
    summary: str,
    responses: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    description: str = "",
) -> dict[str, Any]:
    return {
        "get": {
            "operationId": name.replace("-", "_"),
            "summary": summary,
            **({"description": description} if description else {}),
            "parameters": parameters or [],
            "responses": responses,
        }
    }


def _answers(*kinds: str, json_schema: dict[str, Any] | None = None) -> dict[str, Any]:
    schemas = {"application/json": json_schema or {"type": "object"}}
    return {
        "description": "好",
        "content": {kind: {"schema": schemas.get(kind, {"type": "string"})} for kind in kinds},
        "headers": {"ETag": {"schema": {"type": "string"}}, "X-Data-Version": {"schema": {"type": "string"}}},
    }


def _refusal(kind: str = "application/json") -> dict[str, Any]:
    """What is said where nothing can be answered: JSON, but a page where a page was asked for."""
    if kind == "text/html":
        return {"description": "哪里不对，现有什么", "content": {kind: {"schema": {"type": "string"}}}}
    return {
        "description": "哪里不对，现有什么",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
    }


def _codes(kind: str, *more: int, also: str = "", json_schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "200": _answers(kind, *([also] if also else []), json_schema=json_schema),
        "304": {"description": "没有变化"},
        **{str(code): _refusal(kind) for code in (400, *more)},
    }


def _query(name: str, schema: dict[str, Any], *, required: bool = False, description: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "schema": schema,
        **({"description": description} if description else {}),
    }


def _either(values: Sequence[str]) -> dict[str, Any]:
    """One of some values; empty is the same as not given."""
    return {"type": "string", "enum": ["", *values]}


def _own(name: str, ids: list[str], choices: dict[str, list[str]], single: bool) -> dict[str, Any]:
    if name == "d" and single:
        return _query(name, {"type": "string", "enum": ids}, required=True, description="document_id")
    if name == "d":
        several = {"type": "array", "items": {"type": "string", "enum": ["", *ids]}, "maxItems": MOST_DOCUMENTS}
        return _listed(_query(name, several, description="document_id，多个用逗号分开"))
    return _query(name, _either(choices[name]))


def _listed(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter whose values stand in one, with commas."""
    return {**parameter, "style": "form", "explode": False}


def _look(themes: tuple[str, ...] = THEMES_OF_EMBEDS) -> list[dict[str, Any]]:
    return [
        _query("theme", _either(themes)),
        _query("lang", _either(LANGUAGES)),
        _query("v", {"type": "string", "pattern": f"^({VERSION})?$"}, description="嵌入时的数据版本"),
    ]


def _table_parameters(table: Table, suffix: str) -> list[dict[str, Any]]:
    usual = MOST if suffix == "csv" else USUAL
    names = [field.name for field in table.fields]
    return [
        _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": usual}),
        _query(
            "after",
            {"type": "string", "pattern": _key_pattern(table)},
            description="上一页最后一行的主键；next 里已写好",
        ),
        _listed(
            _query(
                "columns", {"type": "array", "items": {"type": "string", "enum": ["", *names]}}, description="要哪些列"
            )
        ),
        *(
            _query(field.name, {"type": "array", "items": dict(_FILTERS[field.type])}, description=_said(field))
            for field in table.fields
        ),
    ]


def _page_of(table: Table) -> dict[str, Any]:
    """What a page of rows as JSON holds; a column left out by `columns` is missing, a blank is null."""
    columns = {field.name: {"type": [_HELD[field.type], "null"]} for field in table.fields}
    held_by = {
        "table": {"const": table.name},
        "version": {"type": "string"},
        "units": {"type": "object", "additionalProperties": {"type": "string"}},
        "rows": {"type": "array", "items": {"type": "object", "properties": columns, "additionalProperties": False}},
        "next": {"type": ["string", "null"], "description": "下一页的地址"},
    }
    return {"type": "object", "required": list(held_by), "properties": held_by}


def _key_pattern(table: Table) -> str:
    """The key of a row as `after` takes it: parts with commas, only the last may hold one."""
    types = {field.name: field.type for field in table.fields}
    parts = [INTEGER if types.get(name) == "integer" else r"[^,]*" for name in keys_of(table)]
    if parts[-1] != INTEGER:
        parts[-1] = r"[\s\S]*"
    return f"^({','.join(parts)})?$"


def _said(field: Field) -> str:
    return "，".join(part for part in (field.title_zh, field.description, field.unit) if part)


def api_page(request: Request) -> Response:
    """/api: the addresses for people, with an example of each."""
    base = base_of(request)
    db = open_database()
    first = next((row["document_id"] for row in held.documents(db)), "")
    rows = "".join(
        f'<tr><td class="first"><a href="./data/{t.name}.csv">{t.name}.csv</a> · <a href="./data/'
        f'{t.name}.json?limit=20">.json</a></td><td>{escape(t.title_zh)}：{escape(t.description)}</td>'
        f"<td>{escape(', '.join(t.key) or '—')}</td></tr>"
        for t in public_tables()
    )
    charts = "".join(
        f'<tr><td class="first"><a href="./embed/{c.id}{tail}">{c.id}</a></td><td>{escape(c.question("zh"))}</td><td>'
        + " · ".join(f'<a href="./chart/{c.id}.{suffix}{tail}">{suffix}</a>' for suffix in SUFFIXES)
        + "</td></tr>"
        for c in all_charts().values()
        for tail in [f"?d={first}" if c.group == "department" else ""]
    )
    body = (
        "<h1>接口：图、嵌入、数据</h1><p>每个地址都可以直接写进表格、程序和网页；不用登记，不设 cookie。机器可读的说明："
        f'<a href="./openapi.json">openapi.json</a>。数据版本 {escape(db.version)}。</p>'
        "<h2>数据</h2><p>筛选 <code>?列=值</code>（同一列写两次为“或”，空值为空白）；选列"
        f" <code>&amp;columns=a,b</code>；每页 <code>&amp;limit=</code> 最多 {MOST}；"
        "下一页用 <code>&amp;after=</code> 上一页最后一行的主键，JSON 的 <code>next</code> 和"
        " <code>Link</code> 头里已写好。金额单位见列名（_wan 万元，_yuan 元），空白不是 0。"
        "未知的名字答 400 并列出现有的；内容未变答 304。</p>"
        '<p>整库：<a href="./data/mingzhang.db">SQLite</a> · <a'
        ' href="./data/mingzhang.zip">数据包（CSV + datapackage.json + xlsx）</a></p>'
        "<table><thead><tr><th scope=col>表</th><th scope=col>一行是什么</th>"
        f"<th scope=col>主键</th></tr></thead><tbody>{rows}</tbody></table>"
        "<h2>图</h2><table><thead><tr><th scope=col>嵌入</th><th scope=col>回答的问题"
        f"</th><th scope=col>文件</th></tr></thead><tbody>{charts}</tbody></table>"
    )
    return answer(
        document("接口", "明账的公开地址", body, Look(), Links("", "", "", canonical=f"{base}api")),
        "html",
        version=db.version,
        headers={
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src"
            " 'self'; frame-ancestors 'self'; base-uri 'none'"
        },
    )
