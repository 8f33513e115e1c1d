"""column=value as SQL conditions on a public table, as /data/ has them: numbers compare as numbers, '' means blank."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from budgetdata.base.errors import UnknownNameError
from budgetdata.base.money import UNITS, wan, yuan
from budgetdata.store.dictionary import Field, Table

_WRITERS: dict[str, Callable[[int], str]] = {"万元": wan, "元": yuan}
"""How the views write an amount of each unit."""

_MOST_DIGITS = 15


def conditions(table: Table, wanted: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    """SQL conditions (to be joined by AND) and their values: a column takes one value or any of several.

    None and '' mean blank. Raises UnknownNameError, listing the columns there are, where a name is none of them, and
    where a value cannot be one of its column.
    """
    fields = {field.name: field for field in table.fields}
    where: list[str] = []
    values: list[Any] = []
    for name, asked in wanted.items():
        if name not in fields:
            raise UnknownNameError(f"table {table.name} has no column '{name}'; its columns are {', '.join(fields)}")
        several = _several(asked)
        given = [typed(table, fields[name], value) for value in several if not _blank(value)]
        either = [f'"{name}" IN ({", ".join("?" * len(given))})'] if given else []
        if any(_blank(value) for value in several):
            either.append(f'"{name}" IS NULL OR "{name}" = \'\'')
        where.append(f"({' OR '.join(either) or '0'})")
        values += given
    return where, values


def typed(table: Table, field: Field, value: Any) -> str | int:
    """A value as the view of a table holds it, so that 123, '123' and '123.0' all find the amount 123.00."""
    if field.type == "integer":
        return _integer(table, field, value)
    if field.type == "number":
        return _amount(table, field, value)
    return str(value)


def _several(asked: Any) -> list[Any]:
    if isinstance(asked, Iterable) and not isinstance(asked, str):
        return list(asked)
    return [asked]


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value)


def _integer(table: Table, field: Field, value: Any) -> int:
    try:
        return int(value) if isinstance(value, str) else operator.index(value)
    except (TypeError, ValueError):
        raise UnknownNameError(f"{table.name}.{field.name} is a whole number, not {value!r}") from None


def _amount(table: Table, field: Field, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        raise UnknownNameError(f"{table.name}.{field.name} is an amount in {field.unit}, not {value!r}")
    fen = number * UNITS[field.unit]
    return _WRITERS[field.unit](int(fen)) if fen == fen.to_integral_value() else str(number)
