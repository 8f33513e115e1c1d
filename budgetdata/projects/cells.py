"""Merged cells of a list over its pages: which rows a printed cell spans, and what it says, proved from where cells begin.

A cell that spans rows prints its text once, somewhere in its height; broken over two pages it prints a part on each, or all
of it on one of them. Where it cannot be told whether the first cell of a page goes on from the page before, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from budgetdata.base.facts import DIMENSIONS
from budgetdata.base.raw import RawRow
from budgetdata.base.text import folded, squeeze
from budgetdata.sheets.dimensions import dimension_named
from budgetdata.sheets.heads import FUNDS, ListHead

SHORTEST_OVERLAP = 4
_LATER = {DIMENSIONS["社会效益"], DIMENSIONS["服务对象满意度"]}
"""The dimensions that every list of a project prints behind what is put out."""
_CODED = re.compile(r"[0-9A-Z]{8,}[-－—_](?=.)", re.DOTALL)
_CODE = re.compile(r"[0-9A-Z\ufffd]{6,}[-－—_]?")
_ENDED = re.compile(r".*[。；;.!！]", re.DOTALL)
_OPEN = re.compile(r"-?\d[\d,]*[.,]")
"""An amount that does not end where its cell does."""


@dataclass(slots=True)
class Block:
    """What a list prints for one amount of one project: its rows, and the texts of the cells that span them.

    cell tells which printed cell names the project: blocks of one cell are of one project. known: False where it cannot be
    told which project, or which amount, the rows belong to.
    """

    rows: list[RawRow]
    cell: int
    unit: str = ""
    project: str = ""
    funds: dict[str, str] = field(default_factory=dict)
    goal: str = ""
    known: bool = True
    labels: list[tuple[str, str]] = field(default_factory=list)
    """The (dimension, category) of each row, as printed in the cells that span it."""

    @property
    def total(self) -> str:
        """The amount as printed."""
        return self.funds.get("total", "")


@dataclass(slots=True)
class Page:
    """The rows of a list on one page, without its head; `over` is what ran into a repeated head, by column."""

    rows: list[RawRow]
    over: dict[int, str] = field(default_factory=dict)


def has_ended(text: str) -> bool:
    """True for a text that ends with its sentence."""
    return bool(_ENDED.fullmatch(text))


def owns(row: RawRow, column: int | None) -> bool:
    """True where a row has a cell of its own in a column, not one that goes on from the row above."""
    if column is None or column >= len(row.cells):
        return False
    return bool(row.cells[column].strip()) or (column < len(row.boxes) and row.boxes[column] is not None)


def without_doubtful(rows: Iterable[RawRow], width: int) -> list[RawRow]:
    """The rows, what may be a part of a cell or stand in another column than its own marked as unread."""
    marked: list[RawRow] = []
    lone = False
    for row in rows:
        row = replace(row, doubt=0) if lone and row.doubt is None and row.cells[0] else row
        lone = row.doubt is not None and len(row.cells) == 1  # the first half of a name may stand alone
        marked.append(row if row.doubt is None else _marked(row, width))
    return marked


def _marked(row: RawRow, width: int) -> RawRow:
    cells = (*row.cells, *[""] * (width - len(row.cells)))
    return replace(row, cells=tuple(row.marked(text, column) for column, text in enumerate(cells)))


def blocks_of(head: ListHead, pages: Sequence[Page]) -> list[Block]:
    """The blocks of a list in printed order, those that go on over a page break joined."""
    joined: list[Block] = []
    for number, page in enumerate(pages):
        found = _on_page(head, page.rows, joined[-1].cell + 1 if joined else 0) if page.rows else []
        if joined and found:
            ends = number + 1 == len(pages)
            _join_pages(head, joined, found, page.over.get(head.columns["project"], ""), ends)
        else:
            joined += found
    for block in joined:
        block.labels = _labels(head, block.rows)
    return joined


def _on_page(head: ListHead, rows: Sequence[RawRow], cell: int) -> list[Block]:
    """The blocks of one page: each begins where a cell of the project or of its amount begins. cell: the first one's number."""
    starts = [n for n, row in enumerate(rows) if n == 0 or (_begins(head, row) and not _repeats(head, rows, n))]
    blocks: list[Block] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        inside = list(rows[start:end])
        named = not blocks or owns(inside[0], head.columns["project"])
        cell += bool(blocks) and named
        once = [row for number, row in enumerate(inside) if number == 0 or not _begins(head, row)]
        project = _text(head, once, "project") if named else blocks[-1].project
        funds = {part: _text(head, once, part) for part in FUNDS if part in head.columns}
        blocks.append(Block(inside, cell, _text(head, once, "unit"), project, funds, _text(head, once, "goal")))
    return blocks


def _begins(head: ListHead, row: RawRow) -> bool:
    return owns(row, head.columns["project"]) or owns(row, head.columns.get("total"))


def _repeats(head: ListHead, rows: Sequence[RawRow], number: int) -> bool:
    """True where a row that sets a target prints once more what the row above prints of its project, or less: a list may name
    the project in each row."""
    if not head.sets_targets:
        return False
    row = rows[number]
    for part in ("project", *FUNDS, "goal"):
        here = squeeze(head.cell(row, part))
        above = (squeeze(text) for one in reversed(rows[:number]) if (text := head.cell(one, part)))
        if here != next(above, "") if here else part == "project":
            return False
    return True


def _text(head: ListHead, rows: Sequence[RawRow], part: str) -> str:
    return "".join(head.cell(row, part) for row in rows)


def _join_pages(head: ListHead, before: list[Block], found: list[Block], over: str, ends: bool) -> None:
    """Join what stands at the foot of a page with what stands at the head of the next.

    over: text in the repeated head; ends: the list ends on this page, so that no later one can name what it prints.
    """
    last, first = before[-1], found[0]
    bounded = ends or any(block.cell != first.cell for block in found)
    goes_on = False if _starts_over(head, last, first) else _project_goes_on(last, first, bounded)
    if goes_on:
        _rename([*before, *found], {last.cell, first.cell}, _joined_name(last.project, first.project), last.cell)
        goes_on = _amount_goes_on(last, first, ends or len(found) > 1)
    open_ended = any(_OPEN.fullmatch(folded(amount)) for amount in last.funds.values())
    if goes_on is None or open_ended or squeeze(over) not in squeeze(last.project):
        last.known = first.known = False
    if goes_on:
        last.rows += first.rows
        last.unit = last.unit if first.unit in last.unit else last.unit + first.unit
        last.goal = joined_text(last.goal, first.goal)
        last.funds = {part: last.funds.get(part) or first.funds.get(part, "") for part in {*last.funds, *first.funds}}
        found = found[1:]
    before += found


def names_stand_within(head: ListHead, pages: Sequence[Page]) -> bool:
    """True for a list without rules that prints the name of a project in the middle of its rows: its first row, which sets a
    target, names none. Which of the rows above a name are its own nothing tells."""
    first = next((row for page in pages for row in page.rows), None)
    return first is not None and not owns(first, head.columns["project"]) and bool(head.cell(first, "indicator"))


def _rename(blocks: Sequence[Block], cells: set[int], name: str, cell: int) -> None:
    """Give the blocks whose project is named in a cell that is broken over two pages its whole name."""
    for block in blocks:
        if block.cell in cells:
            block.project, block.cell = name, cell


def _starts_over(head: ListHead, last: Block, first: Block) -> bool:
    """Whether the rows at the head of a page are of another project than those before it: under a name of their own they set
    what is put out, as the list of the project before did, whose name is printed, and which had come to what that is good for."""
    names = [dimension_named(text) for row in last.rows if (text := head.cell(row, "dimension"))]
    begins = dimension_named(head.cell(first.rows[0], "dimension"))
    named = bool(first.project and last.project and names)
    return named and begins == names[0] == DIMENSIONS["数量"] and names[-1] in _LATER


def _project_goes_on(last: Block, first: Block, bounded: bool) -> bool | None:
    """Whether the project at the head of a page is that at the foot of the page before; None where nothing tells.

    bounded: another project begins on the page, so that the cell at its head ends there; had it begun there, it would print
    its name there.
    """
    if not first.project:
        return True if bounded or not last.project or not (first.total or first.goal) else None
    if not last.project:
        return True
    if _CODED.match(first.project):
        same = squeeze(first.project) == squeeze(last.project)
        return same or bool(_CODE.match(last.project) and not _CODED.match(last.project))
    if _CODE.match(last.project):
        return True
    if last.total and first.total:
        return prints_same(last, first)
    ended = bool(has_ended(last.goal) and first.goal)
    return None if ended else True


def prints_same(last: Block, first: Block) -> bool:
    """Whether two blocks print the same project, amounts and goal."""
    return (last.project, last.funds, last.goal) == (first.project, first.funds, first.goal)


def _amount_goes_on(last: Block, first: Block, bounded: bool) -> bool | None:
    """Whether the amount at the foot of a page is that of the rows at the head of the next, of one project."""
    if last.total and first.total:
        return squeeze(last.total) == squeeze(first.total) and first.goal in last.goal
    if last.total and not bounded and first.goal and has_ended(last.goal):
        return None
    return True


def _joined_name(upper: str, lower: str) -> str:
    """A name whose cell is broken over two pages: one part below the other, or once where both print it."""
    return upper if squeeze(lower) in squeeze(upper) else upper + lower


def joined_text(upper: str, lower: str) -> str:
    """A text whose cell is broken over two pages; a line that both pages print is taken once."""
    if not upper or not lower:
        return upper or lower
    for length in range(min(len(upper), len(lower)), SHORTEST_OVERLAP - 1, -1):
        if upper.endswith(lower[:length]):
            return upper + lower[length:]
    return upper + lower


def _labels(head: ListHead, rows: Sequence[RawRow]) -> list[tuple[str, str]]:
    """The labels of dimension and category of each row, from the cells that span it; '' where its cell prints none."""
    printed = {part: _spanning(head, rows, part) for part in ("dimension", "category")}
    return list(zip(printed["dimension"], printed["category"], strict=True))


def _spanning(head: ListHead, rows: Sequence[RawRow], part: str) -> list[str]:
    column = head.columns.get(part)
    if column is None:
        return [""] * len(rows)
    starts = [
        n for n, row in enumerate(rows) if n == 0 or owns(row, column) or row.place.page != rows[n - 1].place.page
    ]
    texts: list[str] = []
    spans: list[tuple[int, str]] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        text = "".join(
            rows[number].cells[column].strip() for number in range(start, end) if column < len(rows[number].cells)
        )
        spans.append((end - start, text))
    for number, (length, text) in enumerate(spans):
        above = spans[number - 1][1] if _opens_page(rows, starts[number]) else ""
        below = spans[number + 1][1] if number + 1 < len(spans) and _opens_page(rows, starts[number + 1]) else ""
        texts += [text or (above if not below or above == below else below if not above else "")] * length
    return texts


def _opens_page(rows: Sequence[RawRow], number: int) -> bool:
    return number > 0 and rows[number].place.page != rows[number - 1].place.page
