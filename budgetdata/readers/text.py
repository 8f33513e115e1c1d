"""Read a text conversion of a disclosure: tab-separated rows, paragraphs, form feeds as page breaks.

Works on .txt and .md. A table is a run of lines that hold tabs, or an HTML table; a blank line ends it, and whether two
runs are one table is decided behind the reader, where the forms are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import normal, strip_markup
from budgetdata.readers.html_tables import read_html_table, table_ends

_CONTENTS_LINE = re.compile(r"(?<![.．·…])[.．·…]{3,}(?:</?b>|\*\*|\s)*\d{1,3}(?:</?b>|\*\*|\s)*$")
_HEADING = re.compile(r"^(#{1,6})\s+")
_WATERMARK_WORDS = re.compile(
    r"(?:内部(?:审核|资料|使用)|仅供|征求意见|送审稿|草稿|水印|机密|严禁外传|DRAFT)", re.IGNORECASE
)
_MARKDOWN_RULE = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
WATERMARK_REPEATS = 4
MAX_BYTES = 32 * 1024 * 1024
WHOLE_SHARE, FEWEST_CELLS = 2, 4
"""Where one row in so many is whole, and as wide as this, parts of others may be put together."""
LONGEST_PART = 6
"""Characters that the first part of a head may have, alone above its table."""
SAME_START = 4
"""Characters with which several rows of a list of projects begin: those of their office."""
FIRST_ROWS = 6
"""Rows that may be heads, of which a table's widest row may be a part."""
_NUMBER = re.compile(r"[-+()（）\d０-９.,，、．\s]*")
_REMARK = re.compile(r"[(（]?(?:注|备注|说明|单位|金额单位)[:：]|第[一二三四五六七八九十]+部分")
"""What stands below a table and is no rest of its last cell."""
_ABOVE = re.compile(rf"{_REMARK.pattern}|表|：|:|\d{{4}}")
"""What no first part of the first cell of a table holds."""
_OPEN = "≥≤＞＜>=<，、（(：:；"
"""What no cell ends with: a number below it is its rest."""
_CLOSING = tuple("，。；、：）》”！？")
IDEOGRAPH = "\u2e7f"
"""Characters above are Chinese: an amount is never the part of a cell."""


def read_text(path: Path) -> RawDocument:
    """The blocks of a text file. Raises DocumentError where it is empty, too large or not text."""
    return parse_text(_decode(path), path.name)


def parse_text(text: str, source_file: str) -> RawDocument:
    """The blocks of a text given as a string; lines are counted from 1 as an editor counts them."""
    text = normal(text.replace("\r\n", "\n").replace("\r", "\n"))
    text, tables = _without_html_tables(text)
    reading = _Reading(source_file, text)
    for number, line in enumerate(reading.lines, start=1):
        reading.take(number, line)
        for source in tables.get(number, ()):
            reading.take_html(number, source)
    return reading.finished()


class _Reading:
    """A text being read line by line: the rows of the table that is open, and the document so far."""

    def __init__(self, source_file: str, text: str) -> None:
        self.lines = text.split("\n")
        self._document = RawDocument(source_file=source_file, source_kind="text", blocks=[])
        self._watermarks = _watermarks(self.lines)
        self._trimmed = _drops_trailing_blanks(self.lines)
        self._page = 1 if "\f" in text else None
        self._rows: list[RawRow] = []
        self._reached = 0
        """The last line of those that follow a row without a blank line between."""
        self._ended = False
        """Whether the last of these is a sentence."""
        self._lone = 0
        """The last line that may be the first part of a cell: as short as one, and no title."""

    def take(self, number: int, line: str) -> None:
        """Add one line: a row of a table, a paragraph, or a mark that is left out."""
        if self._page is not None and "\f" in line:
            self._close_table()
            self._page += line.count("\f")
            line = line.replace("\f", "")
        place = Place(self._page, number)
        bare = line.strip()
        if bare in self._watermarks:
            self._document.left_out.append((place, said("readers.watermark", text=bare)))
            return
        if _is_row(line) or self._holds(number, bare):
            cells = _cells(line)
            if cells:
                rest = not self._rows and number > 1 and number - 1 in (self._reached, self._lone)
                self._rows.append(RawRow(cells, place, doubt=0 if rest and _is_words(cells[0]) else None))
                self._reached = number
            return
        goes_on = self._reached == number - 1 > 0 and not _HEADING.match(bare) and not _REMARK.match(bare)
        if bare and goes_on and self._rows and _is_words(self._rows[-1].cells[-1]):
            self._rows[-1] = replace(self._rows[-1], doubt=len(self._rows[-1].cells) - 1)
        self._close_table()
        if bare:
            self._reached, self._ended = (number if goes_on else 0), bare.endswith("。")
            self._lone = number if len(bare) <= LONGEST_PART and not _ABOVE.search(bare) else 0
            self._document.blocks.append(_paragraph(bare, place))

    def _holds(self, number: int, bare: str) -> bool:
        """Whether a line without tabs is of the table above it: a lone cell directly below a row, or a sentence between two."""
        if not self._rows or self._rows[-1].place.line != number - 1:
            return False
        ends = bare.endswith("。") and not _REMARK.match(bare) and _is_row("".join(self.lines[number : number + 1]))
        return ends or _is_lone_cell(bare)

    def take_html(self, number: int, source: str) -> None:
        """Add the tables of an HTML fragment that begins on a line; one that cannot be read is named."""
        self._close_table()
        try:
            self._document.blocks += read_html_table(source, self._page, number)
        except Exception as error:  # whatever a broken fragment makes the parser do, it is this table's end, no more
            reason = said("readers.fault", error=type(error).__name__)
            self._document.unreadable.append((Place(self._page, number), reason))

    def finished(self) -> RawDocument:
        """The document, after its last line."""
        self._close_table()
        self._document.pages = self._page
        return self._document

    @cached_property
    def _printed(self) -> Counter[str]:
        """How often the text prints which cell."""
        return Counter(cell for line in self.lines if _is_row(line) for cell in _cells(line))

    def _close_table(self) -> None:
        if self._rows:
            rows = _whole_rows(_with_last_lines(self._rows), self._trimmed)
            if any(len(row.cells) < max(len(row.cells) for row in rows) for row in rows):
                rows = _as_elsewhere(rows, self._printed)
            rows = _doubted(rows, self._trimmed, self._ended, self._printed)
            self._document.blocks.append(RawTable(tuple(_padded(rows) if self._trimmed else rows)))
            self._rows = []


def _without_html_tables(text: str) -> tuple[str, dict[int, list[str]]]:
    """The text with each closed HTML table taken out, its lines kept blank, and the tables by the line they begin on."""
    tables: dict[int, list[str]] = {}
    kept: list[str] = []
    at, line = 0, 1
    for start, end in sorted(table_ends(text).items()):
        if start < at:
            continue
        before, source = text[at:start], text[start:end]
        line += before.count("\n")
        tables.setdefault(line, []).append(source)
        kept += [before, re.sub(r"[^\n\f]+", "", source)]
        line += source.count("\n")
        at = end
    return "".join([*kept, text[at:]]), tables


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
    return [replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows]


def _as_elsewhere(rows: Sequence[RawRow], printed: Counter[str]) -> list[RawRow]:
    """The rows, two made one whose cells where they meet are one that the text prints elsewhere, where it does not print both."""
    width = max(len(row.cells) for row in rows)
    joined: list[RawRow] = []
    for number, row in enumerate(rows):
        above = joined[-1] if joined else None
        if above is not None and _follows(above, rows[number - 1].place, row):
            parts = (above.cells[-1], row.cells[0])
            fits = len(above.cells) + len(row.cells) - 1 <= width
            if fits and printed["".join(parts)] and min(printed[part] for part in parts) < 2:
                above = joined.pop()
                row = replace(above, cells=(*above.cells[:-1], "".join(parts), *row.cells[1:]), doubt=row.doubt)
        joined.append(row)
    return joined


def _doubted(rows: Sequence[RawRow], trimmed: bool, ended: bool, printed: Counter[str]) -> list[RawRow]:
    """The rows, two of which one follows the other marked where they may be one that a line break within a cell parts: both
    together are no wider than the table, and meet as parts do. ended: a sentence ended above them: a whole row is no rest of it.
    A whole row below a lone line is no part of it where the text prints its first cell elsewhere, or another row begins so.
    """
    width = max(len(row.cells) for row in rows)
    doubts = {number: row.doubt for number, row in enumerate(rows) if row.doubt is not None}
    if ended and len(rows[0].cells) == width and len(rows) > 1:
        doubts.pop(0, None)
    numbered = any(row.cells[0] and not _is_words(row.cells[0]) for row in rows if len(row.cells) == width)
    for number, (above, row) in enumerate(pairwise(rows)):
        fits = len(above.cells) + len(row.cells) - 1 <= width or (
            trimmed and number < FIRST_ROWS and not _holds_numbers(above, row)
        )
        fits = fits and not any(_REMARK.match(part.cells[0]) for part in (above, row))
        short = not trimmed and max(len(above.cells), len(row.cells)) < width
        if fits and _meet(above.cells[-1], row.cells[0], short, numbered):
            doubts.setdefault(number, len(above.cells) - 1)
            lone = not trimmed and len(above.cells) == 1 and len(row.cells) == width
            if not lone or not (printed[row.cells[0]] > 1 or _begins_as_another(row, rows)):
                doubts[number + 1] = 0
    return [replace(row, doubt=doubts.get(number)) for number, row in enumerate(rows)]


def _begins_as_another(row: RawRow, rows: Sequence[RawRow]) -> bool:
    start = row.cells[0][:SAME_START]
    return len(start) == SAME_START and sum(other.cells[0].startswith(start) for other in rows) > 1


def _holds_numbers(*rows: RawRow) -> bool:
    return any(text and not _is_words(text) for row in rows for text in row.cells)


def _meet(text: str, rest: str, short: bool, numbered: bool) -> bool:
    """Whether the last cell of a row and the first one of the next may be parts of one. short: both rows lack cells, and no row
    does but for a break; numbered: numbers begin rows of their table."""
    if short:
        return bool(text and rest)
    return _is_words(text) and (_is_words(rest) or (bool(rest) and (not numbered or text[-1:] in _OPEN)))


def _is_words(text: str) -> bool:
    return not _NUMBER.fullmatch(text)


def _with_last_lines(rows: Sequence[RawRow]) -> list[RawRow]:
    """The rows, a line below the last cell of one that is as wide as its table put into it: where it is a sentence, or what
    follows goes on with what stands above, so that the line opens nothing. No cell begins with the sign that ends a sentence or
    a part of one."""
    width = max(len(row.cells) for row in rows)
    joined: list[RawRow] = []
    for number, row in enumerate(rows):
        above = joined[-1] if joined else row
        below = rows[number + 1] if number + 1 < len(rows) else row
        follows = number > 0 and _follows(above, rows[number - 1].place, row)
        lone = follows and len(row.cells) == 1 and len(above.cells) == width > 1
        if follows and row.cells[0].startswith(_CLOSING) and len(above.cells) + len(row.cells) - 1 <= width:
            joined[-1] = replace(above, cells=(*above.cells[:-1], above.cells[-1] + row.cells[0], *row.cells[1:]))
        elif lone and (_is_last_line(row) or (len(below.cells) > 1 and not below.cells[0])):
            joined[-1] = replace(above, cells=(*above.cells[:-1], above.cells[-1] + row.cells[0]))
        else:
            joined.append(row)
    return joined


def _whole_rows(rows: list[RawRow], trimmed: bool) -> list[RawRow]:
    """The rows, those made one that line breaks within cells part: in lines that follow each other between whole rows, each
    with fewer cells than nearly all rows of the table, together as many as these.

    trimmed: a row may be short because it ends in blanks; then no other row may be."""
    width, whole = Counter(len(row.cells) for row in rows).most_common(1)[0]
    if WHOLE_SHARE * whole < len(rows) or width < FEWEST_CELLS:
        return rows
    joined: list[RawRow] = []
    for short, run in groupby(rows, key=lambda row: len(row.cells) < width):
        parts = list(run)
        if short and joined and len(parts[0].cells) == 1 and _is_words(joined[-1].cells[-1]):
            joined.append(parts.pop(0))  # it may be the end of the row above as well as the beginning of the one below
        joined += (_put_together(parts, width) or parts) if short else parts
    return rows if trimmed and any(len(row.cells) < width for row in joined) else joined


def _put_together(parts: list[RawRow], width: int) -> list[RawRow]:
    """Whole rows that the parts make, none left over; empty where they make none."""
    made: list[RawRow] = []
    for number, row in enumerate(parts):
        last = made[-1] if made else None
        if last is None or (len(last.cells) == width and not _is_last_line(row)):
            made.append(row)
        elif not _follows(last, parts[number - 1].place, row) or len(last.cells) + len(row.cells) - 1 > width:
            return []
        else:
            cells = (*last.cells[:-1], last.cells[-1] + row.cells[0], *row.cells[1:])
            ends = None if row.doubt is None else len(last.cells) - 1 + row.doubt
            made[-1] = RawRow(cells, last.place, doubt=ends if last.doubt is None else last.doubt)
    return made if all(len(row.cells) == width for row in made) else []


def _is_last_line(row: RawRow) -> bool:
    return len(row.cells) == 1 and row.cells[0].endswith("。")


def _follows(above: RawRow, end: Place, row: RawRow) -> bool:
    """Whether a row stands in the line below the one that the row above ends in, and both meet in words."""
    words = all(any(sign > IDEOGRAPH for sign in text) for text in (above.cells[-1], row.cells[0]))
    return words and (end.line or 0) + 1 == row.place.line


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
