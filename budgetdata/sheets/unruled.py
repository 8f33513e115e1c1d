"""Indicators that are printed where no table was found: as text without rules. They are unread, and that is told."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from budgetdata.base.facts import SheetFact
from budgetdata.base.raw import Block, Paragraph, Place, Problem, RawTable
from budgetdata.base.said import said
from budgetdata.sheets.labels import label_of, split_labels
from budgetdata.sheets.remarks import SUBJECT

FEWEST = 4
"""Different labels of dimensions and categories on one page that make its text a list of indicators."""
_FEWEST_IN_CELL = 2
_LABEL = re.compile(r"(?:[一二三]级|产出|成本|效益|满意度|数量|质量|时效)指标")
_ENDS = "。；;：:"


def unruled(blocks: Sequence[Block], sheets: Sequence[SheetFact]) -> list[Problem]:
    """One problem for all pages that print labels of indicators in lines of text; a sheet that begins on such a page and sets
    no target is marked as read in part."""
    printed: dict[int | None, set[str]] = {}
    first: dict[int | None, Place] = {}
    for block in blocks:
        if isinstance(block, Paragraph) and not set(_ENDS) & set(block.text):
            labels = {name for word in block.text.split() for name in _labels(word)}
            if labels:
                printed.setdefault(block.place.page, set()).update(labels)
                first.setdefault(block.place.page, block.place)
    pages = [page for page, labels in printed.items() if len(labels) >= FEWEST]
    if not pages:
        return []
    for sheet in sheets:
        if sheet.place.page in pages and not sheet.targets and not sheet.unread:
            sheet.unread = 1
            sheet.notes.append(said("sheets.partial", n=1))
    return [Problem("unread", SUBJECT, said("sheets.unruled", n=len(pages)), first[pages[0]])]


def run_together(blocks: Sequence[Block], taken: Container[int]) -> list[Problem]:
    """One problem for all tables with a cell that holds several labels of indicators in one run, so that no row of it is known;
    `taken`: the blocks that sheets were made of."""
    found = [
        block.place
        for index, block in enumerate(blocks)
        if isinstance(block, RawTable) and index not in taken
        if any(len(set(_LABEL.findall(text))) > _FEWEST_IN_CELL for row in block.rows for _, text in row.filled)
    ]
    return [Problem("unread", SUBJECT, said("sheets.unruled", n=len(found)), found[0])] if found else []


def _labels(word: str) -> Iterator[str]:
    """The labels of a dimension and a category that a word is, or opens with (产出指标数量指标培训人数)."""
    for text in (word, *split_labels(word)[:2]):
        label = label_of(text)
        if label is not None and label.kind in ("category", "dimension"):
            yield label.name
