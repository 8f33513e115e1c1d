"""The items that the narrative says the basic expenditure consists of, against the rows of table 6."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from budgetdata.base.facts import CheckFact, DocumentFacts, figure_key
from budgetdata.base.said import Said, said
from budgetdata.base.text import key
from budgetdata.forms.canonical import plain_label
from budgetdata.narrative.figures import ROWS_LACKING, come_to_total
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_said
from budgetdata.narrative.told import Told
from budgetdata.narrative.verdicts import BALANCED, DIFFERENT, Rule, other, place_ref, scoped, unknown, unless
from budgetdata.sentences.passages import Passage

SIMILAR = 85.0
"""How alike two names of one item must be where they are not the same."""

COLUMNS = ("personnel", "operating")
_LIST = re.compile(r"主要(?:包括|用于|有)[:,]?(?P<items>[^。;]+)")
_OPEN_END = re.compile(r"等(?:支出|费用|项目|方面)?$")
_NONE = {"无", "没有", "无内容"}
_CODE = re.compile(r"^\(?\d{3,7}\)?")


def narrative_items(told: Told) -> Iterator[CheckFact]:
    """For personnel and operating expenditure: names in the text without a row in table 6; rows that it leaves out are told."""
    stated = {
        m.subject: m
        for m in reversed(told.stated)
        if m.kind == "amount" and m.section_kind == "basic" and m.subject in COLUMNS
    }
    status = {table.table_no: table.status for table in told.facts.tables}.get(6, "missing")
    for column in COLUMNS:
        label = said("narrative.label.items", column=subject_said(column))
        rule, mention = Rule(f"narrative.items.{column}", label), stated.get(column)
        if mention is None:
            yield unknown(rule, said("narrative.why.no_sentence"))
            continue
        listed = _listed(told.passages[mention.passage], mention.start)
        if listed is None or status in {"missing", "unreadable"}:
            why = said("narrative.why.no_items") if listed is None else said("narrative.why.table_unread", table=6)
            yield unknown(rule, why, place_ref(mention.place))
            continue
        rows = _rows(told.facts, column)
        reason = said("narrative.why.table_not_read_whole") if status == "partial" else None
        unnamed = said("narrative.why.rows_unnamed", table=6) if "" in rows else None
        lacking = None if come_to_total(told.facts, 6, column) else ROWS_LACKING
        yield unless(_compare(rule, mention, listed, rows), scoped([mention]), reason, unnamed, lacking)


def _listed(passage: Passage, start: int) -> tuple[str, ...] | None:
    """The names listed behind an amount as the main ones (it need not list all), None where no list stands there."""
    match = _LIST.search(passage.flat, start)
    if match is None:
        return None
    text = match["items"].rstrip(",、")
    names = [
        name for piece in re.split(r"[、,]", _OPEN_END.sub("", text)) if (name := piece.strip()) and name not in _NONE
    ]
    return tuple(names)


def _rows(facts: DocumentFacts, column: str) -> dict[str, str]:
    """Label → key of the figure of every row of table 6 that has no parts and an amount in a column."""
    parents = {row.parent_row_no for row in facts.rows if row.table_no == 6}
    return {
        _CODE.sub("", plain_label(f.label)): figure_key(6, f.side, f.row_no, f.column)
        for f in facts.figures
        if f.table_no == 6 and f.column == column and f.level > 0 and f.fen and f.row_no not in parents
    }


def _compare(rule: Rule, mention: Mention, listed: Sequence[str], rows: dict[str, str]) -> CheckFact:
    extra, missing = _apart(listed, rows)
    status = DIFFERENT if extra else BALANCED
    refs = ";".join(rows[row] for row in missing) or ";".join(rows.values())
    return other(rule, status, place_ref(mention.place), refs, _words(listed, extra, missing))


def _apart(names: Sequence[str], rows: dict[str, str]) -> tuple[list[str], list[str]]:
    """(names without a row, rows without a name)."""
    left = {key(row): row for row in rows}
    extra = [name for name in names if left.pop(key(name), None) is None]
    for name in list(extra):
        near = max(left, key=lambda row: fuzz.ratio(row, key(name)), default="")
        if near and fuzz.ratio(near, key(name)) >= SIMILAR:
            extra.remove(name)
            del left[near]
    return extra, list(left.values())


def _words(listed: Sequence[str], extra: list[str], missing: list[str]) -> Said:
    told = [said("narrative.items.extra", names=extra)] if extra else []
    if missing:
        told.append(said("narrative.items.missing", names=missing))
    if not told:
        return said("narrative.items.same", n=len(listed))
    return told[0] if len(told) == 1 else said("narrative.and_so", told=told[0], reason=told[1])
