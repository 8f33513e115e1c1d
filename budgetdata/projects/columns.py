"""Lists of projects whose categories head columns (数量指标 | 质量指标 | …): each cell holds indicators in words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from budgetdata.base.facts import ANNUAL, TargetFact
from budgetdata.base.money import parse_amount
from budgetdata.base.raw import Block, Paragraph, Problem, RawRow
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD, key, squeeze
from budgetdata.projects.cells import Block as ListBlock
from budgetdata.projects.cells import Page
from budgetdata.projects.read import (
    SUBJECT,
    TOTAL,
    ListsRead,
    ListTable,
    Problems,
    is_furniture_line,
    is_name,
    opened,
    project_name,
    sheet_of,
)
from budgetdata.sheets.cells import one_line
from budgetdata.sheets.heads import FUNDS, ListHead, part_of, repeated
from budgetdata.sheets.labels import is_nothing, label_of
from budgetdata.sheets.quality import sentence_target
from budgetdata.sheets.rows import known_category

FEWEST_CATEGORIES = 3
"""Columns headed by a category that make a list one of this kind."""
MOST_HEAD_ROWS = 3
_PARTS = re.compile(r"[；;。]|(?<=\S)\s*(?=(?:\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]))")
_NUMBER = re.compile(r"^(?:\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])")


@dataclass(frozen=True, slots=True)
class Columns:
    """The head of such a list, and the (dimension, category) of each of its columns of indicators, with the label as printed."""

    head: ListHead
    categories: Mapping[int, tuple[tuple[str, str], str]]


def read_columns(blocks: Sequence[Block], taken: Container[int] = ()) -> ListsRead:
    """The lists of a document whose categories head columns, one sheet a row; `taken`: blocks that are read as something else."""
    read = ListsRead()
    for columns, table in _found(blocks, taken):
        try:
            read.add(_read(columns, table))
        except Exception as error:
            fault = said("lists.fault", error=type(error).__name__)
            read.problems.append(Problem("unread", SUBJECT, fault, table.place))
    return read


def _read(columns: Columns, table: ListTable) -> ListsRead:
    """One list: its sheets, its problems and the blocks it fills."""
    read = ListsRead(blocks=table.blocks)
    problems = Problems(table)
    for row in joined([row for page in table.pages for row in page.rows], columns.head.columns["project"]):
        _read_row(columns, table, row, problems, read)
    if columns.head.unknown:
        heads = [one_line(text) for text in columns.head.unknown.values()]
        problems.found.append(Problem("unread", SUBJECT, said("lists.heads_unknown", heads=heads), table.place))
    read.problems = problems.lines()
    return read


def _found(blocks: Sequence[Block], taken: Container[int]) -> list[tuple[Columns, ListTable]]:
    found: list[tuple[Columns, ListTable]] = []
    above: list[Paragraph] = []
    goes_on = False
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            above.append(block)
            goes_on = goes_on and is_furniture_line(block)
            continue
        columns = None if index in taken else columns_in(block.rows)
        if found and goes_on and index not in taken and block.width == found[-1][1].width:
            count, _ = repeated(found[-1][0].head, block.rows)
            found[-1][1].pages.append(Page(list(block.rows[count:])))
            found[-1][1].blocks.add(index)
        elif columns is not None:
            found.append((columns, opened(columns.head, block, above, index)))
            goes_on = True
        else:
            goes_on = False
        above = []
    return found


def _read_row(columns: Columns, table: ListTable, row: RawRow, problems: Problems, read: ListsRead) -> None:
    """Add the sheet of a row, with what of it was not read."""
    head = columns.head
    name = project_name(head.cell(row, "project"))
    if not row.filled or TOTAL.fullmatch(key(name)):
        return
    if row.doubt is not None or not is_name(name):
        problems.add("lists.project_unclear", row.place, name)
        return
    funds = {part: head.cell(row, part) for part in FUNDS if part in head.columns}
    whole = ListBlock([row], 0, head.cell(row, "unit"), name, funds, head.cell(row, "goal"), labels=[("", "")])
    sheet = sheet_of(table, whole, name, problems)
    for target in targets_in(columns, row):
        if target is None:
            problems.add("lists.target_cut", row.place, name)
            sheet.unread += 1
        else:
            sheet.targets.append(target)
    sheet.listed = {target.horizon for target in sheet.targets}
    if sheet.unread:
        sheet.notes.append(said("sheets.partial", n=sheet.unread))
    read.sheets.append(sheet)


def columns_in(rows: Sequence[RawRow]) -> Columns | None:
    """The head that a table opens with where categories head its columns, else None."""
    count = next((n for n, row in enumerate(rows[: MOST_HEAD_ROWS + 1]) if _is_body(row)), 0)
    leaves = {column: text for row in rows[:count] for column, text in row.filled}
    categories = {
        column: (known, one_line(text))
        for column, text in sorted(leaves.items())
        if (known := known_category(_over(rows[:count], column), text)) is not None and _is_category(text)
    }
    parts: dict[str, int] = {}
    for column, text in sorted(leaves.items()):
        if column not in categories and (part := part_of(text)):
            parts.setdefault(part, column)
    unknown = {c: text for c, text in leaves.items() if c not in categories and not part_of(text)}
    if len(categories) < FEWEST_CATEGORIES or "project" not in parts:
        return None
    texts = tuple(dict(row.filled) for row in rows[:count])
    return Columns(ListHead(parts, texts, count, "", unknown), categories)


def _is_body(row: RawRow) -> bool:
    """Whether a row is of the list, not of its head: it holds an amount, or a text too long for a head."""
    return any(parse_amount(text, "元") is not None or len(text) > 20 for _, text in row.filled)


def _is_category(text: str) -> bool:
    label = label_of(text)
    return label is not None and label.kind == "category"


def _over(rows: Sequence[RawRow], column: int) -> str:
    """The dimension that stands over a column: the last text of the first row at or left of it."""
    texts = [text for at, text in rows[0].filled if at <= column] if len(rows) > 1 else []
    label = label_of(texts[-1]) if texts else None
    return texts[-1] if label is not None and label.kind in ("dimension", "category") else ""


def targets_in(columns: Columns, row: RawRow) -> Iterator[TargetFact | None]:
    """The indicators of a row, None for each that cannot be told from those beside it."""
    for column, ((dimension, category), raw) in columns.categories.items():
        cell = row.cells[column] if column < len(row.cells) else ""
        for part in _PARTS.split(one_line(cell)):
            text = _NUMBER.sub("", part).strip(" ，,")
            if is_nothing(text):
                continue
            found = None if UNREAD in text else sentence_target(squeeze(text))
            if found is None:
                yield None
                continue
            name, target, (operator, value, unit) = found
            yield TargetFact(ANNUAL, category, dimension, name, target, operator, value, unit, row.place, raw)


def joined(rows: Sequence[RawRow], project: int) -> list[RawRow]:
    """The rows, one that a page parts made whole: its rest names no project and stands at the head of the next page."""
    found: list[RawRow] = []
    for row in rows:
        if found and not row.cells[project].strip() and row.place.page != found[-1].place.page:
            cells = tuple("".join(pair) for pair in zip(found[-1].cells, row.cells, strict=False))
            found[-1] = replace(found[-1], cells=cells)
        else:
            found.append(row)
    return found
