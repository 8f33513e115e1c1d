"""What the browser tests share: the app, a Chromium and its file cache, started once; axe-core at a pinned version."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from scripts.serving import served

AXE = "axe-core@4.14.1"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app's address, started as a user starts it, on a free port."""
    with served() as base:
        yield base


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all files of a worker."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A Chinese visitor. Every page opened here is a fresh session of the app; Streamlit's scripts are fetched once."""
    visitor = browser.new_context(locale="zh-CN")
    yield visitor
    visitor.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A folder served on another origin than the app's: its address and place."""
    folder = tmp_path_factory.mktemp("host")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", folder
        server.shutdown()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> str:
    """axe-core's script at a pinned version, from npm, kept under data/build; the test says why where there is none."""
    kept = repo / "data" / "build" / "axe" / f"{AXE}.min.js"
    if kept.is_file():
        return kept.read_text("utf-8")
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
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f"{kept.name}.{os.getpid()}.tmp")
    part.write_text(script.read_text("utf-8"), "utf-8")
    os.replace(part, kept)
    return kept.read_text("utf-8")
