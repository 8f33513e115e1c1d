"""What a document says of its own scope: which units its budget contains (部门预算编制范围)."""

from __future__ import annotations

import re

from budgetdata.base.raw import RawTable
from budgetdata.base.text import half_width, squeeze
from budgetdata.base.titles import Kind

_NUMBER = r"(?P<count>\d+|[一二三四五六七八九十]+)"
_OWN = re.compile(
    r"预算为(?:.{0,3})?本级预算"
    r"|(?:无|没有)(?:独立核算的?|独立编制预算的?)?(?:下属|所属|二级)(?:预算|事业|行政)*单位"
    r"|(?:预算编制范围的)?预算单位(?:共计|共有|共|有)(?:1|一)[家个](?!.*下属预算单位\d)"
    r"|下属(?:0|零)[家个]"
)
"""本部门无独立核算下属单位，部门预算为本级预算"""
_WITH_UNITS = (
    re.compile(r"预算为(?:部门)?汇总预算"),
    re.compile(rf"编制范围的(?:二级)?(?:预算)?单位(?:共计|共有|共|有|包括)?{_NUMBER}[家个]"),
    re.compile(r"编制范围的二级预算单位(?:包括|如下|有)?:"),
    re.compile(rf"下属{_NUMBER}[家个].{{0,8}}单位的综合收支计划"),
    re.compile(rf"预算单位(?:共计|共有|共|有){_NUMBER}[家个]"),
    re.compile(
        rf"(?:下属|所属|直属)(?:预算|事业|行政)*单位(?:共计|共有|共)?{_NUMBER}[家个][,，]?(?:分别|包括|具体|即)"
    ),
    re.compile(
        r"本级(?:\([^()]*\))?预算?(?:和|及|以及|与).{0,10}(?:所属|下属|直属).{0,8}单位(?:的)?(?:预算|收入和支出均)"
    ),
    re.compile(r"本级和所属单位的收入和支出均包含"),
    re.compile(r"编制范围的预算单位包括.{0,30}\d[家个](?:所属|下属|直属).{0,8}单位"),
    re.compile(r"部门预算包括[:：].{2,40}本级预算.{0,12}、.{2,}"),
)
"""本部门预算为汇总预算，包括：局本级预算，以及纳入编制范围的下属单位预算"""
_NONE = {"0", "1", "一"}


def scope_of(text: str) -> Kind | None:
    """CONSOLIDATED where a sentence says that the budget contains units, DEPARTMENT where it says that it has none."""
    bare = half_width(squeeze(text))
    if "单位" not in bare and "本级" not in bare:
        return None
    for pattern in _WITH_UNITS:
        match = pattern.search(bare)
        if match and not (
            match.groupdict().get("count") in _NONE and "下属" not in match[0] and "二级" not in match[0]
        ):
            return None if match.groupdict().get("count") == "0" else Kind.CONSOLIDATED
    return Kind.DEPARTMENT if _OWN.search(bare) else None


_UNIT_CODE = re.compile(r"\d{6,9}")
_HEAD_ROWS = 4


def units_listed(table: RawTable) -> set[str]:
    """The codes of the units that a table has a row for, under the heads 单位编码 (单位代码) and 单位名称."""
    for row in table.rows[:_HEAD_ROWS]:
        heads = [squeeze(cell) for cell in row.cells]
        codes = [index for index, head in enumerate(heads) if head in ("单位编码", "单位代码")]
        if codes and "单位名称" in heads:
            cells = (squeeze(row.cells[codes[0]]) for row in table.rows if len(row.cells) > codes[0])
            return {cell for cell in cells if _UNIT_CODE.fullmatch(cell)}
    return set()
