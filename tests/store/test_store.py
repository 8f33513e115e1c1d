"""The database is declared, whole, stable, and says in SQL what money.py says in Python."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made import DOCUMENT_ID, figure, made_facts
from sqlite_utils import Database

from budgetdata.__main__ import main
from budgetdata.base import money
from budgetdata.base.errors import StoreError
from budgetdata.base.facts import DisclosureFact, DocumentFacts, RowFact
from budgetdata.base.raw import Place
from budgetdata.base.said import plain
from budgetdata.forms.canonical import attested_names, canonical_label, canonical_names, plain_label
from budgetdata.store import database
from budgetdata.store.database import (
    create,
    open_readonly,
    read_meta,
    schema_version,
    stored_meta,
)
from budgetdata.store.declared import Column, Stored, stored_tables
from budgetdata.store.filling import fill, make, schema
from budgetdata.store.views import public_views, wan_sql, yuan_sql


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database of the made document."""
    path = tmp_path / "budget.db"
    create(path, [made_facts()])
    return path


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    """The rows of a query as tuples."""
    with closing(open_readonly(path)) as connection:
        return [tuple(row) for row in connection.execute(sql)]


def test_a_document_is_stored_whatever_replaces_it_and_however_many_are_stored_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten thousand, one was the last of thirty-two and the one that replaces it the first of the next: nothing was stored."""
    monkeypatch.setattr(database, "_AT_ONCE", 1)
    ids = [f"{number:x}" * 12 for number in range(5)]
    replaced = dict(zip(ids, (None, ids[3], ids[1], None, ids[3]), strict=True))
    facts = [
        replace(made_facts(), document_id=each, source_sha256=each, replaced_by=by) for each, by in replaced.items()
    ]
    path = tmp_path / "budget.db"
    create(path, facts)
    assert dict(query(path, "SELECT document_id, replaced_by FROM document")) == replaced
    assert query(path, "PRAGMA foreign_key_check") == []


_SQL = sqlite3.connect(":memory:")


@given(st.integers(-(10**15), 10**15))
@example(0)
@example(-1)
@example(5_000)
@example(-1_000_000)
@example(1_410_187_00)
def test_sql_writes_amounts_as_money_does(fen: int) -> None:
    row = _SQL.execute(f"SELECT {wan_sql('x')}, {yuan_sql('x')} FROM (SELECT ? AS x)", (fen,)).fetchone()
    assert row == (money.wan(fen), money.yuan(fen))


def test_sql_keeps_null_and_takes_expressions() -> None:
    assert _SQL.execute(f"SELECT {wan_sql('NULL')}, {yuan_sql('NULL')}").fetchone() == (None, None)
    assert _SQL.execute(f"SELECT {wan_sql('3000000 - 5000000')}").fetchone() == ("-2.00",)


def test_the_schema_is_plain_and_strict(db: Path) -> None:
    assert not re.search(r"\b(wan|yuan)\s*\(", schema())
    assert {row[0] for row in query(db, "SELECT name FROM sqlite_master WHERE type = 'view'")} == set(public_views())
    stored = query(db, "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert {name for name, _ in stored} == {table.name for table in stored_tables()}
    assert all(strict == 1 for _, strict in stored)
    assert query(db, "PRAGMA integrity_check") == [("ok",)]
    assert query(db, "PRAGMA foreign_key_check") == []


def test_figures_have_readable_ids_and_exact_amounts(db: Path) -> None:
    rows = query(db, "SELECT figure_id, code, canonical_label, is_sum, amount_wan, raw, page, line FROM figures")
    assert rows == [
        (f"{DOCUMENT_ID}.t05.r001.total", None, "合计", 1, "123.00", "123.00", 3, 1),
        (f"{DOCUMENT_ID}.t05.r002.total", "20604", "技术研究与开发", 0, "123.00", "123.00", 3, 2),
        (f"{DOCUMENT_ID}.t05.r002.project", "20604", "技术研究与开发", 0, "0.00", "0.00", 3, 2),
    ]


def test_projects_sheets_and_targets(db: Path) -> None:
    assert query(db, "SELECT project_id, stage, total_wan, general_wan, fund_wan, sheet_id, link FROM projects") == [
        (f"{DOCUMENT_ID}.pc001", "current", "10.00", "10.00", None, f"{DOCUMENT_ID}.s01", "exact"),
        (f"{DOCUMENT_ID}.pn004", "carryover", "0.00005", None, None, None, "none"),
    ]
    assert query(db, "SELECT sheet_id, term_yuan, annual_yuan, central_yuan, local_yuan, need FROM sheets") == [
        (f"{DOCUMENT_ID}.s01", "200000.50", "100000", "0", None, None)
    ]
    assert query(db, "SELECT target_id, horizon, target, operator, value, quality FROM targets") == [
        (f"{DOCUMENT_ID}.s01.t001", "term", "≥3座", "≥", "3", "quantified"),
        (f"{DOCUMENT_ID}.s01.a001", "annual", "1座", None, "1", "quantified"),
        (f"{DOCUMENT_ID}.s01.a002", "annual", "提升", None, None, "vague"),
    ]


def test_checks_statements_and_problems(db: Path) -> None:
    assert query(db, "SELECT check_id, left_wan, right_wan, difference_wan, tolerance_wan, status FROM checks") == [
        (f"{DOCUMENT_ID}.check001", "123.00", "122.99", "0.01", "0.02", "rounding"),
        (f"{DOCUMENT_ID}.check002", None, None, None, None, "not_evaluable"),
    ]
    assert query(db, "SELECT kind, subject, value, unit, page FROM statements") == [
        ("amount", "收入", "123", "万元", 8)
    ]
    assert query(db, "SELECT problem_id, severity, table_no, raw FROM problems") == [
        (f"{DOCUMENT_ID}.problem001", "unread", 5, "1,2x4")
    ]
    assert query(db, "SELECT status FROM documents") == [("partial",)]


def test_the_four_states_of_three_public(db: Path) -> None:
    assert query(db, "SELECT item, amount_wan, status FROM three_public WHERE item IN ('overseas', 'total')") == [
        ("overseas", None, "blank"),
        ("total", None, "missing"),
    ]


def test_readonly_means_readonly(db: Path) -> None:
    with closing(open_readonly(db)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM document")


def test_what_is_no_database_of_ours_is_said(tmp_path: Path, db: Path) -> None:
    with pytest.raises(StoreError, match="no database there; build it with"):
        open_readonly(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("not a database, but a text long enough to be one" * 9, encoding="utf-8")
    with pytest.raises(StoreError, match="another version of the schema"):
        open_readonly(tmp_path / "text.db")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema_version'")
    with pytest.raises(StoreError, match="another version of the schema \\(older, now"):
        open_readonly(db)
    assert read_meta(tmp_path / "none.db") == {}


def test_the_version_is_that_of_the_content(tmp_path: Path) -> None:
    one, two = made_facts(), made_facts("ba9876543210", "稻香村", 2023)
    version = create(tmp_path / "a.db", [one, two])
    assert create(tmp_path / "b.db", [two, one], meta={"origin": "elsewhere"}) == version
    changed = made_facts()
    changed.figures[0] = replace(changed.figures[0], fen=changed.figures[0].fen + 1)
    assert create(tmp_path / "c.db", [changed, two]) != version
    assert create(tmp_path / "d.db", [one]) != version
    meta = read_meta(tmp_path / "b.db")
    assert (meta["version"], meta["schema_version"], meta["origin"]) == (version, schema_version(), "elsewhere")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", meta["built_at"])


def broken() -> Iterator[tuple[str, list[DocumentFacts]]]:
    """Facts that cannot be stored, each with what the error says."""
    twins = made_facts()
    twins.figures.append(figure(5, "", 2, "20604", "技术与开发", "total", 7, "0.07"))
    yield "more than one figure claims the id", [twins]
    yield "what was read cannot be stored", [made_facts(), made_facts()]
    wrong_type = made_facts()
    wrong_type.pages = "three"  # type: ignore[assignment]
    yield "what was read cannot be stored", [wrong_type]
    wrong_status = made_facts()
    wrong_status.disclosure.append(DisclosureFact("t06", "core", "表六", "fine", plain("")))
    yield "disclosure_item.status: 'fine' is none of full, partial", [wrong_status]
    dangling = made_facts()
    dangling.links[1] = (7, "exact")
    yield "FOREIGN KEY constraint failed", [dangling]


@pytest.mark.parametrize(("message", "documents"), list(broken()))
def test_a_failed_write_leaves_the_old_database(db: Path, message: str, documents: list[DocumentFacts]) -> None:
    before = db.read_bytes()
    with pytest.raises(StoreError, match=message):
        create(db, documents)
    assert db.read_bytes() == before
    assert [path.name for path in db.parent.iterdir()] == [db.name], "a half-written file was left"


def test_a_row_must_fit_its_table() -> None:
    table = Stored(
        "t", "A table.", ("a",), (Column("a", required=True), Column("b"), Column("n", "integer", values=()))
    )
    with closing(Database(memory=True)) as db:
        make(db, table)
        fill(db, table, [{"a": "", "b": ""}, {"a": "x", "n": 0}])
        assert list(db.query("SELECT * FROM t")) == [{"a": "", "b": None, "n": None}, {"a": "x", "b": None, "n": 0}]
        with pytest.raises(StoreError, match="table t has no column c; its columns: a, b, n"):
            fill(db, table, [{"a": "y", "c": 1}])
        for wrong in ({"a": "y", "n": "three"}, {"a": "x"}, {"b": "no key"}):
            with pytest.raises(sqlite3.IntegrityError):
                fill(db, table, [wrong])


def test_sqlite_itself_refuses_what_a_closed_vocabulary_does_not_hold() -> None:
    table = Stored("t", "A table.", ("a",), (Column("a", required=True), Column("b", values=("yes", "no"))))
    with closing(Database(memory=True)) as db:
        make(db, table)
        fill(db, table, [{"a": "1", "b": "yes"}, {"a": "2", "b": ""}])
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            db.execute("UPDATE t SET b = 'maybe'")
    closed = [column.name for table in stored_tables() for column in table.columns if column.values]
    assert len(closed) > 10 and schema().count("CHECK (") == len(closed)


def test_every_reference_and_key_of_the_declaration_is_in_the_database(db: Path) -> None:
    for table in stored_tables():
        assert table.about.endswith(".")
        info = query(db, f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table.name}')")
        assert [(name, kind) for name, kind, _, _ in info] == [
            (column.name, {"text": "TEXT", "integer": "INTEGER"}[column.type]) for column in table.columns
        ]
        assert {name for name, _, _, pk in info if pk} == set(table.key)
        refers = query(db, f'SELECT "from", "table" FROM pragma_foreign_key_list(\'{table.name}\')')
        assert set(refers) == {(column.name, column.refers) for column in table.columns if column.refers}


def test_a_reader_keeps_the_database_it_opened(db: Path) -> None:
    with closing(open_readonly(db)) as connection:
        create(db, [made_facts("ba9876543210", "稻香村")])
        assert [row["department"] for row in connection.execute("SELECT department FROM document")] == ["大观园管理处"]
    assert query(db, "SELECT department FROM document") == [("稻香村",)]


def test_an_unwritable_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        create(tmp_path / "file" / "budget.db", [made_facts()])
    (tmp_path / "dir.db").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        create(tmp_path / "dir.db", [made_facts()])


def foreign_files(directory: Path) -> Iterator[Path]:
    """Files of others: a text, a PDF, a database, a database with a meta table of its own."""
    for name, content in (("a.txt", b"my notes"), ("b.pdf", b"%PDF-1.4")):
        (directory / name).write_bytes(content)
        yield directory / name
    for name, table in (("c.db", "mine"), ("d.db", "meta")):
        with closing(sqlite3.connect(directory / name)) as connection, connection:
            connection.execute(f"CREATE TABLE {table} (key TEXT, value TEXT)")
            connection.execute(f"INSERT INTO {table} VALUES ('schema_version', '7')")
        yield directory / name


def test_what_is_no_database_of_ours_is_never_replaced(tmp_path: Path, db: Path) -> None:
    paths = list(foreign_files(tmp_path))
    for path in paths:
        before = path.read_bytes()
        with pytest.raises(
            StoreError, match="no database of this program and would be lost; choose another place with --db"
        ):
            create(path, [made_facts()])
        assert path.read_bytes() == before
    (tmp_path / "empty.db").write_bytes(b"")
    create(tmp_path / "empty.db", [made_facts()])
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema_version'")
    create(db, [made_facts()])
    assert read_meta(db)["schema_version"] == read_meta(tmp_path / "empty.db")["schema_version"] == schema_version()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*(path.name for path in paths), "budget.db", "empty.db"]
    )


def test_disclosure_items_are_stored(db: Path) -> None:
    assert query(db, 'SELECT item_id, "group", status, evidence FROM disclosure') == [("t05", "core", "full", None)]
    with closing(open_readonly(db)) as connection:
        assert stored_meta(connection) == read_meta(db)


def printed(*labels: str) -> DocumentFacts:
    """A document whose table 8 prints these names under one code that no other disclosure attests."""
    facts = made_facts()
    facts.rows = [RowFact(8, "", n, "2129901", label, 3, False, "", Place(1, n)) for n, label in enumerate(labels, 1)]
    return facts


def test_one_name_for_each_code() -> None:
    attested = attested_names()
    assert attested["function", "20604"] == "技术研究与开发"
    assert attested["economic", "30101"] == "基本工资"
    assert all(len(name) >= 2 and not name[0].isdigit() for name in attested.values())
    place = ("function", "2129901")
    assert place not in attested
    assert canonical_names([printed("甲乙", "甲乙丙", "甲乙")])[place] == "甲乙"
    assert canonical_names([printed("甲乙", "甲乙丙")])[place] == "甲乙丙"
    assert canonical_names([printed("甲乙", "丙丁")])[place] == "甲乙"
    assert canonical_names([printed("甲 乙", "甲乙", "丙丁戊")])[place] == "甲乙"


@pytest.mark.parametrize(
    ("year", "code", "label", "shown"),
    [
        (2019, "20805", "行政事业单位离退休支出", "行政事业单位离退休"),
        (2026, "20805", "行政事业单位养老 支出", "行政事业单位养老支出"),
        (2026, "20805", "（五）行政事业单位离退休", "行政事业单位离退休"),
        (2023, "2013804", "市场主体管理", "市场主体管理"),
        (2024, "2013804", "主体管理", "经营主体管理"),
        (2024, "20604", "技术与开发", "技术研究与开发"),
    ],
)
def test_a_code_has_the_name_of_the_budget_year(year: int, code: str, label: str, shown: str) -> None:
    row = RowFact(3, "", 1, code, label, 2, True, "", Place(1, 1))
    assert canonical_label(attested_names(), row, year) == shown


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("一、一般公共预算", "一般公共预算"),
        ("（二）因公出国(境)费", "因公出国（境）费"),
        ("<b>合 计</b>", "合计"),
        ("1.5亿元专项", "1.5亿元专项"),
        ("“三公”经费", "“三公”经费"),
    ],
)
def test_a_row_without_code_loses_its_numbering(label: str, expected: str) -> None:
    assert plain_label(label) == expected


def test_a_file_that_cannot_be_opened_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in its place is opened as little as a file that this user may not read."""
    (tmp_path / "a.db").mkdir()
    for opened in (read_meta, open_readonly):
        with pytest.raises(StoreError, match=r"a\.db: cannot be opened .*chmod a\+r"):
            opened(tmp_path / "a.db")
    assert main(["check", "--db", str(tmp_path / "a.db")]) != 0
    assert "cannot be opened" in capsys.readouterr().err
