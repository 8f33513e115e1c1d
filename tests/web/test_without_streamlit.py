"""Commands, exports, the static site and the addresses work where Streamlit is not installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "data" / "disclosures" / "55d5ad587384.txt"
WITHOUT = """
import sys
sys.modules["streamlit"] = None
"""
"""Whoever imports Streamlit now fails, as where it is not installed."""
ADDRESSES = """
import json
from starlette.applications import Starlette
from starlette.testclient import TestClient
from budgetdata.web import middleware, routes

client = TestClient(Starlette(routes=routes(), middleware=middleware()))
paths = ["/healthz", "/embed/three-public", "/chart/three-public.svg", "/data/figures.csv", "/sitemap.xml", "/api"]
paths += ["/nope", "/about"]
print(json.dumps({path: client.get(path).status_code for path in paths}))
"""
FEW = """
from budgetdata.embeds import site
site._jobs = lambda db, all_jobs=site._jobs: list(all_jobs(db))[:2]
"""
"""A site of two charts, to be quick."""


def run(program: str, database: Path) -> subprocess.CompletedProcess[str]:
    """A program in a Python without Streamlit."""
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "BUDGETDATA_DB": str(database), "PYTHONWARNINGS": "ignore"}
    env |= {
        name: value for name, value in os.environ.items() if name == "PYTHONPYCACHEPREFIX"
    }  # or all is compiled again
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + program], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300
    )


def command(*words: str, before: str = "") -> str:
    """The program of a command of ours."""
    return f"{before}\nsys.argv = {['budgetdata', *words]!r}\nfrom budgetdata.__main__ import main\nsys.exit(main())"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of one small document, built without Streamlit."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "from").mkdir()
    (folder / "from" / SMALL.name).write_bytes(SMALL.read_bytes())
    path = folder / "budget.db"
    said = run(command("build", "--from", str(folder / "from"), "--db", str(path), "--jobs", "1"), path)
    assert said.returncode in (0, 1) and path.is_file(), said.stderr
    return path


def test_streamlit_is_really_away(database: Path) -> None:
    assert run("import streamlit", database).returncode != 0
    assert run("import budgetdata.ui.frame", database).returncode != 0


def test_check_and_export(database: Path, tmp_path: Path) -> None:
    said = run(command("check", "--db", str(database)), database)
    assert said.returncode == 0, said.stderr
    said = run(command("export", "--out", str(tmp_path / "out"), "--db", str(database)), database)
    assert said.returncode == 0, said.stderr
    assert (tmp_path / "out" / "figures.csv").is_file() and (tmp_path / "out" / "datapackage.json").is_file()


def test_the_static_site(database: Path, tmp_path: Path) -> None:
    said = run(command("export", "--site", str(tmp_path / "site"), "--db", str(database), before=FEW), database)
    assert said.returncode == 0, said.stderr
    assert len(list((tmp_path / "site" / "embed").glob("*.html"))) == 2 * 3
    assert "<h1>" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_the_addresses(database: Path) -> None:
    said = run(ADDRESSES, database)
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert {path for path, status in found.items() if status != 200} == {"/nope", "/about"}
    assert found["/nope"] == 404 and found["/about"] == 404
