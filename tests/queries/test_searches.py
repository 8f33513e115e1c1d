"""Forty searches as people type them find what they should in the first ten: names, pinyin, codes, amounts, slips."""

from __future__ import annotations

import pytest

from benchmarks.made.__main__ import write
from benchmarks.searches import SEED, is_found, searches
from budgetdata.build.build import build
from budgetdata.queries.base import Database, database_at

COUNT = 10


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The first disclosures of the invented country; `benchmarks/scale.py` asks the same among very many."""
    folder = tmp_path_factory.mktemp("country")
    write(folder / "in", COUNT, SEED)
    return database_at(build(folder / "a.db", from_dir=folder / "in", jobs=1).database)


def test_there_are_forty() -> None:
    assert len({row["words"] for row in searches()}) == 40


@pytest.mark.parametrize("row", searches(), ids=lambda row: str(row["words"]))
def test_it_finds_what_it_should(country: Database, row: dict[str, str]) -> None:
    assert is_found(country, row)
