"""Register documents: hash, department and year, personal data masked, one row of data/sources.csv each.

What is stored below data/disclosures/ is safe to publish: the masked text, or a PDF that holds no personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from budgetdata.errors import BudgetDataError, RegisterError
from budgetdata.identify import identify, region_of
from budgetdata.model import Block, Paragraph, RawDocument, RawRow
from budgetdata.privacy import has_surname, mask, scan
from budgetdata.readers import PDF_SUFFIXES, SUFFIXES, read_document
from budgetdata.sources import (
    DATA_DIR,
    Source,
    document_id_of,
    read_sources,
    sha256_of,
    stored_path,
    write_sources,
    write_whole,
)

_ENCODINGS = ("utf-8", "gb18030", "utf-16")
_LONGEST_NAME = 4
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class _Copy:
    """What is to be stored of a document: bytes, their suffix, how many places were masked, remarks for the user."""

    data: bytes
    suffix: str
    masked: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pdf:
    """A PDF's text layer, pages parted by form feeds; pictures are pages that show an image and no text."""

    text: str
    author: str
    pages: int
    pictures: tuple[int, ...]


def add(
    files: Iterable[Path],
    data_dir: Path = DATA_DIR,
    department: str | None = None,
    year: int | None = None,
    region: str | None = None,
    url: str | None = None,
    say: Callable[[str], None] = lambda message: None,
) -> list[Source]:
    """Register files and return their entries in data/sources.csv, in the order given; `say` gets one line on each.

    department, year and region are taken from the document where they are not given. All files are registered or
    none. Raises RegisterError for a duplicate, for a department or year that cannot be found, and for a scan.
    """
    if year is not None and year not in YEARS:
        raise RegisterError(f"--year {year}: a budget year lies between {YEARS.start} and {YEARS.stop - 1}")
    known = read_sources(data_dir)
    copies = [(stored_path(source, data_dir), source) for source in known]
    stored = {sha256_of(path.read_bytes()): source for path, source in copies if path.exists()}
    new: list[tuple[Source, _Copy]] = []
    messages: list[str] = []
    for path in files:
        data = _bytes_of(path)
        sha256 = sha256_of(data)
        _refuse_duplicate(path, sha256, [*known, *(source for source, _ in new)], stored)
        text, copy, kind = _copy_of(path, data)
        source = _source(path, sha256, text, kind, department, year, region, url)
        source = replace(source, stored_as=f"{source.document_id}{copy.suffix}")
        messages += _messages(source, copy, [*known, *(other for other, _ in new)])
        new.append((source, copy))
    _store(data_dir, known, new)
    for message in messages:
        say(message)
    return [source for source, _ in new]


def _bytes_of(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise RegisterError(f"{path.name}: a disclosure is one of {kinds}; convert it to one of these first")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegisterError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if not data.strip():
        raise RegisterError(f"{path.name}: the file is empty; download it again")
    return data


def _refuse_duplicate(path: Path, sha256: str, known: Sequence[Source], stored: dict[str, Source]) -> None:
    for source in known:
        if source.source_sha256 == sha256:
            raise RegisterError(f"{path.name}: already registered as {_entry(source)}; nothing was changed")
    if sha256 in stored:
        raise RegisterError(f"{path.name}: this is the stored copy of {_entry(stored[sha256])}; nothing was changed")


def _entry(source: Source) -> str:
    origin = f"from {source.source_file}, on {source.registered_on}"
    return f"{source.document_id} ({source.department}, {source.year}, {origin})"


def _source(
    path: Path,
    sha256: str,
    text: str,
    kind: str,
    department: str | None,
    year: int | None,
    region: str | None,
    url: str | None,
) -> Source:
    found_department, found_year = identify(text)
    department, year = department or found_department, year or found_year
    if not department:
        raise RegisterError(f"{path.name}: no department found (no line 部门名称：…); give it with --department NAME")
    if not year:
        raise RegisterError(f"{path.name}: no budget year found (no title 20xx年…预算); give it with --year YYYY")
    return Source(
        source_file=path.name,
        source_sha256=sha256,
        document_id=document_id_of(sha256),
        department=department,
        year=year,
        region=region if region is not None else region_of(department),
        source_kind=kind,
        source_url=url or "",
        registered_on=datetime.now(UTC).date().isoformat(),
    )


def _copy_of(path: Path, data: bytes) -> tuple[str, _Copy, str]:
    """The document's masked text, what is to be stored of it, and the kind of source (text, pdf)."""
    if path.suffix.lower() in PDF_SUFFIXES:
        document = _read(path)  # in a process of its own, which a damaged file may end
        pdf = _read_pdf(path)
        return mask(pdf.text)[0], _pdf_copy(data, pdf, document), "pdf"
    _read(path)
    text, encoding = _decode(path, data)
    masked, count = mask(text)
    remarks = () if encoding == "utf-8" else (f"stored as UTF-8 (it was {encoding})",)
    return masked, _Copy(masked.encode("utf-8"), ".txt", count, remarks + _leftovers(masked)), "text"


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


def _read_pdf(path: Path) -> _Pdf:
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            texts, pictures = [], []
            for number, page in enumerate(pdf, start=1):
                texts.append(page.get_textpage().get_text_bounded())
                if not texts[-1].strip() and any(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])):
                    pictures.append(number)
            author = pdf.get_metadata_dict().get("Author", "")
    except pypdfium2.PdfiumError as error:
        message = f"{path.name}: not a PDF that can be opened ({error}); download it again, without a password"
        raise RegisterError(message) from error
    if not "".join(texts).strip():
        raise RegisterError(
            f"{path.name}: a scan without a text layer (扫描件), so names on it cannot be masked; "
            "recognise the text first (OCR) and add the result"
        )
    return _Pdf("\f".join(texts).replace("\r\n", "\n"), author, len(texts), tuple(pictures))


def _pdf_copy(data: bytes, pdf: _Pdf, document: RawDocument) -> _Copy:
    """The PDF itself where nothing in it is personal, else a masked text conversion."""
    text, count = mask(conversion(document))
    reasons = []
    if count or mask(pdf.text)[1] or scan(pdf.text):
        reasons.append("names or phone numbers in its text")
    if pdf.pictures:
        reasons.append(f"pages without text, which cannot be searched for names: {_numbers(pdf.pictures)}")
    if has_surname(pdf.author) and len(pdf.author) <= _LONGEST_NAME:
        reasons.append("a person's name as its author")
    if not reasons:
        return _Copy(data, ".pdf", 0, ())
    remark = f"stored as a masked text conversion, not as PDF, for it holds {'; '.join(reasons)}"
    return _Copy(text.encode("utf-8"), ".txt", count, (remark, *_leftovers(text)))


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
        return [(block.place.page, mark + " ".join(block.text.split("\n")).replace("\t", " "))]
    return [(row.place.page, _row_line(row)) for row in block.rows]


def _row_line(row: RawRow) -> str:
    cells = [cell.replace("\t", " ").replace("\n", "<br>") for cell in row.cells]
    return "\t".join(cells) if len(cells) > 1 else f"{cells[0]}\t"


def _messages(source: Source, copy: _Copy, known: Sequence[Source]) -> list[str]:
    head = f"{source.document_id} {source.department} {source.year}"
    region = source.region or "unknown (give --region)"
    messages = [f"{head}: registered from {source.source_file}, region {region}, {copy.masked} places masked"]
    messages += [f"{head}: {remark}" for remark in copy.remarks]
    for other in known:
        if (other.department, other.year) == (source.department, source.year):
            messages.append(f"{head}: another version of {_entry(other)}; both are kept")
    return messages


def _store(data_dir: Path, known: Sequence[Source], new: Sequence[tuple[Source, _Copy]]) -> None:
    """Copies first, then the register in one step; a failure takes the copies away again."""
    written: list[Path] = []
    try:
        for source, copy in new:
            path = stored_path(source, data_dir)
            written.append(path)
            write_whole(path, copy.data)
        write_sources(data_dir, [*known, *(source for source, _ in new)])
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise RegisterError(f"{data_dir}: cannot be written ({error.strerror}); nothing was registered") from error
        raise
