"""Lines outside tables made paragraphs; page headers, footers and page numbers told apart from them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from budgetdata.base.raw import Box
from budgetdata.base.said import Said
from budgetdata.base.text import half_width, squeeze, strip_markup
from budgetdata.layout.geometry import Rule
from budgetdata.layout.limits import APART, COMMON_SHARE, HEADER_PAGES, HEADER_SHARE, HEADER_ZONE, LONG, NARROWEST
from budgetdata.layout.rows import FoundTable
from budgetdata.layout.text import Line, pieces_of
from budgetdata.readers.pdf.limits import NUMBER_ASIDE, NUMBER_ZONE

PAGE_NUMBER, HEADER, FOOTER = "readers.page_number", "readers.page_header", "readers.page_footer"
_PAGE_NUMBER = re.compile(r"第?[-~·.|]*\d{1,4}[-~·.|]*[页頁]?(?:[/,]?共?\d{1,4}[页頁]?)?", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("—–―－─_", "-"))
_CONTENTS = re.compile(r"[.．·…]{3,}\s*\d{1,4}$")
_LEADER = re.compile(r"[.．·…‥]{6,}")
_ENDS = tuple("。；：！？;:!?")
_NUMBERED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|第[一二三四五六七八九十]+|[①-⑳注])"
)
_LABELLED = re.compile(r"^[（(]?(?:部门|单位|编制|填报|公开|预算)?(?:名称|单位|部门|金额单位|年度|日期)\s*[:：]")
_NO_BREAK = re.compile(r"^[0-9A-Za-z.,%]+[，。、；：）)》”%]*|^.[，。、；：）)》”]*")


@dataclass(slots=True)
class Layout:
    """What stands on one page: its lines outside tables and its tables."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[FoundTable] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    outside: list[tuple[Line, str]] = field(default_factory=list)
    problems: list[tuple[float, Said]] = field(default_factory=list)
    scanned: bool = False
    images: list[Box] = field(default_factory=list)


def furniture(layouts: list[Layout]) -> list[dict[int, str]]:
    """For each page, the index and code of every line that is a page header, a footer or a page number."""
    edges = [_edge_lines(layout) for layout in layouts]
    repeats = Counter(
        found
        for layout, lines in zip(layouts, edges, strict=True)
        for found in {(where, _signature(layout.lines[index])) for index, where in lines}
    )
    needed = max(HEADER_PAGES, HEADER_SHARE * len(layouts))
    result: list[dict[int, str]] = []
    for layout, lines in zip(layouts, edges, strict=True):
        kinds: dict[int, str] = {}
        stopped: set[str] = set()
        for index, where in lines:
            if where in stopped:
                continue
            line = layout.lines[index]
            if _is_number(line):
                kinds[index] = PAGE_NUMBER
            elif repeats[where, _signature(line)] >= needed:
                kinds[index] = HEADER if where == "top" else FOOTER
            else:
                stopped.add(where)  # only what stands outside everything else is a header
        result.append(kinds)
    return result


def _edge_lines(layout: Layout) -> list[tuple[int, str]]:
    """The lines in the page's head and foot, from the outside in, that stand outside every table."""
    top = min((table.box[1] for table in layout.tables), default=layout.height)
    bottom = max((table.box[3] for table in layout.tables), default=0.0)
    head = [
        (index, "top")
        for index, line in enumerate(layout.lines)
        if line.mid < HEADER_ZONE * layout.height and line.mid < top
    ]
    foot = [
        (index, "bottom")
        for index, line in reversed(list(enumerate(layout.lines)))
        if line.mid > bottom and (line.mid > (1 - HEADER_ZONE) * layout.height or _numbers_below(layout, line))
    ]
    return head + foot


def _numbers_below(layout: Layout, line: Line) -> bool:
    """True for what reads as the number of a page in the middle of its foot, below a table, on a page with a wide margin."""
    centred = abs((line.x0 + line.x1) / 2 - layout.width / 2) < NUMBER_ASIDE * layout.width
    low = bool(layout.tables) and line.mid > (1 - NUMBER_ZONE) * layout.height
    return low and centred and _is_number(line)


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(half_width(squeeze(line.text)).translate(_DASHES)))


def _signature(line: Line) -> str:
    return re.sub(r"\d+", "#", squeeze(line.text))


def printed(line: Line) -> str:
    """The line's text, its dot leader shortened."""
    return strip_markup(_LEADER.sub(".....", line.text))


def parts(line: Line) -> list[Line]:
    """The texts that share a line, apart by much white: a contents line's page number stays with its title."""
    pieces = pieces_of(line, APART)
    if len(pieces) < 2 or any(len(squeeze(piece.text)) == 1 for piece in pieces) or pieces[-1].text.isdigit():
        return [line]
    return pieces


class Margins:
    """The left and right edge of running text, for each page width: where many long lines begin and end.

    Where no two long lines end alike, or those that do fill no more than half of the page's width (a list of titles), there
    is none to be seen, and the usual edges hold.
    """

    def __init__(self, layouts: list[Layout]) -> None:
        lines: dict[int, list[Line]] = defaultdict(list)
        for layout in layouts:
            lines[round(layout.width)] += [
                line for line in layout.lines if len(line.text) >= LONG and not _CONTENTS.search(line.text)
            ]
        self._edges = {
            width: (min(_common([line.x0 for line in found])), max(_common([line.x1 for line in found])))
            for width, found in lines.items()
            if len(found) > 1 and len(_common([line.x1 for line in found])) > 1
        }

    def of(self, layout: Layout) -> tuple[float, float]:
        """The (left, right) edge of text on this page."""
        left, right = self._edges.get(round(layout.width), (0.0, 0.0))
        seen = right - left >= NARROWEST * layout.width
        return (left, right) if seen else (0.1 * layout.width, 0.9 * layout.width)


def _common(values: list[float]) -> list[float]:
    """The positions that a good share of lines have in common, or the most common one."""
    counts = Counter(round(value / 3) for value in values)
    often = [place for place, count in counts.items() if count >= COMMON_SHARE * len(values)]
    places = set(often or [counts.most_common(1)[0][0]])
    return [value for value in values if round(value / 3) in places]


def continues(above: Line, below: Line, edges: tuple[float, float], same_page: bool) -> bool:
    """Whether the lower line goes on with the upper one's paragraph."""
    size = max(above.size, below.size)
    if _LABELLED.match(below.text):
        return False
    if min(above.size, below.size) < 0.92 * size or _CONTENTS.search(above.text):
        return False
    if same_page and not 0 < below.base - above.base <= 2.7 * size:
        return False
    left, right = edges
    first = _NO_BREAK.match(below.text)
    chunk = _width(below, len(first.group()) if first else 1)
    tolerance = 0.3 * size if above.text.endswith(_ENDS) else 1.3 * size
    if above.x1 + chunk > right - tolerance and below.x0 <= left + 0.9 * size:
        return not (_NUMBERED.match(below.text) and above.text.endswith(_ENDS))
    centred = all(abs((line.x0 - left) - (right - line.x1)) < 0.7 * size for line in (above, below))
    return centred and same_page and (above.x1 - above.x0) + chunk > 0.9 * (right - left) and below.x0 > left + size


def _width(line: Line, characters: int) -> float:
    inked = [glyph for glyph in line.glyphs if not glyph.text.isspace()][:characters]
    return inked[-1].x1 - inked[0].x0
