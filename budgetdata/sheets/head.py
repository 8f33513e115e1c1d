"""The head of a performance sheet: names, funds, texts, goals, filing date. Names of staff are read by nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from budgetdata.base.facts import ANNUAL, TERM, TEXT_FIELDS, SheetFact
from budgetdata.base.money import is_blank, parse_amount
from budgetdata.base.said import said
from budgetdata.base.text import key, squeeze
from budgetdata.sheets.cells import Cell, Line, one_line, prose
from budgetdata.sheets.funds import Funds
from budgetdata.sheets.labels import Label, is_furniture, plain, unit_line
from budgetdata.sheets.quality import undoubled
from budgetdata.sheets.whole import WholeFunds

_CODE_AND_NAME = re.compile(r"\s*([\d０-９]{3,})\s*[-－—–_＿]\s*(.+)", re.DOTALL)
_FILED = re.compile(r"填[报表]日期:?([\d年月日/.-]*)")
_NO_DATE = re.compile(r"[^\d年月日/.-]")
_LIKE_GOAL = re.compile(r"[^,.;。；，、\d]{0,10}目标(?:[(].{1,20}[)])?:?")
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{4,}[，,。；;][\s\S]*[\u4e00-\u9fff]{4,}|[\u4e00-\u9fff]{4,}。")
TWO_IN_ONE = said("sheets.two_goals_in_one")


@dataclass(slots=True)
class Head:
    """A sheet's head while it is read, line by line."""

    sheet: SheetFact
    funds: Funds = field(default_factory=Funds)
    unit: str = ""
    block_horizon: str = ""
    goal_cols: dict[str, int] = field(default_factory=dict)
    goals: list[Cell] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    in_section: bool = False
    year_assumed: bool = False
    """Whether the lists are taken to be of the year though nothing says so."""
    goals_unknown: bool = False
    """Whether a head of goals is printed that no label is known for: whose goal stands below it cannot be told."""
    whole: WholeFunds = field(default_factory=WholeFunds)

    def read(self, line: Line) -> list[Cell]:
        """Read a line of the head. Returns the cells that are neither read nor declared as furniture of the form."""
        before = {name: getattr(self.sheet, name) for name in TEXT_FIELDS}
        unexplained = self._read(line)
        for name, text in before.items():
            if getattr(self.sheet, name) != text:
                self.sheet.text_places[name] = line.place
        return unexplained

    def _read(self, line: Line) -> list[Cell]:
        kinds = line.kinds()
        if kinds - {"unkept", "sum", "column", "fund"}:
            self.in_section = False
        for cell in line.of("section"):
            self.in_section = True
            self.unkept.append(plain(cell.text))
        if self.in_section:
            self.whole.read(line)
            return self._told_in_section(line)
        self._note_units(line)
        if "fund" in kinds:
            line, others = _fields_apart(line)
            return self.funds.read(line, self.unit) + (self._fields(others) if others.cells else [])
        if "goal" in kinds or (line.cells[0].label and line.cells[0].label.kind == "horizon"):
            return self._goal_line(line)
        if not kinds and self.goal_cols and not self.goals:
            return self._goal_line(line)
        if not kinds and self._goes_on(line):
            return []
        return self._fields(line)

    @property
    def horizons(self) -> set[str]:
        """The horizons the head states an amount or a goal for."""
        goals = {TERM: self.sheet.term_goal, ANNUAL: self.sheet.annual_goal}
        stated = {horizon for horizon, _ in self.funds.amounts} | set(self.funds.fiscal)
        return stated | {horizon for horizon, text in goals.items() if text}

    @property
    def year_first(self) -> bool:
        """True where the form prints the goal of the year left of that of the whole term."""
        return {TERM, ANNUAL} <= self.goal_cols.keys() and self.goal_cols[ANNUAL] < self.goal_cols[TERM]

    @property
    def list_horizon(self) -> str:
        """The horizon the head names for what stands below it: of the lists (年度绩效指标), else of the only goal."""
        return self.block_horizon or ("" if len(self.goal_cols) != 1 else next(iter(self.goal_cols)))

    def close(self) -> None:
        """Hand the funds to the sheet and add the notes that need the whole head."""
        self.funds.close()
        self.sheet.funds = dict(self.funds.amounts)
        if self.whole.fen is not None and self.sheet.scope == "department":
            self.sheet.funds.setdefault((ANNUAL, "total"), self.whole.fen)
        self.sheet.notes += self.funds.notes
        if self.unkept:
            self.sheet.notes.append(said("sheets.unkept", names=list(dict.fromkeys(self.unkept))))

    def _told_in_section(self, line: Line) -> list[Cell]:
        """The cells of a line in a section of amounts that are none of it: sentences, and the label before them, which no
        declaration knows. Of other sections nothing is kept."""
        texts = [cell for cell in line.cells if cell.label is None]
        told = "资金" in self.unkept[-1] and any(_SENTENCE.search(cell.text) for cell in texts)
        return texts if told else []

    def _note_units(self, line: Line) -> None:
        for cell in line.cells:
            self.unit = (cell.label.unit if cell.label else unit_line(cell.text)) or self.unit
            if cell.label and cell.label.kind == "block" and cell.label.horizon:
                self.block_horizon = cell.label.horizon

    def _fields(self, line: Line) -> list[Cell]:
        """Give each value to the label before it; the same value printed twice behind a label is one value."""
        unexplained: list[Cell] = []
        current: Cell | None = None
        given = ""
        for cell in line.cells:
            if cell.label is None:
                if (current is None and is_furniture(cell.text)) or (given and given == key(cell.text)):
                    continue
                if given or current is None or not self._field(current, cell.text):
                    if "footer" not in line.kinds():
                        unexplained.append(cell)
                    continue
                given = "" if current.label and current.label.kind == "footer" else key(cell.text)
            elif cell.label.kind != "remnant":
                current, given = cell, ""
                self._footer(cell.label, cell.text)
        return unexplained

    def _field(self, label_cell: Cell, text: str) -> bool:
        """Read the value of a label. Returns False where the label takes no value or the text is none for it."""
        label, sheet = label_cell.label, self.sheet
        if label is None:
            return False
        if label.kind == "name" and sheet.project_name and key(sheet.project_name) != key(text):
            return False
        coded = _CODE_AND_NAME.fullmatch(text)
        code, name = (key(coded.group(1)), one_line(coded.group(2))) if coded else ("", one_line(text))
        match (label.kind, label.name):
            case ("name", "department"):
                sheet.office_code, sheet.project_name, sheet.unit_name = code, name, name
            case ("name", _):
                sheet.project_name = one_line(text)
            case ("field", "authority"):
                sheet.office_code, sheet.authority, sheet.unit_name = code, name, sheet.unit_name or name
            case ("field", "unit"):
                sheet.unit_name = one_line(text)
            case ("field", attribute):
                setattr(sheet, attribute, one_line(text))
            case ("text", attribute):
                setattr(sheet, attribute, prose(text))
            case ("sum", _):
                return self._sum(text)
            case ("unkept", _):
                self.unkept.append(plain(label_cell.text))
            case ("footer", _):
                self._footer(label, text)
            case _:
                return False
        return True

    def _sum(self, text: str) -> bool:
        """The 合计 of a department-wide sheet's yearly budget, printed once by source and once by purpose."""
        amount = parse_amount(text, self.unit) if self.unit else None
        if amount is None:
            return is_blank(text)
        printed = self.funds.amounts.setdefault((ANNUAL, "total"), amount.fen)
        if printed != amount.fen:
            self.sheet.notes.append(said("sheets.two_sums", first=printed, second=amount.fen))
        return True

    def _footer(self, label: Label, text: str) -> None:
        """Read the filing date and nothing else: names and telephone numbers go no further than this line."""
        if label.kind != "footer":
            return
        folded = squeeze(key(text))
        match = _FILED.search(folded)
        if match and match.group(1):
            self.sheet.filed_on = match.group(1)
        elif not match and label.name == "filed_on":
            self.sheet.filed_on = self.sheet.filed_on or _NO_DATE.sub("", folded)

    def _goal_line(self, line: Line) -> list[Cell]:
        """The line that heads the goals (实施期目标 | 年度目标) and the line that holds their text."""
        for cell in [*line.of("horizon"), *line.of("goal")]:
            if cell.label and cell.label.horizon:
                self.goal_cols[cell.label.horizon] = cell.col
        own = next((cell.label.horizon for cell in line.of("goal") if cell.label and cell.label.horizon), "")
        named = self._named_goals(line)
        texts = [cell for cell in line.cells if cell.label is None and cell not in named]
        extra = [cell for cell in line.cells if cell.label and cell.label.kind not in ("goal", "horizon", "block")]
        if not texts:
            return extra
        self.goals_unknown = self.goals_unknown or any(map(_is_like_goal, texts))
        if self.goals_unknown or self.goals or len(texts) > 2:
            return [*extra, *texts]
        self.goals = texts
        if len(texts) == 2:
            left, right = (prose(cell.text) for cell in texts)
            self.sheet.term_goal, self.sheet.annual_goal = (right, left) if self.year_first else (left, right)
        else:
            self._one_goal(texts[0], own)
        return extra

    def _goes_on(self, line: Line) -> bool:
        """Read a line that holds nothing but more of the only goal, printed below it in the same column."""
        sheet, cell = self.sheet, line.cells[0]
        written = [name for name in ("term_goal", "annual_goal") if getattr(sheet, name)]
        if len(line.cells) > 1 or len(self.goals) != 1 or len(written) != 1 or cell.col != self.goals[0].col:
            return False
        setattr(sheet, written[0], getattr(sheet, written[0]) + prose(cell.text))
        return True

    def _named_goals(self, line: Line) -> list[Cell]:
        """The texts that stand directly behind 实施期目标 or 年度目标, where a form sets each goal in a row of its own."""
        read = []
        for label_cell, cell in zip(line.cells, line.cells[1:], strict=False):
            label = label_cell.label
            if label is None or label.kind != "horizon" or cell.label is not None or _is_like_goal(cell):
                continue
            attribute = "term_goal" if label.horizon == TERM else "annual_goal"
            if not getattr(self.sheet, attribute):
                setattr(self.sheet, attribute, prose(cell.text))
                self.goals.append(cell)
                read.append(cell)
        return read

    def _one_goal(self, cell: Cell, own: str) -> None:
        """A single text is the annual goal where the form says so or it stands in the right part, else the term's."""
        sheet, text = self.sheet, prose(cell.text)
        once = undoubled(text)
        both = {TERM, ANNUAL} <= self.goal_cols.keys()
        if both and once != text:
            paragraph = prose(cell.text.partition("\n")[0]) if "\n" in cell.text else once
            sheet.term_goal = sheet.annual_goal = paragraph if squeeze(paragraph) == once else once
            sheet.notes.append(TWO_IN_ONE)
            return
        only_annual = own == ANNUAL or set(self.goal_cols) == {ANNUAL} or (sheet.scope == "department" and not both)
        only_annual = only_annual or (not self.goal_cols and set(self.funds.label_cols) == {ANNUAL})
        right = both and cell.col >= max(self.goal_cols.values())
        if only_annual or (both and right != self.year_first):
            sheet.annual_goal = text
        else:
            sheet.term_goal = text
        if both:
            side = said("sheets.side.right" if right else "sheets.side.left")
            taken = said("sheets.goal.annual" if sheet.annual_goal else "sheets.goal.term")
            sheet.notes.append(said("sheets.one_goal", side=side, taken=taken))


def _fields_apart(line: Line) -> tuple[Line, Line]:
    """A row of amounts without the fields that it prints behind them (预算数 … 项目期限 1年), and those; 合计 is of its funds."""
    money: list[Cell] = []
    others: list[Cell] = []
    current = money
    for cell in line.cells:
        if cell.label is not None:
            current = others if cell.label.kind in ("field", "unkept") else money
        is_sum = cell.label is not None and cell.label.kind == "sum"
        current.append(replace(cell, label=Label("fund", "total", ANNUAL)) if is_sum else cell)
    return replace(line, cells=money), replace(line, cells=others)


def _is_like_goal(cell: Cell) -> bool:
    """True where a text that no label explains is the head of goals, not a goal."""
    return _LIKE_GOAL.fullmatch(key(cell.text)) is not None
