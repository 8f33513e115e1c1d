"""The identities inside one table: each where it can be evaluated, and one line for each kind that cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from budgetdata.base.facts import CheckFact
from budgetdata.base.said import Said, said
from budgetdata.base.text import half_width, squeeze
from budgetdata.base.titles import OFFICE_END
from budgetdata.checks.index import Index
from budgetdata.checks.verdicts import not_evaluable, verdict
from budgetdata.forms.declared import Form, Side
from budgetdata.tables.remarks import rows_alone
from budgetdata.tables.sums import SumIdentity, TableRow, identities

INSIDE = ("hierarchy", "total", "row", "declared")
"""The kinds of identities inside one table; their words: check.kind.hierarchy …"""
UNITS_KIND = "check.kind.units"


def inside(index: Index, form: Form, side: Side) -> Iterator[CheckFact]:
    """The checks of one side of a table."""
    rows = index.rows(form.no, side.name)
    evaluated: set[str] = set()
    reasons: dict[str, Said | None] = {}
    for identity in identities(form, side, rows):
        reasons.setdefault(identity.rule, None)
        check = _one(index, form, side, identity)
        if isinstance(check, Said):
            reasons[identity.rule] = check
        elif check is not None:
            evaluated.add(identity.rule)
            yield check
    for kind in sorted(reasons):
        if reasons[kind] or kind not in evaluated:
            yield not_evaluable(
                _rule(form, kind), _of_kind(form, kind), reasons[kind] or said("check.nothing_comparable")
            )
    if not rows:
        code = {"unreadable": "check.table_unread"} | dict.fromkeys(("missing", "perhaps"), "check.table_missing")
        reason = said(code.get(index.status.get(form.no, ""), "check.table_empty"))
        yield not_evaluable(_rule(form, "row"), _of_kind(form, "row"), reason)


def _rule(form: Form, kind: str) -> str:
    return f"t{form.no:02d}.{kind}"


def _of_kind(form: Form, kind: str) -> Said:
    return said("check.inside_all", no=form.no, kind=f"check.kind.{kind}")


def _one(index: Index, form: Form, side: Side, identity: SumIdentity) -> CheckFact | Said | None:
    """The check of one identity; the reason where something of it may not have been read; None where nothing is printed."""
    rows = index.rows(form.no, side.name)
    left = index.half(form.no, side.name, [identity.whole])
    right = index.half(form.no, side.name, identity.parts)
    if left.fen is None and right.fen is None:
        return None
    if index.is_unread(form.no, side.name, [identity.whole, *identity.parts]):
        return said("check.unread_number")
    lack = next((why for at, why in index.lacks(form.no, side.name) if _touches(identity, rows, at)), None)
    if lack is not None:
        return said("check.rows_lacking", no=form.no, why=lack)
    whole, column = identity.whole
    label = said(
        "check.inside", no=form.no, row=rows[whole].code or rows[whole].label, column=said(f"column.{column}"),
        kind=words_of(identity, rows),
    )  # fmt: skip
    rule = _rule(form, identity.rule)
    if left.fen is None:
        return not_evaluable(rule, label, said("check.total_blank", fen=right.fen or 0))
    check = verdict(rule, label, left, right)
    doubt = _doubt(index, form, side, identity, is_blank=right.fen is None) if check.status == "different" else None
    return not_evaluable(rule, label, doubt) if doubt else check


def words_of(identity: SumIdentity, rows: Sequence[TableRow]) -> str:
    """The words for an identity: a row without a code that is a body's name, or one that each unit prints again, stands above
    units, not above 科目."""
    row = rows[identity.whole[0]]
    is_body = not row.code and bool(OFFICE_END.search(half_width(squeeze(row.label))))
    is_again = not row.code and all(rows[at].label == row.label for at, _ in identity.parts)
    return UNITS_KIND if identity.rule == "hierarchy" and (is_body or is_again) else f"check.kind.{identity.rule}"


def _touches(identity: SumIdentity, rows: Sequence[TableRow], at: int) -> bool:
    """True where rows lacking behind row `at` could be parts of an identity; a row by itself is whole."""
    whole = identity.whole[0]
    if identity.rule == "row":
        return False
    if identity.rule != "hierarchy":
        return True
    end = whole
    while end + 1 < len(rows) and _is_within(rows, end + 1, whole):
        end += 1
    return whole <= at <= end


def _is_open_at(form: Form, side: Side, identity: SumIdentity, rows: Sequence[TableRow], at: int) -> bool:
    """True where a row that would stand behind row `at` could be a part of a declared sum: one of its parts is not printed, and
    others stand on that side of the total."""
    whole = identity.whole[0]
    roles = {row.role for row in rows}
    rules = [rule for rule in form.sums if rule.side == side.name and rule.total == rows[whole].role]
    is_short = any(role not in roles for rule in rules for role in rule.parts)
    return is_short and any(part > whole if at >= whole else part < whole for part, _ in identity.parts)


def _is_within(rows: Sequence[TableRow], index: int, whole: int) -> bool:
    at: int | None = index
    while at is not None and at != whole:
        at = rows[at].parent
    return at == whole


def _doubt(index: Index, form: Form, side: Side, identity: SumIdentity, *, is_blank: bool) -> Said | None:
    """Why a sum that does not hold as read is not to be laid to the document, None where nothing speaks against it."""
    rows = index.rows(form.no, side.name)
    if is_blank and index.is_partial(form.no):
        return said("check.unread_number")
    if identity.rule == "row":
        return None
    found = index.unproved(form.no, side.name)
    if identity.rule == "declared":
        lost = next((why for at, why in found if _is_open_at(form, side, identity, rows, at)), None)
    else:
        lost = next((why for at, why in found if _touches(identity, rows, at)), None)
    if lost is not None:
        return said("check.rows_lacking", no=form.no, why=lost)
    if identity.rule == "declared":
        strangers = [row.label for row in rows if not row.role and identity.whole[1] in row.values]
        return said("check.strangers", label=strangers[0]) if strangers else None
    if not side.code_heads and any(row.broken or row.strange for row in rows):
        return said("check.unread_number")  # without codes it was the amounts that told which rows are parts of which
    alone = rows_alone(form, {side.name: rows})
    if alone:
        return said("check.row_alone", label=alone[0].label)
    return _unplaced(side, rows)


def _unplaced(side: Side, rows: Sequence[TableRow]) -> Said | None:
    """A row whose place among the 科目 cannot be told: it prints no code where the others do, or one that comes twice."""
    codes = Counter(row.code for row in rows if row.code)
    inner = [row for row in rows if row.level]
    if not side.code_heads or 2 * sum(codes.values()) < len(inner):
        return None
    uncoded = next((row for row in inner if not row.code), None)
    if uncoded is not None:
        return said("check.uncoded_row", label=uncoded.label)
    twice = next((code for code, count in codes.items() if count > 1), None)
    return said("check.code_twice", code=twice) if twice and sum(row.level == 0 for row in rows) <= 1 else None
