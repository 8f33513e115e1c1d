"""What the reading of sheets has to say: one line a cause and sheet, one for all where a cause comes up often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from budgetdata.base.facts import SheetFact, TargetFact
from budgetdata.base.raw import Place, Problem
from budgetdata.base.said import Said, said
from budgetdata.base.text import squeeze
from budgetdata.sheets.cells import Cell, Line, is_personal, one_line
from budgetdata.sheets.drafts import CUT_NAME, Draft, Noted

SUBJECT = "sheet"
NAMED = 3
"""Indicators named in a line that speaks of more."""
MOST_LINES = 12
"""Oddities of one kind in a document that have a line each; where there are more, one line tells their number. (A sheet of
the five prints at most twelve of a kind.) What was not read has one line a cause however often it comes up."""
LONGEST_RAW = 200
LONGEST_CELL = 40


def remarks_on(sheet: SheetFact, odd: Sequence[Noted], between: Iterable[Place]) -> list[Problem]:
    """The oddities of a sheet that was read: its own, those of its lists and targets, and texts between its pieces."""
    found = [_note(sheet, note, sheet.place) for note in sheet.notes]
    found += [_note(sheet, note, place) for place, note in odd]
    found += _on_targets(sheet)
    return found + [_note(sheet, said("sheets.text_between"), place) for place in between]


def _note(sheet: SheetFact, note: Said, place: Place) -> Problem:
    return Problem("note", SUBJECT, _of(sheet, note), place)


def _of(sheet: SheetFact, note: Said) -> Said:
    return said("sheets.of", sheet=sheet.project_name or said("sheets.unnamed"), note=note)


def _on_targets(sheet: SheetFact) -> list[Problem]:
    """The oddities of the targets, one problem for each kind of oddity in a sheet, at the first place it stands."""
    kinds: dict[Said, list[TargetFact]] = {}
    for target in sheet.targets:
        for note in target.notes:
            kinds.setdefault(said("sheets.target.cut") if note.code == CUT_NAME else note, []).append(target)
    problems = []
    for kind, found in kinds.items():
        names = list(dict.fromkeys(target.indicator or target.target for target in found[:NAMED]))
        code = "sheets.targets_and_more" if len(found) > NAMED else "sheets.targets"
        problems.append(_note(sheet, said(code, kind=kind, names=names, n=len(found)), found[0].place))
    return problems


def mark_cut(sheets: Iterable[SheetFact], cut: Set[tuple[int | None, str]]) -> None:
    """Note at each target whose name or value its cell cuts off that it is cut; `cut`: by page and text."""
    for sheet in sheets:
        for number, target in enumerate(sheet.targets):
            texts = {"sheets.target.cut": target.indicator, "sheets.target.value_cut": target.target}
            found = [said(code) for code, text in texts.items() if (target.place.page, squeeze(text)) in cut]
            if found:
                sheet.targets[number] = replace(target, notes=(*target.notes, *found))


def unread_of(
    sheet: SheetFact, rows: Sequence[tuple[Line, list[Cell]]], doubts: Sequence[Noted], lost: Sequence[Draft]
) -> list[Problem]:
    """What of a sheet was not read: cells without a place, values that cannot be told apart, targets without a category."""
    found = [_unread_row(sheet, line, cells) for line, cells in rows]
    found += [_unread(sheet, said("sheets.doubt", doubt=doubt), place) for place, doubt in doubts]
    for draft in lost:
        texts = [one_line(cell.text) for cell in draft.cells if cell.text]
        found.append(_unread(sheet, said("sheets.category_lost", texts=texts), draft.place))
    return found


def _unread(sheet: SheetFact, note: Said, place: Place, raw: str = "") -> Problem:
    return Problem("unread", SUBJECT, _of(sheet, note), place, raw=raw)


def _unread_row(sheet: SheetFact, line: Line, cells: list[Cell]) -> Problem:
    if any(is_personal(cell.text) for cell in line.cells) or "footer" in line.kinds():
        return _unread(sheet, said("sheets.unread_personal"), line.place)
    shown = [said("sheets.cell", column=cell.col + 1, text=one_line(cell.text)[:LONGEST_CELL]) for cell in cells]
    raw = " | ".join(cell.text for cell in cells)[:LONGEST_RAW]
    return _unread(sheet, said("sheets.unread_cells", cells=shown), line.place, raw)


def grouped(problems: Sequence[Problem]) -> list[Problem]:
    """The problems of a document's sheets in their order, those of one cause made one line that tells how many there are,
    at the place of the first."""
    causes: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        causes.setdefault((problem.severity, _cause(problem.message)), []).append(problem)
    found: list[Problem] = []
    for problem in problems:
        same = causes[problem.severity, _cause(problem.message)]
        if len(same) <= (1 if problem.severity == "unread" else MOST_LINES):
            found.append(problem)
        elif problem is same[0]:
            message = said("sheets.grouped", first=problem.message, n=len(same))
            found.append(Problem(problem.severity, SUBJECT, message, problem.place, raw=problem.raw))
    return found


def _cause(message: Said) -> str:
    """The code of what a message says, without whose sheet it is."""
    inner = message.args.get("note") or message.args.get("kind")
    return _cause(inner) if isinstance(inner, Said) else message.code
