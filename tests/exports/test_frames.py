"""The public tables as DataFrames: the CSV's columns, amounts exact, blanks blank, filters as in /data/."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import DOCUMENT_ID, made_facts

import budgetdata
from budgetdata.base.errors import NoDatabaseError, UnknownNameError
from budgetdata.base.money import wan, yuan
from budgetdata.exports.data import Data
from budgetdata.exports.filters import typed
from budgetdata.store.database import create
from budgetdata.store.dictionary import Field, public_table, public_tables


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Data]:
    """Two made documents, opened."""
    create(tmp_path / "a.db", [made_facts(), made_facts("ba9876543210", "稻香村", 2023)])
    with budgetdata.open(tmp_path / "a.db") as opened:
        yield opened


@pytest.mark.parametrize("table", public_tables(), ids=lambda table: table.name)
def test_each_public_table_is_a_method_with_its_columns_types_and_passport(data: Data, table: object) -> None:
    name = table.name  # type: ignore[attr-defined]
    frame = getattr(data, name)()
    fields = public_table(name).fields
    assert list(frame.columns) == [field.name for field in fields]
    dtypes = {"string": "str", "integer": "Int64", "number": "object"}
    assert [str(dtype) for dtype in frame.dtypes] == [dtypes[field.type] for field in fields]
    assert frame.attrs["title"] == public_table(name).title_zh
    assert frame.attrs["units"] == {field.name: field.unit for field in fields if field.unit}
    assert (frame.attrs["version"], frame.attrs["built_at"]) == (data.version, data.built_at)
    assert {source["document_id"] for source in frame.attrs["sources"]} == set(frame["document_id"])
    empty = data.table(name, document_id="nobody")
    assert len(empty) == 0 and list(empty.dtypes) == list(frame.dtypes) and empty.attrs["sources"] == []


def test_amounts_are_decimals_and_blank_is_not_zero(data: Data) -> None:
    figures = data.figures(document_id=DOCUMENT_ID)
    assert all(isinstance(amount, Decimal) for amount in figures["amount_wan"])
    assert [str(amount) for amount in figures["amount_wan"]] == ["123.00", "0.00", "123.00"]
    projects = data.projects(document_id=DOCUMENT_ID)
    assert list(projects["total_wan"]) == [Decimal("10.00"), Decimal("0.00005")]
    assert projects["fund_wan"].isna().all()
    assert projects["total_wan"].sum() == Decimal("10.00005")
    assert pd.isna(projects["fund_wan"].sum(min_count=1)), "a sum over blanks is blank"
    three = data.three_public(document_id=DOCUMENT_ID).set_index("item")
    assert three.loc["overseas", "status"] == "blank" and pd.isna(three.loc["overseas", "amount_wan"])
    assert data.figures()["page"].tolist() == [3, 3, 3] * 2


def test_filters_take_one_value_or_several_and_none_is_blank(data: Data) -> None:
    assert len(data.figures(amount_wan=123)) == len(data.figures(amount_wan="123.0")) == 4
    assert len(data.figures(amount_wan=Decimal("0"))) == 2
    assert len(data.figures(year=[2023, "2024"], table_no=5, is_sum=True)) == 2
    assert len(data.figures(year=2023, code="20604")) == 2
    assert len(data.figures(code=None)) == len(data.figures(code="")) == 2
    assert len(data.figures(code=["20604", None])) == 6
    assert len(data.figures(code=[])) == 0
    assert len(data.figures(column="project")) == 2
    assert len(data.disclosure(group="core")) == 2
    assert len(data.projects(own_wan=None, total_wan="0.00005")) == 2


def test_what_is_unknown_is_refused_with_what_there_is(data: Data, tmp_path: Path) -> None:
    with pytest.raises(
        UnknownNameError, match="table figures has no column 'years'; its columns are figure_id, document"
    ):
        data.figures(years=2024)
    with pytest.raises(UnknownNameError, match="no table 'figure'; the tables are documents"):
        data.table("figure")
    for wrong in ("last", 2024.5, "20.5", pd.NA):
        with pytest.raises(UnknownNameError, match=r"figures\.year is a whole number"):
            data.figures(year=wrong)
    for wrong in ("much", "NaN", "1e999999999", "Infinity"):
        with pytest.raises(UnknownNameError, match=r"figures\.amount_wan is an amount in 万元"):
            data.figures(amount_wan=wrong)
    with pytest.raises(NoDatabaseError, match="no database there; build it with"):
        budgetdata.open(tmp_path / "none.db")


@given(st.integers(-(10**15), 10**15))
def test_an_amount_is_asked_for_as_the_views_write_it(fen: int) -> None:
    table = public_table("figures")
    for unit, write, factor in (("万元", wan, 1_000_000), ("元", yuan, 100)):
        field = Field("x", "", "", "number", unit)
        assert typed(table, field, Decimal(fen) / factor) == typed(table, field, write(fen)) == write(fen)


def test_the_default_is_the_database_of_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(tmp_path / "b.db", [made_facts()])
    monkeypatch.setenv("BUDGETDATA_DB", str(tmp_path / "b.db"))
    with budgetdata.open() as opened:
        assert opened.path == tmp_path / "b.db"
        other = made_facts()
        other.figures[0] = replace(other.figures[0], raw="123,00")
        create(tmp_path / "b.db", [other])
        assert opened.figures()["raw"][0] == "123.00", "what was opened stays as it was"
    with budgetdata.open(str(tmp_path / "b.db")) as again:
        assert again.figures()["raw"][0] == "123,00" and again.version != opened.version


def test_who_only_reads_does_without_pandas() -> None:
    """A server that answers embeds holds 80 MiB less: pandas comes with the first frame or the first database written."""
    code = "import sys, budgetdata; from budgetdata.web import routes; routes(); print('pandas' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.check_output([sys.executable, "-c", code], cwd=root, encoding="utf-8").strip() == "False"
