"""Tables printed sideways: declared rows stand as column heads above rows of amounts (三公 in many cities).

The amounts may be those of one body, of a list of units with a total, of several years under each other, by fund.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from budgetdata.base.money import is_blank, is_number, parse_amount, tolerance_fen
from budgetdata.base.raw import Box, RawRow, RawTable
from budgetdata.base.text import UNREAD, half_width, key, squeeze, unnumbered
from budgetdata.forms.declared import Form, RowSpec, Side, head_key, matches
from budgetdata.forms.header import is_index_row
from budgetdata.forms.other_years import CHANGE, OTHER, SUM_HEADS, bent_heads, is_of_other_year, year_marked
from budgetdata.forms.units import is_counted

_YEARS = {"年度", "年份"}
ANY_UNIT = "亿元"
"""A unit in which every printed number can be held: numbers of one table are compared before its unit matters."""
FEWEST = 3
"""Declared rows that must stand as heads before a table is taken for one that is printed sideways."""
UNITS = "单位名称"
"""The head under which the units of such a table stand once it is turned."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What a column of amounts holds: a declared row, by a fund ('' for all of them), under the printed heads `path`."""

    spec: RowSpec | None
    fund: str
    path: tuple[str, ...]


@dataclass(slots=True)
class _Grid:
    """A table taken apart: what each column of amounts holds, and the first; those whose heads another year prints
    otherwise; the data rows of this year and the unit of each."""

    side: Side
    heads: dict[int, _Head]
    first: int
    bent: set[int]
    rows: list[RawRow] = field(default_factory=list)
    units: list[str] = field(default_factory=list)


def turn(form: Form, fragments: Sequence[RawTable], year: int | None) -> RawTable | None:
    """The table with one row for each column that prints an amount, or None where it is not printed sideways.

    Its first row is a plain header: 项目, the units where several are listed, the funds. Where several years stand beside or
    under each other only those of `year` are taken. The rows of the total come first, then those of each unit; rows that no
    total stands above make it None.
    """
    if len(form.sides) != 1 or not form.sides[0].sideways or len({x.width for x in fragments}) != 1:
        return None
    side = form.sides[0]
    count = _header_rows(fragments[0])
    header = fragments[0].rows[:count]
    every = [_path(header, column) for column in range(fragments[0].width)]
    heads = _heads(side, every, year)
    first = min((column for column, head in heads.items() if head.spec), default=0)
    wider = _wider_totals(heads)
    bent = bent_heads({column: head.path for column, head in heads.items() if column >= first}, every, year)
    grid = _Grid(side, {column: head for column, head in heads.items() if column not in wider}, first, bent)
    known = [(head.spec.role, head.fund) for head in grid.heads.values() if head.spec]
    if len({role for role, _ in known}) < FEWEST:
        return None
    if len(set(known)) != len(known):
        return None
    _fill(grid, [row for fragment in fragments for row in _body(fragment, header)], header, year)
    total = _total_row(grid)
    if total is None:
        return None
    return RawTable(tuple(_turned(grid, total, fragments[0].rows[0])))


def _header_rows(fragment: RawTable) -> int:
    for index, row in enumerate(fragment.rows):
        if any(is_number(text) for _, text in row.filled):
            return index
    return len(fragment.rows)


def _body(fragment: RawTable, header: Sequence[RawRow]) -> Iterator[RawRow]:
    """The data rows of a fragment: those that are no row of the header, no row of column numbers."""
    repeated = {row.cells for row in header}
    yield from (row for row in fragment.rows if row.filled and row.cells not in repeated and not is_index_row(row))


def _heads(side: Side, every: Sequence[list[str]], year: int | None) -> dict[int, _Head]:
    """Column → what it holds, from the heads above each; columns of other years and of what is counted are left out."""
    found: dict[int, _Head] = {}
    for column, path in enumerate(every):
        if is_of_other_year(path, year) or any(map(is_counted, path)):
            continue
        fund = _fund(side, path[-1]) if len(path) > 1 else ""
        found[column] = _Head(_spec(side, path[:-1] if fund else path), fund, tuple(path))
    return found


def _fund(side: Side, text: str) -> str:
    """The fund that a head names below that of a row, '' for none."""
    bare = head_key(text)
    return next((c.name for c in side.columns[1:] if bare and matches(c.heads, bare)), "")


def _wider_totals(heads: Mapping[int, _Head]) -> set[int]:
    """Columns of a 合计 that counts more in (会议费, 培训费), where the declared rows stand under a head of their own: with a
    小计 there or, where a rule of the head lies elsewhere, none that is known."""
    specs = {c: h.spec for c, h in heads.items() if h.spec and h.spec.total and h.spec.label.fullmatch("合计")}
    grouped = {c for c, spec in specs.items() if _is_under(spec, heads.values())}
    return {column for column in grouped if not _is_under(specs[column], [heads[column]])}


def _is_under(spec: RowSpec, heads: Iterable[_Head]) -> bool:
    """Whether one of these heads stands below one that names a declared row."""
    return any(spec.label.search(key(text)) for head in heads for text in head.path[:-1])


def _path(header: Sequence[RawRow], column: int) -> list[str]:
    """The printed heads over a column from top to bottom; a blank takes the merged head to its left in its group."""
    path = []
    left_edge = 0
    for row in header:
        cells = row.cells
        if column < len(cells) and cells[column]:
            path.append(squeeze(cells[column]))
            left_edge = column
            continue
        for at in range(min(column, len(cells) - 1), left_edge - 1, -1):
            if cells[at]:
                path.append(squeeze(cells[at]))
                left_edge = at
                break
    return path


def _spec(side: Side, path: Sequence[str]) -> RowSpec | None:
    bare = [unnumbered(half_width(text)) for text in path]
    if not bare:
        return None
    leaf = head_key(bare[-1])
    if leaf in SUM_HEADS and len(bare) > 1:
        group = next((spec for spec in side.rows if spec.label.fullmatch(bare[-2])), None)
        if group is not None:
            return group
    if leaf in SUM_HEADS or matches(side.total_labels, leaf):
        return next((spec for spec in side.rows if spec.total and spec.label.fullmatch("合计")), None)
    named = next((spec for spec in side.rows if spec.label.fullmatch(bare[-1])), None)
    if named is None and len(bare) > 1:
        named = next((spec for spec in side.rows if spec.label.fullmatch("公务用车" + bare[-1])), None)
    return named


def _fill(grid: _Grid, body: Sequence[RawRow], header: Sequence[RawRow], year: int | None) -> None:
    """Keep the rows that print amounts of this year, with the unit that each is of: that of the row above where it names none."""
    first, paths = grid.first, {column: "".join(_path(header, column)[-1:]) for column in range(grid.first)}
    years = next((column for column, text in paths.items() if key(text) in _YEARS), None)
    names = [column for column, text in paths.items() if column != years and not _is_code_head(text)]
    unit = ""
    for row in body:
        if not any(is_number(text) or UNREAD in text for column, text in row.filled if column >= first):
            continue  # a unit of which nothing was read stands there all the same: the others are not all of the total
        left = {c: squeeze(text) for c, text in row.filled if c < first and c != years and not is_number(text)}
        named = "".join(left[column] for column in names if column in left) or "".join(left.values())
        unit = named if named or years is None else unit
        of = squeeze(row.cells[years]) if years is not None and years < len(row.cells) else ""
        if year_marked(of, year) not in {OTHER, CHANGE}:
            grid.rows.append(row)
            grid.units.append(unit)


def _is_code_head(text: str) -> bool:
    return key(text).endswith(("编码", "代码", "序号", "行次"))


def _total_row(grid: _Grid) -> int | None:
    """Which row is the total: the only one, the one that is called so, or the first where the others make it up."""
    if len(grid.rows) == 1:
        return 0
    named = [i for i, unit in enumerate(grid.units) if matches(grid.side.total_labels, key(unit))]
    if named:
        return named[0] if len(named) == 1 else None
    columns = [column for column, head in grid.heads.items() if head.spec]
    return 0 if grid.rows and all(_first_is_sum(grid.rows, column) for column in columns) else None


def _first_is_sum(rows: Sequence[RawRow], column: int) -> bool:
    """True where the first row's amount is the sum of those below it, as printed decimals allow."""
    found = [parse_amount(row.cells[column], ANY_UNIT) if column < len(row.cells) else None for row in rows]
    first, rest = found[0], [amount for amount in found[1:] if amount is not None]
    gap = abs((first.fen if first else 0) - sum(amount.fen for amount in rest))
    return gap <= tolerance_fen([*([first] if first else []), *rest], ANY_UNIT)


def _turned(grid: _Grid, total: int, first: RawRow) -> Iterator[RawRow]:
    funds = list(dict.fromkeys(head.fund for head in grid.heads.values() if head.spec))
    printed = {head.fund: head.path[-1] if head.fund else "合计" for head in grid.heads.values() if head.spec}
    listed = len(grid.rows) > 1
    yield RawRow(("项目", *([UNITS] if listed else []), *(printed[fund] for fund in funds)), first.place)
    order = [total, *(i for i in range(len(grid.rows)) if i != total)]
    for index in order:
        row, unit = grid.rows[index], "" if index == total else grid.units[index]
        for label, columns in _items(grid, row):
            cells = [_cell(row, columns.get(fund)) for fund in funds]
            if unit and all(is_blank(text) for text, _ in cells):
                continue
            boxes = (None, *([None] if listed else []), *(box for _, box in cells)) if row.boxes else ()
            yield RawRow((label, *([unit] if listed else []), *(text for text, _ in cells)), row.place, boxes)


def _items(grid: _Grid, row: RawRow) -> Iterator[tuple[str, dict[str, int]]]:
    """Label and fund → column of every row that a printed row is turned into: the declared ones, and others whose
    name no declaration knows, blank or not: they may be lines of the form. Of several amounts under one such head nobody knows
    which is which: heads that a lost rule made one. Of one that no other year prints so nobody knows what it holds."""
    found: dict[str, tuple[str, dict[str, int]]] = {}
    under = Counter(
        head.path for column, head in grid.heads.items() if column < len(row.cells) and is_number(row.cells[column])
    )
    for column, head in grid.heads.items():
        text = row.cells[column] if column < len(row.cells) else ""
        if head.spec is None:
            ignored = matches(grid.side.ignored_heads, head_key(head.path[-1]))
            if column > grid.first and not ignored and (is_blank(text) or is_number(text) or UNREAD in text):
                unsure = under[head.path] > 1 or column in grid.bent or _is_cut_part(grid.side, head.path)
                found[f"{column}"] = (UNREAD if unsure else head.path[-1], {"": column})
            continue
        if column in grid.bent:
            found[f"{column}"] = UNREAD, {head.fund: column}
            continue
        path = head.path[:-1] if head.fund else head.path
        found.setdefault(head.spec.role, (_printed(path, head.spec), {}))[1][head.fund] = column
    yield from found.values()


def _is_cut_part(side: Side, path: Sequence[str]) -> bool:
    """Whether a head that no declaration knows stands below one whose parts are declared: a rule that lies elsewhere than it was
    drawn for may have taken words of it, or given it others."""
    above = unnumbered(half_width(path[-2])) if len(path) > 1 else ""
    parted = [spec for spec, below in pairwise(side.rows) if (below.level or 1) > (spec.level or 1)]
    return any(spec.label.fullmatch(above) for spec in parted)


def _cell(row: RawRow, column: int | None) -> tuple[str, Box | None]:
    if column is None or column >= len(row.cells):
        return "", None
    return row.cells[column], row.boxes[column] if column < len(row.boxes) else None


def _printed(path: Sequence[str], spec: RowSpec) -> str:
    if spec.label.fullmatch(unnumbered(path[-1])):
        return path[-1]
    joined = "公务用车" + path[-1]
    if spec.label.fullmatch(joined):
        return joined
    return next((text for text in reversed(path) if spec.label.fullmatch(unnumbered(text))), "合计")
