"""Every number of the narrative with what it speaks of: kind, subject, the figures meant, the sentence and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgetdata.base.facts import NOWHERE, DocumentFacts
from budgetdata.base.raw import Place
from budgetdata.narrative.figures import FOUND, Cell, Figures
from budgetdata.narrative.functions import FunctionNames
from budgetdata.narrative.measures import AREAS, MONEY, THRESHOLD, Measure, measures, role_before, same_as_last_year
from budgetdata.narrative.reasons import Reason, reasons
from budgetdata.narrative.sentences import Passage, passages, sentence_bounds
from budgetdata.narrative.subjects import (
    CONTINUES,
    FUNCTION_LINKS,
    ITS_AMOUNT,
    MONEY_OF,
    OTHER,
    REASON_ITEM,
    REASON_PHRASES,
    Phrase,
    best_phrase,
    countable,
    phrases_for,
)

UNKNOWN_WHOLE = "?"
"""What a share is a share of where the words name something that no phrase declares."""


QUOTA = "staff_quota"

CARRIED = ("carryover", "expenditure_carryover", "appropriation_carryover")
"""Parts that no sentence compares with last year: a change printed behind them is that of the whole."""

_WHOLE_WORDS = re.compile(r"占|的|比例|比重|份额|比率|比|为|总额|总数|合计|总计|约")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number the narrative states. value is signed for changes and rates and in the printed unit.

    kind: amount, share, change, rate, count, area, threshold, last_year, about_unchanged, reason, or reason_ and one of
    these for what stands inside a reason. cells are the places in the tables that it speaks of, the first the nearest.
    words: said in words (与上年相同). before: the words before it. whole: what a share is a share of ('' where the
    sentence does not say, UNKNOWN_WHOLE where it says something unknown), whole_cells where that is printed.
    """

    section: str
    section_kind: str
    kind: str
    subject: str
    value: Decimal
    printed: str
    decimals: int
    unit: str
    text: str
    place: Place
    passage: int
    start: int
    cells: tuple[Cell, ...] = ()
    any_of: bool = False
    code: str = ""
    words: bool = False
    before: str = ""
    whole: str = ""
    whole_cells: tuple[Cell, ...] = ()

    @property
    def wan(self) -> Decimal:
        """The value in 万元, for money."""
        return self.value * MONEY[self.unit]

    @property
    def links(self) -> tuple[str, ...]:
        """The keys of the printed figures it speaks of."""
        return tuple(cell.key for cell in self.cells if cell.state == FOUND)


@dataclass(slots=True)
class _Reader:
    """Reads one passage; `head` is what the section is about just now, `above` the amount that was named under it."""

    passage: Passage
    number: int
    figures: Figures
    functions: FunctionNames
    head: str = ""
    above: Mention | None = None
    found: list[Mention] = field(default_factory=list)

    def read(self) -> list[Mention]:
        flat = self.passage.flat
        zones = reasons(flat)
        numbers = measures(flat)
        events: list[tuple[int, int, Measure | None, bool]] = [(m.start, m.end, m, False) for m in numbers]
        events += [(start, end, None, about) for start, end, about in same_as_last_year(flat)]
        behind = 0
        for start, end, measure, about in sorted(events, key=lambda event: event[:2]):
            zone = next((zone for zone in zones if zone.start <= start < zone.end), None)
            left = flat[max(behind, *(flat.rfind(mark, 0, start) + 1 for mark in "。;!?")) : start]
            if zone is not None and measure is not None:
                self._inside_reason(measure, flat[max(behind, zone.start) : start])
            elif zone is None and measure is not None:
                self._outside(measure, left, flat)
            elif zone is None:
                self._unchanged(start, left, about)
            behind = end
        for zone in zones:
            self._reason(zone)
        return self.found

    def _unchanged(self, start: int, left: str, about: bool) -> None:
        subject = self._subject_of_change(left, start)
        if subject is not None:
            kind = "about_unchanged" if about else "change"
            self._keep(kind, replace(subject, value=Decimal(0), printed="" if about else "0", words=True), start)

    def _outside(self, measure: Measure, left: str, flat: str) -> None:
        role, rest = role_before(left, measure)
        if measure.is_money and THRESHOLD.match(flat[measure.end :]):
            self._add("threshold", "equipment", measure, left)
        elif measure.unit == "%":
            self._percent(measure, role, left, rest)
        elif measure.is_money and role in {"up", "down"}:
            self._change(measure, role, rest)
        elif measure.is_money:
            self._amount("last_year" if role == "last_year" else "amount", measure, left, flat[measure.end :])
        elif role not in {"up", "down"}:
            self._count(measure, left, flat[measure.end :])

    def _percent(self, measure: Measure, role: str, left: str, rest: str) -> None:
        before = self._last()
        if role == "share":
            subject = self._subject(rest) or (self._blank(before) if before else None)
            if subject is not None:
                whole, cells = self._whole(left[len(rest) :])
                named = replace(self._with(subject, measure), whole=whole, whole_cells=cells)
                self._keep("share", named, measure.start)
        elif role in {"up", "down"}:
            self._rate(measure, -1 if role == "down" else 1, rest)
        elif left.endswith("(") and before is not None and before.kind == "change":
            sign = -1 if before.value < 0 else 1
            self._keep("rate", self._signed(self._with(self._blank(before), measure), sign), measure.start)

    def _whole(self, words: str) -> tuple[str, tuple[Cell, ...]]:
        """The subject that 占…的 names as the whole, and where it is printed."""
        if not _WHOLE_WORDS.sub("", words):
            return "", ()
        own, anywhere = phrases_for(self.passage.section_kind, self.head)
        hit = best_phrase(words, own) or best_phrase(words, anywhere)
        return (hit[0].subject, tuple(self.figures.cells(hit[0].links))) if hit else (UNKNOWN_WHOLE, ())

    def _rate(self, measure: Measure, sign: int, rest: str) -> None:
        before = self.found[-1] if self.found else None
        named = self._subject(rest)
        if named is None and before is not None and before.kind == "change" and self._same_group(before, measure.start):
            named = self._blank(before)
        named = named or self._subject_of_change(rest, measure.start)
        if named is not None:
            self._keep("rate", self._signed(self._with(named, measure), sign), measure.start)

    def _change(self, measure: Measure, role: str, rest: str) -> None:
        named = self._subject_of_change(rest, measure.start) or self._unknown()
        self._keep("change", self._signed(self._with(named, measure), -1 if role == "down" else 1), measure.start)

    def _amount(self, kind: str, measure: Measure, left: str, right: str) -> None:
        by_change = kind == "last_year"
        named = self._subject_of_change(left, measure.start) if by_change else self._right(right) or self._subject(left)
        if named is None and ITS_AMOUNT.search(left):
            named = self._subject(self._sentence_before(measure.start))
        before = self._last()
        if named is None and before is not None and CONTINUES.search(left) and self._same_group(before, measure.start):
            named = replace(self._blank(before), subject=MONEY_OF.get(before.subject, before.subject))
        self._keep(kind, replace(self._with(named or self._unknown(), measure), before=left), measure.start)

    def _sentence_before(self, position: int) -> str:
        """The sentence before the one at a position, without its full stop: 公务接待费。2026年预算数…"""
        start, _ = sentence_bounds(self.passage.flat, position)
        return self.passage.flat[: max(0, start - 1)].rpartition("。")[2]

    def _count(self, measure: Measure, left: str, right: str) -> None:
        kind = "area" if measure.unit in AREAS.values() else "count"
        before = self.found[-1] if self.found else None
        if (
            before is not None
            and before.kind == "threshold"
            and "设备" in left
            and self._same_group(before, measure.start)
        ):
            plan = "purchase_" if "购置" in before.before else ""
            sort = "special_" if "专用" in left else ""
            self._add(kind, f"{sort}equipment_{plan}over_{before.value.normalize():f}", measure, left)
            return
        named = self._right(right) or self._subject(left)
        if named is not None and countable(named.subject, measure.unit):
            self._keep(kind, self._with(named, measure), measure.start)

    def _inside_reason(self, measure: Measure, left: str) -> None:
        role, _ = role_before(left, measure)
        hit = best_phrase(left.rpartition(",")[2] or left, list(REASON_PHRASES))
        subject = hit[0].subject if hit else REASON_ITEM
        if measure.is_money and role in {"up", "down"}:
            named = self._signed(
                self._with(replace(self._unknown(), subject=subject), measure), -1 if role == "down" else 1
            )
            self._keep("reason_change", named, measure.start)
        elif measure.is_money:
            self._keep("reason_amount", self._with(replace(self._unknown(), subject=subject), measure), measure.start)
        elif countable(subject, measure.unit):
            self._keep("reason_count", self._with(replace(self._unknown(), subject=subject), measure), measure.start)

    def _reason(self, zone: Reason) -> None:
        told = [
            m for m in self.found if m.start < zone.start and m.kind in {"change", "rate", "amount", "about_unchanged"}
        ]
        if told:
            near = [m for m in told if m.kind != "amount" and self._same_group(m, zone.start)] or told
            printed = self.passage.printed(zone.start, zone.end)
            self._keep("reason", replace(self._blank(near[-1]), printed=printed), zone.start)

    def _subject_of_change(self, left: str, start: int) -> Mention | None:
        """What a change is of: what its own words name, else the head of its group, else what was named last."""
        named = self._subject(left)
        if named is not None:
            return named
        group = [m for m in self.found if m.kind == "amount" and self._same_group(m, start)]
        if len(group) > 2 and "其中" in self.passage.flat[group[0].start : group[1].start]:
            return self._blank(group[0])
        if (
            len(group) > 1
            and group[-1].subject in CARRIED
            and self.above is not None
            and self.above.subject == self.head
        ):
            return self._blank(self.above)
        if group:
            return self._blank(group[-1])
        before = self._last()
        return self._blank(before) if before is not None else None

    def _subject(self, left: str) -> Mention | None:
        """What the words before a number name, or None; notes the head where they name one."""
        own, anywhere = phrases_for(self.passage.section_kind, self.head)
        hit = best_phrase(left, own) or best_phrase(left, anywhere)
        function = self.functions.at_end(left) if self.passage.section_kind in FUNCTION_LINKS else None
        if function is not None and (
            hit is None or hit[2] < len(left) or (function.exact and hit[1] >= function.start)
        ):
            cells = tuple(self.figures.cells(FUNCTION_LINKS[self.passage.section_kind], function.code)[:1])
            return replace(self._unknown(), subject=function.name, cells=cells, code=function.code)
        return self._named(hit[0]) if hit else None

    def _right(self, right: str) -> Mention | None:
        own, anywhere = phrases_for(self.passage.section_kind, self.head, right=True)
        hit = best_phrase(right, own) or best_phrase(right, anywhere)
        return self._named(hit[0]) if hit else None

    def _named(self, phrase: Phrase) -> Mention:
        if phrase.head:
            self.head = phrase.subject
        cells = tuple(self.figures.cells(phrase.links))
        return replace(self._unknown(), subject=phrase.subject, cells=cells, any_of=phrase.any_of)

    def _unknown(self) -> Mention:
        return Mention(
            section=self.passage.section, section_kind=self.passage.section_kind, kind="", subject=OTHER, value=Decimal(0),
            printed="", decimals=0, unit="万元", text="", place=NOWHERE, passage=self.number, start=0,
        )  # fmt: skip

    def _blank(self, mention: Mention) -> Mention:
        """The same subject without a number yet."""
        keep = replace(self._unknown(), subject=mention.subject, cells=mention.cells, any_of=mention.any_of)
        return replace(keep, code=mention.code)

    @staticmethod
    def _with(mention: Mention, measure: Measure) -> Mention:
        return replace(
            mention, value=measure.value, printed=measure.digits, decimals=measure.decimals, unit=measure.unit
        )

    @staticmethod
    def _signed(mention: Mention, sign: int) -> Mention:
        if sign > 0 or not mention.value:
            return mention
        printed = mention.printed[1:] if mention.printed.startswith("-") else f"-{mention.printed}"
        return replace(mention, value=-mention.value, printed=printed)

    def _add(self, kind: str, subject: str, measure: Measure, left: str) -> None:
        self._keep(
            kind, replace(self._with(replace(self._unknown(), subject=subject), measure), before=left), measure.start
        )

    def _keep(self, kind: str, mention: Mention, start: int) -> None:
        flat = self.passage.flat
        text = self.passage.printed(*sentence_bounds(flat, start))
        kept = replace(mention, kind=kind, text=text, place=self.passage.place_of(start), start=start)
        self.above = kept if kind == "amount" and kept.subject == self.head else self.above
        self.found.append(kept)

    def _last(self) -> Mention | None:
        told = [m for m in self.found if not m.kind.startswith("reason") and m.kind != "threshold"]
        return told[-1] if told else None

    def _same_group(self, mention: Mention, start: int) -> bool:
        """True where no full stop and no semicolon stands between a mention and a position."""
        return not any(mark in self.passage.flat[mention.start : start] for mark in "。;!?")


def mentions(facts: DocumentFacts) -> list[Mention]:
    """Every number that the narrative of a document states, in printed order."""
    figures, functions = Figures(facts), FunctionNames(facts)
    found: list[Mention] = []
    above: Mention | None = None
    head, section = "", ""
    for number, passage in enumerate(passages(facts.paragraphs)):
        head, above = (head, above) if passage.section == section else ("", None)
        reader = _Reader(passage, number, figures, functions, head, above)
        found += sorted(reader.read(), key=lambda mention: mention.start)
        head, above, section = reader.head, reader.above, passage.section
    return _one_quota(found)


def _one_quota(found: list[Mention]) -> list[Mention]:
    """Where posts of one sort are all that a document states, they are its posts."""
    sorts = {m.subject for m in found if m.kind == "count" and m.subject.startswith(QUOTA)}
    if len(sorts) != 1 or QUOTA in sorts:
        return found
    return [replace(m, subject=QUOTA) if m.kind == "count" and m.subject in sorts else m for m in found]
