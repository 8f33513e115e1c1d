"""The public tables as files: one CSV each, datapackage.json that describes them, and a workbook of all of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from budgetdata.base.errors import StoreError
from budgetdata.base.under_way import folder_under_way
from budgetdata.exports.data import Data
from budgetdata.exports.datasette import write_datasette
from budgetdata.exports.package import write_package
from budgetdata.store.dictionary import Table, public_tables

if TYPE_CHECKING:
    import pandas as pd

PACKAGE_FILE = "datapackage.json"
WORKBOOK_FILE = "mingzhang.xlsx"
DATABASE_FILE = "mingzhang.db"
_FORMULA_SIGNS = frozenset("=+-@")
_CALL_SIGNS = frozenset("(|!")


def export(db: Path, out_dir: Path) -> list[Path]:
    """Write every public table to `out_dir` and return the files: CSVs, datapackage.json, workbook.

    The files are made beside the directory and put in place one by one when all are done; other files there stay.
    Raises StoreError where the database is missing or the directory cannot be written.
    """
    with Data(db) as data:
        try:
            with folder_under_way(out_dir) as made:
                _write_all(data, made)
                return _put_in_place(made, out_dir)
        except OSError as error:
            raise StoreError(f"{out_dir}: cannot be written ({error.strerror}); choose another --out DIR") from error


def _write_all(data: Data, directory: Path) -> None:
    # openpyxl and lxml are 10 MiB that a server needs for nothing else
    from budgetdata.exports.workbook import workbook

    with workbook(directory / WORKBOOK_FILE, data, public_tables()) as sheets:
        for table in public_tables():
            path = directory / f"{table.name}.csv"
            for number, part in enumerate(data.parts(table.name)):
                write_csv(path, table, part, head=not number)
                sheets[table.name].append(part)
    write_package(data, directory)
    write_datasette(data, directory)


def _put_in_place(made: Path, out_dir: Path) -> list[Path]:
    out_dir.mkdir(exist_ok=True)
    # datapackage.json last: while it is the old one, it does not vouch for new files
    files = sorted(made.iterdir(), key=lambda path: (path.name == PACKAGE_FILE, path.name))
    for path in files:
        os.chmod(path, 0o644)
        os.replace(path, out_dir / path.name)
    return [out_dir / path.name for path in files]


def write_csv(path: Path, table: Table, frame: pd.DataFrame, head: bool = True) -> None:
    """One table as CSV by RFC 4180: UTF-8 with byte order mark (so that Excel knows it), CR LF, empty = blank.

    head: whether the file begins with these rows; else they are put behind those that it has.
    """
    texts = [field.name for field in table.fields if field.type == "string"]
    marked = frame.assign(**{name: frame[name].map(csv_text, na_action="ignore") for name in texts})
    encoding, mode = ("utf-8-sig", "w") if head else ("utf-8", "a")
    with path.open(mode, encoding=encoding, newline="") as file:
        marked.to_csv(file, index=False, header=head, lineterminator="\r\n")


def csv_text(value: str | None) -> str | None:
    """A text as it goes into a CSV: as printed, but for what a spreadsheet would run as a formula.

    That is a text beginning with = + - or @ that holds one of ( | !, which a call or a reference to another program
    needs; it gets an apostrophe in front. So '=100%', '-5%' and the operator '=' stay as printed; datapackage.json
    states the rule.
    """
    if value and value.lstrip()[:1] in _FORMULA_SIGNS and _CALL_SIGNS & set(value):
        return f"'{value}"
    return value
