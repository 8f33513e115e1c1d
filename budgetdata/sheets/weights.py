"""Columns of a sheet's lists that hold no target: weights (分值) and explanations, which nobody keeps, and remarks; known by
their heads, or under a head that is not known, beside that of the targets (it is told)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetdata.sheets.cells import Cell, Line

_WEIGHT = re.compile(r"\d{1,3}(?:\.\d)?%?")
_LEFT = ("weight", "unkept")
_WITH_WEIGHT = 3
"""Texts of a row of one list that prints indicator, value and weight."""


@dataclass(slots=True)
class Beside:
    """The columns of each fragment by what they hold. widths: how wide the fragments are whose columns are known."""

    weights: dict[int, set[int]] = field(default_factory=dict)
    remarks: dict[int, set[int]] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    unclear: set[int] = field(default_factory=set)
    """The fragments whose head names no column of targets, but two or more that are not known behind the indicators."""

    def read_header(self, line: Line) -> None:
        """Read the columns of a fragment from its head."""
        columns = [(cell, cell.label.name) for cell in line.of("column") if cell.label]
        named = {name for _, name in columns}
        unknown = {cell.col for cell in line.cells if cell.label is None}
        names = [cell.col for cell, name in columns if name == "indicator"]
        if "target" not in named:
            if names and sum(col > max(names) for col in unknown) > 1:
                self.unclear.add(line.fragment)
            unknown = set()
        self.weights[line.fragment] = {cell.col for cell, name in columns if name in _LEFT} | unknown
        self.remarks[line.fragment] = {cell.col for cell, name in columns if name == "remark"}
        self.widths[line.fragment] = line.width

    def inherit(self, before: int, line: Line) -> None:
        """A fragment without a head that is as wide as the one before has the same columns."""
        here = line.fragment
        if here in self.weights or self.widths.get(before) != line.width:
            return
        self.widths[here] = line.width
        self.unclear |= {here} if before in self.unclear else set()
        for columns in (self.weights, self.remarks):
            if before in columns:
                columns[here] = columns[before]

    def without_weights(self, cells: Sequence[Cell], line: Line, one_list: bool) -> list[Cell]:
        """The cells without the weight: by its column, or behind indicator and value where the fragment prints no head."""
        weights = self.weights.get(line.fragment)
        if weights is not None:
            return [cell for cell in cells if cell.label or cell.col not in weights]
        texts = [cell for cell in cells if cell.label is None]
        weighed = one_list and any(self.weights.values()) and len(texts) == _WITH_WEIGHT
        last = texts[-1] if weighed else None
        return [cell for cell in cells if cell is not last or not _WEIGHT.fullmatch(cell.text.strip())]

    def remarks_in(self, cells: Sequence[Cell], line: Line) -> list[Cell]:
        """The cells that hold neither indicator nor value (备注, 度量单位)."""
        return [cell for cell in cells if cell.col in self.remarks.get(line.fragment, ()) and not cell.label]
