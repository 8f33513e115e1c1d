"""What the running text of a document discloses: sections with the points asked for, wherever they stand, and explained words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetdata.base.facts import DocumentFacts, ParagraphFact
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.base.text import half_width, squeeze
from budgetdata.checks.printed import Line, first_mention

Finding = tuple[str, Said]
"""A status and the evidence for it."""
GLOSSARY = re.compile("名词|术语")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[(]?(?:\d+|[一二三四五六七八九十]+)[)、.])")
_TERM = re.compile(
    r"^(?:[^:。;,]{2,30}:(?:是|即|特|专)?指|[^:。;,]{2,30}[:,]?(?:是指|指的是)).{4,}"
    r"|^(?![^:]*\d)[^:。;,]{2,30}:(?!.*\d[\d.,]*万?元).{8,}"
)
"""A word explained without a number before it: 基本支出:指为保障…, 基本支出是指…, 政府采购:各级国家机关…"""
_LONGEST_HEADING = 24
_OPENING = 16
"""Characters at the beginning of a text that tell what it is about."""
_SHORTEST = 20
"""Characters of a section's text that say something of themselves."""
_ITEM = re.compile(r"^(?:其中|注|备注|附件)")


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything a document prints, to look for what was not recognised; `unread_page` is where a page could not be read."""

    lines: Sequence[Line] = ()
    unread_page: Place | None = None

    def first(self, pattern: str) -> Line | None:
        """The first text that holds a pattern."""
        return first_mention(self.lines, re.compile(pattern))

    def unread(self, pattern: str) -> Finding | None:
        """What speaks for it that something is printed though it was not recognised, None where nothing does."""
        line = self.first(pattern)
        if line is not None:
            return "unread", said("disclosure.mentioned", at=line.place.told, text=line.shown)
        if self.unread_page is not None:
            return "unread", said("disclosure.page_unread", at=self.unread_page.told)
        return None

    def speaks(self, item: Mapping[str, Any], point: str) -> Line | None:
        """A text that speaks of a point of an item's topic, in whatever part it stands."""
        lines = (line for line in self.lines if not (line.in_contents or line.in_row) and is_about(line.text, item))
        return first_mention(lines, re.compile(point))


def is_about(text: str, item: Mapping[str, Any]) -> bool:
    """True where a text speaks of an item's topic and of none that is declared to be another's (`aside`)."""
    bare = squeeze(text)
    aside = item.get("aside")
    return bool(re.search(item.get("topic", item["section"]), bare)) and not (
        aside and re.search(aside, bare[:_OPENING])
    )


def text_item(facts: DocumentFacts, item: Mapping[str, Any], printed: Printed) -> Finding:
    """Which points of an item are written: in its section, or in any paragraph of the narrative that speaks of its topic."""
    own = _section(facts, item["section"])
    held = {id(p) for p in own}
    spoken = own + [p for p in _narrative(facts) if id(p) not in held and is_about(p.text, item)]
    text = squeeze("".join(p.text for p in own))
    if own and _says_none(text):
        return "empty_stated", said("disclosure.stated_none", **_where(own[0]))
    met = {point["id"]: paragraph for point in item["needs"] if (paragraph := _met(point, own, spoken, text))}
    lacking = [point for point in item["needs"] if point["id"] not in met]
    if not own and lacking:
        return printed.unread(item["section"]) or ("missing", said("disclosure.no_section"))
    where = _where(own[0] if {id(p) for p in met.values()} & held else next(iter(met.values()), spoken[0]))
    if not lacking:
        return "full", said("disclosure.points", **where, all=len(met), met=len(met))
    return _lacking(
        item, lacking, where, printed if not any(_is_decided(point, own) for point in lacking) else Printed()
    )


def _lacking(
    item: Mapping[str, Any], lacking: Sequence[Mapping[str, Any]], where: dict[str, Any], printed: Printed
) -> Finding:
    """What is said of points that no paragraph makes: unread where a text speaks of one, else what is not written."""
    for point in lacking:
        line = printed.speaks(item, point["pattern"])
        if line is not None:
            return "unread", said("disclosure.mentioned", at=line.place.told, text=line.shown)
    met, points = len(item["needs"]) - len(lacking), [said(f"disclosure.need.{point['id']}") for point in lacking]
    if not met:
        return "partial", said("disclosure.section_only", **where)
    return "partial", said("disclosure.lacking", **where, all=len(item["needs"]), met=met, lacking=points)


def _met(
    point: Mapping[str, Any], own: Sequence[ParagraphFact], spoken: Sequence[ParagraphFact], text: str
) -> ParagraphFact | None:
    """The paragraph that makes a point; the first where the item's section need only be there, and says enough. text: of all
    the section."""
    if point["pattern"] == ".":
        return own[0] if own and len(text) >= _SHORTEST else None
    among = own if _is_decided(point, own) else spoken
    single = next((p for p in among if re.search(point["pattern"], squeeze(p.text))), None)
    broken = own and re.search(point["pattern"], text)
    return single or (own[0] if broken else None)


def _is_decided(point: Mapping[str, Any], own: Sequence[ParagraphFact]) -> bool:
    """True where the item's own section says of a point what is to be said, be it that there is nothing (原因是无)."""
    return "decided" in point and any(re.search(point["decided"], squeeze(p.text)) for p in own)


def _where(paragraph: ParagraphFact) -> dict[str, Any]:
    return {"at": paragraph.place.told, "section": squeeze(paragraph.section)}


def _section(facts: DocumentFacts, pattern: str) -> list[ParagraphFact]:
    """The paragraphs under a heading: that of their section, or a short numbered line within it."""
    found: list[ParagraphFact] = []
    section, within = "", False
    for paragraph in facts.paragraphs:
        text = squeeze(paragraph.text)
        if paragraph.section != section:
            section, within = paragraph.section, False
        if len(text) <= _LONGEST_HEADING and _NUMBERED.match(half_width(text)) and "。" not in text:
            within = bool(re.search(pattern, text))
        if (within or re.search(pattern, squeeze(section))) and len(text) > 1:
            found.append(paragraph)
    return found


def _narrative(facts: DocumentFacts) -> list[ParagraphFact]:
    """The paragraphs that are not those of the explained words."""
    explained = {id(p) for p in glossary(facts)}
    return [p for p in facts.paragraphs if id(p) not in explained]


def _says_none(text: str) -> bool:
    return len(text) <= 60 and bool(re.search(r"(?:无|没有|不涉及)", text)) and not re.search(r"\d", text)


def glossary(facts: DocumentFacts) -> list[ParagraphFact]:
    """The paragraphs of the chapter of explained words; where no heading names one, those of the last part."""
    named = [p for p in facts.paragraphs if GLOSSARY.search(p.section)]
    return named or [p for p in facts.paragraphs if p.part == 4]


def terms(paragraphs: Sequence[ParagraphFact]) -> Iterator[str]:
    """The words that a chapter explains: one a paragraph with a number or an explanation, one a numbered heading."""
    for paragraph in paragraphs:
        text = squeeze(half_width(paragraph.text))
        if not _ITEM.match(text) and (_NUMBERED.match(text) or _TERM.match(text)):
            yield text
    sections = dict.fromkeys(squeeze(half_width(p.section)) for p in paragraphs)
    yield from (s for s in sections if _NUMBERED.match(s) and not GLOSSARY.search(s))


def glossary_item(facts: DocumentFacts, item: Mapping[str, Any], printed: Printed) -> Finding:
    """Whether words are explained, and how many; nothing asks for a number of them."""
    headed = glossary(facts)
    count = len(list(terms(headed)))
    if not count:
        return printed.unread("名词解释|术语解释") or ("missing", said("disclosure.no_glossary"))
    return "full", said("disclosure.glossary", at=headed[0].place.told, n=count)
