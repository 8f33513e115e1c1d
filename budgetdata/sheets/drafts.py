"""Targets on their way to being facts: the printed cells, the category they wait for, and what is odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from budgetdata.base.facts import ANNUAL, TERM, TargetFact
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD, key
from budgetdata.sheets.cells import Cell, one_line
from budgetdata.sheets.quality import parse_target, undoubled

LATE_CATEGORY, OTHER_SIDE_LABEL = said("sheets.target.late_category"), said("sheets.target.other_side_label")
NO_NAME, NO_VALUE = said("sheets.target.no_name"), said("sheets.target.no_value")
COVERED, DOUBLED = said("sheets.target.covered"), said("sheets.target.doubled")
MORE_CELLS, NAME_AS_VALUE = said("sheets.target.more_cells"), said("sheets.target.name_as_value")
BEFORE_BREAK = said("sheets.target.before_break")
SHIFTED, SPLIT_VALUE, CUT_NAME = "sheets.target.shifted", "sheets.target.split_value", "sheets.target.cut_name"
"""Codes of oddities that name something: the columns, the cells, the name on the other side."""
Noted = tuple[Place, Said]
"""What is odd or was left out, and where it stands."""
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
    """The category that holds for a side: its normal form, the label as printed, its dimension, and whether it was printed on
    that side."""

    name: str
    raw: str
    dimension: str
    own: bool = True


@dataclass(slots=True)
class Draft:
    """A target before its category is known for sure."""

    horizon: str
    cells: list[Cell]
    """The indicator's cell, or an empty cell, then the cells of the value."""
    place: Place
    category: Category | None
    notes: list[Said]
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
    category = draft.category or Category("", "", "")
    target = one_line("".join(cell.text for cell in values))
    notes = list(draft.notes)
    if len(values) > 1:
        notes.append(said(SPLIT_VALUE, cells=len(values)))
    notes += [NO_NAME] if not name.text else []
    notes += [NO_VALUE] if not target and MORE_CELLS not in notes else []
    notes += [DOUBLED] if undoubled(target) != target else []
    operator, value, unit = parse_target(target)
    return TargetFact(
        horizon=draft.horizon,
        category=category.name,
        dimension=category.dimension,
        indicator=one_line(name.text),
        target=target,
        operator=operator,
        value=value,
        unit=unit,
        place=draft.place,
        raw_category=category.raw,
        notes=tuple(dict.fromkeys(notes)),
    )


def quoted(texts: Iterable[str]) -> list[Said]:
    """Printed texts as an argument of a message, each in quotation marks."""
    return [said("sheets.quoted", text=one_line(text)) for text in texts]


def are_one_text(cells: Sequence[Cell], others: Sequence[str]) -> bool:
    """True where cells side by side are one text cut by the cells: each piece is open to the next, or the other side of
    the row (`others`) prints the same text in one cell. Two values that are each complete are never one."""
    joined = key("".join(cell.text for cell in cells))
    if any(fuzz.ratio(joined, key(other)) >= SAME_TEXT for other in others):
        return True
    pieces = [key(cell.text) for cell in cells]
    return all(_OPEN_END.fullmatch(first) or _CONTINUES.fullmatch(second) for first, second in pairwise(pieces))


def settled(drafts: Sequence[Draft], notes: list[Noted], doubts: list[Noted]) -> list[Draft]:
    """The drafts with one value each, and none that is the name of an indicator on the other side.

    What had to be left out is added to `notes` where the source prints too much, to `doubts` where it cannot be told which
    cell is the value, or a text was not read whole.
    """
    drafts = [draft for draft in drafts if not _is_unread(draft, doubts)]
    rows: dict[Place, list[Draft]] = {}
    for draft in drafts:
        rows.setdefault(draft.place, []).append(draft)
    for draft in drafts:
        if len(draft.cells) < 3:
            continue
        others = [other.printed for other in rows[draft.place] if other is not draft]
        if not are_one_text(draft.cells[1:], others):
            _keep_one_value(draft, notes, doubts)
    names: dict[str, set[str]] = {TERM: set(), ANNUAL: set()}
    for draft in drafts:
        if draft.printed and draft.cells[0].text:
            names[draft.horizon].add(key(draft.cells[0].text))
    return [draft for draft in drafts if not _is_name(draft, names) or _name_kept(draft, names, notes)]


def _is_unread(draft: Draft, doubts: list[Noted]) -> bool:
    """Whether a text of a draft was not read whole: it is told, and nothing of the draft is kept."""
    unread = any(UNREAD in cell.text for cell in draft.cells)
    if unread:
        texts = quoted(cell.text for cell in draft.cells if cell.text)
        doubts.append((draft.place, said("sheets.unread_cells", cells=texts)))
    return unread


def _keep_one_value(draft: Draft, notes: list[Noted], doubts: list[Noted]) -> None:
    """Of several cells the one in the column of values is the value; where none stands there for certain, none is."""
    name = one_line(draft.cells[0].text)
    texts = quoted(cell.text for cell in draft.cells[2 if draft.certain else 1 :])
    if draft.certain:
        notes.append((draft.place, said("sheets.more_cells", indicator=name, texts=texts)))
        draft.cells = draft.cells[:2]
    else:
        doubts.append((draft.place, said("sheets.value_unclear", indicator=name, texts=texts)))
        draft.cells = draft.cells[:1]
    draft.notes.append(MORE_CELLS)


def _is_name(draft: Draft, names: dict[str, set[str]]) -> bool:
    value = key(draft.printed)
    return len(value) >= MIN_NAME and value in names[ANNUAL if draft.horizon == TERM else TERM]


def _name_kept(draft: Draft, names: dict[str, set[str]], notes: list[Noted]) -> bool:
    """A name printed as a value is an indicator without a value, unless its side prints it elsewhere: then it goes.

    What stood as the indicator belongs nowhere and is said so. Returns False where nothing is left of the draft.
    """
    name, value = one_line(draft.cells[0].text), one_line(draft.printed)
    kept = key(value) not in names[draft.horizon]
    left = quoted(text for text in ([name] if kept else [name, value]) if text)
    code = "sheets.name_as_value_and_more" if left else "sheets.name_as_value"
    notes.append((draft.place, said(code, value=value, texts=left)))
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
            target = replace(target, notes=(*target.notes, said(CUT_NAME, name=printed[longer[0]])))
        noted.append(target)
    return noted
