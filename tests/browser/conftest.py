"""What the browser tests share: the app, started once; a Chromium for each file; axe-core at a pinned version."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.serving import served

AXE = "axe-core@4.14.1"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app's address, started as a user starts it, on a free port."""
    with served() as base:
        yield base


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for the file."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script at a pinned version, from npm; the test says why where npm cannot give it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip(f"npm is absent, which fetches {AXE} for the accessibility tests; install nodejs and npm")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        [npm, "install", "--silent", "--no-save", "--prefix", str(folder), AXE],
        capture_output=True,
        text=True,
        timeout=180,
    )
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip(f"npm could not fetch {AXE}: {done.stderr[-200:]}")
    return script.read_text("utf-8")
