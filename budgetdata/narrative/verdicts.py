"""A check of the narrative: both sides, what rounding allows, and what is to be said of it. Signals, not verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from budgetdata.base import leaves
from budgetdata.base.facts import CheckFact
from budgetdata.base.money import UNITS
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.rebuilt import half

BALANCED, ROUNDING, DIFFERENT, NOT_EVALUABLE = "balanced", "rounding", "different", "not_evaluable"
WRITTEN = said("narrative.side.written")
"""How the side is called that the text writes."""


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a check: an amount in 万元 (None where nothing is printed), where, and how it is called."""

    value: Decimal | None
    ref: str
    said: Said


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check compares: the id of its rule and its label."""

    id: str
    label: Said


@dataclass(frozen=True, slots=True)
class Precision:
    """How many decimals the narrative prints: of amounts in each passage, of percentages in the whole document.

    A sentence that prints 12.84 and 1317 leaves off trailing zeros; 1317 there means 1317.00, not a rounded number.
    """

    amounts: dict[int, int]
    percent: int

    def of(self, mention: Mention) -> int:
        """The decimals to which a number of the narrative is meant."""
        if mention.unit == "%":
            return max(self.percent, mention.decimals)
        return max(self.amounts.get(mention.passage, 0), mention.decimals)


def precision(found: Iterable[Mention]) -> Precision:
    """The precision of a narrative from all its numbers."""
    amounts: dict[int, int] = {}
    percent = 0
    for mention in found:
        if mention.unit == "%":
            percent = max(percent, mention.decimals)
        elif mention.unit == "万元" and mention.kind != "reason":
            amounts[mention.passage] = max(amounts.get(mention.passage, 0), mention.decimals)
    return Precision(amounts, percent)


def place_ref(place: Place) -> str:
    """A place as references print it: p.N where the source has pages, else line N."""
    return leaves.place_ref(place.page, place.line)


def refs_of(mentions: Iterable[Mention]) -> str:
    """The places of several numbers, each once."""
    return ";".join(dict.fromkeys(place_ref(mention.place) for mention in mentions))


def to_fen(amount: Decimal | None) -> int | None:
    """An amount in 万元 as fen, rounded to the nearest."""
    return None if amount is None else int((amount * UNITS["万元"]).to_integral_value(ROUND_HALF_UP))


def money(amount: Decimal) -> int:
    """An amount in 万元 as an argument of a message: fen, rounded to whole yuan."""
    return int((amount * 10_000).to_integral_value(ROUND_HALF_UP)) * 100


def compare_money(rule: Rule, left: Term, right: Term, tolerance: Decimal, hint: Said | None = None) -> CheckFact:
    """Two amounts that should be equal within `tolerance` (万元); a side without value counts as nothing printed."""
    a, b = left.value or Decimal(0), right.value or Decimal(0)
    gap = abs(a - b)
    status = BALANCED if gap == 0 else ROUNDING if gap <= tolerance else DIFFERENT
    sides = {"left": left.said, "left_value": _amount(left), "right": right.said, "right_value": _amount(right)}
    explanation = said(
        f"narrative.compare.{status}", **sides, gap=money(gap), hint=hint if status == DIFFERENT else None
    )
    fens = (to_fen(left.value), to_fen(right.value), to_fen(tolerance))
    return CheckFact(rule.id, rule.label, *fens, status, left.ref, right.ref, explanation)


def _amount(term: Term) -> Said:
    return said("narrative.blank") if term.value is None else said("narrative.amount", fen=money(term.value))


def other(rule: Rule, status: str, left_ref: str, right_ref: str, explanation: Said) -> CheckFact:
    """A check whose sides are no money: the explanation carries both values."""
    return CheckFact(rule.id, rule.label, None, None, None, status, left_ref, right_ref, explanation)


def unknown(rule: Rule, reason: Said, left_ref: str = "") -> CheckFact:
    """A check that cannot be evaluated, with the reason: never counted as passed."""
    return CheckFact(rule.id, rule.label, None, None, None, NOT_EVALUABLE, left_ref, "", reason)


def unless(check: CheckFact, *reasons: Said | None) -> CheckFact:
    """A check as it is, unless it found a difference and there is a reason why its sides cannot be compared."""
    reason = next(filter(None, reasons), None)
    if check.status != DIFFERENT or reason is None:
        return check
    explanation = said("narrative.not_compared", told=check.explanation, reason=reason)
    return replace(
        check,
        status=NOT_EVALUABLE,
        left_fen=None,
        right_fen=None,
        tolerance_fen=None,
        right_ref="",
        explanation=explanation,
    )


def scoped(mentions: Iterable[Mention]) -> Said | None:
    """Why some numbers may be of something else than the tables' whole, None where nothing says so."""
    scope = next((mention.scope for mention in mentions if mention.scope), "")
    return said(f"narrative.scope.{scope}") if scope else None


def percent_status(printed: Decimal, exact: Decimal, meant: int, decimals: int, doubt: Decimal) -> str:
    """balanced where a percentage is the exact one rounded to the decimals meant; rounding where it lies less than one last
    digit off (cut instead of rounded, fitted to make 100), within its own decimals, or within what the amounts leave open."""
    gap = abs(printed - exact)
    if gap <= half(meant):
        return BALANCED
    return ROUNDING if gap < 2 * half(meant) or gap <= max(half(decimals), half(meant) + doubt) else DIFFERENT
