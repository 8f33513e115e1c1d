"""Counterparts of the narrative's numbers that no declared cell gives: sums of cells, names with equal amounts, sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetdata.base.facts import FigureFact
from budgetdata.base.money import UNITS
from budgetdata.base.text import key
from budgetdata.forms.canonical import plain_label
from budgetdata.narrative.counts import annual_of
from budgetdata.narrative.figures import FOUND, Cell
from budgetdata.narrative.mentions import Mention
from budgetdata.narrative.names import subject_zh
from budgetdata.narrative.sums import sum_groups
from budgetdata.narrative.told import Told
from budgetdata.sentences.declared import OTHER, declared

NAMED_TABLES = (6, 12, 13, 1, 4, 3, 5, 8, 11)
"""In which tables a row that a sentence names by its label is looked for, the most detailed first."""

PROJECT_TABLES = (12, 13)
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

    def __init__(self, told: Told) -> None:
        self._told, self.facts = told, told.facts
        self._groups = [(whole, parts) for rule in declared().sums for whole, parts in sum_groups(rule, told.stated)]
        self.sheets = [index for index, sheet in enumerate(self.facts.sheets) if sheet.scope == "project"]
        self.whole_sheets = [index for index, sheet in enumerate(self.facts.sheets) if sheet.scope == "department"]
        self.status = {table.table_no: table.status for table in self.facts.tables}
        self._projects = [(index, key(project.name), project) for index, project in enumerate(self.facts.projects)]
        self._rows: dict[int, list[tuple[str, FigureFact]]] = {}
        for figure in self.facts.figures:
            if figure.level and figure.table_no in NAMED_TABLES and figure.table_no not in PROJECT_TABLES:
                self._rows.setdefault(figure.fen, []).append((key(plain_label(figure.label)), figure))

    def cells(self, links: Sequence[str]) -> list[Cell]:
        """The printed cells among some links."""
        return [cell for cell in self._told.figures.cells(links) if cell.state == FOUND]

    def summed(self, mention: Mention) -> list[Cell]:
        """The cells whose sum an amount is, [] where they make another amount."""
        entry = declared().subjects.get(mention.subject)
        cells = self.cells(entry.sum_of) if entry is not None else []
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
        return annual_of([self.facts.sheets[index] for index in sheets])

    def named(self, mention: Mention) -> Named | None:
        """The row or project with the same amount that the clause before an amount names; the longest name is meant."""
        fen = abs(mention.wan) * UNITS["万元"]
        clause = key(_CLAUSE.split(self._told.passages[mention.passage].flat[: mention.start])[-1])
        hits = [*self._named_projects(fen, clause), *self._named_rows(fen, clause, mention.subject)] if fen else []
        return max(hits, key=lambda hit: hit[:2])[2] if hits else None

    def _named_projects(self, fen: Decimal, clause: str) -> Iterator[tuple[int, int, Named]]:
        """The projects with an amount whose name stands in a clause: (length of the name, rank of the table, which)."""
        for index, name, project in self._projects:
            if project.funds.get("total") == fen and len(name) >= SHORTEST_NAME and name in clause:
                yield len(name), -NAMED_TABLES.index(PROJECT_TABLES[0]), Named(None, index)

    def _named_rows(self, fen: Decimal, clause: str, subject: str) -> Iterator[tuple[int, int, Named]]:
        """The rows with an amount whose label, with or without its last words, stands in a clause or is the subject's name."""
        known = key(subject_zh(subject)) if subject in declared().subjects and subject != OTHER else ""
        for name, figure in self._rows.get(int(fen), []) if fen == int(fen) else []:
            bare = _TAILS.sub("", name) if len(_TAILS.sub("", name)) >= SHORTEST_NAME else name
            if len(name) >= SHORTEST_NAME and (name in clause or bare in clause or name == known):
                yield len(name), -NAMED_TABLES.index(figure.table_no), Named(figure, None)
