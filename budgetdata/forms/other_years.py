"""Which columns of a table speak of another year, or of the change from it: they stand beside this year's and are not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from budgetdata.base.raw import RawRow
from budgetdata.base.text import key
from budgetdata.forms.declared import matches

_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_LAST = re.compile(r"(?:上|去|前)一?年")
_THIS = re.compile(r"(?:本|当|今)年度?(?:部门)?(?:预算|计划)?(?:安排)?(?:数|额|金额)?")
_CARRIED = re.compile(r"结转|结余|余额|实户")
_CHANGE = re.compile(r"增减|增长|增幅|[比较]上年|变动|变化|执行数|决算数|完成数|占.*比|比[例重]|[%％]")
SUM_HEADS = {"小计", "合计", "总计"}
OTHER, CHANGE, THIS = "other", "change", "this"


def year_marked(text: str, year: int | None) -> str:
    """What a column head says of its year: 'other', 'change' (from another year, or a share), 'this', or '' for nothing."""
    bare = key(text)
    if _CHANGE.search(bare):
        return CHANGE
    named = _YEAR.match(bare)
    if named:
        same = year is None or int(named.group(1)) == year
        return THIS if same else "" if _CARRIED.search(bare) else OTHER
    if _LAST.match(bare):
        return "" if _CARRIED.search(bare) else OTHER
    return THIS if _THIS.fullmatch(bare) else ""


def is_of_other_year(path: Sequence[str], year: int | None) -> bool:
    """Whether the heads over a column speak of another year or of a change, or it has none."""
    return not path or any(year_marked(text, year) in {OTHER, CHANGE} for text in path)


def bent_heads(paths: Mapping[int, Sequence[str]], every: Iterable[Sequence[str]], year: int | None) -> set[int]:
    """The columns of this year over which heads stand that no other year prints, where another prints most of this year's: a rule
    of the head lies elsewhere. Where a head over most of them is gone it is those of sums, which only that head tells apart.

    paths: column → its heads from top to bottom; every: those of all columns.
    """
    others = {_without_year(path, year) for path in every if is_of_other_year(path, year)}
    leaves = {path[-1:] for path in others}
    plain = {column: _without_year(path, year) for column, path in paths.items()}
    other_leaf = {column for column, path in plain.items() if path[-1:] not in leaves}
    if 2 * len(other_leaf) >= len(plain):
        return set()
    bent = {column for column, path in plain.items() if path not in others}
    if 2 * len(bent) < len(plain):
        return bent
    return other_leaf | {column for column in bent if {*plain[column][-1:]} & SUM_HEADS}


def _without_year(path: Sequence[str], year: int | None) -> tuple[str, ...]:
    return tuple(text for text in path if not year_marked(text, year))


def other_years(
    header: Sequence[RawRow], year: int | None, labels: set[int], heads: tuple[re.Pattern[str], ...]
) -> dict[int, str]:
    """Column → head of every column of a header that is another year's or a change; none where no other would remain.

    A head spans to the next one of its row, or to a column with a head of its own above. Without a known `year` the
    latest that the header names is this year. `labels` are the columns of codes and names, `heads` what the
    table is declared to print of this year, whatever year its words name (上年滚存).
    """
    if year is None:
        named = [int(found.group(1)) for row in header for _, text in row.filled if (found := _YEAR.match(key(text)))]
        year = max(named, default=None)
    width = max((len(row.cells) for row in header), default=0)
    marked: dict[int, str] = {}
    headed: set[int] = set()
    for row in header:
        for columns, text in row.spans(width):
            if year_marked(text, year) in {OTHER, CHANGE} and not matches(heads, key(text)):
                for column in columns:
                    if column > columns.start and column in headed:
                        break
                    marked.setdefault(column, text)
        headed |= {column for column, _ in row.filled}
    return marked if headed - labels - set(marked) else {}
