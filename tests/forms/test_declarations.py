"""The forms' declarations: sound as they are, and any swapped column, dropped row or sum is noticed."""

from __future__ import annotations

import re
import shutil
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from declarations import faults

from budgetdata.base.errors import FormError
from budgetdata.forms.declared import FORMS_DIR, load_forms, standard_forms

FORM_FILES = sorted(FORMS_DIR.glob("t[0-9][0-9]_*.toml"))
HEADS = list(tomllib.loads((FORMS_DIR / "columns.toml").read_text(encoding="utf-8")))


def test_the_declarations_read_all_five_documents_without_fault() -> None:
    assert list(faults(standard_forms())) == []


def test_thirteen_forms_are_declared() -> None:
    assert sorted(standard_forms()) == list(range(1, 14))
    assert len({form.id for form in standard_forms().values()}) == 13


def mutated(folder: Path, file: str, text: str) -> dict:
    """The forms of a copy in which one file holds another text."""
    shutil.copytree(FORMS_DIR, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (folder / file).write_text(text, encoding="utf-8")
    return load_forms(folder)


def is_noticed(folder: Path, file: str, text: str, tables: set[int]) -> bool:
    """True where the mutated declarations are refused or read something wrong."""
    try:
        forms = mutated(folder, file, text)
    except FormError:
        return True
    return next(faults(forms, tables), None) is not None


def column_swaps() -> list[tuple[str, int, str, str]]:
    """File, line number, and two columns of every pair in every declared list of columns."""
    swaps = []
    for path in FORM_FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
            if line.startswith("columns = "):
                names = re.findall(r'"(\w+)"', line)
                swaps += [(path.name, number, a, b) for a, b in combinations(names, 2)]
    return swaps


def row_lines() -> list[tuple[str, int]]:
    """File and line number of every declared row."""
    return [
        (path.name, number)
        for path in [FORMS_DIR / "rows.toml", *FORM_FILES]
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"))
        if line.strip().startswith("{ role = ")
    ]


def tables_of(file: str) -> set[int]:
    return {int(file[1:3])} if file.startswith("t") else {1, 4}


@pytest.mark.parametrize(("file", "number", "first", "second"), column_swaps())
def test_swapping_two_columns_is_noticed(tmp_path: Path, file: str, number: int, first: str, second: str) -> None:
    lines = (FORMS_DIR / file).read_text(encoding="utf-8").split("\n")
    lines[number] = (
        lines[number].replace(f'"{first}"', '"@"').replace(f'"{second}"', f'"{first}"').replace('"@"', f'"{second}"')
    )
    assert is_noticed(tmp_path / "forms", file, "\n".join(lines), tables_of(file))


def shared_columns() -> list[tuple[str, str]]:
    """Pairs of columns that stand beside each other on some side."""
    pairs = {
        (a.name, b.name) for f in standard_forms().values() for s in f.sides for a, b in combinations(s.columns, 2)
    }
    return sorted(pairs)


@pytest.mark.parametrize(("first", "second"), shared_columns())
def test_swapping_the_heads_of_two_columns_is_noticed(tmp_path: Path, first: str, second: str) -> None:
    text = (FORMS_DIR / "columns.toml").read_text(encoding="utf-8")
    text = text.replace(f"[{first}]", "[@]").replace(f"[{second}]", f"[{first}]").replace("[@]", f"[{second}]")
    assert is_noticed(tmp_path / "forms", "columns.toml", text, set(range(1, 14)))


@pytest.mark.parametrize(("file", "number"), row_lines())
def test_dropping_a_row_is_noticed(tmp_path: Path, file: str, number: int) -> None:
    lines = (FORMS_DIR / file).read_text(encoding="utf-8").split("\n")
    del lines[number]
    assert is_noticed(tmp_path / "forms", file, "\n".join(lines), tables_of(file))


def test_a_contradiction_in_a_declaration_is_refused(tmp_path: Path) -> None:
    text = (FORMS_DIR / "t03_expenditure.toml").read_text(encoding="utf-8")
    with pytest.raises(FormError, match="row_sum"):
        mutated(
            tmp_path / "a",
            "t03_expenditure.toml",
            text.replace('columns = ["total", "basic", "project"]', 'columns = ["total"]'),
        )
    with pytest.raises(FormError, match="twice"):
        mutated(tmp_path / "b", "t99_again.toml", text)
