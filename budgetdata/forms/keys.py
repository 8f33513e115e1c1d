"""The title of a table made comparable, whatever its year, number and remarks."""

from __future__ import annotations

import re

from budgetdata.base.text import key

_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_TABLE_NUMBER = re.compile(
    r"^(?:(?:(?:预算|部门|单位)?(?:预算)?公开)?(?:附)?表(?:[一二三四五六七八九十]+(?!般)|\d+(?:[-.]\d+)?)[:、.)]?|附件\d*[:、]?|(?:\d+|[一二三四五六七八九十]+)[、.])+"
)
_GAP = "\x00"
"""Stands for the year while the table's number is cut off: 表10 2031年 and 表十“三公” end where the year or the quote begins."""
_WHOLE_BUDGET = re.compile(r"^(?:部门|单位|部)综合预算")
_DROPPED = {ord(_GAP): None, ord('"'): None}
_REMARK = re.compile(
    r"\((?:续表?|接上表|续上表|续前表|不含上年结转|本级|汇总|部门|单位|单位:[^()]*|(?:(?:预算|部门|单位)?公开|附)?表[一二三四五六七八九十\d]{1,3}(?:[-.]\d+)?)\)|[-—]不含上年结转(?=\))|(?:续表|接上表)$"
)

_UNIT = re.compile(
    r"(?<=[表)])(?:(?:(?:编制|填报|公开)?(?:单位|部门)(?:名称)?|部门及代码):[^:]{2,30}?)?"
    r"(?:[(]?(?:金额|计量|货币)?单位:?[(]?(?:人民币)?[百千万亿]{0,2}元[)]?|[(](?:人民币)?[百千万亿]{0,2}元[)])$"
)
"""The unit, and whose the table is, on the line of the title: 支出总表 单位：万元, 支出总表（千元）."""


def title_key(text: str) -> str:
    """A table title made comparable: `clean.key` without year, number, quotation marks, remarks (续表), unit and 部门综合预算."""
    marked = _REMARK.sub("", _YEAR.sub(_GAP, _UNIT.sub("", key(text)))).lstrip(_GAP)
    return _WHOLE_BUDGET.sub("", _TABLE_NUMBER.sub("", _TABLE_NUMBER.sub("", marked).translate(_DROPPED)))


def year_of(title: str) -> int:
    """The year that a title names, 0 for none."""
    found = _YEAR.search(key(title))
    return int(found.group()[:4]) if found else 0
