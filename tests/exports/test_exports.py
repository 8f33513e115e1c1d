"""The export is what the dictionary says it is, for machines (Frictionless) and for Excel."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import copyfile

import frictionless
import openpyxl
import pytest
from lxml.etree import SerialisationError
from made import made_facts
from personal import contents, hits, personal_data

from budgetdata.base.errors import StoreError, UnknownNameError
from budgetdata.build.current import ensure_database
from budgetdata.exports.tables import WORKBOOK_FILE, csv_text, export
from budgetdata.exports.workbook import ABOUT_SHEET, AMOUNT_FORMAT, TableSheet, sheet_bytes
from budgetdata.store.database import create, open_readonly
from budgetdata.store.dictionary import DICTIONARY_FILE, public_table, public_tables

FORMULA = '=HYPERLINK("http://example.org","看")'

# The column types of the budget taxonomy that are used here, from its specification (1.0.0rc1).
TAXONOMY = {
    "value", "date:fiscal-year", "budget-line-id", "geo:source:title", "administrative-classification:generic:code",
    "administrative-classification:generic:label", "activity:generic:project:code", "activity:generic:project:label",
}  # fmt: skip


OURS = {"documents": {"files", "part", "label", "counts"}, "tables": {"layout"}, "projects": {"source"}}
"""Public columns behind those that the contract promises, codes and their arguments apart."""
PLACES = {"file", "worksheet"}
"""Columns that say what a page and a line are counted in."""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the database of the five registered documents."""
    path = tmp_path_factory.mktemp("exports") / "budget.db"
    copyfile(ensure_database(), path)
    return path


@pytest.fixture(scope="module")
def out(db: Path) -> Path:
    """Their export."""
    directory = db.parent / "out"
    files = export(db, directory)
    assert {path.name for path in files} == {path.name for path in directory.iterdir()}
    return directory


def view(db: Path, name: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """The columns and rows of a view."""
    with closing(open_readonly(db)) as connection:
        cursor = connection.execute(f'SELECT * FROM "{name}"')
        return [column[0] for column in cursor.description], [tuple(row) for row in cursor]


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of an exported CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_dictionary_names_the_views_and_their_columns_in_order(db: Path) -> None:
    with closing(open_readonly(db)) as connection:
        views = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert {table.name for table in public_tables()} == views
    for table in public_tables():
        assert [field.name for field in table.fields] == view(db, table.name)[0], table.name


def test_every_field_is_described() -> None:
    for table in public_tables():
        assert table.title_zh and table.description
        for field in table.fields:
            assert field.title_zh and field.description, f"{table.name}.{field.name}"
            assert (field.unit == "万元") == field.name.endswith("_wan"), f"{table.name}.{field.name}"
            assert (field.unit == "元") == field.name.endswith("_yuan"), f"{table.name}.{field.name}"
    used = {field.fiscal for table in public_tables() for field in table.fields} - {""}
    assert used == TAXONOMY
    assert DICTIONARY_FILE.is_file()
    with pytest.raises(UnknownNameError, match="the tables are documents, tables"):
        public_table("nonsense")


@pytest.mark.shared
def test_the_dictionary_keeps_the_contract(shared: Path) -> None:
    """Every table and column that CONTRACT.md promises is there, in its order; what is ours stands behind them."""
    contract = (shared / "CONTRACT.md").read_text(encoding="utf-8").split("## Tables")[1].split("## Addresses")[0]
    without_words = re.sub(r"\n  \w+: .*", "", contract)  # what a value means, on a line of its own
    promised = without_words.replace("\n  ", " ").splitlines()
    for table in public_tables():
        if table.name in {"problems", "statement_links"}:
            continue
        [line] = [line for line in promised if line.startswith(f"{table.name}: ")]
        without_remarks = "".join(part.split(")")[-1] for part in line.split(": ", 1)[1].split("(")).split(" — ")[0]
        columns = [column.strip() for column in without_remarks.split(",")]
        names = [field.name for field in table.fields]
        assert names[: len(columns)] == columns, table.name
        more = {name for name in names[len(columns) :] if not name.endswith(("_code", "_args"))}
        assert more <= OURS.get(table.name, set()) | PLACES, table.name


def test_the_csv_files_are_the_views(db: Path, out: Path) -> None:
    for table in public_tables():
        columns, rows = view(db, table.name)
        data = (out / f"{table.name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf" + columns[0].encode()), "Excel knows UTF-8 by its mark"
        assert data.count(b"\r\n") > len(rows), "every line ends with CR LF"
        exported = read_csv(out / f"{table.name}.csv")
        expected = [["" if value is None else str(value) for value in row] for row in rows]
        assert sorted(list(row.values()) for row in exported) == sorted(expected), table.name
    assert len(read_csv(out / "figures.csv")) > 1000
    assert len(read_csv(out / "documents.csv")) == 5


def test_amounts_are_exact_decimals(db: Path, out: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        fen = dict(connection.execute("SELECT figure_id, fen FROM figure").fetchall())
    for row in read_csv(out / "figures.csv"):
        assert Decimal(row["amount_wan"]) * 1_000_000 == fen[row["figure_id"]]


def test_frictionless_finds_the_package_valid(out: Path) -> None:
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "note"])[:10]
    assert {task.name for task in report.tasks} == {table.name for table in public_tables()}


def test_frictionless_would_notice(out: Path, tmp_path: Path) -> None:
    """The schema is no decoration: a wrong unit, a dangling key and a double key are found."""
    for path in out.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    targets = tmp_path / "three_public.csv"
    text = targets.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    text[1] = text[1].replace("overseas", "oversees")
    text.append("nobody,部门,2024,total,twelve,stated\r\n")
    targets.write_bytes("".join([*text, text[2]]).encode("utf-8-sig"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    found = {error.type for task in report.tasks for error in task.errors if task.name == "three_public"}
    assert {"constraint-error", "type-error", "foreign-key", "primary-key"} <= found


def test_the_package_tells_sources_hashes_and_version(db: Path, out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    with closing(open_readonly(db)) as connection:
        sources = {row["document_id"]: row["source_sha256"] for row in connection.execute("SELECT * FROM document")}
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    assert {source["document_id"]: source["sha256"] for source in package["sources"]} == sources
    assert (package["version"], package["created"]) == (meta["version"], meta["built_at"])
    for resource in package["resources"]:
        data = (out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
    fields = {f"{r['name']}.{f['name']}": f for r in package["resources"] for f in r["schema"]["fields"]}
    assert fields["figures.amount_wan"] | {"title": "", "description": ""} == {
        "name": "amount_wan", "type": "number", "title": "", "description": "", "unit": "万元", "currency": "CNY",
        "factor": 10_000, "columnType": "value", "constraints": {"required": True},
    }  # fmt: skip
    assert fields["figures.year"]["columnType"] == "date:fiscal-year"


def test_files_written_part_by_part_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row at a time, and sheets that hold one: the CSVs are the same to the byte, the workbook says what it lacks."""
    create(tmp_path / "a.db", [made_facts()])
    whole = {path.name: path.read_bytes() for path in export(tmp_path / "a.db", tmp_path / "whole")}
    monkeypatch.setattr("budgetdata.exports.data.PART", 1)
    monkeypatch.setattr("budgetdata.exports.workbook.MOST_ROWS", 1)
    export(tmp_path / "a.db", tmp_path / "parts")
    csvs = {name: written for name, written in whole.items() if name.endswith(".csv")}
    assert csvs == {path.name: path.read_bytes() for path in (tmp_path / "parts").glob("*.csv")}
    book = openpyxl.load_workbook(tmp_path / "parts" / WORKBOOK_FILE)
    rows = {table.name: whole[f"{table.name}.csv"].count(b"\r\n") - 1 for table in public_tables()}
    assert {name: book[name].max_row - 1 for name in rows} == {name: min(number, 1) for name, number in rows.items()}
    said = [row[0].value for row in book[ABOUT_SHEET].rows if row[0].value and "放不下" in row[0].value]
    lacking = {name: number - 1 for name, number in rows.items() if number > 1}
    assert len(lacking) > 2 and len(said) == len(lacking)
    assert all(any(name in line and f"还有 {number} 行" in line for line in said) for name, number in lacking.items())


def test_the_workbook_holds_every_table_as_numbers_and_texts(out: Path) -> None:
    book = openpyxl.load_workbook(out / WORKBOOK_FILE)
    assert book.sheetnames == [ABOUT_SHEET, *(table.name for table in public_tables())]
    for table in public_tables():
        sheet = book[table.name]
        rows = read_csv(out / f"{table.name}.csv")
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == [field.name for field in table.fields]
        assert sheet.max_row == len(rows) + 1, table.name
        for number, field in enumerate(table.fields, start=1):
            for row, cells in zip(rows, sheet.iter_rows(min_row=2, min_col=number, max_col=number), strict=True):
                cell, text = cells[0], row[field.name]
                if not text:
                    assert cell.value is None
                elif field.type == "number":
                    assert (cell.data_type, cell.number_format) == ("n", AMOUNT_FORMAT)
                    assert Decimal(str(cell.value)) == Decimal(text)
                elif field.type == "integer":
                    assert cell.value == int(text)
                else:
                    assert cell.data_type == "s"
    named = {(row[0].value or "", row[1].value or "") for row in book[ABOUT_SHEET].iter_rows(min_row=6)}
    fields = {("", field.name) for table in public_tables() for field in table.fields}
    assert fields | {(table.name, "") for table in public_tables()} == named


@pytest.mark.parametrize("amount", ["8.30", "-0.07", "123456789012.34", "0.00"])
def test_an_amount_stands_in_a_sheet_digit_by_digit(amount: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet_bytes("t", [], ["a"], [[Decimal(amount)]]))) as book:
        assert f"<v>{amount}</v>" in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FORMULA, f"'{FORMULA}"),
        ("@SUM(1)", "'@SUM(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        (" =A1!B2", "' =A1!B2"),
        ("=100%", "=100%"),
        ("=", "="),
        ("-SUM(A1)", "'-SUM(A1)"),
        ("-5%", "-5%"),
        ("+3个", "+3个"),
        ("- 7、负责联系", "- 7、负责联系"),
        ("≥90%", "≥90%"),
        ("", ""),
        (None, None),
    ],
)
def test_what_a_spreadsheet_would_run_is_marked(text: str | None, expected: str | None) -> None:
    assert csv_text(text) == expected


def test_a_formula_in_a_source_is_a_text_everywhere(tmp_path: Path) -> None:
    facts = made_facts()
    facts.projects[0] = replace(facts.projects[0], name=FORMULA)
    facts.sheets[0].overview = "\x0b含控制字符"
    create(tmp_path / "a.db", [facts])
    export(tmp_path / "a.db", tmp_path / "out")
    assert read_csv(tmp_path / "out" / "projects.csv")[0]["name"] == f"'{FORMULA}"
    book = openpyxl.load_workbook(tmp_path / "out" / WORKBOOK_FILE)
    cell = book["projects"]["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (FORMULA, "s", True)
    assert frictionless.validate(str(tmp_path / "out" / "datapackage.json")).valid


def test_an_export_replaces_its_own_files_only(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "mine.txt").write_text("stays", encoding="utf-8")
    (target / "figures.csv").write_text("old", encoding="utf-8")
    export(db, target)
    assert (target / "mine.txt").read_text(encoding="utf-8") == "stays"
    assert (target / "figures.csv").stat().st_size > 100_000
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "the temporary directory is gone"


def test_a_failed_export_leaves_the_old_files(db: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        export(db, tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"
    with pytest.raises(StoreError, match="no database there"):
        export(tmp_path / "none.db", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_disk_that_is_full_is_said_in_a_sentence_where_the_workbook_meets_it(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SerialisationError("IO_ENOSPC")

    monkeypatch.setattr(TableSheet, "append", full)
    with pytest.raises(StoreError, match="No space left on device"):
        export(db, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.shared
def test_no_personal_data_in_database_or_export(db: Path, out: Path, shared: Path) -> None:
    wanted = personal_data(shared)
    assert wanted
    for path in [db, *out.iterdir()]:
        assert not hits(contents(path), wanted), path.name
