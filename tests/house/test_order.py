"""One way through the house, held by import-linter: the contracts stand in pyproject.toml, and a planted breach fails them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "budgetdata"


def contracts(root: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the package in a folder that holds pyproject.toml and budgetdata/."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True
    )


def copied(to: Path) -> Path:
    """The package and its contracts in another folder."""
    shutil.copy(ROOT / "pyproject.toml", to)
    shutil.copytree(PACKAGE, to / "budgetdata", ignore=shutil.ignore_patterns("__pycache__", "*.js"))
    return to


def test_the_contracts_hold() -> None:
    said = contracts(ROOT)
    assert said.returncode == 0, said.stdout
    assert " kept, 0 broken" in said.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("base/money.py", "from budgetdata.store.database import open_readonly"),
        ("tables/sums.py", "def late() -> None:\n    from budgetdata.checks import identities"),
        ("words/numbers.py", "from budgetdata.queries import money as amounts"),
        ("sheets/slots.py", "from budgetdata.sheets import find"),
        ("web/quick.py", "from budgetdata.ui import frame"),
        ("exports/tables.py", "import sqlite3"),
        ("web/bundles.py", "def late() -> None:\n    import streamlit"),
        ("show/balance.py", "def late() -> None:\n    from sqlite_utils import Database"),
        ("privacy/mask.py", "import pypdfium2"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, file: str, line: str) -> None:
    path = copied(tmp_path) / "budgetdata" / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{line}\n", encoding="utf-8")
    assert contracts(tmp_path).returncode != 0


def test_an_upward_import_through_a_third_module_is_found(tmp_path: Path) -> None:
    package = copied(tmp_path) / "budgetdata"
    (package / "base" / "between.py").write_text(
        '"""A stranger."""\n\nfrom budgetdata.queries import money\n', encoding="utf-8"
    )
    path = package / "base" / "money.py"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\nfrom budgetdata.base import between\n", encoding="utf-8")
    assert contracts(tmp_path).returncode != 0


def test_nothing_lies_flat_and_no_room_is_a_hall() -> None:
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py"]
    rooms = sorted({path.parent for path in PACKAGE.rglob("*.py")} - {PACKAGE})
    assert len(rooms) <= 30
    for room in rooms:
        lines = sum(path.read_text(encoding="utf-8").count("\n") for path in room.glob("*.py"))
        assert lines <= 3500, room


def test_no_two_files_of_tests_or_helpers_have_one_name() -> None:
    """pytest imports them by their names alone: the second of two would not be run."""
    names = Counter(path.stem for path in (PACKAGE.parent / "tests").rglob("*.py") if path.stem != "conftest")
    assert [name for name, count in names.items() if count > 1 and name != "__init__"] == []


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """pytest does not look into folders that are named so: the 167 tests of the build room had not been run."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = [path.name for path in (PACKAGE.parent / "tests").rglob("*") if path.is_dir()]
    assert {name for name in folders if any(fnmatch(name, pattern) for pattern in passed_over)} <= {"__pycache__"}
    assert "build" in folders
