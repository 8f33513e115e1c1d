"""A corrected or superseded document stays readable and counts nowhere: one place says so for every query."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetdata.base.settings import DATA_DIR
from budgetdata.build.build import build
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.search import search
from budgetdata.register.sources import read_sources, stored_path

TEXT = next(
    stored_path(source, DATA_DIR).read_text(encoding="utf-8")
    for source in read_sources(DATA_DIR)
    if source.department == "阳泉市招商中心"
)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database of one budget and its correction."""
    folder = tmp_path_factory.mktemp("versions")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "in" / "a更正.txt").write_text(TEXT.replace("359.95", "369.95"), encoding="utf-8")
    return open_database(build(folder / "b.db", from_dir=folder / "in", jobs=1).database)


def test_one_budget_counts_in_every_total(corrected: Database) -> None:
    overview = held.overview(corrected)
    assert (overview["documents"], overview["with_total"], overview["total_fen"]) == (1, 1, 369_95_00_00)
    [valid] = held.documents(corrected)
    assert valid["label"] == "更正" and valid["replaced_by"] in (None, "")
    assert overview["figures"] == corrected.value(
        "SELECT count(*) FROM figure WHERE document_id = ?", (valid["document_id"],)
    )


def test_the_earlier_one_stays_readable(corrected: Database) -> None:
    [old] = corrected.superseded
    document = held.document(corrected, old)
    assert document is not None and document["replaced_by"] == held.documents(corrected)[0]["document_id"]
    assert len(held.tables(corrected, old)) == 13
    assert corrected.value("SELECT count(*) FROM figure WHERE document_id = ?", (old,)) == 229
    assert corrected.value("SELECT count(*) FROM documents") == 2, "the public views hold both"


def test_each_version_names_the_other(corrected: Database) -> None:
    [old], [valid] = corrected.superseded, held.documents(corrected)
    [newer] = held.beside(corrected, held.document(corrected, old) or {})
    [older] = held.beside(corrected, valid)
    assert (newer["relation"], newer["document_id"]) == ("newer", valid["document_id"])
    assert (older["relation"], older["document_id"]) == ("older", old)
    for row in (newer, older):
        shown = str(macros("department.html", "zh").head(valid, [], [row]))
        assert row["document_id"] in shown and "更正" in shown


def test_search_finds_it_once(corrected: Database) -> None:
    found = [
        row for rows in search(corrected, "阳泉市招商中心").rows.values() for row in rows if row.get("document_id")
    ]
    assert found and not {row["document_id"] for row in found} & set(corrected.superseded)


def test_nothing_is_set_aside_where_all_count(tmp_path: Path) -> None:
    database = open_database(build(tmp_path / "b.db", jobs=1).database)
    assert database.superseded == ()
