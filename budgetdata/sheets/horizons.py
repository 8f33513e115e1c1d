"""Of which horizon the lists of a performance sheet are: the whole term, the year, or both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.base.facts import ANNUAL, TERM, TargetFact
from budgetdata.base.said import said
from budgetdata.base.text import key
from budgetdata.sheets.cells import Cell, Line, one_line
from budgetdata.sheets.drafts import Noted
from budgetdata.sheets.head import Head

_TERM = re.compile(r"\D{0,10}(?:实施期|实施周期|项目期|中长期|中期|长期|周期|规划期)\D{0,10}")


def horizons_of(head: Head, line: Line) -> tuple[str, ...]:
    """Which lists a sheet prints: both where a row says so twice, else the one horizon its form or its head names.

    Where neither names one: the whole term where the head states its money or goal, else the year, which is then assumed.
    """
    columns = [cell.label for cell in line.of("column") if cell.label]
    names = [label.name for label in columns]
    if any(names.count(name) > 1 for name in ("category", "indicator")) or len(line.of("category")) > 1:
        return (ANNUAL, TERM) if head.year_first else (TERM, ANNUAL)
    stated = [label.horizon for label in columns if label.horizon]
    stated += [cell.label.horizon for cell in line.of("block") if cell.label and cell.label.horizon]
    own = stated[0] if stated else head.list_horizon
    if own:
        head.year_assumed = own == ANNUAL and not stated and not head.block_horizon and head.goals_unknown
        return (own,)
    if TERM in head.horizons and head.sheet.scope != "department":
        return (TERM,)
    head.year_assumed = True
    return (ANNUAL,)


def of_known_horizon(
    head: Head, targets: list[TargetFact], unread: Sequence[tuple[Line, list[Cell]]], doubts: list[Noted]
) -> list[TargetFact]:
    """The targets; none, and a doubt, where the year was assumed and a label that no declaration knows speaks of a term."""
    if not head.year_assumed or not targets:
        return targets
    cells = (cell for _, found in unread for cell in found)
    term = next((one_line(cell.text) for cell in cells if _TERM.fullmatch(key(cell.text))), None)
    if term is None:
        return targets
    doubts.append((head.sheet.place, said("sheets.horizon_unknown", n=len(targets), text=term)))
    return []
