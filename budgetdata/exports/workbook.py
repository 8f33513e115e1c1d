"""The public tables in one Excel workbook: a sheet that explains them first, then a sheet for each."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from budgetdata.exports.data import Data
from budgetdata.exports.package import NOTE
from budgetdata.store.dictionary import Field, Table

if TYPE_CHECKING:
    import pandas as pd

ABOUT_SHEET = "说明"
DATA_SHEET = "数据"
AMOUNT_FORMAT = "#,##0.00"
LONGEST_TEXT = 32_767
"""What one cell of Excel holds; a longer text is cut there and stands whole in the CSV."""
MOST_ROWS = 1_048_575
"""What a sheet of Excel holds below its head."""

_BOLD = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="E7E2D6")
_WIDE, _NARROW, _AMOUNT = 32, 12, 16

Rows = Iterator[tuple[Any, ...]]


class TableSheet:
    """The sheet of one table, filled part by part: frozen head, amounts as numbers, texts never as formulas."""

    def __init__(self, sheet: WriteOnlyWorksheet, table: Table) -> None:
        self.table, self.rows, self._sheet = table, 0, sheet
        sheet.freeze_panes = "A2"
        for number, field in enumerate(table.fields, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = _width(field)
        sheet.append([_head(sheet, field.name) for field in table.fields])

    def append(self, frame: pd.DataFrame) -> None:
        """Put rows below those there are; those that no sheet of Excel can hold are counted only."""
        for row in islice(_rows(frame), max(MOST_ROWS - self.rows, 0)):
            self._sheet.append(
                [_cell(self._sheet, field, value) for field, value in zip(self.table.fields, row, strict=True)]
            )
        self.rows += len(frame)

    def close(self) -> int:
        """Say what may be filtered; how many rows are left out."""
        last = min(self.rows, MOST_ROWS) + 1
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.table.fields))}{last}"
        return max(self.rows - MOST_ROWS, 0)


@contextmanager
def workbook(path: Path, data: Data, tables: Sequence[Table]) -> Iterator[dict[str, TableSheet]]:
    """A workbook to be filled and then written: 说明, then one sheet a table, by its name.

    Raises OSError where it cannot be written, also where what writes its sheets says so in other words.
    """
    book = Workbook(write_only=True)
    try:
        yield from _filled(book, data, tables)
        book.save(path)
    except Exception as error:
        _let_go(book)
        said = str(error)  # what writes the sheets tells of the disk by name: IO_ENOSPC, IO_EFBIG
        if said.startswith("IO_"):
            number = getattr(errno, said.removeprefix("IO_"), errno.EIO)
            raise OSError(number, os.strerror(number), str(path)) from error
        raise


def _let_go(book: Workbook) -> None:
    """End the sheets of a workbook that was not written: each is a writer under way, which would say so on its own."""
    for sheet in book.worksheets:
        with suppress(Exception):
            sheet.close()


def _filled(book: Workbook, data: Data, tables: Sequence[Table]) -> Iterator[dict[str, TableSheet]]:
    book.properties.title = "明账：部门预算公开数据"
    book.properties.creator = "Mingzhang"
    book.properties.created = datetime.fromisoformat(data.built_at).replace(tzinfo=None)
    about = book.create_sheet(ABOUT_SHEET)
    sheets = {table.name: TableSheet(book.create_sheet(table.name), table) for table in tables}
    _write_about(about, data, tables)
    yield sheets
    for name, sheet in sheets.items():
        if left_out := sheet.close():
            about.append([_text(about, f"工作表 {name} 放不下全部：还有 {left_out} 行只在 {name}.csv 中", _BOLD)])


def sheet_bytes(title: str, notes: Iterable[str], heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One table as a workbook: its rows on the first sheet, amounts (Decimal) as numbers; what it is on the second."""
    book = Workbook(write_only=True)
    book.properties.title = title
    sheet = book.create_sheet(DATA_SHEET)
    sheet.freeze_panes = "A2"
    sheet.append([_head(sheet, head) for head in heads])
    for row in rows:
        sheet.append([_plain(sheet, value) for value in row])
    about = book.create_sheet(ABOUT_SHEET)
    about.column_dimensions["A"].width = 90
    about.append([_text(about, title, _BOLD)])
    for note in notes:
        about.append([_text(about, note)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    """A value as a cell: a text is a text, an amount a number with its two decimals shown."""
    if isinstance(value, Decimal):
        return _amount(sheet, value)
    return _text(sheet, value) if isinstance(value, str) else value


def _amount(sheet: WriteOnlyWorksheet, value: Decimal) -> WriteOnlyCell:
    """An amount as a number, digit by digit as it is: openpyxl writes 8.30 as 8.300000000000001."""
    cell = WriteOnlyCell(sheet, str(value))
    cell.data_type = "n"
    cell.number_format = AMOUNT_FORMAT
    return cell


def _write_about(sheet: WriteOnlyWorksheet, data: Data, tables: Sequence[Table]) -> None:
    for column, width in zip("ABCDE", (16, 18, 18, 10, 90), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append([_text(sheet, "明账：部门预算公开数据", _BOLD)])
    sheet.append([_text(sheet, NOTE)])
    sheet.append([_text(sheet, f"数据版本 {data.version}，生成于 {data.built_at}（UTC）")])
    sheet.append([])
    sheet.append([_head(sheet, title) for title in ("工作表", "字段", "名称", "单位", "说明")])
    for table in tables:
        sheet.append([_text(sheet, text, _BOLD) for text in (table.name, "", table.title_zh, "", table.description)])
        for field in table.fields:
            described = ("", field.name, field.title_zh, field.unit, field.description)
            sheet.append([_text(sheet, text) for text in described])


def _rows(frame: pd.DataFrame) -> Rows:
    """The rows of a frame as plain values, None where blank."""
    plain = frame.astype(object)
    return plain.where(frame.notna(), None).itertuples(index=False, name=None)


def _width(field: Field) -> int:
    if field.type != "string":
        return _AMOUNT if field.unit else _NARROW
    return _WIDE


def _cell(sheet: WriteOnlyWorksheet, field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type == "number":
        return _amount(sheet, Decimal(value))
    return value if field.type == "integer" else _text(sheet, str(value))


def _head(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text, _BOLD)
    cell.fill = _HEAD_FILL
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str, font: Font | None = None) -> WriteOnlyCell:
    """A cell that is a text whatever it begins with: openpyxl takes '=…' for a formula unless told otherwise."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT])
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    if font:
        cell.font = font
    return cell
