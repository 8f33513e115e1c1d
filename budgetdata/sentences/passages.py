"""The narrative as running text: paragraphs that a page break cut in two are joined, and every character knows its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from budgetdata.base.facts import ParagraphFact
from budgetdata.base.raw import Place
from budgetdata.base.text import half_width, strip_markup
from budgetdata.sentences.declared import declared

_ENDS = re.compile(r"(?:[。;:!?…]|(?<!\d)\.|^\(.*\))$")
_CAPTION = re.compile(r"(?:图|表|情况|说明|原因|结构|如下|无)$")
_UNDER_WAY = re.compile(r"^20\d\d年|[,、;:]")
_OPENS_ANEW = re.compile(
    r"(?:[(]?[一二三四五六七八九十]+[)、.,]|[(]?\d{1,2}[)、](?!\d)|\d{1,2}\.(?!\d)|[①-⑳]|第[一二三四五六七八九十]+[章部])"
)
_CUT = re.compile(r"(?:[,、(/\d万]|\d\.)$")
_GOES_ON = re.compile(r"[,、;。)%]|(?:万?元|以上|以下|的)")
_EXPLAINS = re.compile(r"^[^。]{2,40}?(?:是指|系指|指[^标导挥南])")
_GLOSSARY = re.compile(r"(?:名词|术语)解释")
_SUBHEADING = re.compile(
    r"^(?:(?P<bracketed>\([一二三四五六七八九十]+\))|(?P<plain>\d{1,2}[.、])|\(\d{1,2}\))[^。;!?]{2,36}$"
)
_FIGURE = re.compile(r"\d(?:万元|元|%|个|辆)")
OPEN_KINDS = ("", "other", "overview")
"""Kinds of sections that speak of several things: in them a heading below the section's says what is spoken of."""
LONG = 20
"""A paragraph of fewer characters that ends without punctuation is a heading or a caption, not the first half of a sentence."""


@dataclass(slots=True)
class Passage:
    """A paragraph, or several that are one sentence cut by pages: half-width text without white space.

    `origin` gives for each character of `flat` the paragraph (index into `places`) and the printed character.
    """

    section: str
    section_kind: str
    flat: str = ""
    places: list[Place] = field(default_factory=list)
    origin: list[tuple[int, str]] = field(default_factory=list)

    def place_of(self, position: int) -> Place:
        """Where the character at a position of `flat` is printed."""
        return self.places[self.origin[position][0]]

    def printed(self, start: int, end: int) -> str:
        """The characters of a stretch of `flat` as printed, white space left out."""
        return "".join(char for _, char in self.origin[start:end])

    def add(self, paragraph: ParagraphFact) -> None:
        """Append one more paragraph to the text."""
        self.places.append(paragraph.place)
        for char in strip_markup(paragraph.text):
            plain = half_width(char)
            if not plain.strip() or plain in "\u200b\ufeff\u00ad":
                continue
            self.flat += plain
            self.origin.append((len(self.places) - 1, char))


def section_kind(heading: str) -> str:
    """The kind of section that a heading opens, '' where none of the declared patterns is in it."""
    flat = half_width("".join(heading.split()))
    return next((section.id for section in declared().sections if section.heading.search(flat)), "")


@dataclass(slots=True)
class Heads:
    """The kind of section that a passage stands in: of its section, or of a heading below that says more."""

    section: str = ""
    style: str | None = None
    below: str = ""

    def kind(self, section: str, flat: str) -> str:
        """The kind of the next passage of a section."""
        if section != self.section:
            self.section, self.style, self.below = section, None, ""
        kind = section_kind(section)
        match = _SUBHEADING.match(flat) if kind in OPEN_KINDS and not _FIGURE.search(flat) else None
        named = section_kind(flat) if match else ""
        if match and (self.style is None or match.lastgroup == self.style) and (named or self.style is not None):
            self.style, self.below = match.lastgroup, named
        return self.below or kind


def without_glossary(paragraphs: Iterable[ParagraphFact]) -> list[ParagraphFact]:
    """The paragraphs without those that explain words: under a heading that says so, or a last part most of whose paragraphs
    say what something means."""
    every = [paragraph for paragraph in paragraphs if not _GLOSSARY.search(paragraph.section)]
    last = max((paragraph.part for paragraph in every), default=0)
    long = [paragraph for paragraph in every if paragraph.part == last and len(paragraph.text) > LONG]
    explained = sum(bool(_EXPLAINS.search(paragraph.text)) for paragraph in long)
    if last < 2 or not long or explained * 2 < len(long):
        return every
    return [paragraph for paragraph in every if paragraph.part != last]


def passages(paragraphs: Iterable[ParagraphFact]) -> list[Passage]:
    """The text of a document without its glossary, cut sentences healed, in printed order."""
    found: list[Passage] = []
    last: ParagraphFact | None = None
    heads = Heads()
    for paragraph in without_glossary(paragraphs):
        piece = Passage(paragraph.section, "")
        piece.add(paragraph)
        if not piece.flat:
            continue
        piece.section_kind = heads.kind(paragraph.section, piece.flat)
        together = last is not None and (last.part, last.section) == (paragraph.part, paragraph.section)
        if together and found and _belong_together(found[-1].flat, piece.flat):
            found[-1].add(paragraph)
        else:
            found.append(piece)
        last = paragraph
    return found


def _belong_together(first: str, second: str) -> bool:
    """True where the second text goes on with the sentence that the first one leaves unfinished."""
    if _OPENS_ANEW.match(second) and not re.search(r"\d[,.]?$", first):
        return False
    if _GOES_ON.match(second):
        return True
    if _ENDS.search(first):
        return False
    under_way = bool(_UNDER_WAY.search(first)) and not _CAPTION.search(first) and not _OPENS_ANEW.match(first)
    return under_way or len(first) >= LONG or bool(_CUT.search(first))


def sentence_bounds(flat: str, position: int) -> tuple[int, int]:
    """Start and end of the sentence around a position, between full stops."""
    start = max(flat.rfind(mark, 0, position) for mark in "。!?") + 1
    ends = [end for end in (flat.find(mark, position) for mark in "。!?") if end >= 0]
    return start, min(ends) + 1 if ends else len(flat)


def without_closed(text: str) -> str | None:
    """A text without what stands in its brackets; None where a bracket opened before it is closed in it."""
    kept, depth = "", 0
    for char in text:
        depth += char == "("
        if char == ")":
            if not depth:
                return None
            depth -= 1
        elif not depth:
            kept += char
    return kept
