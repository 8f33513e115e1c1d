"""Last year's amounts, rebuilt from this year's and the printed change or rate, with what rounding leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from budgetdata.narrative.mentions import UNREAD, UNREAD_CHANGE, Mention
from budgetdata.sentences.declared import OTHER

CENT, YUAN = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """An amount of last year in 万元: its value and the interval that the printed decimals leave open."""

    value: Decimal
    low: Decimal
    high: Decimal

    def printed(self) -> tuple[str, str, str]:
        """Value (two decimals or as many as it needs, at most four), low and high (four) as plain decimal strings."""
        value = self.value.quantize(YUAN, ROUND_HALF_UP)
        shown = value.quantize(CENT) if value == value.quantize(CENT) else value
        low, high = self.low.quantize(YUAN, ROUND_FLOOR), self.high.quantize(YUAN, ROUND_CEILING)
        return f"{shown:f}", f"{low:f}", f"{high:f}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a sentence says of an amount against last year: this year's amount, the change, the rate (each may be absent)."""

    now: Mention | None
    change: Mention | None
    rate: Mention | None

    @property
    def told(self) -> Mention:
        """The change, else the rate: where the comparison is printed."""
        told = self.change or self.rate
        if told is None:
            raise LookupError("a comparison without change and rate")
        return told


def half(decimals: int) -> Decimal:
    """Half of the last printed digit."""
    return Decimal(1).scaleb(-decimals) / 2


def this_year(mention: Mention) -> tuple[Decimal, Decimal]:
    """(amount, half of its last digit) of this year in 万元: the table's figure where there is one, else the sentence's."""
    cell = mention.cells[0] if mention.cells and not mention.any_of else None
    if cell is not None and cell.wan is not None:
        return cell.wan, half(cell.decimals)
    return mention.wan, half(mention.decimals)


def comparisons(found: Sequence[Mention]) -> list[Comparison]:
    """Every change and rate of a document with the amount it is of, in printed order; never with the amount of another
    subject, nor with one that stands before a number that was not read whole. found: those included that were not."""
    result: list[Comparison] = []
    used: set[int] = set()
    for index, mention in enumerate(found):
        if mention.kind not in {"change", "rate"} or index in used:
            continue
        now = _now(found, index)
        if mention.kind == "rate":
            result.append(Comparison(now, None, mention))
            continue
        partner = _partner(found, index)
        used |= {partner} if partner is not None else set()
        result.append(Comparison(now, mention, found[partner] if partner is not None else None))
    return result


def _partner(found: Sequence[Mention], index: int) -> int | None:
    """The index of the rate that stands behind a change and is of the same subject, with no other number between."""
    change = found[index]
    for number in range(index + 1, min(index + 3, len(found))):
        other = found[number]
        if other.kind == "rate" and (other.subject, other.passage) == (change.subject, change.passage):
            return number
        if other.kind in {"amount", "change", UNREAD, UNREAD_CHANGE}:
            return None
    return None


def _now(found: Sequence[Mention], index: int) -> Mention | None:
    """The amount that a change is of: the one its sentence hangs it on, else the last of its subject in its section."""
    told = found[index]
    if told.subject == OTHER and told.anchor is None:
        return None
    for number in range(index - 1, -1, -1):
        mention = found[number]
        anchored = told.anchor is not None and mention.at == told.anchor
        if anchored and mention.kind in {"amount", UNREAD}:
            return mention if mention.kind == "amount" else None
        if mention.kind not in {"amount", UNREAD} or told.subject == OTHER:
            continue
        if mention.subject == told.subject and mention.section == told.section:
            return mention if mention.kind == "amount" else None
    return None


def by_change(comparison: Comparison) -> Rebuilt | None:
    """This year's amount less the change. None where one of them is not stated."""
    if comparison.now is None or comparison.change is None:
        return None
    amount, doubt = this_year(comparison.now)
    if not comparison.change.words:
        doubt += half(comparison.change.decimals)
    value = amount - comparison.change.wan
    return Rebuilt(value, value - doubt, value + doubt)


def by_rate(comparison: Comparison) -> Rebuilt | None:
    """The change divided by its rate, else this year's amount by one plus the rate. None where that cannot be told."""
    rate = comparison.rate
    if rate is None:
        return None
    if comparison.change is None:
        return _by_rate_alone(comparison)
    change, change_doubt, rate_doubt = comparison.change.wan, half(comparison.change.decimals), half(rate.decimals)
    if not rate.value or (change < 0) != (rate.value < 0):
        return None
    size, percent = abs(change), abs(rate.value)
    low = max(Decimal(0), size - change_doubt) / (percent + rate_doubt) * 100
    if percent <= rate_doubt:
        return None
    return Rebuilt(size / percent * 100, low, (size + change_doubt) / (percent - rate_doubt) * 100)


def _by_rate_alone(comparison: Comparison) -> Rebuilt | None:
    rate, now = comparison.rate, comparison.now
    if rate is None or now is None or rate.value <= -100:
        return None
    amount, doubt = this_year(now)
    rate_doubt = half(rate.decimals)
    grown = [(100 + rate.value + sign * rate_doubt) / 100 for sign in (1, 0, -1)]
    if grown[-1] <= 0:
        return None
    return Rebuilt(amount / grown[1], (amount - doubt) / grown[0], (amount + doubt) / grown[2])
