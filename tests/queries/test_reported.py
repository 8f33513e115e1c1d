"""The report says of each table whether it is printed, read or why not, and what adds up; the same on the page 关于."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made import made_facts

from budgetdata.base.facts import TableFact
from budgetdata.base.raw import Place
from budgetdata.base.said import said
from budgetdata.queries import reported
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.report_lines import report_lines
from budgetdata.store.database import create


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """A database of one made document: a table that was read, one that was not, one missing, one only said to be empty."""
    facts = made_facts()
    facts.tables = [
        replace(facts.tables[0], layout="general"),
        TableFact(6, "表六", "万元", "unreadable", said("table.cut"), Place(3, 40)),
        TableFact(7, "", "", "empty_stated", said("table.stated_none", text="没有", at=[1, 2]), Place(1, 2)),
        *facts.tables[1:],
    ]
    create(tmp_path / "a.db", [facts])
    return open_database(tmp_path / "a.db")


def test_every_table_is_told(db: Database) -> None:
    rows = {row["table_no"]: row for row in reported.tables(db)}
    states = {
        no: (row["printed"], row["read"], row["figures"], row["hold"], row["evaluated"]) for no, row in rows.items()
    }
    assert states == {
        5: (1, 1, 3, 1, 1),
        6: (1, 0, 0, 0, 0),
        7: (0, 0, 0, 0, 0),
        9: (0, 0, 0, 0, 0),
        10: (1, 1, 0, 0, 0),
    }


def test_totals_by_layout_count_what_is_printed(db: Database) -> None:
    found = {of["layout"]: (of["printed"], of["read"], of["whole"]) for of in reported.layouts(db)}
    assert found == {"general": (1, 1, 1), "": (2, 1, 1)}


def test_the_report_as_lines(db: Database) -> None:
    lines = list(report_lines(db))
    assert lines[0].startswith("0123456789ab 大观园管理处 2024: 2 of 3 printed tables read, 3 figures, 2 projects")
    assert lines[-1].startswith("1 documents: 2 of 3")
    assert any(line.startswith("  Table 6 表六 (p.3 line 40): printed, not read: ") for line in lines)
    assert any(line == "  Table 9: not printed" for line in lines)
    assert any(
        "Table 5 表五 (p.3 line 1): data, 3 figures, as general, 1 of 1 identities hold" in line for line in lines
    )
