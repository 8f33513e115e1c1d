"""The narrative against the tables: every amount, every share, every change, every count. Signals, not verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, takewhile

from budgetdata.base.facts import CheckFact, DocumentFacts
from budgetdata.base.money import UNITS
from budgetdata.base.said import Said, said
from budgetdata.narrative.changes import narrative_changes
from budgetdata.narrative.counts import narrative_counts
from budgetdata.narrative.figures import BLANK, FOUND, NO_ROW, Cell, figure_said, lacks_no_row
from budgetdata.narrative.items import narrative_items
from budgetdata.narrative.mentions import UNKNOWN_WHOLE, UNREAD, Mention
from budgetdata.narrative.names import section_said, subject_said
from budgetdata.narrative.rebuilt import YUAN, half, this_year
from budgetdata.narrative.spoken import spoken_of
from budgetdata.narrative.sums import narrative_sums
from budgetdata.narrative.told import Told, told_of
from budgetdata.narrative.verdicts import (
    DIFFERENT,
    WRITTEN,
    Precision,
    Rule,
    Term,
    compare_money,
    money,
    other,
    percent_status,
    place_ref,
    scoped,
    unknown,
    unless,
)
from budgetdata.sentences.declared import OTHER, declared

NO_TEXT = said("narrative.why.no_text")
"""Where no running text was recognised, nothing is said of what stands in it: it was not read, or is in another file."""
TWO_SIDED = (1, 4, 9)
"""Tables whose totals are those of their two sides, not of units."""
NOT_READ_WHOLE = said("narrative.why.table_not_read_whole")
APART = ("carry_forward", "earmarked")
"""Roles of rows that print apart what an amount of the text may leave out."""
LEAST = UNITS["万元"] // 100
"""An amount of the text may leave off what is less than this."""
Value = tuple[Decimal, Decimal, str]
"""An amount in 万元, what its decimals leave open, and where it stands."""


def narrative_checks(facts: DocumentFacts, told: Told | None = None) -> list[CheckFact]:
    """Every check of a document's narrative; left is what the text says, right what the tables or the text's own parts give."""
    told = told or told_of(facts)
    checks = list(_every(facts, told))
    if told.passages:
        return checks
    return [replace(check, explanation=NO_TEXT) for check in checks]


def _every(facts: DocumentFacts, told: Told) -> Iterator[CheckFact]:
    yield from (check for mention in told.stated if (check := _amount(facts, mention, told.digits)) is not None)
    yield from _unstated(told)
    yield from (_share(told, mention) for mention in told.stated if mention.kind == "share")
    yield from narrative_sums(told)
    yield from narrative_changes(told)
    yield from narrative_counts(told)
    yield from narrative_items(told)


def _rule(mention: Mention) -> str:
    if mention.code:
        return "function_class" if len(mention.code) == 3 else "function_item"
    return mention.subject


def _amount(facts: DocumentFacts, mention: Mention, digits: Precision) -> CheckFact | None:
    """An amount against its figure; None for other kinds and for amounts that no table holds."""
    cell = mention.cell if mention.kind == "amount" else None
    if cell is None:
        return None
    stated = said(
        "narrative.in_section", section=section_said(mention.section_kind), subject=subject_said(mention.subject)
    )
    rule = Rule(f"narrative.{_rule(mention)}", said("narrative.label.amount", left=stated, right=cell.said))
    left = Term(mention.wan, place_ref(mention.place), WRITTEN)
    if cell.state == FOUND:
        meant = digits.of(mention)
        same = _same_elsewhere(facts, mention, cell)
        tolerance = _open(mention, cell, meant) if meant < cell.decimals else _rounded(mention, cell, same)
        right = Term(cell.wan, cell.key, said("narrative.side.cell", cell=cell.said))
        check = compare_money(rule, left, right, tolerance, same)
    else:
        check = _without_figure(facts, rule, left, mention, cell)
    whole = None if cell.whole else NOT_READ_WHOLE
    parts = _sum_left_blank(facts, cell)
    other = _other_unread(facts, mention, cell)
    return unless(check, scoped([mention]), whole, parts, other, _carried(facts, mention, cell), _of_units(facts, cell))


def _other_unread(facts: DocumentFacts, mention: Mention, cell: Cell) -> Said | None:
    """Why an amount that any of several figures may be is not held against the one that is there: the others were not read, or
    a total among them is left blank."""
    others = [other for other in mention.cells if mention.any_of and other is not cell]
    unread = (said("narrative.why.table_unread", table=other.table_no) for other in others if other.state == UNREAD)
    blank = (said("narrative.why.sum_blank", table=other.table_no) for other in others if _is_blank_total(facts, other))
    return next(chain(unread, blank), None)


def _is_blank_total(facts: DocumentFacts, cell: Cell) -> bool:
    """True for a blank cell of a total whose column holds amounts elsewhere."""
    row, column = cell.row, cell.link.rsplit(".", 1)[-1]
    if cell.state != BLANK or row is None or row.level:
        return False
    at = (row.table_no, row.side, column)
    return any(figure.fen and (figure.table_no, figure.side, figure.column) == at for figure in facts.figures)


def _rounded(mention: Mention, cell: Cell, same: Said | None) -> Decimal:
    """What two tables that round one sum leave open between an amount that is printed in the one and the other's cell."""
    both = half(cell.decimals) * 2
    close = cell.wan is not None and abs(cell.wan - mention.wan) <= both
    return both if close and same is not None and cell.wan != mention.wan else Decimal(0)


def _open(mention: Mention, cell: Cell, meant: int) -> Decimal:
    """What an amount with fewer decimals than its cell leaves open: half of its last digit, all of it where the others are cut
    off or count as one more."""
    gap = abs(cell.wan - mention.wan) if cell.wan is not None else Decimal(0)
    other = bool(mention.value) and half(meant) < gap < half(meant) * 2
    return half(meant) * 2 - YUAN if other else half(meant)


def _of_units(facts: DocumentFacts, cell: Cell) -> Said | None:
    """The reason not to compare where the table prints each unit's sum too: the text may speak of one of them."""
    sums = {row.label for row in facts.rows if row.table_no == cell.table_no and row.is_sum and not row.level}
    return said("narrative.scope.body") if len(sums) > 1 and cell.table_no not in TWO_SIDED else None


def _lists_codes(facts: DocumentFacts, cell: Cell, code: str) -> bool:
    """Whether the rows of a table are told apart by codes as long as this one."""
    return any(row.table_no == cell.table_no and len(row.code) == len(code) for row in facts.rows)


def _without_figure(facts: DocumentFacts, rule: Rule, left: Term, mention: Mention, cell: Cell) -> CheckFact:
    """An amount whose cell is blank, or whose row or table is not there."""
    if cell.state == BLANK:
        right = said("narrative.side.blank_cell", table=cell.table_no)
        return compare_money(rule, left, Term(None, "", right), Decimal(0))
    listed = cell.state == NO_ROW and mention.value and mention.code and _lists_codes(facts, cell, mention.code)
    if listed and lacks_no_row(facts, cell, mention.code):
        right = said("narrative.side.no_account", table=cell.table_no)
        return compare_money(rule, left, Term(None, "", right), Decimal(0))
    why = "no_row" if cell.state == NO_ROW else "table_unread"
    return unknown(rule, said(f"narrative.why.{why}", table=cell.table_no), left.ref)


def _sum_left_blank(facts: DocumentFacts, cell: Cell) -> Said | None:
    """The reason not to compare with a sum that is left out, whose parts are printed."""
    return said("narrative.why.sum_blank", table=cell.table_no) if _prints_parts(facts, cell) else None


def _prints_parts(facts: DocumentFacts, cell: Cell) -> bool:
    """True where a blank cell stands above others of its column that are printed: its sum is left out, not nothing."""
    row = cell.row
    if cell.state != BLANK or row is None:
        return False
    after = [r for r in facts.rows if (r.table_no, r.side) == (row.table_no, row.side) and r.row_no > row.row_no]
    below = {r.row_no for r in takewhile(lambda r: r.level > row.level, after)}
    column = cell.link.rsplit(".", 1)[-1]
    return any(
        figure.fen and figure.row_no in below and figure.column == column
        for figure in facts.figures
        if (figure.table_no, figure.side) == (row.table_no, row.side)
    )


def _carried(facts: DocumentFacts, mention: Mention, cell: Cell) -> Said | None:
    """The reason not to compare where two amounts differ by just what is carried over, or printed apart: their scope differs."""
    if cell.wan is None or not mention.value:
        return None
    gap = abs(cell.wan - mention.wan) * UNITS["万元"]
    rows = [figure for figure in facts.figures if figure.fen and abs(figure.fen - gap) < LEAST]
    same = any(figure.role.startswith("carryover") and figure.table_no in (1, 4) for figure in rows)
    same = same or any(figure.column.startswith("carryover") and figure.level == 0 for figure in rows)
    if not same and any(figure.role in APART and figure.table_no in (1, 4) for figure in rows):
        return said("narrative.scope.apart")
    return said("narrative.scope.carryover") if same else None


def _same_elsewhere(facts: DocumentFacts, mention: Mention, cell: Cell) -> Said | None:
    """Where else, among the totals of the tables, the amount is printed that the text gives."""
    fen = mention.wan * UNITS["万元"]
    same = (f for f in facts.figures if f.level == 0 and f.fen == fen and f.fen and f is not cell.figure)
    figure = next(same, None)
    return said("narrative.same_as", cell=figure_said(figure)) if figure is not None else None


def _unstated(told: Told) -> Iterator[CheckFact]:
    """What the narrative is to give and no statement was read of: told apart where a sentence does speak of it."""
    read = {(m.section_kind, m.subject) for m in told.stated if m.kind == "amount"}
    for kind, subject in declared().expected:
        if (kind, subject) in read:
            continue
        stated = said("narrative.in_section", section=section_said(kind), subject=subject_said(subject))
        rule = Rule(
            f"narrative.{subject}", said("narrative.label.amount", left=stated, right=said("narrative.side.in_tables"))
        )
        state, place = spoken_of(told, subject, kind)
        yield unknown(rule, said(f"narrative.why.{state}"), place_ref(place) if place is not None else "")


def _share(told: Told, mention: Mention) -> CheckFact:
    ref = place_ref(mention.place)
    named = mention.whole if mention.whole not in ("", UNKNOWN_WHOLE) else declared().share_of(mention.section_kind)
    rule = Rule(
        f"narrative.share.{_rule(mention)}",
        said("narrative.label.share", section=section_said(mention.section_kind), subject=subject_said(mention.subject),
             whole=subject_said(named) if named else ""),
    )  # fmt: skip
    if mention.whole == UNKNOWN_WHOLE or not named:
        return unknown(rule, said("narrative.why.whole_unknown"), ref)
    part, whole = _part(told, mention), _whole(told, mention, named)
    if part is None or whole is None or named == mention.subject:
        return unknown(rule, said("narrative.why.not_comparable"), ref)
    (amount, part_doubt, part_ref), (total, whole_doubt, whole_ref) = part, whole
    if not total:
        return unknown(rule, said("narrative.why.whole_zero"), ref)
    exact = amount / total * 100
    doubt = (part_doubt + abs(exact) / 100 * whole_doubt) / total * 100
    status = percent_status(mention.value, exact, told.digits.of(mention), mention.decimals, doubt)
    if status == DIFFERENT and _fits_another(told, mention, named, amount):
        return unknown(rule, said("narrative.why.not_comparable"), ref)
    words = said(
        "narrative.share", printed=mention.printed, exact=f"{exact:.{max(2, mention.decimals)}f}", part=money(amount),
        whole=money(total), hint=_other_whole(told, mention, amount) if status == DIFFERENT else None,
    )  # fmt: skip
    partial = not all(cell.whole for cell in (*mention.cells[:1], *mention.whole_cells[:1]))
    blank = _sum_left_blank(told.facts, mention.cells[0]) if mention.cells and not mention.any_of else None
    reasons = scoped([mention]), NOT_READ_WHOLE if partial else None, blank
    return unless(other(rule, status, ref, f"{part_ref};{whole_ref}", words), *reasons)


def _part(told: Told, share: Mention) -> Value | None:
    """What a share is the share of: its figure, nothing where its cell is blank, else the amount its sentence gives."""
    cell = share.cells[0] if share.cells and not share.any_of else None
    if cell is not None and cell.wan is not None:
        return cell.wan, half(cell.decimals), cell.key
    if cell is not None and cell.state == BLANK:
        return Decimal(0), Decimal(0), ""
    near = _stated_before(told.every, share, share.subject)
    return (near.wan, half(near.decimals), place_ref(near.place)) if near is not None else None


def _stated_before(found: Sequence[Mention], share: Mention, subject: str) -> Mention | None:
    """The amount of a subject that its passage states last before a share; None where that was not read whole."""
    for mention in reversed([m for m in found if m.passage == share.passage and m.start < share.start]):
        if mention.kind not in {"amount", UNREAD} or mention.subject != subject:
            continue
        if subject == OTHER and mention.at != share.anchor:
            continue
        return mention if mention.kind == "amount" else None
    return None


def _whole(told: Told, share: Mention, name: str) -> Value | None:
    cell = share.whole_cells[0] if share.whole_cells else None
    if cell is not None and cell.wan is not None:
        return cell.wan, half(cell.decimals), cell.key
    near = _stated_wholes(told, share, name)
    if not near or near[-1].kind == UNREAD:
        return None
    amount, doubt = this_year(near[-1])
    return amount, doubt, near[-1].links[0] if near[-1].links else place_ref(near[-1].place)


def _stated_wholes(told: Told, share: Mention, name: str) -> list[Mention]:
    """What its section states, or fails to state, before a share for what it may be the share of."""
    found = [m for m in told.every if m.kind in {"amount", UNREAD} and m.subject == name and m.section == share.section]
    return [m for m in found if m.at < share.at]


def _fits_another(told: Told, share: Mention, name: str, amount: Decimal) -> bool:
    """True where no table says what the whole is, and a share fits another amount that its section states for it."""
    if any(cell.wan is not None for cell in share.whole_cells[:1]):
        return False
    totals = [m.wan for m in _stated_wholes(told, share, name) if m.kind == "amount" and m.wan]
    return any(abs(amount / total * 100 - share.value) <= half(told.digits.of(share)) for total in totals)


def _other_whole(told: Told, share: Mention, amount: Decimal) -> Said | None:
    """Whether the share fits a corrected total that the text states elsewhere."""
    for mention in told.stated:
        if mention.subject.endswith("_adjusted") and mention.wan:
            exact = amount / mention.wan * 100
            if abs(exact - share.value) <= half(told.digits.of(share)):
                subject = subject_said(mention.subject)
                return said("narrative.other_whole", subject=subject, wan=f"{mention.wan:f}", exact=f"{exact:.2f}")
    return None
