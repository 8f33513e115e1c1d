"""docs/notebook.md runs as it stands, and what it adds up is what /data/ holds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import budgetdata
from budgetdata.build.current import ensure_database
from budgetdata.store.dictionary import public_tables
from budgetdata.web import routes

PAGE = Path(__file__).parents[2] / "docs" / "notebook.md"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the database of the five registered documents."""
    path = tmp_path_factory.mktemp("notebook") / "budget.db"
    copyfile(ensure_database(), path)
    return path


@pytest.fixture
def web(db: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Our own addresses, served from the same database."""
    monkeypatch.setenv("BUDGETDATA_DB", str(db))
    return TestClient(Starlette(routes=routes()))


def served(web: TestClient, table: str, **asked: Any) -> list[dict[str, str]]:
    """All rows of /data/<table>.csv that a query asks for."""
    answer = web.get(f"/data/{table}.csv", params=asked)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    while "next" in answer.links:
        answer = web.get(answer.links["next"]["url"])
        rows += csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    return rows


def test_the_page_runs_and_its_sums_are_those_of_the_addresses(
    web: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    names: dict[str, Any] = {}
    exec(compile(code, str(PAGE), "exec"), names)
    assert "阳泉市招商中心 2024" in capsys.readouterr().out
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in served(web, "figures", table_no=3, level=1, column=["basic", "project"]):
        sums[f"{row['department']} {row['year']}", row["column"]] += Decimal(row["amount_wan"])
    spent = names["spent"]
    assert {(name, column): spent.loc[name, column] for name, column in sums} == dict(sums)
    assert len(spent) == 5 and all(0 < share <= 1 for share in names["share"])
    drawn = json.loads(names["picture"])
    [rows] = drawn["datasets"].values()
    assert [row["name"] for row in rows] == list(names["share"].index)


@pytest.mark.parametrize("name", [table.name for table in public_tables()])
def test_a_frame_is_what_the_address_serves(db: Path, web: TestClient, name: str) -> None:
    """Every row and value, as texts; the marks that keep a spreadsheet from running a text are the CSV's alone."""
    with budgetdata.open(db) as data:
        frame = data.table(name).astype(object)
    shown = [[_text(value) for value in row] for row in frame.where(frame.notna(), None).itertuples(index=False)]
    assert sorted(shown) == sorted([_text(value) for value in row.values()] for row in served(web, name))


def _text(value: object) -> str:
    return "" if value is None else str(value).removeprefix("'")
