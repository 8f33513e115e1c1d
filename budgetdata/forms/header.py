"""From a table's first rows to its columns: which printed column is the code, the label, and each canonical amount."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from budgetdata.base.money import is_blank, is_number
from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import UNREAD, folded, squeeze
from budgetdata.forms.declared import Form, Side, head_key, matches
from budgetdata.forms.other_years import year_marked
from budgetdata.forms.parted_heads import is_foreign, is_head
from budgetdata.forms.units import is_counted

_PART_SUM = "小计"
_WHOLE = re.compile(r"小计|合计|金额|总额")
"""What stands below a head of several columns for the whole of it."""
_WHOLE_END = re.compile(rf"(?<=.)(?:{_WHOLE.pattern})$")
_ALL = {"total", "subtotal"}
_MORE_THAN_ONE = _ALL | {"current"}
"""Columns under whose heads a 小计, or any word for the whole, may be that of another: 合计 under 本年收入 is the table's."""
_CARRIED = re.compile(r"结转|结余")
"""In a head over others: the funds below it are those of money carried over."""
FEWEST_HEADS = 3
"""Heads that a row between others must print to be one of heads again."""
MOST_HEAD_ROWS = 3
"""Rows in which the heads of code and label columns stand."""


@dataclass(frozen=True, slots=True)
class SideLayout:
    """Where one side's parts stand in a fragment: column indexes, and for each amount column its printed head.

    `strangers` are columns under a head the form does not know, `ignored` those the form declares to leave unread; `how`
    says what the placement rests on; `classes` are further columns of the kind of `group`: the other classifications of a row.
    """

    side: Side
    code: int | None
    label: int | None
    group: int | None
    values: dict[str, int]
    printed: dict[str, str]
    strangers: dict[int, str] = field(default_factory=dict)
    span: tuple[int, int] = (0, 0)
    how: str = "header"
    ignored: tuple[int, ...] = ()
    classes: tuple[int, ...] = ()

    @property
    def texts(self) -> set[int]:
        """The columns that hold no amount: code, label, group and the other classes."""
        return {c for c in (self.code, self.label, self.group, *self.classes) if c is not None}


_INDEX_LABEL = re.compile(r"栏次|行次|\*\*|序号|[甲乙丙丁]|类|款|项|[A-D]")
_INDEX = re.compile(r"[(]?([1-9]\d?)[)]?(?:栏)?(?:=[\d+\-(): ]*)?")
_BEHIND_HEAD = re.compile(r"[^\d.,%．，％]*[一-鿿]([1-9]\d?)")
"""The number of a column behind the end of its head: a rule between the two lies in the last line of the head."""
_RUN_IN, _FEWEST_NUMBERED = re.compile(r"\s*[1１]\s*([^\d.,%．，％]*[一-鿿].*)", re.DOTALL), 4


def is_index_row(row: RawRow) -> bool:
    """True for the row of column numbers under a header (栏次 1 2 3 …, 甲 1=2+3 2 3), two in one cell where a rule is gone.
    One that is unread is taken for the number that belongs there."""
    texts = [text for _, text in row.filled]
    return _counts_up(texts) or _counts_up([part for text in texts for part in text.split()])


def _counts_up(texts: Sequence[str]) -> bool:
    cells = [folded(text) for text in texts]
    while cells and _INDEX_LABEL.fullmatch(cells[0]):
        cells = cells[1:]
    found = [(number, _INDEX.fullmatch(cell)) for number, cell in enumerate(cells, 1) if UNREAD not in cell]
    others = [number for number, match in found if not match or int(match.group(1)) != number]
    known = len(found) - len(others)
    if not others:
        return known >= 2
    if cells[0] != "1" or known <= len(others):
        return False
    behind = ((_BEHIND_HEAD.fullmatch(cells[number - 1]), number) for number in others)
    return all(each and int(each[1]) == number for each, number in behind)


def rests_apart(table: RawTable) -> RawTable:
    """A table, the rest of a name that stands behind the first number of its columns in a row of its own: where the rule between
    the two is gone, both are one cell, and the name above the page break goes on in it."""
    rows = tuple(part for row in table.rows for part in _rest_apart(row))
    return table if len(rows) == len(table.rows) else RawTable(rows)


def _rest_apart(row: RawRow) -> Iterator[RawRow]:
    (column, text), *others = row.filled or [(0, "")]
    found = _RUN_IN.fullmatch(text) if len(others) + 1 >= _FEWEST_NUMBERED else None
    if found is None or not _counts_up(["1", *(text for _, text in others)]):
        yield row
        return
    yield replace(row, cells=(*row.cells[:column], "1", *row.cells[column + 1 :]))
    yield replace(row, cells=tuple(found[1] if at == column else "" for at in range(len(row.cells))))


def split_header(rows: Sequence[RawRow], form: Form) -> tuple[int, dict[int, str]]:
    """How many leading rows are header, and the lowest printed head of every column (column index → text).

    A 小计 below another head stands for that head: its text is then both, the upper one first; so is any head below one
    that the form declares as `prefix_heads`, and any below that of a fund by which the form does not divide its money: 基本支出
    under 财政拨款 is not all of it.
    """
    leaves: dict[int, str] = {}
    uppers: dict[int, str] = {}
    final: set[int] = set()
    prefixes: dict[int, str] = {}
    width = max((len(row.cells) for row in rows), default=0)
    count = 0
    for row in rows:
        if is_index_row(row):
            count += 1
            continue
        if not _is_header_row(row, form, final, bool(leaves)) or _is_blank_total(row, leaves):
            break
        for column, text in row.filled:
            above = prefixes.get(column) or leaves.get(column, "")
            contained = column in prefixes or (above and _stands_for(text, above, form))
            leaves[column] = f"{above}{text}" if contained else text
            uppers[column] = "" if contained else above
            if _is_label_head(text, form):
                final.add(column)
        prefixes.update(_prefixes(row, form, width))
        count += 1
    return (count, leaves | _wholes_of_parts(leaves, uppers, form)) if leaves else (0, {})


def _is_blank_total(row: RawRow, leaves: dict[int, str]) -> bool:
    """True for a row that prints nothing but the name of a total, below the head of codes or names: its amounts are blank."""
    named = [
        _NAMES.fullmatch(head_key(leaves.get(column, "")))
        for column, text in row.filled
        if _WHOLE.fullmatch(head_key(text))
    ]
    return len(named) == len(row.filled) == 1 and named[0] is not None


def _wholes_of_parts(leaves: dict[int, str], uppers: dict[int, str], form: Form) -> dict[int, str]:
    """Columns called 合计 below a head of the form (本年收入), where another column is that of the whole table: both heads."""
    wholes = {c for c, text in leaves.items() if _is_whole(text, form)}
    above = {c: uppers.get(c, "") for c in wholes}
    under = {c for c, text in above.items() if text and _is_column(text, form, _ALL) and not _is_whole(text, form)}
    return {c: f"{uppers[c]}{leaves[c]}" for c in under} if wholes - under else {}


def at_heads(form: Form, fragment: RawTable) -> list[RawTable]:
    """A fragment parted where its head is printed again between its rows, it may be in another order."""
    rows = fragment.rows
    starts = [0]
    for at in range(split_header(rows, form)[0] + 1, len(rows)):
        texts = [text for _, text in rows[at].filled]
        is_head = len(texts) >= FEWEST_HEADS and any(_is_label_head(text, form) for text in texts)
        if is_head and resolve(form, split_header(rows[at:], form)[1], fragment.width) is not None:
            starts.append(at)
    return [RawTable(rows[start:end]) for start, end in pairwise([*starts, len(rows)])]


def begin_alike(form: Form, one: RawTable, other: RawTable) -> bool:
    """True where the first rows below two heads are called the same."""
    first, second = (
        next(
            ([t for _, t in row.filled if not is_number(t)] for row in table.rows[split_header(table.rows, form)[0] :]),
            [],
        )
        for table in (one, other)
    )
    return first == second


def _prefixes(row: RawRow, form: Form, width: int) -> dict[int, str]:
    """The columns under a head that is read together with those below it, and that head: it spans to the next one."""
    return {
        column: text
        for columns, text in row.spans(width)
        if any(matches(side.prefix_heads, head_key(text)) for side in form.sides)
        or is_foreign(text, form)
        or (len(columns) > 1 and _CARRIED.search(text) and not _is_group(text, form))
        for column in columns
    }


def _stands_for(text: str, above: str, form: Form) -> bool:
    """True for a 小计 that is the sum of the columns under the head above it, and for an amount under the head of a fund."""
    bare = head_key(text)
    if _WHOLE.fullmatch(bare) and _is_column(above, form, _MORE_THAN_ONE):
        return True
    return bare == _PART_SUM and (not _is_group(above, form) or _is_column(above, form, _ALL))


def _is_whole(text: str, form: Form) -> bool:
    """True for the head of the amounts of a whole table."""
    bare = head_key(text)
    columns = (column for side in form.sides for column in (*side.columns, *side.extra) if column.name in _ALL)
    return bool(bare) and any(matches(column.heads, bare) for column in columns)


def _is_column(text: str, form: Form, but: Container[str]) -> bool:
    bare = head_key(text)
    columns = (column for side in form.sides for column in (*side.columns, *side.extra) if column.name not in but)
    return any(matches(column.heads, bare) for column in columns)


def _is_header_row(row: RawRow, form: Form, final: set[int], started: bool) -> bool:
    filled = row.filled
    if not filled or any(column in final for column, _ in filled):
        return False
    if any(is_number(text) for _, text in filled):
        return False
    if all(side.rest_ignored for side in form.sides):
        return True
    known = sum(
        is_head(text, form) and bool(head_key(text) or started or year_marked(text, None)) for _, text in filled
    )
    return known == len(filled) or (len(filled) >= 3 and 2 * known >= len(filled))


def _is_label_head(text: str, form: Form) -> bool:
    """True for the head of a code or label column: what stands below it is data."""
    bare = head_key(text)
    labels = any(matches(side.label_heads + side.code_heads, bare) for side in form.sides)
    return labels and not _is_group(text, form)


def _is_group(text: str, form: Form) -> bool:
    return any(matches(side.groups, head_key(text)) for side in form.sides)


_NAMES = re.compile(r".*(?:编码|名称)")


def other_head(fragment: RawTable) -> bool:
    """Whether a fragment begins with a head, one of names or codes among it, that is not known as one of its table."""
    for row in fragment.rows[:MOST_HEAD_ROWS]:
        texts = [head_key(text) for _, text in row.filled]
        if any(character.isdigit() for text in texts for character in text):
            return False
        if len(texts) > 1 and any(map(_NAMES.fullmatch, texts)):
            return True
    return False


def resolve(form: Form, leaves: dict[int, str], width: int) -> list[SideLayout] | None:
    """The layout of every side under a header, or None where the header does not show where the sides begin."""
    anchors: list[tuple[int | None, int | None, int]] = []
    start = 0
    for side in form.sides:
        code = _first(leaves, side.code_heads, start)
        label_from = start if code is None else code
        label = _first(leaves, side.label_heads, label_from)
        if code is None and label is None and (side.code_heads if len(form.sides) == 1 else side.declares_rows):
            label = _first(leaves, side.groups, start)
        if code is None and label is None:
            return _one_side(form, leaves, width) or _unlabelled(form, leaves, width)
        first = min(column for column in (code, label) if column is not None)
        anchors.append((code, label, first))
        start = max(column for column in (code, label) if column is not None) + 1
        if code is not None and label is not None and len(form.sides) > 1:
            following = _first(leaves, side.code_heads + form.sides[-1].code_heads, code + 1)
            if following is not None and following < label:
                anchors[-1] = (code, None, code)
                start = code + 1
    layouts = []
    for number, (side, (code, label, first)) in enumerate(zip(form.sides, anchors, strict=True)):
        end = anchors[number + 1][2] if number + 1 < len(anchors) else width
        layouts.append(_side_layout(side, leaves, code, label, (first if number or side.after_label else 0, end)))
    return layouts


def _unlabelled(form: Form, leaves: dict[int, str], width: int) -> list[SideLayout] | None:
    """The layout of a one-sided form that prints amounts and nothing that names its rows: every head must be known."""
    if len(form.sides) > 1 or form.sides[0].declares_rows:
        return None
    layout = _side_layout(form.sides[0], leaves, None, None, (0, width))
    return [layout] if layout.values and not layout.strangers else None


def _one_side(form: Form, leaves: dict[int, str], width: int) -> list[SideLayout] | None:
    """The layout of a two-sided form of which only one side is printed: the one all of whose columns are there. None where a
    head that it does not know is one that the other side knows: the other is printed, and not all of its heads were read."""
    found = []
    known_heads: dict[str, set[int]] = {}
    for side in form.sides:
        code, label = _first(leaves, side.code_heads, 0), _first(leaves, side.label_heads, 0)
        if code is None and label is None:
            continue
        layout = _side_layout(side, leaves, code, label, (0, width))
        known_heads[side.name] = set(layout.values.values())
        whole = {column.name for column in side.columns} <= set(layout.values)
        name = max(column for column in (code, label) if column is not None)
        known = layout.values and not layout.strangers and len(side.columns) > 1
        if known or (whole and not any(name < stranger < max(layout.values.values()) for stranger in layout.strangers)):
            found.append(layout)
    if len(form.sides) < 2 or not found:
        return None
    best = max(found, key=lambda layout: len(layout.values))
    if any(heads & set(best.strangers) for heads in known_heads.values()):
        return None
    return [best if side is best.side else SideLayout(side, None, None, None, {}, {}) for side in form.sides]


def _first(leaves: dict[int, str], patterns: tuple[re.Pattern[str], ...], start: int) -> int | None:
    return next((c for c in sorted(leaves) if c >= start and matches(patterns, head_key(leaves[c]))), None)


def _side_layout(
    side: Side, leaves: dict[int, str], code: int | None, label: int | None, span: tuple[int, int]
) -> SideLayout:
    values: dict[str, int] = {}
    printed: dict[str, str] = {}
    strangers: dict[int, str] = {}
    ignored: list[int] = []
    groups: list[int] = []
    beside = _first(leaves, side.other_views, span[0])
    for column in range(*span):
        if beside is not None and beside <= column:
            ignored.append(column)
            continue
        if column in (code, label) or column not in leaves:
            continue
        bare = head_key(leaves[column])
        if matches(side.group_heads if groups else side.group_heads and side.group_heads + side.label_heads, bare):
            groups.append(column)
            continue
        if matches(side.ignored_heads, bare) or is_counted(leaves[column]):
            ignored.append(column)
            continue
        name = _column_of(side, bare, values)
        if name is None and side.rest_ignored:
            ignored.append(column)
        elif name is None:
            strangers[column] = squeeze(leaves[column])
        else:
            values[name] = column
            printed[name] = squeeze(leaves[column])
    if side.after_label:
        ignored += range(span[0])
    group, classes = (groups[0], tuple(groups[1:])) if groups else (None, ())
    return SideLayout(
        side, code, label, group, values, printed, strangers, span, ignored=tuple(ignored), classes=classes
    )


def _column_of(side: Side, bare: str, taken: Container[str]) -> str | None:
    """The column that a head names, by itself or as the whole of what stands over it (事业收入 · 金额); None for none left."""
    for text in dict.fromkeys((bare, _WHOLE_END.sub("", bare))):
        for column in (*side.columns, *side.extra):
            if column.name not in taken and matches(column.heads, text):
                return column.name
    return None


def blank_columns(rows: Sequence[RawRow], width: int) -> set[int]:
    """The columns in which no row of the fragment prints anything."""
    return {c for c in range(width) if all(c >= len(row.cells) or is_blank(row.cells[c]) for row in rows)}
