"""Two sides of an identity, and what is said of them: balanced, rounding, different, or not evaluable with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgetdata.base import leaves
from budgetdata.base.facts import CheckFact
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said


@dataclass(frozen=True, slots=True)
class Half:
    """One side of an identity: fen (None where nothing is printed), rounding allowance, figure keys, and where its blank
    cells are printed."""

    fen: int | None
    tolerance_fen: int
    refs: tuple[str, ...]
    blanks: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Where the side is printed: its figures, or its blank cells where it has no figure."""
        return ";".join(self.refs or self.blanks)

    @property
    def words(self) -> Said:
        """The side's amount, or that it is blank."""
        return said("check.blank") if self.fen is None else said("check.amount", fen=self.fen)


def place_ref(place: Place) -> str:
    """A place as it stands in the references of a check: p.3, or line 120 where the source has no pages."""
    return leaves.place_ref(place.page, place.line)


def added(sides: Iterable[Half]) -> Half:
    """Several sides together: None only where none of them prints anything."""
    sides = list(sides)
    printed = [side.fen for side in sides if side.fen is not None]
    return Half(
        sum(printed) if printed else None,
        sum(side.tolerance_fen for side in sides),
        tuple(ref for side in sides for ref in side.refs),
        tuple(dict.fromkeys(ref for side in sides for ref in side.blanks)),
    )


def verdict(rule: str, label: Said, left: Half, right: Half, op: str = "=") -> CheckFact:
    """A check from its two sides. A blank is no zero: it agrees with a printed 0.00, and cannot be held against another amount;
    where nothing at all is printed on a side there is nothing to differ from either."""
    if left.fen is None and right.fen is None:
        return not_evaluable(rule, label, said("check.both_blank"))
    if op == "<=" and right.fen is None:
        return not_evaluable(rule, label, said("check.limit_blank"))
    a, b = left.fen or 0, right.fen or 0
    tolerance = left.tolerance_fen + right.tolerance_fen
    gap = max(0, a - b) if op == "<=" else abs(a - b)
    if gap > tolerance and not (left.shown and right.shown):
        return not_evaluable(rule, label, said("check.side_not_printed"))
    if gap > tolerance and None in (left.fen, right.fen):
        return not_evaluable(rule, label, said("check.side_blank", fen=a or b))
    status = "balanced" if gap == 0 else "rounding" if gap <= tolerance else "different"
    explanation = {
        "balanced": said("check.agree") if op == "=" else said("check.within_limit"),
        "rounding": said("check.rounding", gap=gap),
        "different": said("check.different", left=left.words, right=right.words, gap=gap),
    }[status]
    refs = (left.shown, right.shown) if status == "different" else (";".join(left.refs), ";".join(right.refs))
    return CheckFact(rule, label, left.fen, right.fen, tolerance, status, *refs, explanation)


def not_evaluable(rule: str, label: Said, reason: Said) -> CheckFact:
    """A check that cannot be evaluated, with the reason: it is never counted as passed."""
    return CheckFact(rule, label, None, None, None, "not_evaluable", "", "", reason)
