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
from budgetdata.build.versions import NARRATIVE, TABLES

_OPENS = re.compile(r"^(?:目录|目次|第一部分)")
_OPENS_WITHIN = 30
_TITLE_LENGTH = 60
_SENTENCE = "。"
_FEW_SENTENCES = 3


def first_disclosure(raw: RawDocument, head: Head) -> tuple[RawDocument, list[Problem]]:
    """The document up to where another disclosure begins in the same file, and a problem that names that one whole."""
    found = _second(raw.blocks, head)
    if found is None:
        return raw, []
    index, title, place = found
    problem = Problem("unread", "document", said("register.second_disclosure", title=title.text), place)
    return replace(raw, blocks=raw.blocks[:index]), [problem]


def _second(blocks: Sequence[Block], head: Head) -> tuple[int, Title, Place] | None:
    """Where, behind the first tables, a cover of another body or year stands that contents or a first part follow."""
    start = next((index for index, block in enumerate(blocks) if isinstance(block, RawTable)), len(blocks))
    lines = [
        (index, squeeze(block.text), block.place)
        for index, block in enumerate(blocks)
        if index > start and isinstance(block, Paragraph)
    ]
    texts = [text if len(text) <= _TITLE_LENGTH else _SENTENCE for _, text, _ in lines]
    for position, title in titles(texts):
        if _is_another(title, head) and any(map(_OPENS.match, texts[position : position + _OPENS_WITHIN])):
            return lines[position][0], title, lines[position][2]
    return None


def _is_another(title: Title, head: Head) -> bool:
    name = title.name
    if not name or not OFFICE_END.search(half_width(name)) or title.year is None:
        return False
    same = name in head.department or head.department in name
    return (bool(head.department) and not same) or (same and head.year is not None and title.year != head.year)


def mark_part(facts: DocumentFacts, head: Head, blocks: Sequence[Block]) -> None:
    """Say of a file that holds only the narrative or only the tables of a disclosure that it is a part of one.

    What the other file prints is not missing from this one: it is unread here.
    """
    prose = sum(isinstance(block, Paragraph) and _SENTENCE in block.text for block in blocks)
    if not facts.figures and not facts.sheets and head.what == "budget" and prose > _FEW_SENTENCES:
        facts.part = NARRATIVE
        facts.counts = False
        reason = said("register.tables_not_here")
        facts.tables = [replace(table, status="unreadable", reason=reason) for table in facts.tables]
        facts.problems.append(Problem("unread", "document", said("register.narrative_only"), NOWHERE))
    elif facts.figures and (not head.title or "报表" in head.title) and prose <= _FEW_SENTENCES:
        facts.part = TABLES
        facts.problems.append(Problem("note", "document", said("register.tables_only"), NOWHERE))


def spare_what_is_elsewhere(facts: DocumentFacts) -> None:
    """Items of disclosure that this part of a disclosure does not print are unread: they stand in the other file."""
    if not facts.part:
        return
    code = "register.tables_not_here" if facts.part == NARRATIVE else "register.narrative_not_here"
    facts.disclosure = [
        replace(item, status="unread", evidence=said(code)) if item.status == "missing" else item
        for item in facts.disclosure
    ]
