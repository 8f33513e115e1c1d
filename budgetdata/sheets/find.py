"""Performance sheets (项目支出, 整体支出绩效目标表): found among a document's blocks, joined, and read by their labels."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import TypeGuard

from budgetdata.base.facts import ANNUAL, DIMENSIONS, TERM, SheetFact
from budgetdata.base.raw import Block, Paragraph, Place, Problem, RawRow, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import is_page_number, key
from budgetdata.sheets.cells import Cell, Line, is_header, is_personal, is_rest_of, lines_of, without_heads
from budgetdata.sheets.head import Head
from budgetdata.sheets.horizons import horizons_of, of_known_horizon
from budgetdata.sheets.labels import (
    Label,
    is_furniture,
    is_garbled_label,
    is_title,
    label_before,
    label_of,
    opening_of,
    unit_line,
)
from budgetdata.sheets.links import office_of
from budgetdata.sheets.listed import Listed
from budgetdata.sheets.lists import Lists
from budgetdata.sheets.remarks import SUBJECT, remarks_on, unread_of
from budgetdata.sheets.titled import are_of_title, begins_anew, labels_in, named_in

LOOK_AHEAD = 12
EVIDENCE = {"field", "text", "goal", "horizon", "category", "dimension", "section"}
"""Kinds of label that make the rows below a name a sheet, and a table a continuation of one."""
STRONG_EVIDENCE = 3
MOST_BETWEEN = 80
"""Characters of foreign text (a page head, a label set upright) that may stand between two pieces of a sheet."""
FEWEST_OF_EVALUATION = 2
"""Different labels of a self-evaluation (全年执行数, 得分 …) that make a sheet one."""
_OTHER_TITLE = re.compile(r"\S{2,60}表(?:[(].{1,20}[)])?")
"""A line that is the title of some table: what stands below it goes on with nothing."""
_OWNER = re.compile(r"(?:编报|填报|申报|编制|预算|主管)?(?:部门|单位)(?:[(]单位[)])?(?:名称)?(?:[(].{1,6}[)])?:.{2,30}")
MOST_MISSING = 3
"""A sheet that prints all but so few of the categories is noted for those it lacks."""


@dataclass(slots=True)
class Source:
    """The printed pieces of one sheet: fragments of rows, the blocks they fill, and lines printed in between."""

    scope: str
    fragments: list[list[RawRow]] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)
    between: list[Paragraph] = field(default_factory=list)
    unit: str = ""
    finished: bool = False
    titles: set[str] = field(default_factory=set)
    name: str = ""
    """The project or department where only the title names it."""


def read_sheets(
    blocks: Sequence[Block], others: Container[int] = ()
) -> tuple[list[SheetFact], list[Problem], set[int]]:
    """The sheets of a document in printed order, what is odd or unread about them, and the indexes of their blocks.

    others: the indexes of blocks that are read as something else (lists of projects): none of them is part of a sheet.

    Severity 'note': an oddity of the source, read as what it is. 'unread': a cell or table of a sheet that was not read.
    """
    blocks = [block if isinstance(block, Paragraph) else _parted(block) for block in blocks]
    sources, problems = find_sources(blocks, others)
    sheets: list[SheetFact] = []
    taken: set[int] = set()
    for source in sources:
        taken |= source.blocks
        place = source.fragments[0][0].place
        if _is_evaluation(source):
            problems.append(Problem("note", SUBJECT, said("sheets.evaluation"), place))
            continue
        try:
            sheet, found = read_sheet(source)
        except Exception as error:
            problems.append(Problem("unread", SUBJECT, said("sheets.fault", error=type(error).__name__), place))
            continue
        if not (sheet.project_name or sheet.funds or sheet.targets or any(p.severity == "unread" for p in found)):
            problems.append(Problem("note", SUBJECT, said("sheets.empty"), sheet.place))
            continue
        sheets.append(sheet)
        problems += found
    return sheets, problems, taken


def _parted(table: RawTable) -> RawTable:
    """The table with a label and its value in two cells where a row prints both in its only one."""
    parted = {n: parts for n, row in enumerate(table.rows) if len(row.filled) == 1 and (parts := _parts_of(row))}
    if not parted:
        return table
    return RawTable(tuple(parted.get(number, row) for number, row in enumerate(table.rows)))


def _parts_of(row: RawRow) -> RawRow | None:
    (column, text), *_ = row.filled
    parts = label_before(text)
    if parts is None:
        return None
    cells = [*row.cells, ""] if column + 1 == len(row.cells) else list(row.cells)
    cells[column], cells[column + 1] = parts
    boxes = (*row.boxes, None) if row.boxes and len(cells) > len(row.boxes) else row.boxes
    return replace(row, cells=tuple(cells), boxes=boxes)


def _is_evaluation(source: Source) -> bool:
    """True where a sheet reports what was done (全年执行数, 得分): a self-evaluation of a year that is over, no target sheet."""
    texts = {text for rows in source.fragments for row in rows for _, text in row.filled}
    labels = [label for text in texts if (label := label_of(text))]
    return sum(label.kind == "evaluation" for label in labels) >= FEWEST_OF_EVALUATION


def find_sources(blocks: Sequence[Block], others: Container[int] = ()) -> tuple[list[Source], list[Problem]]:
    """The sheets' pieces in printed order, and a problem for every table that looks like a sheet without a head."""
    sources: list[Source] = []
    problems: list[Problem] = []
    current: Source | None = None
    waiting: list[int] = []
    for index, block in enumerate(blocks):
        if index in others:
            current, waiting = None, []
            continue
        if isinstance(block, Paragraph) or _only_furniture(block.rows):
            waiting.append(index)
            continue
        for scope, rows in _pieces(block, blocks[index + 1 : index + 4]):
            if scope:
                current = Source(scope, [rows], {index})
                _claim(current, blocks, _trailing_furniture(blocks, waiting))
                sources.append(current)
            elif current is not None and _continues(current, rows, [blocks[number] for number in waiting]):
                current.fragments.append(rows)
                current.blocks.add(index)
                _claim(current, blocks, waiting)
            elif _looks_like_lists(rows) and (named := _named_above(blocks, above := _without_owner(blocks, waiting))):
                current = Source(named[0], [rows], {index}, name=named[1])
                _claim(current, blocks, _trailing_furniture(blocks, above))
                sources.append(current)
            elif _looks_like_lists(rows):
                problems.append(Problem("unread", SUBJECT, said("sheets.no_beginning"), rows[0].place))
            else:
                current = None
            if current is not None:
                current.finished = current.finished or any(_closes(row) for row in rows)
            waiting = []
    return sources, problems


def read_sheet(source: Source) -> tuple[SheetFact, list[Problem]]:
    """One sheet read from its pieces, with the problems it gave. Every filled cell is read, furniture, or a problem.

    Furniture are the form's own words, and rows that hold nothing but names and numbers of staff.
    """
    lines = list(without_heads(lines_of(source.fragments)))
    head = Head(SheetFact(source.name, source.scope, lines[0].place), unit=source.unit)
    lists: Lists | None = None
    unread: list[tuple[Line, list[Cell]]] = []
    listed = Listed()
    for number, line in enumerate(lines):
        if line.doubtful:
            listed.labels = ("", "")
        elif listed.reads(line):
            continue
        garbled = line.doubtful or any(cell.label is None and is_garbled_label(cell.text) for cell in line.cells)
        if lists is not None and _in_lists(line, lists):
            garbled = (
                not lists.first_level.reads(line) or garbled or lists.lost_label(line) or lists.of_other_dimension(line)
            )
        personal = any(is_personal(cell.text) for cell in line.cells)
        if personal and not line.kinds():
            continue
        if is_header(line) and not line.doubtful:
            lists = lists or Lists(horizons_of(head, line))
            rest = lists.read_header(line)
        elif garbled:
            rest = line.cells
            if lists is not None:
                lists.lose_category()
        elif _in_lists(line, lists):
            lists = lists or Lists(horizons_of(head, line))
            rest = line.cells if personal else lists.read(line, lines[number + 1 :])
        else:
            rest = head.read(line)
        if rest:
            unread.append((line, rest))
    return _finished(source, head, lists or Lists(), unread, listed)


def _finished(
    source: Source, head: Head, lists: Lists, unread: list[tuple[Line, list[Cell]]], listed: Listed
) -> tuple[SheetFact, list[Problem]]:
    sheet = head.sheet
    sheet.place = _name_place(source)
    head.close()
    sheet.office = office_of(sheet.project_name) if source.scope == "project" else ""
    sheet.targets, lost = lists.targets()
    sheet.targets = of_known_horizon(head, sheet.targets, unread, lists.doubts)
    sheet.targets += listed.targets
    sheet.listed = {target.horizon for target in sheet.targets}
    sheet.notes += _on_lists(sheet, head, lists)
    problems = remarks_on(sheet, lists.notes, [paragraph.place for paragraph in source.between])
    sheet.notes += [note for _, note in lists.notes]
    not_read = unread_of(sheet, unread, [*lists.doubts, *listed.doubts], lost)
    sheet.unread = len(not_read)
    if not_read:
        sheet.notes.append(said("sheets.partial", n=len(not_read)))
    return sheet, problems + not_read


def _on_lists(sheet: SheetFact, head: Head, lists: Lists) -> Iterator[Said]:
    """What is odd about which lists and categories a sheet prints."""
    if lists.horizons == (TERM,) and not lists.value_cols and ANNUAL in head.horizons:
        yield said("sheets.one_list")
    if lists.horizons == (ANNUAL, TERM):
        yield said("sheets.year_first")
    if TERM in head.horizons | sheet.listed and ANNUAL not in head.horizons | sheet.listed:
        yield said("sheets.no_year")
    missing = [category for category in DIMENSIONS if category not in lists.seen]
    if missing and len(missing) <= MOST_MISSING:
        yield said("sheets.categories_missing", names=missing)


def _is_last_row(line: Line) -> bool:
    """True for the row of handlers and filing date, or a piece of it: an indicator may be named 电话, but not 电话：."""
    footers = [(cell.text, cell.label.name) for cell in line.of("footer") if cell.label]
    return len(footers) > 1 or any(name == "filed_on" or ":" in key(text) for text, name in footers)


def _in_lists(line: Line, lists: Lists | None) -> bool:
    """True where a line belongs to the indicator lists: it has a category label, or stands below them without a head label."""
    if line.kinds() & {"category", "dimension"}:
        return True
    if lists is None or _is_last_row(line):
        return False
    first = line.cells[0].label
    opens_head = first is not None and first.kind in ("name", "field", "text", "fund", "goal", "horizon", "section")
    return not opens_head and not all(is_furniture(cell.text) for cell in line.cells)


def _pieces(table: RawTable, following: Sequence[Block]) -> Iterator[tuple[str, list[RawRow]]]:
    """A table cut where sheets begin in it: (scope, rows), scope '' for rows before the first beginning."""
    starts = [(number, scope) for number in range(len(table.rows)) if (scope := _starts(table, number, following))]
    bounds = [number for number, _ in starts]
    for number in range(len(bounds)):
        while bounds[number] > 0 and _only_furniture(table.rows[bounds[number] - 1 : bounds[number]]):
            bounds[number] -= 1
    if bounds and are_of_title(table.rows[: bounds[0]]):
        bounds[0] = 0
    if not bounds or bounds[0] > 0:
        yield "", list(table.rows[: bounds[0] if bounds else None])
    for (_, scope), begin, end in zip(starts, bounds, [*bounds, len(table.rows)][1:], strict=True):
        yield scope, list(table.rows[begin:end])


def _starts(table: RawTable, number: int, following: Sequence[Block]) -> str:
    """The scope of the sheet that begins in a row: its first label names the project or department; '' where none does.

    A value stands behind the name (in a table of projects 项目名称 heads a column), and labels of a sheet stand below.
    """
    labels = [label_of(text) for _, text in table.rows[number].filled]
    opening = opening_of(labels)
    if opening is None or (name := labels[opening]) is None or name.kind != "name":
        return ""
    heads_a_column = any(label is not None and label.kind == "column" for label in labels)
    if heads_a_column or any(label is not None for label in labels[opening + 1 : opening + 2]):
        return ""
    below = list(table.rows[number + 1 : number + 1 + LOOK_AHEAD])
    if len(below) < LOOK_AHEAD:
        after = (row for block in following if isinstance(block, RawTable) for row in block.rows)
        below += islice(takewhile(lambda row: not _names(row), after), LOOK_AHEAD)
    return name.name if any(map(_is_evidence, labels_in(below))) else ""


def _names(row: RawRow) -> bool:
    """True where a row opens with the name of a project or department: another sheet's, where it stands in another table."""
    labels = [label_of(text) for _, text in row.filled]
    opening = opening_of(labels)
    first = None if opening is None else labels[opening]
    return first is not None and first.kind == "name"


def _is_evidence(label: Label) -> bool:
    """True where a label is found on performance sheets and hardly anywhere else."""
    return label.kind in EVIDENCE or (label.kind == "fund" and label.name == "total")


def _looks_like_lists(rows: Sequence[RawRow]) -> bool:
    """True where rows hold the category labels of indicator lists."""
    return sum(label.kind in ("category", "dimension") for label in labels_in(rows)) >= STRONG_EVIDENCE


def _continues(source: Source, rows: Sequence[RawRow], between: Sequence[Block]) -> bool:
    """True where a table without a beginning of its own is the next piece of an unfinished sheet."""
    if source.finished:
        return len(rows) == 1 and is_rest_of(source.fragments[-1][-1], rows[0])
    if source.titles and any(_is_title_block(block) and key(block.text) not in source.titles for block in between):
        return False
    if any(map(_is_title_block, between)) and begins_anew(source.fragments, rows):
        return False
    evidence = sum(_is_evidence(label) or label.kind in ("column", "footer") for label in labels_in(rows))
    foreign = [block for block in between if isinstance(block, Paragraph) and not _is_furniture_block(block)]
    if foreign:
        short = sum(len(block.text) for block in foreign) <= MOST_BETWEEN
        other = any(block.heading or _OTHER_TITLE.fullmatch(key(block.text)) for block in foreign)
        return short and evidence >= STRONG_EVIDENCE and not other
    narrow = all(len(row.filled) <= 5 for row in rows)
    return evidence > 0 or (narrow and not any(_is_title_block(block) for block in between))


def _is_title_block(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and is_title(block.text)


def _closes(row: RawRow) -> bool:
    """True for the last row of a sheet (负责人, 经办人, 联系电话, 填报日期)."""
    labels = [label for _, text in row.filled if (label := label_of(text))]
    return any(label.kind == "footer" and label.name == "filed_on" for label in labels) or (
        sum(label.kind == "footer" for label in labels) > 1
    )


def _only_furniture(rows: Sequence[RawRow]) -> bool:
    return all(is_furniture(text) for row in rows for _, text in row.filled)


def _is_furniture_block(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return is_furniture(block.text) or is_page_number(block.text) or _is_upright_label(block.text)
    return _only_furniture(block.rows)


def _named_above(blocks: Sequence[Block], waiting: Sequence[int]) -> tuple[str, str] | None:
    """(scope, name) of what the title directly above a sheet names, None where none does."""
    titles = [block.text for index in _trailing_furniture(blocks, waiting) if _is_title_block(block := blocks[index])]
    named = [named_in(title) for title in titles[:1]]
    return named[0] if named and named[0][1] else None


def _without_owner(blocks: Sequence[Block], waiting: Sequence[int]) -> list[int]:
    """The blocks above a table without a line that says whose it is (编报部门：…)."""
    return [n for n in waiting if not (isinstance(block := blocks[n], Paragraph) and _OWNER.match(key(block.text)))]


def _is_upright_label(text: str) -> bool:
    """True for a label of the lists, or a character of one set upright, that a page break left outside its cell."""
    label = label_of(text)
    return len(text.strip()) == 1 or (
        label is not None and label.kind in {"dimension", "block", "category", "goal", "horizon"}
    )


def _trailing_furniture(blocks: Sequence[Block], waiting: Sequence[int]) -> list[int]:
    """The titles, year lines and the like printed directly before a sheet; a title may be cut in two paragraphs."""
    taken: list[int] = []
    rest = list(waiting)
    while rest:
        if _is_furniture_block(blocks[rest[-1]]):
            taken.append(rest.pop())
        elif len(rest) > 1 and _is_cut_title(blocks[rest[-2]], blocks[rest[-1]]):
            taken += [rest.pop(), rest.pop()]
        else:
            break
    return taken


def _is_cut_title(upper: Block, lower: Block) -> bool:
    """True where two paragraphs are one title, and neither is a title alone."""
    if not (isinstance(upper, Paragraph) and isinstance(lower, Paragraph)):
        return False
    return is_title(upper.text + lower.text) and not is_title(upper.text) and not is_title(lower.text)


def _claim(source: Source, blocks: Sequence[Block], indexes: Sequence[int]) -> None:
    """Take the furniture among blocks into the sheet; other paragraphs stay in the narrative and are noted."""
    for index in indexes:
        block = blocks[index]
        if isinstance(block, Paragraph) and not _is_furniture_block(block) and source.fragments[1:]:
            source.between.append(block)
            continue
        source.blocks.add(index)
        if isinstance(block, Paragraph):
            source.titles |= {key(block.text)} if is_title(block.text) else set()
            source.unit = unit_line(block.text) or source.unit


def _name_place(source: Source) -> Place:
    """The place of the row that names the project or department."""
    for row in source.fragments[0]:
        if any(label and label.kind == "name" for label in (label_of(text) for _, text in row.filled)):
            return row.place
    return source.fragments[0][0].place
