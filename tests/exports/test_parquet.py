"""The tables as Parquet, read in place by DuckDB: twenty questions have the answers that SQLite gives."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from budgetdata.base.errors import StoreError
from budgetdata.exports.parquet import export_parquet
from budgetdata.queries.base import Database
from budgetdata.store.dictionary import public_tables

pytest_plugins = ["app_fixtures"]

QUESTIONS = [
    "SELECT count(*) FROM documents",
    "SELECT year, count(*) FROM documents GROUP BY year ORDER BY year",
    "SELECT region, count(*) FROM documents GROUP BY region ORDER BY region",
    "SELECT count(*) FROM figures",
    "SELECT table_no, count(*) FROM figures GROUP BY table_no ORDER BY table_no",
    "SELECT figure_id FROM figures WHERE code = '2060404' ORDER BY figure_id",
    "SELECT department, label FROM figures WHERE table_no = 10 AND level = 0 ORDER BY figure_id",
    "SELECT count(*) FROM projects WHERE stage = 'carryover'",
    "SELECT name FROM projects WHERE total_wan IS NULL ORDER BY project_id",
    "SELECT count(*) FROM targets WHERE quality = 'quantified'",
    "SELECT category, count(*) FROM targets GROUP BY category ORDER BY category",
    "SELECT count(DISTINCT sheet_id) FROM targets",
    "SELECT scope, count(*) FROM sheets GROUP BY scope ORDER BY scope",
    "SELECT status, count(*) FROM checks GROUP BY status ORDER BY status",
    "SELECT check_id FROM checks WHERE status = 'different' ORDER BY check_id",
    "SELECT item, status, count(*) FROM three_public GROUP BY item, status ORDER BY item, status",
    "SELECT status, count(*) FROM disclosure GROUP BY status ORDER BY status",
    "SELECT kind, count(*) FROM statements GROUP BY kind ORDER BY kind",
    "SELECT d.department, count(*) FROM targets t JOIN documents d USING (document_id) GROUP BY 1 ORDER BY 1",
    "SELECT status, count(*) FROM tables GROUP BY status ORDER BY status",
]


def test_duckdb_answers_as_sqlite_does(db: Database, tmp_path: Path) -> None:
    files = export_parquet(db.path, tmp_path / "parquet")
    assert all(path.parent.name.startswith("region=") and path.parent.parent.name.startswith("year=") for path in files)
    with closing(duckdb.connect()) as duck, closing(sqlite3.connect(db.path)) as lite:
        for table in public_tables():
            where = tmp_path / "parquet" / table.name
            if where.exists():
                duck.execute(
                    f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{where}/**/*.parquet', hive_partitioning = false)"
                )
        assert len(QUESTIONS) == 20
        for question in QUESTIONS:
            assert duck.execute(question).fetchall() == lite.execute(question).fetchall(), question
        total = duck.execute("SELECT sum(total_wan) FROM projects").fetchone()
        exact = sum(
            Decimal(row[0]) for row in lite.execute("SELECT total_wan FROM projects WHERE total_wan IS NOT NULL")
        )
        assert total is not None and total[0] == exact
        parted = f"SELECT DISTINCT year FROM read_parquet('{tmp_path}/parquet/figures/**/*.parquet', hive_partitioning = true)"
        years = {row[0] for row in duck.execute(parted).fetchall()}
        assert years == {row[0] for row in lite.execute("SELECT DISTINCT year FROM documents")}


def test_it_replaces_its_own_and_nothing_else(db: Database, tmp_path: Path) -> None:
    target = tmp_path / "parquet"
    first = export_parquet(db.path, target)
    assert export_parquet(db.path, target) == first
    assert [path.name for path in tmp_path.iterdir()] == ["parquet"]
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"holds notes\.txt and would be lost"):
        export_parquet(db.path, target)
    assert (target / "notes.txt").exists() and first[0].exists()
