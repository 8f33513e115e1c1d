"""Sums inside the narrative: what its sentences list should add up to what they state, for money and for counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetdata.base.facts import CheckFact
from budgetdata.base.said import Said, plain
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_zh
from budgetdata.narrative.rebuilt import half
from budgetdata.narrative.verdicts import (
    BALANCED,
    DIFFERENT,
    Precision,
    Term,
    compare_money,
    money,
    other,
    refs_of,
    unknown,
)

FUNCTIONS = "@functions"
"""Stands for every 科目 named after the whole."""


@dataclass(frozen=True, slots=True)
class NarrativeSum:
    """In sections of a kind, `whole` should equal its parts; each choice of parts is tried, the first that is named counts.

    optional: parts that need not be named, `listed` how they are called together. kind: amount or count.
    """

    id: str
    section: str
    whole: str
    parts: tuple[str, ...]
    kind: str = "amount"
    optional: tuple[str, ...] = ()
    expected: bool = True
    listed: str = ""


_VEHICLES = (
    "vehicles_ministerial", "vehicles_principal", "vehicles_leader", "vehicles_confidential", "vehicles_emergency",
    "vehicles_enforcement", "vehicles_special", "vehicles_retired", "vehicles_institution", "vehicles_general", "vehicles_other",
)  # fmt: skip
_QUOTAS = ("staff_quota_administrative", "staff_quota_institution", "staff_quota_workers")
_STAFF = ("staff_administrative", "staff_institution", "staff_workers")
_RETIRED = ("staff_veterans", "staff_pensioners")
SUMS: tuple[NarrativeSum, ...] = (
    NarrativeSum("income", "overview", "income_total", ("income_current", "carryover")),
    NarrativeSum("expenditure", "overview", "expenditure_total", ("expenditure_current", "expenditure_carryover")),
    NarrativeSum("income_sources", "income", "income_total", ("general", "fund", "capital", "special", "own", "carryover")),
    NarrativeSum("expenditure_split", "expenditure", "expenditure_total", ("basic", "project")),
    NarrativeSum("appropriation_funds", "appropriation", "appropriation_total", ("general", "fund", "capital")),
    NarrativeSum("appropriation_years", "appropriation", "appropriation_total",
                 ("appropriation_current", "appropriation_carryover")),
    NarrativeSum("appropriation_functions", "appropriation", "appropriation_total", (FUNCTIONS,)),
    NarrativeSum("general_functions", "general", "general", (FUNCTIONS,)),
    NarrativeSum("basic_split", "basic", "basic", ("personnel", "operating")),
    NarrativeSum("three_public", "three_public", "three_public",
                 ("overseas", "reception", "vehicle_purchase", "vehicle_running")),
    NarrativeSum("procurement", "procurement", "procurement_total",
                 ("procurement_goods", "procurement_works", "procurement_services")),
    NarrativeSum("department_goal", "performance", "department_goal", ("department_goal_basic", "department_goal_project"),
                 expected=False),
    NarrativeSum("projects_managed", "performance", "projects_managed",
                 ("projects_managed_other", "projects_managed_special"), expected=False),
    NarrativeSum("projects_managed_count", "performance", "projects_managed",
                 ("projects_managed_other", "projects_managed_special"), "count", expected=False),
    NarrativeSum("projects_published", "performance", "projects_published",
                 ("projects_published_other", "projects_published_special"), expected=False),
    NarrativeSum("projects_published_count", "performance", "projects_published",
                 ("projects_published_other", "projects_published_special"), "count", expected=False),
    NarrativeSum("vehicles", "assets", "vehicles_held", _VEHICLES, "count", optional=_VEHICLES, listed="各类用车"),
    NarrativeSum("staff_quota", "organisation", "staff_quota", _QUOTAS, "count", optional=_QUOTAS, expected=False,
                 listed="各类编制"),
    NarrativeSum("staff", "organisation", "staff", _STAFF, "count", optional=_STAFF, expected=False, listed="各类人员"),
    NarrativeSum("staff_retired", "organisation", "staff_retired", _RETIRED, "count", expected=False),
)  # fmt: skip
"""Every declared sum of the narrative."""


def narrative_sums(found: Sequence[Mention], digits: Precision) -> Iterator[CheckFact]:
    """Each declared sum wherever the narrative states its whole and a part of it."""
    for rule in SUMS:
        checks = list(_evaluate(rule, found, digits))
        yield from checks
        if not checks and rule.expected:
            yield unknown(f"narrative.sum.{rule.id}", _label(rule), "文字中没有列出总数和分项")
    yield from _adjustments(found, digits)


def _label(rule: NarrativeSum) -> str:
    parts = "各科目" if rule.parts == (FUNCTIONS,) else " + ".join(subject_zh(part) for part in rule.parts)
    parts = rule.listed or parts
    noun = "个数" if rule.kind == "count" and not rule.optional else ""
    return f"文字中{subject_zh(rule.whole)}{noun} = {parts}"


def sum_groups(rule: NarrativeSum, found: Sequence[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    """(whole, parts) wherever the narrative states the whole of a declared sum and at least one of its parts."""
    told = [m for m in found if m.kind == rule.kind and m.section_kind == rule.section]
    starts = [index for index, mention in enumerate(told) if mention.subject == rule.whole]
    for start, end in zip(starts, [*starts[1:], len(told)], strict=False):
        whole, after = told[start], [m for m in told[start + 1 : end] if m.section == told[start].section]
        parts = _functions(after) if rule.parts == (FUNCTIONS,) else _named(after, rule.parts)
        if parts:
            yield whole, parts


def _evaluate(rule: NarrativeSum, found: Sequence[Mention], digits: Precision) -> Iterator[CheckFact]:
    for whole, parts in sum_groups(rule, found):
        yield _judge(rule, whole, parts, digits)


def _named(after: Sequence[Mention], subjects: tuple[str, ...]) -> list[Mention]:
    first: dict[str, Mention] = {}
    for mention in after:
        if mention.subject in subjects:
            first.setdefault(mention.subject, mention)
    return list(first.values())


def _functions(after: Sequence[Mention]) -> list[Mention]:
    """The 科目 of the highest level named, each once."""
    named: dict[str, Mention] = {}
    for mention in after:
        if mention.code:
            named.setdefault(mention.code, mention)
    level = min((len(code) for code in named), default=0)
    return [mention for code, mention in named.items() if len(code) == level]


def _judge(rule: NarrativeSum, whole: Mention, parts: Sequence[Mention], digits: Precision) -> CheckFact:
    id_, label = f"narrative.sum.{rule.id}", _label(rule)
    missing = [subject_zh(part) for part in rule.parts if part not in {m.subject for m in parts} and part != FUNCTIONS]
    missing = [name for name in missing if name not in {subject_zh(part) for part in rule.optional}]
    added = sum((part.value for part in parts), Decimal(0))
    if rule.kind == "count":
        said = f"写的是{whole.value:f}{whole.unit}，分项之和为{added:f}{whole.unit}"
        if added != whole.value and missing:
            return unknown(id_, label, f"{said}；文字没有列出{'、'.join(missing)}", refs_of([whole]))
        status = BALANCED if added == whole.value else DIFFERENT
        return other(id_, label, status, refs_of([whole]), refs_of(parts), said)
    tolerance = sum((half(digits.of(m)) for m in (whole, *parts)), Decimal(0))
    left = Term(whole.wan, refs_of([whole]), "总数写的是")
    right = Term(sum((part.wan for part in parts), Decimal(0)), refs_of(parts), "分项之和为")
    check = compare_money(id_, label, left, right, tolerance)
    if check.status != DIFFERENT:
        return check
    if missing:
        return unknown(
            id_,
            label,
            _and(check.explanation, plain(f"文字没有列出{'、'.join(missing)}")),
            refs_of([whole]),
        )
    listed_open = rule.parts == (FUNCTIONS,) and "等" in parts[-1].text[-4:] and (right.value or 0) < (left.value or 0)
    if listed_open:
        return unknown(
            id_,
            label,
            _and(check.explanation, plain("文字以“等”结尾，没有列全")),
            refs_of([whole]),
        )
    return check


def _and(one: Said, other: Said) -> Said:
    return Said("said.and", {"one": one, "other": other})


def _adjustments(found: Sequence[Mention], digits: Precision) -> Iterator[CheckFact]:
    """A stated correction: what the tables print, less or plus the amount moved, is what the text says it became."""
    told = [m for m in found if m.subject == "adjustment"]
    moved = told[0] if told else None
    for again in told[1:]:
        label = "文字中调出的金额 = 调入的金额"
        left, right = (Term(m.wan, refs_of([m]), said) for m, said in ((told[0], "先写的是"), (again, "后写的是")))
        yield compare_money("narrative.adjustment_repeated", label, left, right, Decimal(0))
    for subject, sign in (("basic", -1), ("project", 1)):
        became = next((m for m in found if m.subject == f"{subject}_adjusted"), None)
        base = next((m for m in found if m.kind == "amount" and m.subject == subject and m.links), None)
        if moved is None or became is None or base is None:
            continue
        printed = base.cells[0].wan
        if printed is None:
            continue
        label = f"文字中调整后{subject_zh(subject)} = 表中{subject_zh(subject)} {'+' if sign > 0 else '−'} 调剂的金额"
        said = f"{base.cells[0].said}{money(printed)}万元{'加上' if sign > 0 else '减去'}{money(moved.wan)}万元为"
        right = Term(printed + sign * moved.wan, f"{base.cells[0].key};{refs_of([moved])}", said)
        tolerance = half(digits.of(became)) + half(digits.of(moved))
        yield compare_money(
            f"narrative.sum.{subject}_adjusted",
            label,
            Term(became.wan, refs_of([became]), "文字写的是"),
            right,
            tolerance,
        )
