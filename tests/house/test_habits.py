"""What make, the hooks and continuous integration run is one list, and what is installed is what is declared and used."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
BROUGHT = {"markupsafe", "numpy", "pdfminer-six", "pydantic-core", "typing-extensions"}
"""What Jinja2, pandas, pdfplumber and pydantic bring along and speak through: imported with them, never alone."""

PINS = ("requirements.txt", "requirements-ocr.txt", "requirements-dev.txt")


@cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared(*extras: str) -> dict[str, Requirement]:
    """What the library needs, or one of its extras, by name."""
    optional = project()["project"]["optional-dependencies"]
    lists = [optional[extra] for extra in extras] or [project()["project"]["dependencies"]]
    wanted = [Requirement(text) for texts in lists for text in texts]
    return {canonicalize_name(requirement.name): requirement for requirement in wanted}


def pinned(file: str, direct: bool = True) -> dict[str, str]:
    """The versions a file pins, by name: what the project uses itself, or everything."""
    text = (ROOT / file).read_text(encoding="utf-8")
    text = text.split("# Then what those bring along.")[0] if direct else text
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.M)}


WANTED = ({**declared(), **declared("app")}, declared("ocr"), declared("dev"))


@pytest.mark.parametrize(("file", "wanted"), list(zip(PINS, WANTED, strict=True)), ids=PINS)
def test_the_pins_are_versions_of_what_is_declared(file: str, wanted: dict[str, Requirement]) -> None:
    pins = pinned(file)
    build_tool = {"hatchling"} if file == "requirements-dev.txt" else set()
    assert set(pins) - build_tool == set(wanted)
    for name, requirement in wanted.items():
        assert requirement.specifier.contains(pins[name]), f"{name} {pins[name]} is outside {requirement.specifier}"


@cache
def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@cache
def installed() -> Mapping[str, list[str]]:
    """The distributions of every package that can be imported: each one's files are looked through, so once."""
    return packages_distributions()


def distributions(paths: list[Path]) -> set[str]:
    """The distributions, by name, of everything that some files import beyond the standard library and ourselves."""
    known = installed()
    names = set().union(*map(imported, paths)) - set(sys.stdlib_module_names) - {"budgetdata"}
    return {canonicalize_name(known[name][0]) for name in names if name in known}


def test_every_import_of_the_library_is_declared_and_every_declared_one_is_imported() -> None:
    app = [ROOT / "app.py", *ROOT.glob("pages/*.py"), *(ROOT / "budgetdata" / "ui").rglob("*.py")]
    library = [path for path in (ROOT / "budgetdata").rglob("*.py") if path not in app]
    optional = set(declared("app")) | set(declared("ocr")) | set(declared("parquet")) | set(declared("scale")) | BROUGHT
    assert distributions(library) - optional <= set(declared())
    assert set(declared()) <= distributions(library)
    assert distributions(app) - BROUGHT <= set(declared()) | set(declared("app"))
    assert "uvicorn" in set(declared("app")) and "st.App(" in (ROOT / "app.py").read_text(encoding="utf-8")


def table() -> list[list[str]]:
    """The rows of the README's table of dependencies: packages, where, why, licence."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("## Dependencies")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    assert rows[0] == ["package", "where", "why", "licence"]
    return rows[2:]


def packages(row: list[str]) -> list[str]:
    """The packages of a row, without its remark on which extra they belong to."""
    return re.sub(r" \(.*\)", "", row[0]).split(", ")


def test_the_readme_names_every_dependency_and_none_else() -> None:
    named = [canonicalize_name(name) for row in table() for name in packages(row)]
    assert len(named) == len(set(named))
    assert set(named) == set().union(*(pinned(file) for file in PINS))


@pytest.mark.parametrize("row", table(), ids=lambda row: row[0])
def test_a_dependency_is_used_where_the_readme_says(row: list[str]) -> None:
    _, where, why, licence = row
    assert why and licence and "AGPL" not in licence
    for place in re.findall(r"`([^`]+)`", where):
        paths = [ROOT / place] if (ROOT / place).is_file() else sorted((ROOT / place).rglob("*.py"))
        assert paths, place
        text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
        found = distributions([path for path in paths if path.suffix == ".py"])
        for name in packages(row):
            assert canonicalize_name(name) in found or re.search(rf"\b{re.escape(name)}\b", text), f"{name} in {place}"


def test_what_is_excused_still_needs_it() -> None:
    """The list of files that break a rule of ours is exact, so that it can only shrink."""
    excused = project()["tool"]["ruff"]["lint"]["per-file-ignores"]
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--select",
        "C901,PLR0913",
        "--output-format",
        "json",
    ]
    settings = "lint.per-file-ignores={}"
    said = subprocess.run(
        [*command, "--config", settings, "."], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    found = {(Path(hit["filename"]).relative_to(ROOT).as_posix(), hit["code"]) for hit in json.loads(said.stdout)}
    outside = {(file, code) for file, code in found if not file.startswith("tests/")}
    assert outside == {(file, code) for file, codes in excused.items() for code in codes if file != "tests/**"}


def test_make_hooks_and_ci_run_the_same() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"], "nothing is fetched"
    for hook in hooks[0]["hooks"]:
        tool = hook["entry"].removeprefix(".venv/bin/python -m ").removeprefix(".venv/bin/")
        assert hook["language"] == "system" and tool in makefile, tool
    test = makefile.split("\ntest:")[1].split("\n\n")[0]
    assert all(
        each in test
        for each in ("$(LINT) || exit 1", "$(PY) -m mypy budgetdata", "wait $$! || code=1", "$(PY) -m pytest")
    )
    ci = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    assert ci["jobs"]["test"]["steps"][-1] == {"run": ".ci/run"}
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("make test")


def test_the_changelog_tells_the_version() -> None:
    from budgetdata import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## (\S+) \((20\d\d-\d\d-\d\d)\)$", text, re.M)
    assert releases[0][0] == __version__
    assert sorted((day for _, day in releases), reverse=True) == [day for _, day in releases]
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        assert set(re.findall(r"^(?:### |\*\*)([A-Z]\w+)", part, re.M)) <= {"Added", "Changed", "Fixed", "Data"}, part[
            :40
        ]
