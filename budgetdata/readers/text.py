"""Read a text conversion of a disclosure: tab-separated rows, paragraphs, form feeds as page breaks.

Works on .txt and .md. A table is a run of lines that hold tabs; a blank line ends it, and whether two runs are
one table is decided behind the reader, where the forms are known.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import strip_markup

_CONTENTS_LINE = re.compile(r"[.．·…]{3,}(?:</?b>|\*\*|\s)*\d{1,3}(?:</?b>|\*\*|\s)*$")
_HEADING = re.compile(r"^(#{1,6})\s+")
_WATERMARK_WORDS = re.compile(
    r"(?:内部(?:审核|资料|使用)|仅供|征求意见|送审稿|草稿|水印|机密|严禁外传|DRAFT)", re.IGNORECASE
)
_MARKDOWN_RULE = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
WATERMARK_REPEATS = 4
MAX_BYTES = 32 * 1024 * 1024


def read_text(path: Path) -> RawDocument:
    """The blocks of a text file. Raises DocumentError where it is empty, too large or not text."""
    return parse_text(_decode(path), path.name)


def parse_text(text: str, source_file: str) -> RawDocument:
    """The blocks of a text given as a string; lines are counted from 1 as an editor counts them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    document = RawDocument(source_file=source_file, source_kind="text", blocks=[])
    watermarks = _watermarks(lines)
    page = 1 if "\f" in text else None
    rows: list[RawRow] = []
    trimmed = _drops_trailing_blanks(lines)

    def close_table() -> None:
        if rows:
            document.blocks.append(RawTable(tuple(_padded(rows) if trimmed else rows)))
            rows.clear()

    for number, line in enumerate(lines, start=1):
        if page is not None and "\f" in line:
            close_table()
            page += line.count("\f")
            line = line.replace("\f", "")
        place = Place(page, number)
        bare = line.strip()
        if bare in watermarks:
            document.left_out.append((place, said("readers.watermark", text=bare)))
            continue
        if _is_row(line) or (rows and rows[-1].place.line == number - 1 and _is_lone_cell(bare)):
            cells = _cells(line)
            if cells:
                rows.append(RawRow(cells, place))
            continue
        close_table()
        if bare:
            document.blocks.append(_paragraph(bare, place))
    close_table()
    document.pages = page
    return document


def _decode(path: Path) -> str:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise DocumentError(
            f"{path.name}: {size} bytes is more than a text disclosure holds ({MAX_BYTES}); split it first"
        )
    data = path.read_bytes()
    if not data.strip():
        raise DocumentError(f"{path.name}: the file is empty; convert the original again")
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(f"{path.name}: not a text file (it holds NUL bytes); give the PDF or a text conversion")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentError(f"{path.name}: neither UTF-8, GB18030 nor UTF-16; save it as UTF-8")


def _is_row(line: str) -> bool:
    if _CONTENTS_LINE.search(line.strip()):
        return False
    return "\t" in line or (line.strip().startswith("|") and line.strip().endswith("|"))


def _is_lone_cell(bare: str) -> bool:
    """True for a line directly below a row that is itself a row whose blank cells were dropped, or the rest of a cell."""
    return (
        0 < len(bare) <= 60 and not bare.endswith("。") and not _HEADING.match(bare) and not _CONTENTS_LINE.search(bare)
    )


def _cells(line: str) -> tuple[str, ...]:
    if "\t" not in line and _MARKDOWN_RULE.fullmatch(line.strip()):
        return ()
    bare = line.strip()
    piped = bare.startswith("|") and bare.endswith("|") and "\t" not in line
    parts = bare[1:-1].split("|") if piped else line.split("\t")
    cells = tuple(strip_markup(part) for part in parts)
    return cells if any(cells) else ()


def _drops_trailing_blanks(lines: list[str]) -> bool:
    """True where the conversion never ends a row in a blank cell: its rows' missing ends are blanks, not lost cells."""
    rows = [line for line in lines if _is_row(line) and "\t" in line]
    return bool(rows) and not any(line.endswith("\t") for line in rows)


def _padded(rows: list[RawRow]) -> list[RawRow]:
    width = max(len(row.cells) for row in rows)
    return [RawRow(row.cells + ("",) * (width - len(row.cells)), row.place) for row in rows]


def _paragraph(bare: str, place: Place) -> Paragraph:
    heading = _HEADING.match(bare)
    return Paragraph(strip_markup(bare), place, len(heading.group(1)) if heading else 0)


def _watermarks(lines: list[str]) -> set[str]:
    """Short lines that come back so often, next to themselves or in watermark words, that they are no text of the document."""
    filled = [line.strip() for line in lines if line.strip()]
    counts = Counter(line for line in filled if "\t" not in line and len(line) <= 24)
    doubled = {line for line, following in pairwise(filled) if line == following}
    return {
        line
        for line, count in counts.items()
        if count >= WATERMARK_REPEATS and (line in doubled or _WATERMARK_WORDS.search(line))
    }
