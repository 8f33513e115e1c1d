"""What a public server does under load, with many documents held: one run, loopback only, bounded in count and time.

    python benchmarks/load.py [--documents 300] [--rate 200] [--seconds 60] [--sessions 20] [--crowd 400] [--swaps 20]

Parts, in this order: cold (embeds of two charts over all documents on a server just started, beside live sessions), warm (the
same again), swapped (the same while another database takes the place of the one served, five seconds after the beginning), again
(the same on a server started anew, which finds what the one before drew), dear (32 of the dearest requests at once: how others
are answered meanwhile), swaps (databases that replace each other under 50 requests a second: no error, no answer of two
versions), crowd (many live sessions), rest (memory when all is over). `--only` takes their names. Requests come at their time
whether or not the ones before are answered. Prints a table; takes eight minutes. With --minutes the warm load and its sessions
go on for so long besides, and the memory of each minute is told (`--only warm --minutes 10`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.many import make  # noqa: E402 - needs the line above
from benchmarks.sessions import Reruns, percentile, readers  # noqa: E402
from scripts import serving  # noqa: E402

PARTS = ("cold", "warm", "swapped", "again", "dear", "swaps", "crowd", "rest")
CHARTS = ("spending-by-function", "income-by-source")
PATIENCE = 60.0
START = 300.0
"""Seconds that a server may take until it is ready, on a machine that others use."""
REST = 30
AFTER = 5.0
"""Seconds into the load after which the database is another."""
MOST_OPEN = 800
"""Connections that the load may hold open; a request that finds none free counts as an error."""
DEAR = ("/data/mingzhang.xlsx", "/data/mingzhang.zip", "/chart/three-public.png", "/embed/compare-functions",
        "/chart/checks-matrix.svg", "/chart/change-from-last-year.png", "/data/statements.csv?limit=5000",
        "/data/figures.json?limit=5000")  # fmt: skip
QUICK = ("/healthz", "/embed/{first}", "/robots.txt", "/data/documents.json?limit=5")


@dataclass(slots=True)
class Answers:
    """What a load met: seconds of each good answer, what else came and how often, versions told."""

    times: list[float] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    mixed: int = 0


HEAD = ("part", "what", "answers", "p50", "p95", "p99", "worst", "others", "memory, MiB (× rest)")
WIDTHS = (6, 40, 8, 7, 7, 7, 7, 30, 30)


def row(part: str, what: str, times: list[float], others: Counter[str], memory: str = "") -> None:
    """Print a row of the table: what was asked, how often it was answered well and how fast in ms, what else came, memory."""
    at = [f"{1e3 * percentile(times, part):,.0f}" for part in (0.5, 0.95, 0.99, 1)] if times else ["-"] * 4
    said = ", ".join(f"{count} {name}" for name, count in others.most_common()) or "none"
    cells = (part, what, f"{len(times):,}", *at, said, memory)
    _line(cells)


def _line(cells: tuple[str, ...]) -> None:
    """Print cells in their columns, numbers at the right."""
    placed = enumerate(zip(cells, WIDTHS, strict=True))
    print(" ".join(cell.rjust(width) if 1 < n < 7 else cell.ljust(width) for n, (cell, width) in placed), flush=True)


async def _once(port: int, path: str) -> tuple[int, str, bytes]:
    """Status, version told and body of one request over a connection of its own."""
    reader, writer = await asyncio.open_connection(serving.HOST, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {serving.HOST}:{port}\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    lines = head.decode("latin-1").split("\r\n")
    named = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split(" ")[1]), named.get("x-data-version", ""), body


async def _into(port: int, path: str, found: Answers, told: bool) -> None:
    began = time.perf_counter()
    try:
        status, version, body = await asyncio.wait_for(_once(port, path), PATIENCE)
    except Exception as error:
        found.others[type(error).__name__] += 1
        return
    if status == 200:
        found.times.append(time.perf_counter() - began)
    else:
        found.others[str(status)] += 1
    if told and status == 200:
        found.versions[version] += 1
        held = json.loads(body)
        names = {row["department"].rpartition("#")[2] for row in held["rows"] if "#" in row["department"]}
        found.mixed += held["version"] != version or names != {version[:4]}


def load(port: int, paths: list[str], rate: float, seconds: float, told: bool = False) -> Answers:
    """Ask for addresses in turn, so many a second, for so long. told: that rows and header are of one version is looked at."""
    found = Answers()

    async def all_of() -> None:
        began, open_now = time.perf_counter(), set[asyncio.Task[None]]()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            if len(open_now) >= MOST_OPEN:
                found.others["no connection free"] += 1
                continue
            task = asyncio.create_task(_into(port, paths[number % len(paths)], found, told))
            open_now.add(task)
            task.add_done_callback(open_now.discard)
        await asyncio.gather(*open_now)

    asyncio.run(all_of())
    return found


def at_once(port: int, paths: list[str]) -> Answers:
    """Ask for all of some addresses at the same moment."""
    found = Answers()

    async def all_of() -> None:
        await asyncio.gather(*(_into(port, path, found, False) for path in paths))

    asyncio.run(all_of())
    return found


@dataclass(slots=True)
class Server:
    """The server under load."""

    port: int
    process: subprocess.Popen[bytes]
    just_ready: float = 0.0
    at_rest: float = 0.0
    """MiB with all its processes: one picture was drawn, so that the renderer is there."""

    def memory(self) -> float:
        """MiB resident in the server and all processes that it has beside it (who draws embeds, renderer, export)."""
        return sum(serving.resident(pid) for pid in (self.process.pid, *_children(self.process.pid)))

    def remembered(self, most: float = 0.0) -> str:
        """Memory now and at most, each with how many times as at rest; how much of it now is the server's own process."""
        now, own = self.memory(), serving.resident(self.process.pid)
        told = f"{now:.0f} ({now / (self.at_rest or now):.2f} ×)"
        told += f", most {most:.0f} ({most / (self.at_rest or most):.2f} ×)" if most else ""
        return f"{told}, server {own:.0f}"

    def work(self) -> str:
        """Seconds of processor that the server's own process and those beside it took."""
        return " + ".join(f"{_seconds(pid):.1f}" for pid in (self.process.pid, *_children(self.process.pid)))


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(each) for thread in threads for each in thread.read_text().split()]
    return []


def _seconds(pid: int) -> float:
    """Seconds of processor that a process took until now."""
    with contextlib.suppress(OSError):
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


@contextlib.contextmanager
def server(database: Path, port: int, width: int) -> Iterator[Server]:
    """The app just started over a database; at the port of the one before, whose answers it finds by their address. width: of the
    picture that it draws before it counts as at rest, another for each start, because a kept one is not drawn."""
    os.environ["BUDGETDATA_DB"] = str(database)
    with serving.running(
        serving.streamlit("app.py", port), ROOT, f"http://{serving.HOST}:{port}/readyz", START
    ) as process:
        found = Server(port, process)
        found.just_ready = found.memory()
        asyncio.run(_once(port, f"/chart/departments-by-fund.png?w={width}"))
        found.at_rest = found.memory()
        yield found


def embeds(database: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The embeds of the charts over all documents, and pages that sessions look at."""
    from budgetdata.queries import documents as held
    from budgetdata.queries.base import open_database

    ids = [row["document_id"] for row in held.documents(open_database(database))]
    pages = [
        ("", ""),
        ("department", f"d={ids[0]}"),
        ("department", f"d={ids[-1]}"),
        ("checks", f"d={ids[0]}"),
        ("questions", ""),
    ]
    return [f"/embed/{chart}?d={each}" for each in ids for chart in CHARTS], pages


def _beside(
    under: Server, paths: list[str], pages: list[tuple[str, str]], options: argparse.Namespace
) -> tuple[Answers, Reruns, float]:
    """A load of embeds beside live sessions; what each met, and the most memory seen."""
    with ProcessPoolExecutor(2) as pool:
        asked = pool.submit(load, under.port, paths, options.rate, options.seconds)
        lived = pool.submit(readers, under.port, pages, options.sessions, options.seconds)
        most = 0.0
        while not (asked.done() and lived.done()):
            most = max(most, under.memory())
            time.sleep(0.5)
        return asked.result(), lived.result(), most


def crowded(
    name: str, under: Server, paths: list[str], pages: list[tuple[str, str]], options: argparse.Namespace
) -> None:
    """The parts cold and warm."""
    asked, lived, most = _beside(under, paths, pages, options)
    row(name, f"{len(paths)} embeds at {options.rate:.0f}/s", asked.times, asked.others, under.remembered(most))
    row("", f"choices in {options.sessions} sessions beside", lived.times, _kinds(lived))
    row("", "their first pages", lived.first, Counter(), f"{under.work()} s of processor until now")


def swapped(
    under: Server, database: Path, paths: list[str], pages: list[tuple[str, str]], options: argparse.Namespace
) -> None:
    """The same load, while another database takes the place of the one that is served."""
    following = database.with_name("following.db")
    _named(database, following, "c")
    later = threading.Timer(AFTER, os.replace, (following, database))
    later.start()
    crowded("swapped", under, paths, pages, options)
    later.join()


def flat(under: Server, paths: list[str], pages: list[tuple[str, str]], options: argparse.Namespace) -> None:
    """The warm load for many minutes: what the server holds at the end of each."""
    held = []
    for _ in range(options.minutes):
        asked, lived, most = _beside(under, paths, pages, options)
        held.append((under.memory(), most, asked.others + _kinds(lived)))
    others = sum((each for _, _, each in held), Counter[str]())
    said = " ".join(f"{now:.0f}" for now, _, _ in held)
    row(
        "flat",
        f"{options.minutes} minutes at {options.rate:.0f}/s",
        [],
        others,
        f"{said}, most {max(each for _, each, _ in held):.0f}",
    )


def _kinds(lived: Reruns) -> Counter[str]:
    return Counter(error.partition(":")[0] for error in lived.errors)


def dear(under: Server, paths: list[str]) -> None:
    """32 of the dearest at once, and how others are answered meanwhile."""
    quick = [path.format(first=paths[0].removeprefix("/embed/")) for path in QUICK]
    with ProcessPoolExecutor(2) as pool:
        rest = pool.submit(load, under.port, quick, 10, 5).result()
        burden = pool.submit(at_once, under.port, [DEAR[number % len(DEAR)] for number in range(32)])
        meanwhile = pool.submit(load, under.port, quick, 10, 20).result()
        asked = burden.result()
    row("dear", "32 of the dearest at once", asked.times, asked.others)
    row("", "others meanwhile, 10/s", meanwhile.times, meanwhile.others, under.remembered())
    row("", "others before, 10/s", rest.times, rest.others)


def swaps(under: Server, database: Path, count: int, folder: Path) -> None:
    """Databases that replace each other under 50 requests a second; each names its departments by its version."""
    made = [folder / f"swap{number}.db" for number in range(2)]
    for path, digit in zip(made, "ab", strict=True):
        _named(database, path, digit)
    os.replace(_copy(made[0], folder), database)
    until = time.monotonic() + 60
    while "a" * 16 not in asyncio.run(_once(under.port, "/healthz"))[2].decode() and time.monotonic() < until:
        time.sleep(0.2)
    seconds = 2.0 * count
    paths = [f"/data/documents.json?limit={number}&columns=department" for number in range(5, 105)]
    with ProcessPoolExecutor(1) as pool:
        asked = pool.submit(load, under.port, paths, 50, seconds, True)
        for number in range(count):
            time.sleep(2.0)
            os.replace(_copy(made[(number + 1) % 2], folder), database)
        found = asked.result()
    wrong = found.others + Counter({"of two versions": found.mixed} if found.mixed else {})
    row(
        "swaps", f"{count} databases, {len(found.versions)} versions told, 50/s", found.times, wrong, under.remembered()
    )


def _named(database: Path, path: Path, digit: str) -> None:
    """A copy of a database with a version of this digit alone, after which its departments are named too."""
    shutil.copyfile(database, path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'version'", (digit * 16,))
        db.execute("UPDATE document SET department = department || ?", (f"#{digit * 4}",))
        db.commit()


def _copy(path: Path, folder: Path) -> Path:
    return Path(shutil.copyfile(path, folder / "next.db"))


def crowd(under: Server, pages: list[tuple[str, str]], count: int) -> None:
    """Many live sessions."""
    with ProcessPoolExecutor(1) as pool:
        found = pool.submit(readers, under.port, pages, count, 20.0, 5.0).result()
    row("crowd", f"choices in {count} sessions", found.times, _kinds(found), under.remembered())
    row("", "their first pages", found.first, Counter())


Asked = tuple[list[str], list[tuple[str, str]]]
"""Addresses of embeds, and pages that sessions look at."""


def _first(under: Server, database: Path, asked: Asked, options: argparse.Namespace) -> None:
    """What is asked of a server that never saw its database."""
    for name in ("cold", "warm"):
        if name in options.only:
            crowded(name, under, *asked, options)
    if options.minutes:
        flat(under, *asked, argparse.Namespace(**{**vars(options), "seconds": 60}))
    if "swapped" in options.only:
        swapped(under, database, *asked, options)


def _second(under: Server, database: Path, asked: Asked, options: argparse.Namespace) -> None:
    """What is asked of one that finds what the one before it drew."""
    if "again" in options.only:
        crowded("again", under, *asked, options)
    if "dear" in options.only:
        dear(under, asked[0])
    if "swaps" in options.only:
        swaps(under, database, options.swaps, database.parent)
    if "crowd" in options.only:
        crowd(under, asked[1], options.crowd)
    if "rest" in options.only:
        time.sleep(REST)
        row("rest", f"{REST} s later", [], Counter(), under.remembered())


def main() -> int:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--crowd", type=int, default=400)
    parser.add_argument("--swaps", type=int, default=20)
    parser.add_argument("--minutes", type=int, default=0, help="how long the warm load goes on besides")
    parser.add_argument("--db", type=Path, help="a database with many documents, instead of a made one")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        database = Path(place) / "many.db"
        from budgetdata.build.current import ensure_database

        make(options.db or ensure_database(), database, options.documents)
        paths, pages = embeds(database)
        os.environ["BUDGETDATA_CACHE"] = place
        port = serving.free_port()
        with server(database, port, 280) as under:
            size = database.stat().st_size / 2**20
            print(
                f"{len(paths) // len(CHARTS)} documents, {size:.0f} MiB; just ready {under.just_ready:.0f} MiB, "
                f"at rest, one picture drawn, {under.remembered()}; times in ms"
            )
            _line(HEAD)
            _first(under, database, (paths, pages), options)
        with server(database, port, 350) as under:
            _second(under, database, (paths, pages), options)
    print(f"{time.perf_counter() - began:.0f} s in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
