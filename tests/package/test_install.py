"""The package as `pip install` leaves it: its commands run from an empty folder without Streamlit, and with it the app serves."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from budgetdata.base.settings import DATA_DIR
from budgetdata.register.sources import read_sources, stored_path

ROOT = Path(__file__).parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
FEW = """
import sys
from budgetdata.__main__ import main
from budgetdata.embeds import site

site._jobs = lambda db, every=site._jobs: list(every(db))[:2]
sys.argv = ["budgetdata", *sys.argv[1:]]
sys.exit(main())
"""
"""The command, but a site of two charts: that all of them draw shows elsewhere, that all they need is installed shows here."""
BLOCKED = 'raise ImportError("this environment has no Streamlit")\n'


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package was installed into, with what this environment has beside it."""
    target = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(target)]
    done = subprocess.run([*PIP, "install", *options, str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but a folder with one disclosure."""
    folder = tmp_path_factory.mktemp("empty")
    source = next(source for source in read_sources(DATA_DIR) if source.department == "阳泉市招商中心")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_bytes(stored_path(source, DATA_DIR).read_bytes())
    return folder


def environment(*paths: Path) -> dict[str, str]:
    """This environment with packages found in some folders first, and no setting of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BUDGETDATA_", "STREAMLIT_"))}
    return {**kept, "PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONIOENCODING": "utf-8"}


def test_every_file_of_the_package_is_installed(installed: Path) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    ours = files(ROOT / "budgetdata")
    assert {"store/views.sql", "words/catalogues/en/charts.po"} <= set(ours)
    assert ours.items() <= files(installed / "budgetdata").items()


def test_the_commands_run_from_an_empty_folder_without_streamlit(installed: Path, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "streamlit.py").write_text(BLOCKED, encoding="utf-8")
    script = installed / "bin" / "budgetdata"
    program = [sys.executable, str(script)] if script.is_file() else [sys.executable, "-m", "budgetdata"]

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [*program, *arguments], cwd=empty, env=environment(tmp_path, installed), capture_output=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        assert done.returncode == 0 and "Traceback" not in done.stderr, (arguments, done.stdout, done.stderr)
        return done.stdout

    assert "1 of 1 documents" in run("build", "--from", "in", "--jobs", "1")
    assert (empty / "data" / "budget.db").is_file(), "the data folder is ./data"
    assert " checks: " in run("check")
    assert "Table 10 2024年财政拨款安排“三公”经费支出预算表" in run("show", "阳泉", "--table", "10")
    assert "figures.csv" in run("export", "--out", "out")
    program = [sys.executable, "-c", FEW]
    assert "charts drawn" in run("export", "--site", "site")
    assert (empty / "site" / "index.html").is_file() and len(list((empty / "site").rglob("*.svg"))) >= 2
    assert str(installed) in run_python(empty, environment(tmp_path, installed), "budgetdata.__file__")
    frame = "len(budgetdata.open().figures(table_no=3)) > 0"
    assert run_python(empty, environment(tmp_path, installed), frame) == "True"


def run_python(folder: Path, settings: dict[str, str], expression: str) -> str:
    """What an expression over the installed package gives."""
    code = f"import budgetdata; print({expression})"
    return subprocess.check_output([sys.executable, "-c", code], cwd=folder, env=settings, encoding="utf-8").strip()


def test_the_data_folder_is_a_setting(installed: Path, empty: Path, tmp_path: Path) -> None:
    settings = {**environment(installed), "BUDGETDATA_DATA": str(tmp_path / "elsewhere")}
    assert run_python(
        empty, settings, "__import__('budgetdata.base.settings').base.settings.default_database()"
    ) == str(tmp_path / "elsewhere" / "budget.db")


def test_the_installed_app_serves(installed: Path, empty: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**environment(installed), "BUDGETDATA_DB": str(tmp_path / "served.db"), "BUDGETDATA_AHEAD": "off"}
    command = [sys.executable, "-m", "budgetdata"]
    built = [*command, "build", "--from", "in", "--jobs", "1"]
    subprocess.run(built, cwd=empty, env=settings, check=True, stdout=subprocess.DEVNULL)
    log = tmp_path / "log.txt"
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)], cwd=empty, env=settings, stdout=said, stderr=said
        )
        try:
            assert b"<svg" in fetched(f"http://127.0.0.1:{port}/chart/three-public.svg", server, log)
            assert "明账".encode() in fetched(f"http://127.0.0.1:{port}/", server, log)
        finally:
            server.terminate()
            server.wait(20)


def fetched(address: str, server: subprocess.Popen[bytes], log: Path) -> bytes:
    """What an address answers, as soon as it does."""
    for _ in range(240):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"{address} does not answer: {log.read_text(encoding='utf-8')}")
