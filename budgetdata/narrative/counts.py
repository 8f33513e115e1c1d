"""Counts of the narrative: projects and sheets against what is printed, and what cannot be more than something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from budgetdata.base.facts import ANNUAL, CheckFact, DocumentFacts, SheetFact
from budgetdata.base.money import UNITS
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_zh
from budgetdata.narrative.rebuilt import half
from budgetdata.narrative.verdicts import BALANCED, DIFFERENT, Precision, Term, compare_money, other, place_ref, unknown

LIMITS: tuple[tuple[str, str, str], ...] = (
    ("staff", "staff_quota", "在职人数不多于编制数"),
    ("staff_administrative", "staff_quota_administrative", "行政人员数不多于行政编制数"),
    ("staff_institution", "staff_quota_institution", "事业人员数不多于事业编制数"),
    ("vehicles_held", "vehicles_quota", "实有车辆不多于公务用车编制"),
    ("units_with_goals", "units", "编报整体绩效目标的单位不多于预算单位"),
    ("projects_published", "projects_managed", "公开绩效目标的项目不多于纳入绩效管理的项目"),
)
"""(less or equal, more, how it reads): counts of which the first is part of the second."""


def narrative_counts(facts: DocumentFacts, found: Sequence[Mention], digits: Precision) -> Iterator[CheckFact]:
    """Every check of a count, and the money of published projects and of the department's own sheet."""
    yield _managed(facts, found)
    yield from _published(facts, found, digits)
    yield from _department_sheet(facts, found, digits)
    for less, more, label in LIMITS:
        yield from _limit(f"narrative.limit.{less}", label, _count(found, less), _count(found, more))
    yield from _equipment(found)


def _count(found: Sequence[Mention], subject: str) -> Mention | None:
    return next((m for m in found if m.kind == "count" and m.subject == subject), None)


def _managed(facts: DocumentFacts, found: Sequence[Mention]) -> CheckFact:
    rule, label = "narrative.projects_managed_count", "文字中纳入绩效管理的项目个数 = 项目支出表的项目数"
    told = _count(found, "projects_managed")
    if told is None:
        return unknown(rule, label, "文字中没有写个数")
    status = {table.table_no: table.status for table in facts.tables}
    ref = place_ref(told.place)
    if status.get(12) in {"missing", "unreadable", None}:
        return unknown(rule, label, "项目支出表缺失或未能可靠读出", ref)
    current = sum(project.stage == "current" for project in facts.projects)
    carried = len(facts.projects) - current
    if not facts.projects:
        return unknown(rule, label, "项目支出表没有项目", ref)
    said = f"写的是{told.value:f}个，表12有{current}个，表13有{carried}个"
    status_ = BALANCED if told.value in {current, current + carried} else DIFFERENT
    places = ";".join(dict.fromkeys(place_ref(project.place) for project in (facts.projects[0], facts.projects[-1])))
    return other(rule, label, status_, ref, places, said)


def _annual(sheets: Sequence[SheetFact]) -> Decimal | None:
    """The annual funds of some sheets in 万元, None where one of them states none."""
    funds = [sheet.funds.get((ANNUAL, "total")) for sheet in sheets]
    known = [fen for fen in funds if fen is not None]
    return Decimal(sum(known)) / UNITS["万元"] if known and len(known) == len(funds) else None


def _published(facts: DocumentFacts, found: Sequence[Mention], digits: Precision) -> Iterator[CheckFact]:
    sheets = [sheet for sheet in facts.sheets if sheet.scope == "project"]
    places = ";".join(dict.fromkeys(place_ref(sheet.place) for sheet in (*sheets[:1], *sheets[-1:])))
    rule, label = "narrative.projects_published_count", "文字中公开绩效目标的项目个数 = 公开的项目绩效目标表张数"
    told = _count(found, "projects_published")
    if told is None:
        yield unknown(rule, label, "文字中没有写个数")
    else:
        said = f"写的是{told.value:f}个，公开了{len(sheets)}张项目绩效目标表"
        yield other(
            rule, label, BALANCED if told.value == len(sheets) else DIFFERENT, place_ref(told.place), places, said
        )
    rule, label = "narrative.projects_published", "文字中公开绩效目标的项目金额 = 各项目绩效目标表年度资金之和"
    money = next((m for m in found if m.kind == "amount" and m.subject == "projects_published"), None)
    added = _annual(sheets)
    if money is None or added is None:
        why = "文字中没有写金额" if money is None else "没有公开项目绩效目标表，或有的表没有年度资金"
        yield unknown(rule, label, why, place_ref(money.place) if money else "")
        return
    yield compare_money(
        rule, label, Term(money.wan, place_ref(money.place), "写的是"), Term(added, places, f"{len(sheets)}张表之和为"),
        half(digits.of(money)),
    )  # fmt: skip


def _department_sheet(facts: DocumentFacts, found: Sequence[Mention], digits: Precision) -> Iterator[CheckFact]:
    told = next((m for m in found if m.kind == "amount" and m.subject == "department_goal"), None)
    if told is None:
        return
    rule, label = "narrative.department_goal_sheet", "文字中整体绩效目标涉及资金 = 整体支出绩效目标表年度资金"
    sheets = [sheet for sheet in facts.sheets if sheet.scope == "department"]
    added = _annual(sheets)
    if added is None:
        yield unknown(rule, label, "没有公开整体支出绩效目标表", place_ref(told.place))
        return
    right = Term(added, place_ref(sheets[0].place), "整体支出绩效目标表为")
    yield compare_money(rule, label, Term(told.wan, place_ref(told.place), "写的是"), right, half(digits.of(told)))


def _limit(rule: str, label: str, less: Mention | None, more: Mention | None) -> Iterator[CheckFact]:
    if less is None or more is None:
        if less is not None or more is not None:
            named = less or more
            yield unknown(rule, label, "文字中只写了其中一个数", place_ref(named.place) if named else "")
        return
    status = BALANCED if less.value <= more.value else DIFFERENT
    said = f"写的是{_words(less)}{less.value:f}{less.unit}，{_words(more)}{more.value:f}{more.unit}"
    yield other(rule, label, status, place_ref(less.place), place_ref(more.place), said)


def _words(mention: Mention) -> str:
    return subject_zh(mention.subject)


def _equipment(found: Sequence[Mention]) -> Iterator[CheckFact]:
    """Equipment above a higher value is part of that above a lower one."""
    for prefix in ("equipment_over_", "special_equipment_over_", "equipment_purchase_over_"):
        told = {
            Decimal(m.subject.removeprefix(prefix)): m
            for m in found
            if m.kind == "count" and m.subject.startswith(prefix)
        }
        steps = sorted(told)
        for low, high in pairwise(steps):
            less, more = told[high], told[low]
            status = BALANCED if less.value <= more.value else DIFFERENT
            said = (
                f"写的是{high:f}万元以上{less.value:f}{less.unit}，{low:f}万元以上{more.value:f}{more.unit}，"
                "前者应包含在后者之内"
            )
            label = "价值较高的设备数不多于价值较低的设备数"
            yield other("narrative.limit.equipment", label, status, place_ref(less.place), place_ref(more.place), said)
