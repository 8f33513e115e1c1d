"""The funds block of a performance sheet: amounts by horizon (whole term, year) and source, placed by their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from budgetdata.base.facts import ANNUAL, SOURCES, TERM
from budgetdata.base.money import Amount, is_blank, parse_amount
from budgetdata.base.said import Said, said
from budgetdata.sheets.cells import Cell, Line

_ORDER = ("total", *SOURCES)
_HORIZONS = (TERM, ANNUAL)
Key = tuple[str, str]


@dataclass(slots=True)
class Funds:
    """The amounts read so far. amounts maps (horizon, 'total' or a source) to fen; blank stays absent, a printed 0 is 0.

    fiscal holds 财政拨款 of forms that do not say which level pays, carried 上年结转资金; notes says what is odd.
    """

    amounts: dict[Key, int] = field(default_factory=dict)
    fiscal: dict[str, int] = field(default_factory=dict)
    carried: dict[str, int] = field(default_factory=dict)
    notes: list[Said] = field(default_factory=list)
    label_cols: dict[str, int] = field(default_factory=dict)
    value_cols: dict[str, int] = field(default_factory=dict)
    last_term_source: str = ""

    def read(self, line: Line, unit: str) -> list[Cell]:
        """Read a line of the block in `unit`. Returns the cells that could not be placed or are no amount."""
        line = _without_heads(line)
        labels = line.of("fund")
        horizons = {id(cell): self._horizon(cell, labels) for cell in labels}
        current = self._of_remnant(line, labels)
        anchor: Cell | None = None
        unexplained: list[Cell] = []
        for cell in line.cells:
            if cell.label is None:
                at = current or self._of_lost_label(cell, anchor, labels)
                if at is None or not self._store(at, cell.text, unit):
                    unexplained.append(cell)
                elif anchor is not None and current is not None and current[1] == "total":
                    self.value_cols[current[0]] = cell.col
                current = None
            elif cell.label.kind == "fund":
                horizon = horizons[id(cell)]
                current, anchor = ((horizon, cell.label.name), cell) if horizon else (None, None)
                if cell.label.name == "total" and horizon:
                    self.label_cols[horizon] = cell.col
                if horizon == TERM:
                    self.last_term_source = cell.label.name
            elif cell.label.kind not in ("block", "remnant"):
                unexplained.append(cell)
        return unexplained

    def close(self) -> None:
        """Compare the printed sources with the printed totals and note what differs; nothing is corrected."""
        for horizon in _HORIZONS:
            name = said(f"sheets.horizon.{horizon}")
            parts = [self.amounts[horizon, source] for source in SOURCES if (horizon, source) in self.amounts]
            if horizon in self.fiscal:
                parts.append(self.fiscal[horizon])
                self.notes.append(said("sheets.fiscal_unsplit", horizon=name, fen=self.fiscal[horizon]))
            parts += [self.carried[horizon]] if horizon in self.carried else []
            total = self.amounts.get((horizon, "total"))
            if parts and total is None:
                self.notes.append(said("sheets.no_total", horizon=name))
            elif parts and total != sum(parts):
                self.notes.append(said("sheets.sources_differ", horizon=name, added=sum(parts), total=total))

    def _horizon(self, cell: Cell, labels: list[Cell]) -> str:
        """The horizon a label speaks of: its own words, its place among two, else the nearer of the totals' labels, else that of
        the only total in its row."""
        if cell.label and cell.label.horizon:
            return cell.label.horizon
        if not self.label_cols:
            beside = {other.label.horizon for other in labels if other.label and other.label.name == "total"}
            return next(iter(beside)) if len(beside) == 1 else ""
        if len(self.label_cols) < 2:
            return next(iter(self.label_cols))
        if len(labels) == 2:
            left, right = sorted(self.label_cols, key=lambda horizon: self.label_cols[horizon])
            return left if cell is labels[0] else right
        distance = {horizon: abs(cell.col - col) for horizon, col in self.label_cols.items()}
        if len(labels) > 2 or distance[TERM] == distance[ANNUAL]:
            return ""
        return min(distance, key=lambda horizon: distance[horizon])

    def _of_remnant(self, line: Line, labels: list[Cell]) -> Key | None:
        """What a value behind a label's remnant (金) belongs to: the source named on the right of the same row.

        Only where that source is the next one in the form's printed order, so that the row can be nothing else.
        """
        first = line.cells[0].label
        if first is None or first.kind != "remnant" or len(labels) != 1 or labels[0].label is None:
            return None
        if self.label_cols.get(ANNUAL, 0) < self.label_cols.get(TERM, 0):
            return None
        source = labels[0].label.name
        if source not in _ORDER or self.last_term_source not in _ORDER:
            return None
        if _ORDER.index(source) != _ORDER.index(self.last_term_source) + 1:
            return None
        self.last_term_source = source
        return (TERM, source)

    def _of_lost_label(self, cell: Cell, anchor: Cell | None, labels: list[Cell]) -> Key | None:
        """The annual source of a value whose own label is lost, where it stands as far from the left label as it should."""
        if anchor is None or anchor.label is None or len(labels) != 1 or not {TERM, ANNUAL} <= set(self.value_cols):
            return None
        if cell.col - anchor.col != self.value_cols[ANNUAL] - self.label_cols[TERM]:
            return None
        self.notes.append(said("sheets.source_by_column", amount=cell.text))
        return (ANNUAL, anchor.label.name)

    def _store(self, at: Key, text: str, unit: str) -> bool:
        if is_blank(text):
            return True
        amount = _amount(text, unit)
        if amount is None or at in self.amounts:
            return False
        if at[1] == "carryover":
            self.carried[at[0]] = amount.fen
        elif at[1] == "fiscal":
            self.fiscal[at[0]] = amount.fen
        else:
            self.amounts[at] = amount.fen
        return True


_OWN_UNIT = re.compile(r"(.*?)\s*(万元|千元|亿元|元)", re.DOTALL)


def _amount(text: str, unit: str) -> Amount | None:
    """An amount in the form's unit, or in the one that is printed behind it."""
    own = _OWN_UNIT.fullmatch(text.strip())
    if own is not None:
        return parse_amount(own.group(1), own.group(2))
    return parse_amount(text, unit) if unit else None


def _without_heads(line: Line) -> Line:
    """A line without totals that name no horizon and head other labels (资金总额 before 年度资金总额): heads of the block."""
    cells = [
        cell
        for cell, following in zip(line.cells, [*line.cells[1:], None], strict=True)
        if not (cell.label and cell.label.bare and (following is None or following.label is not None))
    ]
    return replace(line, cells=cells)
