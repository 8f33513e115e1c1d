"""Damaged and hostile files: each is read or refused in one sentence, in bounded time and memory, and nothing is made up.

    python scripts/bad_input.py [--count 4000] [--seed 1] [--pdf FOLDER] [--keep DIR] [--log FILE]

Half of the files are PDFs, half texts, Word, Excel, web pages and zips, each made of a sound one by one to four mutations: of its
bytes (flipped, cut, doubled, swapped, overwritten), of its tokens (numbers huge, negative or gone, names exchanged), of the parts
inside a package (left out, emptied, nested, of other lengths), of lines and cells of a text (repeated five hundred times, without
end, in another encoding, with signs that nobody sees). --pdf takes some pages of each PDF of a folder besides the made ones.
Every file is read as a build reads it, in a process of its own; every EACH one by the readers' own processes as well.
Told of each kind: read, refused, parts that failed inside, by class of error; the slowest and largest; a fault is an error that
is no sentence of ours, more than SECONDS or MEMORY, or an amount whose digits the file does not print. Exit 1 with any fault.
With --log each file is a line of a file, and a run that was ended goes on behind the last of them; --count 0 tells what is there.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pdfplumber
import pikepdf

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers"), str(ROOT / "scripts")]

from damages import BYTES, Seed, cut, flipped, numbered, of_lines, of_package, of_pages  # noqa: E402 - needs the line above
from invented import as_html, as_text, as_workbook, invented  # noqa: E402
from office import WRITERS, zipped  # noqa: E402
from printing import as_pdf  # noqa: E402

from budgetdata.base.bounds import TookTooLong, document_bounds  # noqa: E402
from budgetdata.base.errors import BudgetDataError, DocumentError  # noqa: E402
from budgetdata.base.text import half_width, squeeze  # noqa: E402
from budgetdata.build.document import facts_of  # noqa: E402
from budgetdata.build.together import read_files  # noqa: E402
from budgetdata.forms.declared import standard_forms  # noqa: E402
from budgetdata.readers import bounded  # noqa: E402
from budgetdata.readers.archive import ARCHIVE_SUFFIXES  # noqa: E402
from budgetdata.readers.office import child as office_child  # noqa: E402
from budgetdata.readers.office import process as office_process  # noqa: E402
from budgetdata.readers.pdf import child as pdf_child  # noqa: E402
from budgetdata.readers.pdf import process as pdf_process  # noqa: E402
from budgetdata.readers.text import parse_text  # noqa: E402
from budgetdata.register.found import File, files_in_zip  # noqa: E402
from budgetdata.register.sources import Source  # noqa: E402
from budgetdata.store.rows import document_rows  # noqa: E402

EACH = 40
SECONDS, MEMORY, PATIENCE = 10.0, 500 * 2**20, 150.0
"""Of processor time and memory that a file may cost beyond what the program holds; wall seconds after which it is given up."""


def seeds(folder: Path | None, place: Path) -> tuple[list[Seed], list[Seed]]:
    """Sound PDFs, and sound files of all other kinds."""
    whole = invented()
    blocks = [*whole[:7], *whole[-4:]]
    raw = parse_text(as_text(blocks), "a.txt")
    others = [Seed(".txt", as_text(blocks).encode(), (*(of_lines,) * 4, flipped, numbered))]
    others.append(Seed(".html", as_html(blocks, "").encode(), (*(of_lines,) * 2, *BYTES)))
    for suffix, write in WRITERS.items():
        write(raw, place / f"seed{suffix}", 1)
        data = (place / f"seed{suffix}").read_bytes()
        others.append(Seed(suffix, data, BYTES if suffix == ".html" else (*(of_package,) * 6, flipped, cut)))
    as_workbook(blocks, place / "seed.xlsx")
    others.append(Seed(".xlsx", (place / "seed.xlsx").read_bytes(), (*(of_package,) * 6, flipped, cut)))
    held = {"a.txt": as_text(blocks).encode(), "b.docx": (place / "seed.docx").read_bytes()}
    others.append(Seed(".zip", zipped(held), (*(of_package,) * 4, *BYTES)))
    pdfs = []
    for kind in ("ruled", "plain"):
        with contextlib.suppress(KeyError):
            as_pdf(blocks, place / "seed.pdf", kind)
            pdfs.append(Seed(".pdf", _opened_up(place / "seed.pdf"), (*(of_pages,) * 6, *BYTES)))
            pdfs.append(Seed(".pdf", (place / "seed.pdf").read_bytes(), BYTES))
    for path in sorted(folder.glob("*.pdf")) if folder else []:
        pdfs.append(Seed(".pdf", _opened_up(path, 3), (*(of_pages,) * 6, *BYTES)))
    return pdfs, others


def _opened_up(path: Path, pages: int | None = None) -> bytes:
    """A PDF, or some pages from its middle, with its streams unpacked, so that a mutation meets what is in them."""
    made = io.BytesIO()
    with pikepdf.open(path) as document:
        first = max(len(document.pages) // 2 - 1, 0)
        if pages:
            del document.pages[first + pages :]
            del document.pages[:first]
        document.save(made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()


def read(path: Path) -> dict[str, Any]:
    """What a build would make of a file: how it ended, with what class of error, what failed inside, what is not printed."""
    answer: dict[str, Any] = {"ended": "read", "class": "", "inside": [], "made_up": []}
    try:
        files = files_in_zip(path, path.name)[0] if path.suffix in ARCHIVE_SUFFIXES else [File(path, path.name)]
        if not files:
            raise DocumentError(f"{path.name}: nothing in it is read")
        with document_bounds():
            raw = read_files(files)
            facts = facts_of(raw, Source(path.name, "0" * 64, "0" * 12), standard_forms())
            document_rows(facts, {})
        said = [problem.message for problem in facts.problems if problem.message.code == "build.fault"]
        answer["inside"] = [str(message.args["error"]) for message in said]
        answer["made_up"] = [figure.raw for figure in facts.figures if not _is_printed(figure.raw, path)]
    except (BudgetDataError, TookTooLong) as error:
        answer |= {"ended": "refused", "class": type(error).__name__, "said": str(error)}
    except BaseException as error:
        answer |= {"ended": "fault", "class": type(error).__name__, "said": str(error)[:200]}
    return answer


_HELD: dict[Path, str] = {}


def _is_printed(raw: str, path: Path) -> bool:
    """Whether the digits of an amount stand in a file; a workbook holds numbers, not what is printed, and is not asked."""
    if path not in _HELD:
        with contextlib.suppress(BudgetDataError):
            if path.suffix == ".pdf":
                _HELD[path] = _by_the_other_engine(path)  # first: it stands also where the one below refuses the file
                _HELD[path] += pdf_process.read_text_layer(path).text
            elif path.suffix in (".docx", ".html"):
                _HELD[path] = office_process.everything(path).text
            elif path.suffix == ".txt":
                _HELD[path] = path.read_bytes().decode("utf-8", errors="replace") + path.read_bytes().decode(
                    "gb18030", errors="replace"
                )
        _HELD[path] = re.sub(r"[^0-9.]", "", half_width(squeeze(_HELD.get(path, ""))))
    digits = re.sub(r"[^0-9.]", "", half_width(raw))
    return path.suffix in (".xlsx", ".zip") or not digits or digits in _HELD[path]


def _by_the_other_engine(path: Path) -> str:
    """The text as pdfplumber gives it: the reader asks it where PDFium finds less, as with a broken font."""
    with contextlib.suppress(Exception), pdfplumber.open(path) as document:
        return "".join("".join(str(sign["text"]) for sign in page.chars) for page in document.pages)
    return ""


def asked_here(module: str, path: Path, seconds: float, *task: str, given: bytes = b"") -> dict[str, Any]:
    """As `bounded.ask`, in a fork of this process: the same limits without the seconds that a new interpreter takes."""
    with tempfile.TemporaryFile() as answer:
        pid = os.fork()
        if pid == 0:
            sys.stdout = io.TextIOWrapper(answer, write_through=True)
            child = pdf_child if "pdf" in module else office_child
            code = 1
            with contextlib.suppress(BaseException):
                code = child.main(["", str(path), str(seconds), *task])
                sys.stdout.flush()
            os._exit(code)
        status = os.waitpid(pid, 0)[1]
        answer.seek(0)
        try:
            told: dict[str, Any] = json.loads(answer.read())
        except ValueError as error:
            raise DocumentError(f"{path.name}: reading stopped ({status})") from error
    if "error" in told:
        raise DocumentError(f"{path.name}: {told['error']}")
    return told


@dataclass(slots=True)
class Met:
    """What one file came to, and what it cost."""

    name: str
    answer: dict[str, Any]
    seconds: float
    memory: int

    def faults(self) -> Iterator[str]:
        """What must not be."""
        if self.answer["ended"] == "fault":
            yield f"{self.name}: {self.answer['class']} {self.answer.get('said', '')}"
        if self.answer.get("said", "x").count("\n"):
            yield f"{self.name}: refused in more than a line"
        if self.answer["made_up"]:
            yield f"{self.name}: {self.answer['made_up'][:3]} are printed nowhere"
        if self.seconds > SECONDS:
            yield f"{self.name}: {self.seconds:.1f} s"
        if self.memory > MEMORY:
            yield f"{self.name}: {self.memory / 2**20:.0f} MiB"


def meet(path: Path) -> Met:
    """Read one file in a process of its own."""
    with tempfile.TemporaryFile() as told:
        pid = os.fork()
        if pid == 0:
            signal.alarm(int(PATIENCE))
            answer = read(path)
            told.write(json.dumps(answer).encode())
            told.flush()
            os._exit(0)
        _, status, used = os.wait4(pid, 0)
        told.seek(0)
        try:
            answer = json.loads(told.read())
        except ValueError:
            answer = {"ended": "fault", "class": f"ended with {status}", "inside": [], "made_up": []}
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Met(path.name, answer, used.ru_utime + used.ru_stime, max(used.ru_maxrss - own, 0) * 1024)


def run(count: int, seed: int, folder: Path | None, keep: Path | None, log: Path | None = None) -> list[Met]:
    """Make and read so many files; those that a log tells of are not read again."""
    met = [Met(**json.loads(line)) for line in log.read_text("utf-8").splitlines()] if log and log.exists() else []
    readers = (bounded, pdf_process, office_process)
    with tempfile.TemporaryDirectory(prefix="mingzhang-bad-") as made:
        place = Path(made)
        pdfs, others = seeds(folder, place)
        for number in range(len(met), count):
            draw = random.Random(f"{seed} {number}")
            of = draw.choice(pdfs if number % 2 else others)
            path = place / f"bad{number}{of.suffix}"
            path.write_bytes(of.damaged(draw))
            with contextlib.ExitStack() as stack:
                for module in readers if number % EACH else ():
                    stack.enter_context(mock.patch.object(module, "ask", asked_here))
                met.append(meet(path))
            if keep and [*met[-1].faults()]:
                (keep / path.name).write_bytes(path.read_bytes())
            path.unlink()
            if log:
                with log.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(asdict(met[-1]), ensure_ascii=False) + "\n")
    return met


def main() -> int:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", type=Path, help="a folder of PDFs, of each of which some pages are taken")
    parser.add_argument("--keep", type=Path, help="where files with faults are kept")
    parser.add_argument("--log", type=Path, help="a file with a line for each, from which an ended run goes on")
    options = parser.parse_args()
    standard_forms()
    began = time.perf_counter()
    met = run(options.count, options.seed, options.pdf, options.keep, options.log)
    faults = [fault for each in met for fault in each.faults()]
    for fault in faults:
        print(fault)
    kinds = Counter((Path(each.name).suffix, each.answer["ended"], each.answer["class"]) for each in met)
    for (suffix, ended, error), times in sorted(kinds.items()):
        print(f"{suffix:6} {ended:8} {error:16} {times:6,}")
    inside = Counter(error for each in met for error in each.answer["inside"])
    print(f"failed inside a document that was read: {dict(inside.most_common()) or 'nothing'}")
    for each in sorted(met, key=lambda one: -one.seconds)[:3]:
        print(f"slow: {each.name} {each.seconds:.1f} s, {each.answer['ended']}")
    for each in sorted(met, key=lambda one: -one.memory)[:3]:
        print(f"large: {each.name} {each.memory / 2**20:.0f} MiB, {each.answer['ended']}")
    print(f"{len(met):,} files, {len(faults)} faults, {time.perf_counter() - began:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
