"""Counts of the narrative: projects and sheets against what is printed, and what cannot be more than something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from budgetdata.base.facts import ANNUAL, CheckFact, SheetFact
from budgetdata.base.money import UNITS
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.narrative.figures import ROWS_LACKING, come_to_total
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_said
from budgetdata.narrative.rebuilt import half
from budgetdata.narrative.told import Told
from budgetdata.narrative.verdicts import (
    BALANCED,
    DIFFERENT,
    WRITTEN,
    Rule,
    Term,
    compare_money,
    other,
    place_ref,
    scoped,
    unknown,
    unless,
)
from budgetdata.sentences.declared import Subject, declared

EQUIPMENT = ("equipment_over_", "special_equipment_over_", "equipment_purchase_over_")
"""What the subjects of equipment above a value begin with."""
UNREAD_OF_SHEETS = {"sheet", "page"}
"""Subjects of problems that leave sheets, or parts of pages on which sheets may stand, unread."""
SHEETS_NOT_READ_WHOLE = said("narrative.why.sheets_not_read_whole")


def narrative_counts(told: Told) -> Iterator[CheckFact]:
    """Every check of a count, and the money of published projects and of the department's own sheet."""
    yield _managed(told)
    yield from _published(told)
    yield from _department_sheet(told)
    for subject, most in declared().limits():
        yield from _limit(told, subject, most)
    yield from _equipment(told)


def first_count(found: Iterable[Mention], subject: str) -> Mention | None:
    """The first count of a subject."""
    return next((m for m in found if m.kind == "count" and m.subject == subject), None)


def _managed(told: Told) -> CheckFact:
    rule = Rule("narrative.projects_managed_count", said("narrative.label.projects_managed_count"))
    count = first_count(told.stated, "projects_managed")
    if count is None:
        return unknown(rule, said("narrative.why.no_count"))
    status = {table.table_no: table.status for table in told.facts.tables}
    ref, projects = place_ref(count.place), told.facts.projects
    if status.get(12) in {"missing", "unreadable", None}:
        return unknown(rule, said("narrative.why.projects_unread"), ref)
    if not projects:
        return unknown(rule, said("narrative.why.no_projects"), ref)
    current = sum(project.stage == "current" for project in projects)
    carried = len(projects) - current
    words = said("narrative.projects_counted", count=f"{count.value:f}", current=current, carried=carried)
    verdict = BALANCED if count.value in {current, current + carried} else DIFFERENT
    partial = bool({"partial", "unreadable"} & {status.get(12), status.get(13)})
    whole = all(come_to_total(told.facts, table_no, "total") for table_no in (12, 13))
    reason = said("narrative.why.table_not_read_whole") if partial else None if whole else ROWS_LACKING
    return unless(
        other(rule, verdict, ref, _ends([projects[0].place, projects[-1].place]), words), scoped([count]), reason
    )


def _ends(places: Sequence[Place]) -> str:
    """The references of the first and the last of some places, each once."""
    return ";".join(dict.fromkeys(place_ref(place) for place in (*places[:1], *places[-1:])))


def annual_of(sheets: Sequence[SheetFact]) -> Decimal | None:
    """The annual funds of some sheets in 万元, None where one of them states none."""
    funds = [sheet.funds.get((ANNUAL, "total")) for sheet in sheets]
    known = [fen for fen in funds if fen is not None]
    return Decimal(sum(known)) / UNITS["万元"] if known and len(known) == len(funds) else None


def _published(told: Told) -> Iterator[CheckFact]:
    sheets = [sheet for sheet in told.facts.sheets if sheet.scope == "project"]
    places = _ends([sheet.place for sheet in sheets])
    partial = (
        SHEETS_NOT_READ_WHOLE
        if any(p.subject in UNREAD_OF_SHEETS and p.severity == "unread" for p in told.facts.problems)
        else None
    )
    rule = Rule("narrative.projects_published_count", said("narrative.label.projects_published_count"))
    count = first_count(told.stated, "projects_published")
    if count is None:
        yield unknown(rule, said("narrative.why.no_count"))
    else:
        words = said("narrative.sheets_counted", count=f"{count.value:f}", sheets=len(sheets))
        status = BALANCED if count.value == len(sheets) else DIFFERENT
        yield unless(other(rule, status, place_ref(count.place), places, words), scoped([count]), partial)
    rule = Rule("narrative.projects_published", said("narrative.label.projects_published"))
    money = next((m for m in told.stated if m.kind == "amount" and m.subject == "projects_published"), None)
    added = annual_of(sheets)
    if money is None or added is None:
        why = "no_amount" if money is None else "no_sheets"
        yield unknown(rule, said(f"narrative.why.{why}"), place_ref(money.place) if money else "")
        return
    left = Term(money.wan, place_ref(money.place), WRITTEN)
    right = Term(added, places, said("narrative.side.sheets", sheets=len(sheets)))
    yield unless(compare_money(rule, left, right, half(told.digits.of(money))), scoped([money]), partial)


def _department_sheet(told: Told) -> Iterator[CheckFact]:
    goal = next((m for m in told.stated if m.kind == "amount" and m.subject == "department_goal"), None)
    if goal is None:
        return
    rule = Rule("narrative.department_goal_sheet", said("narrative.label.department_goal_sheet"))
    sheets = [sheet for sheet in told.facts.sheets if sheet.scope == "department"]
    added = annual_of(sheets)
    if added is None:
        yield unknown(rule, said("narrative.why.no_department_sheet"), place_ref(goal.place))
        return
    left = Term(goal.wan, place_ref(goal.place), WRITTEN)
    right = Term(added, place_ref(sheets[0].place), said("narrative.side.department_sheet"))
    yield unless(compare_money(rule, left, right, half(told.digits.of(goal))), scoped([goal]))


def limit_label(subject: str, most: str) -> Said:
    """How a limit reads: 在职人数不多于编制数."""
    return said("narrative.at_most", left=subject_said(subject), right=subject_said(most))


def _limit(told: Told, subject: Subject, most: str) -> Iterator[CheckFact]:
    rule = Rule(f"narrative.limit.{subject.id}", limit_label(subject.id, most))
    less, more = first_count(told.stated, subject.id), first_count(told.stated, most)
    if less is None or more is None:
        named = less or more
        if named is not None:
            yield unknown(rule, said("narrative.why.one_of_two"), place_ref(named.place))
        return
    status = BALANCED if less.value <= more.value else DIFFERENT
    words = said(
        "narrative.two_counts", less_name=subject_said(less.subject), less=f"{less.value:f}", less_unit=less.unit,
        more_name=subject_said(more.subject), more=f"{more.value:f}", more_unit=more.unit,
    )  # fmt: skip
    loose = subject.at_most_if is not None and not subject.at_most_if.search(less.text)
    reason = said("narrative.scope.others_counted") if loose else None
    check = other(rule, status, place_ref(less.place), place_ref(more.place), words)
    yield unless(check, reason, scoped([less, more]))


def _equipment(told: Told) -> Iterator[CheckFact]:
    """Equipment above a higher value is part of that above a lower one."""
    rule = Rule("narrative.limit.equipment", said("narrative.label.equipment"))
    for prefix in EQUIPMENT:
        counts = {
            Decimal(m.subject.removeprefix(prefix)): m
            for m in told.stated
            if m.kind == "count" and m.subject.startswith(prefix)
        }
        for low, high in pairwise(sorted(counts)):
            less, more = counts[high], counts[low]
            status = BALANCED if less.value <= more.value else DIFFERENT
            words = said(
                "narrative.equipment", high=f"{high:f}", less=f"{less.value:f}", less_unit=less.unit, low=f"{low:f}",
                more=f"{more.value:f}", more_unit=more.unit,
            )  # fmt: skip
            yield unless(other(rule, status, place_ref(less.place), place_ref(more.place), words), scoped([less, more]))
