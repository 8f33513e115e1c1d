"""Indicators of a form that prints operator, value and unit in columns of their own: each row read by its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgetdata.base.facts import TargetFact
from budgetdata.base.said import Said, said
from budgetdata.sheets.cells import Line, one_line
from budgetdata.sheets.drafts import Noted
from budgetdata.sheets.heads import columns_of
from budgetdata.sheets.rows import target_of


@dataclass(slots=True)
class Listed:
    """The rows read so far: from the head of such columns on, every row of the form that prints an indicator in them."""

    columns: Mapping[str, int] = field(default_factory=dict)
    targets: list[TargetFact] = field(default_factory=list)
    doubts: list[Noted] = field(default_factory=list)
    labels: tuple[str, str] = ("", "")

    def reads(self, line: Line) -> bool:
        """Read a line. False where it is no row of such a list: what stands above its head, or below its rows."""
        texts = {cell.col: cell.text for cell in line.cells}
        columns = columns_of(texts)
        if columns is not None:
            self.columns = columns
            return True
        parts = {part: texts.get(column, "") for part, column in self.columns.items()}
        if not parts.get("indicator") or not parts.get("value"):
            return False
        if parts.get("category"):
            self.labels = (parts.get("dimension") or self.labels[0], parts["category"])
        target = target_of(parts, self.labels if "category" in parts else ("", ""), line.place)
        if isinstance(target, Said):
            printed = [one_line(parts[part]) for part in ("indicator", "value")]
            self.doubts.append((line.place, said("sheets.target_unclear", texts=printed)))
        elif target is not None:
            self.targets.append(target)
        return True
