"""Reading time a page before and after, side by side in one run: processor time of the PDF reader, file by file in turns.

    python benchmarks/reading.py [--before 77c595c] [--rounds 3] [--files 001 北京_30 …] [--shared ../shared]

The state before is what git has at a revision, laid into a temporary folder. Each state reads in one process of its own, the
two in turns, so that what else the machine does falls on both; the least user time of the rounds counts, which a busy machine
changes least. Files are those of ../shared/pdf and ../shared/real whose names contain one of --files (those of DEFAULT where
none is given); one that a state cannot read is named and left out. The last line is the ratio of all pages, after ÷ before;
at most 1.15 is wanted, and the exit code is 1 where it is higher.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.rooms import Tree, trees  # noqa: E402 - needs the line above

WANTED = 1.15
DEFAULT = (
    "001",
    "004",
    "上海_19",
    "普陀_24",
    "北京_26",
    "广州_09",
    "无锡_13",
    "深圳_07",
    "烟台_03",
    "苏州_05",
    "西安_47",
)
WORKER = """
import importlib, json, os, sys
from pathlib import Path
for name in ("budgetdata.readers.pdf.child", "budgetdata.readers.pdf_child"):
    try:
        read = importlib.import_module(name).read_here
        break
    except ModuleNotFoundError:
        pass
for line in sys.stdin:
    start = os.times().user
    try:
        pages = read(Path(line.strip()), 600.0).pages
    except Exception as error:
        pages = f"{type(error).__name__}: {error}"
    print(json.dumps([os.times().user - start, pages]), flush=True)
"""
"""Reads each file named on a line of its input, in the tree it is run in: prints seconds of user time, and pages or an error."""


@dataclass(slots=True)
class Spent:
    """What reading a file cost a state in each round, in seconds of user time; its pages, or why it was not read."""

    seconds: list[float] = field(default_factory=list)
    pages: int | str = ""


def main() -> int:
    """Print a line a file and the ratio of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", default="77c595c", help="a revision of git")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", nargs="*", default=DEFAULT, help="only files whose names contain one of these")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    arguments = parser.parse_args()
    every = [path for folder in ("pdf", "real") for path in sorted((arguments.shared / folder).glob("*.pdf"))]
    files = [path for path in every if "scan" not in path.name and any(part in path.name for part in arguments.files)]
    with tempfile.TemporaryDirectory() as place:
        both = trees(arguments.before, Path(place))
        return report(files, both, read_in_turns(both, files, arguments.rounds))


def read_in_turns(both: tuple[Tree, Tree], files: list[Path], rounds: int) -> dict[tuple[str, Path], Spent]:
    """What each file cost each state; a file once in each round, the state that begins changing with the file."""
    readers = {tree.name: _reader(tree) for tree in both}
    found = {(tree.name, path): Spent() for tree in both for path in files}
    for _ in range(rounds):
        for number, path in enumerate(files):
            for tree in both if number % 2 else reversed(both):
                seconds, pages = _read(readers[tree.name], path)
                found[tree.name, path].seconds.append(seconds)
                found[tree.name, path].pages = pages
    for reader in readers.values():
        reader.communicate()
    return found


def _reader(tree: Tree) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=tree.folder, env=tree.environment(), encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _read(reader: subprocess.Popen[str], path: Path) -> tuple[float, int | str]:
    if reader.stdin is None or reader.stdout is None:
        raise SystemExit("a reader has no input or output")
    print(path.resolve(), file=reader.stdin, flush=True)
    seconds, pages = json.loads(reader.stdout.readline())
    return seconds, pages


def report(files: list[Path], both: tuple[Tree, Tree], found: dict[tuple[str, Path], Spent]) -> int:
    """Print what was measured; 1 where the pages together cost more than wanted."""
    total = dict.fromkeys((tree.name for tree in both), 0.0)
    read = 0
    for path in files:
        spent = {tree.name: found[tree.name, path] for tree in both}
        refused = {name: each.pages for name, each in spent.items() if not isinstance(each.pages, int)}
        if refused:
            print(f"{path.stem}: left out, {refused}")
            continue
        pages = int(spent["after"].pages)
        least = {name: min(each.seconds) for name, each in spent.items()}
        for name, seconds in least.items():
            total[name] += seconds
        read += pages
        print(f"{path.stem:<28}{pages:>5} pages {_told(least, pages)}")
    if not read:
        raise SystemExit("no file was read by both states")
    print(f"{'all':<28}{read:>5} pages {_told(total, read)}  (at most {WANTED} wanted)")
    return int(total["after"] > WANTED * total["before"])


def _told(seconds: dict[str, float], pages: int) -> str:
    before, after = (1000 * seconds[name] / pages for name in ("before", "after"))
    return f"{before:8.1f} → {after:8.1f} ms a page, {after / before:5.2f}"


if __name__ == "__main__":
    sys.exit(main())
