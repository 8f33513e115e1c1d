"""What is stored of a document that is registered: the file itself where it names no person, else its masked text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetdata.base.errors import BudgetDataError, DocumentError, RegisterError
from budgetdata.base.identify import Head, identify
from budgetdata.base.leaves import leaf_of
from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawRow
from budgetdata.base.text import normal, squeeze
from budgetdata.privacy.mask import mask, mask_document, masked_parts, text_of
from budgetdata.privacy.patterns import MASKS
from budgetdata.privacy.scan import leftovers, scan
from budgetdata.privacy.words import has_surname
from budgetdata.readers import OFFICE_SUFFIXES, PDF_SUFFIXES, read_document
from budgetdata.readers.office.process import everything
from budgetdata.readers.pdf.process import TextLayer, read_text_layer, redacted

_ENCODINGS = ("utf-8", "gb18030", "utf-16")
_LONGEST_NAME = 4
_TAKEN_OUT = "stored as a copy of the PDF from which was taken out what it held: {}"
_MASKS = re.compile("|".join(MASKS))


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be stored of a document: bytes, their suffix, how many places were masked, remarks for the user."""

    data: bytes
    suffix: str
    masked: int
    remarks: tuple[str, ...]


def copy_of(path: Path, data: bytes) -> tuple[Head, Copy, str]:
    """What the document says of itself, what is to be stored of it, and the kind of source (text, pdf, docx …)."""
    if path.suffix.lower() in PDF_SUFFIXES:
        document = _read(path)  # in a process of its own, which a damaged file may end
        pdf = _read_pdf(path)
        return _head(document), _pdf_copy(path, data, pdf, document), "pdf"
    if path.suffix.lower() in OFFICE_SUFFIXES:
        return _office_copy(path, data)
    document = _read(path)
    text, encoding = _decode(path, data)
    masked, count = mask(text)
    remarks = () if encoding == "utf-8" else (f"stored as UTF-8 (it was {encoding})",)
    return _head(document), Copy(masked.encode("utf-8"), ".txt", count, remarks + _leftovers(masked)), "text"


def _office_copy(path: Path, data: bytes) -> tuple[Head, Copy, str]:
    """Of an office file or web page: the file itself where no part of it, seen or hidden, names a person."""
    document = _read(path)
    masked, first = mask_document(document)
    text, second = mask(conversion(masked))
    reasons = ["names or phone numbers in it"] if first + second else []
    reasons += _reasons_within(path, document.source_kind)
    if not reasons:
        return _head(masked), Copy(data, path.suffix.lower(), 0, ()), document.source_kind
    remark = f"stored as a masked text conversion, not as {path.suffix}, for it holds {'; '.join(reasons)}"
    remarks = (remark, *_leftovers(text))
    return _head(masked), Copy(text.encode("utf-8"), ".txt", first + second, remarks), document.source_kind


def _reasons_within(path: Path, kind: str) -> list[str]:
    """Why an office file cannot be stored as it is, by all that it holds, the parts that nobody sees too."""
    if kind == "xls":
        return ["parts of a format of before 2007, which cannot be searched for names"]
    try:
        held = everything(path)
    except BudgetDataError as error:
        raise RegisterError(str(error)) from error
    reasons = ["names or phone numbers in its hidden parts"] if mask(held.text)[1] or scan(held.text) else []
    if any(has_surname(author) and len(author) <= _LONGEST_NAME for author in held.authors):
        reasons.append("a person's name as its author")
    if held.pictures:
        reasons.append(f"{held.pictures} pictures, which cannot be searched for names")
    return reasons


def _head(document: RawDocument) -> Head:
    return identify(mask_document(document)[0].blocks)


def _read(path: Path) -> RawDocument:
    try:
        return read_document(path)
    except BudgetDataError as error:
        raise RegisterError(str(error)) from error


def _decode(path: Path, data: bytes) -> tuple[str, str]:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise RegisterError(f"{path.name}: neither UTF-8, GB18030 nor UTF-16; save it as UTF-8")


def _read_pdf(path: Path) -> TextLayer:
    try:
        pdf = read_text_layer(path)
    except BudgetDataError as error:
        raise RegisterError(str(error)) from error
    if not "".join(pdf.pages).strip():
        raise RegisterError(
            f"{path.name}: a scan without a text layer (扫描件), so names on it cannot be masked; "
            "recognise the text first (OCR) and add the result"
        )
    return pdf


def _pdf_copy(path: Path, data: bytes, pdf: TextLayer, document: RawDocument) -> Copy:
    """The PDF itself where nothing in it is personal, else a copy with that taken out, else a masked text conversion."""
    masked, first = mask_document(document)
    text, second = mask(conversion(masked))
    count = first + second
    reasons = []
    if count or mask(pdf.text)[1] or scan(pdf.text):
        reasons.append("names or phone numbers in its text")
    if pdf.pictures:
        reasons.append(f"pages without text, which cannot be searched for names: {_numbers(pdf.pictures)}")
    if has_surname(pdf.author) and len(pdf.author) <= _LONGEST_NAME:
        reasons.append("a person's name as its author")
    if not reasons:
        return Copy(data, ".pdf", 0, ())
    why = "a page is a picture"
    if not pdf.pictures:
        try:
            return Copy(_redacted(path, pdf, document, masked), ".pdf", count, (_TAKEN_OUT.format("; ".join(reasons)),))
        except BudgetDataError as error:
            why = str(error).removeprefix(f"{path.name}: ")
    remark = f"stored as a masked text conversion, not as PDF ({why}), for it holds {'; '.join(reasons)}"
    return Copy(text.encode("utf-8"), ".txt", count, (remark, *_leftovers(text)))


def _redacted(path: Path, pdf: TextLayer, document: RawDocument, masked: RawDocument) -> bytes:
    """A copy of the PDF with what is personal taken out of its pages, proved by reading it: the text is gone, all else the same.

    Raises DocumentError where that cannot be proved.
    """
    parts = dict.fromkeys([*masked_parts(text_of(document)), *masked_parts(pdf.text)])
    data = redacted(path, [part for part in parts if len(squeeze(part)) > 1])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"copy{path.suffix}"
        copy.write_bytes(data)
        layer, again = read_text_layer(copy), read_document(copy)
    seen = squeeze(normal(layer.text))
    if (
        mask(text_of(again))[1]
        or mask(layer.text)[1]
        or any(not left.office for left in leftovers(layer.text))
        or layer.author
    ):
        raise DocumentError("something personal is left in the copy")
    if any(squeeze(normal(part)) in seen for part in parts if len(squeeze(part)) > _LONGEST_NAME):
        raise DocumentError("something personal is left in the copy")
    if _printed(again) != _printed(masked):
        raise DocumentError("the copy does not read as the original does")
    return data


def _printed(document: RawDocument) -> list[tuple[str, ...]]:
    """All that is printed in a document, without masks and blanks: each row of a table, and what stands between two tables.

    A line from whose middle something was taken out may be two paragraphs.
    """
    rows: list[tuple[str, ...]] = []
    between = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            between += _bare(block.text)
            continue
        rows += [(between,), *(tuple(filter(None, map(_bare, row.cells))) for row in block.rows)]
        between = ""
    return [row for row in (*rows, (between,)) if any(row)]


def _bare(text: str) -> str:
    return squeeze(_MASKS.sub("", text))


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(f"p.{number}" for number in pages)


def _leftovers(text: str) -> tuple[str, ...]:
    return tuple(f"look at the stored copy, {message}" for message in scan(text))


def conversion(document: RawDocument) -> str:
    """A document as the text reader reads it: rows tab-separated, paragraphs as lines, form feeds between pages.

    A line break inside a cell is written <br>; a blank line parts a block from the next.
    """
    lines: list[str] = []
    page = 1
    for block in document.blocks:
        for number, text in _lines_of(block):
            turns = max((number or page) - page, 0)
            page += turns
            lines.append("\f" * turns + text)
        lines.append("")
    return "\n".join(lines)


def _lines_of(block: Block) -> list[tuple[int | None, str]]:
    if isinstance(block, Paragraph):
        mark = "#" * block.heading + " " if block.heading else ""
        return [(_page(block.place), mark + " ".join(block.text.split("\n")).replace("\t", " "))]
    return [(_page(row.place), _row_line(row)) for row in block.rows]


def _page(place: Place) -> int | None:
    """The number of a page or worksheet; None where a file has none."""
    return leaf_of(place.page).number or None if place.page else None


def _row_line(row: RawRow) -> str:
    cells = [cell.replace("\t", " ").replace("\n", "<br>") for cell in row.cells]
    return "\t".join(cells) if len(cells) > 1 else f"{cells[0]}\t"
