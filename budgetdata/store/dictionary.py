"""The public tables described once: what each column holds, in which unit, and how the tables refer to each other.

The declaration is data/dictionary.toml. The export's datapackage.json, the workbook's first sheet and the data
dictionary page are drawn from it; a test compares it with the columns of the database's views.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError, UnknownNameError

DICTIONARY_FILE = Path(__file__).parent / "dictionary.toml"
TYPES = ("string", "integer", "number")
UNITS = ("", "万元", "元")


@dataclass(frozen=True, slots=True)
class Field:
    """One column: name, Chinese title, description, type (string, integer, number) and unit.

    values lists what a coded column may hold; fiscal is its ColumnType in the Fiscal Data Package's budget taxonomy.
    """

    name: str
    title_zh: str
    description: str
    type: str = "string"
    unit: str = ""
    values: tuple[str, ...] = ()
    fiscal: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One public table: name, Chinese title, what one row is, its key, and which columns refer to which table."""

    name: str
    title_zh: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    refers: tuple[tuple[tuple[str, ...], str], ...] = ()


@cache
def public_tables() -> tuple[Table, ...]:
    """The public tables in the order they are exported. Raises FormError where the declaration contradicts itself."""
    data = tomllib.loads(DICTIONARY_FILE.read_text(encoding="utf-8"))
    tables = tuple(_table(table) for table in data["tables"])
    keys = {table.name: table.key for table in tables}
    for table in tables:
        names = {field.name for field in table.fields}
        for columns, other in table.refers:
            if not names.issuperset(columns) or keys.get(other) != columns:
                by = ", ".join(columns)
                raise FormError(f"{DICTIONARY_FILE.name}: {table.name} refers to {other} by {by}, which is not its key")
    return tables


def public_table(name: str) -> Table:
    """The public table of that name. Raises UnknownNameError, with the names there are, where there is none."""
    for table in public_tables():
        if table.name == name:
            return table
    raise UnknownNameError(f"no table '{name}'; the tables are {', '.join(table.name for table in public_tables())}")


def _table(data: dict[str, Any]) -> Table:
    fields = tuple(_field(field, data["name"]) for field in data["fields"])
    refers = tuple((tuple(refer["columns"]), refer["table"]) for refer in data.get("refers", []))
    if not {field.name for field in fields}.issuperset(data["key"]):
        raise FormError(f"{DICTIONARY_FILE.name}: the key of {data['name']} names a column that it does not have")
    return Table(data["name"], data["title_zh"], data["description"], tuple(data["key"]), fields, refers)


def _field(data: dict[str, Any], table: str) -> Field:
    field = Field(**{**data, "values": tuple(data.get("values", ()))})
    if field.type not in TYPES or field.unit not in UNITS or (field.unit and field.type != "number"):
        raise FormError(f"{DICTIONARY_FILE.name}: {table}.{field.name} has an unknown type or unit")
    return field
