"""Targets on their way to being facts: the printed cells, the category they wait for, and what is odd about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from budgetdata.base.facts import ANNUAL, DIMENSIONS, TERM, TargetFact
from budgetdata.base.raw import Place
from budgetdata.base.text import key
from budgetdata.sheets.cells import Cell, one_line
from budgetdata.sheets.quality import parse_target, undoubled

LATE_CATEGORY = "类别印在后面的行"
OTHER_SIDE_LABEL = "本侧未印类别，按同一行另一侧的类别"
SPLIT_VALUE = "值分印在{}格"
NO_NAME, NO_VALUE = "未印指标名称", "未印指标值"
SHIFTED = "整行错列{}列，按列位判定"
COVERED = "单元格跨多列，按其覆盖的列判定"
DOUBLED = "值在一格内印了两遍"
CUT_NAME = "名称截断，另一侧印作“{}”"
MORE_CELLS = "值旁另有未能判定归属的单元格"
NAME_AS_VALUE = "名称印在指标值一栏"
BEFORE_BREAK = "印在页末而下页首行是另一类别，按上方所印类别"
MIN_CUT = 3
MIN_NAME = 5
"""A value that is so long and also the name of an indicator on the other side is that name, not a value."""
SAME_TEXT = 90.0
_OPEN_END = re.compile(r".*[，,、：:（(《“≥≤<>＜＞=＝约每和与及或至到]", re.DOTALL)
_CONTINUES = re.compile(
    r"[，,、。；;：:）)》”%％‰].*|(?:\d{0,2}[年月日])?[底末之以]?[前后内上下外止底末]|[十百千万亿]*元(?:/.*)?",
    re.DOTALL,
)


@dataclass(slots=True)
class Category:
    """The category that holds for a side: its normal form, the label as printed, and whether it was printed on that side."""

    name: str
    raw: str
    own: bool = True


@dataclass(slots=True)
class Draft:
    """A target before its category is known for sure."""

    horizon: str
    cells: list[Cell]
    """The indicator's cell, or an empty cell, then the cells of the value."""
    place: Place
    category: Category | None
    notes: list[str]
    certain: bool = True
    """False where the first of several cells of the value does not stand in the column of values."""

    @property
    def printed(self) -> str:
        """The text of the value's cells, as printed one behind the other."""
        return "".join(cell.text for cell in self.cells[1:])


def empty_cell(cell: Cell | None) -> Cell:
    """A cell without text, in the column of another one."""
    return Cell(cell.col if cell else -1, cell.col if cell else -1, "", None)


def fact_of(draft: Draft) -> TargetFact:
    """The target of a draft whose category is known, its value parsed where it is one number, its oddities noted."""
    name, values = draft.cells[0], draft.cells[1:]
    category = draft.category or Category("", "")
    target = one_line("".join(cell.text for cell in values))
    notes = list(draft.notes)
    if len(values) > 1:
        notes.append(SPLIT_VALUE.format(len(values)))
    notes += [NO_NAME] if not name.text else []
    notes += [NO_VALUE] if not target and MORE_CELLS not in notes else []
    notes += [DOUBLED] if undoubled(target) != target else []
    operator, value, unit = parse_target(target)
    return TargetFact(
        horizon=draft.horizon,
        category=category.name,
        dimension=DIMENSIONS[category.name],
        indicator=one_line(name.text),
        target=target,
        operator=operator,
        value=value,
        unit=unit,
        place=draft.place,
        raw_category=category.raw,
        note="；".join(dict.fromkeys(notes)),
    )


def are_one_text(cells: Sequence[Cell], others: Sequence[str]) -> bool:
    """True where cells side by side are one text cut by the cells: each piece is open to the next, or the other side of
    the row (`others`) prints the same text in one cell. Two values that are each complete are never one."""
    joined = key("".join(cell.text for cell in cells))
    if any(fuzz.ratio(joined, key(other)) >= SAME_TEXT for other in others):
        return True
    pieces = [key(cell.text) for cell in cells]
    return all(_OPEN_END.fullmatch(first) or _CONTINUES.fullmatch(second) for first, second in pairwise(pieces))


def settled(drafts: Sequence[Draft], notes: list[tuple[Place, str]], doubts: list[tuple[Place, str]]) -> list[Draft]:
    """The drafts with one value each, and none that is the name of an indicator on the other side.

    What had to be left out is added to `notes` where the source prints too much, to `doubts` where it cannot be told which
    cell is the value.
    """
    for draft in drafts:
        others = [other.printed for other in drafts if other.place == draft.place and other is not draft]
        if len(draft.cells) > 2 and not are_one_text(draft.cells[1:], others):
            _keep_one_value(draft, notes, doubts)
    names: dict[str, set[str]] = {TERM: set(), ANNUAL: set()}
    for draft in drafts:
        if draft.printed and draft.cells[0].text:
            names[draft.horizon].add(key(draft.cells[0].text))
    return [draft for draft in drafts if not _is_name(draft, names) or _name_kept(draft, names, notes)]


def _keep_one_value(draft: Draft, notes: list[tuple[Place, str]], doubts: list[tuple[Place, str]]) -> None:
    """Of several cells the one in the column of values is the value; where none stands there for certain, none is."""
    name = one_line(draft.cells[0].text)
    texts = "、".join(f"“{one_line(cell.text)}”" for cell in draft.cells[2 if draft.certain else 1 :])
    if draft.certain:
        notes.append((draft.place, f"指标“{name}”的值之后另印有{texts}，未能判定归属，未收入"))
        draft.cells = draft.cells[:2]
    else:
        doubts.append((draft.place, f"指标“{name}”之后的{texts}未能判定哪一格是值，未收入"))
        draft.cells = draft.cells[:1]
    draft.notes.append(MORE_CELLS)


def _is_name(draft: Draft, names: dict[str, set[str]]) -> bool:
    value = key(draft.printed)
    return len(value) >= MIN_NAME and value in names[ANNUAL if draft.horizon == TERM else TERM]


def _name_kept(draft: Draft, names: dict[str, set[str]], notes: list[tuple[Place, str]]) -> bool:
    """A name printed as a value is an indicator without a value, unless its side prints it elsewhere: then it goes.

    What stood as the indicator belongs nowhere and is said so. Returns False where nothing is left of the draft.
    """
    name, value = one_line(draft.cells[0].text), one_line(draft.printed)
    kept = key(value) not in names[draft.horizon]
    left = [f"“{text}”" for text in ([name] if kept else [name, value]) if text]
    where = f"指标值一栏所印“{value}”是另一侧的指标名称，不作为指标值"
    notes.append((draft.place, f"{where}；{'、'.join(left)}未能判定归属，未收入" if left else where))
    draft.cells = [replace(draft.cells[1], text=draft.printed)]
    draft.notes.append(NAME_AS_VALUE)
    return kept


def with_cut_names(targets: list[TargetFact]) -> list[TargetFact]:
    """The targets with a note where a name is the beginning of exactly one longer name on the other side, same category."""
    names: dict[tuple[str, str], set[str]] = {}
    printed = {key(target.indicator): target.indicator for target in targets}
    for target in targets:
        names.setdefault((target.horizon, target.category), set()).add(key(target.indicator))
    noted = []
    for target in targets:
        other = ANNUAL if target.horizon == TERM else TERM
        own, others = key(target.indicator), names.get((other, target.category), set())
        longer = [name for name in others if name.startswith(own) and name != own]
        if len(own) >= MIN_CUT and own not in others and len(longer) == 1:
            note = CUT_NAME.format(printed[longer[0]])
            target = replace(target, note=f"{target.note}；{note}" if target.note else note)
        noted.append(target)
    return noted
