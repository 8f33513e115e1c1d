"""A built database as pandas DataFrames, one method a public table, amounts exact."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from budgetdata.base.records import Record
from budgetdata.exports.filters import conditions
from budgetdata.store.dictionary import Field, Table, public_table
from budgetdata.store.opened import Opened

if TYPE_CHECKING:
    import pandas as pd

_LOOSE_ORDER = "document_id, page, line, section, kind, subject"
"""The order of a table that has no key: as printed."""
PART = 20_000
"""So many rows of a table are held at once where files are written of them."""


class Data:
    """The public tables of one database as DataFrames, as it was when it was opened.

    Every method takes column=value (one value, or a list of which any will do; None means blank) and returns a
    DataFrame with the columns of the CSV of that name, in the order of its key. Texts and integers that are blank are
    NA; amounts are `Decimal` in the unit of the column's name, None where blank: 0.00 is Decimal('0.00'). `attrs` say
    title, description, units, version of the data, when it was built, and the sources of the rows. A sum over nothing but
    blanks is 0 in pandas: write `.sum(min_count=1)`, which leaves it blank.
    Raises UnknownNameError, with the columns there are, where a column is unknown.
    """

    def __init__(self, path: Path) -> None:
        self._db = Opened(path)
        self.path = path
        self.version = self._db.meta["version"]
        self.built_at = self._db.meta["built_at"]

    def documents(self, **wanted: Any) -> pd.DataFrame:
        """One row a disclosure: department, year, hash of the original, how it was read."""
        return self.table("documents", **wanted)

    def tables(self, **wanted: Any) -> pd.DataFrame:
        """One row for each of the thirteen standard tables of a document, with its status."""
        return self.table("tables", **wanted)

    def figures(self, **wanted: Any) -> pd.DataFrame:
        """One row for each printed amount, in 万元; sums and their parts both stand here, see is_sum."""
        return self.table("figures", **wanted)

    def projects(self, **wanted: Any) -> pd.DataFrame:
        """One row for each project of tables 12 and 13, its money by fund in 万元."""
        return self.table("projects", **wanted)

    def sheets(self, **wanted: Any) -> pd.DataFrame:
        """One row for each performance sheet, its money in 元."""
        return self.table("sheets", **wanted)

    def targets(self, **wanted: Any) -> pd.DataFrame:
        """One row for each indicator of a sheet, for the whole term or the year."""
        return self.table("targets", **wanted)

    def three_public(self, **wanted: Any) -> pd.DataFrame:
        """Six rows a document: the three public expenses in 万元, each with its status."""
        return self.table("three_public", **wanted)

    def statements(self, **wanted: Any) -> pd.DataFrame:
        """One row for each figure read from the narrative, rebuilt values of last year included."""
        return self.table("statements", **wanted)

    def statement_links(self, **wanted: Any) -> pd.DataFrame:
        """One row for each thing that a number of the narrative is linked to."""
        return self.table("statement_links", **wanted)

    def checks(self, **wanted: Any) -> pd.DataFrame:
        """One row for each identity, both sides in 万元 and whether they agree."""
        return self.table("checks", **wanted)

    def disclosure(self, **wanted: Any) -> pd.DataFrame:
        """One row for each item that must be disclosed, with what was found."""
        return self.table("disclosure", **wanted)

    def problems(self, **wanted: Any) -> pd.DataFrame:
        """One row for whatever was not read, or is odd."""
        return self.table("problems", **wanted)

    def table(self, name: str, **wanted: Any) -> pd.DataFrame:
        """The rows of a public table by its name."""
        table = public_table(name)
        frame = _frame(table, self._db.tuples(*_select(table, wanted)))
        frame.attrs = {
            "table": name, "title": table.title_zh, "description": table.description,
            "units": {field.name: field.unit for field in table.fields if field.unit},
            "version": self.version, "built_at": self.built_at, "sources": self._sources(frame),
        }  # fmt: skip
        return frame

    def parts(self, name: str) -> Iterator[pd.DataFrame]:
        """The rows of a public table as frames of PART rows, without `attrs`; one empty frame where it has none."""
        table, frame = public_table(name), None
        for rows in self._db.parts(*_select(table, {}), PART):
            frame = _frame(table, rows)
            yield frame
        if frame is None:
            yield _frame(table, [])

    def sources(self) -> list[Record]:
        """Every document's title, id, file, hash of the original and, where it is known, its address (path)."""
        rows = self._db.rows("SELECT * FROM document ORDER BY department, year, document_id")
        return [_source(row) for row in rows]

    def _sources(self, frame: pd.DataFrame) -> list[Record]:
        held = set(frame["document_id"])
        return [source for source in self.sources() if source["document_id"] in held]

    def close(self) -> None:
        """Let go of the database file."""
        self._db.close()

    def __enter__(self) -> Data:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _select(table: Table, wanted: dict[str, Any]) -> tuple[str, list[Any]]:
    """The SELECT of a public table's rows, in the order of its key, and its parameters."""
    where, values = conditions(table, wanted)
    columns = ", ".join(f'"{field.name}"' for field in table.fields)
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    order = ", ".join(f'"{column}"' for column in table.key) or _LOOSE_ORDER
    return f'SELECT {columns} FROM "{table.name}" {condition} ORDER BY {order}', values


def _source(row: Record) -> Record:
    source = {"title": f"{row['department']} {row['year']}年部门预算公开（{row['source_file']}）"}
    if row["source_url"]:
        source["path"] = row["source_url"]
    return {**source, "document_id": row["document_id"], "sha256": row["source_sha256"]}


def _frame(table: Table, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    import pandas as pd  # with the first frame: a server that is asked for none does without its 80 MiB

    columns = list(zip(*rows, strict=True)) or [()] * len(table.fields)
    return pd.DataFrame(
        {field.name: _series(field, values) for field, values in zip(table.fields, columns, strict=True)}
    )


def _series(field: Field, values: tuple[Any, ...]) -> pd.Series[Any]:
    import pandas as pd

    if field.type == "number":
        return pd.Series([None if value is None else Decimal(value) for value in values], dtype=object)
    return pd.Series(list(values), dtype="Int64" if field.type == "integer" else "str")
