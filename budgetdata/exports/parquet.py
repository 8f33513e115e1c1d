"""The public tables as Parquet, parted by year and region, to be read in place by DuckDB, pandas, Polars or Spark.

    DIR/figures/year=2024/region=忻州市/part-0.parquet

Texts are strings, counts 64-bit integers, amounts exact decimals in the unit of the column's name; blank is null. One year
and region of one table is in memory at a time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from budgetdata.base.errors import StoreError
from budgetdata.base.records import Record
from budgetdata.base.under_way import folder_under_way
from budgetdata.store.dictionary import Field, Table, public_tables
from budgetdata.store.opened import Opened

if TYPE_CHECKING:
    import pyarrow as pa

INSTALL = "Parquet needs pyarrow, an optional extra; install it with: python -m pip install 'budgetdata[parquet]'"
_NOWHERE = "__HIVE_DEFAULT_PARTITION__"
"""How the partition of a blank is called."""
_AT_ONCE = 500
"""So many documents in one question to the database."""
_AMOUNT = (20, 6)
"""Digits of an amount, and how many of them stand behind the point: 万元 to a hundredth of a 分."""


def export_parquet(db: Path, out_dir: Path) -> list[Path]:
    """Write every public table below `out_dir`, which is replaced in whole, and return the files.

    Raises StoreError where pyarrow is not installed, the database is missing, the directory cannot be written or holds
    something else than such tables.
    """
    try:
        import pyarrow  # noqa: F401 - asked here, so that nothing is begun in vain
    except ImportError as error:
        raise StoreError(INSTALL) from error
    _refuse_foreign(out_dir)
    with Opened(db) as opened:
        try:
            with folder_under_way(out_dir) as temporary:
                made = temporary / "made"
                names = [path.relative_to(made) for table in public_tables() for path in _write(opened, table, made)]
                if out_dir.exists():
                    out_dir.rename(temporary / "old")
                shutil.move(made, out_dir)
                out_dir.chmod(0o755)
        except OSError as error:
            raise StoreError(
                f"{out_dir}: cannot be written ({error.strerror}); choose another --parquet DIR"
            ) from error
    return [out_dir / name for name in names]


def _refuse_foreign(out_dir: Path) -> None:
    tables = {table.name for table in public_tables()}
    others = sorted(path.name for path in out_dir.iterdir() if path.name not in tables) if out_dir.is_dir() else []
    if others or (out_dir.exists() and not out_dir.is_dir()):
        what = f"holds {others[0]}" if others else "is a file"
        raise StoreError(f"{out_dir}: {what} and would be lost; choose another --parquet DIR")


def _write(opened: Opened, table: Table, made: Path) -> Iterator[Path]:
    """Write one table, a file for each year and region that has rows of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(field.name, _type_of(field)) for field in table.fields])
    for year, region, documents in _parts(opened):
        rows = list(_rows(opened, table, documents))
        if not rows:
            continue
        named = (region if _is_plain(region) else quote(region, safe="")) or _NOWHERE
        folder = made / table.name / f"year={year}" / f"region={named}"
        folder.mkdir(parents=True)
        columns = {field.name: [_value(field, row[field.name]) for row in rows] for field in table.fields}
        pq.write_table(pa.table(columns, schema=schema), folder / "part-0.parquet", compression="zstd")
        yield folder / "part-0.parquet"


def _is_plain(region: str) -> bool:
    """Whether a region's name may stand in a path as it is."""
    return all(sign.isalnum() or sign in "（）·" for sign in region)


def _parts(opened: Opened) -> Iterator[tuple[int, str, list[str]]]:
    """Each year and region with its documents."""
    pairs = opened.tuples("SELECT DISTINCT year, coalesce(region, '') FROM document ORDER BY 1, 2")
    for year, region in pairs:
        found = opened.tuples(
            "SELECT document_id FROM document WHERE year = ? AND coalesce(region, '') = ? ORDER BY 1", [year, region]
        )
        yield int(year), str(region), [str(document_id) for (document_id,) in found]


def _rows(opened: Opened, table: Table, documents: Sequence[str]) -> Iterator[Record]:
    order = ", ".join(f'"{name}"' for name in table.key) or "page, line"
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        yield from opened.rows(f'SELECT * FROM "{table.name}" WHERE document_id IN ({marks}) ORDER BY {order}', some)


def _type_of(field: Field) -> pa.DataType:
    import pyarrow as pa

    return {"string": pa.string(), "integer": pa.int64(), "number": pa.decimal128(*_AMOUNT)}[field.type]


def _value(field: Field, value: Any) -> Any:
    if value is None or value == "":
        return None
    return Decimal(str(value)) if field.type == "number" else value
