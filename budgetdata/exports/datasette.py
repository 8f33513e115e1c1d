"""datasette.json: titles, units, sources and licence for whoever opens the database with Datasette (`-m datasette.json`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from budgetdata.exports.data import Data
from budgetdata.exports.package import LICENCE, NOTE
from budgetdata.store.declared import stored_tables
from budgetdata.store.dictionary import Field, Table, public_tables

DATASETTE_FILE = "datasette.json"
DATABASE_NAME = "mingzhang"
_SHOWN = 50


def write_datasette(data: Data, directory: Path) -> None:
    """Write the metadata that Datasette shows beside a database named mingzhang.db."""
    text = json.dumps(metadata(data), ensure_ascii=False, indent=2) + "\n"
    (directory / DATASETTE_FILE).write_text(text, encoding="utf-8", newline="\n")


def metadata(data: Data) -> dict[str, Any]:
    """Title, licence and sources of the database, and title, description and column texts of every public table."""
    documents = data.documents().sort_values(["year", "department"], ascending=[False, True])
    source = "；".join(f"{row.department}{row.year}年度部门预算公开" for row in documents.itertuples())
    common = {"license": LICENCE["title"], "license_url": LICENCE["path"], "source": source}
    tables = {
        table.name: {
            "title": table.title_zh,
            "description": table.description,
            **_sizes(table),
            "columns": _columns(table),
        }
        for table in public_tables()
    }
    hidden = {stored.name: {"hidden": True} for stored in stored_tables() if stored.name not in tables}
    title = "明账：部门预算公开数据"
    return {
        "title": title, "description": f"{NOTE}数据版本 {data.version}。", **common,
        "databases": {DATABASE_NAME: {"title": title, **common, "tables": tables | hidden}},
    }  # fmt: skip


def _sizes(table: Table) -> dict[str, Any]:
    return {"size": _SHOWN, **({"sort": table.key[0]} if table.key else {})}


def _columns(table: Table) -> dict[str, str]:
    return {field.name: _text(field) for field in table.fields}


def _text(field: Field) -> str:
    unit = f"，单位{field.unit}" if field.unit else ""
    return f"{field.title_zh}：{field.description}{unit}" if field.description else f"{field.title_zh}{unit}"
