"""The printed rows of one performance sheet as lines of labelled cells, with labels cut over two lines healed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetdata.base.raw import Place, RawRow
from budgetdata.base.text import is_page_number
from budgetdata.privacy.amounts import stands_as_code
from budgetdata.privacy.patterns import MASKS
from budgetdata.sheets.breaks import with_late_labels
from budgetdata.sheets.labels import (
    REMNANT,
    Label,
    cut_label,
    is_furniture,
    is_placeholder,
    is_sub_cost,
    label_of,
    plain,
)
from budgetdata.sheets.upright import with_upright_labels

_SPACES = re.compile(r"[ \t\r\n\u3000\u00a0]+")
_WIDE_GAP = re.compile(r"(?<![0-9A-Za-z%.]) | (?![0-9A-Za-z])")
_SIGN_GAP = re.compile(
    r"(?<=[^\x00-\x7f\w]) |(?<=[,;:)]) (?![A-Za-z])| (?=[，。；：、）》”,;:)])|(?<=m[23]) (?![0-9A-Za-z])"
)
_SQUARE = re.compile(r"(?<=m) (?=[23](?!\d))")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
LONGEST_REST = 2
COST_APART = "成本指标"


_LISTED = {"category", "dimension", "column"}
"""Kinds of labels that head the lists of a form, and those that only stand elsewhere."""
_OF_A_HEAD = {"name", "field", "text", "fund", "goal", "horizon", "section", "block", "footer"}


@dataclass(slots=True)
class Cell:
    """A filled cell. It may cover the blank columns after it: `end` is the last column before the next filled cell."""

    col: int
    end: int
    text: str
    label: Label | None


@dataclass(slots=True)
class Line:
    """A printed row: its filled cells, its place, the fragment (printed table) it stands in and the fragment's width.

    missing: how many cells the row has less than the rows of a fragment that prints blank cells to the end of its rows.
    doubtful: whether the row may be a part of one that a line break parts.
    """

    cells: list[Cell]
    place: Place
    fragment: int
    width: int
    missing: int = 0
    doubtful: bool = False

    def kinds(self) -> set[str]:
        """The kinds of label printed in the line."""
        return {cell.label.kind for cell in self.cells if cell.label}

    def of(self, kind: str) -> list[Cell]:
        """The cells that are labels of a kind, left to right."""
        return [cell for cell in self.cells if cell.label and cell.label.kind == kind]


def one_line(text: str) -> str:
    """A short printed text (name, indicator, target) on one line, without the gaps a line break left between Chinese."""
    return _SQUARE.sub("", _WIDE_GAP.sub("", _SPACES.sub(" ", text))).strip()


def prose(text: str) -> str:
    """A long printed text as one paragraph: line breaks dropped (a space where Latin words meet), other spaces kept.

    Not kept are the spaces beside a sign, where lines end: a typesetter that breaks the line there prints none.
    """
    joined = re.sub(r"(?<=[0-9A-Za-z,.;])[ \t]*\n\s*(?=[A-Za-z])", " ", text)
    spaced = _SPACES.sub(" ", re.sub(r"[ \t]*\n\s*", "", joined))
    return _SIGN_GAP.sub("", _SQUARE.sub("", spaced)).strip()


def is_personal(text: str) -> bool:
    """True where a text is, or held before it was masked, the name or number of a person: it is not stored or shown."""
    if any(mask in text for mask in MASKS):
        return True
    bare = re.sub(r"[\s-]", "", text)
    return any(not stands_as_code(bare[: match.start()], bare[match.end() :]) for match in _PHONE.finditer(bare))


def lines_of(fragments: Sequence[Sequence[RawRow]]) -> list[Line]:
    """The lines of a sheet's fragments in printed order; rows split by a page break are one line again."""
    lines: list[Line] = []
    for number, rows in enumerate(map(with_upright_labels, with_late_labels(fragments))):
        width = max((len(row.cells) for row in rows), default=0)
        full = _full_length(rows)
        for row, doubtful in zip(rows, _doubtful(rows), strict=True):
            missing = max(full - len(row.cells), 0)
            line = Line(list(_cells(row)), row.place, number, width, missing, doubtful)
            if not line.cells or _is_page_line(line):
                continue
            previous = lines[-1] if lines else None
            if previous and _pages_differ(previous, line) and _is_rest(previous, line):
                lines[-1] = _merged(previous, line)
            else:
                lines.append(line)
    _heal(lines)
    return lines


def _is_page_line(line: Line) -> bool:
    """True for a row of the grid that holds nothing but the number of its page (第 3 页)."""
    return len(line.cells) == 1 and is_page_number(line.cells[0].text, named=True)


def _doubtful(rows: Sequence[RawRow]) -> list[bool]:
    """Of each row of a form whether it may be a part of one that a line break parts."""
    if all(row.doubt is None for row in rows):
        return [False] * len(rows)
    kinds = {label.kind for row in rows if row.doubt is None and (label := label_of(row.cells[0]))} | _OF_A_HEAD
    above = [None, *rows]
    width = max(len(row.cells) for row in rows)
    rests = [
        row.doubt == 0 and not _opens(row, one, kinds) and _fits(one, row, width)
        for one, row in zip(above, rows, strict=False)
    ]
    below = [*rests[1:], True]
    return [rest or (bool(row.doubt) and under) for row, rest, under in zip(rows, rests, below, strict=True)]


def _fits(above: RawRow | None, row: RawRow, width: int) -> bool:
    """Whether both rows together are no wider than their table."""
    ends = [part.filled[-1][0] for part in (above, row) if part is not None and part.filled]
    return above is None or sum(ends) < width


def _opens(row: RawRow, above: RawRow | None, kinds: set[str]) -> bool:
    """Whether a row begins with a label that is no end of another one: of one of these kinds, or of a category and not alone."""
    text = row.cells[0]
    label = label_of(text)
    if label is None or (label.kind in _LISTED and not text.endswith("指标")):
        return False
    before = above.filled[-1][1] if above is not None and above.filled else ""
    if label_of(before + text) is not None and before:
        return False
    if label.kind in kinds:
        return True
    others = [label_of(other) for _, other in row.filled[1:]]
    paired = label_of(before) is not None or any(other and other.kind == "category" for other in others)
    return label.kind == "category" and paired


def is_header(line: Line) -> bool:
    """True for the head of a form's lists."""
    return len(line.of("column")) >= 2


def without_heads(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those below heads that may be parts of such doubtful too: in which columns they stand is not known."""
    lost = False
    for line in lines:
        lost = (line.doubtful and bool(line.of("column"))) or (lost and (line.doubtful or not is_header(line)))
        line.doubtful = line.doubtful or lost
        yield line


def is_rest_of(row: RawRow, below: RawRow) -> bool:
    """True where a row at the top of a page is the lower part of the last row of the page before."""
    above, rest = (Line(list(_cells(part)), part.place, 0, len(part.cells)) for part in (row, below))
    return bool(above.cells and rest.cells) and _pages_differ(above, rest) and _is_rest(above, rest)


def _cells(row: RawRow) -> Iterator[Cell]:
    stripped = [(col, text.strip()) for col, text in enumerate(row.cells)]
    filled = [(col, text) for col, text in stripped if text and not is_placeholder(text)]
    for (col, text), (following, _) in zip(filled, [*filled, (len(row.cells), "")][1:], strict=True):
        yield Cell(col, following - 1, text, label_of(text))


def _full_length(rows: Sequence[RawRow]) -> int:
    """The number of cells most rows of indicators have, where rows end in blank cells as well; 0 where that says nothing."""
    kinds = ("category", "dimension", "column")
    labelled = [row for row in rows if any((label := label_of(text)) and label.kind in kinds for _, text in row.filled)]
    if not any(row.cells and not row.cells[-1].strip() for row in rows) or not labelled:
        return 0
    (length, count), *_ = Counter(len(row.cells) for row in labelled).most_common(1)
    return length if 2 * count > len(labelled) else 0


def _heal(lines: list[Line]) -> None:
    """Recognise labels whose end is cut off or stands in the line below, and mark that rest as read."""
    for line, below in zip(lines, [*lines, None][1:], strict=True):
        _heal_satisfaction(line.cells)
        for cell in line.cells:
            if cell.label is not None:
                continue
            found = cut_label(cell.text)
            if not found:
                continue
            label, rest = found
            under = next((other for other in below.cells if other.col == cell.col), None) if below else None
            if under is not None and plain(under.text) == rest:
                cell.label, under.label = label, REMNANT
            elif len(rest) <= LONGEST_REST and len(plain(cell.text)) >= 4:
                cell.label = label


def _heal_satisfaction(cells: Sequence[Cell]) -> None:
    """企业满意度指标 and the like between 满意度指标 and an indicator with its value is the category; elsewhere an indicator."""
    for number, cell in enumerate(cells[1:], start=1):
        before, behind = cells[number - 1].label, cells[number + 1 : number + 3]
        stands = before is not None and (before.kind, before.name) == ("dimension", "满意度") and cell.label is None
        pair = len(behind) == 2 and all(other.label is None for other in behind)
        if stands and pair and (plain(cell.text).endswith("满意度指标") or plain(cell.text) == "服务对象"):
            cell.label = Label("category", "服务对象满意度")


def _pages_differ(line: Line, below: Line) -> bool:
    pages = (line.place.page, below.place.page)
    return None not in pages and pages[0] != pages[1]


def _is_rest(line: Line, below: Line) -> bool:
    """True where the first row of a page is the lower part of the last row of the page before.

    It adds only to cells that are filled above, brings no label of its own, and either ends a cut label, or continues
    a row of the head (whose rows always open with a label), or fills no pair of indicator and value that is complete
    above.
    """
    above = {cell.col: cell for cell in line.cells}
    if line.width != below.width or all(is_furniture(cell.text) for cell in line.cells):
        return False
    if any(_ends_label(above.get(cell.col), cell) for cell in below.cells):
        return True
    labelled = any(cell.label is not None and cell.label.kind != "remnant" for cell in below.cells)
    if labelled or any(cell.col not in above for cell in below.cells):
        return False
    kinds = line.kinds()
    if kinds & {"category", "dimension"} or not kinds:
        columns = {cell.col for cell in below.cells}
        return not any({first.col, second.col} <= columns for first, second in _pairs(line))
    return bool(kinds & {"name", "field", "text", "fund", "goal", "footer"})


def _ends_label(above: Cell | None, below: Cell) -> bool:
    return above is not None and above.label is None and label_of(above.text + below.text) is not None


def _pairs(line: Line) -> Iterator[tuple[Cell, Cell]]:
    """The neighbouring cells without a label, two by two within a run: an indicator and its value."""
    run: list[Cell] = []
    for cell in [*line.cells, Cell(-1, -1, "", REMNANT)]:
        if cell.label is None:
            run.append(cell)
            continue
        yield from zip(run[::2], run[1::2], strict=False)
        run = []


def _merged(line: Line, below: Line) -> Line:
    rest = {cell.col: cell.text for cell in below.cells}
    cells = []
    for cell in line.cells:
        text = f"{cell.text}\n{rest.pop(cell.col)}" if cell.col in rest else cell.text
        cells.append(replace(cell, text=text, label=label_of(text)))
    cells += [Cell(col, col, text, label_of(text)) for col, text in rest.items()]
    return Line(sorted(cells, key=lambda cell: cell.col), line.place, line.fragment, line.width, line.missing)


def without_leading(line: Line) -> tuple[list[Cell], list[Cell]]:
    """The furniture at the start of a row (绩效指标, 产出指标, the remnant of a label) and the cells behind it.

    成本指标 directly before 经济成本 and the like, or before itself, is the dimension of a form that sets cost apart.
    """
    start = 0
    for cell, following in zip(line.cells, [*line.cells[1:], Cell(-1, -1, "", None)], strict=True):
        kind = cell.label.kind if cell.label else ""
        sets_cost_apart = plain(cell.text) == COST_APART and (
            is_sub_cost(following.text) or (plain(following.text) == COST_APART and following.col == cell.col + 1)
        )
        if kind not in ("block", "dimension", "remnant") and not sets_cost_apart:
            break
        start += 1
    return line.cells[:start], [
        cell for cell in line.cells[start:] if not (cell.label and cell.label.kind == "remnant")
    ]
