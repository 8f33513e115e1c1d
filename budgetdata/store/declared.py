"""The stored tables as tables.toml declares them, and rows as they fit a table: each value checked before it is stored."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError, StoreError
from budgetdata.base.records import Row

TABLES_FILE = Path(__file__).with_name("tables.toml")
TYPES = ("text", "integer")


@dataclass(frozen=True, slots=True)
class Column:
    """One stored column: its type (text or integer), whether it is never NULL, the table it refers to, its only values."""

    name: str
    type: str = "text"
    required: bool = False
    refers: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored table: its columns in order, its key and its further indexes."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def references(self) -> list[tuple[str, str, str]]:
        """(column, table, key of that table) of every column that refers to another row."""
        return [(column.name, column.refers, _key_of(column.refers, self)) for column in self.columns if column.refers]

    def records(self, rows: Sequence[Row]) -> Iterator[list[Any]]:
        """The values of rows in the order of the columns; '' becomes NULL where the column may be NULL: both mean blank.

        Raises StoreError where a row has a column that is not declared, or a value that its column may not hold.
        """
        names = [column.name for column in self.columns]
        may_be_null = [not column.required for column in self.columns]
        listed = [(number, column) for number, column in enumerate(self.columns) if column.values]
        known: set[tuple[str, ...]] = set()
        for row in rows:
            if (given := tuple(row)) not in known:
                self._refuse_unknown(given)
                known.add(given)
            values = [row.get(name) for name in names]
            if "" in values:
                values = [
                    None if value == "" and null else value for value, null in zip(values, may_be_null, strict=True)
                ]
            for number, column in listed:
                if values[number] is not None and values[number] not in column.values:
                    raise StoreError(
                        f"{self.name}.{column.name}: '{values[number]}' is none of {', '.join(column.values)}"
                    )
            yield values

    def _refuse_unknown(self, given: Iterable[str]) -> None:
        names = [column.name for column in self.columns]
        if unknown := sorted(set(given).difference(names)):
            raise StoreError(f"table {self.name} has no column {', '.join(unknown)}; its columns: {', '.join(names)}")


def _key_of(name: str, table: Stored) -> str:
    """The one column that is the key of a table, `table` itself or one that is declared before it."""
    key = table.key if name == table.name else next(other.key for other in stored_tables() if other.name == name)
    if len(key) != 1:
        raise FormError(f"{TABLES_FILE.name}: {table.name} refers to {name}, whose key is of several columns")
    return key[0]


@cache
def stored_tables() -> tuple[Stored, ...]:
    """The stored tables in the order they are filled. Raises FormError where the declaration contradicts itself."""
    tables: dict[str, Stored] = {}
    for name, data in tomllib.loads(TABLES_FILE.read_text(encoding="utf-8")).items():
        tables[name] = _stored(name, data)
        for column in tables[name].columns:
            if column.type not in TYPES:
                raise FormError(f"{TABLES_FILE.name}: {name}.{column.name} has an unknown type {column.type}")
            if column.refers and column.refers not in tables:
                raise FormError(
                    f"{TABLES_FILE.name}: {name}.{column.name} refers to {column.refers}, not declared before"
                )
    return tuple(tables.values())


def _stored(name: str, data: dict[str, Any]) -> Stored:
    key = tuple(data["key"])
    columns = tuple(_column(column, key) for column in data["columns"])
    if not {column.name for column in columns}.issuperset(key):
        raise FormError(f"{TABLES_FILE.name}: the key of {name} names a column that it does not have")
    return Stored(name, data["about"], key, columns, tuple(tuple(index) for index in data.get("indexes", ())))


def _column(data: dict[str, Any], key: tuple[str, ...]) -> Column:
    required = data.get("required", False) or data["name"] in key
    return Column(**{**data, "values": tuple(data.get("values", ())), "required": required})
