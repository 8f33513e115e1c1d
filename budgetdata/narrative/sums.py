"""Sums inside the narrative: what its sentences list should add up to what they state, for money and for counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce

from budgetdata.base.facts import CheckFact
from budgetdata.base.said import Said, said
from budgetdata.narrative.figures import BLANK, NO_ROW
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_said
from budgetdata.narrative.rebuilt import half
from budgetdata.narrative.told import Told
from budgetdata.narrative.verdicts import (
    BALANCED,
    DIFFERENT,
    Rule,
    Term,
    compare_money,
    money,
    other,
    refs_of,
    scoped,
    unknown,
    unless,
)
from budgetdata.sentences.declared import FUNCTIONS, NarrativeSum, declared
from budgetdata.sentences.measures import every_measure

HALF_CENT = Decimal("0.005")
"""Of the last decimal that a text usually prints, in 万元: how far each amount may be from what it rounds."""


def narrative_sums(told: Told) -> Iterator[CheckFact]:
    """Each declared sum wherever the narrative states its whole and a part of it."""
    for entry in declared().sums:
        rule = Rule(f"narrative.sum.{entry.id}", _label(entry))
        checks = [_judge(told, entry, rule, whole, parts) for whole, parts in sum_groups(entry, told.stated)]
        yield from checks
        if not checks and entry.expected:
            yield unknown(rule, said("narrative.why.no_parts"))
    yield from _adjustments(told)


def _label(entry: NarrativeSum) -> Said:
    count = entry.kind == "count" and not entry.optional
    if entry.parts == (FUNCTIONS,):
        parts: Said | str = said("narrative.listed.functions")
    elif entry.listed:
        parts = said(f"narrative.listed.{entry.listed}")
    else:
        names = [subject_said(part) for part in entry.parts]
        parts = reduce(lambda one, more: said("narrative.plus", one=one, more=more), names)
    code = "narrative.label.sum_of_counts" if count else "narrative.label.sum"
    return said(code, left=subject_said(entry.whole), right=parts)


def sum_groups(entry: NarrativeSum, found: Sequence[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    """(whole, parts) wherever the narrative states the whole of a declared sum and at least one of its parts."""
    told = [m for m in found if m.kind == entry.kind and m.section_kind == entry.section]
    starts = [index for index, mention in enumerate(told) if mention.subject == entry.whole]
    for start, end in zip(starts, [*starts[1:], len(told)], strict=False):
        whole, after = told[start], [m for m in told[start + 1 : end] if m.section == told[start].section]
        parts = _functions(after) if entry.parts == (FUNCTIONS,) else _named(after, entry.parts)
        if parts:
            yield whole, parts


def _named(after: Sequence[Mention], subjects: tuple[str, ...]) -> list[Mention]:
    first: dict[str, Mention] = {}
    for mention in after:
        if mention.subject in subjects:
            first.setdefault(mention.subject, mention)
    return list(first.values())


def _functions(after: Sequence[Mention]) -> list[Mention]:
    """The 科目 named, each once and none that lies below another: a list may name a 款 beside 项 of other 款."""
    named: dict[str, Mention] = {}
    for mention in after:
        if mention.code:
            named.setdefault(mention.code, mention)
    return [m for code, m in named.items() if not any(code != upper and code.startswith(upper) for upper in named)]


def _judge(told: Told, entry: NarrativeSum, rule: Rule, whole: Mention, parts: Sequence[Mention]) -> CheckFact:
    """The whole of a sum against its parts; a difference only where every part is named and every number between was read."""
    named = {part.subject for part in parts}
    missing = [part for part in entry.parts if part not in named | set(entry.optional) and part != FUNCTIONS]
    check = _counted(rule, whole, parts) if entry.kind == "count" else _added(told, rule, whole, parts)
    if check.status != DIFFERENT:
        return check
    reason = None
    if missing:
        reason = said("narrative.why.parts_not_listed", names=[subject_said(part) for part in missing])
    elif entry.parts == (FUNCTIONS,) and "等" in parts[-1].text[-4:] and _less(parts, whole):
        reason = said("narrative.why.list_is_open")
    if reason is not None:
        words = said("narrative.and_so", told=check.explanation, reason=reason)
        return unknown(rule, words, refs_of([whole]))
    unread = said("narrative.why.list_not_read_whole") if _unread_between(told, whole, parts[-1]) else None
    return unless(check, scoped([whole, *parts]), unread, _beside(told, entry, whole, parts))


def _beside(told: Told, entry: NarrativeSum, whole: Mention, parts: Sequence[Mention]) -> Said | None:
    """The reason not to compare where the whole may count, or does count, a cell beside its parts."""
    cell = told.figures.cells([entry.beside])[0] if entry.beside and _less(parts, whole) else None
    if cell is None or cell.state in {BLANK, NO_ROW}:
        return None
    gap = whole.wan - sum((part.wan for part in parts), Decimal(0))
    rounded = HALF_CENT * (len(parts) + 1)  # the table may print more decimals than the text
    return said("narrative.scope.beside") if cell.wan is None or abs(cell.wan - gap) <= rounded else None


def _less(parts: Sequence[Mention], whole: Mention) -> bool:
    return sum((part.wan for part in parts), Decimal(0)) < whole.wan


def _counted(rule: Rule, whole: Mention, parts: Sequence[Mention]) -> CheckFact:
    added = sum((part.value for part in parts), Decimal(0))
    words = said("narrative.counts_added", whole=f"{whole.value:f}", unit=whole.unit, added=f"{added:f}")
    return other(rule, BALANCED if added == whole.value else DIFFERENT, refs_of([whole]), refs_of(parts), words)


def _added(told: Told, rule: Rule, whole: Mention, parts: Sequence[Mention]) -> CheckFact:
    tolerance = sum((half(told.digits.of(m)) for m in (whole, *parts)), Decimal(0))
    left = Term(whole.wan, refs_of([whole]), said("narrative.side.whole"))
    added = sum((part.wan for part in parts), Decimal(0))
    return compare_money(rule, left, Term(added, refs_of(parts), said("narrative.side.sum")), tolerance)


def _unread_between(told: Told, whole: Mention, last: Mention) -> bool:
    """True where a number of the whole's unit stands between it and its last part that nothing was read from."""
    read = {m.at for m in told.stated if not m.words and m.subject != "other"}
    for number in range(whole.passage, last.passage + 1):
        begin = whole.start if number == whole.passage else -1
        end = last.start if number == last.passage else len(told.passages[number].flat)
        for measure in every_measure(told.passages[number].flat):
            alike = measure.unit in {whole.unit, ""} or (measure.is_money and whole.kind == "amount")
            if begin < measure.start < end and alike and (number, measure.start) not in read:
                return True
    return False


ADJUSTED = (("basic", -1), ("project", 1))
"""What a stated correction takes from and what it adds to."""


def _adjustments(told: Told) -> Iterator[CheckFact]:
    """A stated correction: what the tables print, less or plus the amount moved, is what the text says it became."""
    moves = [m for m in told.stated if m.subject == "adjustment"]
    for again in moves[1:]:
        rule = Rule("narrative.adjustment_repeated", said("narrative.label.adjustment_repeated"))
        left, right = (
            Term(m.wan, refs_of([m]), said(f"narrative.side.{name}"))
            for m, name in ((moves[0], "written_first"), (again, "written_then"))
        )
        yield compare_money(rule, left, right, Decimal(0))
    for subject, sign in ADJUSTED if moves else ():
        check = _adjusted(told, moves[0], subject, sign)
        if check is not None:
            yield check


def _adjusted(told: Told, moved: Mention, subject: str, sign: int) -> CheckFact | None:
    became = next((m for m in told.stated if m.subject == f"{subject}_adjusted"), None)
    base = next((m for m in told.stated if m.kind == "amount" and m.subject == subject and m.links), None)
    printed = base.cells[0].wan if base is not None else None
    if became is None or base is None or printed is None:
        return None
    way = "plus" if sign > 0 else "minus"
    rule = Rule(
        f"narrative.sum.{subject}_adjusted", said(f"narrative.label.adjusted_{way}", subject=subject_said(subject))
    )
    words = said(f"narrative.side.cell_{way}", cell=base.cells[0].said, printed=money(printed), moved=money(moved.wan))
    right = Term(printed + sign * moved.wan, f"{base.cells[0].key};{refs_of([moved])}", words)
    tolerance = half(told.digits.of(became)) + half(told.digits.of(moved))
    return compare_money(
        rule, Term(became.wan, refs_of([became]), said("narrative.side.text_written")), right, tolerance
    )
