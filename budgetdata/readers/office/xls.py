"""Read an Excel workbook of before 2007 (.xls): what its worksheets show, by xlrd."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlrd

from budgetdata.base.errors import DocumentError
from budgetdata.base.leaves import worksheet
from budgetdata.base.raw import Place, RawDocument
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.readers.office.limits import MAX_CELLS, MAX_SHEETS
from budgetdata.readers.office.shown import shown
from budgetdata.readers.office.worksheets import Worksheet

_WHITE = (255, 255, 255)


def read_xls(path: Path) -> RawDocument:
    """The worksheets of a workbook that are seen, in their order. Raises DocumentError where it cannot be opened."""
    book = _opened(path)
    if book.nsheets > MAX_SHEETS:
        raise DocumentError(f"{book.nsheets} worksheets, more than a disclosure has ({MAX_SHEETS}); split it first")
    document = RawDocument(source_file=path.name, source_kind="xls", blocks=[])
    cells = 0
    for number, sheet in enumerate(book.sheets(), start=1):
        if sheet.visibility:
            left = said("readers.hidden_sheet", name=sheet.name)
            document.left_out.append((Place(worksheet(number), None), left))
            continue
        document.leaves[worksheet(number)] = sheet.name
        read = _sheet(number, sheet, book)
        cells += len(read.texts)
        if cells > MAX_CELLS:
            raise DocumentError(f"more than {MAX_CELLS} cells, more than a disclosure holds; split it first")
        read.note_hidden(document)
        document.blocks += read.blocks()
    document.pages = book.nsheets
    return document


def _opened(path: Path) -> Any:
    try:
        return xlrd.open_workbook(path, formatting_info=True, on_demand=False, logfile=_Silent())
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged workbook makes the library do, it is the end of this file
        what = "it is locked by a password" if "ncrypt" in str(error) else f"damaged ({type(error).__name__}: {error})"
        raise DocumentError(f"{what}; open it in Excel or WPS and save it as .xlsx") from error


class _Silent:
    """A log that keeps nothing: what xlrd warns of is in no file of ours."""

    def write(self, text: str) -> int:
        """Take a warning."""
        return len(text)

    def flush(self) -> None:
        """Nothing is kept, nothing is to be written."""


def _sheet(number: int, sheet: Any, book: Any) -> Worksheet:
    read = Worksheet(number, sheet.name)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text = _text(sheet, row, column, book)
            if text.strip():
                read.texts[row, column] = text
    read.merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    read.hidden_rows = {at for at, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
    read.hidden_columns = {at for at, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
    return read


def _text(sheet: Any, row: int, column: int, book: Any) -> str:
    cell = sheet.cell(row, column)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    xf = book.xf_list[cell.xf_index]
    number_format = book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else "General"
    value: object = cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(value)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        value = xlrd.error_text_from_code.get(cell.value, UNREAD)
    elif cell.ctype == xlrd.XL_CELL_DATE:
        value = _date(cell.value, book)
    if cell.ctype == xlrd.XL_CELL_NUMBER and not cell.value and not sheet.show_zero_values:
        return ""
    text = shown(value, number_format)
    return UNREAD if text.strip() and _is_white(xf, book) else text


def _date(value: float, book: Any) -> object:
    try:
        return xlrd.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError, xlrd.XLDateError):
        return UNREAD


def _is_white(xf: Any, book: Any) -> bool:
    """True where a text is white on no ground of its own."""
    return book.colour_map.get(book.font_list[xf.font_index].colour_index) == _WHITE and not xf.background.fill_pattern
