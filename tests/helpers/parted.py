"""A disclosure as text in which line breaks stand within cells, as a conversion leaves them, and what was read of it judged."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.elsewhere.files import text_of
from benchmarks.elsewhere.printed import Disclosure
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.text import UNREAD, squeeze

LISTS = ("项目支出", "项目绩效", "绩效目标", "项目预算")
"""Words in the titles of tables whose rows are projects or what is promised for them."""
_AT = re.compile("[，。；、：]")


def listed_lines(out: Disclosure, text: str, heads: bool = False) -> list[int]:
    """The lines of a text that are rows, below their heads, of tables of projects and of what is promised for them, or the heads
    of all its tables."""
    lines = text.split("\n")
    listed = [table.grid for table in out.tables if any(word in table.title for word in LISTS)]
    below = [row for grid in listed for row in grid.rows[1:]]
    above = [row for table in out.tables for row in table.grid.rows[: table.grid.heads]]
    rows = {"\t".join(row) for row in (above if heads else below)}
    return [number for number, line in enumerate(lines) if line in rows and _breakable(line)]


def _breakable(line: str) -> list[int]:
    return [
        column for column, cell in enumerate(line.split("\t")) if len(cell) > 1 and not re.fullmatch(r"[-\d.,]+", cell)
    ]


def parted(out: Disclosure, seed: int, trimmed: bool, heads: bool = False) -> str:
    """The text with line breaks within cells of some rows, or heads; trimmed: the blanks at the ends of all rows dropped."""
    chance = random.Random(seed)
    text = text_of(out)
    lines, rows = text.split("\n"), listed_lines(out, text, heads)
    for number in chance.sample(rows, min(len(rows), chance.choice((1, 1, 2, 5, 20)))):
        cells, columns = lines[number].split("\t"), _breakable(lines[number])
        for column in chance.sample(columns, min(len(columns), chance.choice((1, 1, 2)))):
            cell = cells[column]
            commas = [match.end() for match in _AT.finditer(cell) if match.end() < len(cell)]
            at = chance.choice(commas) if commas and chance.random() < 0.5 else chance.randrange(1, len(cell))
            cells[column] = cell[:at] + "\n" + cell[at:]
        lines[number] = "\t".join(cells)
    shown = "\n".join(lines)
    return "\n".join(line.rstrip("\t") for line in shown.split("\n")) if trimmed else shown


def cut_without_a_word(facts: DocumentFacts, out: Disclosure) -> list[str]:
    """What was read of names, goals, targets and amounts and is not true, and what is lost without a line that says so."""
    return [*_untrue_rows(facts, out), *_untrue_promises(facts, out), *_lost(facts, out)]


def _untrue_rows(facts: DocumentFacts, out: Disclosure) -> Iterator[str]:
    names = {squeeze(name) for name, *_ in (*out.sheets, *out.projects)}
    yield from (f"project {p.name}" for p in facts.projects if names and squeeze(p.name) not in names)
    cells = {squeeze(cell) for table in out.tables for row in table.grid.rows for cell in row}
    for row in facts.rows:
        if row.table_no in (12, 13) and UNREAD not in row.label and squeeze(row.label) not in cells:
            yield f"row {row.table_no} {row.label}"
    wanted = {(no, squeeze(known), column, fen) for no, known, column, fen in out.truth}
    for f in facts.figures:
        if not wanted & {(f.table_no, known, f.column, f.fen) for known in (f.code, f.role, squeeze(f.label))}:
            yield f"figure {f.table_no} {f.label} {f.column} {f.fen}"


def _untrue_promises(facts: DocumentFacts, out: Disclosure) -> Iterator[str]:
    goals = {squeeze(cell) for table in out.tables for row in table.grid.rows for cell in row}
    aims = {tuple(map(squeeze, aim)) for aim in out.targets}
    names = {squeeze(name) for name, *_ in (*out.sheets, *out.projects)} | {name for name, *_ in aims}
    for sheet in facts.sheets:
        name = squeeze(sheet.project_name)
        yield from [f"sheet {name}"] if name and name not in names else []
        if not {squeeze(sheet.annual_goal), squeeze(sheet.term_goal)} <= goals:
            yield f"goal of {name}: {sheet.annual_goal} {sheet.term_goal}"
        for t in sheet.targets:
            aim = (name, t.dimension, t.category, squeeze(t.indicator), t.operator, t.value, t.unit)
            if aim not in aims and (name or aim[1:] not in {one[1:] for one in aims}):
                yield f"target of {name}: {t}"


def _lost(facts: DocumentFacts, out: Disclosure) -> Iterator[str]:
    read = sum(len(sheet.targets) + bool(sheet.annual_goal or sheet.term_goal) for sheet in facts.sheets)
    lost = len(out.targets) + sum(bool(goal) for *_, goal in out.sheets) > read or len(out.truth) > len(facts.figures)
    told = any(p.severity == "unread" for p in facts.problems)
    if lost and not told and not any(table.status in ("unreadable", "partial") for table in facts.tables):
        yield "lost without a word"
