"""Which block of a document is what: the thirteen tables with their fragments, the narrative, and what is left out by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.money import is_number
from budgetdata.base.raw import Block, Paragraph, Place, RawRow, RawTable
from budgetdata.base.text import is_page_number, key, squeeze, unnumbered
from budgetdata.forms.declared import Form
from budgetdata.forms.header import begin_alike, resolve, rests_apart, split_header
from budgetdata.forms.keys import title_key, year_of
from budgetdata.forms.plain_codes import plain_codes
from budgetdata.forms.running_text import CONTENTS, DEPARTMENT, is_furniture, part_opened, running_text
from budgetdata.forms.titles import form_titled, is_like_title, is_other_table
from budgetdata.forms.units import is_unit_row, units_in
from budgetdata.tables.footing import NEAR, is_note, noted, part_from, settle, take_below, units_above
from budgetdata.tables.groups import LeftOut, Outline, TableGroup
from budgetdata.tables.repeats import amounts_in, is_code

_EMPTY = re.compile(
    r"(?:本表)?(?:无数据|无内容|为空表|为空)|空表|(?:我|本)?(?:部门|单位)?(?:没有|无)(?:使用)?(?:政府性基金|国有资本|此项|该项)|不涉及"
)
_THIS, _FUND = re.compile("[本此该]表|空表"), re.compile("政府性基金|国有资本经营")
_NUMBER_OF_TABLE = re.compile(r"(?:附|公开)?表[0-9一二三四五六七八九十]{1,3}")
_KIND = re.compile(r"支出|收入|收支|经费|采购|购买|绩效|资产|债务|目录")
_SCOPE = re.compile(r"[(（]按")
"""How the second line of a title begins that says by which classification its table is divided."""
_UNIT_CUT_OFF = re.compile(r"(?:金额)?单位[:：][百千万亿]{0,2}")
"""A line of the unit whose end stands elsewhere: 单位：万, its 元 before the head below."""
CONTEXT = 8
BETWEEN_TITLES = 2
"""Rows of one cell that say neither title, unit nor department, before or between those that do (附件1, 部门编码及名称：…)."""
FIRST_ROWS = 8
"""Rows of a run that is left out that are kept, for its heads."""


def outline(
    blocks: Sequence[Block], forms: dict[int, Form], sheet_blocks: set[int], breaks: Sequence[int] = ()
) -> Outline:
    """The outline of a document; `sheet_blocks` are indexes of blocks that belong to performance sheets, `breaks` pages
    behind which pages are missing or stand elsewhere."""
    plain = [(i, piece) for i, block in enumerate(blocks) for piece in _lift_titles(block)]
    result = Outline()
    finder = _Finder(forms, result, breaks)
    _find_tables(plain, finder, sheet_blocks)
    finder.leave_doubtful()
    settle(finder.opened)
    _use_spares(result, forms)
    for group in result.tables.values():
        group.elsewhere = next((block.place for block in result.orphans if _are_of_one_kind(group, block)), None)
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
    """A table whose first rows hold one cell each that reads as title, unit or department gives them as paragraphs, and those
    between them."""
    if not isinstance(block, RawTable):
        return [block]
    rows = tuple(row for row in block.rows if not _is_page_row(row)) or block.rows
    count = _title_rows(rows)
    lifted = [Paragraph(" ".join(text for _, text in row.filled), row.place) for row in rows[:count]]
    return [*lifted, rests_apart(plain_codes(RawTable(rows[count:])))]


def _title_rows(rows: Sequence[RawRow]) -> int:
    """How many rows at the head of a table belong to its title: the last of them is title, unit or department."""
    count = 0
    for number, row in enumerate(rows[:-1]):
        if _is_title_row(row):
            count = number + 1
        elif len(row.filled) > 1 or number - count >= BETWEEN_TITLES:
            break
    return count


def _is_page_row(row: RawRow) -> bool:
    """True for a row of the grid that holds nothing but the number of its page."""
    return len(row.filled) == 1 and is_page_number(row.filled[0][1], named=True)


def _is_title_row(row: RawRow) -> bool:
    text = " ".join(cell for _, cell in row.filled)
    if len(row.filled) == 1:
        numbered = bool(_NUMBER_OF_TABLE.fullmatch(key(text)))
        return numbered or is_like_title(text) or bool(units_in(text) or DEPARTMENT.search(text))
    return is_unit_row(row)


class _Finder:
    """Walks the blocks once and gives every table its form, its fragments, or a place among what is left out."""

    def __init__(self, forms: dict[int, Form], out: Outline, breaks: Sequence[int] = ()) -> None:
        self.forms = forms
        self.out = out
        self.breaks = breaks
        self.context: list[Paragraph] = []
        self.opened: list[TableGroup] = []
        self.behind: list[tuple[TableGroup, int]] = []
        """Tables with the number of a fragment that goes on behind missing pages, under no title."""
        self.chain = 0
        self.current: TableGroup | None = None
        self.skipped: LeftOut | None = None
        self.part = 0

    def paragraph(self, block: Paragraph) -> None:
        """Text between tables: it may open a part, print a unit, or say that the table above is empty."""
        self.context.append(block)
        opened = part_opened(block.text)
        if opened and not CONTENTS.search(block.text):
            self.part, self.current, self.skipped, self.chain = opened, None, None, len(self.opened)
        if self.current is not None and len(self.context) <= 3 and _EMPTY.search(squeeze(block.text)):
            self.current.remarks.append(block.text)
        if self.current is not None:
            take_below(self.current, self.context)
        if len(self.context) <= NEAR:
            self._of_all_above(block.text)

    def _of_all_above(self, text: str) -> None:
        """Give the tables above a line, since a part or a sheet, the unit that it names for them."""
        units = units_above(text, of_another=self.skipped is not None)
        for group in self.opened[self.chain :] if units else ():
            group.units += units

    def table(self, block: RawTable) -> None:
        """A run of rows: the next fragment of the table above, a table of its own, or no budget table."""
        self.context = [p for p in self.context if not self._is_between(p.place, block.place)]
        form, title = _titled(self.context[-CONTEXT:], self.forms)
        current = self.current
        if form is not None and current is not None and title is not None:
            current.units += noted(self.context[: self.context.index(title)])
        if form is None and current is not None and self._goes_on(current, block):
            if self._is_behind_missing(current, block):
                self.behind.append((current, len(current.fragments)))
            current.add(self._without_rest(current, block))
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
            current.add(self._without_rest(current, block))
            current.units += self._units(title)
        else:
            self._open(block, form, title)
        self.context = []
        for row in block.rows:
            if len(row.filled) == 1 and "元" in row.filled[0][1]:
                self._of_all_above(row.filled[0][1])

    def leave_doubtful(self) -> None:
        """Take back what seemed to go on behind missing pages under a head that another table has as well, or one that was not
        found would have: its title may have stood there."""
        missing = [form for no, form in self.forms.items() if no not in self.out.tables]
        firsts: list[tuple[TableGroup | None, Sequence[RawRow]]] = [(None, left.head) for left in self.out.left_out]
        firsts += [(group, group.fragments[0].rows) for group in self.opened if group.fragments]
        for group, at in reversed(self.behind):
            head = _head_of(group.form, group.fragments[at])
            shared = any(of is not group and [r.cells for r in first[: len(head)]] == head for of, first in firsts)
            if shared or any(_is_headed(form, group.fragments[at]) for form in missing):
                del group.fragments[at:]
                group.cut = True

    def _units(self, title: Paragraph | None) -> list[str]:
        """The units printed above a table: from its title on, or where none stands there, nearest above it."""
        own, line = self._own_units(title), self._line_above()
        return own or (units_in(line.text) if line is not None else [])

    def _own_units(self, title: Paragraph | None) -> list[str]:
        after = self.context[self.context.index(title) :] if title in self.context else []
        return list(dict.fromkeys(unit for p in after for unit in units_in(p.text)))

    def _line_above(self) -> Paragraph | None:
        """The nearest line with a unit that is none of the table above it."""
        taken = self.current.below if self.current is not None and not self.current.every_unit else []
        lines = (p for p in reversed(self.context) if units_in(p.text) and p not in taken)
        return next((p for p in lines if self.current is None or not is_note(p.text)), None)

    def sheet(self, block: Block) -> None:
        """A performance sheet ends whatever stood before it."""
        if self.current is not None:
            part_from(self.current, block, own=False)
        self.context, self.current, self.skipped, self.chain = [], None, None, len(self.opened)

    def _goes_on(self, current: TableGroup, block: RawTable) -> bool:
        """True where a run without title continues the table above: nothing but furniture between, or the same columns."""
        if self._is_broken_off(current, block):
            return False
        if all(is_furniture(p) for p in self.context):
            return True
        if len(self.context) > 3 or any(p.heading or len(p.text) > 80 for p in self.context):
            return False
        if any(is_like_title(p.text) for p in self.context):
            return False
        return _alike(current.form, current.fragments[0], block)

    def _is_broken_off(self, current: TableGroup, block: RawTable) -> bool:
        """True where pages are missing between a table and a run of rows that does not repeat its head."""
        return self._is_behind_missing(current, block) and not split_header(block.rows, current.form)[0]

    def _without_rest(self, current: TableGroup, block: RawTable) -> RawTable:
        """A run of rows, behind missing pages without a first row of words or numbers alone: the rest of one lost there."""
        count = split_header(block.rows, current.form)[0]
        if count in (0, len(block.rows)) or not self._is_behind_missing(current, block):
            return block
        numbers = {is_number(text) for _, text in block.rows[count].filled}
        return RawTable((*block.rows[:count], *block.rows[count + 1 :])) if len(numbers) == 1 else block

    def _is_behind_missing(self, current: TableGroup, block: RawTable) -> bool:
        """True where pages are missing between a table and a run of rows."""
        return self._is_between(current.fragments[-1].rows[-1].place, block.place)

    def _is_between(self, one: Place, other: Place) -> bool:
        """True where pages are missing between two places."""
        return any((one.page or 0) <= page < (other.page or 0) for page in self.breaks)

    def _skip_more(self, skipped: LeftOut, block: RawTable) -> None:
        skipped.last = block.rows[-1].place
        skipped.rows += len(block.rows)
        skipped.amounts += amounts_in(block) if self._among_tables() and not is_other_table(skipped.title) else 0

    def _among_tables(self) -> bool:
        """True in the part of the document that holds the budget tables: the second, or where one has been found."""
        return self.part == 2 or any(group.part == self.part for group in self.out.tables.values())

    def _open(self, block: RawTable, form: Form | None, title: Paragraph | None) -> None:
        found_by = "title"
        if form is None and not any(_names_another(p.text) for p in self.context):
            form, found_by = _by_header(block, self.forms, self.out), "header"
        own = self._own_units(title)
        if self.current is not None:
            part_from(self.current, block, own=bool(own))
        if form is None:
            name = title.text if title else _name_above(self.context)
            amounts = amounts_in(block) if self._among_tables() and not is_other_table(name) else 0
            last = block.rows[-1].place
            self.skipped = LeftOut(name, block.place, last, len(block.rows), amounts, block.rows[:FIRST_ROWS])
            self.out.left_out.append(self.skipped)
            named = bool(self._units(title)) or any(is_like_title(p.text) for p in self.context)
            if not named and amounts_in(block):
                self.out.orphans.append(block)
            if self.current is not None and amounts and not named:
                self.current.cut = True
            self.current = None
            return
        place = title.place if title else block.place
        line = None if own else self._line_above()
        units = own if line is None else units_in(line.text)
        name = title.text if title else form.title
        group = TableGroup(form, name, place, [block], units, [], found_by, self.part, above=line)
        self.current, self.skipped = group, None
        self.opened.append(group)
        if form is not self.forms[form.no]:
            self.out.spare.append(group)
            return
        held = self.out.tables.get(form.no)
        told = None if held is None else held.told_again(block, exactly=not _are_of_one(held, group))
        if held is not None and told:
            held.twice.append(place)
            return
        if held is not None and told is False:
            held.rival = held.rival or place
            self.out.again.append(group)
        elif held is None or (held.part != 2 and group.part == 2) or year_of(held.title) < year_of(group.title):
            self.out.tables[form.no] = group
            self.out.again += [held] if held is not None else []
        else:
            self.out.again.append(group)


def _is_anew(current: TableGroup, title: Paragraph | None, block: RawTable) -> bool:
    """True where a run under the title of another year begins with the row that the table above began with: it is that year's."""
    years = {year_of(current.title), year_of(title.text) if title else 0}
    return len(years) == 2 and 0 not in years and begin_alike(current.form, current.fragments[0], block)


def _are_of_one(held: TableGroup, group: TableGroup) -> bool:
    """True where nothing tells two tables of a form apart: neither year, nor part, nor unit."""
    years, units = ({year_of(held.title), year_of(group.title)} - {0}, {held.unit, group.unit} - {""})
    return held.part == group.part and len(years) < 2 and len(units) < 2


def _name_above(context: Sequence[Paragraph]) -> str:
    """What a table stands under: the nearest line that is no furniture, with the line above it where both are one title."""
    named = [p.text for p in context if not is_furniture(p) and not _UNIT_CUT_OFF.fullmatch(squeeze(p.text))]
    whole = "".join(named[-2:])
    return whole if named and not is_other_table(named[-1]) and is_other_table(whole) else "".join(named[-1:])


def _names_another(text: str) -> bool:
    """True for the title of some table that no form has: what stands under it is not told by its header alone."""
    bare = title_key(text)
    return len(bare) <= 40 and is_like_title(text) and bool(_KIND.search(bare))


def _find_tables(plain: Sequence[tuple[int, Block]], finder: _Finder, sheets: set[int]) -> None:
    for index, block in plain:
        if index in sheets:
            finder.sheet(block)
        elif isinstance(block, Paragraph):
            finder.paragraph(block)
        else:
            finder.table(block)


def _is_headed(form: Form, fragment: RawTable) -> bool:
    """Whether a fragment's head is one that a table of a form may have: it knows each of its columns."""
    count, leaves = split_header(fragment.rows, form)
    layouts = resolve(form, leaves, fragment.width) if count else None
    return layouts is not None and all(layout.values and not layout.strangers for layout in layouts)


def _head_of(form: Form, fragment: RawTable) -> list[tuple[str, ...]]:
    """The rows of a fragment's head as printed."""
    return [row.cells for row in fragment.rows[: split_header(fragment.rows, form)[0]]]


def _alike(form: Form, first: RawTable, block: RawTable) -> bool:
    """True where rows look like more of a table: as wide, codes where it has codes, or labels that it declares."""
    if form.sides[0].code_heads and any(is_code(row) for row in first.rows):
        return 2 * sum(is_code(row) for row in block.rows) > len(block.rows)
    if any(side.declares_rows for side in form.sides):
        labels = [unnumbered(text) for row in block.rows for _, text in row.filled]
        return any(spec.label.fullmatch(label) for side in form.sides for spec in side.rows for label in labels)
    return block.width == first.width and amounts_in(block) > 0


def _are_of_one_kind(group: TableGroup, block: RawTable) -> bool:
    """True where a table and a run of rows both list 科目 by code, or projects in as many columns with amounts in the same."""
    form, last = group.form, group.fragments[-1]
    if form.sides[0].code_heads and any(is_code(row) for row in last.rows):
        return all(2 * sum(is_code(row) for row in rows) > len(rows) for rows in (block.rows, last.rows))
    own, more = (
        {c for row in rows for c, t in row.filled if "." in t and is_number(t)} for rows in (last.rows, block.rows)
    )
    return bool(form.sides[0].subtotals) and _alike(form, last, block) and own == more


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
    """The one form, not found yet, whose every amount column the header names, no column over; none where a found one has it."""
    fitting = []
    for form in forms.values():
        count, leaves = split_header(block.rows, form)
        layouts = resolve(form, leaves, block.width) if count else None
        if layouts is None or form.no in out.tables:
            continue
        if all(set(x.values) == {c.name for c in x.side.columns} and not x.strangers for x in layouts):
            fitting.append(form)
    shared = fitting and any(_head_of(g.form, g.fragments[0]) == _head_of(g.form, block) for g in out.tables.values())
    return fitting[0] if len(fitting) == 1 and not shared else None


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
