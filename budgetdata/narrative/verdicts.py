"""A check of the narrative put in words: both sides, what rounding allows, and a plain explanation. Signals, not verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from budgetdata.base.facts import CheckFact
from budgetdata.base.money import UNITS, wan
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, plain
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.rebuilt import half

BALANCED, ROUNDING, DIFFERENT, NOT_EVALUABLE = "balanced", "rounding", "different", "not_evaluable"


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a check: an amount in 万元 or another number (None where nothing is printed), where, and how it is called."""

    value: Decimal | None
    ref: str
    said: str


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
    return f"p.{place.page}" if place.page else f"line {place.line}"


def refs_of(mentions: Iterable[Mention]) -> str:
    """The places of several numbers, each once."""
    return ";".join(dict.fromkeys(place_ref(mention.place) for mention in mentions))


def to_fen(amount: Decimal | None) -> int | None:
    """An amount in 万元 as fen, rounded to the nearest."""
    return None if amount is None else int((amount * UNITS["万元"]).to_integral_value(ROUND_HALF_UP))


def money(amount: Decimal) -> str:
    """An amount in 万元 as it reads in an explanation: at least two decimals, at most four."""
    fen = int((amount * 10_000).to_integral_value(ROUND_HALF_UP)) * 100
    return f"-{wan(-fen)}" if fen < 0 else wan(fen)


def compare_money(
    rule: str, label: str | Said, left: Term, right: Term, tolerance: Decimal, hint: str = ""
) -> CheckFact:
    """Two amounts that should be equal within `tolerance` (万元); a side without value counts as nothing printed."""
    a, b = left.value or Decimal(0), right.value or Decimal(0)
    gap = abs(a - b)
    status = BALANCED if gap == 0 else ROUNDING if gap <= tolerance else DIFFERENT
    explanation = f"{left.said}{_amount(left)}，{right.said}{_amount(right)}，" + (
        "两边一致" if status == BALANCED
        else f"相差{money(gap)}万元，在四舍五入的范围内（尾差）" if status == ROUNDING
        else f"相差{money(gap)}万元{hint}"
    )  # fmt: skip
    return CheckFact(
        rule,
        plain(label),
        to_fen(left.value),
        to_fen(right.value),
        to_fen(tolerance),
        status,
        left.ref,
        right.ref,
        plain(explanation),
    )


def _amount(term: Term) -> str:
    return "未填" if term.value is None else f"{money(term.value)}万元"


def other(
    rule: str, label: str | Said, status: str, left_ref: str, right_ref: str, explanation: str | Said
) -> CheckFact:
    """A check whose sides are no money: the explanation carries both values."""
    return CheckFact(rule, plain(label), None, None, None, status, left_ref, right_ref, plain(explanation))


def unknown(rule: str, label: str | Said, reason: str | Said, left_ref: str = "") -> CheckFact:
    """A check that cannot be evaluated, with the reason: never counted as passed."""
    return CheckFact(rule, plain(label), None, None, None, NOT_EVALUABLE, left_ref, "", plain(reason))


def percent_status(printed: Decimal, exact: Decimal, meant: int, decimals: int, doubt: Decimal) -> str:
    """balanced where a percentage is the exact one rounded to the decimals meant; rounding where it lies less than one last
    digit off (cut instead of rounded, fitted to make 100), within its own decimals, or within what the amounts leave open."""
    gap = abs(printed - exact)
    if gap <= half(meant):
        return BALANCED
    return ROUNDING if gap < 2 * half(meant) or gap <= max(half(decimals), half(meant) + doubt) else DIFFERENT
