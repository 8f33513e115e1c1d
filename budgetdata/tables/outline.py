"""Which block of a document is what: the thirteen tables with their fragments, the narrative, and what is left out by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetdata.base.facts import ParagraphFact
from budgetdata.base.money import is_number
from budgetdata.base.raw import Block, Paragraph, Place, RawRow, RawTable
from budgetdata.base.said import Said, said
from budgetdata.base.text import folded, key, squeeze, unnumbered
from budgetdata.forms.declared import Form
from budgetdata.forms.keys import title_key, year_of
from budgetdata.forms.titles import form_titled, is_other_table
from budgetdata.forms.units import is_unit_row, units_in, units_of
from budgetdata.tables.header import begin_alike, resolve, split_header
from budgetdata.tables.running_text import CONTENTS, DEPARTMENT, is_furniture, part_opened, running_text

_EMPTY = re.compile(
    r"(?:本表)?(?:无数据|无内容|为空表|为空)|空表|(?:我|本)?(?:部门|单位)?(?:没有|无)(?:使用)?(?:政府性基金|国有资本|此项|该项)|不涉及"
)
_THIS, _FUND = re.compile("[本此该]表|空表"), re.compile("政府性基金|国有资本经营")
_TABLE_LIKE_TITLE = re.compile(r"(?:表|目录|清单|名录)(?:-+[^-。]{2,30})?(?:\(.*\))?$")
_NUMBER_OF_TABLE = re.compile(r"(?:附|公开)?表[0-9一二三四五六七八九十]{1,3}")
_KIND = re.compile(r"支出|收入|收支|经费|采购|购买|绩效|资产|债务|目录")
_CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,3}")
_SCOPE = re.compile(r"[(（]按")
"""How the second line of a title begins that says by which classification its table is divided."""
_UNIT_CUT_OFF = re.compile(r"(?:金额)?单位[:：][百千万亿]{0,2}")
"""A line of the unit whose end stands elsewhere: 单位：万, its 元 before the head below."""
_NOTE = re.compile(r"[(（]?(?:注|备注|说明)[:：]?")
CONTEXT = 8
FIRST_ROWS = 8
"""Rows of a run that is left out that are kept, for its heads."""
FEWEST_REPEATED = 3
"""Amounts that a run of rows must print to be known again."""


@dataclass(slots=True)
class TableGroup:
    """One standard table as printed: its form, title, fragments, and remarks on emptiness.

    `between` is text that stands between its fragments and is no part of it; `cut` is true where rows stood behind it that
    could not be told to be its own; `elsewhere` is where rows like its own stand under no title; `twice` are places where rows of
    it are printed once more. `units` are all the units that
    are printed for it.
    """

    form: Form
    title: str
    place: Place
    fragments: list[RawTable] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    found_by: str = "title"
    part: int = 0
    between: list[Paragraph] = field(default_factory=list)
    cut: bool = False
    twice: list[Place] = field(default_factory=list)
    elsewhere: Place | None = None

    @property
    def unit(self) -> str:
        """The one unit that is printed for it, '' where there is none or more than one."""
        units = self.every_unit
        return units[0] if len(units) == 1 else ""

    @property
    def every_unit(self) -> list[str]:
        """Every unit that its title, its lines and its heads name."""
        return list(dict.fromkeys([*self.units, *units_of(self.fragments)]))

    def add(self, block: RawTable) -> None:
        """One more run of its rows; one that repeats a run is only remembered as printed twice."""
        if any(_same(block, held) for held in self.fragments):
            self.twice.append(block.place)
        else:
            self.fragments.append(block)


@dataclass(slots=True)
class LeftOut:
    """A run of tables that is no budget table, named by the title it stands under.

    Its title is '' where it stands under none. `amounts` counts what reads as an amount in it, where it stands among the budget
    tables; `head` are its first rows.
    """

    title: str
    first: Place
    last: Place
    rows: int
    amounts: int = 0
    head: tuple[RawRow, ...] = ()

    @property
    def named(self) -> Said | str:
        """Its title, or the words for a table without one."""
        return self.title or said("table.untitled")


@dataclass(slots=True)
class Outline:
    """The parts of a document. `spare` are wider tables, of use only where a form finds none of its own. `orphans` are
    runs of rows with amounts, without title, head or unit: rows of some table."""

    tables: dict[int, TableGroup] = field(default_factory=dict)
    spare: list[TableGroup] = field(default_factory=list)
    again: list[TableGroup] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    orphans: list[RawTable] = field(default_factory=list)
    paragraphs: list[ParagraphFact] = field(default_factory=list)


def outline(
    blocks: Sequence[Block], forms: dict[int, Form], sheet_blocks: set[int], breaks: Sequence[int] = ()
) -> Outline:
    """The outline of a document; `sheet_blocks` are indexes of blocks that belong to performance sheets, `breaks` pages
    behind which pages are missing or stand elsewhere."""
    plain = [(i, piece) for i, block in enumerate(blocks) for piece in _lift_titles(block)]
    result = Outline()
    _find_tables(plain, _Finder(forms, result, breaks), sheet_blocks)
    _use_spares(result, forms)
    for group in result.tables.values():
        group.elsewhere = next((block.place for block in result.orphans if _are_both_coded(group, block)), None)
    result.paragraphs = running_text(blocks, sheet_blocks, _places(result))
    return result


def _use_spares(out: Outline, forms: dict[int, Form]) -> None:
    """Give each form that found no table of its own the wider table, or the other form's, that is declared to hold it."""
    for form in forms.values():
        if form.no in out.tables:
            continue
        printed = [*out.spare, *out.tables.values()]
        for spare in form.spares:
            group = next((g for g in printed if spare.matches_title(title_key(g.title))), None)
            if group is not None:
                out.tables[form.no] = replace(group, form=spare, remarks=list(group.remarks))
                break


def _lift_titles(block: Block) -> list[Block]:
    """A table whose first rows hold one cell each that reads as title, unit or department gives them as paragraphs."""
    if not isinstance(block, RawTable):
        return [block]
    lifted: list[Block] = []
    rows = list(block.rows)
    while len(rows) > 1 and _is_title_row(rows[0]):
        row = rows.pop(0)
        lifted.append(Paragraph(" ".join(text for _, text in row.filled), row.place))
    return [*lifted, RawTable(tuple(rows))]


def _is_title_row(row: RawRow) -> bool:
    text = " ".join(cell for _, cell in row.filled)
    if len(row.filled) == 1:
        numbered = bool(_NUMBER_OF_TABLE.fullmatch(key(text)))
        return numbered or bool(_TABLE_LIKE_TITLE.search(title_key(text)) or units_in(text) or DEPARTMENT.search(text))
    return is_unit_row(row)


class _Finder:
    """Walks the blocks once and gives every table its form, its fragments, or a place among what is left out."""

    def __init__(self, forms: dict[int, Form], out: Outline, breaks: Sequence[int] = ()) -> None:
        self.forms = forms
        self.out = out
        self.breaks = breaks
        self.context: list[Paragraph] = []
        self.current: TableGroup | None = None
        self.skipped: LeftOut | None = None
        self.part = 0

    def paragraph(self, block: Paragraph) -> None:
        """Text between tables: it may open a part, print a unit, or say that the table above is empty."""
        self.context.append(block)
        opened = part_opened(block.text)
        if opened and not CONTENTS.search(block.text):
            self.part, self.current, self.skipped = opened, None, None
        if self.current is not None and len(self.context) <= 3 and _EMPTY.search(squeeze(block.text)):
            self.current.remarks.append(block.text)

    def table(self, block: RawTable) -> None:
        """A run of rows: the next fragment of the table above, a table of its own, or no budget table."""
        self.context = [p for p in self.context if not self._is_between(p.place, block.place)]
        form, title = _titled(self.context[-CONTEXT:], self.forms)
        current = self.current
        if form is not None and current is not None and title is not None:
            current.units += _noted(self.context[: self.context.index(title)])
        if form is None and current is not None and self._goes_on(current, block):
            current.add(block)
            current.units += self._units(None)
            current.between += [p for p in self.context if not is_furniture(p)]
        elif form is None and not self.context and self.skipped is not None:
            self._skip_more(self.skipped, block)
        elif (
            form is not None
            and current is not None
            and current.form.id == form.id
            and not _is_anew(current, title, block)
        ):
            current.add(block)
            current.units += self._units(title)
        else:
            self._open(block, form, title)
        self.context = []

    def _units(self, title: Paragraph | None) -> list[str]:
        """The units printed above a table: from its title on, or where none stands there, nearest above it."""
        after = self.context[self.context.index(title) :] if title in self.context else []
        return list(dict.fromkeys(unit for p in after for unit in units_in(p.text))) or next(
            (units for p in reversed(self.context) if (units := units_in(p.text))), []
        )

    def sheet(self) -> None:
        """A performance sheet ends whatever stood before it."""
        self.context, self.current, self.skipped = [], None, None

    def _goes_on(self, current: TableGroup, block: RawTable) -> bool:
        """True where a run without title continues the table above: nothing but furniture between, or the same columns."""
        if self._is_broken_off(current, block):
            return False
        if all(is_furniture(p) for p in self.context):
            return True
        if len(self.context) > 3 or any(p.heading or len(p.text) > 80 for p in self.context):
            return False
        if any(_TABLE_LIKE_TITLE.search(title_key(p.text)) for p in self.context):
            return False
        return _alike(current.form, current.fragments[0], block)

    def _is_broken_off(self, current: TableGroup, block: RawTable) -> bool:
        """True where pages are missing between a table and a run of rows that does not repeat its head."""
        broken = self._is_between(current.fragments[-1].rows[-1].place, block.place)
        return broken and not split_header(block.rows, current.form)[0]

    def _is_between(self, one: Place, other: Place) -> bool:
        """True where pages are missing between two places."""
        return any((one.page or 0) <= page < (other.page or 0) for page in self.breaks)

    def _skip_more(self, skipped: LeftOut, block: RawTable) -> None:
        skipped.last = block.rows[-1].place
        skipped.rows += len(block.rows)
        skipped.amounts += _amounts(block) if self._among_tables() and not is_other_table(skipped.title) else 0

    def _among_tables(self) -> bool:
        """True in the part of the document that holds the budget tables: the second, or where one has been found."""
        return self.part == 2 or any(group.part == self.part for group in self.out.tables.values())

    def _open(self, block: RawTable, form: Form | None, title: Paragraph | None) -> None:
        found_by = "title"
        if form is None and not any(_names_another(p.text) for p in self.context):
            form, found_by = _by_header(block, self.forms, self.out), "header"
        if form is None:
            name = title.text if title else _name_above(self.context)
            amounts = _amounts(block) if self._among_tables() and not is_other_table(name) else 0
            last = block.rows[-1].place
            self.skipped = LeftOut(name, block.place, last, len(block.rows), amounts, block.rows[:FIRST_ROWS])
            self.out.left_out.append(self.skipped)
            own = bool(self._units(title)) or any(_TABLE_LIKE_TITLE.search(title_key(p.text)) for p in self.context)
            if not own and _amounts(block):
                self.out.orphans.append(block)
            if self.current is not None and amounts and not own:
                self.current.cut = True
            self.current = None
            return
        place = title.place if title else block.place
        group = TableGroup(
            form, title.text if title else form.title, place, [block], self._units(title), [], found_by, self.part
        )
        self.current, self.skipped = group, None
        if form is not self.forms[form.no]:
            self.out.spare.append(group)
            return
        held = self.out.tables.get(form.no)
        if held is not None and any(_same(block, fragment) for fragment in held.fragments):
            held.twice.append(place)
            return
        if held is None or (held.part != 2 and group.part == 2) or year_of(held.title) < year_of(group.title):
            self.out.tables[form.no] = group
            self.out.again += [held] if held is not None else []
        else:
            self.out.again.append(group)


def _is_anew(current: TableGroup, title: Paragraph | None, block: RawTable) -> bool:
    """True where a run under the title of another year begins with the row that the table above began with: it is that year's."""
    years = {year_of(current.title), year_of(title.text) if title else 0}
    return len(years) == 2 and 0 not in years and begin_alike(current.form, current.fragments[0], block)


def _noted(context: Sequence[Paragraph]) -> list[str]:
    """The units named in notes that stand below a table, above the title of the next."""
    return [unit for p in context if _NOTE.match(squeeze(p.text)) for unit in units_in(p.text)]


def _same(one: RawTable, other: RawTable) -> bool:
    """True where two runs print the same amounts in the same rows: one of them is printed twice."""
    same = len(one.rows) == len(other.rows) and [row.cells for row in one.rows] == [row.cells for row in other.rows]
    return same and _amounts(one) >= FEWEST_REPEATED


def _name_above(context: Sequence[Paragraph]) -> str:
    """What a table stands under: the nearest line that is no furniture, with the line above it where both are one title."""
    named = [p.text for p in context if not is_furniture(p) and not _UNIT_CUT_OFF.fullmatch(squeeze(p.text))]
    whole = "".join(named[-2:])
    return whole if named and not is_other_table(named[-1]) and is_other_table(whole) else "".join(named[-1:])


def _names_another(text: str) -> bool:
    """True for the title of some table that no form has: what stands under it is not told by its header alone."""
    bare = title_key(text)
    return bool(_TABLE_LIKE_TITLE.search(bare) and _KIND.search(bare) and len(bare) <= 40)


def _find_tables(plain: Sequence[tuple[int, Block]], finder: _Finder, sheets: set[int]) -> None:
    for index, block in plain:
        if index in sheets:
            finder.sheet()
        elif isinstance(block, Paragraph):
            finder.paragraph(block)
        else:
            finder.table(block)


def _alike(form: Form, first: RawTable, block: RawTable) -> bool:
    """True where rows look like more of a table: as wide, codes where it has codes, or labels that it declares."""
    if form.sides[0].code_heads and any(_is_code(row) for row in first.rows):
        return 2 * sum(_is_code(row) for row in block.rows) > len(block.rows)
    if any(side.declares_rows for side in form.sides):
        labels = [unnumbered(text) for row in block.rows for _, text in row.filled]
        return any(spec.label.fullmatch(label) for side in form.sides for spec in side.rows for label in labels)
    return block.width == first.width and _amounts(block) > 0


def _are_both_coded(group: TableGroup, block: RawTable) -> bool:
    """True where a table and a run of rows both list 科目 by code."""
    return bool(group.form.sides[0].code_heads) and all(
        2 * sum(_is_code(row) for row in rows) > len(rows) for rows in (block.rows, group.fragments[-1].rows)
    )


def _is_code(row: RawRow) -> bool:
    return any(_CODE.fullmatch(folded(text)) for _, text in row.filled[:1])


def _amounts(block: RawTable) -> int:
    printed = [text for row in block.rows for _, text in row.filled if re.search("[.,，．]", text)]
    return sum(is_number(text) for text in printed)


def _titled(context: Sequence[Paragraph], forms: dict[int, Form]) -> tuple[Form | None, Paragraph | None]:
    """The form, or spare layout, whose title stands nearest above a table, also where it is broken over two paragraphs."""
    spares = {index: spare for index, spare in enumerate(s for form in forms.values() for s in form.spares)}
    for position in range(len(context) - 1, -1, -1):
        texts = [context[position].text]
        if position + 1 < len(context) and not texts[0].endswith(("。", "；")):
            texts.append(context[position].text + context[position + 1].text)
            if _SCOPE.match(squeeze(context[position + 1].text)):
                texts = texts[1:]
        for text in texts:
            form = form_titled(text, forms) or form_titled(text, spares)
            if form is not None:
                return form, context[position]
    return None, None


def _by_header(block: RawTable, forms: dict[int, Form], out: Outline) -> Form | None:
    """The one form, not found yet, whose every amount column the header names and which leaves no column over."""
    fitting = []
    for form in forms.values():
        count, leaves = split_header(block.rows, form)
        layouts = resolve(form, leaves, block.width) if count else None
        if layouts is None or form.no in out.tables:
            continue
        if all(set(x.values) == {c.name for c in x.side.columns} and not x.strangers for x in layouts):
            fitting.append(form)
    return fitting[0] if len(fitting) == 1 else None


def _places(out: Outline) -> list[Place]:
    """Where the tables stand: their titles and rows."""
    groups = (*out.tables.values(), *out.again)
    rows = [row.place for group in groups for fragment in group.fragments for row in fragment.rows]
    return rows + [group.place for group in groups]


def empty_is_stated(group: TableGroup) -> bool:
    """True where the document says in words that the table holds nothing: this table, or what it holds, not another fund."""
    texts = [squeeze(remark) for remark in group.remarks]
    own = [t for t in texts if _THIS.search(t) or any(p.search(t) for p in group.form.none_of) or not _FUND.search(t)]
    return any(_EMPTY.search(text) for text in own)
