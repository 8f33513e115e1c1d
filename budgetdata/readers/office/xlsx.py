"""Read an Excel workbook (.xlsx): what its worksheets show, by openpyxl; formulas by the value they last had."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from budgetdata.base.errors import DocumentError
from budgetdata.base.leaves import worksheet
from budgetdata.base.raw import Place, RawDocument
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.readers.office.limits import MAX_CELLS, MAX_SHEETS
from budgetdata.readers.office.package import check_package
from budgetdata.readers.office.shown import shown
from budgetdata.readers.office.worksheets import Worksheet

_WHITE = {"FFFFFFFF", "00FFFFFF"}
_FORMULA = b"<f"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def read_xlsx(path: Path) -> RawDocument:
    """The worksheets of a workbook that are seen, in their order. Raises DocumentError where it cannot be opened."""
    check_package(path)
    book = _opened(path, data_only=True)
    if len(book.worksheets) > MAX_SHEETS:
        raise DocumentError(f"{len(book.worksheets)} worksheets, more than a disclosure has ({MAX_SHEETS}); split it")
    document = RawDocument(source_file=path.name, source_kind="xlsx", blocks=[])
    formulas = _opened(path, data_only=False) if _has_formulas(path) else None
    cells = 0
    for number, sheet in enumerate(book.worksheets, start=1):
        if sheet.sheet_state != "visible":
            left = said("readers.hidden_sheet", name=sheet.title)
            document.left_out.append((Place(worksheet(number), None), left))
            continue
        document.leaves[worksheet(number)] = sheet.title
        read = _sheet(number, sheet, formulas.worksheets[number - 1] if formulas else None)
        read.boxes = list(_boxes(path, sheet))
        cells += len(read.texts)
        if cells > MAX_CELLS:
            raise DocumentError(f"more than {MAX_CELLS} cells, more than a disclosure holds; split it first")
        read.note_hidden(document)
        document.blocks += read.blocks()
    document.pages = len(book.worksheets)
    return document


def _opened(path: Path, data_only: bool) -> Any:
    try:
        with path.open("rb") as file:  # by its content: a path would be judged by its ending
            return openpyxl.load_workbook(file, data_only=data_only, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged workbook makes the library do, it is the end of this file
        raise DocumentError(f"damaged ({type(error).__name__}); open it in Excel or WPS and save it again") from error


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        sheets = (name for name in package.namelist() if name.startswith("xl/worksheets/"))
        return any(_FORMULA in package.read(name) for name in sheets)


def _sheet(number: int, sheet: Any, formulas: Any) -> Worksheet:
    read = Worksheet(number, sheet.title)
    shows_zeros = sheet.sheet_view.showZeros is not False
    for (row, column), cell in sheet._cells.items():  # those that are there; iter_rows would make all others
        text = shown(cell.value, cell.number_format) if cell.value is not None else ""
        if not shows_zeros and cell.value == 0 and not isinstance(cell.value, str):
            text = ""
        if text and _is_white(cell):
            text = UNREAD
        if cell.value is None and formulas is not None and formulas.cell(row, column).data_type == "f":
            text = UNREAD  # never computed: what it would show is not in the file
        if text.strip():
            read.texts[row - 1, column - 1] = text
    read.merged = [
        (span.min_row - 1, span.min_col - 1, span.max_row - 1, span.max_col - 1) for span in sheet.merged_cells.ranges
    ]
    read.hidden_rows = {at - 1 for at, row in sheet.row_dimensions.items() if row.hidden or row.ht == 0}
    for column in sheet.column_dimensions.values():
        if column.hidden or (column.customWidth and column.width == 0):
            first = column.min or openpyxl.utils.column_index_from_string(column.index)
            read.hidden_columns.update(range(first - 1, min(column.max or first, 20_000)))
    return read


def _is_white(cell: Any) -> bool:
    """True where a text is white on no ground of its own."""
    colour = cell.font.color if cell.font is not None else None
    if colour is None or (cell.fill is not None and cell.fill.fill_type):
        return False
    return (colour.type == "rgb" and colour.rgb in _WHITE) or (colour.type == "theme" and colour.theme == 0)


def _boxes(path: Path, sheet: Any) -> Iterator[tuple[int, str]]:
    """The texts of boxes drawn on a worksheet, with the row that each begins at."""
    targets = [relation.target for relation in sheet._rels if relation.Type.endswith("/drawing")]
    if not targets:
        return
    with zipfile.ZipFile(path) as package:
        for target in targets:
            if target.lstrip("/") in package.namelist():
                yield from _drawn(package.read(target.lstrip("/")))


def _parsed(source: bytes) -> Any:
    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))


def _drawn(source: bytes) -> Iterator[tuple[int, str]]:
    for anchor in _parsed(source):
        row = anchor.findtext(f"{_ANCHOR}from/{_ANCHOR}row") or "0"
        for body in anchor.iter(f"{_ANCHOR}txBody"):
            lines = ["".join(run.text or "" for run in line.iter(f"{_DRAWN}t")) for line in body.iter(f"{_DRAWN}p")]
            if text := "\n".join(line for line in lines if line.strip()):
                yield int(row), text
