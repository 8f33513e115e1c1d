"""Tables of real documents: how many of those that are printed are read, and cells that were looked up on the page.

drawn_2026_11.csv: 358 amounts and blanks, 28 amounts of projects, 110 indicators and 40 goals, drawn at random with equal weight
by place and table and looked up by somebody who had not seen the code; four documents here, all of them with WHOLE_CORPUS=1.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from corpora import WHOLE
from readings import facts_once

from budgetdata.base.facts import DocumentFacts, FigureFact, Place
from budgetdata.base.text import key

EXPECTED = Path(__file__).parents[1] / "expected"
SAMPLE = ("上海_10_2026.pdf", "北京_27_2026.pdf", "广州_08_2026.pdf", "普陀_23_2025.pdf")
NEAR = 2
"""Points within which a cell stands where it was found."""


def _rows(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _files() -> list[str]:
    return sorted({row["file"] for row in _rows("real_tables.csv")}) if WHOLE else list(SAMPLE)


@pytest.mark.parametrize("file", _files())
def test_every_printed_table_is_read(shared: Path, file: str) -> None:
    printed = {int(row["table_no"]): row["printed"] for row in _rows("real_tables.csv") if row["file"] == file}
    states = {table.table_no: table.status for table in facts_once(shared / "real" / file).tables}
    assert {no: states[no] for no in printed if states[no] not in {"data", "empty", "empty_stated"}} == {}
    assert [
        no for no, what in printed.items() if what != "data" and states[no] == "data" and _amounts(shared, file, no)
    ] == []


def _amounts(shared: Path, file: str, table_no: int) -> list[str]:
    figures = facts_once(shared / "real" / file).figures
    return [figure.raw for figure in figures if figure.table_no == table_no and figure.fen]


@pytest.mark.parametrize("file", sorted({row["file"] for row in _rows("real_cells.csv")} & {*_files()}))
def test_cells_are_what_stands_on_the_page(shared: Path, file: str) -> None:
    cells = [row for row in _rows("real_cells.csv") if row["file"] == file]
    figures = facts_once(shared / "real" / file).figures
    wrong = [row for row in cells if _told(row) not in {_read(figure) for figure in figures if _is_at(figure, row)}]
    assert cells and wrong == []


def _is_at(figure: FigureFact, row: dict[str, str]) -> bool:
    if figure.box is None or figure.place.page != int(row["page"]) or figure.table_no != int(row["table_no"]):
        return False
    return abs(figure.box[0] - float(row["x"])) <= NEAR and abs(figure.box[1] - float(row["top"])) <= NEAR


def _told(row: dict[str, str]) -> tuple[str, ...]:
    return row["code"], row["role"], row["level"], row["is_sum"], row["column"], row["printed"]


def _read(figure: FigureFact) -> tuple[str, ...]:
    return figure.code, figure.role, str(figure.level), str(int(figure.is_sum)), figure.column, figure.raw


def test_the_draw_is_whole() -> None:
    kinds = [row["kind"] for row in _rows("drawn_2026_11.csv")]
    assert {kind: kinds.count(kind) for kind in kinds} == {"figure": 358, "project": 28, "target": 110, "goal": 40}


@pytest.mark.parametrize("file", _files())
def test_what_was_drawn_is_read_as_it_stands_on_the_page(shared: Path, file: str) -> None:
    drawn = [tuple(row.values()) for row in _rows("drawn_2026_11.csv") if f"{row['file']}.pdf" == file]
    read = _all_of(facts_once(shared / "real" / file))
    stated = {entry[:-1] for entry in read}
    wrong = [
        row for row in drawn if ((row[0], *row[2:-1]) in stated if not row[-1] else (row[0], *row[2:]) not in read)
    ]
    assert wrong == []


def _all_of(facts: DocumentFacts) -> set[tuple[str, ...]]:
    """Amounts, amounts of projects, indicators and goals: kind, page, line, place, name, column, value. Names are hashed."""
    found = {
        ("figure", *_at(f.place), f"{f.table_no}.{f.side}".rstrip("."), f.code or f.role, f.column, str(f.fen))
        for f in facts.figures
    }
    for project in facts.projects:
        found |= {
            ("project", *_at(project.place), project.source, _hashed(project.name), fund, str(fen))
            for fund, fen in project.funds.items()
        }
    for sheet in facts.sheets:
        goals = {"term": sheet.term_goal, "annual": sheet.annual_goal}
        found |= {
            ("goal", *_at(sheet.place), when, _hashed(sheet.project_name), "", _hashed(goals[when])) for when in goals
        }
        found |= {
            ("target", *_at(t.place), t.horizon, _hashed(t.indicator), t.category, _hashed(t.target))
            for t in sheet.targets
        }
    return found


def _at(place: Place) -> tuple[str, str]:
    return str(place.page), str(place.line)


def _hashed(text: str) -> str:
    return hashlib.sha256(key(text).encode()).hexdigest()[:10]
