"""A server on this machine until a block ends: the one way in which tests and benchmarks start the app and its peers."""

from __future__ import annotations

import contextlib
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
def running(command: list[str], cwd: Path, health: str, seconds: float = SECONDS) -> Iterator[subprocess.Popen[bytes]]:
    """The process of a command that serves, once it answers at an address, until the block ends.

    Raises RuntimeError where it ends at its start, or does not answer at `health` within so many seconds.
    """
    server = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(server, health, seconds)
        yield server
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)


def streamlit(script: str, port: int) -> list[str]:
    """The command that serves a script as a user starts it."""
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true"]
    return [*command, "--server.port", str(port), "--server.address", HOST]


@contextlib.contextmanager
def served(script: Path = ROOT / "app.py", health: str = "/healthz") -> Iterator[str]:
    """The address of a script served by `streamlit run` from the script's folder. Raises as `running`."""
    port = free_port()
    address = f"http://{HOST}:{port}"
    with running(streamlit(script.name, port), script.parent, address + health):
        yield address


def _wait(server: subprocess.Popen[bytes], url: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5):
            return
        if server.poll() is not None:
            raise RuntimeError(f"{url}: the server ended at its start with code {server.returncode}")
        time.sleep(0.1)
    raise RuntimeError(f"{url}: no answer within {seconds:.0f} s")


def resident(pid: int) -> float:
    """The resident memory of a process in MiB, 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0
