"""The house keeps its own rules: one way through the modules, registries with samples, no left-overs, sizes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "budgetdata"
MODULES = sorted(p for p in PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> list[str]:
    """The modules of this package that a file imports, without the package's name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("budgetdata"):
            names.append(node.module.removeprefix("budgetdata").lstrip("."))
        elif isinstance(node, ast.Import):
            names += [a.name.removeprefix("budgetdata.") for a in node.names if a.name.startswith("budgetdata.")]
    return [name for name in names if name]


def test_only_readers_know_pdfplumber() -> None:
    users = [
        str(p.relative_to(PACKAGE))
        for p in MODULES
        if re.search(r"^\s*(?:import|from) pdfplumber", p.read_text("utf-8"), re.M)
    ]
    assert users and all(name.startswith("readers/") for name in users)


def test_the_library_works_without_streamlit() -> None:
    for path in MODULES:
        inside = path.relative_to(PACKAGE).parts[0]
        if inside not in {"ui", "web"}:
            assert not re.search(r"^\s*(?:import|from) streamlit", path.read_text("utf-8"), re.M), path


def test_no_form_is_named_in_code() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        assert not re.search(r"form\.(?:no|id) == [\d\"']", text), path


def test_nothing_opens_a_document_right_of_the_database() -> None:
    for name in ("queries", "charts", "markup", "embeds", "ui", "web"):
        for path in (PACKAGE / name).rglob("*.py"):
            assert not any(i.startswith("readers") for i in imports_of(path)), path


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_small_and_documented(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    assert ast.get_docstring(ast.parse(text)), "a module says in one sentence what it is"
    assert not re.search(r"\b(?:TODO|FIXME|XXX)\b", text)


def test_public_functions_have_docstrings() -> None:
    bare = []
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                bare.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert bare == []


def test_no_path_of_a_machine_is_in_the_repository() -> None:
    for path in [
        *MODULES,
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("tests/**/*.py"),
        *ROOT.glob("pages/*.py"),
    ]:
        assert not re.search("/" + r"(?:work|root|home)/\w", path.read_text("utf-8")), path


def test_pages_are_thin() -> None:
    for path in ROOT.glob("pages/*.py"):
        assert path.read_text("utf-8").count("\n") <= 60, path
