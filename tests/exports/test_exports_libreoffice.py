"""What is exported opens in LibreOffice as it is, in workbook and CSV: every cell, Chinese intact. Skipped where it is absent."""

from __future__ import annotations

import csv
import shutil
import subprocess
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from budgetdata.build.current import ensure_database
from budgetdata.exports.tables import WORKBOOK_FILE, export
from budgetdata.exports.workbook import ABOUT_SHEET
from budgetdata.store.dictionary import Table, public_tables

AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false"
"""Comma, double quote, UTF-8, from the first line; values and not what is shown of them, no formulas."""
FROM_CSV = "CSV:44,34,76"
"""Comma, double quote, UTF-8: what its import window proposes for a file with our mark; a headless run must be told."""
SECONDS = 240
TABLES = public_tables()


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed here: that the exports open in it is not tested")
    return found


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("office") / "out"
    export(ensure_database(), directory)
    return directory


def opened(office: str, files: list[Path], to: Path, sheets: str = "", read: str = "") -> None:
    """Open files in LibreOffice, with a profile of its own, and save what it holds as CSV into a directory."""
    profile = f"-env:UserInstallation={(to / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", *([f"--infilter={read}"] if read else [])]
    command += ["--convert-to", AS_CSV + sheets, "--outdir", str(to), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        raise AssertionError(f"{text!r} is no number") from None


def compare(table: Table, expected: list[list[str]], found: list[list[str]]) -> None:
    """Every cell as it was exported: amounts as numbers, texts character by character, without a CSV's apostrophe guard."""
    assert found[0] == expected[0] and len(found) == len(expected), table.name
    for was, now in zip(expected[1:], found[1:], strict=True):
        for field, text, shown in zip(table.fields, was, now, strict=True):
            where = (table.name, field.name, text, shown)
            if field.type in ("number", "integer"):
                assert number(shown) == number(text), where
            else:
                plain = text.removeprefix("'")
                assert shown.replace("\r\n", "\n") == plain.replace("\r\n", "\n"), where


def test_the_workbook_opens_with_every_cell(office: str, out: Path, tmp_path: Path) -> None:
    opened(office, [out / WORKBOOK_FILE], tmp_path, ",-1")
    stem = Path(WORKBOOK_FILE).stem
    about = cells(tmp_path / f"{stem}-{ABOUT_SHEET}.csv")
    assert about[0][0] == "明账：部门预算公开数据"
    for table in TABLES:
        compare(table, cells(out / f"{table.name}.csv"), cells(tmp_path / f"{stem}-{table.name}.csv"))


def test_the_csv_files_open_with_every_text_and_amount(office: str, out: Path, tmp_path: Path) -> None:
    """Texts that LibreOffice takes for numbers or dates (codes, 100%) are left out: the workbook keeps those as texts."""
    opened(office, [out / f"{table.name}.csv" for table in TABLES], tmp_path, read=FROM_CSV)
    for table in TABLES:
        expected, found = cells(out / f"{table.name}.csv"), cells(tmp_path / f"{table.name}.csv")
        assert found[0] == expected[0] and len(found) == len(expected), table.name
        for was, now in zip(expected[1:], found[1:], strict=True):
            for field, text, shown in zip(table.fields, was, now, strict=True):
                where = (table.name, field.name, text, shown)
                if field.type == "number":
                    assert number(shown) == number(text), where
                elif any("\u4e00" <= mark <= "\u9fff" for mark in text):
                    assert shown == text, where
