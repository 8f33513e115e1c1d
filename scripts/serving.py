"""A Streamlit script served on a free port until a block ends: the one way in which tests and benchmarks start the app."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SECONDS = 60


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def served(script: Path = ROOT / "app.py", health: str = "/healthz") -> Iterator[str]:
    """The address of a script served by `streamlit run` from the script's folder, as a user starts it.

    Raises RuntimeError where the server ends at its start, or does not answer at `health` within a minute.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", HOST]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=script.parent, stdout=quiet, stderr=quiet, env={**os.environ})
    address = f"http://{HOST}:{port}"
    try:
        _wait(server, address + health)
        yield address
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5):
            return
        if server.poll() is not None:
            raise RuntimeError(f"{url}: the server ended at its start with code {server.returncode}")
        time.sleep(0.1)
    raise RuntimeError(f"{url}: no answer within {SECONDS} s")
