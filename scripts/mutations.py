"""Mutated copies of PDFs: what is published of them must be seen on them, and disagree nowhere that the print does not.

    python scripts/mutations.py FOLDER … [--count 2000] [--seed 1] [--jobs 2] [--keep DIR]

Each copy is one of the PDFs with one mutation: a page dropped, a page doubled, a page moved, a row's text taken out, a cell's
text taken out, a number hidden under a white box, a rule of the grid moved, the unit taken out, another unit printed in its
place. The copy is read and held against the copy that was not mutated:
- a figure is published only where the original has the same amount for the same table, code, label and column, and never one
  whose text was hidden or taken out; where another unit is printed, its amount may be what its print says in that unit;
- a disagreement that the original does not have is an error, except where print was taken out of that table itself (a row, a
  cell): a document printed so would disagree with itself too;
- an exception is an error.
Pages that a mutation does not touch are read once; every EACH copy is read as a file too, and must give the same.
Prints a line for each error and the totals; exit 1 where there is any error.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from budgetdata.base.errors import DocumentError  # noqa: E402
from budgetdata.base.facts import DocumentFacts, FigureFact  # noqa: E402
from budgetdata.base.raw import RawDocument  # noqa: E402
from budgetdata.build.document import facts_of  # noqa: E402
from budgetdata.forms.declared import standard_forms  # noqa: E402
from budgetdata.layout.document import assemble  # noqa: E402
from budgetdata.layout.geometry import Page  # noqa: E402
from budgetdata.readers import read_document  # noqa: E402
from budgetdata.readers.pdf.opened import has_layers  # noqa: E402
from budgetdata.readers.pdf.pdfium import read_page  # noqa: E402
from budgetdata.register.sources import Source  # noqa: E402

Box = tuple[float, float, float, float]
EACH = 25
"""One copy of so many is read by the reader in its own process as well."""
FONT = "STSong-Light"
YUAN = 10_000
"""元 in one 万元."""
TAKES_PRINT = ("row_out", "cell_out")
"""Mutations that take print out of a table: a document printed so may rightly disagree with itself there."""


@dataclass(slots=True)
class Mutation:
    """What was done to a copy: its kind, the tables it may touch (None: any), and figures whose print is gone (by key).

    `order` are the pages of the original (from 0) that the copy consists of, None where they are the same; `page` (from 1)
    is drawn anew where nothing was moved.
    """

    kind: str
    page: int
    order: list[int] | None = None
    tables: set[int] = field(default_factory=set)
    gone: set[tuple[str, ...]] = field(default_factory=set)
    said: str = ""


def key_of(figure: FigureFact) -> tuple[str, ...]:
    """What a figure is of, apart from where it stands."""
    return (str(figure.table_no), figure.side, figure.code, figure.label, figure.column)


def facts(raw: RawDocument, like: DocumentFacts | None = None) -> DocumentFacts:
    """What a document gives; a copy is of the department and year of its original, though its cover may be gone."""
    named = {"department": like.department, "year": like.year} if like else {}
    return facts_of(raw, Source("mutation.pdf", "0" * 64, "0" * 12, **named), standard_forms())


@dataclass(slots=True)
class Original:
    """A PDF that copies are made of: its facts, and its pages as drawn."""

    known: DocumentFacts
    pages: list[Page]


def original(path: Path) -> Original:
    """A PDF read whole, its pages kept."""
    with pdfium.PdfDocument(path) as opened:
        pages = [read_page(opened, index, has_layers(path)) for index in range(len(opened))]
    return Original(facts(assemble(path.name, map(_again, pages))), pages)


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
    return facts(assemble(copy.name, read), first.known)


def _again(page: Page) -> Page:
    return replace(page, glyphs=list(page.glyphs), rules=list(page.rules), diagonal=list(page.diagonal))


def figures_on(known: DocumentFacts, page: int) -> list[FigureFact]:
    """The figures of a page that have a box."""
    return [figure for figure in known.figures if figure.place.page == page and figure.box is not None]


Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SHOWS = {"Tj", "TJ", "'", '"'}


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class Pen:
    """Where a page's content stream stands while its instructions are gone through: matrices of space and of text."""

    def __init__(self) -> None:
        self.space, self.stack = _SAME, list[Matrix]()
        self.line = self.text = _SAME
        self.leading = 0.0

    def follow(self, operator: str, given: list[float]) -> None:
        """Take an instruction into account."""
        if operator == "q":
            self.stack.append(self.space)
        elif operator == "Q" and self.stack:
            self.space = self.stack.pop()
        elif operator == "cm":
            self.space = _times(tuple(given), self.space)  # type: ignore[arg-type]
        elif operator == "BT":
            self.line = self.text = _SAME
        elif operator == "Tm":
            self.line = self.text = tuple(given)  # type: ignore[assignment]
        elif operator == "TL":
            self.leading = given[0]
        elif operator in ("Td", "TD"):
            self.leading = -given[1] if operator == "TD" else self.leading
            self._down(given[0], given[1])
        elif operator in ("T*", "'", '"'):
            self._down(0.0, -self.leading)

    def _down(self, x: float, y: float) -> None:
        self.line = self.text = _times((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def at(self, x: float = 0.0, y: float = 0.0, *, of_text: bool = True) -> tuple[float, float]:
        """A point of the text (or of the space) on the page."""
        made = _times((1.0, 0.0, 0.0, 1.0, x, y), _times(self.text, self.space) if of_text else self.space)
        return made[4], made[5]


def _instructions(page: pikepdf.Page) -> Iterator[tuple[Any, str, Pen]]:
    """The instructions of a page, each with its operator and the pen as it stands once it is followed."""
    pen = Pen()
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        numbers = operator in ("cm", "Tm", "TL", "Td", "TD")
        pen.follow(operator, [float(value) for value in instruction.operands] if numbers else [])
        yield instruction, operator, pen


def _without_text(document: pikepdf.Pdf, number: int, box: Box) -> int:
    """Take the text that begins in a box (counted from the top) out of a page; how many pieces that were."""
    page = document.pages[number - 1]
    height, kept, taken = float(page.mediabox[3]), [], 0
    for instruction, operator, pen in _instructions(page):
        x, y = pen.at()
        if operator in _SHOWS and box[0] - 1 <= x <= box[2] and box[1] <= height - y <= box[3] + 1:
            taken += 1
            continue
        kept.append(instruction)
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
    return taken


def _white_box(document: pikepdf.Pdf, number: int, box: Box) -> None:
    """A white rectangle over a box counted from the top."""
    page = document.pages[number - 1]
    height = float(page.mediabox[3])
    page.contents_add(b"q", prepend=True)
    drawn = f"Q q 1 1 1 rg {box[0]:.2f} {height - box[3]:.2f} {box[2] - box[0]:.2f} {box[3] - box[1]:.2f} re f Q"
    page.contents_add(drawn.encode("ascii"))


def _pages(document: pikepdf.Pdf, order: list[int]) -> pikepdf.Pdf:
    made = pikepdf.Pdf.new()
    for number in order:
        made.pages.append(document.pages[number])
    return made


def page_dropped(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures is gone."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    gone = {key_of(f) for f in known.figures if f.place.page == page}
    left = [number for number in range(len(document.pages)) if number != page - 1]
    gone -= {key_of(f) for f in known.figures if f.place.page != page}
    return _pages(document, left), Mutation("page_dropped", page, left, gone=gone)


def page_doubled(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures stands twice."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    order = [*range(page), *range(page - 1, len(document.pages))]
    return _pages(document, order), Mutation("page_doubled", page, order)


def page_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures stands elsewhere."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    order = [number for number in range(len(document.pages)) if number != page - 1]
    order.insert(draw.choice([at for at in range(len(order) + 1) if at != page - 1]), page - 1)
    return _pages(document, order), Mutation("page_moved", page, order)


def row_out(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The text of a row with a figure is taken out of the page; the rules stay."""
    page, box, figure = _one(known, draw)
    band = (-1000.0, box[1], 5000.0, box[3])
    _without_text(document, page, band)
    inside = [f for f in figures_on(known, page) if f.box and band[1] <= (f.box[1] + f.box[3]) / 2 <= band[3]]
    return document, Mutation(
        "row_out", page, None, {f.table_no for f in inside}, {key_of(f) for f in inside}, figure.label
    )


def cell_out(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The text of a cell with a figure is taken out of the page."""
    page, box, figure = _one(known, draw)
    taken = _without_text(document, page, box)
    gone = {key_of(figure)} if taken else set()
    return document, Mutation("cell_out", page, None, {figure.table_no}, gone, f"{figure.label} {figure.raw}")


def number_hidden(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A white box lies over a number: no reader of the page sees it."""
    page, (x0, y0, x1, y1), figure = _one(known, draw)
    _white_box(document, page, (x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8))
    return document, Mutation(
        "number_hidden", page, None, {figure.table_no}, {key_of(figure)}, f"{figure.label} {figure.raw}"
    )


def _one(known: DocumentFacts, draw: random.Random) -> tuple[int, Box, FigureFact]:
    """A figure that has a box, with its page."""
    figure = draw.choice([f for f in known.figures if f.box is not None])
    assert figure.box is not None and figure.place.page is not None
    return figure.place.page, figure.box, figure


def rule_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A thin rectangle or a line of a page with figures is moved sideways or up by some points."""
    number = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    page, by = document.pages[number - 1], draw.choice((-14.0, -6.0, -3.0, 3.0, 6.0, 14.0))
    instructions = list(pikepdf.parse_content_stream(page))
    thin = [
        at for at, one in enumerate(instructions)
        if str(one.operator) == "re" and min(abs(float(one.operands[2])), abs(float(one.operands[3]))) < 2.5
    ]  # fmt: skip
    lines = [
        at for at, one in enumerate(instructions[:-1])
        if str(one.operator) == "m" and str(instructions[at + 1].operator) == "l"
    ]  # fmt: skip
    if thin or lines:
        at = draw.choice(thin or lines)
        operands = [[float(value) for value in instructions[n].operands] for n in ([at] if thin else [at, at + 1])]
        wide = abs(operands[0][2]) > abs(operands[0][3]) if thin else abs(operands[0][0] - operands[1][0]) > 1
        for place, values in enumerate(operands):
            values[1 if wide else 0] += by
            instructions[at + place] = pikepdf.ContentStreamInstruction(values, instructions[at + place].operator)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
    return document, Mutation("rule_moved", number)


def unit_gone(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The line that names the unit on a page is taken out, where a page with figures prints one."""
    number, box = _unit_line(document, known, draw)
    if number:
        _without_text(document, number, (-1000.0, box[1], 5000.0, box[3]))
    return document, Mutation("unit_gone", number)


def unit_changed(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The line that names the unit on a page is printed anew with 元 in the place of 万元."""
    number, box = _unit_line(document, known, draw)
    if number:
        _without_text(document, number, (-1000.0, box[1], 5000.0, box[3]))
        page, high = document.pages[number - 1], float(document.pages[number - 1].mediabox[3])
        with pikepdf.open(_printed("单位：元", box[0], high - box[3] + 2, (float(page.mediabox[2]), high))) as over:
            page.add_overlay(over.pages[0])
    return document, Mutation("unit_changed", number)


def _printed(text: str, x: float, y: float, size: tuple[float, float]) -> io.BytesIO:
    """A page with one text on it."""
    registerFont(UnicodeCIDFont(FONT))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size)
    canvas.setFont(FONT, 9)
    canvas.drawString(x, y, text)
    canvas.save()
    made.seek(0)
    return made


def _unit_line(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[int, Box]:
    """A page with figures on which 万元 is printed, and where that stands, counted from the top; 0 where there is none."""
    numbers = sorted({f.place.page or 1 for f in known.figures})
    draw.shuffle(numbers)
    with pdfium.PdfDocument(document.filename) as seen:
        for number in numbers:
            page = seen[number - 1]
            text = page.get_textpage()
            found = text.search("万元").get_next()
            if found is not None:
                left, bottom, right, top = text.get_charbox(found[0])
                height = page.get_height()
                return number, (left, height - top - 2, right, height - bottom + 2)
    return 0, (0.0, 0.0, 0.0, 0.0)


KINDS: tuple[Callable[..., tuple[pikepdf.Pdf, Mutation]], ...] = (
    page_dropped, page_doubled, page_moved, row_out, cell_out, number_hidden, rule_moved, unit_gone,
    unit_changed,
)  # fmt: skip


def different(known: DocumentFacts) -> Counter[tuple[str, int | None, int | None]]:
    """The disagreements of a document by rule and both sides."""
    return Counter((c.rule, c.left_fen, c.right_fen) for c in known.checks if c.status == "different")


def errors_of(known: DocumentFacts, mutated: DocumentFacts, mutation: Mutation) -> list[str]:
    """What a mutated copy says that its print does not."""
    true: dict[tuple[str, ...], list[int]] = {}
    for figure in known.figures:
        true.setdefault(key_of(figure), []).append(figure.fen)
    wrong = []
    for figure in mutated.figures:
        key = key_of(figure)
        printed = true.get(key, [])
        if mutation.kind == "unit_changed":
            printed = [*printed, *(round(fen / YUAN) for fen in printed)]
        if figure.fen not in printed:
            wrong.append(f"figure {key} = {figure.raw}, the original prints {true.get(key)}")
        elif key in mutation.gone and len(true[key]) == 1:
            wrong.append(f"figure {key} = {figure.raw} is published, but cannot be seen")
    for (rule, left, right), count in (different(mutated) - different(known)).items():
        if mutation.kind not in TAKES_PRINT:
            wrong.append(f"disagreement {rule} {left} {right} ({count})")
    return wrong


@dataclass(frozen=True, slots=True)
class Task:
    """One copy to make and to read."""

    path: Path
    number: int
    seed: int
    keep: Path | None


_ORIGINALS: dict[Path, Original] = {}


def run(task: Task) -> tuple[str, str, list[str]]:
    """The kind of mutation, the file, and what is wrong with what is read of it."""
    if task.path not in _ORIGINALS:
        _ORIGINALS.clear()
        _ORIGINALS[task.path] = original(task.path)
    first = _ORIGINALS[task.path]
    draw = random.Random(f"{task.seed} {task.path.name} {task.number}")
    make = KINDS[task.number % len(KINDS)]
    with pikepdf.open(task.path) as document, tempfile.TemporaryDirectory() as folder:
        mutated, mutation = make(document, first.known, draw)
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
    options = parser.parse_args()
    paths = sorted({p for f in options.folders for p in (f.glob("*.pdf") if f.is_dir() else [f])})
    tasks = [Task(paths[n % len(paths)], n // len(paths), options.seed, options.keep) for n in range(options.count)]
    tasks.sort(key=lambda task: (task.path, task.number))
    made, failed = Counter[str](), Counter[str]()
    with ProcessPoolExecutor(options.jobs) as pool:
        for kind, where, wrong in pool.map(run, tasks, chunksize=8):
            made[kind] += 1
            failed[kind] += bool(wrong)
            for line in wrong:
                print(f"{where}: {line}", flush=True)
    print(", ".join(f"{kind} {made[kind] - failed[kind]}/{made[kind]}" for kind in sorted(made)))
    print(f"{made.total()} copies, {failed.total()} with an error")
    return 1 if failed.total() else 0


if __name__ == "__main__":
    sys.exit(main())
