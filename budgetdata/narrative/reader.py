"""One passage of the narrative read: every number with what the words beside it make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgetdata.base.facts import NOWHERE
from budgetdata.narrative.figures import Cell, Figures
from budgetdata.narrative.functions import FunctionNames
from budgetdata.narrative.mentions import UNKNOWN_WHOLE, UNREAD, UNREAD_CHANGE, Mention
from budgetdata.sentences.declared import OTHER, REASON_ITEM, declared
from budgetdata.sentences.measures import (
    AREAS,
    MONEY,
    THRESHOLD,
    Measure,
    every_measure,
    role_before,
    same_as_last_year,
)
from budgetdata.sentences.passages import Passage, sentence_bounds, without_closed
from budgetdata.sentences.reasons import Reason, reasons
from budgetdata.sentences.scope import PLANNED, QUALIFIED, Around, scope_of
from budgetdata.sentences.subjects import CONTINUES, ITS_AMOUNT, Named, best_phrase, countable, named_in

AMOUNTS = ("amount", UNREAD)
"""Kinds that a change behind them is of."""
PLANNED_VEHICLES, PLANNED_PART = "vehicles_planned", "vehicles_planned_part"
"""All vehicles to be bought, and one kind of them."""
_STOPS = "。;!?"
_WHOLE_WORDS = re.compile(r"占|的|比例|比重|份额|比率|比|为|总额|总数|合计|总计|约")
_THIS_YEAR = re.compile(r"本年|当年")
"""Words of the whole of a share that leave out what is carried over."""
_HELD = ("共有", "现有", "实有", "占有", "占用")
"""Words for what is there already, against 购置 for what is still to be bought."""
_LISTS = re.compile(r"包括|其中|用于")
_BEHIND_PART = re.compile(
    r"(?:支出|收入|金额|资金|经费|预算|决算|拨款|总额|数额|数|额|合计|共计|类|款|项|科目|[,、(（)）\"“”\d.])*$"
)
"""Words between the subject of a share and 占 that leave it what it is."""


@dataclass(slots=True)
class Standing:
    """What holds from passage to passage: what the section is about, the amount named under it, whose part it is, and where
    the 科目 of the list are printed that it gives."""

    section: str = ""
    kind: str = ""
    head: str = ""
    above: Mention | None = None
    body: str = ""
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader of passages must know of the document."""

    department: str
    year: int
    figures: Figures
    functions: FunctionNames


@dataclass(slots=True)
class Reader:
    """Reads one passage; what it finds of the head of its section it leaves in `standing`."""

    passage: Passage
    number: int
    document: Document
    standing: Standing
    found: list[Mention] = field(default_factory=list)
    named: Named | None = None
    money: bool = False
    """True where the number at hand is an amount of money: it is of nothing that is only counted."""
    in_unknown: int = -1
    """Where the sentence ends in which a list of parts of an unknown amount goes on."""
    in_list: int = -1
    """Where the sentence ends in which a list of parts of any amount goes on."""

    def read(self) -> list[Mention]:
        """The mentions of the passage, in printed order."""
        flat = self.passage.flat
        zones = reasons(flat)
        events: list[tuple[int, int, Measure | None, bool]] = [(m.start, m.end, m, False) for m in every_measure(flat)]
        events += [(start, end, None, about) for start, end, about in same_as_last_year(flat)]
        behind = 0
        for start, end, measure, about in sorted(events, key=lambda event: event[:2]):
            zone = next((zone for zone in zones if zone.start <= start < zone.end), None)
            left = flat[max(behind, *(flat.rfind(mark, 0, start) + 1 for mark in _STOPS)) : start]
            self.named, self.money = None, measure is not None and measure.is_money
            if zone is not None and measure is not None:
                self._inside_reason(measure, flat[max(behind, zone.start) : start])
            elif zone is None and measure is not None:
                self._outside(measure, left, flat)
            elif zone is None:
                self._unchanged(start, left, about)
            behind = end
        for zone in zones:
            self._reason(zone)
        return sorted(self.found, key=lambda mention: mention.start)

    # the kinds of numbers

    def _unchanged(self, start: int, left: str, about: bool) -> None:
        subject = self._subject_of_change(left, start)
        if subject is not None:
            kind = "about_unchanged" if about else "change"
            self._keep(kind, replace(subject, value=Decimal(0), printed="" if about else "0", words=True), start)

    def _outside(self, measure: Measure, left: str, flat: str) -> None:
        role, rest = role_before(left, measure)
        if not measure.read:
            self._unread(measure, role, left, rest)
        elif measure.is_money and THRESHOLD.match(flat[measure.end :]):
            self._add("threshold", "equipment", measure, left)
        elif measure.unit == "%":
            self._percent(measure, role, left, rest)
        elif measure.is_money and role in {"up", "down"}:
            self._change(measure, role, rest)
        elif measure.is_money:
            self._amount("last_year" if role == "last_year" else "amount", measure, left, flat[measure.end :])
        elif role not in {"up", "down"}:
            self._count(measure, left, flat[measure.end :])

    def _unread(self, measure: Measure, role: str, left: str, rest: str) -> None:
        """A number that was not read whole keeps its subject, so that what follows is not taken for another's."""
        if role in {"up", "down", "last_year"}:
            changed = self._subject_of_change(rest, measure.start) or self._unknown()
            sign = Decimal({"up": 1, "down": -1}.get(role, 0))
            self._keep(UNREAD_CHANGE, replace(changed, unit=measure.unit, value=sign), measure.start)
        elif measure.is_money or measure.unit in {"", "%"}:
            named = self._subject(rest)
            kind = UNREAD_CHANGE if measure.unit == "%" else UNREAD
            self._keep(kind, replace(named or self._unknown(), unit=measure.unit, before=left), measure.start)

    def _percent(self, measure: Measure, role: str, left: str, rest: str) -> None:
        before = self._last()
        if role == "share":
            subject = self._part_of_share(rest) or (self._blank(before) if before else None)
            if subject is not None:
                whole, cells = self._whole(left[len(rest) :])
                scope = subject.scope or (QUALIFIED if _THIS_YEAR.search(left[len(rest) :]) else "")
                named = replace(self._with(subject, measure), whole=whole, whole_cells=cells, scope=scope)
                self._keep("share", named, measure.start, left)
        elif role in {"up", "down"}:
            self._rate(measure, -1 if role == "down" else 1, rest)
        elif left.endswith("(") and before is not None and _is_signed(before):
            sign = -1 if before.value < 0 else 1
            self._keep("rate", self._signed(self._with(self._blank(before), measure), sign), measure.start)

    def _part_of_share(self, rest: str) -> Mention | None:
        """What the words before 占 name as the part; where they go on behind a phrase, it is something unknown."""
        subject = self._subject(rest)
        if subject is not None and self.named is not None and not subject.code:
            return subject if _BEHIND_PART.match(rest[self.named[2] :]) else self._unknown()
        return subject

    def _whole(self, words: str) -> tuple[str, tuple[Cell, ...]]:
        """The subject that 占…的 names as the whole, and where it is printed."""
        if not _WHOLE_WORDS.sub("", words):
            return "", ()
        hit = named_in(words, self.passage.section_kind, self.standing.head)
        return (hit[0].subject, tuple(self.document.figures.cells(hit[0].links))) if hit else (UNKNOWN_WHOLE, ())

    def _rate(self, measure: Measure, sign: int, rest: str) -> None:
        before = self.found[-1] if self.found else None
        named = self._subject(rest)
        changed = before is not None and before.kind in {"change", UNREAD_CHANGE}
        if named is None and before is not None and changed and self._same_group(before, measure.start):
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
            entry = declared().subjects.get(before.subject)
            money_is = entry.money_is if entry is not None else ""
            named = replace(self._blank(before), subject=money_is or before.subject)
        mention = replace(self._with(named or self._unknown(), measure), before=left)
        self._enter_list(left, measure.start)
        self._keep(kind, mention, measure.start, left)

    def _enter_list(self, left: str, start: int) -> None:
        """Behind 包括 and the like, what follows an amount that the tables do not hold are its parts, to the full stop."""
        before = self._last()
        if before is None or not _LISTS.search(left) or not self._same_sentence(before, start):
            return
        end = sentence_bounds(self.passage.flat, start)[1]
        if before.kind == "amount":
            self.in_list = end
        if before.kind == "amount" and (before.scope or not before.cells):
            self.in_unknown = end

    def _sentence_before(self, position: int) -> str:
        """The sentence before the one at a position, without its full stop: 公务接待费。2026年预算数…"""
        start, _ = sentence_bounds(self.passage.flat, position)
        return self.passage.flat[: max(0, start - 1)].rpartition("。")[2]

    def _count(self, measure: Measure, left: str, right: str) -> None:
        kind = "area" if measure.unit in AREAS.values() else "count"
        before = self.found[-1] if self.found else None
        limited = before is not None and before.kind == "threshold" and self._same_group(before, measure.start)
        if before is not None and limited and "设备" in left:
            plan = "purchase_" if self._is_planned(before.start) else ""
            sort = "special_" if "专用" in left else ""
            self._add(kind, f"{sort}equipment_{plan}over_{before.value.normalize():f}", measure, left)
            return
        named = self._right(right) or self._subject(left)
        if named is not None and countable(named.subject, measure.unit):
            self._keep(kind, self._with(named, measure), measure.start, left)

    def _is_planned(self, position: int) -> bool:
        """True where the sentence so far speaks last of what is to be bought, not of what is held."""
        said_so = self.passage.flat[sentence_bounds(self.passage.flat, position)[0] : position]
        return said_so.rfind("购置") > max(said_so.rfind(word) for word in _HELD)

    def _inside_reason(self, measure: Measure, left: str) -> None:
        role, _ = role_before(left, measure)
        hit = best_phrase(left.rpartition(",")[2] or left, declared().reason_phrases)
        named = replace(self._unknown(), subject=hit[0].subject if hit else REASON_ITEM)
        if not measure.read:
            if measure.is_money:
                self._keep(UNREAD_CHANGE, replace(named, unit=measure.unit), measure.start)
        elif measure.is_money and role in {"up", "down"}:
            signed = self._signed(self._with(named, measure), -1 if role == "down" else 1)
            self._keep("reason_change", signed, measure.start)
        elif measure.is_money:
            self._keep("reason_amount", self._with(named, measure), measure.start)
        elif countable(named.subject, measure.unit):
            self._keep("reason_count", self._with(named, measure), measure.start)

    def _reason(self, zone: Reason) -> None:
        kinds = {"change", "rate", "amount", "about_unchanged", UNREAD, UNREAD_CHANGE}
        told = [m for m in self.found if m.start < zone.start and m.kind in kinds]
        if told:
            near = [m for m in told if m.kind not in AMOUNTS and self._same_group(m, zone.start)] or told
            printed = self.passage.printed(zone.start, zone.end)
            self._keep("reason", replace(self._blank(near[-1]), printed=printed), zone.start)

    # what a number speaks of

    def _subject_of_change(self, left: str, start: int) -> Mention | None:
        """What a change is of: what its own clause names, else the head of its group, else what was named last."""
        clauses = left.split(",")
        named = self._subject(clauses[-1])
        group = [m for m in self.found if m.kind in AMOUNTS and self._same_group(m, start)]
        if named is None:
            for clause in clauses[:-1] if group else [left]:
                hit = self._subject(clause)
                if hit is not None and (not group or self._is_whole_clause(clause)):
                    named = hit
        if named is not None:
            return named
        if len(group) > 2 and "其中" in self.passage.flat[group[0].start : group[1].start]:
            return self._blank(group[0])
        entry = declared().subjects.get(group[-1].subject) if group else None
        above = self.standing.above
        if len(group) > 1 and entry is not None and entry.never_compared and above is not None:
            return self._blank(above) if above.subject == self.standing.head else self._blank(group[-1])
        before = group[-1] if group else self._last()
        return self._blank(before) if before is not None else None

    def _is_whole_clause(self, clause: str) -> bool:
        """True where the phrase found last is all that a clause says: a heading for what follows."""
        return self.named is not None and self.named[2] - self.named[1] >= len(clause.strip(":")) - 2

    def _subject(self, left: str) -> Mention | None:
        """What the words before a number name, or None; notes the head where they name one."""
        kind = self.passage.section_kind
        hit = named_in(left, kind, self.standing.head, money=self.money)
        printed_in = self.standing.functions or declared().functions.get(kind, ())
        function = self.document.functions.at_end(left) if printed_in else None
        if function is not None and (
            hit is None or hit[2] < len(left) or (function.exact and hit[1] >= function.start)
        ):
            cells = tuple(self.document.figures.of_class(printed_in, function.code))
            unsure = len(cells) > 1
            return replace(self._unknown(), subject=function.name, cells=cells, any_of=unsure, code=function.code)
        return self._of_phrase(hit) if hit else None

    def _right(self, right: str) -> Mention | None:
        hit = named_in(right, self.passage.section_kind, self.standing.head, right=True)
        return self._of_phrase(hit) if hit else None

    def _of_phrase(self, hit: Named) -> Mention:
        phrase = hit[0]
        self.named = None if phrase.right else hit
        if phrase.head:
            self.standing.head = phrase.subject
        cells = tuple(self.document.figures.cells(phrase.links))
        return replace(self._unknown(), subject=phrase.subject, cells=cells, any_of=phrase.any_of)

    def _last(self) -> Mention | None:
        told = [m for m in self.found if not m.kind.startswith("reason") and m.kind != "threshold"]
        return told[-1] if told else None

    def _same_group(self, mention: Mention, start: int) -> bool:
        """True where no full stop and no semicolon stands between a mention and a position, brackets left out, and the
        mention does not stand in brackets that are closed before it."""
        between = without_closed(self.passage.flat[mention.start : start])
        return between is not None and not any(mark in between for mark in _STOPS)

    def _same_sentence(self, mention: Mention, start: int) -> bool:
        return "。" not in self.passage.flat[mention.start : start]

    # how it is kept

    def _unknown(self) -> Mention:
        return Mention(
            section=self.passage.section, section_kind=self.passage.section_kind, kind="", subject=OTHER, value=Decimal(0),
            printed="", decimals=0, unit="万元", text="", place=NOWHERE, passage=self.number, start=0,
        )  # fmt: skip

    def _blank(self, mention: Mention) -> Mention:
        """The same subject without a number yet."""
        return replace(
            self._unknown(), subject=mention.subject, cells=mention.cells, any_of=mention.any_of, code=mention.code,
            scope=mention.scope, anchor=mention.anchor or mention.at,
        )  # fmt: skip

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
        named = replace(self._with(replace(self._unknown(), subject=subject), measure), before=left)
        self._keep(kind, named, measure.start, left)

    def _keep(self, kind: str, mention: Mention, start: int, left: str | None = None) -> None:
        begin, end = sentence_bounds(self.passage.flat, start)
        scope = mention.scope or (
            "" if left is None else self._scope(mention, left, self.passage.flat[begin:start], start)
        )
        kept = replace(
            mention, kind=kind, text=self.passage.printed(begin, end), place=self.passage.place_of(start), start=start,
            scope=scope,
        )  # fmt: skip
        if kept.subject != PLANNED_VEHICLES and self._is_to_be_bought(kept):
            kept = replace(kept, subject=PLANNED_PART)
        if kind == "amount" and kept.subject == self.standing.head:
            self.standing.above = kept
        self.found.append(kept)

    def _is_part_of_another(self, start: int) -> bool:
        """True in a list of the parts of an amount, for what the section is not about: 公务接待费 within 机关运行经费."""
        kind = self.passage.section_kind
        stranger = self.named is not None and bool(kind) and kind not in self.named[0].sections
        return stranger and start < self.in_list

    def _scope(self, mention: Mention, left: str, sentence: str, start: int) -> str:
        document = self.document
        in_list = start < self.in_unknown or self._is_part_of_another(start)
        is_money = not mention.code and (mention.unit in MONEY or mention.unit == "%")
        around = Around(
            document.department, document.year, self.passage.section, sentence, left, self.named, self.standing.body,
            in_list, is_money,
        )  # fmt: skip
        return scope_of(around) or (PLANNED if self._is_to_be_bought(replace(mention, start=start)) else "")

    def _is_to_be_bought(self, mention: Mention) -> bool:
        """True for vehicles in a sentence that has named vehicles to be bought."""
        planned = (m for m in self.found if m.subject == PLANNED_VEHICLES and self._same_sentence(m, mention.start))
        return mention.subject.startswith("vehicles_") and any(planned)


def _is_signed(mention: Mention) -> bool:
    """True for a change, and for one that was not read whole where its words say which way it went."""
    return mention.kind == "change" or (mention.kind == UNREAD_CHANGE and bool(mention.value))
