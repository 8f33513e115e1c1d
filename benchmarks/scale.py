"""What many documents cost: built, built again, asked and served. All of it on invented disclosures, whose truth is known.

    python -m benchmarks.scale --documents 300 [--times 10] [--pdf 0.05] [--jobs 2] [--serve] [--beside OTHER.db] [--folder DIR]

--documents are written, read and stored, and held against the truth; then nothing changes, one comes, one goes, one is corrected,
and in the end the version is that of a build from nothing (of what was read). --times: the rows are copied so many times over,
each time as of other departments, for a database of more documents than there is time to read; everything but the search is then
measured on that one. --beside: another database whose times the questions are compared with. --serve: pages, reruns and memory
of a server. Prints lines of `name: value`; times of a busy machine are CPU seconds where it says so.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import every_question, examples, forget
from benchmarks.copied import make
from benchmarks.made.__main__ import write
from benchmarks.made.truth import differences
from benchmarks.searches import SEED, is_found, searches
from benchmarks.served import serve_pages
from benchmarks.sessions import percentile
from budgetdata.queries.base import Database, database_at
from budgetdata.store.database import read_meta

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = 12
"""Documents that each question is asked about."""
SLOW = 0.05
"""Seconds: slower questions are listed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds on the clock, seconds of processors, MiB of its largest process."""

    wall: float
    cpu: float
    memory: float

    def said(self) -> str:
        """All three."""
        return f"{self.wall:.1f} s, {self.cpu:.1f} s of processors, largest process {self.memory:.0f} MiB"


def costing(command: list[str]) -> Cost:
    """Run a command to its end. Raises RuntimeError where it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, told = child.communicate()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)}: {told.decode(errors='replace')[-400:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024)


def build(source: Path, database: Path, jobs: int) -> Cost:
    """A build by the command, as a user runs it."""
    command = [sys.executable, "-m", "budgetdata", "build", "--from", str(source), "--db", str(database)]
    return costing([*command, "--jobs", str(jobs)])


def version_of(database: Path) -> str:
    """The version of the facts that a database holds."""
    return read_meta(database).get("version", "")


def from_nothing(source: Path, database: Path, jobs: int) -> tuple[Cost, str]:
    """What it takes to store anew what was read, and the version that comes of it."""
    fresh = database.with_name("fresh.db")
    fresh.unlink(missing_ok=True)
    shutil.copyfile(f"{database}-kept", f"{fresh}-kept")
    return build(source, fresh, jobs), version_of(fresh)


def built(folder: Path, count: int, pdf: float, jobs: int) -> Path:
    """The disclosures written, built, and built again after each kind of change."""
    source, database = folder / "in", folder / "scale.db"
    began = time.perf_counter()
    amounts = write(source, count + 1, SEED, pdf)
    shutil.move(source / "truth.db", folder / "truth.db")
    tell("written", f"{count + 1} disclosures with {amounts:,} amounts in {time.perf_counter() - began:.1f} s")
    late = sorted(source.iterdir())[-1]
    shutil.move(late, folder / late.name)
    first = build(source, database, jobs)
    tell(f"build of {count}", first.said())
    tell("a document", f"{first.cpu / count:.3f} s of processors, {count / first.wall:.2f} documents a second")
    nothing = build(source, database, jobs)
    tell("nothing changed", nothing.said())
    shutil.move(folder / late.name, late)
    tell("one more document", build(source, database, jobs).said())
    true, wrong = differences(folder / "truth.db", database)
    tell("held against the truth", f"{true:,} amounts, {len(wrong)} differ {wrong[:3]}")
    changes(source, folder, database, jobs)
    tell(
        "size",
        f"{database.stat().st_size / 2**20:.0f} MiB, {database.stat().st_size / 1024 / (count + 1):.0f} KiB a document",
    )
    return database


def changes(source: Path, folder: Path, database: Path, jobs: int) -> None:
    """One withdrawn, then one corrected: what each takes, and whether both come to the same as from nothing."""
    gone = sorted(source.iterdir())[0]
    shutil.move(gone, folder / gone.name)
    tell("one withdrawn", build(source, database, jobs).said())
    corrected = next(path for path in sorted(source.iterdir()) if path.suffix == ".txt")
    name = corrected.with_name(f"{corrected.stem}更正.txt")
    name.write_text(corrected.read_text(encoding="utf-8") + "又一行\n", encoding="utf-8")
    tell("one corrected", build(source, database, jobs).said())
    cost, version = from_nothing(source, database, jobs)
    tell("both stored from nothing", f"{cost.said()}; the same hash: {version == version_of(database)}")


def asked(db: Database) -> dict[str, float]:
    """The 95th percentile of each question's seconds (of a processor) over some documents, nothing known beforehand."""
    chosen = list(examples(db, EXAMPLES))
    found: dict[str, float] = {}
    for name, ask in every_question().items():
        times = []
        for one in chosen:
            forget()
            began = time.thread_time()
            ask(db, one)
            times.append(time.thread_time() - began)
            if sum(times) > 4 and len(times) >= 3:
                break
        found[name] = percentile(times, 0.95)
    return found


def searched(database: Path) -> None:
    """How many of the searches typed by hand find what they should among all that is held."""
    db = database_at(database)
    lost = [row["words"] for row in searches() if not is_found(db, row)]
    tell(
        "searches", f"{len(searches()) - len(lost)} of {len(searches())} find what they should in the first ten {lost}"
    )


def questions(database: Path, beside: Path | None) -> None:
    """How long questions take: all of them, and those that are slow; against another database where one is given."""
    now = asked(database_at(database))
    before = asked(database_at(beside)) if beside else {}
    slow = {name: took for name, took in now.items() if took > SLOW}
    tell(
        "questions",
        f"{len(now)}, median of their p95 {1e3 * percentile(list(now.values()), 0.5):.1f} ms, {len(slow)} over 50 ms",
    )
    if before:
        grown = sum(took > 1.5 * before[name] and took > 0.002 for name, took in now.items())
        tell("questions that grow", f"{grown} take more than 1.5 times as long as beside, and over 2 ms")
    for name, took in sorted(slow.items(), key=lambda pair: -pair[1]):
        tell(f"  {name}", f"{1e3 * took:.0f} ms" + (f" (beside {1e3 * before[name]:.0f})" if before else ""))


def tell(name: str, value: str) -> None:
    """One line."""
    print(f"{name}: {value}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--pdf", type=float, default=0.0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--db", type=Path, help="a database made before, in place of a build")
    parser.add_argument("--folder", type=Path, help="where all is put, and stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        database = options.db or built(folder, options.documents, options.pdf, options.jobs)
        searched(database)
        if options.times > 1:
            many = folder / "many.db"
            held = database_at(database).documents * options.times
            count, size = make(database, many, held), many.stat().st_size / 2**20
            tell("copied to", f"{count} documents, {size:.0f} MiB")
            database = many
        questions(database, options.beside)
        if options.serve:
            for name, value in serve_pages(database):
                tell(name, value)


if __name__ == "__main__":
    main()
