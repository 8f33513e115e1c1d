"""Tables printed sideways: declared rows stand as column heads above one row of amounts (三公 in many cities)."""

from __future__ import annotations

from collections.abc import Sequence

from budgetdata.base.money import is_blank, parse_amount
from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import half_width, key, squeeze, unnumbered
from budgetdata.forms.declared import Form, RowSpec, Side, head_key, matches
from budgetdata.tables.other_years import CHANGE, OTHER, year_marked

_SUM_HEADS = {"小计", "合计", "总计"}


def turn(form: Form, fragment: RawTable, year: int | None) -> RawTable | None:
    """The fragment with one row for each column that prints an amount, or None where it is not printed sideways.

    Its first row is a plain header. Where two years stand side by side only the columns of `year` are taken. A total
    row is taken where units are listed, else the only row; other rows make it None.
    """
    if len(form.sides) != 1 or not form.sides[0].declares_rows:
        return None
    side = form.sides[0]
    count = _header_rows(fragment)
    heads = _heads(side, fragment.rows[:count], fragment.width, year)
    wider = _wider_totals(fragment.rows[:count], heads)
    heads = {column: spec for column, spec in heads.items() if column not in wider}
    if len(heads) < 3 or len({spec.role for spec in heads.values()}) != len(heads):
        return None
    body = [row for row in fragment.rows[count:] if row.filled]
    amounts = _total_row(side, body)
    if amounts is None:
        return None
    first = fragment.rows[0]
    rows = [RawRow(("项目", "合计"), first.place)]
    for column in range(fragment.width):
        spec = heads.get(column)
        if column in wider:
            continue
        text = amounts.cells[column] if column < len(amounts.cells) else ""
        path = _path(fragment.rows[:count], column)
        if spec is None and (is_blank(text) or parse_amount(text, "元") is None or _other_year(path, year)):
            continue
        label = _printed(path, spec) if spec else path[-1]
        boxes = (None, amounts.boxes[column]) if column < len(amounts.boxes) else ()
        rows.append(RawRow((label, text), amounts.place, boxes))
    return RawTable(tuple(rows))


def _header_rows(fragment: RawTable) -> int:
    for index, row in enumerate(fragment.rows):
        if any(parse_amount(text, "元") is not None for _, text in row.filled):
            return index
    return len(fragment.rows)


def _heads(side: Side, header: Sequence[RawRow], width: int, year: int | None) -> dict[int, RowSpec]:
    """Column → declared row, from the lowest head above it; a 小计 or 合计 takes the group it stands in."""
    found: dict[int, RowSpec] = {}
    for column in range(width):
        path = _path(header, column)
        if _other_year(path, year):
            continue
        spec = _spec(side, path)
        if spec is not None:
            found[column] = spec
    return found


def _wider_totals(header: Sequence[RawRow], heads: dict[int, RowSpec]) -> set[int]:
    """Columns of a 合计 that counts more in (会议费, 培训费), where the 小计 of the declared rows' own group is printed too."""
    totals = [column for column, spec in heads.items() if spec.total and spec.label.fullmatch("合计")]
    own = [c for c in totals if any(heads[c].label.search(key(text)) for text in _path(header, c)[:-1])]
    return set(totals) - set(own) if own else set()


def _other_year(path: Sequence[str], year: int | None) -> bool:
    return not path or any(year_marked(text, year) in {OTHER, CHANGE} for text in path)


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
    if leaf in _SUM_HEADS and len(bare) > 1:
        group = next((spec for spec in side.rows if spec.label.fullmatch(bare[-2])), None)
        if group is not None:
            return group
    if leaf in _SUM_HEADS or matches(side.total_labels, leaf):
        return next((spec for spec in side.rows if spec.total and spec.label.fullmatch("合计")), None)
    named = next((spec for spec in side.rows if spec.label.fullmatch(bare[-1])), None)
    if named is None and len(bare) > 1:
        named = next((spec for spec in side.rows if spec.label.fullmatch("公务用车" + bare[-1])), None)
    return named


def _total_row(side: Side, body: Sequence[RawRow]) -> RawRow | None:
    rows = [row for row in body if any(not is_blank(text) for _, text in row.filled)]
    if len(rows) == 1:
        return rows[0]
    totals = [row for row in rows if any(matches(side.total_labels, squeeze(text)) for _, text in row.filled)]
    return totals[0] if len(totals) == 1 else None


def _printed(path: Sequence[str], spec: RowSpec) -> str:
    if spec.label.fullmatch(unnumbered(path[-1])):
        return path[-1]
    joined = "公务用车" + path[-1]
    if spec.label.fullmatch(joined):
        return joined
    return next((text for text in reversed(path) if spec.label.fullmatch(unnumbered(text))), "合计")
