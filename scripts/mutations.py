"""Mutated copies of PDFs: what is published of them must be seen on them, and disagree nowhere that the print does not.

    python scripts/mutations.py FOLDER … [--count 2000] [--seed 1] [--jobs 2] [--keep DIR] [--more]
                                [--kinds row_out,rule_moved,…]

Each copy is one of the PDFs with one mutation: a page dropped, a page doubled, a page moved, a row's text taken out, a cell's
text taken out, a number hidden under a white box, printed in white or in the mode that draws nothing, a rule of the grid
moved or gone, a row printed twice, a label in two pieces within its row, a page turned, the unit taken out, another unit
printed in its place, or behind a head only. With `--more` it is one of others: a stamp over a digit, a row drawn twice over
itself, two pages in each other's place, another unit where a table goes on, the total of the table before at the head of a
page, a page that goes on without its head and a column, a number printed as a negative one or
with signs of any other kind, a number between two cells, a page at half its size. The copy is read and held against the copy
that was not mutated:
- a figure is published only where the original has the same amount for the same table, code and column (without a code: for
  the same label, or in a table read in part without either for the same column; a code that was told to be unread is not asked
  for; where the frame that was moved is the one a head is drawn in, what stands below is told by the heads that are left: for
  the same row, in a column that the original has not), and never one whose text was hidden or taken out; where another unit
  is printed, its amount may be what its print says in that unit;
- a disagreement that the original does not have is an error, except where it asks a table that print was taken out of (a row, a
  cell, an amount whose frame was moved away so that nothing is seen in its place), or a sentence, or a carry-over that
  explains a gap, speaks of a table whose unit was changed: a document printed so would disagree with itself too; where another
  unit is printed, what disagrees in the original may disagree in that unit;
- an exception is an error.
A coded row's name is not held against the original: where a rule runs through it, or half of it was moved, what belongs to it
is not printed. Pages that a mutation does not touch are read once; every EACH copy is read as a file too, and must give the same.
A PDF is read when its first copy is made, its copies one after another in one process. Prints a line for each error, as soon
as the copies of its PDF are read, and the totals; exit 1 where there is any error.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, fields, replace
from itertools import count, groupby, islice
from pathlib import Path
from typing import Any
from unittest import mock

import pikepdf
import pypdfium2 as pdfium

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from mutation_kinds import CLIPS, KINDS, TAKES_PRINT, Mutation, key_of  # noqa: E402
from mutation_prints import MORE  # noqa: E402

from budgetdata.base.errors import DocumentError  # noqa: E402
from budgetdata.base.facts import CheckFact, DocumentFacts  # noqa: E402
from budgetdata.base.raw import Place, RawDocument  # noqa: E402
from budgetdata.base.said import Said  # noqa: E402
from budgetdata.build.document import facts_of  # noqa: E402
from budgetdata.forms.declared import standard_forms  # noqa: E402
from budgetdata.layout.geometry import Page  # noqa: E402
from budgetdata.readers import read_document  # noqa: E402
from budgetdata.readers.pdf import assembled as layout_of_pages  # noqa: E402
from budgetdata.readers.pdf.assembled import assemble  # noqa: E402
from budgetdata.readers.pdf.opened import has_layers  # noqa: E402
from budgetdata.readers.pdf.paragraphs import Layout  # noqa: E402
from budgetdata.readers.pdf.pdfium import read_page  # noqa: E402
from budgetdata.register.sources import Source  # noqa: E402

EACH = 25
"""One copy of so many is read by the reader in its own process as well."""
CARRIED = "check.scope_carryover"
"""Why two totals are not compared: the gap is a carry-over that another table prints."""
PROJECTS = {12, 13}
"""The tables of projects: the text says how many there are, and of how much."""
UNITS = ("unit_changed", "unit_in_head", "unit_continued")
"""Mutations that print another unit."""
_TABLE = re.compile(r"\bt(\d\d)\.")
"""The table that a rule, or a figure that it asks, is of."""
YUAN = 10_000
"""元 in one 万元."""


def facts(raw: RawDocument, like: DocumentFacts | None = None) -> DocumentFacts:
    """What a document gives; a copy is of the department and year of its original, though its cover may be gone."""
    named = {"department": like.department, "year": like.year} if like else {}
    return facts_of(raw, Source("mutation.pdf", "0" * 64, "0" * 12, **named), standard_forms())


@dataclass(slots=True)
class Original:
    """A PDF that copies are made of: its text, its facts, its pages as drawn, and as laid out."""

    raw: RawDocument
    known: DocumentFacts
    pages: list[Page]
    laid_out: Callable[[Page, RawDocument], Layout]


def original(path: Path) -> Original:
    """A PDF read whole, its pages kept."""
    with pdfium.PdfDocument(path) as opened:
        pages = [read_page(opened, index, has_layers(path)) for index in range(len(opened))]
    raw = assemble(path.name, map(_again, pages))
    known = facts(raw)
    return Original(raw, known, pages, laid_out_once())


def laid_out_once() -> Callable[[Page, RawDocument], Layout]:
    """In place of `readers.pdf.assembled._layout`, half of what a copy costs: a page that was laid out before is not anew."""
    kept: dict[tuple[Any, ...], tuple[Layout, RawDocument]] = {}
    anew = layout_of_pages._layout

    def laid_out(page: Page, document: RawDocument) -> Layout:
        held = (getattr(page, name.name) for name in fields(page) if name.name != "number")
        key = tuple(tuple(value) if isinstance(value, list) else value for value in held)
        if key not in kept:
            told = RawDocument(source_file="", source_kind="", blocks=[])
            kept[key] = anew(page, told), told
        layout, told = kept[key]
        for name in ("unreadable", "left_out", "notes"):
            getattr(document, name).extend((Place(page.number, None), why) for _, why in getattr(told, name))
        tables = [replace(table, rows=list(table.rows)) for table in layout.tables]
        return replace(layout, number=page.number, tables=tables, problems=list(layout.problems))

    return laid_out


def read_copy(copy: Path, mutation: Mutation, first: Original) -> DocumentFacts:
    """What a copy gives, the pages that are as they were taken from the original."""
    pages = first.pages
    order = mutation.order if mutation.order is not None else range(len(pages))
    anew = mutation.page - 1 if mutation.order is None else -1
    with pdfium.PdfDocument(copy) as opened:
        read = [
            read_page(opened, index) if source == anew else replace(_again(pages[source]), number=index + 1)
            for index, source in enumerate(order)
        ]
    with mock.patch.object(layout_of_pages, "_layout", first.laid_out):
        raw = assemble(first.raw.source_file, read)
    return first.known if raw == first.raw else facts(raw, first.known)


def _again(page: Page) -> Page:
    return replace(page, glyphs=list(page.glyphs), rules=list(page.rules), diagonal=list(page.diagonal))


Disagreement = tuple[str, int | None, int | None]
"""A disagreement by its rule and both sides."""


def different(known: DocumentFacts) -> Counter[Disagreement]:
    """The disagreements of a document."""
    return Counter((c.rule, c.left_fen, c.right_fen) for c in known.checks if c.status == "different")


def _in_yuan(fen: int | None) -> int | None:
    return None if fen is None else round(fen / YUAN)


def _amounts(known: DocumentFacts) -> tuple[dict[tuple[str, ...], list[int]], ...]:
    """The amounts of a document by the whole key, by code and column, and by label and column."""
    true: dict[tuple[str, ...], list[int]] = {}
    coded: dict[tuple[str, ...], list[int]] = {}
    named: dict[tuple[str, ...], list[int]] = {}
    for figure in known.figures:
        table, side, code, label, column = key_of(figure)
        true.setdefault((table, side, code, label, column), []).append(figure.fen)
        coded.setdefault((table, side, code, column), []).append(figure.fen)
        named.setdefault((table, side, label, column), []).append(figure.fen)
    return true, coded, named


def _printed(
    key: tuple[str, ...], amounts: tuple[dict[tuple[str, ...], list[int]], ...], partial: set[str], mutation: Mutation
) -> list[int | None]:
    """The amounts that the original prints where a figure of a copy says that it stands."""
    true, coded, named = amounts
    printed: list[int | None] = [*true.get(key, [])]
    if not printed and key[2]:
        printed += coded.get((key[0], key[1], key[2], key[4]), [])
    elif not printed and (key[0] in partial or mutation.kind in CLIPS):
        printed += named.get((key[0], key[1], key[3], key[4]), [])
    if not printed and mutation.kind in CLIPS and not any((at[0], at[4]) == (key[0], key[4]) for at in true):
        printed += [fen for at, fens in true.items() if at[:4] == key[:4] for fen in fens]
    if not printed and key[0] in partial and not key[2] and not key[3].strip("0123456789"):
        printed += [fen for at, fens in named.items() if (*at[:2], at[3]) == (*key[:2], key[4]) for fen in fens]
    if not printed and mutation.order is not None and key[0] in partial:  # half a name, the rest on a lost page
        starts = (fens for at, fens in named.items() if (*at[:2], at[3]) == (*key[:2], key[4]) and key[3] in at[2])
        printed += [fen for fens in starts for fen in fens]
    if mutation.kind in UNITS:
        printed += [_in_yuan(fen) for fen in printed]
    if key not in mutation.instead:
        return printed
    anew = [mutation.instead[key]]  # of several figures of one key the others stand as they were
    return anew if len(true.get(key, ())) == 1 else [*printed, *anew]


def errors_of(known: DocumentFacts, mutated: DocumentFacts, mutation: Mutation) -> list[str]:
    """What a mutated copy says that its print does not."""
    amounts = _amounts(known)
    true = amounts[0]
    partial = {str(table.table_no) for table in mutated.tables if table.status == "partial"}
    wrong = []
    for figure in mutated.figures:
        key = key_of(figure)
        printed = _printed(key, amounts, partial, mutation)
        if figure.fen not in printed:
            wrong.append(f"figure {key} = {figure.raw}, the original prints {true.get(key)}")
        elif key in mutation.gone and len(true.get(key, ())) == 1:
            wrong.append(f"figure {key} = {figure.raw} is published, but cannot be seen")
    return [*wrong, *_disagreements(known, mutated, mutation)]


def _disagreements(known: DocumentFacts, mutated: DocumentFacts, mutation: Mutation) -> Iterator[str]:
    """The disagreements that the original does not have, and that do not come of what was taken out of the print."""
    carried = {check.rule for check in known.checks if check.explanation.code == CARRIED}
    printed = different(known)
    if mutation.kind in UNITS:
        printed += Counter({(rule, _in_yuan(left), _in_yuan(right)): n for (rule, left, right), n in printed.items()})
    for (rule, left, right), times in (different(mutated) - printed).items():
        anew = mutation.kind in ("unit_changed", "unit_continued")
        told_otherwise = anew and (rule.startswith("narrative.") or rule in carried)
        sides = [c for c in mutated.checks if (c.rule, c.left_fen, c.right_fen) == (rule, left, right)]
        if not told_otherwise and not any(_speaks_of_taken(check, mutation) for check in sides):
            yield f"disagreement {rule} {left} {right} ({times})"


def _speaks_of_taken(check: CheckFact, mutation: Mutation) -> bool:
    """Whether a check asks a table that print was taken out of, or counts what the text says of its projects."""
    if mutation.kind not in TAKES_PRINT and not (mutation.kind in CLIPS and mutation.gone):
        return False
    touched = mutation.tables | {int(table) for table, *_ in mutation.gone}
    asked = {int(no) for no in _TABLE.findall(f"{check.rule}. {check.left_ref} {check.right_ref}")}
    asked |= set(_tables_named(check.label))
    return bool(asked & touched or (not asked and touched & PROJECTS))


def _tables_named(words: Said) -> Iterator[int]:
    """The tables that a check's label names: it has no reference to a cell that is blank or gone."""
    for name, value in words.args.items():
        if isinstance(value, Said):
            yield from _tables_named(value)
        elif name in ("table", "no") and isinstance(value, int):
            yield value


@dataclass(frozen=True, slots=True)
class Task:
    """One copy to make and to read."""

    path: Path
    number: int
    seed: int
    keep: Path | None
    more: bool = False

    @property
    def make(self) -> Callable[..., tuple[pikepdf.Pdf, Mutation]]:
        """What makes the copy: the kinds follow each other."""
        kinds = MORE if self.more else KINDS
        return kinds[self.number % len(kinds)]


Judged = tuple[str, str, list[str]]
"""The kind of mutation, the copy, and what is wrong with what is read of it."""


def copies_of(path: Path, tasks: list[Task]) -> list[Judged]:
    """The copies of one PDF, judged; none where it is not read at all, or gives no figure that copies can be made of."""
    try:
        first = original(path)
    except DocumentError:
        return []
    return [judged(task, first) for task in tasks] if any(figure.box for figure in first.known.figures) else []


def judged(task: Task, first: Original) -> Judged:
    """A copy of this PDF, made, read and held against it."""
    draw = random.Random(f"{task.seed} {task.path.name} {task.number}")
    with pikepdf.open(task.path) as document, tempfile.TemporaryDirectory() as folder:
        mutated, mutation = task.make(document, first.known, draw)
        copy = (task.keep or Path(folder)) / f"{task.path.stem}-{task.number}-{mutation.kind}.pdf"
        mutated.save(copy)
        try:
            found = read_copy(copy, mutation, first)
            wrong = errors_of(first.known, found, mutation)
            if task.number % EACH == 0 and facts(read_document(copy), first.known).figures != found.figures:
                wrong.append("the file gives other figures than its pages")
        except DocumentError:
            wrong = []  # nothing is published of it
        except Exception as error:  # whatever ends a document is what is looked for
            wrong = [f"exception {type(error).__name__}: {error}"]
    return mutation.kind, f"{task.path.name} {task.number} {mutation.kind} p.{mutation.page} {mutation.said}", wrong


def main() -> int:
    """Make, read and judge the copies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--more", action="store_true")
    parser.add_argument("--kinds", default="", help="by their names, parted by commas; all where none is named")
    options = parser.parse_args()
    paths = sorted({p for f in options.folders for p in (f.glob("*.pdf") if f.is_dir() else [f])})
    names = [make.__name__ for make in (MORE if options.more else KINDS)]
    wanted = options.kinds.split(",") if options.kinds else names
    if unknown := set(wanted) - set(names):
        parser.error(f"no kind {', '.join(unknown)}; there are {', '.join(names)}")
    if not paths:
        parser.error(f"no PDF in {', '.join(map(str, options.folders))}")
    # a file begins with another kind than the one before it: few copies are of all kinds
    turns = (divmod(n, len(paths)) for n in count())
    every = (Task(paths[at], turn + at, options.seed, options.keep, options.more) for turn, at in turns)
    tasks = list(islice((task for task in every if task.make.__name__ in wanted), options.count))
    tasks.sort(key=lambda task: (task.path, task.number))
    made, failed = Counter[str](), Counter[str]()
    with ProcessPoolExecutor(options.jobs) as pool:
        by_path = {path: list(own) for path, own in groupby(tasks, key=lambda task: task.path)}
        running = {pool.submit(copies_of, path, own): path for path, own in by_path.items()}
        for done in as_completed(running):
            copies = done.result()
            if not copies:
                print(f"{running[done].name}: no figures, left out", flush=True)
            for kind, where, wrong in copies:
                made[kind] += 1
                failed[kind] += bool(wrong)
                print("".join(f"{where}: {line}\n" for line in wrong), end="", flush=True)
    print(", ".join(f"{kind} {made[kind] - failed[kind]}/{made[kind]}" for kind in sorted(made)))
    print(f"{made.total()} copies, {failed.total()} with an error")
    return 1 if failed.total() else 0


if __name__ == "__main__":
    sys.exit(main())
