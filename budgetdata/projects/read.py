"""Lists of projects read: one sheet for each amount of a project, with its goal and its indicators, one a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from budgetdata.base.facts import ANNUAL, SheetFact
from budgetdata.base.money import is_blank, parse_amount
from budgetdata.base.raw import Block as RawBlock
from budgetdata.base.raw import Paragraph, Place, Problem, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD, is_page_number, key, squeeze
from budgetdata.projects.cells import Block, Page, blocks_of, names_stand_within, prints_same, without_doubtful
from budgetdata.projects.page_breaks import join_page_breaks
from budgetdata.sheets.cells import one_line, prose
from budgetdata.sheets.heads import ListHead, head_of, repeated
from budgetdata.sheets.labels import is_furniture, is_title, label_of, unit_line
from budgetdata.sheets.links import office_of
from budgetdata.sheets.rows import target_of

SUBJECT = "sheet"
MOST_BETWEEN = 80
"""Characters of text that may stand between two pages of a list: what ran over the edge of a cell."""
NAMED = 3
"""Projects named in a line that speaks of more."""
_CODE = re.compile(rf"[0-9A-Z{UNREAD}]{{6,}}[-－—_]\s*(?=.)", re.DOTALL)
TOTAL = re.compile(r"(?:部门|单位|项目)?(?:总|合|小|共)?计")
_NOTE = re.compile(r"[(（]?(?:注|备注|说明)[:：]")
_UNIT = re.compile(r"单位:(万元|千元|亿元|元)")


@dataclass(slots=True)
class ListTable:
    """A list as printed: its head, its rows page by page, its unit and title, and the blocks of the document it fills."""

    head: ListHead
    pages: list[Page]
    width: int
    place: Place
    unit: str = ""
    title: str = ""
    blocks: set[int] = field(default_factory=set)


@dataclass(slots=True)
class ListsRead:
    """What the lists of a document came to. blocks: those that hold nothing else; projects: the sheets of each list."""

    sheets: list[SheetFact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)

    def add(self, others: ListsRead) -> None:
        """Take what other lists of the document came to."""
        self.sheets += others.sheets
        self.problems += others.problems
        self.blocks |= others.blocks


def read_lists(blocks: Sequence[RawBlock]) -> ListsRead:
    """The lists of projects of a document, one sheet for each amount of a project that a goal or indicators stand beside."""
    read = ListsRead()
    for table in find_lists(blocks):
        try:
            sheets, problems = _read(table)
        except Exception as error:
            fault = said("lists.fault", error=type(error).__name__)
            read.problems.append(Problem("unread", SUBJECT, fault, table.place))
            continue
        held = {_printed(sheet) for sheet in read.sheets}
        twice = [sheet for sheet in sheets if _printed(sheet) in held]
        if twice:
            note = said("lists.twice", n=len(twice), names=[sheet.project_name for sheet in twice[:NAMED]])
            read.problems.append(Problem("note", SUBJECT, note, twice[0].place))
        read.sheets += [sheet for sheet in sheets if _printed(sheet) not in held]
        read.problems += problems
        if (
            table.head.sets_targets
            or "绩效" in table.title
            or len(table.head.columns.keys() & {"fiscal", "other"}) == 0
        ):
            read.blocks |= table.blocks
    return read


def _printed(sheet: SheetFact) -> tuple[object, ...]:
    """What a sheet prints, to know it again where another list of the document prints it once more."""
    targets = tuple((target.indicator, target.target) for target in sheet.targets)
    return key(sheet.project_name), sheet.funds.get((ANNUAL, "total")), squeeze(sheet.annual_goal), targets


def find_lists(blocks: Sequence[RawBlock]) -> list[ListTable]:
    """The lists among a document's blocks, their pages joined."""
    found: list[ListTable] = []
    current: ListTable | None = None
    between: list[int] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            between.append(index)
            continue
        texts = [text for n in between if isinstance(text := blocks[n], Paragraph)]
        page = None if current is None else _next_page(current, block, texts)
        if current is not None and page is not None:
            current.pages.append(page)
            current.blocks |= {*between, index}
        else:
            current = _opened(block, texts, index)
            found += [current] if current is not None else []
        between = []
    return found


def _opened(block: RawTable, above: Sequence[Paragraph], index: int) -> ListTable | None:
    head = head_of(block.rows)
    return None if head is None else opened(head, block, above, index)


def opened(head: ListHead, block: RawTable, above: Sequence[Paragraph], index: int) -> ListTable:
    """The list that a table below its head begins, with the unit and the title that stand above it."""
    units = [unit.group(1) for text in above[-4:] if (unit := _UNIT.search(key(text.text)))]
    title = next((text.text for text in reversed(above[-4:]) if key(text.text).endswith("表")), "")
    rows = without_doubtful(block.rows[head.rows :], block.width)
    place = block.rows[0].place
    return ListTable(head, [Page(rows)], block.width, place, head.unit or (units[-1] if units else ""), title, {index})


def _next_page(table: ListTable, block: RawTable, between: Sequence[Paragraph]) -> Page | None:
    """The rows of a table that goes on from a list above it: the same head again, or none and as many columns."""
    if any(text.heading or is_title(text.text) for text in between):
        return None
    strange = [text for text in between if not is_furniture_line(text)]
    parted = _is_parted(table, block, between)
    if sum(len(text.text) for text in strange) > MOST_BETWEEN and not parted:
        return None
    count, over = repeated(table.head, block.rows)
    if count == 0 and not parted and (block.width != table.width or head_of(block.rows) is not None):
        return None
    if count == 0 and not any(_holds(table.head, block.rows)):
        return None
    return Page(without_doubtful(block.rows[count:], table.width), over)


def _is_parted(table: ListTable, block: RawTable, between: Sequence[Paragraph]) -> bool:
    """Whether the lines between a list and a table are those of a cell of its last row: no blank line stands among them."""
    last = next((row for page in reversed(table.pages) for row in reversed(page.rows)), None)
    if last is None or last.doubt is None:
        return False
    places = [last.place, *(text.place for text in between), block.place]
    return all(one.page == other.page and (one.line or 0) + 1 == other.line for one, other in pairwise(places))


def is_furniture_line(text: Paragraph) -> bool:
    """Whether a line says only which sheet, year, unit or page it is."""
    return is_furniture(text.text) or is_page_number(text.text) or bool(unit_line(text.text))


def _holds(head: ListHead, rows: Sequence[object]) -> Iterator[bool]:
    """Whether each row prints something where the list prints an amount, a goal or a target."""
    parts = ("total", "goal", "indicator", "value")
    for row in rows:
        yield any(head.cell(row, part) for part in parts)  # type: ignore[arg-type]


def _read(table: ListTable) -> tuple[list[SheetFact], list[Problem]]:
    problems = Problems(table)
    for page in table.pages:
        page.rows = [row for row in page.rows if row.filled and not _NOTE.match(key(row.filled[0][1]))]
    join_page_breaks(table.head, table.pages)
    if names_stand_within(table.head, table.pages):
        rows = [row for page in table.pages for row in page.rows]
        return [], [Problem("unread", SUBJECT, said("lists.names_within", n=len(rows)), table.place)]
    kept, lost = _told_apart(table, problems)
    sheets = [sheet_of(table, block, project_name(block.project), problems) for block in kept]
    for number in lost:
        sheets[number].unread += 1
    for sheet in sheets:
        if sheet.unread:
            sheet.notes.append(said("sheets.partial", n=sheet.unread))
    if table.head.unknown:
        heads = [one_line(text) for text in table.head.unknown.values()]
        problems.found.append(Problem("unread", SUBJECT, said("lists.heads_unknown", heads=heads), table.place))
    return sheets, problems.lines()


def _told_apart(table: ListTable, problems: Problems) -> tuple[list[Block], list[int]]:
    """The blocks whose project is known, those of one that the list names again below a doubtful row joined; and after which of
    them, by number, rows stand that are perhaps its own."""
    kept: list[Block] = []
    lost: list[int] = []
    for block in blocks_of(table.head, table.pages):
        name = project_name(block.project)
        if TOTAL.fullmatch(key(name)) or not block.rows:
            continue
        if not block.goal and not any(table.head.cell(row, "indicator") for row in block.rows):
            continue
        if not block.known or not is_name(name):
            problems.add("lists.project_unclear", block.rows[0].place, name or block.goal[:20])
            lost += [len(kept) - 1] if kept and block.rows[0].doubt is not None else []
        elif kept and table.head.sets_targets and kept[-1].cell != block.cell and prints_same(kept[-1], block):
            kept[-1].rows, kept[-1].labels = kept[-1].rows + block.rows, kept[-1].labels + block.labels
        else:
            kept.append(block)
    return kept, lost


def is_name(text: str) -> bool:
    """Whether a text may be a project's name: read whole, no label of the form, no end of a sentence."""
    whole = bool(text) and UNREAD not in text and text[-1] not in "。；;"
    return whole and label_of(text) is None and parse_amount(text, "元") is None


def project_name(printed: str) -> str:
    """The name of a project as printed in a list, without the code that may stand before it."""
    return one_line(_CODE.sub("", printed, count=1) if _CODE.match(printed) else printed)


def sheet_of(table: ListTable, block: Block, name: str, problems: Problems) -> SheetFact:
    """The sheet of a block: its amounts, its goal, and the indicators that its rows set in columns."""
    place = block.rows[0].place
    unit = "" if UNREAD in block.unit else one_line(block.unit)
    sheet = SheetFact(name, "project", place, office=unit or office_of(name))
    _read_funds(table, block, sheet, problems)
    goal = prose(block.goal)
    if UNREAD in goal:
        problems.add("lists.goal_cut", place, name)
    elif goal:
        sheet.annual_goal = goal
        sheet.text_places["annual_goal"] = place
    for row, labels in zip(block.rows, block.labels, strict=True):
        target = target_of(table.head.parts(row), labels, row.place)
        if target is not None and table.head.half_known:
            target = said("lists.half_unknown")
        if isinstance(target, Said):
            problems.add(target.code, row.place, name)
            sheet.unread += 1
        elif target is not None:
            sheet.targets.append(target)
    sheet.listed = {target.horizon for target in sheet.targets}
    return sheet


def _read_funds(table: ListTable, block: Block, sheet: SheetFact, problems: Problems) -> None:
    """The amount of the year, and what of it is other money; kept where its parts do not contradict it."""
    printed = {part: text for part, text in block.funds.items() if not is_blank(text)}
    amounts = {part: parse_amount(text, table.unit) if table.unit else None for part, text in printed.items()}
    if "total" not in printed:
        return
    total = amounts["total"]
    if total is None:
        problems.add("lists.amount_unread" if table.unit else "lists.no_unit", sheet.place, sheet.project_name)
        return
    sheet.funds[ANNUAL, "total"] = total.fen
    other = amounts.get("other")
    if other is not None and not table.head.unknown and "fiscal" in amounts:
        fiscal = amounts["fiscal"]
        if fiscal is not None and fiscal.fen + other.fen == total.fen:
            sheet.funds[ANNUAL, "other"] = other.fen


@dataclass(slots=True)
class Problems:
    """What of a list was not read, one line a cause: how often, where first, and in which projects."""

    table: ListTable
    causes: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, place: Place, name: str) -> None:
        """One more row or project of which something was not read."""
        self.causes.setdefault(code, []).append((place, squeeze(name.replace(UNREAD, ""))))

    def lines(self) -> list[Problem]:
        """The problems of the list, those of one cause made one line."""
        for code, rows in self.causes.items():
            names = list(dict.fromkeys(name for _, name in rows))[:NAMED]
            self.found.append(Problem("unread", SUBJECT, said(code, n=len(rows), names=names), rows[0][0]))
        return self.found
