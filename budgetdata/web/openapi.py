"""/openapi.json: every address of ours, drawn from the declarations that its own answers read (OpenAPI 3.1)."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.version import VERSION
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.answers import TYPES, answer, base_of
from budgetdata.embeds.asked import Asked, is_list, otherwise
from budgetdata.embeds.choices import parameters
from budgetdata.embeds.figure import AskedFigure
from budgetdata.embeds.files import SUFFIXES
from budgetdata.embeds.oembed import AskedOembed
from budgetdata.exports.package import LICENCE
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.questions.registry import all_questions
from budgetdata.store.dictionary import Table, public_tables
from budgetdata.web.asked import answer_of, rows_of
from budgetdata.web.data import USUAL_ROWS, keys_of
from budgetdata.words.catalogue import text

Json = dict[str, Any]
_KINDS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": TYPES["xlsx"],
}
_HELD = {"integer": "integer", "number": "string", "string": "string"}
"""A column's values in JSON: amounts are decimals as text, so that nothing is lost."""
_SCHEMAS = "#/components/schemas/"
_REFUSAL: Json = {
    "type": "object",
    "required": ["error", "valid"],
    "properties": {
        "error": {"type": "string"},
        "valid": {"type": "array", "items": {"type": "string"}},
        "more": {"type": "integer"},
    },
}


def openapi(request: Request) -> Response:
    """The description of the addresses by OpenAPI 3.1."""
    db = open_database()
    body = json.dumps(described(db, base_of(request)), ensure_ascii=False)
    return answer(body, "json", version=db.version)


def described(db: Database, base: str) -> Json:
    """The OpenAPI document for a database."""
    schemas: Json = {"Refusal": _REFUSAL}
    paths = _of_ourselves(schemas) | _of_tables(schemas) | _of_charts(db, schemas) | _of_answers(db, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": text("zh", "described.title"),
            "version": VERSION,
            "summary": text("zh", "described.summary"),
            "license": {"name": LICENCE["name"], "identifier": LICENCE["name"]},
            "description": text("zh", "described.about", version=db.version),
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _of_ourselves(schemas: Json) -> Json:
    state = {"200": _answers("application/json"), "503": _answers("application/json")}
    oembed = _codes("application/json", 404, also="application/xml")
    return {
        "/healthz": _path("state", text("zh", "described.state"), state),
        "/data/": _path("tables", text("zh", "described.tables"), {"200": _answers("application/json")}),
        "/oembed": _path("oembed", text("zh", "described.oembed"), oembed, _parameters(AskedOembed, schemas)),
        "/embed/figure": _path(
            "figure",
            text("zh", "described.figure"),
            _codes("text/html", 404, 503),
            _parameters(AskedFigure, schemas),
        ),
    }


def _of_tables(schemas: Json) -> Json:
    return {
        f"/data/{table.name}.{suffix}": _path(
            f"{table.name}_{suffix}",
            table.title_zh,
            _codes(_KINDS[suffix], json_schema=_page_of(table)),
            _parameters(rows_of(table, usual, keys_of(table)), schemas),
            table.description,
        )
        for table in public_tables()
        for suffix, usual in USUAL_ROWS.items()
    }


def _of_charts(db: Database, schemas: Json) -> Json:
    paths: Json = {}
    for chart in all_charts().values():
        picture, embed = (_parameters(parameters(chart, db, is_embed), schemas) for is_embed in (False, True))
        for suffix in SUFFIXES:
            paths[f"/chart/{chart.id}.{suffix}"] = _path(
                f"{chart.id}-{suffix}", chart.question("zh"), _codes(_KINDS[suffix], 503), picture
            )
        paths[f"/embed/{chart.id}"] = _path(f"{chart.id}-embed", chart.question("zh"), _codes("text/html", 503), embed)
    return paths


def _of_answers(db: Database, schemas: Json) -> Json:
    return {
        f"/answer/{question.id}.csv": _path(
            f"{question.id}-answer",
            question.sentence("zh", {slot: slot for slot in question.slots}),
            _codes("text/csv", 503),
            _parameters(answer_of(question, db), schemas),
        )
        for question in all_questions().values()
    }


def _parameters(model: type[Asked], schemas: Json) -> list[Json]:
    """The parameters of a declaration; what several share is put into `schemas`."""
    made = model.model_json_schema(ref_template=_SCHEMAS + "{model}")
    schemas.update(made.get("$defs", {}))
    told = []
    for name, field in model.model_fields.items():
        schema = dict(made["properties"][name])
        schema.pop("title", None)
        parameter: Json = {"name": name, "in": "query", "required": field.is_required(), "schema": schema}
        if description := schema.pop("description", ""):
            parameter["description"] = description
        if is_list(field) and otherwise(field).joined:
            parameter |= {"style": "form", "explode": False}
        told.append(parameter)
    return told


def _path(
    name: str, summary: str, responses: Json, parameters: list[Json] | None = None, description: str = ""
) -> Json:
    return {
        "get": {
            "operationId": name.replace("-", "_"),
            "summary": summary,
            **({"description": description} if description else {}),
            "parameters": parameters or [],
            "responses": responses,
        }
    }


def _answers(*kinds: str, json_schema: Json | None = None) -> Json:
    schemas = {"application/json": json_schema or {"type": "object"}}
    return {
        "description": text("zh", "described.good"),
        "content": {kind: {"schema": schemas.get(kind, {"type": "string"})} for kind in kinds},
        "headers": {"ETag": {"schema": {"type": "string"}}, "X-Data-Version": {"schema": {"type": "string"}}},
    }


def _refusal(kind: str = "application/json") -> Json:
    """What is said where nothing can be answered: JSON, but a page where a page was asked for."""
    schema = {"type": "string"} if kind == "text/html" else {"$ref": f"{_SCHEMAS}Refusal"}
    said = kind if kind == "text/html" else "application/json"
    return {"description": text("zh", "described.refused"), "content": {said: {"schema": schema}}}


def _codes(kind: str, *more: int, also: str = "", json_schema: Json | None = None) -> Json:
    return {
        "200": _answers(kind, *([also] if also else []), json_schema=json_schema),
        "304": {"description": text("zh", "described.same")},
        **{str(code): _refusal(kind) for code in (400, *more)},
    }


def _page_of(table: Table) -> Json:
    """What a page of rows as JSON holds; a column left out by `columns` is missing, a blank is null."""
    columns = {field.name: {"type": [_HELD[field.type], "null"]} for field in table.fields}
    held_by = {
        "table": {"const": table.name},
        "version": {"type": "string"},
        "units": {"type": "object", "additionalProperties": {"type": "string"}},
        "rows": {"type": "array", "items": {"type": "object", "properties": columns, "additionalProperties": False}},
        "next": {"type": ["string", "null"], "description": text("zh", "described.next")},
    }
    return {"type": "object", "required": list(held_by), "properties": held_by}
