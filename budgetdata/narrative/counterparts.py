"""Counterparts of the narrative's numbers that no declared cell gives: sums of cells, names with equal amounts, sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetdata.base.facts import ANNUAL, DocumentFacts, FigureFact
from budgetdata.base.money import UNITS
from budgetdata.base.text import key
from budgetdata.forms.canonical import plain_label
from budgetdata.narrative.figures import FOUND, Cell, Figures
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import SUBJECT_ZH
from budgetdata.narrative.sums import SUMS, sum_groups

SUM_LINKS: dict[str, tuple[str, ...]] = {
    "income_fiscal": ("1.income.general.total", "1.income.fund.total", "1.income.capital.total"),
    "vehicles": ("10..vehicle_purchase.total", "10..vehicle_running.total"),
}
"""Amounts that no row of the tables gives and that are the sum of several cells."""

NAMED_TABLES = (6, 12, 13, 1, 4, 3, 5, 8, 11)
"""In which tables a row that a sentence names by its label is looked for, the most detailed first."""

SHORTEST_NAME = 3
_CLAUSE = re.compile(r"[,;。:]|其中|以及|(?:主要)?原因是")
_TAILS = re.compile(r"(?:支出|预算|费用?|为|安排)*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A row or project that the words before an amount name and that has the same amount."""

    figure: FigureFact | None
    project: int | None


class Counterparts:
    """What a document prints that a number may speak of without a declared cell."""

    def __init__(self, facts: DocumentFacts, found: Sequence[Mention], flats: Sequence[str]) -> None:
        self.facts, self.found, self._flats = facts, found, flats
        self._figures = Figures(facts)
        self._groups = [(whole, parts) for rule in SUMS for whole, parts in sum_groups(rule, found)]
        self.sheets = [index for index, sheet in enumerate(facts.sheets) if sheet.scope == "project"]
        self.whole_sheets = [index for index, sheet in enumerate(facts.sheets) if sheet.scope == "department"]
        self.status = {table.table_no: table.status for table in facts.tables}

    def cells(self, links: Sequence[str]) -> list[Cell]:
        """The printed cells among some links."""
        return [cell for cell in self._figures.cells(links) if cell.state == FOUND]

    def summed(self, mention: Mention) -> list[Cell]:
        """The cells whose sum an amount is, [] where they make another amount."""
        cells = self.cells(SUM_LINKS.get(mention.subject, ()))
        added = sum((cell.wan or Decimal(0) for cell in cells), Decimal(0))
        return cells if cells and added == mention.wan else []

    def whole_of(self, mention: Mention) -> Mention | None:
        """The stated total that a number is listed under as a part."""
        return next((whole for whole, parts in self._groups if any(part is mention for part in parts)), None)

    def parts_of(self, mention: Mention) -> list[Mention]:
        """The stated parts of a number."""
        return next((parts for whole, parts in self._groups if whole is mention), [])

    def annual(self, sheets: Sequence[int]) -> Decimal | None:
        """The annual money of some sheets in 万元, None where one of them states none."""
        funds = [self.facts.sheets[index].funds.get((ANNUAL, "total")) for index in sheets]
        known = [fen for fen in funds if fen is not None]
        return Decimal(sum(known)) / UNITS["万元"] if known and len(known) == len(funds) else None

    def named(self, mention: Mention) -> Named | None:
        """The row or project with the same amount that the clause before an amount names; the longest name is meant."""
        fen = abs(mention.wan) * UNITS["万元"]
        clause = key(_CLAUSE.split(self._flats[mention.passage][: mention.start])[-1])
        subject = key(SUBJECT_ZH.get(mention.subject, ""))
        if not fen:
            return None
        hits: list[tuple[int, int, Named]] = []
        for index, project in enumerate(self.facts.projects):
            name = key(project.name)
            if project.funds.get("total") == fen and len(name) >= SHORTEST_NAME and name in clause:
                hits.append((len(name), -NAMED_TABLES.index(12), Named(None, index)))
        for figure in self.facts.figures:
            name = key(plain_label(figure.label))
            if (
                figure.fen != fen
                or figure.level == 0
                or figure.table_no not in NAMED_TABLES
                or figure.table_no in (12, 13)
            ):
                continue
            bare = _TAILS.sub("", name) if len(_TAILS.sub("", name)) >= SHORTEST_NAME else name
            if len(name) >= SHORTEST_NAME and (name in clause or bare in clause or name == subject):
                hits.append((len(name), -NAMED_TABLES.index(figure.table_no), Named(figure, None)))
        return max(hits, key=lambda hit: hit[:2])[2] if hits else None
