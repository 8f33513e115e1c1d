"""The reader's remarks on tables, written in English for whoever works on it, said in Chinese to whoever reads the page."""

from __future__ import annotations

import re

from budgetdata.base.records import Record
from budgetdata.words.phrases import told

_KNOWN = (
    (r"(?:p\.(?P<page>\d+) ?)?(?:line (?P<line>\d+))?: columns placed by sums", "{where}起，各列由合计关系推定"),
    (r"(?P<count>\d+) cells could not be read", "{count} 格读不出"),
    (r"no table titled (?P<title>.+) was found", "没有找到题为“{title}”的表"),
    (r"its header is not one this form knows, and its columns cannot be told apart", "表头不认得，分不清各列"),
    (r".*the label column of (?P<count>\d+) rows cannot be told", "有 {count} 行分不清哪一列是名称"),
    (r"its rows print no 科目 code, so sums and their parts cannot be told apart", "没有印科目编码，分不清合计与分项"),
    (
        r"(?P<count>\d+) of (?P<all>\d+) sums do not hold as its columns are read; they cannot be trusted",
        "{all} 处合计有 {count} 处对不上，不能采信",
    ),
)


def reason(row: Record, name: str, lang: str) -> str:
    """Why a table is as it is: what its code says; where that is plain text, the remark as this module knows it."""
    return remark(row[name], lang) if row.get(f"{name}_code") in (None, "plain") else told(lang, row, name)


def remark(text: str | None, lang: str) -> str:
    """The remarks of a table, each one this module knows in Chinese; what it does not know stays as it is."""
    if not text or lang == "en":
        return text or ""
    return "；".join(_one(part) for part in text.split("; "))


def _one(part: str) -> str:
    for pattern, said in _KNOWN:
        found = re.fullmatch(pattern, part)
        if found:
            given = found.groupdict(default="")
            where = (f"第 {given['page']} 页" if given.get("page") else "") + (
                f"第 {given['line']} 行" if given.get("line") else ""
            )
            return said.format(**given, where=where or "其中一处")
    return part
