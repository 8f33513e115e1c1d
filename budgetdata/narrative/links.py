"""Every number of the narrative with what it is linked to: a cell, a blank cell, a project, sheets, another number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from budgetdata.base.facts import NOWHERE, FigureFact, LinkFact, StatementFact, figure_key
from budgetdata.base.said import Said, said
from budgetdata.base.text import squeeze, strip_markup
from budgetdata.narrative.counterparts import Counterparts
from budgetdata.narrative.counts import first_count, limit_label
from budgetdata.narrative.figures import BLANK, FOUND, NO_ROW, Cell, figure_said
from budgetdata.narrative.mentions import UNKNOWN_WHOLE, Mention
from budgetdata.narrative.names import subject_said
from budgetdata.narrative.rebuilt import Comparison, half
from budgetdata.narrative.told import Told
from budgetdata.narrative.unlinked import ALONE, NO_DATA, NO_SUCH_ROW, NOT_READ, TABLE_UNREAD
from budgetdata.sentences.declared import OTHER, declared

FIGURE, BLANK_CELL, SUM, DERIVED = "figure", "blank_cell", "sum", "derived"
PROJECT, SHEET, STATEMENT, NONE = "project", "sheet", "statement", "none"
KINDS = (FIGURE, BLANK_CELL, SUM, DERIVED, PROJECT, SHEET, STATEMENT, NONE)
"""Every kind of link; the first five that follow from tables and sheets, STATEMENT from another number of the text."""

WITHOUT_NUMBER = ("reason", "about_unchanged")
"""Kinds of statements that print no number."""

EMPTY = ("empty", "empty_stated")
LAST_YEAR = said("narrative.link.last_year")


class Linker:
    """Links the numbers of one document; `rebuilt` maps the place of a comparison's change to its rebuilt statements."""

    def __init__(self, told: Told, rebuilt: dict[int, int]) -> None:
        self._facts, self._found, self._rebuilt = told.facts, told.stated, rebuilt
        self._number = {id(mention): index for index, mention in enumerate(told.stated)}
        self._near = Counterparts(told)
        self._told: dict[int, Comparison] = {}
        for comparison in told.comparisons:
            for mention in (comparison.change, comparison.rate):
                if mention is not None:
                    self._told[id(mention)] = comparison

    def links(self) -> Iterator[LinkFact]:
        """The links of every number in printed order; each number has at least one, be it `none` with the reason."""
        ways: dict[str, Callable[[Mention], list[LinkFact]]] = {
            "amount": self._amount, "share": self._share, "change": self._change, "rate": self._change,
            "last_year": self._last_year, "threshold": self._threshold, "count": self._count, "area": self._alone,
        }  # fmt: skip
        for mention in self._found:
            if mention.kind not in WITHOUT_NUMBER:
                way = self._reason_part if mention.kind.startswith("reason_") else ways.get(mention.kind, self._alone)
                yield from way(mention)

    # what a link looks like

    def _of(self, mention: Mention) -> int:
        return self._number[id(mention)]

    def _to_cell(self, mention: Mention, cell: Cell, link: str, role: str, reason: Said, agrees: str = "") -> LinkFact:
        row, column = cell.row, cell.link.rsplit(".", 1)[-1]
        place = cell.figure.place if cell.figure is not None else row.place if row is not None else NOWHERE
        return LinkFact(
            self._of(mention), link, role, agrees, reason, figure=cell.key, table_no=cell.table_no,
            row_no=row.row_no if row is not None else None, column=column,
            label=_label(row.label) if row is not None else "", at=place,
        )  # fmt: skip

    def _to_figure(self, mention: Mention, figure: FigureFact, role: str, reason: Said) -> LinkFact:
        key = figure_key(figure.table_no, figure.side, figure.row_no, figure.column)
        return LinkFact(
            self._of(mention), FIGURE, role, "same", reason, figure=key, table_no=figure.table_no, row_no=figure.row_no,
            column=figure.column, label=_label(figure.label), at=figure.place,
        )  # fmt: skip

    def _to_project(self, mention: Mention, index: int, role: str, reason: Said, agrees: str = "") -> LinkFact:
        project = self._facts.projects[index]
        table_no = 12 if project.stage == "current" else 13
        return LinkFact(
            self._of(mention), PROJECT, role, agrees, reason, table_no=table_no, row_no=project.row_no, column="total",
            label=_label(project.name), project=index, at=project.place,
        )  # fmt: skip

    def _to_sheets(
        self, mention: Mention, sheets: Sequence[int], role: str, reason: Said, agrees: str
    ) -> list[LinkFact]:
        found = [(index, self._facts.sheets[index]) for index in sheets]
        return [
            LinkFact(
                self._of(mention), SHEET, role, agrees, reason, label=_label(sheet.project_name), sheet=index, at=sheet.place
            )
            for index, sheet in found
        ]  # fmt: skip

    def _to_number(
        self, mention: Mention, other: Mention, role: str, reason: Said, link: str = STATEMENT, agrees: str = ""
    ) -> LinkFact:
        return LinkFact(
            self._of(mention), link, role, agrees, reason, label=subject_said(other.subject), other=self._of(other),
            at=other.place,
        )  # fmt: skip

    def _none(self, mention: Mention, reason: Said) -> list[LinkFact]:
        return [LinkFact(self._of(mention), NONE, reason=reason)]

    # the kinds of numbers

    def _amount(self, mention: Mention) -> list[LinkFact]:
        cell = mention.cell
        if cell is not None and cell.state == FOUND and cell.wan is not None:
            links = [
                self._to_cell(
                    mention,
                    cell,
                    FIGURE,
                    "same",
                    said("narrative.link.cell", cell=cell.said),
                    _agrees(mention, cell.wan),
                )
            ]
            if mention.subject == "department_goal":
                links += self._department_sheet(mention)
            return links
        if cell is not None and cell.state == BLANK:
            agrees = "differs" if mention.value else "same"
            return [self._to_cell(mention, cell, BLANK_CELL, "same", said("narrative.link.blank"), agrees)]
        status = self._near.status.get(cell.table_no, "missing") if cell is not None else ""
        if cell is not None and cell.state == NO_ROW and (status in EMPTY or not mention.value):
            why = said(NO_DATA if status in EMPTY else NO_SUCH_ROW, table=cell.table_no)
            return [self._to_cell(mention, cell, BLANK_CELL, "same", why, "differs" if mention.value else "same")]
        found = self._elsewhere(mention)
        if found:
            return found
        if cell is None:
            return self._none(mention, NOT_READ if mention.subject == OTHER else ALONE)
        return self._none(mention, said(NO_SUCH_ROW if cell.state == NO_ROW else TABLE_UNREAD, table=cell.table_no))

    def _elsewhere(self, mention: Mention) -> list[LinkFact]:
        """What an amount without a cell of its own speaks of: sheets, a sum, its total or parts, a row by name, a repeat."""
        if mention.subject == "projects_published" and (added := self._near.annual(self._near.sheets)) is not None:
            why = said("narrative.link.sheets_added", sheets=len(self._near.sheets))
            return self._to_sheets(mention, self._near.sheets, "addend", why, _agrees(mention, added))
        cells = self._near.summed(mention)
        if cells:
            why = said("narrative.link.sum_of", cells=[cell.said for cell in cells])
            return [self._to_cell(mention, cell, SUM, "addend", why, "same") for cell in cells]
        corrected = self._corrected(mention)
        if corrected:
            return corrected
        parts, whole = self._near.parts_of(mention), self._near.whole_of(mention)
        if parts:
            return [self._to_number(mention, part, "addend", said("narrative.link.part")) for part in parts]
        if whole is not None:
            return [self._to_number(mention, whole, "whole", said("narrative.link.whole"))]
        named = self._by_name(mention)
        return named or self._repeated(mention)

    def _department_sheet(self, mention: Mention) -> list[LinkFact]:
        added = self._near.annual(self._near.whole_sheets)
        if added is None:
            return []
        return self._to_sheets(
            mention, self._near.whole_sheets, "same", said("narrative.link.department_sheet"), _agrees(mention, added)
        )

    def _corrected(self, mention: Mention) -> list[LinkFact]:
        """A stated correction: what was moved, and what it became, against the printed figure it corrects."""
        subject = {"basic_adjusted": "basic", "project_adjusted": "project", "adjustment": "basic"}.get(
            mention.subject, ""
        )
        base = next(
            (m for m in self._found if subject and m.kind == "amount" and m.subject == subject and m.links), None
        )
        if base is None:
            return []
        others = {"adjustment": ("basic_adjusted",)}.get(mention.subject, ("adjustment",))
        more = [m for m in self._found if m.subject in others][:1]
        if not more:
            return []
        why = said("narrative.link.corrected", cell=base.cells[0].said)
        return [
            self._to_cell(mention, base.cells[0], DERIVED, "part", why),
            *(self._to_number(mention, m, "part", why, DERIVED) for m in more),
        ]

    def _by_name(self, mention: Mention) -> list[LinkFact]:
        named = self._near.named(mention)
        if named is None:
            return []
        if named.project is not None:
            return [self._to_project(mention, named.project, "same", said("narrative.link.project_named"), "same")]
        figure = named.figure
        if figure is None:
            return []
        return [self._to_figure(mention, figure, "same", said("narrative.link.row_named", cell=figure_said(figure)))]

    def _repeated(self, mention: Mention) -> list[LinkFact]:
        """The same subject with the same number in another sentence."""
        same = (
            m for m in self._found
            if m is not mention and (m.subject, m.unit, m.value) == (mention.subject, mention.unit, mention.value)
            and m.place != mention.place and m.kind == mention.kind and m.subject != "other"
        )  # fmt: skip
        other = next(same, None)
        if other is None and mention.subject == "units_goal":
            other = next(
                (m for m in self._found if m.subject == "department_goal" and m.passage == mention.passage), None
            )
        return [self._to_number(mention, other, "same", said("narrative.link.repeated"))] if other is not None else []

    def _base(self, mention: Mention, other: Mention, role: str, why: Said) -> list[LinkFact]:
        """What an amount that another number is computed from stands for: its cell where there is one, else its sentence."""
        cell = other.cell
        if cell is not None and cell.state in (FOUND, BLANK):
            return [self._to_cell(mention, cell, DERIVED, role, why)]
        if other is mention:
            return []
        return [self._to_number(mention, other, role, why, DERIVED)]

    def _change(self, mention: Mention) -> list[LinkFact]:
        comparison = self._told.get(id(mention))
        now = comparison.now if comparison is not None else None
        base = self._base(mention, now or mention, "this_year", said("narrative.link.this_year"))
        if not base:
            return self._none(mention, said("narrative.link.no_this_year"))
        links = base
        if comparison is not None:
            first = self._rebuilt.get(id(comparison.told))
            if first is not None:
                links.append(
                    LinkFact(self._of(mention), DERIVED, "last_year", "", LAST_YEAR, label=LAST_YEAR, other=first,
                             at=comparison.told.place)
                )  # fmt: skip
            if mention is comparison.rate and comparison.change is not None:
                links.append(
                    self._to_number(mention, comparison.change, "change", said("narrative.link.same_sentence"), DERIVED)
                )
        return links

    def _last_year(self, mention: Mention) -> list[LinkFact]:
        near = [
            c for c in self._told.values() if c.told.passage == mention.passage and c.told.subject == mention.subject
        ]
        comparison = next((c for c in near if c.told.start > mention.start and c.now is not None), None)
        if comparison is None or comparison.now is None:
            return self._none(mention, said("narrative.link.only_last_year"))
        told = self._to_number(mention, comparison.told, "change", said("narrative.link.less_change"), DERIVED)
        return [*self._base(mention, comparison.now, "this_year", said("narrative.link.less_change")), told]

    def _share(self, mention: Mention) -> list[LinkFact]:
        if mention.whole == UNKNOWN_WHOLE:
            return self._none(mention, said("narrative.link.whole_unknown"))
        told = None if mention.cells else self._stated(mention, mention.subject)
        part = self._base(mention, told or mention, "part", said("narrative.link.share_part"))
        cell = mention.whole_cells[0] if mention.whole_cells else None
        if cell is not None and cell.state == FOUND:
            whole = [self._to_cell(mention, cell, DERIVED, "whole", said("narrative.link.share_whole"))]
        else:
            head = self._stated(mention, mention.whole or declared().share_of(mention.section_kind))
            whole = self._base(mention, head, "whole", said("narrative.link.share_whole")) if head is not None else []
        return [*part, *whole] if part and whole else self._none(mention, said("narrative.link.not_comparable"))

    def _stated(self, share: Mention, subject: str) -> Mention | None:
        """The amount of a subject stated last before a share, in its passage, else in its section."""
        told = [
            m for m in self._found
            if m.kind == "amount" and m.subject == subject and m.section == share.section
            and (m.passage, m.start) < (share.passage, share.start)
        ]  # fmt: skip
        return told[-1] if told else None

    def _threshold(self, mention: Mention) -> list[LinkFact]:
        after = self._found[self._of(mention) + 1 :]
        counted = next((m for m in after if m.kind == "count" and m.passage == mention.passage), None)
        if counted is None:
            return self._none(mention, ALONE)
        return [self._to_number(mention, counted, "bounds", said("narrative.link.equipment_limited"))]

    def _count(self, mention: Mention) -> list[LinkFact]:
        if mention.subject in ("projects_managed", "projects_first_level") and self._facts.projects:
            current = [i for i, p in enumerate(self._facts.projects) if p.stage == "current"]
            every = list(range(len(self._facts.projects)))
            counted = next((rows for rows in (current, every) if len(rows) == mention.value), current)
            agrees = "same" if len(counted) == mention.value else "differs"
            return [
                self._to_project(mention, i, "addend", said("narrative.link.projects", projects=len(counted)), agrees)
                for i in counted
            ]
        if mention.subject == "projects_published" and self._near.sheets:
            agrees = "same" if len(self._near.sheets) == mention.value else "differs"
            why = said("narrative.link.sheets", sheets=len(self._near.sheets))
            return self._to_sheets(mention, self._near.sheets, "addend", why, agrees)
        parts, whole = self._near.parts_of(mention), self._near.whole_of(mention)
        found = [self._to_number(mention, part, "addend", said("narrative.link.part")) for part in parts]
        found += [self._to_number(mention, whole, "whole", said("narrative.link.whole"))] if whole is not None else []
        for less, more in declared().limits():
            other = {less.id: more, more: less.id}.get(mention.subject, "")
            limit = first_count(self._found, other)
            label = limit_label(less.id, more)
            found += [self._to_number(mention, limit, "limit", label)] if limit is not None else []
        before = self._found[self._of(mention) - 1] if self._of(mention) else None
        if not found and before is not None and before.kind == "threshold" and before.passage == mention.passage:
            found.append(self._to_number(mention, before, "bounds", said("narrative.link.value_limit")))
        return found or self._alone(mention)

    def _reason_part(self, mention: Mention) -> list[LinkFact]:
        """A number inside a reason: the row or project it names with its amount, else the change that it explains."""
        named = self._by_name(mention) if mention.unit != "%" and mention.kind != "reason_count" else []
        if named:
            return named
        here = takewhile(lambda at: self._found[at].passage == mention.passage, range(self._of(mention) - 1, -1, -1))
        before = [self._found[at] for at in here][::-1]
        told = [m for m in before if m.kind == "change"] or [m for m in before if m.kind == "amount"]
        if not told:
            return self._none(mention, said("narrative.link.change_unknown"))
        same = told[-1].kind == "change" and (told[-1].subject, told[-1].value) == (mention.subject, mention.value)
        role, why = ("same", "change_before") if same else ("explains", "explains")
        return [self._to_number(mention, told[-1], role, said(f"narrative.link.{why}"))]

    def _alone(self, mention: Mention) -> list[LinkFact]:
        return self._repeated(mention) or self._none(mention, ALONE)


def _label(label: str) -> str:
    return squeeze(strip_markup(label))


def _agrees(mention: Mention, amount: Decimal) -> str:
    """Whether an amount says what its counterpart says: same, rounding (within its printed decimals) or differs."""
    gap = abs(mention.wan - amount)
    return "same" if not gap else "rounding" if gap <= half(mention.decimals) else "differs"


def unread_links(numbers: Sequence[StatementFact]) -> list[LinkFact]:
    """Numbers that no statement was read from, listed with their sentence."""
    return [LinkFact(None, NONE, reason=NOT_READ, unread=number) for number in numbers]
