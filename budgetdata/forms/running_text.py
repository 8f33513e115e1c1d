"""The running text of a document: its paragraphs by part and section, apart from tables, titles, contents and furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgetdata.base.facts import ParagraphFact
from budgetdata.base.raw import Block, Paragraph, Place
from budgetdata.base.text import is_page_number, key, squeeze
from budgetdata.forms.units import units_in

PART = re.compile(r"^第(十?[一二三四五六七八九]|十)部分")
_NUMERALS = "一二三四五六七八九十"
DEPARTMENT = re.compile(
    r"(?:部门|预算单位|编制单位|单位|填报单位)(?:\(单位\))?(?:名称)?[:：]\s*([^\s:：]{2,40}?)(?=\s|金额单位|单位|$)"
)
CONTENTS = re.compile(r"[.．·…]{3,}")
_HEADING = re.compile(
    r"(?:主要(?:职能|职责)|机构设置|构成|编制说明|情况(?:的)?(?:总体)?说明|情况|名词解释)(?:[(（][^()（）]*[)）])?$"
)
"""How a heading ends in a document that is not divided into parts: 部门主要职能, 预算编制说明, 支出预算情况说明（详见表1）."""
_TELLS = re.compile(r"^[^表]*(?:情况|说明|安排|收支)[^表]*$")
"""The heading of a second part that tells of the budget in words, where the tables stand elsewhere."""
_TABLES = re.compile(r"(?:报|公开)?表格?(?:[(（][^()（）]*[)）])?$")
"""How the heading of a part ends that holds the tables, whatever its number."""
_SECTION = re.compile(r"^[一二三四五六七八九十]+、")
_FURNITURE = re.compile(r"续表|接上表|\(续\)|表\d*\(续\)")
_SHEET_TITLE = re.compile(r"支出绩效目标(?:申报)?表(?:[(（]\d{4}年度?[)）])?$")
"""The title of a sheet that could not be read as one: the text below it, up to the next heading, is no narrative."""
_GLOSSARY = re.compile(r"(?:名词|术语)解释")
"""A part so headed explains words: what stands under its numbers are words, no sections."""
_LONGEST_HEADING = 40
LONGEST_UNIT_LINE = 60
"""Characters; a longer line that names a unit is a sentence."""


def running_text(blocks: Sequence[Block], sheets: set[int], places: Sequence[Place]) -> list[ParagraphFact]:
    """The paragraphs of a document by part and section, by headings alone where it has no parts.

    sheets: indexes of blocks that belong to performance sheets; places: where the titles and rows of its tables stand.
    """
    return _of_parts(blocks, sheets) or _without_parts(blocks, sheets, places)


def part_opened(text: str) -> int:
    """The number of the part that a line opens (第三部分 …: 3), 0 where it opens none."""
    opened = PART.match(squeeze(text))
    return sum(_NUMERALS.index(numeral) + 1 for numeral in opened[1]) if opened else 0


def _of_parts(blocks: Sequence[Block], sheets: set[int]) -> list[ParagraphFact]:
    """The running text by part and section; the part whose heading names tables is left out."""
    facts: list[ParagraphFact] = []
    heading = _Headings()
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or index in sheets:
            continue
        text = block.text
        if re.search(r"(?<![.．·…])[.．·…]{3,}\s*\d*$", text):
            continue
        if heading.opens(text) or not heading.part or heading.of_tables or is_furniture(block):
            continue
        heading.in_sheet = heading.in_sheet or bool(_SHEET_TITLE.search(squeeze(text)))
        if not heading.in_sheet:
            facts.append(ParagraphFact(heading.part, heading.section, text, block.place))
    return facts


@dataclass(slots=True)
class _Headings:
    """The part and section that a line stands in. A part is a section of its own until a heading in it opens one."""

    part: int = 0
    section: str = ""
    of_tables: bool = False
    in_sheet: bool = False
    awaited: bool = False
    """True behind the number of a part that stands alone on its line: the line below it is its heading."""

    def opens(self, text: str) -> bool:
        """Take a line that opens a part or a section; False for any other line."""
        bare, awaited = squeeze(text), self.awaited
        self.awaited = False
        part = part_opened(text)
        if part:
            headed = PART.sub("", bare).strip(" 、:：")
            self.part, self.section, self.in_sheet = part, headed if _is_short(headed) else "", False
            self.of_tables, self.awaited = _holds_tables(part, headed), not headed
            return True
        if awaited and self.part and _is_short(bare) and not _SECTION.match(bare):
            self.section, self.of_tables = bare, _holds_tables(self.part, bare)
            return False
        if not self.part or self.of_tables or _GLOSSARY.search(self.section) or not _SECTION.match(bare):
            return False
        if len(text) > _LONGEST_HEADING or re.search(r"[。；]|[:：].", bare):
            return False
        self.section, self.in_sheet = text, False
        return True


def _holds_tables(part: int, heading: str) -> bool:
    """True for the part that a heading says holds the tables, and for a second part that does not say to tell in words."""
    return (part == 2 and not _TELLS.search(heading)) or bool(_TABLES.search(heading))


def _is_short(bare: str) -> bool:
    return 0 < len(bare) <= _LONGEST_HEADING and not re.search(r"[。；，,;]|[:：].|万元", bare)


def _without_parts(blocks: Sequence[Block], sheets: set[int], places: Sequence[Place]) -> list[ParagraphFact]:
    """The running text of a document that is not divided into parts: what stands under a heading, and not among the tables."""
    if any(isinstance(block, Paragraph) and PART.match(squeeze(block.text)) for block in blocks):
        return []
    facts: list[ParagraphFact] = []
    section = ""
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or index in sheets or is_furniture(block) or _is_among(block.place, places):
            continue
        bare = squeeze(block.text)
        if CONTENTS.search(bare):
            continue
        if _is_heading(bare):
            section = block.text
        elif section:
            facts.append(ParagraphFact(1, section, block.text, block.place))
    return facts


def _is_among(place: Place, rows: Sequence[Place]) -> bool:
    """True for what stands on a page with rows of a budget table, or where there are no pages between the first and the last."""
    if place.page is not None:
        return any(row.page == place.page for row in rows)
    lines = [row.line or 0 for row in rows]
    return bool(lines) and min(lines) <= (place.line or 0) <= max(lines)


def _is_heading(bare: str) -> bool:
    """True for a short line that is numbered as a section, or ends as a heading does."""
    if len(bare) > 40 or re.search(r"[。；，,;]|[:：].|万元", bare):
        return False
    return bool(_SECTION.match(bare) or _HEADING.search(bare))


def is_furniture(paragraph: Paragraph) -> bool:
    """True for a line that only carries a table on: its unit, its department, 续表, a page number."""
    text = key(paragraph.text)
    named = _FURNITURE.fullmatch(text) or is_page_number(text)
    return bool(named or (units_in(text) and len(text) <= LONGEST_UNIT_LINE) or DEPARTMENT.search(text))
