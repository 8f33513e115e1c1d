"""The money of a whole-department sheet: its total of the year, where the parts printed beside it make it up."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetdata.base.money import parse_amount, tolerance_fen
from budgetdata.base.text import key
from budgetdata.sheets.cells import Line
from budgetdata.sheets.labels import label_of, plain, unit_line

_SUM_ROW = {"金额合计", "合计", "总计"}
_TOTAL_HEAD = {"预算支出总额", "支出总额", "预算总额", "部门预算总额", "年度资金总额", "总额"}
_PART_HEADS = {"财政拨款", "其他资金", "财政资金", "单位资金"}


@dataclass(slots=True)
class WholeFunds:
    """What the lines read so far say: the columns of the total and of its parts, the unit, the total once it is proved."""

    unit: str = ""
    total_col: int | None = None
    part_cols: list[int] = field(default_factory=list)
    fen: int | None = None

    def read(self, line: Line) -> None:
        """Read a line of the part of a sheet that tells the department's money."""
        for cell in line.cells:
            label = label_of(cell.text)
            self.unit = (label.unit if label else unit_line(cell.text)) or _unit_in(cell.text) or self.unit
        heads = [cell for cell in line.cells if plain(cell.text) in _TOTAL_HEAD]
        parts = [cell.col for cell in line.cells if plain(cell.text) in _PART_HEADS]
        if heads and parts:
            self.total_col, self.part_cols = heads[0].col, parts
        elif self.fen is None and self.total_col is not None:
            self._amounts(line)

    def _amounts(self, line: Line) -> None:
        """Take the total of a row of amounts, or of the row of sums, where its parts make it up."""
        if not self.unit or not line.cells:
            return
        printed = {cell.col: parse_amount(cell.text, self.unit) for cell in line.cells}
        if key(line.cells[0].text) not in _SUM_ROW and None in printed.values():
            return
        total = printed.get(self.total_col if self.total_col is not None else -1)
        parts = [amount for column in self.part_cols if (amount := printed.get(column)) is not None]
        if total is None or not parts:
            return
        if abs(total.fen - sum(part.fen for part in parts)) <= tolerance_fen([total, *parts], self.unit):
            self.fen = total.fen


def _unit_in(text: str) -> str:
    """The unit in the brackets of a head that is no label (预算金额（万元）)."""
    folded = key(text)
    return next((unit for unit in ("万元", "元") if folded.endswith(f"({unit})")), "")
