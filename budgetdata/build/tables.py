"""The thirteen tables of one document: each read by itself, and what is said of each that was not, or not wholly, read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from budgetdata.base.bounds import part_bounds
from budgetdata.base.errors import BudgetDataError
from budgetdata.base.facts import DocumentFacts, TableFact
from budgetdata.base.money import UNITS
from budgetdata.base.raw import Paragraph, Problem, RawDocument
from budgetdata.base.said import Said, said
from budgetdata.base.text import key
from budgetdata.build.empty_titles import said_below
from budgetdata.build.guard import fault
from budgetdata.build.proved import RECOGNISED, unproved
from budgetdata.build.unread_titles import unread_titles
from budgetdata.checks.printed import Line, said_empty, unrecognised
from budgetdata.checks.series import without_local
from budgetdata.forms.declared import Form
from budgetdata.forms.said_empty import Listed, listed_empty
from budgetdata.forms.units import is_known
from budgetdata.sheets.labels import is_title
from budgetdata.tables.groups import Outline, TableGroup
from budgetdata.tables.lacking import Lack, goes_on_unread, lost_parts, unproved_pages
from budgetdata.tables.outline import empty_is_stated
from budgetdata.tables.reading import TableReading, read_table
from budgetdata.tables.remarks import rows_alone, some
from budgetdata.tables.rows import UNIT

TITLE_UNREAD = "table.title_unread"
TOLD = {TITLE_UNREAD, "table.in_contents"}
"""Reasons for which a table that was not recognised is named among what was not read: its title is printed."""


@dataclass(slots=True)
class TablesReader:
    """Reads the tables of one document. `names` are the keys of the department and its units; `lines` all printed text.

    A table that prints no unit has that of the others only where its largest amount is printed in one of them.
    """

    facts: DocumentFacts
    raw: RawDocument
    parts: Outline
    forms: dict[int, Form]
    names: set[str]
    lines: list[Line]
    largest: int = 0
    amounts: set[int] = field(default_factory=set)
    readings: dict[int, TableReading] = field(default_factory=dict)
    _marked: list[Listed] | None = None

    def read(self) -> dict[int, TableReading]:
        """The readings of the tables that can be published, by number; a table fact for every form, problems for the rest."""
        units = Counter(group.unit for group in self.parts.tables.values() if group.unit)
        common = next(iter(units)) if len(units) == 1 else ""
        unread = unread_titles(self.raw, self.forms)
        tables = self.parts.tables
        for no in sorted(self.forms, key=lambda no: (no in tables and not tables[no].unit, no)):
            if no in tables:
                self._guarded(tables[no], common)
            else:
                self._unrecognised(self.forms[no], unread.get(no))
        self._doubt_units()
        self.facts.tables = without_local(sorted(self.facts.tables, key=lambda table: table.table_no), self.forms)
        return self.readings

    def _doubt_units(self) -> None:
        """Take back a table whose unit is not that of most, where only in theirs others print its largest amount, or the
        largest ones of two of its columns."""
        counts = Counter(reading.unit for reading in self.readings.values() if reading.amounts)
        common = max(counts, key=counts.__getitem__, default="")
        for no, reading in list(self.readings.items()):
            top = max(_amounts_of(reading), default=0)
            if not top or reading.unit == common or 2 * counts[common] <= counts.total():
                continue
            others: set[int] = set()
            for other in self.readings.values():
                others |= _amounts_of(other) if other is not reading else set()
            tops = _largest(reading)
            in_theirs = {fen for fen in tops if fen * UNITS[common] // UNITS[reading.unit] in others}
            if (top in in_theirs and top not in others) or (len(in_theirs) > 1 and not tops & others):
                self.facts.tables = [table for table in self.facts.tables if table.table_no != no]
                del self.readings[no]
                reason = said("table.unit_at_odds", unit=reading.unit, others=common)
                self._unreadable(self.parts.tables[no], reason)

    def _guarded(self, group: TableGroup, common: str) -> None:
        try:
            with part_bounds():
                self._table(group, common)
        except BudgetDataError:
            raise
        except Exception as error:
            part = said("build.part.table", no=group.form.no)
            self._unreadable(group, fault(part, error), "fault")

    def _unrecognised(self, form: Form, above_unread: tuple[Paragraph, Said] | None) -> None:
        if above_unread is not None:
            title, reason = above_unread
            self.facts.tables.append(TableFact(form.no, title.text, "", "unreadable", reason, title.place))
            return
        fact = unrecognised(form, self.lines, self.parts.left_out, self.raw, self._listed)
        none = fact.reason is not None and fact.reason.code == TITLE_UNREAD
        below = said_below(form, self.lines, self.raw) if none else None
        if below is not None:
            reason = said("table.said_empty", text=below.shown, at=below.place.told)
            fact = replace(fact, status="empty_stated", reason=reason)
        self.facts.tables.append(fact)
        if fact.reason is not None and fact.reason.code in TOLD:
            message = said("table.not_seen", no=form.no, title=form.title, why=fact.reason)
            self.facts.problems.append(Problem("unread", "table", message, fact.place, form.no))

    def _table(self, group: TableGroup, common: str) -> None:
        no, units = group.form.no, group.every_unit
        unit = group.unit or (common if not units else "")
        refused = _rivalled(group) or _unit_refused(units, unit, group.unsure)
        if refused is not None:
            return self._unreadable(group, refused)
        reading = read_table(group.form, group.fragments, unit, self.names, self.facts.year)
        if self.facts.source_kind == RECOGNISED:
            reading.unreadable = reading.unreadable or unproved(reading)
        reading.lacks += lost_parts(self.raw, group, self.forms)
        reading.unproved = lambda: self._unproved(group)
        top = max(_amounts_of(reading), default=0)
        refused = reading.unreadable or self._refused(group, reading, top, unit)
        if refused is not None:
            return self._unreadable(group, refused)
        if group.unit:
            self.largest = max(self.largest, top)
            self.amounts |= _amounts_of(reading)
        elif reading.amounts:
            code = "table.unit_beside" if group.unsure else "table.unit_of_others"
            message = said(code, no=no, title=self.forms[no].title, unit=unit)
            self.facts.problems.append(Problem("note", "unit", message, group.place, no))
        self.names |= _units_listed(reading)
        self.readings[no] = reading
        self.facts.problems += reading.problems
        self.facts.tables.append(replace(self._fact(group, reading), layout=reading.form.id))
        return None

    def _unproved(self, group: TableGroup) -> list[Lack]:
        """Where rows may be lacking though nothing says so."""
        return [*unproved_pages(self.raw, group), *goes_on_unread(self.raw, group, self.parts.left_out, self.forms)]

    def _refused(self, group: TableGroup, reading: TableReading, top: int, unit: str) -> Said | None:
        if group.cut and not reading.amounts:
            return said("table.cut")
        first = group.place.page or 0
        behind = [lack for lack in reading.lacks if lack.at_end or (lack.page is not None and lack.page >= first)]
        if behind and not reading.amounts and not _says_empty(group, reading):
            return behind[0].reason  # its rows may stand on what is lacking: nothing says that it is empty
        if group.unit or not reading.amounts:
            return None
        if not self.largest or top > self.largest + self.largest // 100:
            return said("table.unit_too_large", unit=unit)
        return None if top in self.amounts or not top else said("table.unit_unproved", unit=unit)

    def _unreadable(self, group: TableGroup, reason: Said, subject: str = "table") -> None:
        form = group.form
        self.facts.tables.append(TableFact(form.no, group.title, group.unit, "unreadable", reason, group.place))
        message = reason if subject == "fault" else said("table.unread", no=form.no, title=form.title, why=reason)
        self.facts.problems.append(Problem("unread", subject, message, group.place, form.no))

    def _fact(self, group: TableGroup, reading: TableReading) -> TableFact:
        """The state of a table that was read: 'partial' where a page, row or cell of it may not have been."""
        form = group.form
        remarks = [*group.remarks, *reading.notes]
        stated = _says_empty(group, reading)
        lacks = [lack.reason for lack in reading.lacks] if reading.amounts else []
        broken = sum(len(r.broken) + len(r.strange) for rows in reading.sides.values() for r in rows if not r.cut)
        alone = len(rows_alone(form, reading.sides))
        missed = [*lacks, *_counted("table.unread_cells", broken), *_counted("table.rows_alone", alone)]
        unread = next((problem.message for problem in reading.problems if problem.severity == "unread"), None)
        missed += [unread] if unread is not None and not missed else []
        if lacks:
            message = said("table.partial", no=form.no, title=form.title, why=said("table.reasons", parts=lacks))
            self.facts.problems.append(Problem("unread", "table", message, group.place, form.no))
        status = "partial" if missed else "data" if reading.amounts else "empty_stated" if stated else "empty"
        reasons = [*missed, *reading.placed_by, *(said("table.printed", text=text) for text in remarks)]
        if status == "empty" and (told := self._said_empty(group, reading)):
            status, reasons = "empty_stated", [*reasons, told]
        reason = None if not reasons else reasons[0] if len(reasons) == 1 else said("table.reasons", parts=reasons)
        return TableFact(form.no, group.title, reading.unit, status, reason, group.place)

    def _said_empty(self, group: TableGroup, reading: TableReading) -> Said | None:
        """What the document says, apart from the table itself, of its being empty."""
        return said_empty(reading.form, group.title, self.lines, self._listed())

    def _listed(self) -> list[Listed]:
        """The tables that the document's own list marks as empty, looked for once."""
        if self._marked is None:
            self._marked = listed_empty(self.raw.blocks)
        return self._marked


def _says_empty(group: TableGroup, reading: TableReading) -> bool:
    """Whether a remark above, below or within a table says that it is empty."""
    return empty_is_stated(replace(group, remarks=[*group.remarks, *reading.notes]))


def _units_listed(reading: TableReading) -> set[str]:
    """The keys of the units that a table lists, where it is a list of units."""
    form = reading.form
    listing = {side.name for side in form.sides if side.hierarchy == UNIT or side.flat_sum}
    return {key(row.label) for name in listing for row in reading.sides.get(name, ()) if row.level} - {""}


def _amounts_of(reading: TableReading) -> set[int]:
    """The different amounts of a table in fen."""
    return {a.fen for rows in reading.sides.values() for row in rows for a in row.values.values()}


def _largest(reading: TableReading) -> set[int]:
    """The largest amount of each column of a table in fen, without zeros."""
    found: dict[tuple[str, str], int] = {}
    for side, rows in reading.sides.items():
        for column, amount in ((column, amount) for row in rows for column, amount in row.values.items()):
            found[side, column] = max(found.get((side, column), 0), amount.fen)
    return set(found.values()) - {0}


def _counted(code: str, n: int) -> list[Said]:
    return [said(code, n=n)] if n else []


def _rivalled(group: TableGroup) -> Said | None:
    return None if group.rival is None else said("table.rival", at=group.place.told, other=group.rival.told)


def _unit_refused(units: list[str], unit: str, unsure: str) -> Said | None:
    unknown = next((name for name in units if not is_known(name)), None)
    if unknown is not None:
        return said("table.unit_unknown", unit=unknown)
    if len(units) > 1:
        return said("table.units_differ", units=units)
    if unsure and unit != unsure:
        return said("table.unit_between", unit=unsure)
    return None if unit else said("table.no_unit")


def report_left_out(facts: DocumentFacts, parts: Outline) -> None:
    """Tell what stands among the tables and belongs to none that is known, and what is printed more than once."""
    _report_unknown(facts, parts)
    for group in parts.tables.values():
        form = group.form
        for paragraph in group.between:
            message = said("table.between", no=form.no, title=form.title, text=paragraph.text[:60])
            facts.problems.append(Problem("note", "row", message, paragraph.place, form.no, paragraph.text))
        for place in group.twice:
            message = said("table.twice", no=form.no, title=form.title)
            facts.problems.append(Problem("note", "table", message, place, form.no))
    for group in parts.again:
        if (held := parts.tables.get(group.form.no)) is not None and held.rival is not None:
            continue  # told at the table: neither is certain
        message = said("table.again", no=group.form.no, title=group.form.title)
        facts.problems.append(Problem("unread", "table", message, group.place, group.form.no))


def _report_unknown(facts: DocumentFacts, parts: Outline) -> None:
    """Tell what stands among the tables and belongs to none that is known, or is of promises and could not be read."""
    unknown = [left for left in parts.left_out if left.amounts]
    if len(unknown) == 1:
        left = unknown[0]
        message = said("table.unknown_run", n=left.rows, amounts=left.amounts, title=left.named, last=str(left.last))
        facts.problems.append(Problem("unread", "table", message, left.first))
    elif unknown:
        message = said(
            "table.unknown_runs", runs=len(unknown), n=sum(left.rows for left in unknown),
            amounts=sum(left.amounts for left in unknown), titles=some(left.named for left in unknown),
        )  # fmt: skip
        facts.problems.append(Problem("unread", "table", message, unknown[0].first))
    promised = [left for left in parts.left_out if not left.amounts and left.is_illegible and is_title(left.title)]
    if promised:
        message = said("table.promises_illegible", n=len(promised), titles=some(left.title for left in promised))
        facts.problems.append(Problem("unread", "sheet", message, promised[0].first))
    unread = [left for left in parts.left_out if left.is_illegible and not left.amounts and left not in promised]
    if unread:
        message = said("table.illegible", n=len(unread), titles=some(left.named for left in unread))
        facts.problems.append(Problem("unread", "table", message, unread[0].first))
    for left in parts.left_out:
        if not left.amounts and left not in (*promised, *unread):
            message = said("table.left_out", title=left.named, n=left.rows, last=str(left.last))
            facts.problems.append(Problem("note", "appendix", message, left.first))
