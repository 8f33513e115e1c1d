"""What of a file is one disclosure: a second one in it is cut off and named whole; a file may hold only a part of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.facts import NOWHERE, DocumentFacts
from budgetdata.base.identify import Head
from budgetdata.base.raw import Block, Paragraph, Place, Problem, RawDocument, RawTable
from budgetdata.base.said import said
from budgetdata.base.text import half_width, squeeze
from budgetdata.base.titles import OFFICE_END, Title, titles
from budgetdata.build.versions import NARRATIVE, PERFORMANCE, TABLES
from budgetdata.checks.disclosure import NOT_IN_SERIES_ITEM
from budgetdata.forms.running_text import CONTENTS, part_opened

_OPENS = re.compile(r"^(?:目录|目次|第一部分)")
_OPENS_WITHIN = 30
_TITLE_LENGTH = 60
_SENTENCE = "。"
_FEW_SENTENCES = 3
_PARTS = 2
"""A disclosure has more parts than these."""
_FIRST_TABLE = re.compile(r"^.{0,30}(?<!财政拨款)收支(?:预算)?总(?:体情况)?表$")


def first_disclosure(raw: RawDocument, head: Head) -> tuple[RawDocument, list[Problem]]:
    """The document up to where another disclosure begins in the same file, and a problem that names that one whole."""
    starts = [found for found in (_second(raw.blocks, head), _begun_again(raw.blocks)) if found is not None]
    if not starts:
        return raw, []
    index, title, place = min(starts, key=lambda found: found[0])
    problem = Problem("unread", "document", said("register.second_disclosure", title=title), place)
    return replace(raw, blocks=raw.blocks[:index]), [problem]


def _behind_tables(blocks: Sequence[Block]) -> list[tuple[int, str, Place]]:
    """The paragraphs behind the first table: (index, text without white space, place)."""
    start = next((index for index, block in enumerate(blocks) if isinstance(block, RawTable)), len(blocks))
    return [
        (index, squeeze(block.text), block.place)
        for index, block in enumerate(blocks)
        if index > start and isinstance(block, Paragraph)
    ]


def _begun_again(blocks: Sequence[Block]) -> tuple[int, str, Place] | None:
    """Where, behind the last part of a disclosure, a first part opens and the first table of a budget is titled once more: with
    or without a cover, another disclosure begins there."""
    reached = 0
    for index, text, place in _behind_tables(blocks):
        part = part_opened(text) if not CONTENTS.search(text) else 0
        if part == 1 and reached > _PARTS:
            rest = (block.text for block in blocks[index:] if isinstance(block, Paragraph))
            return (index, text, place) if any(_FIRST_TABLE.search(squeeze(line)) for line in rest) else None
        reached = max(reached, part)
    return None


def _second(blocks: Sequence[Block], head: Head) -> tuple[int, str, Place] | None:
    """Where, behind the first tables, a cover of another body or year stands that contents or a first part follow."""
    lines = _behind_tables(blocks)
    texts = [text if len(text) <= _TITLE_LENGTH else _SENTENCE for _, text, _ in lines]
    for position, title in titles(texts):
        if _is_another(title, head) and any(map(_OPENS.match, texts[position : position + _OPENS_WITHIN])):
            return lines[position][0], title.text, lines[position][2]
    return None


def _is_another(title: Title, head: Head) -> bool:
    name = title.name
    if not name or not OFFICE_END.search(half_width(name)) or title.year is None:
        return False
    same = name in head.department or head.department in name
    return (bool(head.department) and not same) or (same and head.year is not None and title.year != head.year)


def mark_part(facts: DocumentFacts, head: Head, raw: RawDocument, sheet_blocks: set[int]) -> None:
    """Say of a file that holds only the narrative, only the tables or only performance sheets of a disclosure that it is a
    part of one. `sheet_blocks` are indexes of blocks that belong to sheets.

    What another file prints is not missing from this one: it is unread here.
    """
    outside = (block for index, block in enumerate(raw.blocks) if index not in sheet_blocks)
    prose = sum(isinstance(block, Paragraph) and _SENTENCE in block.text for block in outside)
    told = head.what == "budget" and prose > _FEW_SENTENCES
    alone = not _may_print_tables(facts, raw)
    if not facts.figures and (alone if facts.sheets else told):
        facts.part = NARRATIVE if told else PERFORMANCE
        facts.counts = bool(facts.sheets)
        if alone:
            _tables_are_elsewhere(facts)
    elif facts.figures and (not head.title or "报表" in head.title) and prose <= _FEW_SENTENCES:
        facts.part = TABLES
        facts.problems.append(Problem("note", "document", said("register.tables_only"), NOWHERE))


def _may_print_tables(facts: DocumentFacts, raw: RawDocument) -> bool:
    """True where a table's title stands in the file, or a page of it was not read: its tables may be there."""
    titled = any(table.title and table.status != "missing" for table in facts.tables)
    return titled or any(place.line is None for place, _ in raw.unreadable)


def _tables_are_elsewhere(facts: DocumentFacts) -> None:
    """The tables that a part does not print are unread, not missing, and that is told."""
    facts.problems.append(Problem("unread", "document", said(_only(facts)), NOWHERE))
    facts.tables = [replace(table, status="unreadable", reason=said(_not_here(facts))) for table in facts.tables]


def _only(facts: DocumentFacts) -> str:
    """The message that says what alone a part without tables holds."""
    if facts.part == PERFORMANCE:
        return "register.performance_only"
    return "register.narrative_and_sheets_only" if facts.sheets else "register.narrative_only"


def _not_here(facts: DocumentFacts) -> str:
    """The reason why what a part does not print is not read from it."""
    if facts.part == TABLES:
        return "register.narrative_not_here"
    if facts.part == PERFORMANCE:
        return "register.rest_not_here"
    return "register.tables_not_with_sheets" if facts.sheets else "register.tables_not_here"


def spare_what_is_elsewhere(facts: DocumentFacts) -> None:
    """Items of disclosure that this part of a disclosure does not print are unread: they stand in another file.

    A performance sheet speaks of much in its goals; that is no sign of a section in it.
    """
    told = {table.reason.code for table in facts.tables if table.reason is not None}
    if not facts.part or (facts.part != TABLES and _not_here(facts) not in told):
        return
    spared = {"missing", "unread"} if facts.part == PERFORMANCE else {"missing"}
    codes = {NOT_IN_SERIES_ITEM} | ({"disclosure.silent"} if facts.part == TABLES else set())
    facts.disclosure = [
        replace(item, status="unread", evidence=said(_not_here(facts)))
        if item.status in spared or item.evidence.code in codes
        else item
        for item in facts.disclosure
    ]
