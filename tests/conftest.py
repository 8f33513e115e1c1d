"""What every test may ask for: the repository, the shared material beside it, and a real browser."""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from corpora import READINGS
from filelock import FileLock

from budgetdata.base.kept_on_disk import Disk, keep_on
from budgetdata.gate import settings

REPO = Path(__file__).resolve().parent.parent
SHARED = REPO.parent / "shared"
_MAIN = sys.modules["__main__"]
gc.set_threshold(50_000, 20, 50)  # looking for circles among a worker's many objects took a fourteenth of its time


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Streamlit's tester leaves the page that it ran as the main module; a process that a test starts would run it again."""
    sys.modules["__main__"] = _MAIN


def pytest_configure(config: pytest.Config) -> None:
    """Where this run keeps what it read of documents (helpers/readings): one place for all workers, from the first import on."""
    if hasattr(config, "workerinput"):
        _keep_readings(Path(config.option.basetemp).parent)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The first worker compiles the tests, for pytest each in its own way; the others wait meanwhile and find them compiled."""
    if READINGS not in os.environ:
        return (yield)
    first = Path(os.environ[READINGS]) / "compiled"
    with FileLock(f"{first}.lock"):
        if not first.exists():
            found = yield
            first.touch()
            return found
    return (yield)


def _keep_readings(base: Path) -> Path:
    folder = base / "readings"
    folder.mkdir(exist_ok=True)
    os.environ[READINGS] = str(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def readings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """What holds for all tests: settings, and where this run keeps what it read and drew: one place for all its workers."""
    own = tmp_path_factory.getbasetemp()
    folder = _keep_readings(own if worker_id == "master" else own.parent)
    keep_on(Disk(folder.with_name("drawings")))  # what one worker has drawn, the other need not draw again
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "KEPT_FOR", 0.0)  # what a test sets holds at once
        patch.setattr(settings, "_kept", (0.0, settings.Settings()))
        patch.setenv("BUDGETDATA_AHEAD", "off")  # or each server that a test starts draws for nobody
        patch.setenv("BUDGETDATA_BESIDE", "off")  # and loads all that once more
        yield
    keep_on(None)


def pytest_report_header() -> str:
    """One line that says whether the tests over ../shared can run."""
    if SHARED.is_dir():
        return f"../shared: present ({SHARED})"
    return "../shared: absent; the tests that need it are skipped"


@pytest.fixture(scope="session")
def repo() -> Path:
    """Return the root of the repository."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return ../shared; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is absent here")
    return SHARED


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of a Chromium that runs: $CHROMIUM, else what scripts/find_chromium.sh finds. Never a skip."""
    named, shell = os.environ.get("CHROMIUM"), shutil.which("sh")
    if named and shutil.which(named):
        return named
    if named or not shell:
        pytest.fail(
            f"CHROMIUM={named or ''} names no browser: set it to the path of a Chromium or Chrome", pytrace=False
        )
    found = subprocess.run([shell, REPO / "scripts" / "find_chromium.sh"], capture_output=True, text=True)
    if found.returncode != 0:
        pytest.fail(f"no browser for the browser tests; `make test` fetches one.\n{found.stderr}", pytrace=False)
    return found.stdout.strip()
