"""What the addresses of tables and of answers may name: one model for each, made from their declarations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar

from pydantic import Field, create_model

from budgetdata.embeds.asked import Asked, Otherwise, either, whole
from budgetdata.embeds.choices import MOST_NAMED, one_of_many
from budgetdata.queries.base import Database
from budgetdata.queries.population import many, years
from budgetdata.queries.questions.model import ALL, Question, options
from budgetdata.store.dictionary import Field as Column
from budgetdata.store.dictionary import Table
from budgetdata.words.catalogue import text

MOST, USUAL = 5000, 100
INTEGER = "-?[0-9]{1,18}"
"""How a filter on a column of integers is written."""
NUMBER = r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?"
"""How a filter on a column of decimals is written: so long that it still compares exactly."""
_WRITTEN = {"integer": (INTEGER, "refused.integer"), "number": (NUMBER, "refused.number"), "string": ("", "")}


class AskedRows(Asked):
    """A page of a table: how many rows, behind which, with which columns; every column filters by its name."""

    unknown: ClassVar[str] = "refused.column"

    limit: int
    after: str
    columns: list[str]


@cache
def rows_of(table: Table, usual: int, keys: tuple[str, ...]) -> type[AskedRows]:
    """What the address of a table may name. usual: how many rows where none is asked; keys: the columns that order them."""
    names = [column.name for column in table.fields]
    fields: dict[str, Any] = {
        "limit": (Annotated[whole(1, MOST), Otherwise("refused.limit")], usual),
        "after": (Annotated[str, Otherwise("refused.after", lambda _: keys)], _after(table, keys)),
        "columns": (
            Annotated[list.__class_getitem__(either(names)), Otherwise("refused.columns", joined=True)],
            Field([], description=text("zh", "asked.columns")),
        ),
    }
    fields |= {column.name: _filter(column) for column in table.fields}
    made: type[AskedRows] = create_model(table.name, __base__=AskedRows, **fields)
    return made


def _after(table: Table, keys: tuple[str, ...]) -> Any:
    """The key of a row, in parts with commas between; only the last may hold one."""
    types = {column.name: column.type for column in table.fields}
    parts = [INTEGER if types.get(name) == "integer" else "[^,]*" for name in keys]
    if parts[-1] != INTEGER:
        parts[-1] = r"[\s\S]*"
    return Field("", pattern=f"^({','.join(parts)})?$", description=text("zh", "asked.after"))


def _filter(column: Column) -> Any:
    """The values that a column is compared with, any of them; empty is blank."""
    pattern, refused = _WRITTEN[column.type]
    value: Any = Annotated[str, Field(pattern=f"^({pattern})?$")] if pattern else str
    told = "，".join(part for part in (column.title_zh, column.description, column.unit) if part)
    known: Sequence[str] = column.values
    return Annotated[list.__class_getitem__(value), Otherwise(refused, lambda _: known)], Field([], description=told)


@lru_cache(maxsize=64)
def answer_of(question: Question, db: Database) -> type[Asked]:
    """What the address of an answer may name: its choices, the first where one is left out."""
    own = {slot: _slot(db, slot) for slot in question.slots}
    if many(db) and "d" not in question.slots:
        own["y"] = (Annotated[either(list(years(db))), Otherwise("refused.option", lambda _: list(years(db)))], "")
    return create_model(question.id, __base__=Asked, **own)


def _slot(db: Database, slot: str) -> Any:
    refused = Otherwise("refused.option", lambda _: [f"{code} {label}" for code, label in options(db, slot).items()])
    if slot in ("d", "who") and db.documents > MOST_NAMED:
        return Annotated[one_of_many(db, *((ALL,) if slot == "who" else ())), refused], ""
    return Annotated[either(options(db, slot)), refused], ""
