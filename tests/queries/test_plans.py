"""Every question of the app goes by an index: no statement reads the whole of a table that grows, but those listed."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from starlette.testclient import TestClient

from benchmarks import asked
from benchmarks.asked import every_question, examples
from budgetdata import queries
from budgetdata.queries import base, population
from budgetdata.queries.base import Database, database_at
from budgetdata.store.declared import stored_tables
from budgetdata.store.dictionary import public_tables
from budgetdata.store.views import public_views

pytest_plugins = ["app_fixtures"]

SCANS = tomllib.loads((Path(asked.__file__).with_name("scans.toml")).read_text(encoding="utf-8"))
TIMES = 2_000
"""How many times as many rows the planner is told there are."""
Statement = tuple[str, tuple[Any, ...], bool]


class Asked:
    """Which statements each question makes, and which functions of the queries it reaches."""

    def __init__(self) -> None:
        self.now = ""
        self.statements: dict[Statement, set[str]] = {}
        self.reached: set[Any] = set()

    def noted(self, frame: FrameType, event: str, _given: Any) -> None:
        """As a profile function: the code that is called."""
        if event == "call":
            self.reached.add(frame.f_code)


@pytest.fixture(scope="module")
def many(db: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The five documents as if they were many, in a file of their own: nothing of it was asked before."""
    path = tmp_path_factory.mktemp("plans") / "five.db"
    shutil.copy(db.path, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(population, "MANY", 2)
        patch.setenv("BUDGETDATA_DB", str(path))
        yield database_at(path)


@pytest.fixture(scope="module")
def all_asked(many: Database, client: TestClient) -> Asked:
    """What is asked of them: every question, and every public table as /data/ gives it."""
    found = Asked()
    inner: Callable[..., Any] = base._asked

    def noting(db: Database, sql: str, given: tuple[Any, ...], named: bool) -> Any:
        found.statements.setdefault((sql, given, bool(db.year)), set()).add(found.now)
        return inner(db, sql, given, named)

    one = next(examples(many, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "_asked", noting)
        sys.setprofile(found.noted)
        try:
            for found.now, ask in every_question().items():
                ask(many, one)
        finally:
            sys.setprofile(None)
        for table in public_tables():
            found.now = f"data {table.name}"
            for query in ("", f"&document_id={one.id}", f"&after={','.join(['0'] * len(table.key))}"):
                answer = client.get(f"/data/{table.name}.json?limit=5{query}")
                assert answer.status_code in (200, 400), answer.text[:200]
    return found


@pytest.fixture(scope="module")
def planner(many: Database) -> Iterator[sqlite3.Connection]:
    """The schema without a row, and a planner that is told of many thousand documents."""
    with closing(sqlite3.connect(many.path)) as source, closing(sqlite3.connect(":memory:")) as made:
        made.row_factory = sqlite3.Row
        for (sql,) in source.execute(
            """SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
               AND name NOT LIKE 'search_text_%' ORDER BY type <> 'table', type <> 'index'"""
        ):
            made.execute(sql)
        made.execute("ANALYZE")
        for table, index, stat in source.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall():
            columns = [row[2] for row in source.execute(f"SELECT * FROM pragma_index_info('{index}')")]
            made.execute("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", (table, index, _scaled(stat, columns)))
        made.commit()
        made.execute("ANALYZE sqlite_schema")
        yield made


SCALES = {"year": TIMES, "region": 20, "department": 1, "goal": 1}
"""How many times as many rows have one value of a column that is no document's own; TIMES where none is said."""


def _scaled(stat: str, columns: list[str]) -> str:
    """Statistics as of so many times the documents: rows of one document stay as many, values of all documents do not."""
    rows, *per_value = map(int, stat.split())
    scale, scaled = TIMES, []
    for name, value in zip(columns, per_value, strict=True):
        own = 1 if (name or "").endswith("_id") else SCALES.get(name or "", TIMES)
        scale = min(scale, own)
        scaled.append(value * scale)
    return " ".join(map(str, [rows * TIMES, *scaled]))


def _scanned(planner: sqlite3.Connection, db: Database, statement: Statement) -> set[str]:
    """The growing tables that a statement reads as a whole."""
    sql, given, of_year = statement
    counted = db.of_year("2024") if of_year else db
    base._only_what_counts(planner, counted)
    try:
        values: Any = dict(given) if given and isinstance(given[0], tuple) else given
        plan = [row["detail"] for row in planner.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    finally:
        for table in db.per_document:
            planner.execute(f'DROP VIEW temp."{table}"')
        planner.execute("DROP TABLE temp.meant")
    called = {alias: table for text in (sql, *public_views().values()) for table, alias in _aliases(text)}
    called |= dict.fromkeys(re.findall(r"\)\s+(?:AS\s+)?(\w+)\s+(?:JOIN|LEFT|USING|WHERE|ON)", sql), "")
    growing = {table.name for table in stored_tables()} - {"meta"}
    ends = "LIMIT" in sql and not any("TEMP B-TREE FOR ORDER BY" in line for line in plan)
    named = {
        match[2] for line in plan
        if (match := re.match(r"(SCAN|SEARCH) (?:main\.)?(\w+)( USING (?:COVERING )?INDEX)?", line))
        and ((match[1] == "SCAN" and not (ends and match[3])) or "(ANY(" in line) and "VIRTUAL TABLE" not in line
    }  # fmt: skip
    return {called.get(name, name) for name in named} & growing


def _aliases(sql: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r'\b(?:FROM|JOIN)\s+(?:main\.)?"?(\w+)"?\s+(?:AS\s+)?(\w+)', sql)


def test_no_statement_reads_a_growing_table_but_those_listed(
    all_asked: Asked, planner: sqlite3.Connection, many: Database
) -> None:
    anywhere = set(SCANS["everywhere"]["tables"])
    found = {
        (name, table)
        for statement, names in all_asked.statements.items()
        for table in _scanned(planner, many, statement) - anywhere
        for name in names
    }
    listed = {(name, table) for entry in SCANS["scan"] for name in entry["questions"] for table in entry["tables"]}
    assert sorted(found - listed) == [], "read as a whole, and not listed in benchmarks/scans.toml"
    assert sorted(listed - found) == [], "listed, and no longer read as a whole"
    assert all(entry["reason"] for entry in SCANS["scan"])


def test_every_query_is_asked(all_asked: Asked) -> None:
    left = set()
    for found in pkgutil.walk_packages(queries.__path__, "budgetdata.queries."):
        module = importlib.import_module(found.name)
        for name, given in vars(module).items():
            function = inspect.unwrap(given) if callable(given) else None
            if not inspect.isfunction(function) or function.__module__ != found.name or name.startswith("_"):
                continue
            first = next(iter(inspect.signature(function).parameters.values()), None)
            if first is not None and first.annotation == "Database" and function.__code__ not in all_asked.reached:
                left.add(f"{found.name.rpartition('.')[2]}.{name}")
    assert left == asked.FEW | {"base.pinned"}
