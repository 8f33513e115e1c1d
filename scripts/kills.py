"""Kill commands at any moment: nothing is lost, nothing is half seen, and the next command needs no help.

    python scripts/kills.py [--kills 200] [--seed 1]

A small world (three texts in a directory, three registered ones) is worked on by build from nothing, build again with what is
kept after a file changed, add, export and rollback, each in a process of its own that is killed (SIGKILL) at a moment drawn
between its beginning and its end. Behind each kill:
- the database is whole and one of those that a finished command makes, its rows those of its version;
- the register names only copies that are there, each with the bytes that were masked;
- every exported file is whole, and datapackage.json is of one version; the database before this one can be put back;
- the same command run again to its end gives what it gives where nobody was killed, and leaves nothing under way beside it.
Then the same commands meet a disk that is full (a limit on the size of files, at many sizes), a folder that nobody may write
to, and a clock that goes back: one sentence each, everything as it was. Prints a line for each fault and a table; exit 1 with
any.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

from invented import as_text, invented  # noqa: E402 - needs the line above

from budgetdata.base.errors import BudgetDataError  # noqa: E402
from budgetdata.build.build import build  # noqa: E402
from budgetdata.exports.tables import PACKAGE_FILE, export  # noqa: E402
from budgetdata.privacy.mask import mask  # noqa: E402
from budgetdata.register.add import add  # noqa: E402
from budgetdata.register.sources import read_sources, stored_files  # noqa: E402
from budgetdata.store.before import before_of, rollback  # noqa: E402
from budgetdata.store.database import content_version, read_meta  # noqa: E402

NOBODY = 65534
TEXT = as_text(invented())


@dataclass(slots=True)
class World:
    """The folder that is worked on, and the versions that a database there may have."""

    place: Path
    versions: set[str] = field(default_factory=set)

    @property
    def db(self) -> Path:
        """The database."""
        return self.place / "budget.db"

    @property
    def documents(self) -> Path:
        """The directory that is built from."""
        return self.place / "in"

    @property
    def data(self) -> Path:
        """The folder of the register."""
        return self.place / "data"

    @property
    def out(self) -> Path:
        """Where is exported to."""
        return self.place / "out"

    def text(self, number: int, edition: int) -> str:
        """A document of another department in each file; a later edition has another narrative."""
        return TEXT.replace("云中县虚构局", f"云中县虚构{'甲乙丙丁'[number]}局") + f"\n本部门第{edition}次说明。\n"

    def write(self, number: int, edition: int) -> None:
        """Put an edition of a document into the directory."""
        (self.documents / f"{number}.txt").write_text(self.text(number, edition), encoding="utf-8")


def building(world: World) -> None:
    """Build from the directory, with what is kept."""
    build(world.db, from_dir=world.documents, jobs=1)


def building_anew(world: World) -> None:
    """Build where nothing is kept and no database is there."""
    build(world.db, from_dir=world.documents, jobs=1, fresh=True)


def adding(world: World) -> None:
    """Register three documents."""
    add(sorted(world.documents.glob("*.txt")), world.data, region="云中县")


def exporting(world: World) -> None:
    """Export the tables."""
    export(world.db, world.out)


def rolling(world: World) -> None:
    """Put the database before this one back."""
    rollback(world.db)


COMMANDS: dict[str, Callable[[World], None]] = {
    "build": building, "build from nothing": building_anew, "add": adding, "export": exporting, "rollback": rolling,
}  # fmt: skip


def made(place: Path, documents: int = 3, with_tables: bool = True) -> World:
    """A world with two builds of so many documents behind it, and with_tables a register and an export."""
    world = World(place)
    world.documents.mkdir(parents=True)
    for edition in (1, 2):
        for number in range(documents):
            world.write(number, edition if number == 0 else 1)
        building(world)
        world.versions.add(read_meta(world.db)["version"])
    if with_tables:
        adding(world)
        exporting(world)
    return world


def run(work: Callable[[], None], after: float | None) -> tuple[int, float]:
    """Do something in a process of its own, killed after so many seconds; how it ended (9 for killed), and seconds it took."""
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        code = 0
        try:
            os.setpgid(0, 0)
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for the rest of this process
            work()
        except BudgetDataError:
            code = 2
        except BaseException:
            code = 3
        os._exit(code)
    if after is not None:
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    took = time.perf_counter() - began
    return (9 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)), took


def faults(world: World) -> Iterator[str]:
    """What is not as it must be, whatever was killed."""
    yield from _of_database(world, world.db)
    if before_of(world.db).exists():
        yield from _of_database(world, before_of(world.db))
    for source in read_sources(world.data):
        for path, _ in stored_files(source, world.data):
            if not path.is_file():
                yield f"the register names {path.name}, which is not there"
            elif mask(path.read_text(encoding="utf-8"))[1]:
                yield f"{path.name} is not masked"
    if (package := world.out / PACKAGE_FILE).is_file():
        told = json.loads(package.read_text(encoding="utf-8"))
        missing = [each["path"] for each in told["resources"] if not (world.out / each["path"]).is_file()]
        yield from (f"{path} is not exported" for path in missing)
    for file in world.out.glob("*.csv"):
        if not file.read_bytes().endswith(b"\r\n"):
            yield f"{file.name} is cut off"


def _of_database(world: World, path: Path) -> Iterator[str]:
    if not path.exists():
        yield f"{path.name} is gone"
        return
    with contextlib.closing(sqlite3.connect(path)) as db:
        if (state := db.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            yield f"{path.name}: {state}"
        meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
        hashes = db.execute("SELECT document_id, hash FROM document_content").fetchall()
        held = {row[0] for row in db.execute("SELECT document_id FROM document")}
    if meta.get("version") not in world.versions:
        yield f"{path.name} has version {meta.get('version')}, which no finished build made"
    if content_version(hashes) != meta.get("version") or held != {document for document, _ in hashes}:
        yield f"{path.name}: its rows are not those of its version"


def left_over(world: World) -> list[str]:
    """What is under way beside a world's files when nothing is."""
    return sorted(path.name for path in world.place.rglob("*") if ".tmp" in path.name or path.name.startswith("."))


def prepared(world: World, name: str, edition: int) -> None:
    """What a command is to find: for a build a changed document, for add a register without one."""
    if name.startswith("build"):
        world.write(0, 1 + edition % 2)
    if name == "build from nothing":
        for path in world.place.glob("budget.db-kept*"):
            path.unlink()
    if name == "add":
        shutil.rmtree(world.data, ignore_errors=True)


def killed(world: World, kills: int, draw: random.Random) -> tuple[list[str], dict[str, Counter[str]]]:
    """Kill commands in turn; the faults, and how often each command was killed or had ended."""
    found: list[str] = []
    counts = {name: Counter[str]() for name in COMMANDS}
    usual: dict[str, float] = {}
    for number in range(kills):
        name = list(COMMANDS)[number % len(COMMANDS)]
        work = partial(COMMANDS[name], world)
        prepared(world, name, number // len(COMMANDS))
        if name not in usual:
            usual[name] = run(work, None)[1]
            prepared(world, name, number // len(COMMANDS) + 1)
        moment = draw.uniform(0, usual[name])
        ended, _ = run(work, moment)
        if ended == 0:  # it was quicker this time
            prepared(world, name, number // len(COMMANDS) + 1)
            ended, _ = run(work, moment / 2)
        counts[name]["killed" if ended == 9 else f"ended {ended}"] += 1
        found += [f"{name}, kill {number}: {fault}" for fault in faults(world)]
        again, usual[name] = run(work, None)
        if again:
            found.append(f"{name}, kill {number}: run again it ended with {again}")
        found += [f"{name}, kill {number}, then run to its end: {fault}" for fault in faults(world)]
        if over := left_over(world):
            found.append(f"{name}, kill {number}: left behind {over}")
    return found, counts


def hindered(world: World, draw: random.Random, times: int) -> tuple[list[str], Counter[str]]:
    """A full disk, folders that nobody may write to, a clock that goes back; the faults, and how commands ended."""
    found: list[str] = []
    counts: Counter[str] = Counter()
    for name, command in COMMANDS.items():
        work = partial(command, world)
        ways: list[tuple[str, Callable[[], None]]] = [
            ("disk full", partial(_small_disk, draw.randrange(200_000))) for _ in range(times)
        ]
        ways += [("no permission", _nobody), ("clock back", _clock_back)]
        for number, (way, hinder) in enumerate(ways):
            prepared(world, name, number)
            before = _state(world)
            ended, _ = run(partial(_after, hinder, work), None)
            counts[f"{name}, {way}: {'told' if ended == 2 else 'done' if ended == 0 else 'fault'}"] += 1
            if ended not in (0, 2):
                found.append(f"{name}, {way}: ended with {ended}, not with a sentence")
            if ended == 2 and name != "add" and _state(world) != before:
                found.append(f"{name}, {way}: was refused and yet changed something")
            found += [f"{name}, {way}: {fault}" for fault in faults(world)]
            run(work, None)
            found += [f"{name}, {way}, then run again: {fault}" for fault in faults(world)]
            if over := left_over(world):
                found.append(f"{name}, {way}: left behind {over}")
    return found, counts


def _after(first: Callable[[], None], then: Callable[[], None]) -> None:
    first()
    then()


def _state(world: World) -> str:
    files = sorted(path for path in (world.db, before_of(world.db), *world.out.glob("*")) if path.is_file())
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def _small_disk(most: int) -> None:
    """Every file of this process may have so many bytes; to write more fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _nobody() -> None:
    """Become somebody who may only read."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _clock_back() -> None:
    """From now on the clock of this process is a year behind."""
    now = time.time
    time.time = lambda: now() - 365 * 86_400


def main() -> int:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full", type=int, default=10, help="full disks for each command")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="mingzhang-kills-") as folder:
        os.chmod(folder, 0o755)
        world = made(Path(folder) / "world")
        found, counts = killed(world, options.kills, draw)
        more, ends = hindered(world, draw, options.full)
    for fault in [*found, *more]:
        print(fault)
    for name, ended in counts.items():
        print(f"{name}: {dict(ended)}")
    for told, count in ends.items():
        print(f"{told}: {count}")
    kills = sum(each["killed"] for each in counts.values())
    print(f"{kills} kills, {len(found)} faults; {sum(ends.values())} hindrances, {len(more)} faults")
    return 1 if found or more else 0


if __name__ == "__main__":
    sys.exit(main())
