"""Which columns of a table speak of another year, or of the change from it: they stand beside this year's and are not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.base.raw import RawRow
from budgetdata.base.text import key
from budgetdata.forms.declared import matches

_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_LAST = re.compile(r"(?:上|去|前)一?年")
_THIS = re.compile(r"(?:本|当|今)年度?(?:部门)?(?:预算|计划)?(?:安排)?(?:数|额|金额)?")
_CARRIED = re.compile(r"结转|结余|余额|实户")
_CHANGE = re.compile(r"增减|增长|增幅|[比较]上年|变动|变化|执行数|决算数|完成数|占.*比|比[例重]|[%％]")
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
