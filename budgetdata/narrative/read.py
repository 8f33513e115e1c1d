"""The narrative read: every amount, share, change, rate and count with its subject, its figures and its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgetdata.base.facts import DocumentFacts, LinkFact, StatementFact
from budgetdata.base.raw import Place
from budgetdata.base.text import half_width, squeeze, strip_markup
from budgetdata.narrative.figures import BLANK, UNREAD
from budgetdata.narrative.links import Linker, unread_links
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.rebuilt import Comparison, Rebuilt, by_change, by_rate
from budgetdata.narrative.told import Told, told_of
from budgetdata.sentences.measures import MONEY, every_measure
from budgetdata.sentences.passages import sentence_bounds, without_glossary
from budgetdata.sentences.subjects import without_table

LINKED, CLASSIFIED, UNLINKED = "linked", "classified", "unlinked"
COMPARED = ("change", "last_year", "threshold", "reason_change", "reason_amount")
"""Kinds of amounts that no table of this year's budget can hold."""

LISTED = (*MONEY, "%", "平方米", "辆", "人", "名")
"""Units of numbers that are listed as unlinked where no statement was read from them."""

_WAN = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:万元|万(?=$))")


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount of 万元 that the brute search found, and what became of it: linked, classified (why) or unlinked."""

    place: Place
    value: str
    status: str
    why: str
    text: str


@dataclass(slots=True)
class Coverage:
    """All amounts of 万元 in the narrative of one document, found without the declared patterns."""

    amounts: list[FoundAmount] = field(default_factory=list)

    def of(self, status: str) -> list[FoundAmount]:
        """The amounts with one status."""
        return [amount for amount in self.amounts if amount.status == status]

    @property
    def share(self) -> float:
        """The share of amounts that are linked or classified; 1.0 where there is none."""
        return 1 - len(self.of(UNLINKED)) / len(self.amounts) if self.amounts else 1.0


def read_narrative(facts: DocumentFacts, told: Told | None = None) -> tuple[list[StatementFact], list[LinkFact]]:
    """Every figure the narrative states, in printed order, then last year's amounts rebuilt; and what each is linked to.

    value is a plain decimal string in `unit`, signed for changes and rates (kind reason: the printed reason, no unit).
    Rebuilt values come in threes: rebuilt_by_change and rebuilt_by_rate with …_low and …_high, the interval that the
    printed decimals leave open. Every statement with a number of its own has at least one link; numbers that no
    statement was read from follow with the link none.
    """
    told = told or told_of(facts)
    statements, first = _statements(told)
    return statements, list(Linker(told, first).links()) + unread_links(list(_not_read(told)))


def read_statements(facts: DocumentFacts) -> list[StatementFact]:
    """The statements of `read_narrative`."""
    return _statements(told_of(facts))[0]


def _statements(told: Told) -> tuple[list[StatementFact], dict[int, int]]:
    """The statements in printed order, then the rebuilt ones; and where those of a comparison begin, by what it was told with."""
    statements = [_statement(mention) for mention in told.stated]
    first: dict[int, int] = {}
    for comparison in told.comparisons:
        more = list(_rebuilt(comparison))
        if more:
            first[id(comparison.told)] = len(statements)
        statements += more
    return statements, first


def _not_read(told: Told) -> Iterator[StatementFact]:
    """The amounts, shares, areas, vehicles and heads outside the glossary that no statement was read from.

    value is '' where the number itself was not read whole.
    """
    read = {mention.at for mention in told.stated if not mention.words}
    for number, passage in enumerate(told.passages):
        for measure in every_measure(passage.flat):
            if measure.unit in LISTED and (number, measure.start) not in read:
                text = passage.printed(*sentence_bounds(passage.flat, measure.start))
                place = passage.place_of(measure.start)
                yield StatementFact(passage.section, "unread", "", measure.digits, measure.unit, text, place)


def _statement(mention: Mention) -> StatementFact:
    unit = "" if mention.kind in {"reason", "about_unchanged"} else mention.unit
    links = mention.links if mention.kind in {"amount", "share"} else ()
    return StatementFact(
        mention.section, mention.kind, mention.subject, mention.printed, unit, mention.text, mention.place, links
    )


def _rebuilt(comparison: Comparison) -> Iterator[StatementFact]:
    told = comparison.told
    for kind, amount in (("rebuilt_by_change", by_change(comparison)), ("rebuilt_by_rate", by_rate(comparison))):
        if isinstance(amount, Rebuilt):
            for suffix, value in zip(("", "_low", "_high"), amount.printed(), strict=True):
                yield StatementFact(told.section, kind + suffix, told.subject, value, "万元", told.text, told.place)


def coverage(facts: DocumentFacts) -> Coverage:
    """Every amount of 万元 in the paragraphs outside the glossary, found by brute search, and what became of it."""
    read: dict[tuple[Place, str], list[Mention]] = {}
    for mention in told_of(facts).stated:
        if mention.unit == "万元" and mention.printed and not mention.words:
            read.setdefault((mention.place, mention.printed.lstrip("-")), []).append(mention)
    taken: Counter[tuple[Place, str]] = Counter()
    result = Coverage()
    for paragraph in without_glossary(facts.paragraphs):
        flat = squeeze(half_width(strip_markup(paragraph.text)))
        for match in _WAN.finditer(flat):
            spot = (paragraph.place, match[1].replace(",", ""))
            known = read.get(spot, [])
            status, why = _fate(known[taken[spot]]) if taken[spot] < len(known) else (UNLINKED, "没有读出")
            taken[spot] += 1
            around = flat[max(0, match.start() - 40) : match.end() + 10]
            result.amounts.append(FoundAmount(paragraph.place, spot[1], status, why, around))
    return result


def _fate(mention: Mention) -> tuple[str, str]:
    if mention.links and mention.kind == "amount":
        return LINKED, mention.links[0]
    if mention.kind in COMPARED:
        return CLASSIFIED, mention.kind
    if without_table(mention.subject):
        return CLASSIFIED, mention.subject
    if mention.cells and mention.cells[0].state in {BLANK, UNREAD}:
        return CLASSIFIED, mention.cells[0].state
    return UNLINKED, mention.subject
