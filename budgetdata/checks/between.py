"""The identities between tables: each where both sides speak of the same money and were read whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from budgetdata.base.facts import CheckFact
from budgetdata.base.money import UNITS
from budgetdata.base.said import Said, said
from budgetdata.base.text import key
from budgetdata.checks.index import UNKNOWN, Index
from budgetdata.checks.verdicts import Half, added, not_evaluable, verdict
from budgetdata.forms.declared import matches
from budgetdata.forms.identities import Identity, Term
from budgetdata.tables.sums import TableRow, identities, judge

NOT_FISCAL = {"special", "own", "business", "operation", "superior", "subordinate", "other", "reserves"}
"""Income rows of table 1 that are no fiscal appropriation."""

WHOLE_INCOME = {"income_current", "income_total"}
"""Rows of table 1 behind which no kind of income of its own stands."""
HUNDREDTHS = 200
"""Amounts have two decimals: each may be half of a hundredth off its unit by rounding."""
NOT_ALL_ROWS = {"check.rows_lacking", "check.rows_short"}
"""Why no 科目 of two tables can be compared: rows were not read, or are not printed."""


def between(index: Index, identity: Identity) -> Iterator[CheckFact]:
    """The checks of one identity between tables: one, or one for each 科目."""
    label = said(f"check.{identity.id}")
    reason = why_not(index, identity)
    if reason is not None:
        yield not_evaluable(identity.id, label, reason)
        return
    if not identity.each:
        yield _one(index, identity, "", label)
        return
    checks = [
        _one(index, identity, code, said("check.of_code", identity=label, code=code))
        for code in _codes(index, identity)
    ]
    evaluated = [check for check in checks if check.status != "not_evaluable"]
    yield from evaluated
    if not evaluated:
        lacking = next((check.explanation for check in checks if check.explanation.code in NOT_ALL_ROWS), None)
        yield not_evaluable(identity.id, label, lacking or said("check.no_shared_codes"))


def why_not(index: Index, identity: Identity) -> Said | None:
    """Why an identity does not apply to a document or cannot be evaluated on it as a whole."""
    terms = (*identity.left, *identity.right)
    lost = sorted(no for no in identity.tables if not index.readable(no))
    if lost:
        return said("check.tables_lost", tables=[said("check.table", no=no) for no in lost])
    if term := next((term for term in terms if index.is_one_sided(term)), None):
        return said("check.one_side_only", no=term.table_no)
    if term := next((term for term in terms if not index.prints(term)), None):
        return index.why_lacking(term.table_no, term.side) or said("check.not_printed", no=term.table_no)
    if identity.each and (term := next((term for term in terms if not _is_coded(index, term)), None)):
        return said("check.uncoded", no=term.table_no)
    if any(index.lists_funds(term) for term in terms) or (identity.each and _is_other_classification(index, identity)):
        return said("check.other_classification")
    if any(index.counts_unread(term) for term in terms):
        return said("check.unread_number")
    if any(index.counts_more(term) for term in terms) != identity.with_carryover:
        return said("check.carryover_beside" if identity.with_carryover else "check.carryover_within")
    return _not_only_fiscal(index) if identity.only_fiscal else None


def _not_only_fiscal(index: Index) -> Said | None:
    """Why the money of table 1 is not known to be fiscal appropriation only, None where it is."""
    rows = index.rows(1, "income")
    current = next((i for i, row in enumerate(rows) if row.role == "income_current"), len(rows))
    own = [row for row in rows if row.role in NOT_FISCAL]
    own += [row for row in rows[:current] if not row.role and row.level]
    if sum(row.values["total"].fen for row in own if "total" in row.values):
        return said("check.other_money")
    if not index.readable(1):
        return said("check.tables_lost", tables=[said("check.table", no=1)])
    if any(row.strange or "total" in row.broken for row in own):
        return said("check.unread_number")
    return said("check.income_open") if _is_open(index, rows) else index.why_lacking(1, "income")


def _is_open(index: Index, rows: Sequence[TableRow]) -> bool:
    """Whether the kinds of income of table 1, as printed, do not come to its total: one of them may stand blank."""
    reading = index.readings[1]
    sums = identities(reading.form, reading.form.side("income"), rows, ("total",))
    whole = [each for each in sums if each.rule == "declared" and rows[each.whole[0]].role in WHOLE_INCOME]
    return any(judge(each, rows, reading.unit).status == "different" for each in whole)


def _one(index: Index, identity: Identity, code: str, label: Said) -> CheckFact:
    terms = (*identity.left, *identity.right)
    cells = {term: _cells(index, term, code) for term in terms}
    if any(index.is_unread(term.table_no, term.side, found) for term, found in cells.items()):
        return not_evaluable(identity.id, label, said("check.unread_number"))
    for term, found in cells.items():
        lacking = index.why_lacking(term.table_no, term.side)
        if lacking and not _is_whole(index, term, [row for row, _ in found], code):
            return not_evaluable(identity.id, label, lacking)
    left, right = (
        added(index.half(term.table_no, term.side, cells[term]) for term in side)
        for side in (identity.left, identity.right)
    )
    check = verdict(identity.id, label, left, right, identity.op)
    doubt = _doubt(index, identity, code, check, left, right) if check.status == "different" else None
    return not_evaluable(identity.id, label, doubt) if doubt else check


def _doubt(index: Index, identity: Identity, code: str, check: CheckFact, left: Half, right: Half) -> Said | None:
    """Why two sides that differ may speak of different money, or were not read for certain."""
    if None in (left.fen, right.fen) and any(index.is_partial(no) for no in identity.tables):
        return said("check.unread_number")
    short = next((term for term in (*identity.left, *identity.right) if _is_short(index, term, code)), None)
    if short is not None:
        return said("check.rows_short", no=short.table_no)
    lost = next(_lost_rows(index, identity, code), None)
    if lost is not None:
        return lost
    gap = abs((left.fen or 0) - (right.fen or 0))
    for terms in chain.from_iterable(combinations(identity.perhaps, n) for n in range(1, len(identity.perhaps) + 1)):
        halves = [index.half(term.table_no, term.side, _cells(index, term, code)) for term in terms]
        more = abs(added(halves).fen or 0)
        if more and abs(gap - more) <= (check.tolerance_fen or 0):
            carried = all("carryover" in f"{term.row}.{term.column}" for term in terms)
            return said("check.scope_carryover" if carried else "check.scope_other", fen=more)
    if _is_unit_slip(index, identity, code, check.tolerance_fen or 0):
        return said("check.unit_slip")
    printed = (index.half(term.table_no, term.side, _cells(index, term, code)).fen for term in identity.perhaps)
    divided = max(map(abs, filter(None, printed)), default=0) >= gap
    unread = sorted({term.table_no for term in identity.perhaps if _may_be_unread(index, term, code, divided)})
    if unread:
        return said("check.tables_lost", tables=[said("check.table", no=no) for no in unread])
    return _unknown_row(index, identity, gap, check.tolerance_fen or 0)


def _is_unit_slip(index: Index, identity: Identity, code: str, tolerance: int) -> bool:
    """True where both sides agree once the amounts of one of several tables are taken in the unit of another: one is printed
    wrong, nobody knows which."""
    units = {no: UNITS[index.readings[no].unit] for no in identity.tables}
    signed = [(term, sign) for sign, terms in ((1, identity.left), (-1, identity.right)) for term in terms]
    sides = [(term, sign, index.half(term.table_no, term.side, _cells(index, term, code))) for term, sign in signed]
    for slipped, unit in units.items():
        for other in {*units.values()} - {unit}:
            gap = sum(sign * (h.fen or 0) * (other if t.table_no == slipped else unit) for t, sign, h in sides)
            cells = sum(len(half.refs) for term, _, half in sides if term.table_no == slipped)
            if abs(gap) <= (tolerance + cells * other // HUNDREDTHS) * unit:
                return True
    return False


def _may_be_unread(index: Index, term: Term, code: str, divided: bool) -> bool:
    """True where money that some places count in may be printed where a table could not be read. `divided`: more of such money
    than is looked for is printed elsewhere, and a table that is not there would say how much of it is counted."""
    if index.status.get(term.table_no) == "unreadable" or (divided and index.status.get(term.table_no) in UNKNOWN):
        return True
    return index.is_partial(term.table_no) and not _cells(index, term, code)


def _unknown_row(index: Index, identity: Identity, gap: int, tolerance: int) -> Said | None:
    """Why two sides differ by the amount of a row whose name no declaration knows: it may be money that some places count in."""
    for table_no, side in sorted({(term.table_no, term.side) for term in identity.perhaps}):
        rows = index.rows(table_no, side)
        unknown = [row for row in rows if not row.role and row.level] if any(row.role for row in rows) else []
        for name, amount in ((row.label, amount) for row in unknown for amount in row.values.values()):
            if amount.fen and abs(gap - abs(amount.fen)) <= tolerance:
                return said("check.row_unknown", no=table_no, label=name, fen=amount.fen)
    return None


def _lost_rows(index: Index, identity: Identity, code: str) -> Iterator[Said]:
    """Why rows that would change a side, or what it speaks of, may stand on a page that nothing proves to be there: those of a
    sum of several rows, other money than fiscal, money that some places count in."""
    for term in (*identity.left, *identity.right):
        if not _is_whole(index, term, [row for row, _ in _cells(index, term, code)], code):
            yield from (_lacking(term.table_no, why) for _, why in index.unproved(term.table_no, term.side))
    perhaps = [term for term in identity.perhaps if not _cells(index, term, code)]
    sides = {(term.table_no, term.side) for term in perhaps} | ({(1, "income")} if identity.only_fiscal else set())
    for table_no, side in sorted(sides):
        rows = index.rows(table_no, side)
        last = max((i for i, row in enumerate(rows) if row.role in WHOLE_INCOME), default=len(rows))
        yield from (_lacking(table_no, why) for at, why in index.unproved(table_no, side) if at < last)


def _lacking(table_no: int, why: Said) -> Said:
    return said("check.rows_lacking", no=table_no, why=why)


def _is_short(index: Index, term: Term, code: str) -> bool:
    """True where a list that prints a 科目 in several rows does not come to its own total: others of its rows are not printed."""
    rows = index.rows(term.table_no, term.side)
    total = next((row.values[term.column].fen for row in rows if row.level == 0 and term.column in row.values), None)
    if term.row != "@each" or total is None:
        return False
    printed = [row.code for row in rows if row.code]
    if len(set(printed)) == len(printed) and _is_whole(
        index, term, [row for row, _ in _cells(index, term, code)], code
    ):
        return False
    above = {row.parent for row in rows}
    leaves = [(i, term.column) for i, row in enumerate(rows) if row.level and i not in above]
    listed = index.half(term.table_no, term.side, leaves)
    return total - (listed.fen or 0) > listed.tolerance_fen


def _cells(index: Index, term: Term, code: str) -> list[tuple[int, str]]:
    """The cells that a term speaks of: indexes of rows, and the term's column."""
    rows = index.rows(term.table_no, term.side)
    if term.row == "@each":
        found = [i for i, row in enumerate(rows) if row.code == code]
        found = found or [i for i, row in enumerate(rows) if row.code.startswith(code) and row.parent is None]
    elif term.row == "@class":
        found = [i for i, row in enumerate(rows) if row.role == code]
    elif term.row == "@total":
        found = [i for i, row in enumerate(rows) if row.level == 0][:1]
        found = found or [i for i, row in enumerate(rows) if row.parent is None and row.level == 1]
    else:
        found = [i for i, row in enumerate(rows) if row.role == term.row]
    return [(i, term.column) for i in found]


def _is_whole(index: Index, term: Term, found: Sequence[int], code: str) -> bool:
    """True where a term is one printed row, which lacks nothing though the table may lack rows; a list of several units may lack
    that of another one, and the first sum of a unit is no total where rows above it may be lacking."""
    rows = index.rows(term.table_no, term.side)
    if len(found) != 1 or (term.row in ("@each", "@class") and any(row.of_unit for row in rows)):
        return False
    if term.row == "@total":
        return rows[found[0]].level == 0 and not _is_perhaps_a_units(index, term, found[0])
    return rows[found[0]].code == code if term.row == "@each" else True


def _is_perhaps_a_units(index: Index, term: Term, at: int) -> bool:
    """True where the first sum of a table is called by a name, and rows above it may be lacking, a total among them."""
    row, side = index.rows(term.table_no, term.side)[at], index.readings[term.table_no].form.side(term.side)
    named = bool(row.label) and not matches(side.total_labels, key(row.label))
    return named and any(behind < at for behind, _ in index.lacks(term.table_no, term.side))


def _is_coded(index: Index, term: Term) -> bool:
    """True where a table names 科目: an empty one, or one that has a row with a code or a declared class."""
    rows = index.rows(term.table_no, term.side)
    return not rows or any((row.role if term.row == "@class" else row.code).isdecimal() for row in rows)


def _codes_of(index: Index, term: Term) -> list[str]:
    rows = index.rows(term.table_no, term.side)
    printed = (row.role if term.row == "@class" else row.code for row in rows)
    return [code for code in printed if code.isdecimal()]


def _is_other_classification(index: Index, identity: Identity) -> bool:
    """True where two sides print codes and no 类 of the one is a 类 of the other: they list different things."""
    classes = [{code[:3] for code in _codes_of(index, term)} for term in (*identity.left, *identity.right)]
    return any(one and other and not one & other for one, other in combinations(classes, 2))


def _codes(index: Index, identity: Identity) -> list[str]:
    codes = {code for term in (*identity.left, *identity.right) for code in _codes_of(index, term)}
    return sorted(code for code in codes if identity.each == "code" or len(code) == 3)
