"""Changes of the narrative against each other: last year by two routes, parts against the whole, reasons against the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from budgetdata.base.facts import CheckFact
from budgetdata.base.said import Said, said
from budgetdata.narrative.mentions import UNREAD_CHANGE, Mention
from budgetdata.narrative.names import subject_said
from budgetdata.narrative.rebuilt import Comparison, Rebuilt, by_change, by_rate, half, this_year
from budgetdata.narrative.told import Told
from budgetdata.narrative.verdicts import (
    BALANCED,
    DIFFERENT,
    WRITTEN,
    Precision,
    Rule,
    Term,
    compare_money,
    money,
    percent_status,
    place_ref,
    refs_of,
    scoped,
    to_fen,
    unknown,
    unless,
)

THREE_PUBLIC = ("overseas", "reception", "vehicle_purchase", "vehicle_running")
CHANGE_RATE = "narrative.change_rate"


def narrative_changes(told: Told) -> Iterator[CheckFact]:
    """Every check that compares a change with a rate, with other changes, or with a stated amount of last year."""
    rates = [check for comparison in told.comparisons if (check := _two_routes(comparison, told.digits)) is not None]
    yield from rates
    if not rates:
        yield unknown(Rule(CHANGE_RATE, said("narrative.label.two_routes")), said("narrative.why.no_change_and_rate"))
    yield from _both_sides(told)
    yield from _three_public(told)
    yield from _reasons(told)
    yield from _last_year(told)


def _two_routes(comparison: Comparison, digits: Precision) -> CheckFact | None:
    """Last year from the amount of change and from the rate; None where nothing changed and no rate is printed."""
    change, rate, subject = comparison.change, comparison.rate, subject_said(comparison.told.subject)
    rule = Rule(CHANGE_RATE, said("narrative.label.two_routes_of", subject=subject))
    ref = place_ref(comparison.told.place)
    if change is not None and rate is None and not change.value:
        return None
    if comparison.now is None:
        return unknown(rule, said("narrative.why.no_this_year"), ref)
    if change is None:
        return unknown(rule, said("narrative.why.rate_only"), ref)
    amount, doubt = this_year(comparison.now)
    if amount - change.wan < -doubt - half(digits.of(change)):
        return _more_than_all(comparison.now, change, amount)
    if rate is None:
        return unknown(rule, said("narrative.why.change_only", last=money(amount - change.wan)), ref)
    return _judge(rule, (comparison.now, change, rate), by_rate(comparison), digits)


def _more_than_all(now: Mention, change: Mention, amount: Decimal) -> CheckFact:
    """An increase beyond this year's amount: last year would be negative."""
    rule = Rule("narrative.change_within", said("narrative.label.change_within", subject=subject_said(change.subject)))
    reason = said("narrative.change_beyond", change=money(change.wan), now=money(amount))
    right = ";".join(now.links[:1]) or place_ref(now.place)
    check = CheckFact(
        rule.id, rule.label, to_fen(change.wan), to_fen(amount), 0, DIFFERENT, place_ref(change.place), right, reason
    )
    return unless(check, scoped([now, change]))


def _judge(rule: Rule, told: tuple[Mention, Mention, Mention], route: Rebuilt | None, digits: Precision) -> CheckFact:
    """Last year by the change of this year's amount against the printed rate."""
    now, change, rate = told
    amount, doubt = this_year(now)
    last = amount - change.wan
    base = ";".join(now.links[:1]) or place_ref(now.place)
    left_ref, right_ref = f"{base};{place_ref(change.place)}", refs_of([change, rate])
    if not change.value and not rate.value:
        same = said("narrative.both_unchanged")
        return CheckFact(rule.id, rule.label, to_fen(last), to_fen(last), 0, BALANCED, left_ref, right_ref, same)
    if last == 0:
        return unknown(rule, said("narrative.why.last_year_zero"), left_ref)
    exact = change.wan / last * 100
    change_doubt = half(digits.of(change))
    slack = abs(exact) * (change_doubt / abs(change.wan) if change.value else Decimal(0))
    slack += abs(exact) * (doubt + change_doubt) / abs(last)
    status = percent_status(rate.value, exact, digits.of(rate), rate.decimals, slack)
    window = doubt + change_doubt + ((route.high - route.low) / 2 if route is not None else Decimal(0))
    words = said(
        f"narrative.two_routes.{status}", now=money(amount), change=_change(change), last=money(last),
        by_rate=said("narrative.by_rate", fen=money(route.value)) if route is not None else None,
        rate=_percent(rate.value), exact=_percent(exact.quantize(Decimal("0.01"))),
    )  # fmt: skip
    right = to_fen(route.value) if route is not None else None
    check = CheckFact(rule.id, rule.label, to_fen(last), right, to_fen(window), status, left_ref, right_ref, words)
    return unless(check, scoped([now]))


def _change(change: Mention) -> Said:
    return said(f"narrative.change.{'down' if change.wan < 0 else 'up'}", fen=money(abs(change.wan)))


def _percent(value: Decimal) -> Said:
    return said(f"narrative.percent.{'down' if value < 0 else 'up'}", value=f"{abs(value):f}")


def _of_section(told: Told, section_kind: str) -> dict[str, Mention]:
    """The first change of each subject in sections of a kind."""
    changes = (c.change for c in reversed(told.comparisons) if c.change is not None)
    return {change.subject: change for change in changes if change.section_kind == section_kind}


def _both_sides(told: Told) -> Iterator[CheckFact]:
    """Income and expenditure are equal in both years, so they changed by the same amount."""
    changes = _of_section(told, "overview")
    left, right = changes.get("income_total"), changes.get("expenditure_total")
    rule = Rule("narrative.change_sides", said("narrative.label.change_sides"))
    if left is None or right is None:
        yield unknown(rule, said("narrative.why.not_both_changes"))
        return
    one = Term(left.wan, place_ref(left.place), said("narrative.side.income"))
    two = Term(right.wan, place_ref(right.place), said("narrative.side.expenditure"))
    yield unless(compare_money(rule, one, two, _coarser(left, right, told.digits)), scoped([left, right]))


def _coarser(left: Mention, right: Mention, digits: Precision) -> Decimal:
    """What rounding allows between two prints of one number: nothing where both have the same decimals."""
    a, b = digits.of(left), digits.of(right)
    return Decimal(0) if a == b else half(min(a, b))


def _three_public(told: Told) -> Iterator[CheckFact]:
    changes = _of_section(told, "three_public")
    rule = Rule("narrative.sum.three_public_changes", said("narrative.label.three_public_changes"))
    whole = changes.get("three_public")
    parts = [changes[name] for name in THREE_PUBLIC if name in changes]
    if whole is None or len(parts) < len(THREE_PUBLIC):
        yield unknown(rule, said("narrative.why.not_all_changes"))
        return
    added = sum((part.wan for part in parts), Decimal(0))
    tolerance = sum((half(told.digits.of(m)) for m in (whole, *parts) if not m.words), Decimal(0))
    left = Term(whole.wan, refs_of([whole]), said("narrative.side.whole_change"))
    right = Term(added, refs_of(parts), said("narrative.side.sum_of_changes"))
    yield unless(compare_money(rule, left, right, tolerance), scoped([whole, *parts]))


def _reasons(told: Told) -> Iterator[CheckFact]:
    """What a reason itemises and repeats against the change it explains."""
    at = {id(mention): number for number, mention in enumerate(told.every)}
    for comparison in told.comparisons:
        change = comparison.change
        if change is None:
            continue
        inside = _inside(told, change, at[id(change)])
        repeated = next((m for m in inside if m.subject == change.subject), None)
        subject = subject_said(change.subject)
        if repeated is not None:
            rule = Rule("narrative.change_repeated", said("narrative.label.change_repeated", subject=subject))
            yield compare_money(
                rule, Term(repeated.wan, place_ref(repeated.place), said("narrative.side.in_reason")),
                Term(change.wan, place_ref(change.place), said("narrative.side.before")), _coarser(repeated, change, told.digits),
            )  # fmt: skip
        parts = [m for m in inside if m.subject in {"basic", "project"}]
        if len({m.subject for m in parts}) == 2 and len(parts) == 2:
            added = sum((part.wan for part in parts), Decimal(0))
            tolerance = sum((half(told.digits.of(m)) for m in (change, *parts)), Decimal(0))
            rule = Rule("narrative.sum.change_parts", said("narrative.label.change_parts", subject=subject))
            yield compare_money(
                rule, Term(change.wan, place_ref(change.place), said("narrative.side.change")),
                Term(added, refs_of(parts), said("narrative.side.sum_of_two")), tolerance,
            )  # fmt: skip


def _inside(told: Told, change: Mention, at: int) -> list[Mention]:
    """The changes named in the reason that follows the change at a place; none where one of them was not read whole."""
    inside: list[Mention] = []
    for mention in islice(told.every, at + 1, None):
        if mention.passage != change.passage or mention.kind in {"amount", "change"}:
            break
        if mention.kind == UNREAD_CHANGE:
            return []
        if mention.kind == "reason_change":
            inside.append(mention)
    return inside


def _last_year(told: Told) -> Iterator[CheckFact]:
    """A printed amount of last year plus the change is this year's amount."""
    near: dict[tuple[int, str], list[Comparison]] = defaultdict(list)
    for found in told.comparisons:
        near[found.told.passage, found.told.subject].append(found)
    for stated in (m for m in told.stated if m.kind == "last_year"):
        behind = near[stated.passage, stated.subject]
        comparison = next((c for c in behind if c.told.start > stated.start), None)
        rule = Rule("narrative.last_year", said("narrative.label.last_year", subject=subject_said(stated.subject)))
        rebuilt = by_change(comparison) if comparison is not None else None
        if rebuilt is None or comparison is None:
            yield unknown(rule, said("narrative.why.no_change"), place_ref(stated.place))
            continue
        tolerance = half(told.digits.of(stated)) + (rebuilt.high - rebuilt.low) / 2
        ref = place_ref(stated.place)
        left, right = Term(stated.wan, ref, WRITTEN), Term(rebuilt.value, ref, said("narrative.side.by_change"))
        yield unless(compare_money(rule, left, right, tolerance), scoped([comparison.now] if comparison.now else []))
