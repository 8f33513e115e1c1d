"""A project that only the title above its sheet names (2031年栽树项目绩效目标表)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.base.raw import RawRow
from budgetdata.base.text import key
from budgetdata.sheets.cells import one_line
from budgetdata.sheets.labels import Label, is_title, label_of

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_NUMBER = re.compile(r"^(?:(?:预算|附件?)?表?\d*[-—.、:]?\d*(?:表)?|[(（]?[一二三四五六七八九十]+[)）、.])+")
_FORM = re.compile(r"(?:支出)?(?:预算)?绩效目标(?:申报|填报)?表.*", re.DOTALL)
_COMMON = re.compile(
    r"一般公共|政府性基金|国有资本经营|区域|[省市县区]?对下|部门|单位|本级|整体|项目|支出|预算|财政|专项|资金|业务|经费|重点|政策|总体|年度|本年|当年|[省市县区]级|[一二]级|情况|转移支付|和|及|的|[()（）]"
)
"""Words of which titles of forms are made: where nothing else is left the title names no project."""
_WHOLE = re.compile(r"整体")
_BODY = re.compile(r"(?:局|委|委员会|办|办公室|部|厅|院|署|处|站|所|队|中心|街道|镇|乡)$")
"""The name of a body ends so: whether a project is named after it cannot be told."""
_SHORTEST = 2
_ONCE = {"goal", "field", "text", "fund"}
"""Kinds of label that stand in the head of a sheet alone."""


def named_in(title: str) -> tuple[str, str]:
    """(scope, name) of what the title of a sheet names, ('', '') where it names nothing: scope project, or department."""
    if not is_title(title):
        return "", ""
    bare = _FORM.sub("", _YEAR.sub("", key(title)))
    bare = _NUMBER.sub("", bare)
    left = _COMMON.sub("", bare)
    if len(left) < _SHORTEST:
        return "", ""
    if not _WHOLE.search(bare) and _BODY.search(left):
        return "", ""
    if _WHOLE.search(bare):
        return "department", _WHOLE.split(bare)[0].removesuffix("部门").removesuffix("单位")
    return "project", one_line(bare)


def are_of_title(rows: Sequence[RawRow]) -> bool:
    """True for rows that open with a sheet's title and hold one text each, or a label nobody keeps: lines set into its grid."""
    return bool(rows) and is_title(rows[0].filled[0][1] if rows[0].filled else "") and all(map(_is_line, rows))


def _is_line(row: RawRow) -> bool:
    label = label_of(row.filled[0][1]) if row.filled else None
    return len(row.filled) == 1 or (label is not None and label.kind == "unkept")


def labels_in(rows: Sequence[RawRow]) -> set[Label]:
    """The different labels printed in the rows."""
    return {label for row in rows for _, text in row.filled if (label := label_of(text))}


def begins_anew(fragments: Sequence[Sequence[RawRow]], rows: Sequence[RawRow]) -> bool:
    """True where rows under a title print again what only the head of a sheet prints: they are of another sheet, its first
    row not known as one."""
    held = {label for piece in fragments for label in labels_in(piece) if label.kind in _ONCE}
    return bool(held & labels_in(rows))
