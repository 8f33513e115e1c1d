"""Before and after, side by side in one run: building the five, reruns, what a request costs, memory of the server.

    python benchmarks/rooms.py [--before 77c595c] [--rounds 5] [--seconds 5]

The state before is what git has at a revision (the default is the last one before the rooms), laid into a temporary
folder and run by the same interpreter with the same packages. Rounds take turns, before and after, so that what else the
machine does falls on both. A request costs what the server's process spends on it (user and system), which a busy machine
changes less than requests a second; those are printed beside it. A build is measured so too, the cheapest of all rounds. Modules
are compiled once for all rounds, as where a package is installed, whatever the environment says of bytecode. Each line ends with
the ratio of the medians, after ÷ before; at most 1.1 is wanted, and the exit code is 1 where one is higher.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.serve import load  # noqa: E402 - needs the line above
from scripts import serving  # noqa: E402

WANTED = 1.1
PAGES = ("home", "department", "compare", "checks", "performance", "three_public", "disclosure")
RERUNS = """
import json, sys, time
from streamlit.testing.v1 import AppTest
times = []
for page in sys.argv[2:]:
    test = AppTest.from_file("app.py", default_timeout=120).run()
    test.switch_page(f"pages/{page}.py")
    for number in range(int(sys.argv[1]) + 2):
        start = time.perf_counter()
        test.run()
        if number > 1:
            times.append(time.perf_counter() - start)
print(json.dumps(times))
"""
"""Reruns of each page after its first two, in a process of the tree it is run in."""

FIRST_DOCUMENT = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT min(document_id) FROM document").fetchone()[0])
"""

State = dict[str, list[float]]
"""What was measured, by state: one number a round."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One state of the program: its name, its folder, and the database it built."""

    name: str
    folder: Path
    database: Path

    def environment(self) -> dict[str, str]:
        """This environment with this tree's packages and database, and no setting of another."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("BUDGETDATA_", "PYTHONDONTWRITE"))
        }
        own = {
            "PYTHONPATH": self.folder,
            "PYTHONPYCACHEPREFIX": self.database.parent / "compiled",
            "BUDGETDATA_DB": self.database,
        }
        return kept | {name: str(value) for name, value in own.items()}

    def run(self, *command: str) -> str:
        """What a Python command prints in this tree. Raises CalledProcessError where it fails."""
        return subprocess.check_output(
            [sys.executable, *command],
            cwd=self.folder,
            env=self.environment(),
            encoding="utf-8",
            stderr=subprocess.DEVNULL,
        )


def trees(revision: str, place: Path) -> tuple[Tree, Tree]:
    """The tree of a revision, laid out in a folder, and the one this script stands in."""
    packed = subprocess.check_output(["git", "archive", "--format=tar", revision], cwd=ROOT)
    before = place / "before"
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(before, filter="data")
    return Tree("before", before, place / "before.db"), Tree("after", ROOT, place / "after.db")


def builds(both: tuple[Tree, Tree], rounds: int) -> State:
    """Seconds of a processor that building the five documents takes, in one process, all of them read: nothing that an earlier
    round kept. The least of all rounds counts: what else a processor does makes a build dearer, never cheaper."""
    found: State = {tree.name: [] for tree in both}
    options = {tree.name: ["--fresh"] * ("--fresh" in tree.run("-m", "budgetdata", "build", "--help")) for tree in both}
    for _ in range(rounds):
        for tree in both:
            start = os.times()
            tree.run("-m", "budgetdata", "build", *options[tree.name], "--jobs", "1", "--db", str(tree.database))
            end = os.times()
            found[tree.name].append(
                end.children_user + end.children_system - start.children_user - start.children_system
            )
    return {name: [min(each)] for name, each in found.items()}


def reruns(both: tuple[Tree, Tree], rounds: int, count: int) -> State:
    """The 95th percentile of a rerun over several pages, in seconds."""
    found: State = {tree.name: [] for tree in both}
    for _ in range(rounds):
        for tree in both:
            times = sorted(json.loads(tree.run("-c", RERUNS, str(count), *PAGES)))
            found[tree.name].append(times[min(len(times) - 1, int(0.95 * len(times)))])
    return found


@contextlib.contextmanager
def served(tree: Tree) -> Iterator[tuple[int, int]]:
    """The port and the process id of the app of a tree, served until the block ends."""
    port = serving.free_port()
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(tree.environment())
    try:
        with serving.running(
            serving.streamlit("app.py", port), tree.folder, f"http://{serving.HOST}:{port}/healthz"
        ) as server:
            os.environ.clear()
            os.environ.update(before)
            yield port, server.pid
    finally:
        os.environ.clear()
        os.environ.update(before)


def answers(servers: dict[str, tuple[int, int]], paths: list[str], rounds: int, seconds: float) -> tuple[State, State]:
    """Milliseconds of processor time a request, and requests a second, at 64 connections from a process of its own."""
    costs, rates = ({name: list[float]() for name in servers} for _ in range(2))
    with ProcessPoolExecutor(1) as pool:
        for port, _ in servers.values():
            pool.submit(load, port, paths[:1], 64, 1.0).result()
        for number in range(rounds):
            for name, (port, pid) in servers.items():
                start = spent(pid)
                rate, times, errors = pool.submit(load, port, paths[number::rounds], 64, seconds).result()
                if errors:
                    raise RuntimeError(f"{name}: {len(errors)} errors, such as {errors[0]}")
                costs[name].append(1000 * (spent(pid) - start) / len(times))
                rates[name].append(rate)
    return costs, rates


def spent(pid: int) -> float:
    """Seconds of processor time, user and system, that a process has taken; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def said(what: str, found: State, unit: str, more_is_better: bool = False) -> float:
    """Print the medians of both states and the ratio, which is returned."""
    before, after = (statistics.median(found[name]) for name in ("before", "after"))
    ratio = (before / after if more_is_better else after / before) if before and after else 1.0
    rounds = " ".join(f"{new / old:.2f}" for old, new in zip(found["before"], found["after"], strict=True) if old)
    mark = "" if ratio <= WANTED else "   more than wanted"
    print(
        f"{what:46} before {before:9.2f} {unit}   after {after:9.2f} {unit}   ratio {ratio:.2f}   ({rounds}){mark}",
        flush=True,
    )
    return ratio


def main() -> int:
    """Measure everything and print it; 1 where something costs more than wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", default="77c595c", metavar="REVISION", help="the state to compare with")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each, taking turns")
    parser.add_argument("--count", type=int, default=10, help="reruns of each page in a round")
    parser.add_argument("--seconds", type=float, default=5, help="how long each round of requests lasts")
    parser.add_argument("--rest", type=float, default=60, help="seconds for the servers' warm-up")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        both = trees(options.before, Path(place))
        ratios = [said("build of the five documents", builds(both, options.rounds), "s")]
        ratios.append(said("rerun of a page, p95", reruns(both, options.rounds, options.count), "s"))
        with contextlib.ExitStack() as running:
            servers = {tree.name: running.enter_context(served(tree)) for tree in both}
            time.sleep(options.rest)
            memory = {name: [serving.resident(pid)] for name, (_, pid) in servers.items()}
            ratios.append(said("memory of the server at rest", memory, "MiB"))
            document = both[0].run("-c", FIRST_DOCUMENT, str(both[0].database)).strip()
            for what, paths in (
                ("an embed asked again", options.rounds * [f"/embed/spending-by-function?d={document}"]),
                ("rows never asked before", [f"/data/figures.json?limit=100&row_no={n}" for n in range(10_000)]),
            ):
                costs, rates = answers(servers, paths, options.rounds, options.seconds)
                ratios.append(said(what, costs, "ms"))
                said(f"… a second, at {options.seconds:g} s", rates, "1/s", True)
            memory = {name: [serving.resident(pid)] for name, (_, pid) in servers.items()}
            ratios.append(said("memory of the server after them", memory, "MiB"))
    return int(max(ratios) > WANTED)


if __name__ == "__main__":
    sys.exit(main())
