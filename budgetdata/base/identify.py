"""Whose budget a document is, of which year and kind, and where: from its cover, its labels and the titles of its tables.

Running text never tells the year or the body: it speaks of other years and other bodies too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from budgetdata.base.raw import Block, Paragraph, Place, RawTable
from budgetdata.base.region import region_of
from budgetdata.base.scope import scope_of, units_listed
from budgetdata.base.text import half_width, squeeze, strip_markup, western_years
from budgetdata.base.titles import OFFICE_END, Kind, Title, body_of_label, is_body, titles

DEPARTMENT_LABELS = (
    "部门名称", "部门(单位)名称", "预算主管部门", "预算部门", "编制部门", "填报部门", "单位名称", "部门(单位)", "部门",
    "编制单位", "填报单位", "预算单位", "单位",
)  # fmt: skip
"""In order of trust: the first that prints a value decides."""

NOWHERE = Place(None, None)
_COVER_LINES = 40
_FIRST_LINES = 80
_TITLE_LENGTH = 60
_REPEATED = 3
_COVER_ENDS = re.compile(r"^(?:目录|目次|第[一二三四五六七八九]部分|[一二三四五六七八九]、|\d+[、.])|[.．·…]{3,}")
_SENTENCE = re.compile(r"[。；;]")
_YEAR_ALONE = re.compile(r"^\(?(20\d\d)\)?\(?年度?\)?$|^\((20\d\d)\)?年度?\)?$")
_TABLE_TITLE = re.compile(r"表(?:\([^()]*\))*$|^(?:预算)?(?:公开)?表[一二三四五六七八九十\d]")
_YEAR = re.compile(r"(20\d\d)年")
_PRINTED_YEAR = re.compile(r"(20\d\d)年度?(?:[^。;；]{0,40}?)(?:预算|收支)")
_DATED = re.compile(r"^(20\d\d)年(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(\d{1,2})日)?$")
_FINAL_ACCOUNTS_TABLE = re.compile(r"决算(?:总|情况|明细)?表")
_MONTHS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line or cell row: its text half-width, and where it stands."""

    text: str
    place: Place
    cells: tuple[str, ...] = ()


@dataclass(slots=True)
class Head:
    """What a document says of itself: '' and None where it does not say.

    title: the cover's title; what: budget | final_accounts | ''. corrected: the word that says it corrects another (更正).
    dated: the date its cover bears, as year-month-day. table_years: the years of its tables' titles, how often each.
    """

    department: str = ""
    year: int | None = None
    kind: Kind | None = None
    region: str = ""
    title: str = ""
    title_place: Place = NOWHERE
    what: str = ""
    corrected: str = ""
    dated: str = ""
    cover_year: int | None = None
    table_years: Counter[int] = field(default_factory=Counter)


def identify(blocks: Sequence[Block]) -> Head:
    """What the cover, the labels and the tables' titles of a document say of it."""
    lines = list(lines_of(blocks))
    cover = cover_of(lines)
    title, at = _title_of(cover, lines)
    if title is None:
        title, at = _title_of([line for line in lines[:_FIRST_LINES] if _may_be_title(line)], lines)
    head = Head(table_years=_table_years(lines), dated=_date_of(cover))
    if title is not None:
        head.title, head.title_place, head.what, head.corrected = title.text, at.place, title.what, title.corrected
        head.cover_year = title.year or _year_alone(cover)
    elif sum(bool(_FINAL_ACCOUNTS_TABLE.search(line.text)) for line in lines if _may_be_title(line)) >= _REPEATED:
        first = next(line for line in lines if _may_be_title(line) and _FINAL_ACCOUNTS_TABLE.search(line.text))
        head.title, head.title_place, head.what = first.text, first.place, "final_accounts"
    head.department = _department(title, cover, lines)
    head.year = head.cover_year or _year(cover, head.table_years, lines)
    head.kind = _kind(title, head.department, blocks)
    head.region = region_of(head.department, head.title, *(squeeze(line.text) for line in cover))
    return head


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """Every printed line of a document that is not blank, rows of cells too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for part in block.text.split("\n"):
                if text := _plain(part):
                    yield Line(text, block.place)
        else:
            for row in block.rows:
                cells = tuple(_plain(cell.replace("\n", "")) for cell in row.cells)
                if any(cells):
                    yield Line(" ".join(cell for cell in cells if cell), row.place, cells)


def _plain(text: str) -> str:
    return western_years(half_width(strip_markup(text))).strip()


def cover_of(lines: Sequence[Line]) -> list[Line]:
    """The lines before the contents, the first heading, table or sentence; a watermark's repeated lines left out."""
    leading = list(takewhile(lambda line: not _ends_cover(line), lines[:_COVER_LINES]))
    counts = Counter(line.text for line in leading)
    return [line for line in leading if counts[line.text] < _REPEATED]


def _ends_cover(line: Line) -> bool:
    bare = squeeze(line.text)
    if line.cells and len([cell for cell in line.cells if cell]) > 1:
        return True
    return bool(_COVER_ENDS.search(bare) or _SENTENCE.search(bare) or len(bare) > 2 * _TITLE_LENGTH)


def _may_be_title(line: Line) -> bool:
    bare = squeeze(line.text)
    return len(bare) <= _TITLE_LENGTH and not _SENTENCE.search(bare) and "..." not in bare


def _title_of(lines: Sequence[Line], all_lines: Sequence[Line]) -> tuple[Title | None, Line]:
    """The title that these lines print, with the body's whole name: one that begins with its region, or stands elsewhere."""
    found = list(titles([squeeze(line.text) for line in lines]))
    if not found:
        return None, Line("", NOWHERE)
    first = min(start for start, _ in found)
    text = "\n".join(squeeze(line.text) for line in all_lines)
    near = [(start, title) for start, title in found if start <= first + 3]
    start, best = max(near, key=lambda item: _trust(item[1], item[0], text))
    if best.year is None:
        best = replace(best, year=next((title.year for _, title in near if title.year), None))
    return best, lines[start]


def _trust(title: Title, start: int, text: str) -> tuple[bool, bool, bool, bool, int, int]:
    name = half_width(title.name)
    elsewhere = bool(name) and text.count(name) > 1
    return bool(name), title.year is not None, bool(region_of(name)), elsewhere, len(name), -start


def _department(title: Title | None, cover: Sequence[Line], lines: Sequence[Line]) -> str:
    if title is not None and title.name:
        return title.name
    if named := _labelled(cover) or _beside_title(title, cover):
        return named
    return _labelled(lines) or _in_cells(lines)


def _labelled(lines: Sequence[Line]) -> str:
    """The body behind the most trusted label that prints one; the one printed most often."""
    for label in DEPARTMENT_LABELS:
        printed = re.compile(rf"(?:^|[\s:(]){re.escape(label)}\s*:\s*(?P<value>[^\s,;，；]+(?:\s+\([^\s()]*\))?)")
        names = Counter(
            name
            for line in lines
            if (match := printed.search(line.text))
            and (name := body_of_label(match["value"]))
            and (label != "单位" or OFFICE_END.search(half_width(name)))
        )
        if names:
            return names.most_common(1)[0][0]
    return ""


def _in_cells(lines: Sequence[Line]) -> str:
    """The body in the cell behind a cell that is a label (部门名称 | 某某局)."""
    names: Counter[str] = Counter()
    for line in lines:
        filled = [squeeze(cell) for cell in line.cells if cell]
        for label, value in pairwise(filled):
            if label.rstrip(":") in DEPARTMENT_LABELS and OFFICE_END.search(value) and (name := body_of_label(value)):
                names[name] += 1
    return names.most_common(1)[0][0] if names else ""


def _beside_title(title: Title | None, cover: Sequence[Line]) -> str:
    """The one line of the cover that is a body's name, where the title names none."""
    if title is None:
        return ""
    bare = [squeeze(line.text) for line in cover]
    named = [text for text in bare if OFFICE_END.search(text) and is_body(text) and ":" not in text]
    return body_of_label(named[0]) if named else ""


def _year(cover: Sequence[Line], table_years: Counter[int], lines: Sequence[Line]) -> int | None:
    on_cover = [year for line in cover for year in printed_years(line.text)]
    if on_cover:
        return Counter(on_cover).most_common(1)[0][0]
    if alone := _year_alone(cover):
        return alone
    if table_years:
        return table_years.most_common(1)[0][0]
    stated = Counter(year for line in lines if (year := _alone(line.text)))
    if stated:
        return stated.most_common(1)[0][0]
    heads = Counter(year for line in lines[:_FIRST_LINES] if _may_be_title(line) for year in printed_years(line.text))
    return heads.most_common(1)[0][0] if heads else None


def _year_alone(lines: Sequence[Line]) -> int | None:
    return next((year for line in lines if (year := _alone(line.text))), None)


def _alone(text: str) -> int | None:
    match = _YEAR_ALONE.match(squeeze(text))
    return int(match[1] or match[2]) if match else None


def _table_years(lines: Sequence[Line]) -> Counter[int]:
    """The budget years of the tables' titles: of two in one title the later."""
    years: Counter[int] = Counter()
    for line in lines:
        bare = squeeze(line.text)
        if _TABLE_TITLE.search(bare) and (found := _YEAR.findall(bare)) and _may_be_title(line):
            years[max(int(year) for year in found)] += 1
    return years


def printed_years(line: str) -> list[int]:
    """The years that a line prints before 预算 or 收支, in order."""
    bare = western_years(half_width(squeeze(line)))
    return [int(match[1]) for match in _PRINTED_YEAR.finditer(bare)]


def _date_of(cover: Sequence[Line]) -> str:
    """The date that stands on a line of its own on the cover, as 2026-02-10 or 2026-02; '' where none does."""
    for line in cover:
        if match := _DATED.match(squeeze(line.text)):
            year, month, day = match.groups()
            number = int(month) if month.isdecimal() else _MONTHS.get(month, 0)
            return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")
    return ""


def _kind(title: Title | None, department: str, blocks: Sequence[Block]) -> Kind | None:
    """The kind that the title says; else the one that the document says of its scope; else a department's own."""
    if title is not None and title.kind is not None:
        return title.kind
    if re.search(r"（(?:.{0,3}本级|机关)）$", department):
        return Kind.UNIT
    if re.search(r"（.{0,6}汇总）$", department):
        return Kind.CONSOLIDATED
    paragraphs = (block for block in blocks if isinstance(block, Paragraph))
    stated = next((kind for block in paragraphs if (kind := scope_of(block.text))), None)
    if stated is None and any(isinstance(block, RawTable) and len(units_listed(block)) > 1 for block in blocks):
        return Kind.CONSOLIDATED
    return stated or (Kind.DEPARTMENT if title is not None or department else None)
