"""Changes of the narrative against each other: last year by two routes, parts against the whole, reasons against the change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgetdata.base.facts import CheckFact
from budgetdata.base.said import plain
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_zh
from budgetdata.narrative.rebuilt import Comparison, by_change, by_rate, comparisons, half, this_year
from budgetdata.narrative.verdicts import (
    BALANCED,
    DIFFERENT,
    ROUNDING,
    Precision,
    Term,
    compare_money,
    money,
    percent_status,
    place_ref,
    refs_of,
    to_fen,
    unknown,
)

THREE_PUBLIC = ("overseas", "reception", "vehicle_purchase", "vehicle_running")


def narrative_changes(found: Sequence[Mention], digits: Precision) -> Iterator[CheckFact]:
    """Every check that compares a change with a rate, with other changes, or with a stated amount of last year."""
    told = comparisons(found)
    rates = [check for comparison in told if (check := _two_routes(comparison, digits)) is not None]
    yield from rates
    if not rates:
        yield unknown(
            "narrative.change_rate", "上年数：本年数 − 增减额 = 增减额 ÷ 增减率", "文字中没有写增减额和增减率"
        )
    yield from _both_sides(told, digits)
    yield from _three_public(told, digits)
    yield from _reasons(found, told, digits)
    yield from _last_year(found, told, digits)


def _two_routes(comparison: Comparison, digits: Precision) -> CheckFact | None:
    """Last year from the amount of change and from the rate; None where nothing changed and no rate is printed."""
    told, change, rate = comparison.told, comparison.change, comparison.rate
    label = f"「{subject_zh(told.subject)}」上年数：本年数 − 增减额 = 增减额 ÷ 增减率"
    rule, ref = "narrative.change_rate", place_ref(told.place)
    if change is not None and rate is None and not change.value:
        return None
    if comparison.now is None:
        return unknown(rule, label, "文字中没有写本年数", ref)
    amount, doubt = this_year(comparison.now)
    if change is None:
        return unknown(rule, label, "只写了增减率，没有写增减额", ref)
    if amount - change.wan < -doubt - half(digits.of(change)):
        reason = f"写的是增加{money(change.wan)}万元，比本年数{money(amount)}万元还多，上年数成了负数"
        return CheckFact(
            "narrative.change_within", plain(f"「{subject_zh(told.subject)}」增加额不超过本年数"),
            to_fen(change.wan), to_fen(amount),
            0, DIFFERENT, ref, ";".join(comparison.now.links[:1]) or place_ref(comparison.now.place), plain(reason),
        )  # fmt: skip
    if rate is None:
        return unknown(rule, label, f"没有写增减率，上年数只有一条算法（{money(amount - change.wan)}万元）", ref)
    return _judge(comparison, change, rate, amount, doubt, digits)


def _judge(
    comparison: Comparison, change: Mention, rate: Mention, amount: Decimal, doubt: Decimal, digits: Precision
) -> CheckFact:
    told = comparison.told
    rule, label = "narrative.change_rate", f"「{subject_zh(told.subject)}」上年数：本年数 − 增减额 = 增减额 ÷ 增减率"
    last = amount - change.wan
    now = comparison.now
    base = (";".join(now.links[:1]) or place_ref(now.place)) if now is not None else ""
    left_ref, right_ref = f"{base};{place_ref(change.place)}", refs_of([change, rate])
    route = by_rate(comparison)
    if last == 0 or not (change.value or rate.value):
        if not change.value and not rate.value:
            return CheckFact(
                rule,
                plain(label),
                to_fen(last),
                to_fen(last),
                0,
                BALANCED,
                left_ref,
                right_ref,
                plain("写的都是没有变化"),
            )
        return unknown(rule, label, "按增减额推算上年数为0，增减率没有意义", left_ref)
    exact = change.wan / last * 100
    change_doubt = half(digits.of(change))
    slack = abs(exact) * (change_doubt / abs(change.wan) if change.value else Decimal(0))
    slack += abs(exact) * (doubt + change_doubt) / abs(last)
    status = percent_status(rate.value, exact, digits.of(rate), rate.decimals, slack)
    two = f"，按增减率推算为{money(route.value)}万元" if route is not None else ""
    said = (
        f"本年数{money(amount)}万元，写的是{_change_words(change)}，推算上年数{money(last)}万元{two}；"
        f"写的是{_percent(rate.value)}，按增减额算为{_percent(exact.quantize(Decimal('0.01')))}"
    )
    said += "" if status == BALANCED else "，在四舍五入的范围内（尾差）" if status == ROUNDING else ""
    window = doubt + change_doubt
    if route is not None:
        window += (route.high - route.low) / 2
    return CheckFact(
        rule,
        plain(label),
        to_fen(last),
        to_fen(route.value) if route else None,
        to_fen(window),
        status,
        left_ref,
        right_ref,
        plain(said),
    )


def _change_words(change: Mention) -> str:
    return f"{'减少' if change.wan < 0 else '增加'}{money(abs(change.wan))}万元"


def _percent(value: Decimal) -> str:
    return f"{'下降' if value < 0 else '增长'}{abs(value):f}%"


def _both_sides(told: Sequence[Comparison], digits: Precision) -> Iterator[CheckFact]:
    """Income and expenditure are equal in both years, so they changed by the same amount."""
    changes = {
        c.change.subject: c.change
        for c in reversed(told)
        if c.change is not None and c.change.section_kind == "overview"
    }
    left, right = changes.get("income_total"), changes.get("expenditure_total")
    rule, label = "narrative.change_sides", "收入总计的增减额 = 支出总计的增减额"
    if left is None or right is None:
        yield unknown(rule, label, "文字中没有同时写收入和支出的增减额")
        return
    yield compare_money(
        rule, label, Term(left.wan, place_ref(left.place), "收入写的是"), Term(right.wan, place_ref(right.place), "支出写的是"),
        _coarser(left, right, digits),
    )  # fmt: skip


def _coarser(left: Mention, right: Mention, digits: Precision) -> Decimal:
    """What rounding allows between two prints of one number: nothing where both have the same decimals."""
    a, b = digits.of(left), digits.of(right)
    return Decimal(0) if a == b else half(min(a, b))


def _three_public(told: Sequence[Comparison], digits: Precision) -> Iterator[CheckFact]:
    changes = {
        c.change.subject: c.change
        for c in reversed(told)
        if c.change is not None and c.change.section_kind == "three_public"
    }
    rule, label = "narrative.sum.three_public_changes", "“三公”经费增减额 = 各项增减额之和"
    whole = changes.get("three_public")
    parts = [changes[name] for name in THREE_PUBLIC if name in changes]
    if whole is None or len(parts) < len(THREE_PUBLIC):
        yield unknown(rule, label, "文字中没有写全总额和各项的增减")
        return
    added = sum((part.wan for part in parts), Decimal(0))
    tolerance = sum((half(digits.of(m)) for m in (whole, *parts) if not m.words), Decimal(0))
    left = Term(whole.wan, refs_of([whole]), "总额的增减写的是")
    yield compare_money(rule, label, left, Term(added, refs_of(parts), "各项增减之和为"), tolerance)


def _reasons(found: Sequence[Mention], told: Sequence[Comparison], digits: Precision) -> Iterator[CheckFact]:
    """What a reason itemises and repeats against the change it explains."""
    for comparison in told:
        change = comparison.change
        if change is None:
            continue
        inside = _inside(found, change)
        repeated = next((m for m in inside if m.subject == change.subject), None)
        subject = subject_zh(change.subject)
        if repeated is not None:
            yield compare_money(
                "narrative.change_repeated", f"「{subject}」原因中写的增减额 = 前面写的增减额",
                Term(repeated.wan, place_ref(repeated.place), "原因中写的是"),
                Term(change.wan, place_ref(change.place), "前面写的是"), _coarser(repeated, change, digits),
            )  # fmt: skip
        parts = [m for m in inside if m.subject in {"basic", "project"}]
        if len({m.subject for m in parts}) == 2 and len(parts) == 2:
            added = sum((part.wan for part in parts), Decimal(0))
            tolerance = sum((half(digits.of(m)) for m in (change, *parts)), Decimal(0))
            yield compare_money(
                "narrative.sum.change_parts", f"「{subject}」增减额 = 原因中基本支出与项目支出的增减额之和",
                Term(change.wan, place_ref(change.place), "增减额写的是"), Term(added, refs_of(parts), "两项之和为"), tolerance,
            )  # fmt: skip


def _inside(found: Sequence[Mention], change: Mention) -> list[Mention]:
    """The changes named in the reason that follows a change."""
    inside: list[Mention] = []
    for mention in found[found.index(change) + 1 :]:
        if mention.passage != change.passage or mention.kind in {"amount", "change"}:
            break
        if mention.kind == "reason_change":
            inside.append(mention)
    return inside


def _last_year(found: Sequence[Mention], told: Sequence[Comparison], digits: Precision) -> Iterator[CheckFact]:
    """A printed amount of last year plus the change is this year's amount."""
    for stated in (m for m in found if m.kind == "last_year"):
        near = [c for c in told if c.told.passage == stated.passage and c.told.subject == stated.subject]
        comparison = next((c for c in near if c.told.start > stated.start), None)
        label = f"「{subject_zh(stated.subject)}」写出的上年数 = 本年数 − 增减额"
        rebuilt = by_change(comparison) if comparison is not None else None
        if rebuilt is None:
            yield unknown("narrative.last_year", label, "文字中没有写增减额", place_ref(stated.place))
            continue
        tolerance = half(digits.of(stated)) + (rebuilt.high - rebuilt.low) / 2
        yield compare_money(
            "narrative.last_year", label, Term(stated.wan, place_ref(stated.place), "写的是"),
            Term(rebuilt.value, place_ref(stated.place), "按增减额推算为"), tolerance,
        )  # fmt: skip
