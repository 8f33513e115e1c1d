"""The items that the narrative says the basic expenditure consists of, against the rows of table 6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from budgetdata.base.facts import CheckFact, DocumentFacts, figure_key
from budgetdata.base.text import key
from budgetdata.forms.canonical import plain_label
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_zh
from budgetdata.narrative.sentences import Passage, passages
from budgetdata.narrative.verdicts import BALANCED, DIFFERENT, other, place_ref, unknown

SIMILAR = 85.0
"""How alike two names of one item must be where they are not the same."""

COLUMNS = ("personnel", "operating")
_LIST = re.compile(r"主要(?:包括|用于|有)[:,]?(?P<items>[^。;]+)")
_NONE = {"无", "没有", "无内容"}
_CODE = re.compile(r"^\(?\d{3,7}\)?")


def narrative_items(facts: DocumentFacts, found: list[Mention]) -> Iterator[CheckFact]:
    """For personnel and operating expenditure: names in the text without a row in table 6, rows without a name in the text."""
    told = {
        m.subject: m
        for m in reversed(found)
        if m.kind == "amount" and m.section_kind == "basic" and m.subject in COLUMNS
    }
    texts = passages(facts.paragraphs)
    status = {table.table_no: table.status for table in facts.tables}.get(6, "missing")
    for column in COLUMNS:
        rule, label = f"narrative.items.{column}", f"文字列出的{subject_zh(column)}项目 = 表6中有金额的经济科目"
        mention = told.get(column)
        if mention is None:
            yield unknown(rule, label, "文字中没有这句话")
            continue
        listed = _listed(texts[mention.passage], mention.start)
        if listed is None or status in {"missing", "unreadable"}:
            why = "表6缺失或未能可靠读出" if listed is not None else "文字中没有列出项目"
            yield unknown(rule, label, why, place_ref(mention.place))
            continue
        yield _compare(rule, label, mention, listed, _rows(facts, column))


def _listed(passage: Passage, start: int) -> tuple[list[str], bool] | None:
    """(names, whether the list ends with 等) of the list behind an amount, None where there is none."""
    match = _LIST.search(passage.flat, start)
    if match is None:
        return None
    text = match["items"].rstrip(",、")
    open_end = bool(re.search(r"等(?:支出|费用|项目|方面)?$", text))
    text = re.sub(r"等(?:支出|费用|项目|方面)?$", "", text)
    names = [name for piece in re.split(r"[、,]", text) if (name := piece.strip())]
    return [name for name in names if name not in _NONE], open_end


def _rows(facts: DocumentFacts, column: str) -> dict[str, str]:
    """Label → key of the figure of every row of table 6 that has no parts and an amount in a column."""
    parents = {row.parent_row_no for row in facts.rows if row.table_no == 6}
    return {
        _CODE.sub("", plain_label(f.label)): figure_key(6, f.side, f.row_no, f.column)
        for f in facts.figures
        if f.table_no == 6 and f.column == column and f.level > 0 and f.fen and f.row_no not in parents
    }


def _compare(
    rule: str, label: str, mention: Mention, listed: tuple[list[str], bool], rows: dict[str, str]
) -> CheckFact:
    names, open_end = listed
    open_rows = {key(row): row for row in rows}
    extra = [name for name in names if open_rows.pop(key(name), None) is None]
    for name in list(extra):
        near = max(open_rows, key=lambda row: fuzz.ratio(row, key(name)), default="")
        if near and fuzz.ratio(near, key(name)) >= SIMILAR:
            extra.remove(name)
            del open_rows[near]
    missing = list(open_rows.values())
    status = DIFFERENT if extra or (missing and not open_end) else BALANCED
    words = []
    if extra:
        words.append(f"文字列出而表6没有金额的：{'、'.join(extra)}")
    if missing:
        tail = "（文字以“等”结尾）" if open_end else ""
        words.append(f"表6有金额而文字没有列出的：{'、'.join(missing)}{tail}")
    said = "；".join(words) or f"文字列出的{len(names)}项与表6一致"
    refs = ";".join(rows[row] for row in missing) or ";".join(rows.values())
    return other(rule, label, status, place_ref(mention.place), refs, said)
