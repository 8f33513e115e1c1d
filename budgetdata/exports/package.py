"""datapackage.json: the exported CSVs described for machines (Frictionless Data Package v1, fiscal column types)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from budgetdata.exports.data import Data
from budgetdata.store.dictionary import Field, Table, public_tables

TAXONOMY = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
"""Of the data: who uses them says where they are from. The program has another, and the documents are their publishers' own."""
DIALECT = {
    "csvddfVersion": 1.2, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
    "skipInitialSpace": False, "header": True,
}  # fmt: skip
ENCODING = "utf-8-sig"
NOTE = (
    "金额为十进制小数，单位见字段名（_wan 万元，_yuan 元）；空 = 原文空白，与 0 不同。"
    "合计与分项并存，求和前请看 is_sum。CSV 为带 BOM 的 UTF-8，行尾 CRLF，Excel 可直接打开；"
    "以 = + - @ 开头且含 ( | ! 的文字前加一个撇号，以免被当作公式执行，其余文字与原文一致。"
    "经办人员的姓名和电话已隐去。"
)
_FACTORS = {"万元": 10_000, "元": 1}


def write_package(data: Data, directory: Path) -> None:
    """Describe the CSV files of a directory in its datapackage.json, with size and hash of each."""
    package = describe(data, directory)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (directory / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def describe(data: Data, directory: Path) -> dict[str, Any]:
    """The descriptor of the CSV files in a directory, for the database they were written from."""
    return {
        "profile": "tabular-data-package",
        "name": "mingzhang",
        "title": "明账：部门预算公开数据",
        "description": NOTE,
        "version": data.version,
        "created": data.built_at,
        "countryCode": "CN",
        "granularity": "aggregated",
        "columnTypes": TAXONOMY,
        "licenses": [LICENCE],
        "sources": data.sources(),
        "resources": [_resource(table, directory / f"{table.name}.csv") for table in public_tables()],
    }


def _resource(table: Table, path: Path) -> dict[str, Any]:
    written = path.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "title": table.title_zh,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": ENCODING,
        "bytes": len(written),
        "hash": f"sha256:{hashlib.sha256(written).hexdigest()}",
        "dialect": DIALECT,
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """A table's schema: fields with type, title, description, unit and column type; keys; what is blank."""
    schema: dict[str, Any] = {"fields": [_field(table, field) for field in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": list(columns), "reference": {"resource": other, "fields": list(columns)}}
            for columns, other in table.refers
        ]
    return schema


def _field(table: Table, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name, "type": field.type, "title": field.title_zh, "description": field.description,
    }  # fmt: skip
    if field.unit:
        described |= {"unit": field.unit, "currency": "CNY", "factor": _FACTORS[field.unit]}
    if field.fiscal:
        described["columnType"] = field.fiscal
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.values:
        constraints["enum"] = [int(value) for value in field.values] if field.type == "integer" else list(field.values)
    if table.key == (field.name,):
        constraints["unique"] = True
    return described | ({"constraints": constraints} if constraints else {})
