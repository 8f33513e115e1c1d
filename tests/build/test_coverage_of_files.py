"""What is counted as read of a document in several files is counted under the name of each file of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from scripts.coverage import report, states
from scripts.held_files import names_of
from scripts.performance_coverage import PARTS, beside
from scripts.performance_coverage import report as report_of_projects


def test_a_table_is_looked_for_in_all_files_of_a_document(tmp_path: Path) -> None:
    path = tmp_path / "few.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """CREATE TABLE documents (document_id, source_file, files);
               CREATE TABLE tables (document_id, table_no, status, reason);
               INSERT INTO documents VALUES ('a', 'in/甲_1.pdf', 'in/甲_1.pdf;in/甲_2.pdf'), ('b', '乙_1.pdf', NULL);
               INSERT INTO tables VALUES ('a', 1, 'data', NULL), ('b', 1, 'partial', 'why');"""
        )
    lines = report([("甲_2.pdf", 1, 3), ("乙_1.pdf", 1, 1), ("丙_1.pdf", 1, 1)], states(path))
    assert "甲: 1 printed, 1 read, 0 partial, 100.0%" in lines and "乙: 1 printed, 0 read, 1 partial, 100.0%" in lines
    assert "丙_1.pdf table 1 p.1: absent: the document is not in the database" in lines


def test_files_of_one_document_are_counted_together() -> None:
    found = {tuple(names_of("甲_1.pdf", "甲_1.pdf;甲_2.pdf")): dict.fromkeys(PARTS, 3)}
    printed = {
        "甲_2.pdf": dict.fromkeys(PARTS, 1),
        "甲_1.pdf": dict.fromkeys(PARTS, 2),
        "乙.pdf": dict.fromkeys(PARTS, 4),
    }
    together = beside(printed, found)
    assert together["甲_1.pdf + 甲_2.pdf"] == (dict.fromkeys(PARTS, 3), dict.fromkeys(PARTS, 3))
    lines = report_of_projects(printed, found)
    assert lines[0].startswith("乙.pdf: project_rows 0/4 (0.0%)") and "goals 3/7 (42.9%)" in lines[2]
    assert lines[-1].startswith("乙.pdf: project_rows 0 of 4")
