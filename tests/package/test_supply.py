"""What is installed is locked with hashes, is what requirements*.txt say, and has a licence that goes with this project's."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def supply(repo: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("supply", repo / "scripts" / "supply.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["supply"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("requirements", "lock"), [("requirements", "runtime"), ("requirements-dev", "dev"), ("requirements-ocr", "ocr")]
)
def test_locks_hold_what_the_requirements_pin_with_hashes(
    requirements: str, lock: str, repo: Path, supply: ModuleType
) -> None:
    pinned = re.findall(
        r"^([A-Za-z0-9._-]+)==([^\s;]+)", (repo / f"{requirements}.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    held = supply.locked(lock)
    stale = [name for name, version in pinned if held.get(supply.normal(name), ("",))[0] != version]
    assert pinned and stale == [], "run: make lock"
    assert all(hashes for _, hashes in held.values())


def test_what_installs_is_locked_as_what_locks(supply: ModuleType) -> None:
    held = supply.locked("installer")
    assert held == {"uv": supply.locked("dev")["uv"]} and held["uv"][1], "run: make lock"


def test_every_licence_is_listed_and_allowed(repo: Path, supply: ModuleType) -> None:
    rows = supply.licences()
    assert supply.faults(rows) == []
    with (repo / "docs" / "licences.csv").open(encoding="utf-8", newline="") as file:
        listed = {(row["package"], row["version"]) for row in csv.DictReader(file)}
    assert listed == {(name, version) for name, version, _, _ in rows}, "run: make licences"


@pytest.mark.parametrize(
    "licence", ["AGPL-3.0", "GNU Affero General Public License v3", "GPL-3.0-only", "", "Proprietary", "SSPL-1.0"]
)
def test_a_licence_that_does_not_go_with_ours_is_told(licence: str, supply: ModuleType) -> None:
    assert len(supply.faults([("a", "1", "runtime", licence)])) == 1


def test_the_bill_of_materials_is_cyclonedx_and_the_same_each_time(supply: ModuleType) -> None:
    made = supply.sbom()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    names = {component["name"] for component in made["components"]}
    assert {"streamlit", "pypdfium2", "pikepdf"} <= names and "pytest" not in names
    assert all(component["purl"].startswith("pkg:pypi/") and component["licenses"] for component in made["components"])
    assert json.dumps(made) == json.dumps(supply.sbom())


def test_the_container_runs_as_nobody_with_locked_packages_and_a_health_check(repo: Path) -> None:
    text = (repo / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER \d+$", text, re.MULTILINE) and "--require-hashes" in text and "/healthz" in text
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        assert all((repo / name).exists() for name in source.split()), source
