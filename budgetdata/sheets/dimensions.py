"""The dimension (一级指标) of a target: that of its category; of cost the one that is printed above it, as forms differ in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetdata.base.facts import COST, DIMENSIONS
from budgetdata.sheets.cells import Cell, Line, without_leading
from budgetdata.sheets.labels import Label, is_sub_cost, label_of, plain

_OF_COST = (COST, DIMENSIONS[COST])
"""Where forms print cost: as a dimension of its own, or among what is put out."""


def dimension_of(category: str, raw: str, printed: str) -> str:
    """The dimension of a category. raw: its label as printed; printed: the dimension above it, '' where none is known.

    经济成本 and the like are the second level of forms that set cost apart; 成本指标 is one of 产出指标 in all others.
    """
    if category != COST:
        return DIMENSIONS[category]
    return printed if printed in _OF_COST else _OF_COST[0 if is_sub_cost(raw) else 1]


def dimension_named(text: str) -> str:
    """The dimension that a label of the first level stands for, '' where it is not known."""
    label = label_of(text)
    if label is not None and label.kind == "dimension":
        return label.name
    return (
        COST if label is not None and (label.kind, label.name) == ("category", COST) and not is_sub_cost(text) else ""
    )


def dimensions_in(leading: Sequence[Cell]) -> list[str]:
    """The dimensions whose labels a row prints at its start, those that were cut and healed too."""
    labels = [(cell.label, cell.text) for cell in leading if cell.label]
    named = [label.name if label.kind == "dimension" else dimension_named(text) for label, text in labels]
    return [name for name in named if name]


_LEVELS = {"dimension", "category", "indicator", "target"}


@dataclass(slots=True)
class FirstLevel:
    """The column that a form with one list heads 一级指标, with those of its other levels, by the width of the form's fragments.

    strange: the label printed there last is no dimension that we know; nor is what stands behind it, down to the next that is.
    """

    cols: dict[int, dict[str, int]] = field(default_factory=dict)
    strange: bool = False

    def read_header(self, line: Line) -> None:
        """Note the columns of a header row that names each level once."""
        named = [(cell.label.name, cell.col) for cell in line.of("column") if cell.label and cell.label.name in _LEVELS]
        levels = [name for name, _ in named if name != "target"]
        if dict(named).keys() == _LEVELS and len(levels) == len(set(levels)):
            self.cols[line.width] = dict(named)

    def reads(self, line: Line) -> bool:
        """Label the dimensions that these columns print without 指标. False for a row that opens with, or stands behind, a label
        of the first level that is none of the dimensions."""
        cols = self.cols.get(line.width)
        if cols is None:
            return True
        printed = {cell.col: cell for cell in line.cells}
        cell = printed.get(cols["dimension"])
        if cell is not None and cell.label is None and _is_words(cell.text):
            name = dimension_named(f"{plain(cell.text)}指标")
            cell.label = Label("dimension", name) if name else None
            self.strange = self.strange or (not name and cols["indicator"] in printed and cols["target"] in printed)
        self.strange = self.strange and not dimensions_in(without_leading(line)[0])
        return not self.strange


def _is_words(text: str) -> bool:
    """True where a text may be a label: words, more than one character of one set upright."""
    return len(plain(text)) > 1 and not any(sign.isdecimal() for sign in text)
